package eval

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"whence"
	"whence/page"
	"whence/reading"
)

// Times scores the times of readings against TimeML, in the layout of
// TempEval-3 (UzZaman et al. 2013). Gold is a folder; every file of it whose
// name ends in .tml and that is well-formed XML is a document. Its text is that
// of its TEXT elements, and the date of publication the first TIMEX3 in a DCT
// element, which is given and not scored.
//
// Found and gold times are paired one to one, those that share most code points
// first. Relaxed: the pairs. Strict: those of equal spans. Value: those of equal
// values, whatever their spans. All as precision, recall and F1 over all times.
//
// By type, the figures are recall alone, for gold has the type of its own times;
// by folder and by half they are F1. The halves are every other document in the
// order of the files, the first of them the one to develop on.
func Times(w io.Writer, gold string) error {
	documents, err := ReadTimedDocuments(gold)
	if err != nil {
		return err
	}
	if len(documents) == 0 {
		return fmt.Errorf("scoring times of %s: no file.tml with a TEXT in it: %w", gold, whence.ErrNotRecognised)
	}
	scores := timeScores{folders: map[string]*timeScore{}, types: map[whence.TimeType]*timeScore{}}
	for i, d := range documents {
		scores.add(d, i%2)
	}
	return scores.print(w)
}

// TimedDocument is a text with its date of publication and gold times.
type TimedDocument struct {
	Path      string // from the gold folder
	Text      string
	Published string // as the gold has it
	Times     []whence.Time
}

// ReadTimedDocuments reads the TimeML files below a folder, those of a folder
// before those of the folders in it, each in the order of names. Files that are
// no well-formed XML are left out.
func ReadTimedDocuments(root string) ([]*TimedDocument, error) {
	var paths []string
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.HasSuffix(path, ".tml") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listing TimeML files: %w", err)
	}
	sort.Slice(paths, func(i, j int) bool {
		a, b := paths[i], paths[j]
		return cmp.Or(cmp.Compare(filepath.Dir(a), filepath.Dir(b)), cmp.Compare(a, b)) < 0
	})
	var documents []*TimedDocument
	for _, path := range paths {
		d, err := readTimedDocument(path)
		if errors.Is(err, whence.ErrMalformed) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if d.Path, err = filepath.Rel(root, path); err != nil {
			return nil, fmt.Errorf("naming %s: %w", path, err)
		}
		documents = append(documents, d)
	}
	return documents, nil
}

func readTimedDocument(path string) (d *TimedDocument, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading TimeML: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := timeReader{document: &TimedDocument{}}
	decoder := xml.NewDecoder(f)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && r.elements > 0 {
			return r.document, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading TimeML of %s: %w: %w", path, whence.ErrMalformed, err)
		}
		r.take(token)
	}
}

// timeReader gathers a document from its XML.
type timeReader struct {
	document *TimedDocument
	elements int   // seen so far
	text     int   // depth in TEXT
	creation int   // depth in DCT
	at       int   // code points of the text so far
	open     []int // the times that are open
}

func (r *timeReader) take(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		r.elements++
		r.start(t)
	case xml.EndElement:
		r.end(t.Name.Local)
	case xml.CharData:
		if r.text > 0 {
			r.document.Text += string(t)
			r.at += utf8.RuneCount(t)
		}
	}
}

func (r *timeReader) start(e xml.StartElement) {
	switch {
	case e.Name.Local == "TEXT":
		r.text++
	case e.Name.Local == "DCT":
		r.creation++
	case e.Name.Local == "TIMEX3" && r.creation > 0 && r.document.Published == "":
		r.document.Published = attribute(e, "value")
	case e.Name.Local == "TIMEX3" && r.text > 0:
		r.open = append(r.open, len(r.document.Times))
		r.document.Times = append(r.document.Times, whence.Time{
			Span: whence.Span{Start: r.at}, Type: whence.TimeType(attribute(e, "type")), Value: attribute(e, "value"),
		})
	}
}

