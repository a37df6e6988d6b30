package story

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"whence"
	"whence/english"
	"whence/lineage"
)

// piece is an article of the story.
type piece struct {
	n      int // its place in the order of time
	id     string
	r      *whence.Reading
	outlet string      // its name in plain form
	title  whence.Span // where its title stands in the text; empty where it does not
	at     whence.Date
	end    time.Time // of the stretch of time that at stands for
	words  []token
	took   []taking // the surest first
	shares []taking // what it shares with others of which nobody can tell who took it
	// copyOf is the piece whose copy this is, or none; whose is the report that a
	// copy, or a text that is credited to another, rests on.
	copyOf  int
	from    *piece // what it is a copy of in the end, or nil
	whose   string // an outlet or agency that the text is credited to, where it is not in the story
	cites   []citation
	aired   []aired
	voices  []int          // of the attributions
	attrs   map[string]int // attributions by id
	figures map[string]int // mentions by the id of their figure
	events  []act
	claims  []int          // mentions, by their place in the text
	quoted  *[]whence.Span // stretches in quotation marks, once they are asked for
	runes   []rune         // of the text, once they are asked for
}

// taking is what a piece has from another, or shares with it.
type taking struct {
	from     int // piece
	relation whence.Relation
	origin   string // of a text that neither wrote
	passages []whence.Passage
	evidence []string
	sure     float64
}

// citation is an outlet that words are reported from, and its article where it is
// in the story.
type citation struct {
	outlet string // plain name; empty for none
	name   string
	piece  int
	told   bool // the source told it that outlet
}

const none = -1

// key names the report that a citation leads to.
func (c citation) key() string { return "r:" + c.outlet }

// report names the report that a piece's unnamed sources speak to.
func (p *piece) report() string {
	if p.whose != "" {
		return "r:" + outletKey(p.whose)
	}
	return "r:" + p.outlet
}

