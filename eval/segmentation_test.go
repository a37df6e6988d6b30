package eval

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/text"
)

// small is two paragraphs of a treebank: "She can't pay, dunno why. He could."
// and "The end", with blanks for tabs.
const small = `# newdoc id = harbour
# newpar
# text = She can't pay, dunno why.
1 She she PRON PRP _ 4 nsubj _ _
2-3 can't _ _ _ _ _ _ _ _
2 ca can AUX MD _ 4 aux _ _
3 n't not PART RB _ 4 advmod _ _
4 pay pay VERB VB _ 0 root _ SpaceAfter=No
5 , , PUNCT , _ 6 punct _ _
6-8 dunno _ _ _ _ _ _ _ _
6 do do AUX VBP _ 8 aux _ _
7 n't not PART RB _ 8 advmod _ _
8 know know VERB VB _ 4 parataxis _ _
9 why why ADV WRB _ 8 obj _ SpaceAfter=No
10 . . PUNCT . _ 4 punct _ _

# text = He could.
1 He he PRON PRP _ 2 nsubj _ _
2 could can AUX MD _ 0 root _ SpaceAfter=No
2.1 pay pay VERB VB _ _ _ _ _
3 . . PUNCT . _ 2 punct _ _

# newpar
# text = The end
1 The the DET DT _ 2 det _ _
2 end end NOUN NN _ 0 root _ _
`

func smallBank(t *testing.T) *Treebank {
	t.Helper()
	var rows []string
	for line := range strings.Lines(small) {
		if !strings.HasPrefix(line, "#") {
			line = strings.ReplaceAll(line, " ", "\t")
		}
		rows = append(rows, line)
	}
	bank, err := ReadConllu(strings.NewReader(strings.Join(rows, "")))
	if err != nil {
		t.Fatal(err)
	}
	return bank
}

func TestReadConllu(t *testing.T) {
	bank := smallBank(t)
	if want := "She can't pay, dunno why. He could.\n\nThe end"; bank.Text != want {
		t.Fatalf("text %q, want %q", bank.Text, want)
	}
	x := text.NewIndex(bank.Text)
	var got []string
	for _, s := range bank.Sentences {
		got = append(got, "|", x.Slice(s.Span), ":")
		for _, token := range s.Tokens {
			got = append(got, x.Slice(token.Span))
			if len(token.Words) > 1 {
				got = append(got, "(")
				for _, w := range token.Words {
					got = append(got, w.Form, "=", x.Slice(w.Span))
				}
				got = append(got, ")")
			}
		}
	}
	want := "| She can't pay, dunno why. : She can't ( ca = ca n't = n't ) pay , dunno ( do = dunno n't = dunno know = dunno ) why ." +
		" | He could. : He could . | The end : The end"
	if line := strings.Join(got, " "); line != want {
		t.Errorf("\n got %s\nwant %s", line, want)
	}
}

func TestReadConlluRefusesBreaches(t *testing.T) {
	for name, s := range map[string]string{
		"columns":     "1\tShe\tshe",
		"word number": "x\tShe\tshe\tPRON\tPRP\t_\t0\troot\t_\t_",
		"range":       "1-y\tShe\t_\t_\t_\t_\t_\t_\t_\t_",
	} {
		if _, err := ReadConllu(strings.NewReader(s)); !errors.Is(err, whence.ErrMalformed) || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: error %v, want one that names line 1", name, err)
		}
	}
}

func FuzzReadConllu(f *testing.F) {
	f.Add(small)
	f.Add(strings.ReplaceAll(small, " ", "\t"))
	f.Add("1-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n1\t\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No")
	f.Fuzz(func(_ *testing.T, s string) {
		bank, err := ReadConllu(strings.NewReader(s))
		if err == nil {
			segment(bank)
		}
	})
}

// TestSegment: of the ten tokens and thirteen words, the words of "dunno" are
// not found; all sentences are.
func TestSegment(t *testing.T) {
	got := segment(smallBank(t))
	want := segmentation{
		tokens:    tally{found: 12, gold: 12, right: 12},
		words:     tally{found: 13, gold: 15, right: 12},
		sentences: tally{found: 3, gold: 3, right: 3},
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestTallySpans(t *testing.T) {
	span := func(pairs ...int) []whence.Span {
		var spans []whence.Span
		for i := 0; i < len(pairs); i += 2 {
			spans = append(spans, whence.Span{Start: pairs[i], End: pairs[i+1]})
		}
		return spans
	}
	for _, c := range []struct {
		name        string
		found, gold []whence.Span
		right       int
	}{
		{"same", span(0, 2, 3, 5), span(0, 2, 3, 5), 2},
		{"one cut in two", span(0, 2, 2, 5, 6, 7), span(0, 5, 6, 7), 1},
		{"two in one", span(0, 5, 6, 7), span(0, 2, 2, 5, 6, 7), 1},
		{"nothing found", nil, span(0, 2), 0},
	} {
		if got := tallySpans(c.found, c.gold); got.right != c.right {
			t.Errorf("%s: %d right, want %d", c.name, got.right, c.right)
		}
	}
}

func TestSegmentationNamesWhatIsMissing(t *testing.T) {
	var b strings.Builder
	if err := Segmentation(&b, filepath.Join(t.TempDir(), "none.conllu")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := Segmentation(&b, t.TempDir()); !errors.Is(err, whence.ErrNotRecognised) {
		t.Errorf("a folder without treebanks: %v", err)
	}
}

// TestSegmentationOnTreebanks freezes the figures of all parts that were not
// trained on.
func TestSegmentationOnTreebanks(t *testing.T) {
	var b strings.Builder
	for _, part := range []string{"ewt-dev", "ewt-test", "gum-free-dev", "gum-free-test"} {
		if err := Segmentation(&b, shared.Path(t, "corpora", "ud", part+".conllu")); err != nil {
			t.Fatal(err)
		}
	}
	golden.Check(t, filepath.Join("testdata", "segmentation.golden"), b.String())
}
