package whence

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
)

// Identify sets ID from what makes the article itself: its address (canonical
// if known), its outlet and its text. The same text captured again at the same
// address has the same ID, whatever file it came in; one changed code point,
// another address or another outlet gives another.
//
// The ID is "sha256:" and 64 hex digits, over each part preceded by its length
// in bytes (uint64, big-endian).
func (a *Article) Identify() {
	address := a.Canonical
	if address == "" {
		address = a.URL
	}
	h := sha256.New()
	for _, part := range []string{address, a.Outlet, a.Text} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(part)))
		h.Write(n[:])
		h.Write([]byte(part))
	}
	a.ID = "sha256:" + hex.EncodeToString(h.Sum(nil))
}

// Check reports the first breach of the invariants, or nil:
// blocks are in order, inside the text and do not overlap; every phrase equals
// the words at its spans, which are ordered and apart; ids are unique;
// findings that are pointed to exist; no figure is a part of itself or has a low
// above its high; scores lie in 0 to 1.
//
// Errors wrap [ErrSpan] where words and span disagree.
func (r *Reading) Check() error {
	c := checker{text: []rune(r.Text), ids: map[string]bool{}}
	end := 0
	for i, b := range r.Blocks {
		what := fmt.Sprintf("block %d (%s)", i, b.Role)
		c.within(what, b.Span, Span{end, len(c.text)})
		for _, l := range b.Links {
			c.within(what+" link", l.Span, b.Span)
		}
		end = b.End
	}
	for _, n := range r.Names {
		c.unique(n.ID)
		for _, m := range n.Mentions {
			c.within("name "+n.ID, m, Span{0, len(c.text)})
		}
	}
	for _, a := range r.Attributions {
		c.unique(a.ID)
	}
	for _, t := range r.Times {
		c.finding(t.ID, t.Span, t.Text)
	}
	for _, p := range r.Places {
		c.finding(p.ID, p.Span, p.Text)
	}
	for _, f := range r.Figures {
		c.finding(f.ID, f.Span, f.Text)
	}
	for _, e := range r.Events {
		c.finding(e.ID, e.Span, e.Text)
		c.exists(e.ID, e.Attribution)
	}
	for _, a := range r.Attributions {
		c.attribution(a)
	}
	for _, f := range r.Figures {
		c.figure(f)
	}
	return c.err
}

// checker keeps the first breach it meets.
type checker struct {
	text []rune
	ids  map[string]bool
	err  error
}

func (c *checker) breach(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *checker) unique(id string) {
	if id == "" || c.ids[id] {
		c.breach(fmt.Errorf("id %q is empty or used twice", id))
	}
	c.ids[id] = true
}

func (c *checker) within(what string, s, bounds Span) bool {
	if s.Start < s.End && bounds.Contains(s) {
		return true
	}
	c.breach(fmt.Errorf("%s at %d:%d, outside %d:%d: %w", what, s.Start, s.End, bounds.Start, bounds.End, ErrSpan))
	return false
}

func (c *checker) phrase(what string, p Phrase) {
	end := 0
	words := make([]string, len(p.Spans))
	for i, s := range p.Spans {
		if !c.within(what, s, Span{end, len(c.text)}) {
			return
		}
		words[i], end = string(c.text[s.Start:s.End]), s.End
	}
	if got := strings.Join(words, " "); got != p.Text {
		c.breach(fmt.Errorf("%s says %q, the text at its spans is %q: %w", what, p.Text, got, ErrSpan))
	}
}

// finding holds a finding of one span to its words.
func (c *checker) finding(id string, s Span, text string) {
	c.unique(id)
	c.phrase("finding "+id, Phrase{[]Span{s}, text})
}

// exists holds a reference to a finding to there being one.
func (c *checker) exists(from, id string) {
	if id != "" && !c.ids[id] {
		c.breach(fmt.Errorf("%s points to %q, which does not exist", from, id))
	}
}

func (c *checker) figure(f Figure) {
	if f.Low.Known && f.High.Known && f.Low.Value > f.High.Value {
		c.breach(fmt.Errorf("figure %s: low %g is above high %g", f.ID, f.Low.Value, f.High.Value))
	}
	if f.Counted != nil {
		c.within("what figure "+f.ID+" counts", f.Counted.Span, Span{0, len(c.text)})
	}
	if f.PartOf == f.ID {
		c.breach(fmt.Errorf("figure %s is a part of itself", f.ID))
	}
	for _, id := range []string{f.PartOf, f.Place, f.Attribution} {
		c.exists("figure "+f.ID, id)
	}
}

func (c *checker) attribution(a Attribution) {
	what := "attribution " + a.ID
	if a.Cue.Zero() {
		c.breach(fmt.Errorf("%s has no cue", what))
	}
	if a.Content.Zero() && a.Response == "" {
		c.breach(fmt.Errorf("%s has neither content nor response", what))
	}
	if a.Score < 0 || a.Score > 1 {
		c.breach(fmt.Errorf("%s has score %g", what, a.Score))
	}
	c.phrase(what+" cue", a.Cue)
	c.phrase(what+" content", a.Content)
	if a.Source != nil {
		c.phrase(what+" source", a.Source.Phrase)
		if a.Source.Name != "" && !c.ids[a.Source.Name] {
			c.breach(fmt.Errorf("%s: its source's name %q does not exist", what, a.Source.Name))
		}
	}
	if r := a.Relay; r != nil {
		c.phrase(what+" relay", Phrase{[]Span{r.Span}, r.Name})
	}
	if a.Parent != "" && !c.ids[a.Parent] {
		c.breach(fmt.Errorf("%s: its parent %q does not exist", what, a.Parent))
	}
}
