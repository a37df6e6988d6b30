package edit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"whence"
	"whence/english"
)

// mostFindings bounds how many findings of a kind and side are told from each
// other; of more, none is taken for another.
const mostFindings = 1000

// mostTouches bounds the findings times the changes that are held against each
// other; past it no findings of the kind are named.
const mostTouches = 4_000_000

// finding is a figure, attribution or event, as far as findings of two versions
// are held against each other.
type finding struct {
	id    string
	spans []whence.Span
	says  []aspect
	words map[string]bool // that tell which one it is: two that share none are not the same
	size  float64         // its number, if it is one
	text  string          // its words, where they are few: a figure, an act
	own   bool            // it has words that a change takes or brings
	in    []int           // sentences that changed where they stand, by their change
}

// aspect is something that a finding says, by its name in the reading.
type aspect struct{ name, value string }

// touch names the findings that changes change. What only moved says the same.
func touch(e *Edit, before, after *whence.Reading) {
	for _, kind := range []struct {
		old, now []finding
		put      func(*Change, Touched)
	}{
		{figures(before), figures(after), func(c *Change, t Touched) { c.Figures = append(c.Figures, t) }},
		{attributions(before), attributions(after), func(c *Change, t Touched) { c.Attributions = append(c.Attributions, t) }},
		{events(before), events(after), func(c *Change, t Touched) { c.Events = append(c.Events, t) }},
	} {
		old := inChanges(kind.old, e.Changes, true)
		now := inChanges(kind.now, e.Changes, false)
		if (len(old)+len(now))*len(e.Changes) > mostTouches {
			continue
		}
		for _, p := range counterparts(old, now) {
			t, differs := p.touched()
			if !differs {
				continue
			}
			for i := range e.Changes {
				c := &e.Changes[i]
				if p.meets(c) {
					kind.put(c, t)
				}
			}
		}
	}
}

// inChanges are the findings that stand in one side of changes, or in a sentence
// with one: words beside a finding may change what is said of it.
func inChanges(list []finding, changes []Change, before bool) []finding {
	around, own := newGround(changes, before, (*Change).around), newGround(changes, before, (*Change).own)
	kept := list[:0]
	for _, f := range list {
		met := around.meet(f.spans)
		if len(met) == 0 {
			continue
		}
		for _, i := range met {
			if changes[i].Kind == Changed {
				f.in = append(f.in, i)
			}
		}
		f.own = len(own.meet(f.spans)) > 0
		kept = append(kept, f)
	}
	return kept
}

// ground is stretches of one version that are apart, in order, each with its
// change.
type ground []placed

type placed struct {
	whence.Span
	change int
}

func newGround(changes []Change, before bool, of func(*Change, bool) *whence.Span) ground {
	var list ground
	for i := range changes {
		if s := of(&changes[i], before); s != nil {
			list = append(list, placed{*s, i})
		}
	}
	slices.SortFunc(list, func(a, b placed) int { return cmp.Compare(a.Start, b.Start) })
	return list
}

// meet are the changes whose places share words with spans.
func (p ground) meet(spans []whence.Span) []int {
	var met []int
	for _, s := range spans {
		n, _ := slices.BinarySearchFunc(p, s.Start, func(p placed, start int) int { return cmp.Compare(p.End, start+1) })
		for ; n < len(p) && p[n].Overlaps(s); n++ {
			met = append(met, p[n].change)
		}
	}
	return met
}

// around is the sentence that one side of a change stands in, nil where nothing is
// said otherwise there.
func (c *Change) around(before bool) *whence.Span {
	if c.Kind == Moved {
		return nil
	}
	if c.Sentence != nil {
		return c.Sentence.Side(before)
	}
	return c.own(before)
}

// own is one side of a change.
func (c *Change) own(before bool) *whence.Span {
	p := c.After
	if before {
		p = c.Before
	}
	if p == nil || c.Kind == Moved {
		return nil
	}
	return &p.Span
}

// stands tells whether a finding has words at a place.
func (f *finding) stands(at *whence.Span) bool {
	return at != nil && slices.ContainsFunc(f.spans, at.Overlaps)
}

// both is a finding before and after; one of them may be nil.
type both struct{ old, now *finding }

// meets tells whether a change changes a finding: one that came or went with
// words of the change, one that is there before and after with those around it.
func (p both) meets(c *Change) bool {
	switch {
	case p.old == nil:
		return p.now.stands(c.own(false))
	case p.now == nil:
		return p.old.stands(c.own(true))
	}
	return p.old.stands(c.around(true)) || p.now.stands(c.around(false))
}

