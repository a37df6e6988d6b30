package lineage

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"whence"
)

// facts are what an article says of where it comes from.
type facts struct {
	outlet    string   // as it names itself, or the host of its address
	key       string   // of the outlet, see [outletKey]
	page      string   // its page: versions of a page share it
	addresses []string // the article's own, in plain form
	links     []string // addresses that it links to, in plain form
	credits   credits
	reported  []string  // who it says has reported or said something, but people, in plain form
	cited     []string  // these, and the organisations that it names
	mentions  []mention // where it names them
	snippets  bool      // it is a page of beginnings of other articles
	people    []string  // the full names of people in it
	captions  []caption
	topics    []string // the names of people, bodies and places in it, the commonest first, in plain form
	speeches  []speech
	// The article was published no earlier than from and no later than to; the
	// zero Time is unknown.
	from, to time.Time
	dated    bool      // they are no more than a day apart
	changed  time.Time // when this version was made, as far as known
}

// mention is where an article names an outlet or other body.
type mention struct {
	outlet string      // in plain form
	near   whence.Span // the block that names it, and the one behind
}

// speech is words that are attributed to somebody.
type speech struct {
	span  whence.Span
	who   string
	named bool // by a name of the article, not by what it is called there
}

// caption is a caption and who is credited with the picture.
type caption struct {
	whence.Span
	credit string
}

const (
	// mostTopics is how many names stand for what an article is about.
	mostTopics = 8
	// mostNames is how many of its names are looked at to tell whether it speaks
	// of what another is about.
	mostNames = 32
)

func factsOf(r *whence.Reading) facts {
	address, canonical := plainAddress(r.URL), plainAddress(r.Canonical)
	page, main := address, address
	if r.Canonical != "" {
		page = canonical
	}
	if r.URL == "" {
		main = canonical
	}
	f := facts{outlet: r.Outlet, page: page}
	for _, p := range [...]string{address, canonical} {
		// A canonical address at another outlet is that outlet's page.
		if p != "" && !slices.Contains(f.addresses, p) && host(p) == host(main) {
			f.addresses = append(f.addresses, p)
		}
	}
	if f.outlet == "" {
		f.outlet = host(address)
	}
	for _, b := range r.Blocks {
		if b.Role == whence.RoleRelated {
			continue // the site's own furniture
		}
		for _, l := range b.Links {
			if p := plainAddress(l.Href); strings.Contains(p, "/") {
				f.links = append(f.links, p)
			}
		}
	}
	f.key = outletKey(f.outlet)
	own := "" // as the article names its outlet itself
	if r.Outlet != "" {
		own = f.key
	}
	texts := blockTexts(r)
	f.credits = creditsOf(r, texts)
	f.from, f.to = published(r)
	f.dated = !f.from.IsZero() && f.to.Sub(f.from) <= 24*time.Hour
	f.changed = latest(r.Published, r.Modified)
	if f.changed.IsZero() || r.Modified.IsZero() {
		f.changed = maxTime(f.changed, r.Captured.Time)
	}
	f.speeches = speechesOf(r)
	f.snippets = isSnippets(r, texts)
	if f.snippets {
		f.credits = credits{} // they are of one snippet each
	}
	f.citedBy(r, own)
	f.people = peopleOf(r)
	f.captions = captionsOf(r)
	f.topics = topicsOf(r, own)
	return f
}

// published is when an article was published, as an interval.
func published(r *whence.Reading) (from, to time.Time) {
	if d := r.Published; !d.IsZero() {
		return d.Time, endOf(d)
	}
	for _, d := range []whence.Date{r.Modified, r.Captured} {
		if !d.IsZero() {
			return time.Time{}, endOf(d)
		}
	}
	return time.Time{}, time.Time{}
}

// endOf is the end of the stretch of time that a date stands for.
func endOf(d whence.Date) time.Time {
	switch d.Precision {
	case whence.Day:
		return d.Time.AddDate(0, 0, 1)
	case whence.Month:
		return d.Time.AddDate(0, 1, 0)
	case whence.Year:
		return d.Time.AddDate(1, 0, 0)
	}
	return d.Time
}

