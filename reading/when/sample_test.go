package when_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/reading/when"
	"whence/sample"
	"whence/text"
)

// TestSample scores the times of the sample's articles against its truth: the
// counts, and every time that is not right.
func TestSample(t *testing.T) {
	gold, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	score := sampleScore{out: &out, analyser: english.NewAnalyser()}
	for i := range gold.Articles {
		if err := score.add(&gold.Articles[i]); err != nil {
			t.Fatal(err)
		}
	}
	fmt.Fprintf(&out, "gold %d, found of them %d, span %d, type %d, value %d, all right %d; found besides %d\n",
		score.gold, score.found, score.span, score.kind, score.value, score.right, score.besides)
	golden.Check(t, filepath.Join("testdata", "sample.golden"), out.String())
}

// sampleScore counts, and writes out what is not right.
type sampleScore struct {
	out                                            *strings.Builder
	analyser                                       *english.Analyser
	gold, found, span, kind, value, right, besides int
}

// article makes an article of the truth's own blocks.
func article(a *sample.Article) (*whence.Article, error) {
	published, err := whence.ParseDate(a.Published)
	if err != nil {
		return nil, fmt.Errorf("reading the date of %s: %w", a.File, err)
	}
	made := &whence.Article{Path: a.File, Published: published}
	at := 0
	for _, b := range a.Blocks {
		end := at + len([]rune(b.Text))
		made.Text += b.Text + "\n\n"
		made.Blocks = append(made.Blocks, whence.Block{Role: b.Role, Span: whence.Span{Start: at, End: end}})
		at = end + 2
	}
	return made, nil
}

func (s *sampleScore) add(truth *sample.Article) error {
	a, err := article(truth)
	if err != nil {
		return err
	}
	times := s.read(a)
	locator := truth.Locator(a.Text)
	met := map[int]bool{}
	for _, g := range truth.Times {
		if !truth.Blocks[g.Block].Role.Body() && truth.Blocks[g.Block].Role != whence.RoleDateline {
			continue
		}
		spans, err := locator.Spans(g.Passage)
		if err != nil {
			return fmt.Errorf("locating times of %s: %w", truth.File, err)
		}
		s.compare(truth.File, g, spans[0], times, met)
	}
	for i, f := range times {
		if !met[i] {
			s.besides++
			fmt.Fprintf(s.out, "%s: besides %q %s %s\n", truth.File, f.Text, f.Type, f.Value)
		}
	}
	return nil
}

// compare scores one time of the truth.
func (s *sampleScore) compare(file string, g sample.Time, span whence.Span, times []whence.Time, met map[int]bool) {
	s.gold++
	for i, f := range times {
		if met[i] || !f.Overlaps(span) {
			continue
		}
		met[i] = true
		s.found++
		right := [3]bool{f.Span == span, string(f.Type) == g.Type, f.Value == g.Value}
		for k, n := range []*int{&s.span, &s.kind, &s.value} {
			if right[k] {
				*n++
			}
		}
		if right == [3]bool{true, true, true} {
			s.right++
			return
		}
		fmt.Fprintf(s.out, "%s: %q %s %s is read as %q %s %s\n", file, g.Text, g.Type, g.Value, f.Text, f.Type, f.Value)
		return
	}
	fmt.Fprintf(s.out, "%s: %q %s %s is not found\n", file, g.Text, g.Type, g.Value)
}

// read reads the times of the article's body blocks and datelines.
func (s *sampleScore) read(a *whence.Article) []whence.Time {
	var body []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Body() {
			body = append(body, b.Span)
		}
	}
	sentences := text.Sentences(a.Text, body)
	var trees []english.Tree
	for _, x := range sentences {
		trees = append(trees, append(english.Tree(nil), s.analyser.Sentence(x.Tokens)...))
	}
	return when.Read(a, sentences, trees)
}
