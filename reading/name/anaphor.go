package name

func (n *Names) resolve(bearers []*bearer) {}
