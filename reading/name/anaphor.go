package name

import (
	"math"
	"slices"
	"strings"

	"whence/english"
)

// referent is someone or something that was spoken of a short while ago.
type referent struct {
	bearer   *bearer // nil where it has no name
	at       int     // word of the last mention
	sentence int
	subject  bool
	owner    bool // the last mention only owned something: "Brandt's"
	quoted   bool
	speaks   bool // the last mention was the subject of a verb of saying
	times    int
	gender   int
	plural   bool
	person   bool
}

// remembered is how many referents compete for a pronoun, and reach how many
// sentences one may lie back.
const (
	remembered = 12
	reach      = 4
)

// resolver walks over a document and keeps whom it spoke of last.
type resolver struct {
	names    *Names
	d        *document
	bearers  []*bearer
	named    map[int]*bearer // first word of a mention → its bearer
	ends     map[int]int     // first word of a mention → the word after it
	recent   []*referent     // the latest first
	sentence int
	roles    []bool // by word: part of a role that is told with a name
}

// resolve finds whom pronouns and descriptions stand for.
func (n *Names) resolve(bearers []*bearer) {
	d := n.text
	r := &resolver{names: n, d: d, bearers: bearers, named: map[int]*bearer{}, ends: map[int]int{}, roles: make([]bool, len(d.words))}
	for _, b := range bearers {
		for _, i := range b.mentions {
			m := &d.mentions[i]
			r.ends[m.from] = m.to
			if b.kind != "" {
				r.named[m.from] = b
			}
			for _, role := range m.roles {
				for k := role.from; k < role.to; k++ {
					r.roles[k] = true
				}
			}
		}
	}
	for i, s := range d.sentences {
		r.sentence = i
		for at := s.from; at < s.to; {
			at = r.step(at, s)
		}
	}
}

// step reads what stands at a word and gives the word to go on with.
func (r *resolver) step(at int, s sentence) int {
	w := &r.d.words[at]
	if to, ok := r.ends[at]; ok {
		if b := r.named[at]; b != nil {
			r.speakOf(b, extent{at, to})
		}
		return to
	}
	switch {
	case w.class.Has(english.HePronoun | english.ShePronoun):
		r.person(at)
	case w.class.Has(english.ItPronoun):
		r.body(at, s)
	case w.class.Has(english.Definite):
		return r.described(at, s)
	case !r.roles[at] && w.tag.Noun():
		r.unnamed(at)
	}
	return at + 1
}

// speakOf brings a bearer to the front.
func (r *resolver) speakOf(b *bearer, e extent) {
	head := r.d.head(e)
	at := slices.IndexFunc(r.recent, func(x *referent) bool { return x.bearer == b })
	var x *referent
	if at >= 0 {
		x = r.recent[at]
	} else {
		x = &referent{bearer: b, person: b.kind == Person}
	}
	r.front(at, x)
	x.at, x.sentence, x.times = e.from, r.sentence, x.times+1
	x.gender = b.gender
	x.subject = r.d.isSubject(head) || r.d.words[head].label == english.NoLabel && r.d.words[e.from].first
	x.owner = r.d.words.has(e.to, english.Genitive) || r.d.words[head].label == english.NmodPoss
	x.quoted, x.speaks = r.d.quoted[e.from], r.says(head)
}

// front puts a referent, which stands at place at or nowhere if that is -1,
// before all others.
func (r *resolver) front(at int, x *referent) {
	if at >= 0 {
		r.recent = slices.Delete(r.recent, at, at+1)
	} else if len(r.recent) == remembered {
		r.recent = r.recent[:remembered-1]
	}
	r.recent = slices.Insert(r.recent, 0, x)
}

// isSubject tells whether a word is a subject or joined to one by "and".
func (d *document) isSubject(i int) bool {
	for range 3 {
		if d.words[i].label != english.Conj || d.words[i].head < 0 {
			break
		}
		i = d.words[i].head
	}
	return d.words[i].label.Subject()
}

// unnamed keeps a noun that competes for pronouns though it names nobody.
func (r *resolver) unnamed(at int) {
	w := &r.d.words[at]
	if w.label == english.Compound || w.tag == english.NNP || w.tag == english.NNPS {
		return
	}
	x := &referent{
		at: at, sentence: r.sentence, subject: w.label.Subject(), quoted: r.d.quoted[at], times: 1,
		person: w.class.Has(english.PersonNoun), plural: w.tag == english.NNS,
	}
	if w.class.Has(english.Masculine) {
		x.gender = 4
	} else if w.class.Has(english.Feminine) {
		x.gender = -4
	}
	if x.person || x.subject {
		r.front(-1, x)
	}
}

