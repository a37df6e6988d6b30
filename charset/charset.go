// Package charset turns bytes into text: byte-order mark, then valid UTF-8,
// then the declared encoding, then windows-1252.
package charset

// Decode gives the bytes as UTF-8 and the WHATWG name of the encoding used.
// label is an encoding declared outside the bytes (an HTTP header), or "".
func Decode(data []byte, label string) (s, name string) { panic("stub") }

// HTML is Decode with the label declared in data's own <meta>, after label.
func HTML(data []byte, label string) (s, name string) { panic("stub") }

// XML is Decode with the label declared in data's own XML declaration.
func XML(data []byte, label string) (s, name string) { panic("stub") }
