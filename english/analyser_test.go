package english

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence/internal/shared"
	"whence/text"
)

// story is fiction.
const story = `PORT ORLA, Velmark (Harbour Wire) — The mayor of Port Orla said on Tuesday that the old
bridge would reopen in March, three years after a barge tore away one of its piers.

“We will not wait for the ministry any longer,” Tamsin Oduya told reporters outside the town
hall. She added that two engineers had inspected the steel and found nothing wrong with it.

Critics of the plan, including the fishermen's union, argue that the crossing isn't safe. According
to a report released last week by the Institute of Waterways, 14 of its 60 bolts were replaced
with cheaper ones. A spokesman for the builder declined to comment, and officials at the ministry
didn't respond to requests. "I've seen worse," said Bram Tolliver, who has piloted ferries there
since 1998. The council is expected to vote on the $3.5 million contract by Oct. 12.
`

func TestSentence(t *testing.T) {
	for _, c := range []struct {
		sentence string
		arcs     string // word<label-head, a few of those in it
		tags     string // word/tag
		lemmas   string // word=lemma
	}{
		{
			"The mayor of Port Orla said on Tuesday that the old bridge would reopen in March.",
			"The<det-mayor mayor<nsubj-said said<root Port<compound-Orla Orla<nmod-mayor reopen<ccomp-said that<mark-reopen bridge<nsubj-reopen would<aux-reopen",
			"mayor/NN said/VBD Tuesday/NNP would/MD reopen/VB ./.",
			"said=say Tuesday=Tuesday The=the",
		},
		{
			"Two engineers were told by the ministry’s lawyers.",
			"engineers<nsubj:pass-told Two<nummod-engineers were<aux:pass-told lawyers<obl:agent-told ministry<nmod:poss-lawyers ’s<case-ministry",
			"engineers/NNS were/VBD told/VBN ministry/NN ’s/POS",
			"engineers=engineer were=be told=tell lawyers=lawyer",
		},
		{
			"Critics argue that the plans haven't been studied, she added.",
			"Critics<nsubj-argue plans<nsubj:pass-studied n't<advmod-studied she<nsubj-added",
			"argue/VBP have/VBP n't/RB been/VBN studied/VBN she/PRP added/VBD",
			"argue=argue n't=not been=be studied=study added=add plans=plan",
		},
	} {
		tree, words := analyse(NewAnalyser(), c.sentence)
		for _, want := range strings.Fields(c.arcs) {
			word, arc, _ := strings.Cut(want, "<")
			label, head, _ := strings.Cut(arc, "-")
			n := tree[slices.Index(words, word)]
			got := ""
			if n.Head >= 0 {
				got = words[n.Head]
			}
			if n.Label.String() != label || got != head {
				t.Errorf("%s\n%s<%v-%s, want %s", c.sentence, word, n.Label, got, want)
			}
		}
		for _, want := range strings.Fields(c.tags) {
			word, tag, _ := strings.Cut(want, "/")
			if got := tree[slices.Index(words, word)].Tag.String(); got != tag {
				t.Errorf("%s\n%s/%s, want %s", c.sentence, word, got, tag)
			}
		}
		for _, want := range strings.Fields(c.lemmas) {
			word, lemma, _ := strings.Cut(want, "=")
			if got := tree[slices.Index(words, word)].Lemma; got != lemma {
				t.Errorf("%s\n%s=%s, want %s", c.sentence, word, got, lemma)
			}
		}
	}
}

func analyse(a *Analyser, sentence string) (Tree, []string) {
	tokens := text.Sentences(sentence, nil)[0].Tokens
	var words []string
	for _, t := range tokens {
		words = append(words, t.Text)
	}
	return a.Sentence(tokens), words
}

// checkTree fails the test where a tree of n words breaks a promise.
func checkTree(t rapid.TB, tree Tree, n int) {
	t.Helper()
	if len(tree) != n {
		t.Fatalf("%d words, want %d", len(tree), n)
	}
	roots := 0
	for i, w := range tree {
		if w.Tag == NoTag || w.Label == NoLabel || w.Tag.String() == "_" || w.Label.String() == "_" {
			t.Fatalf("word %d has tag %d, label %d", i, w.Tag, w.Label)
		}
		if w.Head == -1 {
			roots++
			if w.Label != Root || w.First != 0 || w.End != n {
				t.Fatalf("the root's word %d has label %v, first %d, end %d", i, w.Label, w.First, w.End)
			}
			continue
		}
		if w.Head < 0 || w.Head >= n || w.Head == i || w.Label == Root {
			t.Fatalf("word %d has head %d, label %v", i, w.Head, w.Label)
		}
		steps := 0
		for h := i; h >= 0; h = tree[h].Head {
			if steps++; steps > n {
				t.Fatalf("word %d stands in a circle", i)
			}
		}
		low, high := min(i, w.Head), max(i, w.Head)
		for k := low + 1; k < high; k++ {
			if !tree.Within(k, low) && !tree.Within(k, high) {
				t.Fatalf("the arc from %d to %d crosses one to %d", w.Head, i, k)
			}
		}
	}
	if n > 0 && roots != 1 {
		t.Fatalf("%d roots", roots)
	}
	for i := range tree {
		first, end := i, i+1
		last := -1
		for c := range tree.Children(i) {
			if tree[c].Head != i || c <= last {
				t.Fatalf("word %d has a child %d with head %d, after %d", i, c, tree[c].Head, last)
			}
			last = c
			first, end = min(first, tree[c].First), max(end, tree[c].End)
		}
		if first != tree[i].First || end != tree[i].End {
			t.Fatalf("word %d reaches from %d to %d, its children from %d to %d", i, tree[i].First, tree[i].End, first, end)
		}
	}
	checkCount(t, tree)
}

