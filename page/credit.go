package page

import "whence"

// creditsIn lists the agencies and outlets that text, cut into blocks, names
// as author or first reporter.
func creditsIn(text string, blocks []whence.Block) []string { return nil }
