package story

import (
	"slices"
	"strings"
	"unicode"

	"whence"
	"whence/english"
	"whence/lineage"
)

// mostAir is how many words long the name of a broadcaster or agency may be.
const mostAir = 3

// aired is an outlet's name in an article, and where it stands.
type aired struct {
	citation
	at, sentence int // words
}

// onAir finds outlets that somebody speaks to where the attribution does not have them as
// its relay: in the same sentence, "Jane Doe said on NBC’s …", and for all that somebody
// says who is told elsewhere to have been interviewed there: "Doe appeared on NBC’s …".
// Of the names that the table of outlets knows only those count that cannot be taken for
// other words: initials, and those that end in "News".
func (s *scene) onAir(p *piece) {
	outlets := s.airedIn(p)
	p.aired = outlets
	if len(outlets) == 0 {
		return
	}
	for i := range p.r.Attributions {
		a := &p.r.Attributions[i]
		if p.cites[i].outlet != "" || a.Relay != nil || a.Cue.Zero() || a.Source == nil {
			continue
		}
		sentence := s.opening(p, a.Cue.Spans[0].Start)
		for _, o := range outlets {
			if at := int(p.words[o.at].start); o.sentence == sentence && o.outlet != p.outlet && (!inside(a.Content, at) || !o.told && p.behindMarks(a, at)) {
				p.cites[i] = o.citation
				break
			}
		}
	}
	s.interviewees(p, outlets)
}

// carryOn gives what somebody goes on to say to the outlet that he told the sentence
// before: "Doe told CBS News … He also said". It ends with the next block that he does not
// speak in, and where another outlet or channel is named.
func (p *piece) carryOn() {
	voice, block, last := nobody, 0, citation{}
	for _, i := range inOrder(p.r.Attributions) {
		a := &p.r.Attributions[i]
		if a.Cue.Zero() {
			continue
		}
		b := p.block(a.Cue.Spans[0].Start)
		switch v, c := p.voices[i], p.cites[i]; {
		case v == nobody || a.Parent != "":
		case c.outlet != "" && c.told:
			voice, block, last = v, b, c
		case v != voice || b > block+1 || c.outlet != "" || a.Relay != nil:
			voice = nobody
		default:
			p.cites[i] = last
			block = b
		}
	}
	p.keepOn()
}

// keepOn gives what somebody is quoted with further down to the one outlet that he spoke
// to, as far as the article tells: it quotes an interview from there on.
func (p *piece) keepOn() {
	to := map[int]citation{} // by voice; without outlet where there are several
	order := inOrder(p.r.Attributions)
	for _, i := range order {
		if c, v := p.cites[i], p.voices[i]; v != nobody && c.outlet != "" {
			if old, ok := to[v]; ok && old.outlet != c.outlet || !c.told {
				c = citation{}
			}
			to[v] = c
		} else if v != nobody && p.r.Attributions[i].Relay != nil {
			to[v] = citation{}
		}
	}
	spoke := map[int]bool{}
	for _, i := range order {
		a, v := &p.r.Attributions[i], p.voices[i]
		switch {
		case v == nobody || to[v].outlet == "":
		case p.cites[i].outlet != "":
			spoke[v] = true
		case spoke[v] && a.Quotation == whence.Direct && a.Parent == "" && !posted(a):
			p.cites[i] = to[v]
			p.cites[i].told = false // it is not sure enough to hold for others who print it
		}
	}
}

// behindOnto tells whether a place stands behind "on" or "told", as against "from".
func (s *scene) behindOnto(p *piece, at int) bool {
	i := s.indexOf(p, token{start: int32(at)})
	for k := i - 1; k >= max(0, i-2); k-- { // "told the Post"
		if k < len(p.words) && s.class(p, k).Has(english.Onto) {
			return true
		}
	}
	return false
}

// behindMarks tells whether a place stands behind all that is quoted of what is said:
// "that there were “persistent efforts”, the Post reports".
func (p *piece) behindMarks(a *whence.Attribution, at int) bool {
	quoted := quotedIn(p, a.Content.Spans)
	return len(quoted) > 0 && quoted[len(quoted)-1].End <= at
}

// inside tells whether a place stands in what is said.
func inside(content whence.Phrase, at int) bool {
	for _, span := range content.Spans {
		if span.Start <= at && at < span.End {
			return true
		}
	}
	return false
}

// firstReportedBy is the outlet that the sentence of a place names as the one that
// reported what it says.
func (s *scene) firstReportedBy(p *piece, at int) citation {
	if len(p.aired) == 0 {
		return citation{}
	}
	sentence := s.opening(p, at)
	for _, o := range p.aired {
		if o.sentence == sentence && !o.told && o.outlet != p.outlet {
			return o.citation
		}
	}
	return citation{}
}

