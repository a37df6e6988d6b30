package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"whence"
)

// Build makes the story of some articles. Pairs are what they share, as seen from
// either; articles may come in any order, and the result does not depend on it.
func Build(articles []Article, pairs []whence.Reuse) *Story {
	s := newScene(articles, pairs)
	if len(s.pieces) == 0 {
		return &Story{}
	}
	s.group()
	s.slips()
	s.weighed = make([]*weighed, len(s.claims))
	for c := range s.claims {
		if len(s.claims[c]) > 0 {
			s.weighed[c] = s.weigh(c)
		}
	}
	return s.story()
}

// scene is all that Build knows of the articles.
type scene struct {
	pieces      []*piece
	byID        map[string]int
	outlets     map[string]string // names by plain name: of the articles, and of those that they credit
	outletNames []string          // plain, sorted
	ofOutlet    map[string][]int  // pieces
	vocabulary  *vocabulary
	cast        *cast
	all         []mention
	claims      [][]int // mentions, in the order of time
	weighed     []*weighed
	errors      map[int][]slip // by claim
	ids         []string       // of the claims
	lines       []line
	asserts     map[string]int // claims by which deeds were reported first
	hasCopies   map[int]bool
	hurt        bool // some article tells of people who were hurt
	buffer      []string
}

func newScene(articles []Article, pairs []whence.Reuse) *scene {
	s := &scene{pieces: lineUp(articles), vocabulary: newVocabulary(), cast: newCast(), outlets: map[string]string{}, ofOutlet: map[string][]int{}}
	s.byID = make(map[string]int, len(s.pieces))
	for _, p := range s.pieces {
		s.byID[p.id] = p.n
		s.cast.learn(p.r)
		s.hurt = s.hurt || slices.ContainsFunc(p.r.Figures, func(f whence.Figure) bool { return f.Measure == "injured" })
		if p.r.Outlet != "" {
			s.outlets[p.outlet] = cmp.Or(s.outlets[p.outlet], p.r.Outlet)
		}
		s.ofOutlet[p.outlet] = append(s.ofOutlet[p.outlet], p.n)
	}
	s.cast.settle()
	s.pairUp(pairs)
	s.creditClusters()
	for _, p := range s.pieces {
		if o := s.original(p); o != p.n {
			p.from = s.pieces[o]
		}
		if p.whose != "" && s.outlets[outletKey(p.whose)] == "" {
			s.outlets[outletKey(p.whose)] = p.whose
		}
	}
	for plain := range s.outlets {
		s.outletNames = append(s.outletNames, plain)
	}
	slices.Sort(s.outletNames)
	for _, p := range s.pieces {
		p.words = s.vocabulary.tokens(p.r.Text)
		s.cite(p)
		s.onAir(p)
		s.cast.meet(p)
		p.carryOn()
	}
	s.cast.speakFor()
	for _, p := range s.pieces {
		s.mentions(p)
	}
	return s
}

// idOf is a letter and ten hexadecimal digits of a hash.
func idOf(letter string, parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return letter + hex.EncodeToString(h[:])[:10]
}

// story puts what was found into the form in which it is shown.
func (s *scene) story() *Story {
	first := s.pieces[0]
	out := &Story{ID: IDOf(first.id), Title: first.r.Title}
	out.Articles = s.members()
	s.nameClaims()
	reports, sources := map[string]Report{}, map[string]Source{}
	for c := range s.claims {
		if len(s.claims[c]) == 0 {
			continue
		}
		claim := s.claim(c, out.ID)
		for _, r := range claim.Reports {
			reports[outletKey(r.Name)+" "+r.Article] = r.Report
		}
		for _, r := range claim.Sources {
			sources[string(r.Kind)+" "+r.Name] = r.Source
		}
		out.Claims = append(out.Claims, claim)
	}
	out.bound()
	slices.SortStableFunc(out.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(len(b.Reports), len(a.Reports)), cmp.Compare(len(b.Sources), len(a.Sources)), cmp.Compare(len(b.Articles), len(a.Articles)), cmp.Compare(a.ID, b.ID))
	})
	out.Reports = sorted(reports, func(r Report) string { return r.Name + "\x00" + r.Article })
	out.Sources = sorted(sources, func(x Source) string { return x.Name + "\x00" + string(x.Kind) })
	out.Histories = s.histories()
	plans := s.plans()
	out.Plans = plans.list
	out.Contradictions = s.contradictions(plans)
	out.Positions = s.positions()
	for _, p := range s.pieces {
		if p.copyOf == none && p.whose == "" {
			out.Title = p.r.Title
			break
		}
	}
	return out
}

