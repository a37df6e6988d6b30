package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/english"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestTreesFigures freezes the figures on the development and test parts, so
// that a change of them shows in review.
func TestTreesFigures(t *testing.T) {
	folder := shared.Path(t, "corpora", "ud")
	var table bytes.Buffer
	for _, part := range []string{"ewt-dev", "gum-free-dev", "ewt-test", "gum-free-test"} {
		if err := Trees(&table, filepath.Join(folder, part+".conllu")); err != nil {
			t.Fatal(err)
		}
	}
	golden.Check(t, "testdata/trees.golden", table.String())
}

func TestTreeScore(t *testing.T) {
	gold := strings.Split("2 barges barge _ NNS _ 3 nsubj:pass _ _", " ")
	right := english.Node{Lemma: "barge", Tag: english.NNS, Head: 2, Label: english.NsubjPass}
	for _, c := range []struct {
		name   string
		change func(*english.Node)
		want   treeScore
	}{
		{"right", func(*english.Node) {}, treeScore{1, 1, 1, 1, 1, 1}},
		{"lemma", func(n *english.Node) { n.Lemma = "Barge" }, treeScore{1, 1, 0, 1, 1, 1}},
		{"tag", func(n *english.Node) { n.Tag = english.NN }, treeScore{1, 0, 1, 1, 1, 1}},
		{"subtype", func(n *english.Node) { n.Label = english.Nsubj }, treeScore{1, 1, 1, 1, 1, 0}},
		{"label", func(n *english.Node) { n.Label = english.Obj }, treeScore{1, 1, 1, 1, 0, 0}},
		{"head", func(n *english.Node) { n.Head = 0 }, treeScore{1, 1, 1, 0, 0, 0}},
	} {
		n := right
		c.change(&n)
		var got treeScore
		if err := got.add(n, gold); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
	var s treeScore
	if err := s.add(right, strings.Split("2 barges barge _ NNS _ x nsubj _ _", " ")); err == nil {
		t.Error("a head that is no number is no error")
	}
	if got, want := (treeScore{200, 190, 180, 170, 160, 150}).String(), "200\t95.00\t90.00\t85.00\t80.00\t75.00"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTreesOfFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "orla.conllu")
	text := strings.ReplaceAll(`1 Barges barge _ NNS _ 2 nsubj _ _
2 sank sink _ VBD _ 0 root _ _
3 . . _ . _ 2 punct _ _

`, " ", "\t")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Trees(&out, path); err != nil {
		t.Fatal(err)
	}
	if fields := strings.Fields(out.String()); fields[len(fields)-1] != "100.00" || fields[len(fields)-6] != "3" {
		t.Errorf("three easy words:\n%s", out.String())
	}
	if err := Trees(&out, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no file is no error")
	}
}
