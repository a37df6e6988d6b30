package story

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"whence"
)

// making is a place where an article makes a claim.
type making struct {
	entry *entry
	Finding
	attribution *whence.Attribution
	figure      *whence.Figure
	source      Source
	key         string // of the source, the same for one source throughout
	root        root
}

// leastQuoted is the fewest words that make a quotation one that is known again.
const leastQuoted = 5

// claims gathers what articles say alike.
func (b *builder) claims(story string) []Claim {
	var list []Claim
	for _, g := range slices.Concat(b.quotations(), b.figures()) {
		list = append(list, b.claim(story, g.kind, g.makings))
	}
	slices.SortStableFunc(list, func(x, y Claim) int {
		return cmp.Or(cmp.Compare(len(y.Reports), len(x.Reports)), cmp.Compare(len(y.Sources), len(x.Sources)), cmp.Compare(len(y.Articles), len(x.Articles)), cmp.Compare(x.ID, y.ID))
	})
	return list
}

// group is makings of one claim, in the order of time.
type group struct {
	kind    ClaimKind
	makings []making
}

// quotations gathers words in quotation marks that share a run of words.
func (b *builder) quotations() []group {
	var all []making
	for _, e := range b.list {
		for i := range e.Reading.Attributions {
			a := &e.Reading.Attributions[i]
			if a.Quotation == whence.Direct && len(plainWords(a.Content.Text)) >= leastQuoted {
				all = append(all, b.making(e, a, nil))
			}
		}
	}
	first := map[string]int{}
	up := make([]int, len(all))
	find := func(i int) int {
		for up[i] != i {
			up[i] = up[up[i]]
			i = up[i]
		}
		return i
	}
	for i, m := range all {
		up[i] = i
		words := plainWords(m.Text)
		for j := 0; j+leastQuoted <= len(words); j++ {
			shingle := strings.Join(words[j:j+leastQuoted], " ")
			if other, ok := first[shingle]; ok {
				x, y := find(other), find(i)
				up[max(x, y)] = min(x, y)
			} else {
				first[shingle] = i
			}
		}
	}
	groups := map[int][]making{}
	for i, m := range all {
		groups[find(i)] = append(groups[find(i)], m)
	}
	return inOrder(Quotation, groups)
}

// figures gathers figures of one measure, unit and value.
func (b *builder) figures() []group {
	groups := map[string][]making{}
	for _, m := range b.counted() {
		f := m.figure
		key := fmt.Sprint(f.Measure, "|", f.Unit, "|", f.Low, f.High, qualified(f.Qualifier))
		groups[key] = append(groups[key], m)
	}
	return inOrder(Figure, groups)
}

// qualified tells bounds from numbers; "about" is as good as the number.
func qualified(q whence.Qualifier) whence.Qualifier {
	if q == whence.About {
		return whence.Exact
	}
	return q
}

// counted are the figures that say what happened to how many or how much.
func (b *builder) counted() []making {
	var all []making
	for _, e := range b.list {
		for i := range e.Reading.Figures {
			f := &e.Reading.Figures[i]
			if f.Measure == "" || !f.Low.Known && !f.High.Known {
				continue
			}
			all = append(all, b.making(e, attributionOf(e.Reading, f.Attribution), f))
		}
	}
	return all
}

func attributionOf(r *whence.Reading, id string) *whence.Attribution {
	for i := range r.Attributions {
		if id != "" && r.Attributions[i].ID == id {
			return &r.Attributions[i]
		}
	}
	return nil
}

// inOrder lists groups by their first makings, which come in the order of time.
func inOrder[K cmp.Ordered](kind ClaimKind, groups map[K][]making) []group {
	var list []group
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, group{kind, groups[k]})
	}
	return list
}

// making looks at one place: its words, its source, and where they come from.
func (b *builder) making(e *entry, a *whence.Attribution, f *whence.Figure) making {
	m := making{entry: e, attribution: a, figure: f, Finding: Finding{Article: e.ID, Path: e.Reading.Path}}
	if a != nil {
		m.Attribution = a.ID
		m.Spans, m.Text = a.Content.Spans, a.Content.Text
	}
	if f != nil {
		m.Figure = f.ID
		span := f.Span
		if f.Counted != nil {
			span = whence.Span{Start: min(span.Start, f.Counted.Start), End: max(span.End, f.Counted.End)}
		}
		m.Spans, m.Text = []whence.Span{span}, wordsAt(e.Reading, span)
	}
	m.root = b.rootOf(e, m.Spans)
	if a != nil && a.Relay != nil && a.Relay.Kind == whence.RelayOutlet && m.root.Article == e.ID {
		m.root = root{Report: b.reportOf(a.Relay.Name), evidence: []string{"cites " + a.Relay.Name}}
	}
	if a != nil && a.Source != nil {
		m.source, m.key = b.source(e, a, m.root.Report)
	}
	return m
}

