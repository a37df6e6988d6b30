package sqlite

import (
	"flag"
	"os"
	"testing"

	"whence/page"
	"whence/reading"
	"whence/sample"
)

var makeDictionary = flag.String("dictionary", "", "write a dictionary for packing readings to this file")

// TestMakeDictionary makes a dictionary of readings of the fictional sample. The
// one in use stays as it is, whatever readings come to look like: what was packed
// with it needs it.
func TestMakeDictionary(t *testing.T) {
	if *makeDictionary == "" {
		t.Skip("no dictionary is asked for")
	}
	const most = 64 << 10
	var made []byte
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, form(reading.Read(a))...)
	}
	made = made[max(0, len(made)-most):]
	if err := os.WriteFile(*makeDictionary, made, 0o600); err != nil {
		t.Fatal(err)
	}
}
