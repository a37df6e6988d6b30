package eval_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestIncidentsFigures freezes the figures of every tenth incident; all of them
// take too long for a test.
func TestIncidentsFigures(t *testing.T) {
	all, err := os.ReadFile(shared.Path(t, "corpora", "gva", "incidents.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var some strings.Builder
	n := 0
	for line := range strings.Lines(string(all)) {
		if n%10 == 0 {
			some.WriteString(line)
		}
		n++
	}
	golden.Check(t, filepath.Join("testdata", "incidents.golden"), scoreIncidents(t, some.String()))
}

// invented is fiction.
const invented = `{"incident": "1", "killed": 2, "injured": 1, "articles": [
{"title": "Two dead, one hurt in Karvik shooting", "dct": "2027-03-02", "content": "A man and a woman were killed and a boy was wounded in a shooting in Karvik on Monday, police said. Orla Dell, 41, was pronounced dead at the scene. The boy is in stable condition."}]}
{"incident": "2", "killed": 0, "injured": 3, "articles": [
{"title": "Three wounded at harbour party", "dct": "2027-03-05", "content": "Three people were shot and wounded at a party by the harbour, police said. All three are expected to survive."},
{"title": "Harbour shooting: man arrested", "dct": "2027-03-07", "content": "A man was arrested after the shooting at the harbour that left three people wounded."}]}
`

func scoreIncidents(t *testing.T, lines string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "incidents.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := eval.Incidents(&b, path); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestIncidents(t *testing.T) {
	lines := strings.ReplaceAll(strings.ReplaceAll(invented, "[\n", "["), "},\n", "},")
	golden.Check(t, filepath.Join("testdata", "incidents-fiction.golden"), scoreIncidents(t, lines))
}

func TestIncidentsRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "incidents.jsonl")
	if err := os.WriteFile(path, []byte("{\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := eval.ReadIncidents(path); !errors.Is(err, whence.ErrMalformed) {
		t.Errorf("got %v, want %v", err, whence.ErrMalformed)
	}
	if _, err := eval.ReadIncidents(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v, want %v", err, os.ErrNotExist)
	}
}