// wordsAt are the words at a span.
func wordsAt(r *whence.Reading, s whence.Span) string {
	return string([]rune(r.Text)[s.Start:s.End])
}

// reportOf is the first article of an outlet, or the outlet alone where it has
// none in the story.
func (b *builder) reportOf(outlet string) Report {
	for _, e := range b.list {
		if strings.EqualFold(e.outlet, strings.TrimPrefix(outlet, "the ")) {
			return Report{Name: e.outlet, Article: e.ID}
		}
	}
	return Report{Name: outlet}
}

// source is whoever is behind an attribution, by one name throughout the story.
// People who go unnamed are one group for each report that they are known by.
func (b *builder) source(e *entry, a *whence.Attribution, report Report) (Source, string) {
	s := Source{Name: a.Source.Text, Kind: a.Source.Kind, Anonymous: a.Source.Anonymous, Count: a.Source.Count}
	if s.Anonymous {
		return s, "unnamed " + report.Name
	}
	if n, ok := e.names[a.Source.Name]; ok {
		s.Name = n.Name
	} else if holder := b.office[lastWord(s.Name)]; holder != "" && s.Kind == whence.SourcePerson {
		s.Name = holder
	}
	if s.Kind == whence.SourcePerson {
		if full := b.people[lastWord(s.Name)]; full != "" {
			s.Name = full
		}
	}
	if len(s.Name) <= longestPronoun && s.Name == strings.ToLower(s.Name) {
		return s, "" // nobody knows who that is
	}
	name, _, _ := strings.Cut(s.Name, ",") // what follows says who that is
	return s, strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, "’", "'")), "the ")
}

// longestPronoun is how long a pronoun is at most: "they".
const longestPronoun = 4

// claim counts on what makings of one claim rest.
func (b *builder) claim(story string, kind ClaimKind, all []making) Claim {
	first := all[0]
	c := Claim{
		ID: hashed("c", first.Article, fmt.Sprint(first.Spans)), Kind: kind, Text: first.Text, Story: story,
	}
	if first.figure != nil {
		c.Measure, c.Status = first.figure.Measure, first.figure.Status
	}
	reports, sources, told := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, m := range all {
		i, ok := reports[m.root.Name]
		if !ok {
			i = len(c.Reports)
			reports[m.root.Name] = i
			c.Reports = append(c.Reports, Root{Report: m.root.Report, Evidence: m.root.evidence})
		}
		if m.Article != m.root.Article && !slices.Contains(c.Reports[i].Rests, m.Article) {
			c.Reports[i].Rests = append(c.Reports[i].Rests, m.Article)
		}
		if m.key != "" {
			k, ok := sources[m.key]
			if !ok {
				k = len(c.Sources)
				sources[m.key] = k
				c.Sources = append(c.Sources, RootSource{Source: m.source})
			}
			c.Sources[k].Findings = append(c.Sources[k].Findings, m.Finding)
		}
		if m.root.unsure != "" && !slices.Contains(c.Undecided, m.root.unsure) {
			c.Undecided = append(c.Undecided, m.root.unsure)
		}
		if !told[m.Article] {
			told[m.Article] = true
			c.Articles = append(c.Articles, m.Finding)
		}
	}
	return c
}

// roots are the reports and sources of a story's claims, each once.
func (b *builder) roots(claims []Claim) (reports []Report, sources []Source) {
	seen := map[string]bool{}
	for _, c := range claims {
		for _, r := range c.Reports {
			if !seen["r"+r.Name] {
				seen["r"+r.Name] = true
				reports = append(reports, r.Report)
			}
		}
		for _, s := range c.Sources {
			if key := "s" + strings.ToLower(s.Name); !seen[key] {
				seen[key] = true
				sources = append(sources, s.Source)
			}
		}
	}
	if len(reports) == 0 {
		for _, e := range b.list {
			if r := b.rootOf(e, []whence.Span{{End: len(e.Reading.Text)}}); !seen["r"+r.Name] {
				seen["r"+r.Name] = true
				reports = append(reports, r.Report)
			}
		}
	}
	return reports, sources
}

// plainWords are the words of a text in small letters.
func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\''
	})
}
