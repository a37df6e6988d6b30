package eval

import (
	"strings"
	"testing"

	"whence"
)

// harbour is a text of invented people for the tests below.
const harbour = "Ferries will stay, the harbour office said. “We love them,” Orla Finch told the Post, “and so does she.”\n" +
	"Officials fear that “nobody” pays. He hopes to ask officials. Karvik is calling for help."

// spansOf are the spans of words in harbour.
func spansOf(t *testing.T, words ...string) []whence.Span {
	t.Helper()
	var all []whence.Span
	for _, w := range words {
		if w == "" {
			continue
		}
		before, _, ok := strings.Cut(harbour, w)
		if !ok {
			t.Fatalf("%q is not in the text", w)
		}
		start := len([]rune(before))
		all = append(all, whence.Span{Start: start, End: start + len([]rune(w))})
	}
	return all
}

// relationIn is a relation of harbour, by its words; parts of a content are
// apart by "|".
func relationIn(t *testing.T, source, cue, content string) relation {
	t.Helper()
	return relation{spansOf(t, source), spansOf(t, cue), spansOf(t, strings.Split(content, "|")...)}
}

// scoredIn scores what was found in harbour.
func scoredIn(gold, found []relation) scored {
	return score(&AttributionGold{Name: "harbour", Text: harbour, relations: gold}, attributions(found))
}

func TestBreakdowns(t *testing.T) {
	cases := []struct {
		source, cue, content string
		groups               []string // in the order of breakdowns
	}{
		{"the harbour office", "said", "Ferries will stay", []string{"indirect", "statement", "generic", "content-source-cue", "contiguous"}},
		{"Orla Finch", "told", "“We love them,”|“and so does she.”", []string{"direct", "statement", "named", "content-source-cue", "discontinuous"}},
		{"Orla Finch", "told", "“We love them,” Orla|Finch", []string{"mixed", "statement", "named", "content-source-cue", "contiguous"}},
		{"Officials", "fear", "that “nobody” pays", []string{"mixed", "belief", "generic", "source-cue-content", "contiguous"}},
		{"He", "hopes", "to ask officials", []string{"indirect", "belief", "pronoun", "source-cue-content", "contiguous"}},
		{"Karvik", "is calling for", "help", []string{"indirect", "statement", "named", "source-cue-content", "contiguous"}},
		{"", "pays", "“nobody”", []string{"direct", otherGroup, "missing", "content-cue", "contiguous"}},
	}
	for _, c := range cases {
		s := scoredIn([]relation{relationIn(t, c.source, c.cue, c.content)}, nil)
		for i, want := range c.groups {
			d := breakdowns()[i]
			if got := d.gold(&s, &s.gold[0]); got != want {
				t.Errorf("%s %s: %s is %s, want %s", c.source, c.cue, d.by, got, want)
			}
		}
	}
}

func TestQuotedWords(t *testing.T) {
	for _, c := range []struct {
		text          string
		words, quoted int
	}{
		{"it stays", 2, 0},
		{`"It stays," she said, "for good"`, 6, 4},
		{"``It stays'' for good", 4, 2},
		{"“It stays.\n“It floats.”", 4, 4},
		{"\"It stays.\n\"It floats.\" Good", 5, 4},
		{"«It stays» «", 2, 2},
		{"It stays” for good", 4, 2},
		{"“don’t", 1, 1},
	} {
		words, quoted, _ := quotedWords(c.text, false)
		if words != c.words || quoted != c.quoted {
			t.Errorf("%q: %d words, %d quoted", c.text, words, quoted)
		}
	}
}

func TestBreakdownCounts(t *testing.T) {
	gold := []relation{
		relationIn(t, "the harbour office", "said", "Ferries will stay"),
		relationIn(t, "He", "hopes", "to ask officials"),
	}
	s := scoredIn(gold, []relation{gold[0], relationIn(t, "Officials", "fear", "that “nobody” pays")})
	var b strings.Builder
	printBreakdowns(&b, []scored{s})
	for _, line := range []string{
		"indirect                2   50.0      1  100.0",
		"mixed                   0      –      1    0.0",
		"belief                  1    0.0      0      –",
		"pronoun                 1    0.0      0      –",
		"source-cue-content      1    0.0      1    0.0",
		"content-source-cue      1  100.0      1  100.0",
		"outermost               2   50.0      2   50.0",
	} {
		if !strings.Contains(b.String(), line+"\n") {
			t.Errorf("no line %q in\n%s", line, b.String())
		}
	}
}

func TestEdges(t *testing.T) {
	gold := []relation{
		relationIn(t, "the harbour office", "said", "Ferries will stay"),
		relationIn(t, "Orla Finch", "told", "“We love them,”"),
		relationIn(t, "Officials", "fear", "that “nobody” pays"),
	}
	found := []relation{
		// Both contents in one: held against the longer one, it is too long at
		// the start.
		relationIn(t, "harbour office", "said", "Ferries will stay, the harbour office said. “We love them,”"),
		relationIn(t, "Officials", "fear", "“nobody” pays. He"),
		relationIn(t, "Karvik", "calling", "help"),
	}
	s := scoredIn(gold, found)
	var sources, contents edges
	sources.add(&s, 0)
	contents.add(&s, 2)
	if sources.overlapping != 2 || sources.differing != 1 || len(sources.tokens[1]) != 1 || sources.tokens[1][0] != 1 {
		t.Errorf("sources %+v", sources)
	}
	if contents.overlapping != 2 || contents.differing != 2 {
		t.Errorf("contents %+v", contents)
	}
	for i, want := range []string{"9.0", "1.0", "2.0", "–"} {
		if got := median(contents.tokens[i]); got != want {
			t.Errorf("%s: median %s, want %s", misses[i], got, want)
		}
	}
	var merged groupShare
	countMerged(&merged, &s)
	if merged != (groupShare{1, 3}) {
		t.Errorf("contents that hold two: %+v", merged)
	}
	for i := range s.found {
		s.found[i].nested = true
	}
	sources = edges{}
	if sources.add(&s, 0); sources.overlapping != 0 {
		t.Errorf("nested ones count")
	}
}

