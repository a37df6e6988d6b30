package cli

type demoCommand struct{}

func (c *demoCommand) Run(w *world) error { return nil }
