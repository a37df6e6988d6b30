package eval

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"whence"
)

// Reality is how real gold says an event is, in three ways.
type Reality int

// The realities.
const (
	RealHappened Reality = iota
	RealNot
	RealOpen
	realities
)

func (r Reality) String() string { return [...]string{"happened", "not", "open"}[r] }

// StatusDocument is an article of the MEANTIME corpus with its events.
type StatusDocument struct {
	ID      string
	Article whence.Article // each gold sentence a block: the first the title, others paragraphs
	Events  []StatusEvent  // in reading order
}

// StatusEvent is one gold event.
type StatusEvent struct {
	whence.Span
	Reality Reality
}

// catDocument is the XML of the CAT tool, as far as it is read.
type catDocument struct {
	ID     string `xml:"doc_id,attr"`
	Tokens []struct {
		ID       int    `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Text     string `xml:",chardata"`
	} `xml:"token"`
	Events []catEvent `xml:"Markables>EVENT_MENTION"`
}

type catEvent struct {
	Certainty string `xml:"certainty,attr"`
	Polarity  string `xml:"polarity,attr"`
	Time      string `xml:"time,attr"`
	Anchors   []struct {
		ID int `xml:"t_id,attr"`
	} `xml:"token_anchor"`
}

// reality maps the attributes of an event, see [Status]; false where the
// annotators left them empty.
func (e *catEvent) reality() (Reality, bool) {
	switch {
	case e.Certainty == "" || e.Polarity == "" || e.Time == "":
		return 0, false
	case e.Polarity == "NEG":
		return RealNot, true
	case e.Certainty == "CERTAIN" && e.Polarity == "POS" && e.Time == "NON_FUTURE":
		return RealHappened, true
	}
	return RealOpen, true
}

// ReadStatusDocuments reads the CAT files of a folder to its depth, in order of
// their paths; of files with the same document, the first.
func ReadStatusDocuments(folder string) ([]*StatusDocument, error) {
	var documents []*StatusDocument
	seen := map[string]bool{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".xml" {
			return err
		}
		d, err := readStatusDocument(path)
		if err != nil {
			return fmt.Errorf("reading events of %s: %w", path, err)
		}
		if !seen[d.ID] {
			seen[d.ID] = true
			documents = append(documents, d)
		}
		return nil
	})
	return documents, err
}

func readStatusDocument(path string) (d *StatusDocument, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var cat catDocument
	if err := xml.NewDecoder(f).Decode(&cat); err != nil {
		return nil, err
	}
	d = &StatusDocument{ID: cat.ID}
	places := d.lay(&cat)
	for _, e := range cat.Events {
		reality, told := e.reality()
		if !told || len(e.Anchors) == 0 {
			continue
		}
		var span whence.Span
		for i, a := range e.Anchors {
			at, ok := places[a.ID]
			if !ok {
				return nil, fmt.Errorf("event at token %d, which is not there: %w", a.ID, whence.ErrMalformed)
			}
			if i == 0 {
				span = at
			}
			span.Start, span.End = min(span.Start, at.Start), max(span.End, at.End)
		}
		d.Events = append(d.Events, StatusEvent{span, reality})
	}
	slices.SortStableFunc(d.Events, func(a, b StatusEvent) int { return a.Start - b.Start })
	return d, nil
}

// lay writes the text of the tokens as newspapers space it, and gives their
// places.
func (d *StatusDocument) lay(cat *catDocument) map[int]whence.Span {
	places := make(map[int]whence.Span, len(cat.Tokens))
	var b strings.Builder
	at, sentence, last := 0, -1, ""
	for _, t := range cat.Tokens {
		switch {
		case t.Sentence != sentence:
			if at > 0 {
				b.WriteString("\n\n")
				at += 2
			}
			role := whence.RoleParagraph
			if sentence < 0 {
				role = whence.RoleTitle
			}
			d.Article.Blocks = append(d.Article.Blocks, whence.Block{Role: role, Span: whence.Span{Start: at}})
			sentence = t.Sentence
		case !strings.ContainsAny(t.Text[:1], ".,;:!?)%'’") && t.Text != "n't" && !strings.ContainsAny(last, "($£€"):
			b.WriteByte(' ')
			at++
		}
		end := at + utf8.RuneCountInString(t.Text)
		places[t.ID] = whence.Span{Start: at, End: end}
		b.WriteString(t.Text)
		at, last = end, t.Text
		d.Article.Blocks[len(d.Article.Blocks)-1].End = at
	}
	d.Article.Text = b.String()
	return places
}
