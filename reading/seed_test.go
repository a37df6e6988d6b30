package reading_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/internal/shared"
	"whence/page"
	"whence/reading"
)

// seed reads the article that the project started from.
func seed(t *testing.T) *whence.Reading {
	t.Helper()
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
	return r
}

// hasAll fails for what is wanted and not among what was found.
func hasAll(t *testing.T, found []string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !slices.Contains(found, w) {
			t.Errorf("no %q", w)
		}
	}
	if t.Failed() {
		t.Log(strings.Join(found, "\n"))
	}
}

// TestSeedFigures holds the figures of the article: value, unit, head of what is
// counted, measure, beginning of the period, hedge and status.
func TestSeedFigures(t *testing.T) {
	var found []string
	for _, f := range seed(t).Figures {
		head := ""
		if f.Counted != nil {
			head = f.Counted.Head
		}
		found = append(found, fmt.Sprintf("%.0f|%s|%s|%s|%s|%s|%s", f.Low.Value, f.Unit, head, f.Measure, f.Period.Begin, f.Hedge, f.Status))
	}
	hasAll(t, found,
		"16||boat|struck|2025-09||happened",
		"64|person|individual|killed|2025-09|reported|happened",
		"10000|person|troops|deployed|||happened",
		"55|person|figure|extradited|||happened",
		"6||cartel|designated|2025-02||happened",
		"50000000|USD||bounty|||happened",
		"2|person|official||||happened",
	)
}

// TestSeedTimes holds its dates.
func TestSeedTimes(t *testing.T) {
	var found []string
	for _, x := range seed(t).Times {
		found = append(found, fmt.Sprintf("%s|%s|%s|%s", x.Text, x.Value, x.Period.Begin, x.Period.End))
	}
	hasAll(t, found,
		"Tuesday, October 28, 2025|2025-10-28||",
		"February|2025-02||",
		"September|2025-09|2025-09|",
	)
}

// TestSeedPlaces holds its places, and that no people is one.
func TestSeedPlaces(t *testing.T) {
	var found []string
	for _, p := range seed(t).Places {
		found = append(found, fmt.Sprintf("%s|%s|%s|%v", p.Text, p.Country, p.Precision, p.Point != nil))
		if strings.HasSuffix(p.Text, "an") && p.Text != "Caribbean" {
			t.Errorf("%q is a place", p.Text)
		}
	}
	hasAll(t, found,
		"Yokosuka|JP|city|true", "Tokyo|JP|city|true", "Mexico|MX|country|true", "Venezuela|VE|country|true",
		"Caribbean||water|true", "Pacific||water|true",
	)
}

// TestSeedEvents holds how real its acts are: by the words before each.
func TestSeedEvents(t *testing.T) {
	r := seed(t)
	runes := []rune(r.Text)
	status := func(phrase string) (all []string) {
		at := strings.Index(r.Text, phrase)
		if at < 0 {
			t.Fatalf("no %q in the text", phrase)
		}
		start := len([]rune(r.Text[:at]))
		span := whence.Span{Start: start, End: start + len([]rune(phrase))}
		for _, e := range r.Events {
			if span.Contains(e.Span) {
				all = append(all, string(runes[e.Start:e.End])+" "+string(e.Status))
			}
		}
		return all
	}
	for _, c := range []struct{ phrase, want string }{
		{"early stages of planning", "planning planned"},
		{"planning a covert mission", "mission planned"},
		{"would send American troops", "send planned"},
		{"could include drone strikes", "strikes possible"},
		{"drone strikes on cartel targets inside Mexico", "strikes possible"},
		{"While training", "training under_way"},
		{"a final decision has not been made", "decision not_happened"},
		{"no deployment is imminent", "deployment not_happened"},
		{"If approved", "approved possible"},
		{"the State Department designated", "designated happened"},
		{"drones considered for", "considered considered"},
		{"deployed 10,000 troops", "deployed happened"},
		{"extradited 55", "extradited happened"},
		{"have struck 16 boats", "struck happened"},
		{"reportedly killing 64", "killing happened"},
		{"has not released evidence", "released not_happened"},
		{"placed a $50 million bounty", "placed happened"},
	} {
		if got := status(c.phrase); !slices.Contains(got, c.want) {
			t.Errorf("%q: %q, want %q among them", c.phrase, got, c.want)
		}
	}
}
