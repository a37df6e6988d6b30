//go:build !linux

package english

// preferLarge does nothing here.
func preferLarge[T any]([]T) {}