// IDOf is the id of the story that is named by the article of an id.
func IDOf(article string) string { return "s" + idDigits(article) }

// mostClaims is how many claims a story holds.
const mostClaims = 2000

// bound leaves out claims where there are more than anybody can look at: first those
// that one article alone makes, which stand in its reading.
func (s *Story) bound() {
	if len(s.Claims) <= mostClaims {
		return
	}
	slices.SortFunc(s.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(len(b.Articles), len(a.Articles)), cmp.Compare(len(b.Reports), len(a.Reports)), cmp.Compare(a.ID, b.ID))
	})
	s.Left = len(s.Claims) - mostClaims
	clear(s.Claims[mostClaims:])
	s.Claims = s.Claims[:mostClaims:mostClaims]
}

// idDigits are the first ten digits of an article's id.
func idDigits(id string) string {
	_, digits, ok := strings.Cut(id, ":")
	if !ok {
		digits = id
	}
	return digits[:min(len(digits), 10)]
}

func sorted[V any](m map[string]V, by func(V) string) []V {
	list := make([]V, 0, len(m))
	for _, v := range m {
		list = append(list, v)
	}
	slices.SortFunc(list, func(a, b V) int { return cmp.Compare(by(a), by(b)) })
	return list
}

// members are the articles, each with its copies behind it.
func (s *scene) members() []Member {
	list := make([]Member, 0, len(s.pieces))
	copies := map[int][]int{}
	for _, p := range s.pieces {
		if o := s.original(p); o != p.n {
			copies[o] = append(copies[o], p.n)
		}
	}
	add := func(p *piece, of string) {
		list = append(list, Member{Article: p.id, Path: p.r.Path, Outlet: p.r.Outlet, Title: p.r.Title, Published: p.r.Published, Of: of})
	}
	for _, p := range s.pieces {
		if s.original(p) != p.n {
			continue
		}
		add(p, "")
		for _, c := range copies[p.n] {
			add(s.pieces[c], p.id)
		}
	}
	return list
}

// original is the piece that a copy is of in the end.
func (s *scene) original(p *piece) int {
	at := p.n
	for range longestWay {
		next := s.pieces[at].copyOf
		if next == none || next == p.n {
			break
		}
		at = next
	}
	// Where copies point at each other, the first of them stands for all.
	if s.pieces[at].copyOf != none {
		return min(at, p.n)
	}
	return at
}

// nameClaims gives claims their ids: by the place of the earliest finding, and where
// the same words are given to two who are told apart, by the attribution too.
func (s *scene) nameClaims() {
	s.ids = make([]string, len(s.claims))
	taken := map[string]bool{}
	for c, list := range s.claims {
		if len(list) == 0 {
			continue
		}
		m := &s.all[list[0]]
		parts := []string{m.p.id, string(m.kind), fmt.Sprint(m.spans)}
		if taken[idOf("c", parts...)] {
			parts = append(parts, fmt.Sprint(m.attr, m.fig, m.event))
		}
		s.ids[c] = idOf("c", parts...)
		taken[s.ids[c]] = true
	}
}

// claim is one claim as it is shown.
func (s *scene) claim(c int, story string) Claim {
	first := &s.all[s.claims[c][0]]
	w := s.weighed[c]
	out := Claim{ID: s.ids[c], Kind: first.kind, Story: story, Status: first.says, Articles: []Finding{}, Reports: []Root{}, Sources: []RootSource{}}
	if first.kind == Figure {
		out.Measure = first.value.measure
	}
	out.Text = first.p.cut(first.spans)
	if first.kind == Figure {
		out.Text = first.p.cut([]whence.Span{s.sentence(first)})
	}
	seen := map[string]bool{}
	for k, i := range s.claims[c] {
		m := &s.all[i]
		if f := m.finding(); k > 0 && s.all[s.claims[c][k-1]].p == m.p { // mentions come by article
			out.Also = append(out.Also, f)
		} else {
			out.Articles = append(out.Articles, f)
		}
		if d := w.roots[k].doubt; d != "" {
			if say := m.say(d); !seen[say] {
				seen[say] = true
				out.Undecided = append(out.Undecided, say)
			}
		}
	}
	for _, l := range w.legs {
		r := Report{Name: l.name}
		if l.piece != none {
			r.Article = s.pieces[l.piece].id
		}
		out.Reports = append(out.Reports, Root{Report: r, Rests: l.rests, Evidence: l.evidence})
	}
	out.Sources = s.sourcesOf(c)
	for _, x := range s.errors[c] {
		out.Slips = append(out.Slips, s.slip(x))
	}
	return out
}