// person resolves "he" and "she" in all their forms.
func (r *resolver) person(at int) {
	sign := 1
	if r.d.words.has(at, english.ShePronoun) {
		sign = -1
	}
	r.answer(at, func(x *referent) float64 {
		if !x.person || x.plural {
			return excluded
		}
		return r.score(x, at) + agreement(x.gender*sign)
	})
}

// excluded is the score of what cannot be meant.
const excluded = -100

// agreement is what he or she says of a referent whose titles and given name
// have this much of the same, or of the other below 0.
func agreement(gender int) float64 {
	switch {
	case gender <= -3:
		return excluded
	case gender < 0:
		return -4
	case gender == 0:
		return 0
	}
	return 1.5
}

// score is how near at hand a referent is for a pronoun.
func (r *resolver) score(x *referent, at int) float64 {
	back := r.sentence - x.sentence
	if back > reach || r.sameClause(x, at) {
		return excluded
	}
	score := -0.9 * float64(back)
	if x.subject {
		score += 1.2
	}
	if x.owner {
		score -= 0.3
	}
	switch {
	case x.quoted == r.d.quoted[at]:
	case x.speaks && !x.quoted:
		score -= 2.5 // who speaks is "I" in the quotation
	default:
		score -= 0.6
	}
	if r.d.sentences[x.sentence].paragraph != r.d.sentences[r.sentence].paragraph {
		score -= 0.2
	}
	return score + 0.35*math.Log2(float64(x.times))
}

// sameClause tells whether a pronoun is the object of a verb whose subject is
// the referent, so that it cannot be meant.
func (r *resolver) sameClause(x *referent, at int) bool {
	w := &r.d.words[at]
	if x.sentence != r.sentence || w.class.Has(english.Reflexive) || w.head < 0 {
		return false
	}
	switch w.label {
	case english.Obj, english.Iobj, english.Obl:
		e := r.d.words[x.at]
		return e.head == w.head && e.label.Subject()
	}
	return false
}

// The least score of an answer, and how far ahead of the next it must be.
const (
	enough = -1.6
	ahead  = 0.9
)

// answer takes the referent with the best score, if it has a name and is ahead
// of all others, and notes whom the pronoun at a word stands for.
func (r *resolver) answer(at int, score func(*referent) float64) {
	best, next := -1, float64(excluded)
	top := float64(excluded)
	for i, x := range r.recent {
		switch s := score(x); {
		case s > top:
			best, next, top = i, top, s
		case s > next:
			next = s
		}
	}
	if best < 0 || top < enough {
		return
	}
	x := r.recent[best]
	lead := min(top-next, 4)
	if x.bearer == nil || lead < ahead {
		return
	}
	r.front(best, x)
	x.at, x.sentence, x.times = at, r.sentence, x.times+1
	x.subject = r.d.isSubject(at)
	x.owner = false
	x.quoted, x.speaks = r.d.quoted[at], r.says(at)
	if r.d.words.has(at, english.HePronoun) && x.gender >= 0 && x.gender < 2 {
		x.bearer.gender, x.gender = x.bearer.gender+1, x.gender+1
	} else if r.d.words.has(at, english.ShePronoun) && x.gender <= 0 && x.gender > -2 {
		x.bearer.gender, x.gender = x.bearer.gender-1, x.gender-1
	}
	r.note(extent{at, at + 1}, x.bearer, sure(lead), true)
}

// sure turns the lead of an answer into a share of right ones, as measured on
// the training part.
func sure(lead float64) float64 { return 0.7 + 0.05*lead }

func (r *resolver) note(e extent, b *bearer, score float64, pronoun bool) {
	r.names.Anaphors = append(r.names.Anaphors, Anaphor{
		Span: r.d.words.span(e.from, e.to), ID: identify(b.number), Score: score, Pronoun: pronoun,
	})
}

