package sample

import (
	"fmt"
	"slices"
	"strings"

	"whence"
)

// Reading is what a perfect reader would find in article, which was made from
// the page: its attributions, with the names of the sources that are known by
// one, its figures and its events. IDs are those of truth.json, and every score is 1. The error wraps
// [whence.ErrSpan] where the text lacks a block that a finding stands in.
func (a *Article) Reading(article *whence.Article) (*whence.Reading, error) {
	b := &builder{
		text:    []rune(article.Text),
		locator: a.Locator(article.Text),
		reading: &whence.Reading{Article: *article},
		names:   map[string]int{},
	}
	for _, x := range a.Attributions {
		b.attribution(x)
	}
	b.findings(a)
	if b.err != nil {
		return nil, fmt.Errorf("finding what is true of %s in its text: %w", a.File, b.err)
	}
	return b.reading, nil
}

// builder keeps the first passage that it could not find.
type builder struct {
	text    []rune
	locator *Locator
	reading *whence.Reading
	names   map[string]int // place in reading.Names, by name
	err     error
}

func (b *builder) attribution(x Attribution) {
	found := whence.Attribution{
		ID: x.ID, Cue: b.phrase(x.Cue), Content: b.phrase(x.Content),
		Quotation: x.Quotation, Kind: x.Kind, Response: x.Response, Parent: x.Parent, Score: 1,
	}
	if s := x.Source; s != nil {
		p := b.phrase(s.Spans)
		found.Source = &whence.Source{Phrase: p, Kind: s.Kind, Anonymous: s.Anonymous, Count: s.Count, Reason: s.Reason}
		if !s.Anonymous {
			found.Source.Name = b.name(s.Who, s.Kind, p.Spans)
		}
	}
	if r := x.Relay; r != nil {
		if p := b.phrase([]Passage{r.Passage}); !p.Zero() {
			found.Relay = &whence.Relay{Span: p.Spans[0], Name: p.Text, Kind: r.Kind}
		}
	}
	b.reading.Attributions = append(b.reading.Attributions, found)
}

func (b *builder) phrase(passages []Passage) whence.Phrase {
	if len(passages) == 0 {
		return whence.Phrase{}
	}
	spans, err := b.locator.Spans(passages...)
	if err != nil {
		if b.err == nil {
			b.err = err
		}
		return whence.Phrase{}
	}
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = string(b.text[s.Start:s.End])
	}
	return whence.Phrase{Spans: spans, Text: strings.Join(words, " ")}
}

// name gives the id of the name of who, with the mentions added to it.
func (b *builder) name(who string, kind whence.SourceKind, mentions []whence.Span) string {
	at, ok := b.names[who]
	if !ok {
		at = len(b.reading.Names)
		b.names[who] = at
		b.reading.Names = append(b.reading.Names, whence.Name{ID: fmt.Sprintf("n%d", at+1), Name: who, Kind: string(kind)})
	}
	n := &b.reading.Names[at]
	for _, m := range mentions {
		if !slices.Contains(n.Mentions, m) {
			n.Mentions = append(n.Mentions, m)
		}
	}
	return n.ID
}
