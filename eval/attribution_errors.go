package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"whence/reading"
)

// listedErrors is how many errors AttributionErrors lists.
const listedErrors = 100

// AttributionErrors lists where the attributions that whence reads differ from
// gold in the layout of [Attribution]: first how many errors there are of each
// kind, and how many tokens they are wrong by, then 100 of them with article,
// offsets and words. Each kind has its share of the 100 by number, and the worst
// of a kind come first: those wrong by most tokens, all roles together.
//
//	missed           a gold relation where nothing was found
//	invented         found where gold has none; the score tells how sure it was
//	other source     cues overlap, but the sources do not
//	other content    cues overlap, but the contents share less than half
//	other both       cues overlap, and nothing else is right
//	edges of source  it counts as the gold relation, with other ends of spans;
//	edges of cue     such a pair is an error of each role that differs
//	edges of content
//
// It prints words of the gold texts, which may belong to others.
func AttributionErrors(w io.Writer, gold string) error {
	articles, err := readAttributionTask(gold)
	if err != nil {
		return err
	}
	var b strings.Builder
	printErrors(&b, errorsIn(scoreReader(articles, reading.Read)))
	_, err = io.WriteString(w, b.String())
	return err
}

// errorKind is the kind of an error, in the order of printing.
type errorKind int

const (
	missed errorKind = iota
	invented
	otherSource
	otherContent
	otherBoth
	edgesOf // of the first role; the other roles follow
)

var errorKinds = [...]string{
	"missed", "invented", "other source", "other content", "other both",
	"edges of source", "edges of cue", "edges of content",
}

// mistake is one error: a gold relation, a found one, or a pair that differs.
type mistake struct {
	in          *scored
	kind        errorKind
	gold, found *member // nil where there is none
	wrong       int     // tokens that one has and the other has not
}

// errorsIn finds the errors of all articles, the worst first.
func errorsIn(all []scored) []mistake {
	var found []mistake
	for i := range all {
		found = append(found, all[i].mistakes()...)
	}
	slices.SortStableFunc(found, func(a, b mistake) int { return cmp.Compare(b.wrong, a.wrong) })
	return found
}

// mistakes pairs what counts as the same, then of the rest what has a cue in
// common.
func (s *scored) mistakes() []mistake {
	var all []mistake
	near, ofNear := s.pair(func(i, j int) bool {
		return s.foundOf[i] < 0 && s.goldOf[j] < 0 && sameCue(&s.gold[i], &s.found[j])
	})
	for i := range s.gold {
		g := &s.gold[i]
		switch {
		case s.foundOf[i] >= 0:
			all = append(all, s.edgeMistakes(g, &s.found[s.foundOf[i]])...)
		case near[i] >= 0:
			f := &s.found[near[i]]
			all = append(all, mistake{s, kindOfOther(g, f), g, f, wrongIn(g, f, 0) + wrongIn(g, f, 1) + wrongIn(g, f, 2)})
		default:
			all = append(all, mistake{in: s, kind: missed, gold: g, wrong: g.size()})
		}
	}
	for j := range s.found {
		if s.goldOf[j] < 0 && ofNear[j] < 0 {
			f := &s.found[j]
			all = append(all, mistake{in: s, kind: invented, found: f, wrong: f.size()})
		}
	}
	return all
}

func (s *scored) edgeMistakes(g, f *member) []mistake {
	var all []mistake
	for role := range roles {
		if !slices.Equal(g.relation[role], f.relation[role]) {
			all = append(all, mistake{s, edgesOf + errorKind(role), g, f, wrongIn(g, f, role)})
		}
	}
	return all
}

func kindOfOther(g, f *member) errorKind {
	switch {
	case sameSource(g, f):
		return otherContent
	case sameContent(g, f):
		return otherSource
	}
	return otherBoth
}

// wrongIn is how many tokens of a role one has and the other has not.
func wrongIn(g, f *member, role int) int {
	return len(g.tokens[role]) + len(f.tokens[role]) - 2*overlap(g.tokens[role], f.tokens[role])
}

func (m *member) size() int {
	n := 0
	for _, tokens := range m.tokens {
		n += len(tokens)
	}
	return n
}

func printErrors(b *strings.Builder, all []mistake) {
	var byKind [len(errorKinds)][]mistake
	for _, m := range all {
		byKind[m.kind] = append(byKind[m.kind], m)
	}
	fmt.Fprintf(b, "%-16s %6s %6s %6s\n", "errors", "number", "tokens", "listed")
	listed := listing(byKind, len(all))
	for kind, name := range errorKinds {
		tokens := 0
		for _, m := range byKind[kind] {
			tokens += m.wrong
		}
		fmt.Fprintf(b, "%-16s %6d %6d %6d\n", name, len(byKind[kind]), tokens, listed[kind])
	}
	for kind, name := range errorKinds {
		for _, m := range byKind[kind][:listed[kind]] {
			fmt.Fprintf(b, "\n%s by %d: %s\n", name, m.wrong, m.in.name)
			m.printSide(b, "gold", m.gold)
			m.printSide(b, "found", m.found)
		}
	}
}

// listing is how many errors of each kind are listed, of n in all.
func listing(byKind [len(errorKinds)][]mistake, n int) [len(errorKinds)]int {
	var listed [len(errorKinds)]int
	seen, before := 0, 0
	for kind := range byKind {
		seen += len(byKind[kind])
		upTo := seen
		if n > listedErrors {
			upTo = (seen*listedErrors + n/2) / n
		}
		listed[kind], before = upTo-before, upTo
	}
	return listed
}

// printSide prints a relation with offsets and words. Quoting keeps each on its
// line and lets no control character out.
func (m *mistake) printSide(b *strings.Builder, side string, r *member) {
	if r == nil {
		return
	}
	fmt.Fprintf(b, "  %s", side)
	if r == m.found {
		fmt.Fprintf(b, ", score %.2f", r.score)
	}
	b.WriteByte('\n')
	for i, role := range roles {
		for _, sp := range r.relation[i] {
			fmt.Fprintf(b, "    %-7s %d-%d %q\n", role, sp.Start, sp.End, m.in.index.Slice(sp))
		}
	}
}