func TestMedian(t *testing.T) {
	for want, numbers := range map[string][]int{"–": nil, "3.0": {3}, "2.5": {4, 1, 2, 3}, "2.0": {9, 1, 2}} {
		if got := median(numbers); got != want {
			t.Errorf("%v: %s, want %s", numbers, got, want)
		}
	}
}

func TestCalibration(t *testing.T) {
	gold := []relation{relationIn(t, "the harbour office", "said", "Ferries will stay")}
	found := attributions([]relation{gold[0], gold[0], gold[0]})
	found[0].Score, found[1].Score, found[2].Score = 1, 0.9, 0.2
	s := score(&AttributionGold{Text: harbour, relations: gold}, found)
	curve := calibrate([]scored{s})
	if c := curve[9]; c.all != 2 || c.right != 1 || c.score != 1.9 {
		t.Errorf("last bin %+v", c)
	}
	if c := curve[2]; c.all != 1 || c.right != 0 {
		t.Errorf("third bin %+v", c)
	}
	if got, want := calibrationError(curve), (0.9+0.2)/3; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("expected calibration error %v, want %v", got, want)
	}
	if got := calibrationError(calibrate(nil)); got != 0 {
		t.Errorf("of nothing %v", got)
	}
}

func TestMistakes(t *testing.T) {
	told := relationIn(t, "Orla Finch", "told", "“We love them,”")
	gold := []relation{
		relationIn(t, "the harbour office", "said", "Ferries will stay"),
		told,
		relationIn(t, "Officials", "fear", "that “nobody” pays"),
		relationIn(t, "He", "hopes", "to ask officials"),
	}
	found := []relation{
		relationIn(t, "harbour office", "said", "Ferries will stay"),
		relationIn(t, "Orla Finch", "told", "“and so does she.”"),
		relationIn(t, "Karvik", "fear", "that “nobody” pays"),
		relationIn(t, "Karvik", "is calling for", "help"),
	}
	s := scoredIn(gold, found)
	kinds := map[errorKind]int{}
	for _, m := range s.mistakes() {
		kinds[m.kind] += m.wrong
	}
	want := map[errorKind]int{edgesOf: 1, otherContent: 13, otherSource: 2, missed: 5, invented: 5}
	for kind := range errorKinds {
		if kinds[errorKind(kind)] != want[errorKind(kind)] {
			t.Errorf("%s: %d tokens, want %d", errorKinds[kind], kinds[errorKind(kind)], want[errorKind(kind)])
		}
	}
	var b strings.Builder
	printErrors(&b, errorsIn([]scored{s}))
	for _, part := range []string{"missed                1      5      1\n", "missed by 5: harbour\n", `"“and so does she.”"`, "found, score 0.00"} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %q in\n%s", part, b.String())
		}
	}
}

func TestListing(t *testing.T) {
	var byKind [len(errorKinds)][]mistake
	byKind[0], byKind[1], byKind[7] = make([]mistake, 330), make([]mistake, 1), make([]mistake, 669)
	sum := 0
	for kind, n := range listing(byKind, 1000) {
		if sum += n; n > len(byKind[kind]) {
			t.Errorf("%d listed of %d", n, len(byKind[kind]))
		}
	}
	if sum != listedErrors {
		t.Errorf("%d listed", sum)
	}
	if got := listing([len(errorKinds)][]mistake{0: make([]mistake, 3)}, 3); got[0] != 3 {
		t.Errorf("few errors are not all listed: %v", got)
	}
}

// TestReaders holds two readers against each other on the same article.
func TestReaders(t *testing.T) {
	gold := []AttributionGold{{Name: "harbour", Text: harbour, relations: []relation{
		relationIn(t, "the harbour office", "said", "Ferries will stay"),
	}}}
	reads := 0
	nothing := scoreReader(gold, func(a *whence.Article) *whence.Reading {
		reads++
		return &whence.Reading{Article: *a}
	})
	rules := scoreReader(gold, rulesAlone)
	if reads != 1 || sumOf(nothing)[relationAlike].both != 0 || sumOf(rules)[relationAlike].both != 1 {
		t.Errorf("%d reads, nothing %v, rules %v", reads, sumOf(nothing), sumOf(rules))
	}
	var b strings.Builder
	printBaseline(&b, "rules alone", rules)
	if lines := strings.Split(strings.TrimSpace(b.String()), "\n"); len(lines) != 5 || !strings.HasPrefix(lines[4], "relation ") {
		t.Errorf("got\n%s", b.String())
	}
}