// opening is the word that opens the sentence of a place.
func (s *scene) opening(p *piece, at int) int {
	i := min(s.indexOf(p, token{start: int32(at)}), len(p.words)-1)
	for i > 0 && !p.words[i].opens {
		i--
	}
	return i
}

// airedIn are the outlets of an article that stand behind "on" or "told", or beside
// "reports".
func (s *scene) airedIn(p *piece) []aired {
	var list []aired
	for i := 0; i+1 < len(p.words); i++ {
		switch class := s.class(p, i); {
		case len(list) >= mostSame:
			return list
		case class.Has(english.Onto):
			list = s.named(p, list, i+1, 1, true)
		case class.Has(english.Reports):
			n := len(list)
			if list = s.named(p, list, i+1, 1, false); len(list) == n && i > 0 {
				list = s.named(p, list, i-1, -1, false)
			}
		}
	}
	return list
}

// named adds the outlet whose name begins at a word, or ends there where step is -1.
func (s *scene) named(p *piece, list []aired, at, step int, told bool) []aired {
	for n := mostAir - 1; n >= 0; n-- {
		from, to := at, at+step*n
		if step < 0 {
			from, to = to, from
		}
		if from < 0 || to >= len(p.words) {
			continue
		}
		name := p.cut([]whence.Span{{Start: int(p.words[from].start), End: int(p.words[to].end)}})
		key, known := lineage.OutletKey(name)
		if !known || !cannotBeElse(name) && (told || n == 0 || !capital(name)) {
			continue
		}
		c := s.citation(p, name, true)
		if key == p.outlet {
			c = citation{outlet: key, piece: none}
		}
		c.told = told
		return append(list, aired{c, from, s.opening(p, int(p.words[from].start))})
	}
	return list
}

// capital tells whether a name ends in a word with a capital.
func capital(name string) bool {
	words := strings.Fields(name)
	return len(words) > 0 && unicode.IsUpper([]rune(words[len(words)-1])[0])
}

// cannotBeElse tells whether a name is of initials or ends in "News".
func cannotBeElse(name string) bool {
	return strings.HasSuffix(name, "News") || len(name) > 1 && strings.IndexFunc(name, func(r rune) bool { return !unicode.IsUpper(r) }) < 0
}

// interviewees gives what somebody says in an article to the outlet that the article
// names for the interview.
func (s *scene) interviewees(p *piece, outlets []aired) {
	to := map[string]citation{} // by id of a name; without outlet where there are several
	before := -1
	for _, o := range outlets {
		from := max(before+1, o.sentence)
		before = o.at
		if !o.told || !s.interviewed(p, from, o.at) {
			continue
		}
		for _, id := range s.speakersBy(p, from, o) {
			if old, ok := to[id]; ok && old.outlet != o.outlet {
				to[id] = citation{}
			} else {
				to[id] = o.citation
			}
		}
	}
	for i := range p.r.Attributions {
		a := &p.r.Attributions[i]
		if a.Source == nil || a.Relay != nil || p.cites[i].outlet != "" || a.Quotation == whence.Indirect || posted(a) {
			continue
		}
		if c := to[a.Source.Name]; c.outlet != "" && c.outlet != p.outlet {
			p.cites[i] = c
		}
	}
}

// speakersBy are the names of those who speak to an outlet in its sentence: whoever
// something is attributed to there, else all who are named before it.
func (s *scene) speakersBy(p *piece, from int, o aired) []string {
	end := o.at
	for end < len(p.words)-1 && !p.words[end+1].opens {
		end++
	}
	sentence := whence.Span{Start: int(p.words[o.sentence].start), End: int(p.words[end].end)}
	var list []string
	for i := range p.r.Attributions {
		if a := &p.r.Attributions[i]; a.Source != nil && a.Source.Name != "" && !a.Cue.Zero() && a.Parent == "" && sentence.Contains(a.Cue.Spans[0]) {
			list = append(list, a.Source.Name)
		}
	}
	if len(list) > 0 {
		return list
	}
	before := whence.Span{Start: int(p.words[from].start), End: int(p.words[o.at].start)}
	for _, n := range p.r.Names {
		if slices.ContainsFunc(n.Mentions, before.Contains) {
			list = append(list, n.ID)
		}
	}
	return list
}

// posted tells whether words were posted by the speaker himself.
func posted(a *whence.Attribution) bool {
	return slices.ContainsFunc(fields(a.Cue.Text), func(w string) bool { return english.Matter(w).Has(english.Posts) })
}

// interviewed tells whether a word for speaking to an outlet is among some.
func (s *scene) interviewed(p *piece, from, to int) bool {
	for _, t := range p.words[from:to] {
		if s.vocabulary.words[t.id].class.Has(english.Interviewed) {
			return true
		}
	}
	return false
}
