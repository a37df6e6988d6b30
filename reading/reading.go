// Package reading turns one article into one reading; pure functions.
package reading

import "whence"

// Read finds what is in a.
func Read(a *whence.Article) *whence.Reading { panic("stub") }
