// Package language tells what language a text is in.
package language

// Of is the BCP 47 code of the language that the text is in, "" where it cannot
// be told.
func Of(text string) string { return "" }