func latest(dates ...whence.Date) (t time.Time) {
	for _, d := range dates {
		t = maxTime(t, d.Time)
	}
	return t
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// plainAddress is an address without what does not tell pages apart: scheme,
// "www.", parameters of campaigns, fragment, and the slash at the end.
func plainAddress(s string) string {
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	p := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	q := u.Query()
	for key := range q {
		if strings.HasPrefix(key, "utm_") || key == "ref" || key == "source" || key == "fbclid" || key == "gclid" {
			q.Del(key)
		}
	}
	if len(q) > 0 {
		p += "?" + q.Encode()
	}
	return p
}

// speechesOf are the contents of a reading with whoever they are attributed to,
// by the fullest name known.
func speechesOf(r *whence.Reading) []speech {
	if len(r.Attributions) == 0 {
		return nil
	}
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	var list []speech
	for _, a := range r.Attributions {
		if a.Source == nil || a.Quotation == whence.Indirect {
			continue
		}
		name := cmp.Or(names[a.Source.Name], holderOf(r.Names, a.Source.Text), lastNamed(r, a.Source))
		for _, s := range a.Content.Spans {
			list = append(list, speech{s, cmp.Or(name, a.Source.Text), name != ""})
		}
	}
	slices.SortFunc(list, func(a, b speech) int { return cmp.Compare(a.span.End, b.span.End) })
	return list
}

// holderOf is the one person of an article who holds the office that words name:
// "the mayor". There is none where several do.
func holderOf(names []whence.Name, words string) string {
	office := strings.ToLower(words[strings.LastIndexByte(words, ' ')+1:])
	found := ""
	for _, n := range names {
		for _, role := range n.Roles {
			role = strings.ToLower(role)
			if role[strings.LastIndexByte(role, ' ')+1:] != office || n.Kind != string(whence.SourcePerson) || n.Name == found {
				continue
			}
			if found != "" {
				return ""
			}
			found = n.Name
		}
	}
	return found
}

// pronouns are those that stand for a person.
var pronouns = map[string]bool{"he": true, "she": true}

// lastNamed is the person named last before a pronoun in its block.
func lastNamed(r *whence.Reading, s *whence.Source) (who string) {
	if len(s.Spans) == 0 || !pronouns[strings.ToLower(s.Text)] {
		return ""
	}
	at, from, last := s.Spans[0].Start, 0, -1
	for _, b := range r.Blocks {
		if b.Start <= at && at < b.End {
			from = b.Start
		}
	}
	for _, n := range r.Names {
		for _, m := range n.Mentions {
			if n.Kind == string(whence.SourcePerson) && m.Start >= max(from, last+1) && m.End <= at {
				last, who = m.Start, n.Name
			}
		}
	}
	return who
}

// citedBy finds the outlets that an article names as having reported: relays, and
// sources. Whether such a source is an outlet shows when it is compared with one.
func (f *facts) citedBy(r *whence.Reading, own string) {
	add := func(s string, spans ...whence.Span) {
		p := outletKey(s)
		if p == "" || p == own {
			return
		}
		if !slices.Contains(f.cited, p) {
			f.cited = append(f.cited, p)
		}
		for _, span := range spans {
			f.mentions = append(f.mentions, mention{p, nearby(r.Blocks, span)})
		}
	}
	names := map[string]whence.Name{}
	for _, n := range r.Names {
		names[n.ID] = n
	}
	for _, a := range r.Attributions {
		if a.Relay != nil && a.Relay.Kind == whence.RelayOutlet {
			name := strings.TrimSuffix(strings.TrimSuffix(a.Relay.Name, "'s"), "’s")
			add(name, a.Relay.Span)
		}
		if s := a.Source; s != nil && s.Kind != whence.SourcePerson {
			if n, ok := names[s.Name]; ok {
				add(n.Name, s.Spans...)
			} else {
				name, _, _ := strings.Cut(s.Text, ",") // what follows says who that is
				add(name, s.Spans...)
			}
		}
	}
	f.reported = slices.Clip(f.cited)
	for _, n := range r.Names {
		if n.Kind == string(whence.SourceOrganisation) {
			add(n.Name, n.Mentions...)
		}
	}
}

// nearby is the block that holds a span and the one behind it.
func nearby(blocks []whence.Block, span whence.Span) whence.Span {
	i, _ := slices.BinarySearchFunc(blocks, span.Start, func(b whence.Block, at int) int { return cmp.Compare(b.End, at+1) })
	if i == len(blocks) {
		return span
	}
	return whence.Span{Start: min(span.Start, blocks[i].Start), End: max(span.End, blocks[min(i+1, len(blocks)-1)].End)}
}

const (
	// fewestSnippets is how many blocks of a page must be beginnings of other
	// articles, broken off with dots, for it to be a page of such; and one in
	// snippetsOf of all.
	fewestSnippets, snippetsOf = 8, 6
)

// isSnippets tells a page that is made of the beginnings of other articles, as
// aggregators have them.
func isSnippets(r *whence.Reading, texts []string) bool {
	n := 0
	for i, t := range texts {
		t = strings.TrimRight(t, " \u00a0\n")
		if r.Blocks[i].Role != whence.RoleRelated && (strings.HasSuffix(t, "...") || strings.HasSuffix(t, "…")) {
			n++
		}
	}
	return n >= fewestSnippets && n*snippetsOf >= len(r.Blocks)
}

// peopleOf are the names of the people in an article that say more than a
// surname.
func peopleOf(r *whence.Reading) []string {
	var list []string
	for _, n := range r.Names {
		if n.Kind == string(whence.SourcePerson) && strings.Contains(n.Name, " ") {
			list = append(list, n.Name)
		}
	}
	return list
}

// captionsOf are the captions with the credits of their pictures: what follows
// the last stroke, or stands in a block of credit right behind.
func captionsOf(r *whence.Reading) []caption {
	var list []caption
	var runes []rune
	for i, b := range r.Blocks {
		if b.Role != whence.RoleCaption {
			continue
		}
		if runes == nil {
			runes = []rune(r.Text)
		}
		words := string(runes[b.Start:b.End])
		if i+1 < len(r.Blocks) && r.Blocks[i+1].Role == whence.RoleCredit {
			words += "/" + string(runes[r.Blocks[i+1].Start:r.Blocks[i+1].End])
		}
		if at := strings.LastIndexAny(words, "/,:|"); at >= 0 {
			list = append(list, caption{b.Span, strings.Trim(words[at+1:], " .()")})
		}
	}
	return list
}

// pictured is who is credited with the picture whose caption holds a span.
func (f *facts) pictured(s whence.Span) string {
	for _, c := range f.captions {
		if c.Contains(s) {
			return c.credit
		}
	}
	return ""
}

// mostCited bounds how many outlets that an article cites are looked for.
const mostCited = 6

// addressed appends the prints of an article's addresses and links.
func (f *facts) addressed(to []uint64) []uint64 {
	for _, a := range f.addresses {
		to = append(to, named(ofAddress, a))
	}
	for _, l := range f.links {
		to = append(to, Counterpart(named(ofAddress, l)))
	}
	return to
}

// references appends the prints of what an article is and what it cites.
func (f *facts) references(to []uint64) []uint64 {
	to = f.addressed(to)
	cite := func(outlet string, topics []string, end uint64) {
		for _, topic := range topics {
			if outlet != "" {
				to = append(to, named(ofCitation, outlet, topic)|end)
			}
		}
	}
	cite(f.key, f.topics[:min(len(f.topics), mostTopics)], 0)
	for _, outlet := range f.reported[:min(len(f.reported), mostCited)] {
		cite(outlet, f.topics[:min(len(f.topics), 2*mostTopics)], referring)
	}
	return to
}

// host is the host of a plain address.
func host(plain string) string {
	h, _, _ := strings.Cut(plain, "/")
	return h
}

// sharedTopics counts those of what another article is about that this one
// speaks of.
func (f *facts) sharedTopics(other *facts) int {
	n := 0
	for _, t := range other.topics[:min(len(other.topics), mostTopics)] {
		if slices.Contains(f.topics, t) {
			n++
		}
	}
	return n
}

const (
	// sameMatter is of how many of the names that an article speaks of most
	// another must speak for a citation of the outlet to be of the article; of
	// one that came out within just of it, one is enough.
	sameMatter = 2
	just       = 36 * time.Hour
	// freshFor is for how long after its publication an article is cited by the
	// name of its outlet alone.
	freshFor = 4 * 24 * time.Hour
	// CitedWithin is how long after an article's publication another that cites its
	// outlet, without a link, may be published to be compared with it.
	CitedWithin = freshFor
)

// retells tells whether an article says that another's outlet reported what that
// article reports: it names the outlet as having reported or links to the
// article, and speaks of the same soon after.
func (f *facts) retells(other *facts) bool {
	named, linked := f.cites(other, nil)
	named = named && slices.Contains(f.reported, other.key)
	if before(f, other) || f.key == other.key {
		return false
	}
	if linked {
		return true
	}
	age := later(f, other)
	least := sameMatter
	if age <= just {
		least = 1
	}
	return named && f.sharedTopics(other) >= least && age > 0 && age <= freshFor
}

// topicsOf are the names of which an article speaks most, but its own outlet's.
func topicsOf(r *whence.Reading, own string) []string {
	mentions := map[string]int{}
	for _, n := range r.Names {
		mentions[plainName(n.Name)] += len(n.Mentions)
	}
	for _, p := range r.Places {
		if p.Precision != whence.PlaceCountry {
			mentions[plainName(p.Text)]++
		}
	}
	delete(mentions, "")
	delete(mentions, own)
	list := slices.Collect(maps.Keys(mentions))
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(mentions[b], mentions[a]), cmp.Compare(a, b)) })
	return list[:min(len(list), mostNames)]
}

// cites tells whether an article names another's outlet as having reported, or
// links to it. Of an article with shared words it must be named where one of them
// stands: who reports one thing from an outlet may have the rest from elsewhere.
func (f *facts) cites(other *facts, shared []whence.Span) (named, linked bool) {
	for _, a := range other.addresses {
		linked = linked || slices.Contains(f.links, a)
	}
	key := other.key
	if f.snippets || contains(f.credits.full, other.outlet) {
		return false, linked
	}
	if len(shared) == 0 {
		return slices.Contains(f.cited, key), linked
	}
	for _, m := range f.mentions {
		if m.outlet == key && slices.ContainsFunc(shared, m.near.Overlaps) {
			return true, linked
		}
	}
	return false, linked
}

// creditedTo are those to whom an article's text is credited, but itself.
func (f *facts) creditedTo() []string {
	return slices.DeleteFunc(slices.Clone(f.credits.full), func(c string) bool { return SameOutlet(c, f.outlet) })
}
