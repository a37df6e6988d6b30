package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/ledger"
	"whence/store"
	"whence/story"
)

// Line is v as one line of JSON. Characters that a terminal would act on, or that
// hide or reorder others, are written as \u escapes, which mean the same to a
// program.
func Line(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding: %w", err)
	}
	return escapeHidden(b.Bytes()), nil
}

func writeLine(w io.Writer, v any) error {
	line, err := Line(v)
	if err != nil {
		return err
	}
	_, err = w.Write(line)
	return err
}

// hidden tells whether a character is acted on rather than seen.
func hidden(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

// escapeHidden escapes the hidden characters of one line of JSON. Outside of
// strings there are none, but for the line end.
func escapeHidden(line []byte) []byte {
	if bytes.IndexFunc(line[:len(line)-1], hidden) < 0 {
		return line
	}
	out := make([]byte, 0, len(line)+64)
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case !hidden(r) || r == '\n':
			out = append(out, line[i:i+size]...)
		case r > 0xffff:
			high, low := 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += size
	}
	return out
}

func readings(p *ledger.Part, w io.Writer) error {
	for e, err := range p.Articles() {
		if err != nil {
			return err
		}
		if err := writeLine(w, e.Reading); err != nil {
			return fmt.Errorf("article %s: %w", e.ID, err)
		}
	}
	return nil
}

func reuse(p *ledger.Part, w io.Writer) error {
	for r, err := range p.Reuse() {
		if err != nil {
			return err
		}
		if err := writeLine(w, r); err != nil {
			return err
		}
	}
	return nil
}

// reviewLine is a verdict as a line: of which article, what the words of the finding
// are, and the verdict.
type reviewLine struct {
	Article string   `json:"article"`
	Words   []string `json:"words"` // of each span
	store.Review
}

func reviews(p *ledger.Part, w io.Writer) error {
	for j, err := range p.Judged() {
		if err != nil {
			return err
		}
		text := []rune(j.Reading.Text)
		for _, r := range j.Reviews {
			line := reviewLine{Article: j.ID, Words: make([]string, len(r.Spans)), Review: r}
			for i, s := range r.Spans {
				line.Words[i] = string(text[min(s.Start, len(text)):min(s.End, len(text))])
			}
			if err := writeLine(w, line); err != nil {
				return fmt.Errorf("article %s: %w", j.ID, err)
			}
		}
	}
	return nil
}

// claimLine is a claim as a line.
type claimLine struct {
	Claim     string          `json:"claim"`
	Kind      story.ClaimKind `json:"kind"`
	Text      string          `json:"text"`
	Story     string          `json:"story"`
	Articles  []claimArticle  `json:"articles"`
	Reports   []story.Report  `json:"reports"`
	Sources   []story.Source  `json:"sources"`
	Undecided []string        `json:"undecided,omitempty"`
}

// claimArticle is where an article makes a claim.
type claimArticle struct {
	Article     string `json:"article"`
	Path        string `json:"path,omitempty"`
	Attribution string `json:"attribution,omitempty"`
	Figure      string `json:"figure,omitempty"`
}

func claims(p *ledger.Part, w io.Writer) error {
	for s, err := range p.Stories() {
		if err != nil {
			return err
		}
		for _, c := range s.Claims {
			if !s.HasAny(c.Articles...) {
				continue
			}
			line := claimLine{Claim: c.ID, Kind: c.Kind, Text: c.Text, Story: s.ID, Undecided: c.Undecided}
			for _, f := range c.Articles {
				line.Articles = append(line.Articles, claimArticle{f.Article, f.Path, f.Attribution, f.Figure})
			}
			for _, r := range c.Reports {
				line.Reports = append(line.Reports, r.Report)
			}
			for _, x := range c.Sources {
				line.Sources = append(line.Sources, x.Source)
			}
			if err := writeLine(w, line); err != nil {
				return err
			}
		}
	}
	return nil
}

// figureLine is a point of a figure's history as a line.
type figureLine struct {
	Story        string           `json:"story"`
	Series       string           `json:"series"`
	Measure      string           `json:"measure"`
	Head         string           `json:"head,omitempty"`
	At           whence.Date      `json:"at,omitzero"`
	Low          whence.Bound     `json:"low,omitzero"`
	High         whence.Bound     `json:"high,omitzero"`
	Qualifier    whence.Qualifier `json:"qualifier,omitempty"`
	Source       string           `json:"source,omitempty"`
	Report       string           `json:"report,omitempty"`
	Article      string           `json:"article"`
	Path         string           `json:"path,omitempty"`
	Figure       string           `json:"figure"`
	SupersededBy string           `json:"superseded_by,omitempty"`
	CorrectedBy  string           `json:"corrected_by,omitempty"`
}

func figures(p *ledger.Part, w io.Writer) error {
	for s, err := range p.Stories() {
		if err != nil {
			return err
		}
		for _, h := range s.Histories {
			for _, x := range h.Points {
				if !s.Has(x.Article) && !s.HasAny(x.Repeats...) {
					continue
				}
				line := figureLine{s.ID, h.Series, h.Measure, h.Head, x.At, x.Low, x.High, x.Qualifier, x.Source, x.Report, x.Article, x.Path, x.Figure, x.SupersededBy, x.CorrectedBy}
				if err := writeLine(w, line); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
