package figure_test

import (
	"fmt"
	"os"
	"testing"

	"whence"
	"whence/internal/shared"
	"whence/page"
	"whence/reading"
)

// TestSeed holds the figures of the article that the project started from.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "seed", "000_23d5ff2847bb7ea3.txt"))
	if err != nil {
		t.Fatal(err)
	}
	a := &whence.Article{Text: string(data)}
	if a.Published, err = whence.ParseDate("2025-11-04"); err != nil {
		t.Fatal(err)
	}
	page.Structure(a)
	r := reading.Read(a)
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, f := range r.Figures {
		head := ""
		if f.Counted != nil {
			head = f.Counted.Head
		}
		got[fmt.Sprintf("%v %s %s %s %s", f.Low.Value, f.Unit, head, f.Measure, f.Period.Begin)] = true
	}
	for _, want := range []string{
		"16  boat struck 2025-09",
		"64 person individual killed 2025-09",
		"10000 person troops deployed ",
		"55 person figure extradited ",
		"6  cartel designated 2025-02",
		"5e+07 USD  bounty ",
		"2 person official  ",
	} {
		if !got[want] {
			t.Errorf("no figure %q", want)
		}
	}
	if t.Failed() {
		for f := range got {
			t.Log(f)
		}
	}
}