// line up puts articles in order of time. Where only a day is known, it is the end
// of that day, so that nobody comes first by being vague; undated ones come last.
func lineUp(articles []Article) []*piece {
	pieces := make([]*piece, 0, len(articles))
	seen := make(map[string]bool, len(articles))
	for _, a := range articles {
		if a.Reading == nil || seen[a.ID] {
			continue
		}
		seen[a.ID] = true
		p := &piece{id: a.ID, r: a.Reading, outlet: outletKey(a.Reading.Outlet), copyOf: none}
		p.title, _ = a.Reading.TitleSpan()
		p.at, p.end = madeAt(a.Reading)
		if p.outlet == "" {
			p.outlet = "article " + a.ID
		}
		pieces = append(pieces, p)
	}
	slices.SortFunc(pieces, func(a, b *piece) int {
		return cmp.Or(boolOrder(a.end.IsZero(), b.end.IsZero()), a.end.Compare(b.end), cmp.Compare(a.id, b.id))
	})
	for i, p := range pieces {
		p.n = i
	}
	return pieces
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// madeAt is when a version of an article was made.
func madeAt(r *whence.Reading) (whence.Date, time.Time) {
	d := r.Published
	if !r.Modified.IsZero() && (d.IsZero() || r.Modified.Time.Sub(d.Time) > 12*time.Hour) {
		d = r.Modified // small corrections soon after are no other version
	}
	if d.IsZero() {
		d = r.Captured
	}
	return d, dateEnd(d)
}

// dateEnd is the end of the stretch of time that a date stands for.
func dateEnd(d whence.Date) time.Time {
	switch d.Precision {
	case whence.Day:
		return d.Time.AddDate(0, 0, 1).Add(-time.Second)
	case whence.Month:
		return d.Time.AddDate(0, 1, 0).Add(-time.Second)
	case whence.Year:
		return d.Time.AddDate(1, 0, 0).Add(-time.Second)
	}
	return d.Time
}

// day is the day of a date, as it is printed.
func day(d whence.Date) string {
	if d.IsZero() {
		return ""
	}
	if d.Precision == whence.Second {
		return d.Time.Format(time.DateOnly)
	}
	return d.String()
}

// pairUp notes what pieces have from each other.
func (s *scene) pairUp(pairs []whence.Reuse) {
	for _, r := range pairs {
		a, okA := s.byID[r.Article]
		b, okB := s.byID[r.Other]
		if !okA || !okB || a == b {
			continue
		}
		s.taken(a, b, r)
		s.taken(b, a, r.Turned())
	}
	for _, p := range s.pieces {
		slices.SortFunc(p.took, func(x, y taking) int {
			return cmp.Or(boolOrder(x.relation != whence.Copy, y.relation != whence.Copy), cmp.Compare(y.sure, x.sure), cmp.Compare(x.from, y.from), cmp.Compare(x.relation, y.relation), cmp.Compare(len(y.passages), len(x.passages)))
		})
		s.settle(p)
	}
}

// taken notes a pair as seen from one of its two.
func (s *scene) taken(a, b int, r whence.Reuse) {
	p := s.pieces[a]
	t := taking{from: b, relation: r.Relation, passages: r.Passages, evidence: r.Evidence, sure: r.Confidence}
	switch r.Direction {
	case whence.ArticleFromOther:
	case whence.BothFromOrigin:
		t.origin = r.Origin
		if r.Relation == whence.SharedQuotation {
			return // each heard the speaker
		}
	case whence.DirectionUnknown:
		if r.Relation == whence.CommonOrigin {
			p.shares = append(p.shares, t)
		}
		if r.Relation != whence.Copy || b > a {
			return
		}
	default:
		return
	}
	p.took = append(p.took, t)
}

// settle says whose a piece's text is as a whole.
func (s *scene) settle(p *piece) {
	for _, t := range p.took {
		if t.relation != whence.Copy {
			break
		}
		switch {
		case t.origin == "":
			if p.copyOf == none && t.from != p.n {
				p.copyOf = t.from
			}
		case p.whose == "":
			p.whose = t.origin
		}
	}
	if p.whose != "" && p.copyOf == none {
		for _, t := range p.took {
			if t.relation == whence.Copy && t.from < p.n && (p.copyOf == none || t.from < p.copyOf) {
				p.copyOf = t.from
			}
		}
	}
	if p.whose == "" && p.copyOf == none && !writtenHere(p.r) {
		for _, c := range p.r.Credits {
			if outletKey(c) != p.outlet && !contributed(p.r, c) {
				p.whose = c
				break
			}
		}
	}
	if p.whose == "" && p.copyOf == none && !writtenHere(p.r) {
		p.whose = creditUnder(p)
	}
}

const (
	// firstBlocks are how many blocks from the title on may hold a credit without a word
	// for it, longestCredit how many letters it has at most.
	firstBlocks, longestCredit = 3, 60
)

// creditUnder is the outlet whose name opens a line of its own under the title, as in
// pages that print what others sell them: "Harbour Post — Jane Doe".
func creditUnder(p *piece) string {
	for i, b := range p.r.Blocks {
		if i >= firstBlocks {
			break
		}
		if b.Role == whence.RoleTitle || b.Len() > longestCredit {
			continue
		}
		line := strings.Trim(p.cut([]whence.Span{b.Span}), "() •|·")
		name, _, _ := strings.Cut(line, " — ")
		if key, known := lineage.OutletKey(name); known && key != p.outlet {
			return name
		}
	}
	return ""
}

// creditClusters gives all copies of one text the credit that most of them carry: of a
// photograph of another agency, only some have it beside.
func (s *scene) creditClusters() {
	votes := map[int]map[string]int{}
	names := map[string]string{}
	for _, p := range s.pieces {
		o := s.original(p)
		if votes[o] == nil {
			votes[o] = map[string]int{}
		}
		seen := map[string]bool{}
		for _, c := range p.r.Credits {
			if key := outletKey(c); key != p.outlet && !seen[key] && !contributed(p.r, c) {
				seen[key] = true
				names[key] = cmp.Or(names[key], c)
				votes[o][key]++
			}
		}
	}
	for _, p := range s.pieces {
		if p.whose == "" {
			continue
		}
		v := votes[s.original(p)]
		best := outletKey(p.whose)
		for key, n := range v {
			if n > v[best] || n == v[best] && n > 0 && key < best && best != outletKey(p.whose) {
				best = key
			}
		}
		if best != outletKey(p.whose) {
			p.whose = names[best]
		}
	}
}

// contributed tells whether an article says of an agency that it gave something to a
// report of its own: "The Northern Wire contributed to this report."
func contributed(r *whence.Reading, credit string) bool {
	const before = 120 // bytes
	for at := 0; ; {
		i := strings.Index(r.Text[at:], " contributed")
		if i < 0 {
			return false
		}
		at += i
		if strings.Contains(r.Text[max(0, at-before):at], credit) {
			return true
		}
		at++
	}
}

// writtenHere tells whether an article names an author of its own.
func writtenHere(r *whence.Reading) bool {
	return slices.ContainsFunc(r.Byline, func(b string) bool {
		return !slices.ContainsFunc(r.Credits, func(c string) bool { return outletKey(c) == outletKey(b) })
	})
}

// cite finds for each attribution of a piece the outlet that it is reported from.
func (s *scene) cite(p *piece) {
	r := p.r
	p.attrs = make(map[string]int, len(r.Attributions))
	for i := range r.Attributions {
		p.attrs[r.Attributions[i].ID] = i
	}
	names := make(map[string]string, len(r.Names))
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	p.cites = make([]citation, len(r.Attributions))
	var last citation // the outlet that was named last
	for i := range r.Attributions {
		for at, depth := i, 0; depth < 4; depth++ {
			c := s.citedBy(p, &r.Attributions[at], names)
			if c.outlet == "" && last.outlet != "" && s.again(&r.Attributions[at], last) {
				c = s.citation(p, last.name, false)
			}
			if c.outlet == "" && at == i && i > 0 && s.saysWhat(&r.Attributions[i-1]) {
				c = p.cites[i-1]
			}
			if c.outlet != "" {
				p.cites[i] = c
				last = c
				break
			}
			up, ok := p.attrs[r.Attributions[at].Parent]
			if !ok || up == at {
				break
			}
			at = up
		}
	}
}

// saysWhat tells whether an attribution leaves it to the next to say what is said: "What
// the Post said is that officials say …".
func (s *scene) saysWhat(a *whence.Attribution) bool {
	list := fields(a.Content.Text)
	return len(list) == 1 && english.Matter(list[0]).Has(english.EmptyWord)
}

// again tells whether a source is the outlet that was named last: "the newspaper", "the
// Post" for the Harbour Post.
func (s *scene) again(a *whence.Attribution, last citation) bool {
	if a.Source == nil || a.Source.Anonymous || a.Source.Kind == whence.SourcePerson {
		return false
	}
	words := strings.Fields(a.Source.Text)
	if len(words) < 2 || len(words) > 3 || !english.Matter(strings.ToLower(words[0])).Has(english.KnownBefore) {
		return false
	}
	end := words[len(words)-1]
	if english.Matter(strings.ToLower(end)).Has(english.Paper) {
		return strings.ToLower(end) == end
	}
	return len(words) == 2 && strings.HasSuffix(last.name, " "+end)
}

// citedBy is the outlet that one attribution names as its relay or its source.
func (s *scene) citedBy(p *piece, a *whence.Attribution, names map[string]string) citation {
	if a.Relay != nil && a.Relay.Kind == whence.RelayOutlet {
		if ownName(a.Relay.Name, p.outlet) {
			return citation{}
		}
		c := s.citation(p, a.Relay.Name, true)
		c.told = c.told && s.behindOnto(p, a.Relay.Start)
		return c
	}
	if a.Source == nil || a.Source.Kind == whence.SourcePerson || a.Source.Anonymous {
		return citation{}
	}
	name := names[a.Source.Name]
	if name == "" {
		name, _, _ = strings.Cut(a.Source.Text, ",")
	}
	if c := s.citation(p, name, false); c.outlet != "" {
		return c
	}
	if plain := plainName(a.Source.Text); a.Source.Name == "" && len(plain) < longestSource {
		for _, o := range s.outletNames {
			if len(o) >= shortestOutlet && o != p.outlet && strings.Contains(plain, o) {
				return s.citation(p, s.outlets[o], false) // "claims in the Daily Gull"
			}
		}
	}
	return citation{}
}

const (
	// longestSource bounds the words for a source in which outlets are looked for, and
	// shortestOutlet their names, in letters.
	longestSource, shortestOutlet = 120, 8
)

// ownName tells whether words for an outlet stand for the one that they stand in.
func ownName(words, outlet string) bool {
	for _, w := range fields(words) {
		if english.Matter(w).Has(english.OwnOutlet) {
			return true
		}
	}
	// What follows may say where it was told.
	for list := strings.Fields(words); len(list) > 0; list = list[:len(list)-1] {
		if plain := plainName(strings.Join(list, " ")); plain != "" && strings.HasSuffix(outlet, plain) {
			return true
		}
	}
	return false
}

// citation is an outlet by the words for it: one of the story's, by its full name
// or the end of it; or, if it is sure that the words are for an outlet, another.
func (s *scene) citation(p *piece, words string, sure bool) citation {
	words = outletWords(words, s.isKnown)
	plain := outletKey(words)
	if plain == "" || plain == p.outlet {
		return citation{}
	}
	outlet := ""
	if _, ok := s.outlets[plain]; ok {
		outlet = plain
	} else if sure {
		for _, o := range s.outletNames {
			if strings.HasSuffix(o, plain) || strings.HasSuffix(plain, o) {
				outlet = o
				break
			}
		}
		if outlet == "" {
			return citation{outlet: plain, name: words, piece: none, told: sure}
		}
	}
	if outlet == "" || outlet == p.outlet {
		return citation{}
	}
	c := citation{outlet: outlet, name: s.outlets[outlet], piece: none, told: sure}
	for _, t := range p.took {
		if q := s.pieces[t.from]; q.outlet == outlet && q.n < p.n && t.relation != whence.Copy {
			c.piece = q.n
			return c
		}
	}
	// The latest before.
	of := s.ofOutlet[outlet]
	if i := sort.SearchInts(of, p.n); i > 0 {
		c.piece = of[i-1]
	}
	return c
}

// isKnown tells whether a name is an outlet's: of the story, or of the table.
func (s *scene) isKnown(name string) bool {
	key, known := lineage.OutletKey(name)
	return known || s.outlets[key] != ""
}

// block is the number of the block that a place stands in.
func (p *piece) block(at int) int {
	i := sort.Search(len(p.r.Blocks), func(i int) bool { return p.r.Blocks[i].End > at })
	return i
}

// inBody tells whether a place is in a block whose findings count.
func (p *piece) inBody(at int) bool {
	if len(p.r.Blocks) == 0 {
		return true
	}
	i := p.block(at)
	if i >= len(p.r.Blocks) || p.r.Blocks[i].Start > at {
		return false
	}
	role := p.r.Blocks[i].Role
	return role.Body() || role == whence.RoleNotice || role == whence.RoleStandfirst || role == whence.RoleTitle || role == whence.RoleCaption
}

// inTitle tells whether a place is in the title. Its figures and acts make no claims: it
// says again in a few words, and mostly without the source, what the text says.
func (p *piece) inTitle(at int) bool {
	return p.title.Start <= at && at < p.title.End
}
