package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/reading"
)

// TestAttribution freezes the figures on PolNeAR's development part.
func TestAttribution(t *testing.T) {
	var b bytes.Buffer
	if err := Attribution(&b, shared.Path(t, "corpora", "polnear", "dev")); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", "attribution-dev.txt"), b.String())
}

func TestAttributionWithoutGold(t *testing.T) {
	if err := Attribution(&bytes.Buffer{}, t.TempDir()); !errors.Is(err, whence.ErrNotRecognised) {
		t.Errorf("got %v", err)
	}
}

// brat writes a gold folder of one article and gives its path.
func brat(t *testing.T, text, ann string) string {
	t.Helper()
	dir := t.TempDir()
	for name, data := range map[string]string{"text/ferry.txt": text, "attributions/ferry_one.ann": ann} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// attributions are what a reader would find with these relations.
func attributions(relations []relation) []whence.Attribution {
	all := make([]whence.Attribution, len(relations))
	for i, r := range relations {
		if r[0] != nil {
			all[i].Source = &whence.Source{Phrase: whence.Phrase{Spans: r[0]}}
		}
		all[i].Cue.Spans, all[i].Content.Spans = r[1], r[2]
	}
	return all
}

func TestScore(t *testing.T) {
	const text = "The ferry stays, the mayor said. Voters agreed."
	span := func(a, b int) []whence.Span { return []whence.Span{{Start: a, End: b}} }
	gold := []relation{
		{span(17, 26), span(27, 31), span(0, 15)},
		{nil, span(40, 46), span(33, 39)},
	}
	for _, c := range []struct {
		name            string
		found           []relation
		exact, relation int
	}{
		{"nothing", nil, 0, 0},
		{"all", gold, 2, 2},
		{"white space at the edges is dropped", []relation{{span(16, 27), span(26, 32-1), span(0, 15)}}, 1, 1},
		{"half of the content", []relation{{span(21, 26), span(27, 31), span(0, 9)}}, 0, 1},
		{"less than half", []relation{{span(17, 26), span(27, 31), span(0, 3)}}, 0, 0},
		{"a source where none is", []relation{{span(0, 3), span(40, 46), span(33, 39)}}, 0, 0},
		{"twice the same counts once", []relation{gold[0], gold[0]}, 1, 1},
	} {
		s := score(&AttributionGold{Text: text, relations: gold}, attributions(c.found))
		if s.row[relationExact].both != c.exact || s.row[relationAlike].both != c.relation {
			t.Errorf("%s: exact %d, relation %d", c.name, s.row[relationExact].both, s.row[relationAlike].both)
		}
	}
}

func TestRight(t *testing.T) {
	const text = "The ferry stays, the mayor said."
	span := func(a, b int) []whence.Span { return []whence.Span{{Start: a, End: b}} }
	gold := relation{span(17, 26), span(27, 31), span(0, 15)}
	g := AttributionGold{Text: text, relations: []relation{gold}}
	got := g.Right(attributions([]relation{{}, {nil, span(27, 31), span(0, 15)}, gold, gold}))
	if want := []bool{false, false, true, false}; !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestReadBrat(t *testing.T) {
	const ann = "T1\tSource 17 26\tthe mayor\nT2\tCue 27 31\tsaid\nT3\tContent 0 9;10 15\tThe ferry stays\n" +
		"T4\tAttribution 27 31\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content2:T3\n" +
		"Thence a line that is no annotation\nE2\tAttribution:T4 Cue:T2\nT9\tCue x y\tbroken\n"
	got := readBrat(ann)
	if len(got) != 1 {
		t.Fatalf("%d relations", len(got))
	}
	if c := got[0][2]; len(c) != 2 || c[1] != (whence.Span{Start: 10, End: 15}) {
		t.Errorf("content %v", c)
	}
	dir := brat(t, "The ferry stays, the mayor said.", ann)
	var b bytes.Buffer
	if err := Attribution(&b, dir); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "articles 1\n") {
		t.Errorf("got %s", b.String())
	}
}

// FuzzBrat: whatever the annotations and the text, scoring ends, and gold held
// against itself is exactly right.
func FuzzBrat(f *testing.F) {
	f.Add("The ferry stays, the mayor said.", "T1\tSource 17 26\tx\nT2\tCue 27 31\tx\nT3\tContent 0 9;10 15\tx\nE1\tA:T2 Source:T1 Cue:T2 Content:T3\n")
	f.Add("“It\x80 ''stays\n", "T1\tCue -4 3;1 99\tx\nT2\tContent 3 1;0 7;0 7\tx\nE\tA:T2 Cue:T1 Content2:T2 Content:T9\nE\t\n")
	f.Fuzz(func(t *testing.T, text, ann string) {
		g := &AttributionGold{Text: text, relations: readBrat(ann)}
		s := score(g, attributions(g.relations))
		if r := s.row[relationExact]; r.both != r.gold {
			t.Errorf("of %d gold relations %d equal themselves", r.gold, r.both)
		}
		var b strings.Builder
		all := []scored{s}
		printAttribution(&b, all)
		printBreakdowns(&b, all)
		printEdges(&b, all)
		printCalibration(&b, all)
		printErrors(&b, errorsIn(all))
	})
}

// TestAttributionAgrees compares the figures with those of the script that
// defines them.
func TestAttributionAgrees(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		shared.Missing(t, "python3")
	}
	dev, script := shared.Path(t, "corpora", "polnear", "dev"), shared.Path(t, "score", "attribution.py")
	predictions := filepath.Join(t.TempDir(), "predictions.jsonl")
	if err := writePredictions(predictions, dev); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, script, dev, predictions).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	var b bytes.Buffer
	if err := Attribution(&b, dev); err != nil {
		t.Fatal(err)
	}
	_, want, _ := strings.Cut(string(out), "\n") // the first line counts the articles in other words
	if got := mainTable(b.String()); got != want {
		t.Errorf("got\n%s\nthe script says\n%s", got, want)
	}
}

// mainTable is the first table of what Attribution prints, without the line
// that counts the articles.
func mainTable(printed string) string {
	_, table, _ := strings.Cut(printed, "\n")
	table, _, _ = strings.Cut(table, "\n\n")
	return table + "\n"
}

// writePredictions writes what whence reads in the texts of gold, as
// `whence read --format jsonl` prints it.
func writePredictions(path, gold string) error {
	articles, err := ReadAttributionGold(gold)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, g := range articles {
		data, err := json.Marshal(reading.Read(articleOf(&g)))
		if err != nil {
			return err
		}
		b.Write(append(data, '\n'))
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}
