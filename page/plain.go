package page

import "whence"

// Plain reads a plain-text file: the text is the file decoded, unchanged.
func Plain(data []byte, opt Options) (*whence.Article, error) { panic("stub") }

// Structure finds the blocks and the metadata of an article whose Text is
// set, from the text alone. Metadata already present is kept.
func Structure(a *whence.Article) { panic("stub") }
