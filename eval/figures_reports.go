package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"whence"
	"whence/english"
	"whence/reading/figure"
	"whence/text"
)

// figuresOfReports scores spans against entities of type Quantity in the
// layout of re3d: folders with documents.json and entities.json, one object a
// line, offsets in code points. Gold counts articles ("a" strike) and leaves
// many numbers out, so only the share of gold that is found says much: touched,
// and exactly, with or without the unit's words.
func figuresOfReports(w io.Writer, gold string) error {
	paths, err := filepath.Glob(filepath.Join(gold, "*", "entities.json"))
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s holds neither Number/NumberModel.json nor */entities.json: %w", gold, whence.ErrNotRecognised)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "quantities\tgold\ttouched\texact\tfound\ton gold\t\n")
	analyser := english.NewAnalyser()
	var all spanCount
	for _, path := range paths {
		count, err := scoreReports(analyser, filepath.Dir(path))
		if err != nil {
			return fmt.Errorf("scoring figures of %s: %w", path, err)
		}
		if count.gold == 0 {
			continue
		}
		count.print(table, filepath.Base(filepath.Dir(path)))
		all.add(count)
	}
	all.print(table, "all")
	return table.Flush()
}

// spanCount counts spans.
type spanCount struct{ gold, touched, exact, found, onGold int }

func (c *spanCount) add(d spanCount) {
	*c = spanCount{c.gold + d.gold, c.touched + d.touched, c.exact + d.exact, c.found + d.found, c.onGold + d.onGold}
}

func (c *spanCount) print(w *tabwriter.Writer, what string) {
	fmt.Fprintf(w, "%s\t%d\t%.1f\t%.1f\t%d\t%.1f\t\n", what, c.gold, percentOf(c.touched, c.gold), percentOf(c.exact, c.gold), c.found, percentOf(c.onGold, c.found))
}

// reportEntity and report are lines of the files.
type reportEntity struct {
	Begin, End int
	Type       string
	DocumentID string
}

type report struct {
	ID   string `json:"_id"`
	Text string
}

func scoreReports(analyser *english.Analyser, dir string) (count spanCount, err error) {
	gold := map[string][]whence.Span{}
	if err := eachLine(filepath.Join(dir, "entities.json"), func(e reportEntity) {
		if e.Type == "Quantity" {
			gold[e.DocumentID] = append(gold[e.DocumentID], whence.Span{Start: e.Begin, End: e.End})
		}
	}); err != nil {
		return count, err
	}
	err = eachLine(filepath.Join(dir, "documents.json"), func(r report) {
		count.add(compareSpans(readQuantities(analyser, r.Text), gold[r.ID]))
	})
	return count, err
}

// eachLine decodes the JSON objects of a file.
func eachLine[T any](path string, visit func(T)) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for d := json.NewDecoder(bufio.NewReader(f)); ; {
		var line T
		switch err := d.Decode(&line); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading %s: %w", path, err)
		}
		visit(line)
	}
}

// readQuantities is the quantities of a text, and nothing that only names.
func readQuantities(analyser *english.Analyser, s string) (found []figure.Quantity) {
	var all []figure.Quantity
	for _, sentence := range text.Sentences(s, nil) {
		all = figure.Quantities(all, sentence, analyser.Sentence(sentence.Tokens))
	}
	for _, q := range all {
		if q.Kind != figure.Label {
			found = append(found, q)
		}
	}
	return found
}

func compareSpans(found []figure.Quantity, gold []whence.Span) spanCount {
	count := spanCount{gold: len(gold), found: len(found)}
	for _, g := range gold {
		touched, exact := false, false
		for _, q := range found {
			touched = touched || q.Span.Overlaps(g)
			exact = exact || q.Span == g || q.Bare == g
		}
		if touched {
			count.touched++
		}
		if exact {
			count.exact++
		}
	}
	for _, q := range found {
		for _, g := range gold {
			if q.Span.Overlaps(g) {
				count.onGold++
				break
			}
		}
	}
	return count
}
