package eval_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestNamesFigures freezes the figures of names and pronouns.
func TestNamesFigures(t *testing.T) {
	for _, part := range []string{"dev", "test"} {
		var b strings.Builder
		if err := eval.Names(&b, shared.Path(t, "corpora", "ud", "gum-free-"+part+".conllu")); err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("testdata", "names-"+part+".golden"), b.String())
	}
}

// aFewEntities is fiction: Mayor Orla Brandt of Karvik said she would go.
const aFewEntities = `# newdoc id = fiction
# global.Entity = GRP-etype-infstat-centering-minspan-link-identity
1	Mayor	mayor	PROPN	NNP	_	2	nmod:desc	_	Entity=(1-person-new-cf1-2,3-coref
2	Orla	Orla	PROPN	NNP	_	6	nsubj	_	_
3	Brandt	Brandt	PROPN	NNP	_	2	flat	_	_
4	of	of	ADP	IN	_	5	case	_	_
5	Karvik	Karvik	PROPN	NNP	_	2	nmod	_	Entity=(2-place-new-cf2-1-sgl)1)
6	said	say	VERB	VBD	_	0	root	_	_
7	she	she	PRON	PRP	_	9	nsubj	_	Entity=(1-person-giv:act-cf1-1-ana)
8	would	would	AUX	MD	_	9	aux	_	_
9	go	go	VERB	VB	_	6	ccomp	_	SpaceAfter=No
10	.	.	PUNCT	.	_	6	punct	_	_

`

func write(t *testing.T, conllu string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "fiction.conllu")
	if err := os.WriteFile(path, []byte(conllu), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadNamedDocuments(t *testing.T) {
	documents, err := eval.ReadNamedDocuments(write(t, aFewEntities))
	if err != nil || len(documents) != 1 {
		t.Fatalf("%d documents, %v", len(documents), err)
	}
	want := []eval.Entity{
		{From: 0, To: 5, Head: 1, Cluster: "1", Type: "person", Minimal: []int{1, 2}},
		{From: 4, To: 5, Head: 4, Cluster: "2", Type: "place", Minimal: []int{4}},
		{From: 6, To: 7, Head: 6, Cluster: "1", Type: "person", Minimal: []int{6}},
	}
	same := func(a, b eval.Entity) bool {
		minimal := slices.Equal(a.Minimal, b.Minimal)
		a.Minimal, b.Minimal = nil, nil
		return minimal && a.From == b.From && a.To == b.To && a.Head == b.Head && a.Cluster == b.Cluster && a.Type == b.Type
	}
	d := documents[0]
	if !slices.EqualFunc(d.Entities, want, same) {
		t.Errorf("got %+v", d.Entities)
	}
	if !d.Named(d.Entities[0]) || d.Named(d.Entities[2]) {
		t.Error("the mayor is named by her name, and not by her pronoun")
	}
}

func TestReadNamedDocumentsRefuses(t *testing.T) {
	for what, conllu := range map[string]string{
		"what opens nothing": strings.Replace(aFewEntities, "(2-place-new-cf2-1-sgl)1)", "7)", 1),
		"no type":            strings.Replace(aFewEntities, "(1-person-giv:act-cf1-1-ana)", "(1)", 1),
	} {
		if _, err := eval.ReadNamedDocuments(write(t, conllu)); err == nil {
			t.Errorf("%s is read", what)
		}
	}
}

func TestNames(t *testing.T) {
	var b strings.Builder
	if err := eval.Names(&b, write(t, aFewEntities)); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", "names-fiction.golden"), b.String())
}