// checkCount makes sure that every word is somebody's child, or the root's.
func checkCount(t rapid.TB, tree Tree) {
	t.Helper()
	children := 0
	for i := range tree {
		for range tree.Children(i) {
			children++
		}
	}
	if len(tree) > 0 && children != len(tree)-1 {
		t.Fatalf("%d children among %d words", children, len(tree))
	}
}

var wordGenerator = rapid.OneOf(
	rapid.SampledFrom(strings.Fields(story)),
	rapid.SampledFrom([]string{"", "\x00", "\xff\xfe", "’", "“", "said", "...", "Ünïçødé", strings.Repeat("ab", 40), "\u200b", "😀"}),
	rapid.String(),
	rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
)

func TestAnyWordsMakeATree(t *testing.T) {
	a := NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(wordGenerator, 0, 40).Draw(t, "words")
		tree := slices.Clone(a.Words(words))
		checkTree(t, tree, len(words))
		if fresh := NewAnalyser().Words(words); !slices.Equal(tree, fresh) {
			t.Fatalf("an analyser that has seen other words gives\n%v, want\n%v", tree, fresh)
		}
	})
}

func TestLongSentence(t *testing.T) {
	words := strings.Fields(strings.Repeat("the mayor said that the bridge would reopen and ", 400))
	checkTree(t, NewAnalyser().Words(words), len(words))
}

// TestSentences analyses sentences in step, among them long ones and an empty
// one, and wants what they give alone.
func TestSentences(t *testing.T) {
	alone, inStep := NewAnalyser(), NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		var sentences []text.Sentence
		for range rapid.IntRange(0, 3*together).Draw(t, "sentences") {
			var s text.Sentence
			for _, w := range rapid.SliceOfN(wordGenerator, 0, 40).Draw(t, "words") {
				s.Tokens = append(s.Tokens, text.Token{Text: w})
			}
			if rapid.IntRange(0, 30).Draw(t, "long") == 0 {
				for len(s.Tokens) > 0 && len(s.Tokens) < 2*longest {
					s.Tokens = append(s.Tokens, s.Tokens...)
				}
			}
			sentences = append(sentences, s)
		}
		trees := inStep.Sentences(sentences)
		if len(trees) != len(sentences) {
			t.Fatalf("%d trees of %d sentences", len(trees), len(sentences))
		}
		for i, s := range sentences {
			checkTree(t, trees[i], len(s.Tokens))
			if want := alone.Sentence(s.Tokens); !slices.Equal(trees[i], want) {
				t.Fatalf("sentence %d of %d: %v, want %v", i, len(sentences), trees[i], want)
			}
		}
	})
}

func TestSentenceAllocatesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("the race detector, which -short goes with, allocates")
	}
	a := NewAnalyser()
	sentences := text.Sentences(story, nil)
	if n := testing.AllocsPerRun(10, func() {
		a.Sentences(sentences)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzSentence(f *testing.F) {
	f.Add(story)
	f.Add("")
	f.Add("a\x00b \xff “’” \u2028 …")
	f.Add(strings.Repeat("(", 700))
	a := NewAnalyser()
	f.Fuzz(func(t *testing.T, s string) {
		for _, sentence := range text.Sentences(s, nil) {
			checkTree(t, a.Sentence(sentence.Tokens), len(sentence.Tokens))
		}
	})
}

func BenchmarkAnalyser(b *testing.B) {
	for _, c := range []struct {
		name  string
		texts func(testing.TB) []string
	}{
		{"story", func(testing.TB) []string { return []string{story} }},
		{"polnear", polnear},
	} {
		b.Run(c.name, func(b *testing.B) {
			var texts [][]text.Sentence
			tokens, size := 0, 0
			for _, t := range c.texts(b) {
				sentences := text.Sentences(t, nil)
				for _, s := range sentences {
					tokens += len(s.Tokens)
				}
				texts = append(texts, sentences)
				size += len(t)
			}
			a := NewAnalyser()
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for _, sentences := range texts {
					a.Sentences(sentences)
				}
			}
			b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// polnear is the first texts of PolNeAR's training part.
func polnear(tb testing.TB) []string {
	files, err := filepath.Glob(filepath.Join(shared.Path(tb, "corpora", "polnear", "train", "text"), "*.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for _, file := range files[:min(len(files), 200)] {
		b, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

func BenchmarkLoadModels(b *testing.B) {
	for b.Loop() {
		if _, err := LoadModels(os.DirFS("model")); err != nil {
			b.Fatal(err)
		}
	}
}
