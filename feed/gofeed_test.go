package feed

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"whence/internal/golden"
	"whence/internal/shared"
)

// second is what another reader of feeds says of the corpus, and how often it
// agrees.
type second struct {
	files, refusedHere, refusedThere, counts int
	entries, titles, links, dates            int // in which both agree
}

// TestSecondOpinion freezes where gofeed, which reads well-formed feeds only
// and decodes for itself, agrees: the numbers show what the reader of this
// package is for, and that the two are one where both can read.
func TestSecondOpinion(t *testing.T) {
	root := shared.Path(t, "corpora", "feeds")
	var s second
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "LICENSE" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.compare(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/gofeed.golden", fmt.Sprintf(
		"files                              %5d\n"+
			"refused here                       %5d\n"+
			"refused by gofeed                  %5d\n"+
			"read by both, other entry counts   %5d\n"+
			"entries compared                   %5d\n"+
			"same title                         %5d\n"+
			"same link                          %5d\n"+
			"no date of gofeed's contradicted   %5d\n",
		s.files, s.refusedHere, s.refusedThere, s.counts, s.entries, s.titles, s.links, s.dates))
}

func (s *second) compare(data []byte) {
	s.files++
	here, err := Parse(data, "")
	if err != nil {
		s.refusedHere++
	}
	there, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	switch {
	case err != nil:
		s.refusedThere++
		return
	case here == nil || len(here.Entries) != len(there.Items):
		s.counts++
		return
	}
	for i, item := range there.Items {
		e := here.Entries[i]
		s.entries++
		s.titles += asNumber(fold(item.Title) == e.Title || plain(item.Title) == e.Title)
		s.links += asNumber(strings.TrimSpace(item.Link) == e.Link)
		s.dates += asNumber(!contradicts(e, item.PublishedParsed) && !contradicts(e, item.UpdatedParsed))
	}
}

// contradicts tells whether neither date of e can be at. gofeed takes the one
// for the other, and a time without zone for UTC.
func contradicts(e Entry, at *time.Time) bool {
	if at == nil {
		return false
	}
	for _, d := range []string{e.Published.String(), e.Updated.String()} {
		if d != "" && strings.HasPrefix(at.UTC().Format(time.RFC3339), d) {
			return false
		}
	}
	return !at.Truncate(time.Second).Equal(e.Published.Time) && !at.Truncate(time.Second).Equal(e.Updated.Time)
}

func asNumber(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
