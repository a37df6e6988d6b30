package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/sample"
)

// TestSampleLineage holds the relations of the sample to its truth: all of them.
func TestSampleLineage(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "sample", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.ParseTruth(data); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Lineage(&out, filepath.Join("..", "sample", "truth.json")); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for line := range strings.Lines(out.String()) {
		f := strings.Fields(line)
		if n := len(f); n >= 4 && f[n-1] == "%" {
			rows++
			if f[n-2] != "100.0" {
				t.Errorf("%s", line)
			}
		}
		if len(f) == 2 && f[0] == "invented" && f[1] != "0" {
			t.Errorf("%s", line)
		}
	}
	if rows < 4 {
		t.Errorf("the table has %d rows of shares:\n%s", rows, out.String())
	}
}

// TestLineageOfFurniture scores a pair that shares nothing that counts, and one
// that is a copy.
func TestLineageOfFurniture(t *testing.T) {
	dir := t.TempDir()
	text := strings.Repeat("The council of Ost Varrow voted on Tuesday to rebuild the old lock with stone from the quarry at Hale. ", 2) +
		"Work is to begin in spring, and the boats will wait at the lower basin until the gates are hung again in the autumn."
	articles := `{"path":"a","url":"https://tide.example/1","outlet":"Tide","text":"` + text + `"}
{"path":"b","url":"https://ebb.example/1","outlet":"Ebb","text":"` + text + `"}
{"path":"c","url":"https://ebb.example/2","outlet":"Ebb","text":"Nothing of the kind was said at the fair, where the geese were judged by weight."}
`
	gold := `{"path":"b","other_path":"a","relation":"copy","direction":"unknown"}
{"path":"c","other_path":"a"}
`
	for name, content := range map[string]string{"articles.jsonl": articles, "gold.jsonl": gold} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := Lineage(&out, filepath.Join(dir, "gold.jsonl")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3 articles, 2 pairs", "relation right       2  100.0 %", "invented             0"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
}
