package ledger

import (
	"bytes"
	"encoding/json"

	"whence"
)

// Version is one version of an article's page, as programs get it.
type Version struct {
	Article  string `json:"article"`
	Path     string `json:"path,omitempty"`
	Captured string `json:"captured,omitempty"`
	Modified string `json:"modified,omitempty"`
}

// Besides is what the ledger knows of an article besides its reading, as programs
// get it.
type Besides struct {
	Versions []Version      `json:"versions,omitempty"` // where there is more than one
	Edits    []Edit         `json:"edits,omitempty"`
	Reuse    []whence.Reuse `json:"reuse,omitempty"`
}

// Besides is the article without its reading.
func (a *Article) Besides() Besides {
	b := Besides{Edits: a.Edits}
	if len(a.Versions) > 1 {
		for _, v := range a.Versions {
			b.Versions = append(b.Versions, Version{v.ID, v.Path, v.Captured.String(), v.Modified.String()})
		}
	}
	for _, p := range a.Shared {
		b.Reuse = append(b.Reuse, p.Reuse)
	}
	return b
}

// MarshalJSON encodes the reading with versions, edits and reuse beside its own
// keys, as doc/formats.md describes it.
func (a *Article) MarshalJSON() ([]byte, error) {
	reading, err := json.Marshal(a.Reading)
	if err != nil {
		return nil, err
	}
	rest, err := json.Marshal(a.Besides())
	if err != nil || len(rest) == len("{}") {
		return reading, err
	}
	return append(append(bytes.TrimSuffix(reading, []byte("}")), ','), rest[1:]...), nil
}

// HitLine is a hit as programs get it.
type HitLine struct {
	Article   string        `json:"article"`
	Path      string        `json:"path,omitempty"`
	URL       string        `json:"url,omitempty"`
	Outlet    string        `json:"outlet,omitempty"`
	Title     string        `json:"title,omitempty"`
	Published string        `json:"published,omitempty"`
	Start     int           `json:"start"` // of the words around what was found, in the text
	End       int           `json:"end"`
	Text      string        `json:"text"`
	Found     []whence.Span `json:"found,omitempty"`
}

// Line is the hit as programs get it.
func (h Hit) Line() HitLine {
	return HitLine{h.ID, h.Path, h.Page, h.Outlet, h.Title, h.Published.String(), h.Snippet.Start, h.Snippet.End, h.Words, h.Found}
}