// counterparts finds for findings of one version those of the other that they
// became: the most alike first.
func counterparts(old, now []finding) []both {
	var list []both
	used, done := make([]bool, len(now)), make([]bool, len(old))
	join := func(i, j int) {
		if !done[i] && !used[j] {
			done[i], used[j] = true, true
			list = append(list, both{&old[i], &now[j]})
		}
	}
	if max(len(old), len(now)) <= mostFindings {
		type pair struct {
			i, j int
			like float64
		}
		var pairs []pair
		for i := range old {
			for j := range now {
				if like := old[i].like(&now[j]); like > 0 {
					pairs = append(pairs, pair{i, j, like})
				}
			}
		}
		slices.SortFunc(pairs, func(p, q pair) int {
			return cmp.Or(cmp.Compare(q.like, p.like), cmp.Compare(p.i+p.j, q.i+q.j), cmp.Compare(p.i, q.i))
		})
		for _, p := range pairs {
			join(p.i, p.j)
		}
	}
	for i := range old {
		if !done[i] {
			list = append(list, both{old: &old[i]})
		}
	}
	for j := range now {
		if !used[j] {
			list = append(list, both{now: &now[j]})
		}
	}
	return list
}

// like is how much two findings have in common, of their words and of what they
// say; 0 where they are not about the same.
func (f *finding) like(g *finding) float64 {
	if !slices.ContainsFunc(f.in, func(i int) bool { return slices.Contains(g.in, i) }) {
		return 0 // not the same sentence before and after
	}
	words := 1.0
	if n := len(f.words) + len(g.words); n > 0 {
		words = 2 * float64(shared(f.words, g.words)) / float64(n)
	}
	if words == 0 || f.text != "" && (f.own != g.own || !f.own && f.text != g.text) {
		return 0 // what is still there became nothing else
	}
	if f.size > 0 && g.size > 0 {
		words += 1 / (1 + math.Abs(math.Log(f.size/g.size)))
	}
	same, all := 0, 0
	for i, a := range f.says {
		if a.value != "" || g.says[i].value != "" {
			all++
			if a.value == g.says[i].value {
				same++
			}
		}
	}
	if all == 0 {
		return words
	}
	return words + float64(same)/float64(all)
}

// touched names what differs.
func (p both) touched() (t Touched, differs bool) {
	switch {
	case p.old == nil:
		return Touched{After: p.now.id}, true
	case p.now == nil:
		return Touched{Before: p.old.id}, true
	}
	t = Touched{Before: p.old.id, After: p.now.id}
	for i, a := range p.old.says {
		if a.value != p.now.says[i].value {
			t.What = append(t.What, a.name)
		}
	}
	return t, len(t.What) > 0
}

func figures(r *whence.Reading) []finding {
	list := make([]finding, len(r.Figures))
	for i, f := range r.Figures {
		list[i] = finding{id: f.ID, spans: []whence.Span{f.Span}, says: []aspect{
			{"value", bound(f.Low) + ":" + bound(f.High)}, {"qualifier", string(f.Qualifier)}, {"unit", f.Unit},
			{"counted", ""}, {"measure", f.Measure}, {"change", string(f.Change)},
			{"status", string(f.Status)}, {"hedge", string(f.Hedge)},
		}, words: map[string]bool{}, size: max(f.Low.Value, f.High.Value), text: f.Text}
		if f.Counted != nil {
			list[i].says[3].value = f.Counted.Head
		}
		for _, a := range list[i].says[2:5] {
			if a.value != "" {
				list[i].words[a.name+" "+a.value] = true
			}
		}
	}
	return list
}

func bound(b whence.Bound) string {
	data, err := b.MarshalJSON()
	if err != nil {
		return "" // no number can be written so: it is like any other
	}
	return string(data)
}

func attributions(r *whence.Reading) []finding {
	list := make([]finding, len(r.Attributions))
	for i, a := range r.Attributions {
		source, relay, anonymous := "", "", ""
		spans := slices.Concat(a.Cue.Spans, a.Content.Spans)
		if a.Source != nil {
			source = plain(a.Source.Text)
			spans = append(spans, a.Source.Spans...)
			if a.Source.Anonymous {
				anonymous = "yes"
			}
		}
		if a.Relay != nil {
			relay = plain(a.Relay.Name)
		}
		content := plain(a.Content.Text)
		list[i] = finding{id: a.ID, spans: spans, says: []aspect{
			{"source", source}, {"anonymous", anonymous}, {"cue", plain(a.Cue.Text)}, {"content", content},
			{"quotation", string(a.Quotation)}, {"response", string(a.Response)}, {"relay", relay},
		}, words: map[string]bool{}}
		for w := range strings.FieldsSeq(content) {
			if english.FunctionShare([]string{w}) == 0 {
				list[i].words[w] = true
			}
		}
		if source != "" {
			list[i].words["source "+source] = true
		}
	}
	return list
}

// plain is words as they are compared.
func plain(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i, w := range (&version{text: runes}).words(whence.Span{End: len(runes)}) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.plain)
	}
	return b.String()
}

func events(r *whence.Reading) []finding {
	list := make([]finding, len(r.Events))
	for i, e := range r.Events {
		list[i] = finding{id: e.ID, spans: []whence.Span{e.Span}, says: []aspect{{"status", string(e.Status)}, {"hedge", string(e.Hedge)}},
			words: map[string]bool{strings.ToLower(e.Text): true}, text: e.Text}
	}
	return list
}