// body resolves "it" where a body says something of itself: it is the subject
// of a verb of saying that governs the pronoun, or was the subject of the
// sentence before and the pronoun says something in turn. "They" is left alone:
// on the training part it meant others than the one body at hand most times.
func (r *resolver) body(at int, s sentence) {
	label := r.d.words[at].label
	if !label.Subject() && label != english.NmodPoss {
		return
	}
	speaker := r.speakerOver(at, s)
	r.answer(at, func(x *referent) float64 {
		switch {
		case x.bearer == nil && (x.plural || x.person):
			return excluded
		case x.person && x.bearer != nil, r.d.quoted[at] != x.quoted:
			return excluded
		case x.bearer != nil && speaker >= 0 && x.sentence == r.sentence && x.at <= speaker && speaker < x.at+longestName:
			return 2
		case x.bearer != nil && (x.sentence != r.sentence-1 || !x.subject || !r.says(at)):
			return excluded
		}
		return r.score(x, at)
	})
}

// says tells whether a word is the subject of a verb of saying.
func (r *resolver) says(at int) bool {
	w := &r.d.words[at]
	return w.label.Subject() && w.head >= 0 && r.d.states(w.head)
}

// speakerOver is the subject of the nearest verb of saying over a word, -1
// where there is none.
func (r *resolver) speakerOver(at int, s sentence) int {
	verb := r.d.words[at].head
	for range 8 {
		if verb < s.from || verb >= s.to {
			return -1
		}
		if r.d.states(verb) {
			for i := verb - 1; i >= s.from && i > verb-longestName; i-- {
				if r.d.words[i].head == verb && r.d.words[i].label.Subject() && i != at {
					return i
				}
			}
		}
		verb = r.d.words[verb].head
	}
	return -1
}

// described resolves "the senator" and "the company", which begins at a word,
// and gives the word to go on with.
func (r *resolver) described(at int, s sentence) int {
	noun := at + 1
	for noun < s.to && noun < at+4 && r.d.modifies(noun) && noun+1 < s.to && r.d.modifies(noun+1) && !r.d.words[noun].capital {
		noun++
	}
	if noun >= s.to || !r.d.words.has(noun, english.PersonNoun|orgHead|english.Company) || r.d.words[noun].tag == english.NNS || r.roles[noun] {
		return at + 1
	}
	if _, named := r.ends[noun]; named {
		return at + 1
	}
	after := noun + 1
	if after < s.to && (r.d.words.has(after, english.Link|english.Amid|english.Who|english.NameWhich|english.Hyphen) || r.d.words[after].capital || r.d.words[after].tag.Noun()) {
		return at + 1
	}
	b := r.fitting(strings.ToLower(r.d.words[noun].Text), r.d.words[noun].class)
	if b == nil {
		return at + 1
	}
	e := extent{at, noun + 1}
	r.note(e, b, described, false)
	r.speakOf(b, e)
	return noun + 1
}

// described is the share of descriptions that are resolved rightly.
const described = 0.8

// fitting is the only one among those spoken of whom a noun fits, or nil.
func (r *resolver) fitting(noun string, class english.NameClass) *bearer {
	noun = english.SameName(noun)
	var exact, loose *bearer
	exacts, looses := 0, 0
	for _, x := range r.recent {
		b := x.bearer
		if b == nil {
			continue
		}
		switch {
		case r.d.calls(b, noun):
			if exacts++; exact == nil {
				exact = b
			}
		case class.Has(english.Company) && b.kind == Organisation && r.sentence-x.sentence <= 2:
			if looses++; loose == nil {
				loose = b
			}
		}
	}
	switch {
	case exacts == 1:
		return exact
	case exacts == 0 && looses == 1:
		return loose
	}
	return nil
}

// calls tells whether a noun is in the roles of a bearer or heads its name.
func (d *document) calls(b *bearer, noun string) bool {
	if b.kind == Person {
		for n, i := range b.mentions {
			if n >= mostRoles {
				break
			}
			for _, role := range d.mentions[i].roles {
				if d.headed(role, noun) {
					return true
				}
			}
		}
		return false
	}
	return d.headed(b.fullest, noun)
}

// headed tells whether a noun heads a phrase: it stands last, or before "of".
func (d *document) headed(e extent, noun string) bool {
	for i := e.from; i < e.to; i++ {
		if i+1 < e.to && !d.words.has(i+1, english.Link|english.Amid|english.NameAnd) {
			continue
		}
		if english.SameName(strings.ToLower(d.words[i].Text)) == noun {
			return true
		}
		if !d.words.has(i, english.NameAnd) {
			return false
		}
	}
	return false
}
