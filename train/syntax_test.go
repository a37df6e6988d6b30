package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"whence/english"
	"whence/eval"
)

// tiny is a treebank of fiction, one word a line: form, lemma, tag, head and
// label.
const tiny = `
The the DT 2 det
mayor mayor NN 3 nsubj
said say VBD 0 root
that that IN 7 mark
bridges bridge NNS 7 nsubj
would would MD 7 aux
reopen reopen VB 3 ccomp
. . . 3 punct

Oduya Oduya NNP 2 nsubj
told tell VBD 0 root
the the DT 4 det
council council NN 2 iobj
that that IN 8 mark
barges barge NNS 8 nsubj
had have VBD 8 aux
sunk sink VBN 2 ccomp
. . . 2 punct

Piers pier NNS 2 nsubj
fell fall VBD 0 root
, , , 2 punct
the the DT 5 det
council council NN 6 nsubj
said say VBD 2 parataxis
. . . 2 punct
`

// tinyBank gives the treebank as CoNLL-U gives it, several times over.
func tinyBank(t *testing.T) *eval.Treebank {
	var b strings.Builder
	n := 0
	for line := range strings.Lines(strings.Repeat(tiny, 5)) {
		f := strings.Fields(line)
		if len(f) == 0 {
			n = 0
			b.WriteString("\n")
			continue
		}
		n++
		b.WriteString(strings.Join([]string{string(rune('0' + n)), f[0], f[1], "_", f[2], "_", f[3], f[4], "_", "_"}, "\t") + "\n")
	}
	bank, err := eval.ReadConllu(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return bank
}

// tinyCorpus is the words of the treebank as bigrams.
func tinyCorpus(bank *eval.Treebank) (*corpus, error) {
	return bigramsOf(func(visit func([]string)) error {
		for _, s := range bank.Sentences {
			var words []string
			for _, token := range s.Tokens {
				words = append(words, english.ClusterKey(token.Form))
			}
			visit(words)
		}
		return nil
	})
}

// tinyModels trains everything on the treebank.
func tinyModels(t *testing.T) fstest.MapFS {
	bank := tinyBank(t)
	files := fstest.MapFS{}
	put := func(name string, model []byte) {
		packed, err := english.Compress(model)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: packed}
	}
	c, err := tinyCorpus(bank)
	if err != nil {
		t.Fatal(err)
	}
	table := learnClusters(c, 5)
	put(english.ClusterFile, []byte(table))
	clusters, err := english.ParseClusters(table)
	if err != nil {
		t.Fatal(err)
	}
	examples, err := examplesOf([]*eval.Treebank{bank})
	if err != nil {
		t.Fatal(err)
	}
	for i := range examples {
		examples[i].seen = clusters.NewSentence(examples[i].words)
	}
	tags := jackknifed(examples)
	put(english.TagFile, learnTaggers(examples).pack(taggers, 0))
	put(english.StepFile, packSteps(learnParsers(examples, tags, 1<<14)))
	put(english.LabelFile, learnLabels(examples, tags, 1).pack(1, 0))
	put(english.LemmaFile, []byte(lemmaTable(examples)))
	put(english.CertainFile, []byte(certainTable(examples)))
	return files
}

func TestSameDataGivesSameBytes(t *testing.T) {
	first, second := tinyModels(t), tinyModels(t)
	for name, file := range first {
		if !bytes.Equal(file.Data, second[name].Data) {
			t.Errorf("%s: %d bytes, then %d others", name, len(file.Data), len(second[name].Data))
		}
	}
}

func TestModelsKnowWhatTheyLearned(t *testing.T) {
	models, err := english.LoadModels(tinyModels(t))
	if err != nil {
		t.Fatal(err)
	}
	examples, err := examplesOf([]*eval.Treebank{tinyBank(t)})
	if err != nil {
		t.Fatal(err)
	}
	a := models.NewAnalyser()
	for _, e := range examples[:3] {
		for i, n := range a.Words(e.words) {
			head := n.Head
			if head < 0 {
				head = len(e.words)
			}
			if n.Tag != e.tags[i] || n.Lemma != e.lemmas[i] || head != int(e.heads[i]) || n.Label != e.labels[i] {
				t.Errorf("%v, word %d: %v %s %d %v, want %v %s %d %v", e.words, i, n.Tag, n.Lemma, head, n.Label, e.tags[i], e.lemmas[i], e.heads[i], e.labels[i])
			}
		}
	}
}

// TestCostsAreArcsLost follows the oracle through every sentence: a transition
// without cost leaves the gold tree within reach, so that taking only such
// gives it.
func TestCostsAreArcsLost(t *testing.T) {
	bank := tinyBank(t)
	examples, err := examplesOf([]*eval.Treebank{bank})
	if err != nil {
		t.Fatal(err)
	}
	clusters, err := english.ParseClusters("0\tbridge\n1\tferry\n")
	if err != nil {
		t.Fatal(err)
	}
	for seed := range 20 {
		for _, e := range examples[:3] {
			var s english.State
			s.Reset(clusters.NewSentence(e.words), e.tags)
			scores := [3]int32{int32(seed * 7 % 5), int32(seed * 3 % 4), int32(seed % 3)}
			for !s.Done() {
				c := choose(&s, e.heads, scores)
				if got := costsOf(&s, e.heads)[c.right]; got != 0 {
					t.Fatalf("%v: every transition costs, %v the least: %d", e.words, c.right, got)
				}
				s.Take(c.right)
			}
			if !slices.Equal(s.Head[:len(e.heads)], e.heads) {
				t.Errorf("%v: heads %v, want %v", e.words, s.Head, e.heads)
			}
		}
	}
}

func TestEditFor(t *testing.T) {
	for _, c := range []struct{ form, lemma, edit string }{
		{"Bridges", "bridge", "l1"},
		{"said", "say", "l2y"},
		{"Orla", "Orla", "t0"},
		{"ORLA", "Orla", "t0"},
		{"WHO", "WHO", "k0"},
		{"went", "go", ""},
		{"'re", "be", ""},
		{"better", "good", ""},
		{"Ärzte", "arzt", ""},
	} {
		e, ok := editFor(c.form, c.lemma)
		if got := string(e.Append(nil, c.form)); ok && got != c.lemma {
			t.Errorf("%s: the edit %v gives %s, want %s", c.form, e, got, c.lemma)
		}
		if ok && c.edit != "" && e.String() != c.edit || !ok && c.edit != "" {
			t.Errorf("%s to %s: %v, %v, want %s", c.form, c.lemma, e, ok, c.edit)
		}
	}
}

func TestWordLike(t *testing.T) {
	for word, want := range map[string]bool{
		"bridge": true, "don't": true, "0,000": true, "@orla": false, "http://orla.example": false, "www.orla.example": false,
		"#orla": false, strings.Repeat("a", 31): false, "a_b": false,
	} {
		if wordLike(word) != want {
			t.Errorf("%q: %v, want %v", word, !want, want)
		}
	}
}

// TestUnknownModel makes sure that a wrong name is a mistake of usage.
func TestUnknownModel(t *testing.T) {
	if err := run(&bytes.Buffer{}, []string{"none", "folder"}); err == nil {
		t.Error("no error")
	}
}