func (r *timeReader) end(name string) {
	switch {
	case name == "TEXT":
		r.text--
	case name == "DCT":
		r.creation--
	case name == "TIMEX3" && r.text > 0 && len(r.open) > 0:
		last := len(r.open) - 1
		r.document.Times[r.open[last]].End = r.at
		r.open = r.open[:last]
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Article is the document as an article, as a line of JSON would give it: with
// the blocks of its text, undated where its date cannot be read.
func (d *TimedDocument) Article() *whence.Article {
	a := &whence.Article{Path: d.Path, Text: d.Text}
	if published, err := whence.ParseDate(d.Published); err == nil {
		a.Published = published
	}
	page.Structure(a)
	return a
}

// timeScore is what was counted over some documents.
type timeScore struct {
	gold, found, relaxed, strict, value int
}

func (s *timeScore) sum(o timeScore) {
	s.gold += o.gold
	s.found += o.found
	s.relaxed += o.relaxed
	s.strict += o.strict
	s.value += o.value
}

// timeScores are the counts of all documents and of the groups of them.
type timeScores struct {
	all     timeScore
	halves  [2]timeScore
	folders map[string]*timeScore
	types   map[whence.TimeType]*timeScore
}

// add reads and scores a document of one half.
func (s *timeScores) add(d *TimedDocument, half int) {
	found := reading.Read(d.Article()).Times
	score := timeScore{gold: len(d.Times), found: len(found)}
	for _, g := range d.Times {
		s.typed(g.Type).gold++
	}
	for _, pair := range pairTimes(d.Times, found) {
		g, f := d.Times[pair[0]], found[pair[1]]
		one := timeScore{relaxed: 1}
		if g.Span == f.Span {
			one.strict = 1
		}
		if g.Value == f.Value {
			one.value = 1
		}
		score.sum(one)
		s.typed(g.Type).sum(one)
	}
	s.all.sum(score)
	s.halves[half].sum(score)
	folder := filepath.ToSlash(filepath.Dir(d.Path))
	if s.folders[folder] == nil {
		s.folders[folder] = &timeScore{}
	}
	s.folders[folder].sum(score)
}

func (s *timeScores) typed(t whence.TimeType) *timeScore {
	if s.types[t] == nil {
		s.types[t] = &timeScore{}
	}
	return s.types[t]
}

// pairTimes pairs gold and found times, given by their numbers: one to one, the
// largest overlap first, and of equal ones the first.
func pairTimes(gold, found []whence.Time) [][2]int {
	type candidate struct{ shared, gold, found int }
	var all []candidate
	for i, g := range gold {
		for j, f := range found {
			if n := min(g.End, f.End) - max(g.Start, f.Start); n > 0 {
				all = append(all, candidate{n, i, j})
			}
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(b.shared-a.shared, a.gold-b.gold, a.found-b.found)
	})
	metGold, metFound := make([]bool, len(gold)), make([]bool, len(found))
	var pairs [][2]int
	for _, c := range all {
		if !metGold[c.gold] && !metFound[c.found] {
			metGold[c.gold], metFound[c.found] = true, true
			pairs = append(pairs, [2]int{c.gold, c.found})
		}
	}
	return pairs
}

// print writes the tables.
func (s *timeScores) print(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\tP\tR\tF1\t\n")
	for _, line := range []struct {
		what string
		n    int
	}{{"relaxed", s.all.relaxed}, {"strict", s.all.strict}, {"value", s.all.value}} {
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t\n", line.what,
			percentOf(line.n, s.all.found), percentOf(line.n, s.all.gold), percentOf(2*line.n, s.all.gold+s.all.found))
	}
	fmt.Fprintf(w, "F1\trelaxed\tstrict\tvalue\tgold\tfound\t\n")
	s.halves[0].line(w, "half to develop on")
	s.halves[1].line(w, "half kept apart")
	for _, folder := range slices.Sorted(maps.Keys(s.folders)) {
		s.folders[folder].line(w, folder)
	}
	fmt.Fprintf(w, "recall\trelaxed\tstrict\tvalue\tgold\t\n")
	for _, kind := range slices.Sorted(maps.Keys(s.types)) {
		t := s.types[kind]
		fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t\n", kind, percentOf(t.relaxed, t.gold), percentOf(t.strict, t.gold), percentOf(t.value, t.gold), t.gold)
	}
	return w.Flush()
}

func (s *timeScore) line(w *tabwriter.Writer, what string) {
	all := s.gold + s.found
	fmt.Fprintf(w, "%s\t%.1f\t%.1f\t%.1f\t%d\t%d\t\n", what,
		percentOf(2*s.relaxed, all), percentOf(2*s.strict, all), percentOf(2*s.value, all), s.gold, s.found)
}