// sentenceOf are the words of the sentence around a mention; none where it is longer
// than a sentence itself.
func (s *scene) sentenceOf(m *mention) string {
	span := s.sentence(m)
	for _, x := range m.spans {
		if !span.Contains(x) {
			return ""
		}
	}
	return m.p.cut([]whence.Span{span})
}

// sentence is the sentence around a figure, as far as it is of one block.
func (s *scene) sentence(m *mention) whence.Span {
	words := m.p.words
	i := s.indexOf(m.p, token{start: int32(m.spans[0].Start)})
	i = min(i, len(words)-1)
	if i < 0 {
		return m.spans[0]
	}
	j := i + 1
	for i > 0 && !words[i].opens {
		i--
	}
	for j < len(words) && !words[j].opens {
		j++
	}
	at := whence.Span{Start: min(int(words[i].start), m.spans[0].Start), End: max(int(words[j-1].end), m.spans[0].End)}
	return m.p.marked(at)
}

// marked widens a span by the marks that open and close it.
func (p *piece) marked(at whence.Span) whence.Span {
	p.cut(nil)
	if at.Start > 0 && at.Start <= len(p.runes) && strings.ContainsRune("“‘\"", p.runes[at.Start-1]) {
		at.Start--
	}
	for at.End < len(p.runes) && strings.ContainsRune(".!?”’\")", p.runes[at.End]) {
		at.End++
	}
	return at
}

// sourcesOf are the sources at the ends of a claim's chains.
func (s *scene) sourcesOf(c int) []RootSource {
	var order []int
	findings := map[int][]Finding{}
	note := func(v int, m *mention) {
		if _, ok := findings[v]; !ok {
			order = append(order, v)
		}
		if len(findings[v]) < 32 {
			findings[v] = append(findings[v], m.finding())
		}
	}
	w := s.weighed[c]
	var outlets []*mention // which name nobody but an outlet
	for _, l := range w.legs {
		for _, i := range l.from {
			m := &s.all[i]
			switch {
			case m.voice == nobody:
			case s.isOutlet(m.voice):
				outlets = append(outlets, m)
			case m.kind == Figure && len(w.legs) > 0 && !s.asserted(m) && s.cast.voices[m.voice].Kind == whence.SourcePerson && len(findings) > 0:
				// mentions the figure, and does not give it
			default:
				note(m.voice, m)
			}
		}
	}
	if s.all[s.claims[c][0]].kind == Quotation {
		order = s.sharper(c, order)
	}
	if len(order) == 0 {
		for _, m := range outlets {
			note(m.voice, m)
		}
	}
	if len(order) == 0 { // whoever is named elsewhere for the same
		for _, i := range s.claims[c] {
			if m := &s.all[i]; m.voice != nobody && !s.isOutlet(m.voice) && len(order) == 0 {
				note(m.voice, m)
			}
		}
	}
	return s.fold(order, findings)
}

// mostlyNamed is of how many times as many mentions somebody is named for the same words,
// where another is a slip.
const mostlyNamed = 3

// sharper are the voices of a quotation's sources without those that may be another's
// where somebody is named for the same words, "the senator" being whom others name; and
// without those whom few name where nearly all name another.
func (s *scene) sharper(claim int, voices []int) []int {
	count, most := map[int]int{}, 0
	for _, i := range s.claims[claim] {
		if v := s.all[i].voice; v != nobody && !s.cast.vague(v) {
			count[v]++
			most = max(most, count[v])
		}
	}
	kept := slices.DeleteFunc(slices.Clone(voices), func(v int) bool { return s.cast.vague(v) || count[v]*mostlyNamed < most })
	if len(kept) == 0 {
		return voices
	}
	return kept
}

// isOutlet tells whether a voice is an outlet's.
func (s *scene) isOutlet(v int) bool {
	_, ok := s.outlets[strings.TrimPrefix(s.cast.voices[v].key, "n:")]
	return ok
}

// fold makes one source of a body and of those who speak for it, where both are
// among the sources.
func (s *scene) fold(order []int, findings map[int][]Finding) []RootSource {
	list := []RootSource{}
	at := map[int]int{}
	for _, v := range order {
		to := s.cast.speaker(v)
		if b := s.cast.family(v); b != v {
			if _, ok := findings[b]; ok {
				to = b
			}
		}
		if i, ok := at[to]; ok {
			list[i].Findings = append(list[i].Findings, findings[v]...)
			continue
		}
		at[to] = len(list)
		list = append(list, RootSource{Source: s.cast.voices[to].Source, Findings: findings[v]})
	}
	return list
}
