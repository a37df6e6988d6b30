package story_test

import (
	"os"
	"testing"

	"whence"
	"whence/internal/shared"
	"whence/reading"
	"whence/story"
)

// TestSeed: the lead claim of the article that the project started from rests on a
// report of an outlet that is not in the ledger and on one group of four unnamed
// officials; its figures have their sources or none.
func TestSeed(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "seed", "000_23d5ff2847bb7ea3.txt"))
	if err != nil {
		t.Fatal(err)
	}
	a := &whence.Article{Text: string(data), Outlet: "An outlet"}
	a.Identify()
	s := story.Build([]story.Article{{ID: a.ID, Reading: reading.Read(a)}}, nil)
	lead := find(t, s, "in the early stages of planning")
	if got := reports(lead); len(got) != 1 || got[0] != "NBC News (not in the ledger)" {
		t.Errorf("the lead claim rests on %v", got)
	}
	if x := lead.Sources; len(x) != 1 || !x[0].Anonymous || x[0].Count != 4 {
		t.Errorf("the lead claim has %v", x)
	}
	sources := map[string]int{}
	for _, c := range s.Claims {
		if c.Kind == story.Figure {
			sources[c.Measure] = len(c.Sources)
		}
	}
	for _, measure := range []string{"killed", "struck", "deployed", "bounty", "extradited"} {
		if n, ok := sources[measure]; !ok || n > 1 {
			t.Errorf("%s: %d sources, found %v", measure, n, ok)
		}
	}
}
