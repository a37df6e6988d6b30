package name

import (
	"strings"

	"whence/english"
)

// longestName is the most words of one name, and longestRole of one role.
const (
	longestName = 14
	longestRole = 14
)

// mention is a name where it stands.
type mention struct {
	extent
	sentence  int
	quoted    bool
	titled    bool // a title or role stands right before: a person
	described bool // a role stands after it
	gender    int  // of title and role: above 0 he, below 0 she
	roles     []extent
	seen      features
}

// detect finds the mentions of all sentences.
func (d *document) detect() {
	for i := range d.sentences {
		s := &d.sentences[i]
		for at := s.from; at < s.to; {
			run := d.run(at, s)
			if run.empty() {
				at++
				continue
			}
			d.split(run, i)
			at = run.to
		}
	}
	for i := range d.mentions {
		d.describe(&d.mentions[i])
	}
}

// run is the longest run of words that may be a name and begins at word from.
func (d *document) run(from int, s *sentence) extent {
	if !d.begins(from, s) {
		return extent{}
	}
	to := from + max(1, d.words.phrase(known, from, s.to))
	headed := d.words.has(from, orgHead) || d.words.has(to-1, orgHead)
	for to < s.to && to-from < longestName {
		step := d.joins(from, to, s, headed)
		if step == 0 {
			break
		}
		for i := to; i < to+step; i++ {
			headed = headed || d.words.has(i, orgHead)
		}
		to += step
	}
	return extent{from, to}
}

const (
	orgHead = english.OrgHead | english.GovHead
	// known are the names of several words that may begin as no name does:
	// "North Korea", "House of Representatives".
	known = english.Place | english.Body | english.GovernmentBody
)

// begins tells whether a name may begin at word i.
func (d *document) begins(i int, s *sentence) bool {
	w := &d.words[i]
	if w.capital && d.words.phrase(known, i, s.to) > 1 {
		return true
	}
	if w.class.Has(english.NoName) || !d.proper(i) {
		return false
	}
	return w.capital || !w.class.Has(english.NameParticle) || isJoined(w)
}

// proper tells whether word i is a proper noun, by its tag and its capital.
func (d *document) proper(i int) bool {
	w := &d.words[i]
	if !w.capital {
		return isJoined(w)
	}
	switch {
	case w.tag == english.NoTag:
		return !w.first && english.Lookup(w.Text).Class&small == 0 || w.class.Has(english.Given|english.Place|english.Honorific|english.Body|english.GovernmentBody)
	case w.tag == english.NNP || w.tag == english.NNPS, isAcronym(w.Text) && len(w.Text) > 2:
		return true
	case w.first:
		return false
	}
	return w.tag.Noun() || w.tag == english.JJ || w.tag == english.FW || w.tag.Verb() || w.tag == english.CD && isAcronym(w.Text)
}

// small are the word classes that begin sentences and are no names.
const small = english.Determiner | english.Pronoun | english.Possessive | english.Preposition | english.Conjunction |
	english.Subordinator | english.Auxiliary | english.Wh | english.Negation | english.Adverb | english.Time

// isJoined tells a particle written together with its name: "al-Karvi".
func isJoined(w *word) bool {
	particle, rest, ok := strings.Cut(w.Text, "-")
	return ok && !w.capital && isCapital(rest) && english.NameWord(particle).Has(english.NameParticle)
}

// joins is the number of words from word to on that continue the name which
// began at word from.
func (d *document) joins(from, to int, s *sentence, headed bool) int {
	w := &d.words[to]
	next := to+1 < s.to
	switch {
	case w.capital:
		if d.joinsCapital(to) {
			return 1
		}
		return 0
	case d.words.is(to, "-", "–", "'", "’") && next && w.Start == d.words[to-1].End && d.words[to+1].Start == w.End && (d.proper(to+1) || d.isSecondSyllable(from, to+1, s)):
		return 2
	case w.Text == "&" && next && d.words[to+1].capital:
		return 2
	case isJoined(w):
		return 1
	case d.isMark(to) && next && w.End == d.words[to+1].Start:
		return d.nickname(to, s)
	case w.class.Has(english.NameParticle) && !w.capital && next:
		return d.particles(to, s)
	case w.class.Has(english.Link|english.NameAnd) && next:
		return d.link(from, to, s, headed)
	case w.class.Has(english.Suffix) && d.words.has(from, english.Given):
		return 1
	case next && d.joinsTwo(to):
		return 2
	}
	return 0
}

// joinsCapital tells whether the capitalised word to goes on a name: a month
// or day only after a given name, as in "Theresa May".
func (d *document) joinsCapital(to int) bool {
	w := &d.words[to]
	if !w.class.Has(english.NoName) || d.words.has(to-1, english.GivenHe|english.GivenShe) && isInitial(w.Text) {
		return d.proper(to) || w.tag == english.NoTag
	}
	return d.words.has(to-1, english.Given) && w.tag == english.NNP
}

// joinsTwo tells whether word to and the next go on a name: "King's College",
// "Brandt, Jr.", "Gull, Inc.".
func (d *document) joinsTwo(to int) bool {
	w, after := &d.words[to], &d.words[to+1]
	switch {
	case !after.capital:
		return false
	case w.class.Has(english.Genitive):
		return d.words.has(to+1, english.OrgHead) && !d.words.has(to-1, english.Place)
	}
	return w.Text == "," && d.words.has(to+1, english.OrgSuffix|english.Suffix)
}

// isSecondSyllable tells the "moon" of a given name like Ki-moon, after a
// family name, from the second part of "Karvik-born" or "Ferry Board-owned".
func (d *document) isSecondSyllable(from, i int, s *sentence) bool {
	w := &d.words[i]
	if w.tag != english.NN && w.tag != english.NNP || i-from < 3 || d.words.phrase(known, from, i-1) > 1 || d.words.has(i-2, english.Place) {
		return false
	}
	return i+1 == s.to || !d.modifies(i+1)
}

// nickname is the number of words from the mark at word to on of
// Dov "the Gantry" Marrick.
func (d *document) nickname(to int, s *sentence) int {
	at := to + 1
	if d.words.has(at, english.The) {
		at++
	}
	if at+2 < s.to && d.words[at].capital && d.isMark(at+1) && d.words[at+2].capital && d.proper(at+2) && !d.words.has(at+2, english.NoName) {
		return at + 3 - to
	}
	return 0
}

// particles is the number of words of "de la Cruz".
func (d *document) particles(to int, s *sentence) int {
	for n := 1; n <= 3 && to+n < s.to; n++ {
		switch w := &d.words[to+n]; {
		case w.capital && d.proper(to+n):
			return n + 1
		case !w.class.Has(english.NameParticle) && w.Text != "-":
			return 0
		}
	}
	return 0
}

// link is the number of words of "of Fisheries" after "Ministry", of "of
// State" after "Secretary", and of "and Human Services" after "Department of
// Health".
func (d *document) link(from, to int, s *sentence, headed bool) int {
	after := to + 1
	if d.words.has(after, english.The) {
		after++
	}
	if after >= s.to || !d.words[after].capital || !d.proper(after) || d.words.has(after, english.NoName) {
		return 0
	}
	switch {
	case d.words.has(to, english.NameAnd):
		linked := false
		for i := from; i < to; i++ {
			linked = linked || d.words.has(i, english.Link)
		}
		if !headed || !linked || after != to+1 || d.words.has(after, english.Given|english.Honorific|english.CountryName|orgHead) {
			return 0
		}
		return 2
	case headed:
		return after + 1 - to
	case d.words.has(to, english.NameOf) && after == to+1 && d.words.phrase(english.Portfolio, after, s.to) > 0 && d.words.has(to-1, english.Officer):
		return 1 + d.words.phrase(english.Portfolio, after, s.to)
	}
	return 0
}

// split makes the mentions of a run: what comes before a title, the title, and
// the person.
func (d *document) split(run extent, sentence int) {
	if d.sentences[sentence].headline && run.to-run.from > 4 {
		return
	}
	run = d.trim(run)
	if run.empty() {
		return
	}
	person := d.titled(run)
	if person == run.to { // no title, or nothing but one
		d.keep(mention{extent: d.people(run), sentence: sentence})
		return
	}
	role := extent{d.roleStart(run.from, person), person}
	if role.from > run.from {
		if before := (extent{run.from, role.from}); d.isKnown(before) {
			d.keep(mention{extent: before, sentence: sentence})
		}
		role.from = run.from
	}
	m := mention{extent: extent{person, run.to}, sentence: sentence, titled: true}
	m.gender = d.genderOf(role)
	if role = d.widen(role); !d.bare(role) {
		m.roles = append(m.roles, role)
	}
	d.keep(m)
}

// isKnown tells whether the words before a title are a body by their looks.
func (d *document) isKnown(e extent) bool {
	return d.words.has(e.to-1, orgHead|english.OrgSuffix) || d.words.whole(english.Body|english.GovernmentBody, e.from, e.to) ||
		e.to-e.from == 1 && (isAcronym(d.words[e.from].Text) || hasInnerCapital(d.words[e.from].Text)) && !d.words.has(e.from, english.Place)
}

// trim takes marks and what is no part of a name off the ends.
func (d *document) trim(run extent) extent {
	for !run.empty() && d.words.has(run.from, english.Article) {
		run.from++
	}
	for !run.empty() && (d.words.has(run.to-1, english.Link|english.NameAnd|english.Hyphen) || d.words.has(run.to-1, english.NoName) && run.to-run.from > 2) {
		run.to--
	}
	return run
}

// titled is the word at which the person of "President Orla Brandt" begins; the
// end of the run where there is no title.
func (d *document) titled(run extent) int {
	for t := run.to - 2; t >= run.from; t-- {
		if !d.words.has(t, english.Honorific) || d.words.has(t, english.Given) && t > run.from {
			continue
		}
		after := t + 1
		if d.words.has(after, english.NameOf) {
			after++
			after += d.words.phrase(english.Portfolio, after, run.to)
		}
		if after < run.to && d.mayBePerson(extent{after, run.to}) {
			return d.skipRank(extent{after, run.to})
		}
		return run.to
	}
	return run.to
}

// skipRank goes past words of a title that are no name, to a given name: of
// "Miss Karvik Orla Brandt" to "Orla".
func (d *document) skipRank(e extent) int {
	if e.to-e.from > 2 && !d.words.has(e.from, english.Given|english.NameParticle) && !isInitial(d.words[e.from].Text) && d.words.has(e.from+1, english.Given) {
		return e.from + 1
	}
	return e.from
}

// mayBePerson tells whether nothing in the words says otherwise.
func (d *document) mayBePerson(e extent) bool {
	if e.to-e.from > 6 || d.words.has(e.from, english.Honorific|orgHead) && !d.words.has(e.from, english.Given) {
		return false
	}
	for i := e.from; i < e.to; i++ {
		if d.words.has(i, orgHead|english.OrgSuffix) && !d.words.has(i, english.Given|english.Suffix) || d.words.has(i, english.Link|english.NameAnd) {
			return false
		}
	}
	return !d.words[e.to-1].capital || !d.words.has(e.to-1, english.PlaceHead|english.OtherHead|english.CountryName) || d.words.has(e.from, english.Given)
}

// roleStart is where the title that ends at word to begins.
func (d *document) roleStart(from, to int) int {
	i := to - 1
	for i > from && (d.words.has(i-1, english.Honorific|english.Ranking|english.PersonNoun|english.Portfolio) || d.words.has(i-1, english.NameOf|english.Hyphen)) {
		i--
	}
	return i
}

// widen takes in what stands before a role in the sentence and belongs to it:
// "former", "Mexican", "acting".
func (d *document) widen(role extent) extent {
	from := role.from
	for n := 0; n < 3 && from > 0; n++ {
		i := from - 1
		if d.words[i].first && d.words[i].capital && !d.words.has(i, english.Demonym|english.Ranking|english.Honorific) || !d.words.has(i, english.Ranking|english.Demonym|english.PersonNoun) {
			break
		}
		from = i
	}
	return extent{from, role.to}
}

// bare tells a title that is no office: "Mr.", "Dr.".
func (d *document) bare(role extent) bool {
	if role.to-role.from != 1 {
		return false
	}
	w := d.words[role.from].Text
	return d.words.has(role.from, english.Masculine|english.Feminine) && !d.words.has(role.from, english.PersonNoun) || strings.HasSuffix(w, ".") && len(w) <= 3
}

// people takes a people's name off the front of a person: "Russian" of
// "Russian Vladimir".
func (d *document) people(run extent) extent {
	for run.to-run.from > 1 && d.words.has(run.from, english.Demonym) && d.words.has(run.from+1, english.Given) {
		run.from++
	}
	return run
}

// keep adds a mention, unless it is none: a people, a title, one letter.
func (d *document) keep(m mention) {
	m.extent = d.trim(m.extent)
	if m.empty() {
		return
	}
	if m.to-m.from == 1 {
		w := &d.words[m.from]
		if w.class.Has(english.Demonym|english.NoName) || w.class.Has(english.Honorific) && d.words.has(m.to, english.NameOf) || isInitial(w.Text) || !m.titled && w.class.Has(english.Honorific|english.PersonNoun) && !w.class.Has(english.Given|english.Body) {
			return
		}
	}
	m.quoted = d.quoted[m.from]
	d.mentions = append(d.mentions, m)
}

func (d *document) genderOf(role extent) int {
	g := 0
	for i := role.from; i < role.to; i++ {
		switch {
		case d.words.has(i, english.Masculine):
			g++
		case d.words.has(i, english.Feminine):
			g--
		}
	}
	return g
}

// describe finds the roles around a mention and what else the words about it
// tell.
func (d *document) describe(m *mention) {
	s := d.sentences[m.sentence]
	if !m.titled {
		role := d.roleBefore(m.from, s)
		if role.empty() {
			role = d.roleBack(m.from, s)
		}
		if !role.empty() && d.mayBePerson(m.extent) {
			m.titled, m.gender = true, d.genderOf(role)
			m.roles = append(m.roles, role)
		}
	}
	if role := d.roleAfter(m.to, s); !role.empty() && d.mayBePerson(m.extent) {
		m.described = true
		m.gender += d.genderOf(role)
		m.roles = append(m.roles, role)
	}
	m.seen = d.featuresOf(m)
}

// roleBefore is the role in small letters right before word to: "ferry company
// spokeswoman", or before a comma, "the harbour mayor,".
func (d *document) roleBefore(to int, s sentence) extent {
	end := to
	if d.words.is(to-1, ",") {
		end--
	}
	if end <= s.from || !d.words.has(end-1, english.PersonNoun) || d.words[end-1].capital || end < to && !d.definite(end, s) {
		return extent{}
	}
	from := end - 1
	for from > s.from && end-from < longestRole && d.modifies(from-1) {
		from--
	}
	return extent{from, end}
}

// roleBack is the role of "a spokesman for the ministry, Anders Holm": between
// an article and the comma, with a preposition after its noun.
func (d *document) roleBack(to int, s sentence) extent {
	if !d.words.is(to-1, ",") {
		return extent{}
	}
	for i := to - 2; i > s.from && to-i < longestRole && d.inRole(i); i-- {
		if d.words[i].capital || !d.words.has(i, english.PersonNoun) || !d.words.has(i+1, english.Link|english.Amid) {
			continue
		}
		from := i
		for from > s.from && to-from < 2*longestRole && d.modifies(from-1) {
			from--
		}
		if from > s.from && d.words.has(from-1, english.Article|english.Owner) {
			return extent{from, to - 1}
		}
	}
	return extent{}
}

// definite tells whether the noun phrase that ends before word end begins with
// an article or possessive.
func (d *document) definite(end int, s sentence) bool {
	i := end - 1
	for i > s.from && end-i < longestRole && d.modifies(i-1) {
		i--
	}
	return i > s.from && d.words.has(i-1, english.The|english.Owner|english.Genitive)
}

// modifies tells whether word i may stand before the noun of a role.
func (d *document) modifies(i int) bool {
	w := &d.words[i]
	if w.tag == english.NoTag {
		return w.class.Has(english.Ranking|english.Demonym|english.PersonNoun|english.Portfolio) && !w.class.Has(english.Given)
	}
	return w.tag.Noun() || w.tag == english.JJ || w.tag == english.HYPH
}

// roleAfter is the role between commas after word from: "the mayor of Karvik".
func (d *document) roleAfter(from int, s sentence) extent {
	if !d.words.is(from, ",", "(", "—", "–") || from+1 >= s.to {
		return extent{}
	}
	at := from + 1
	if d.words.isAge(at) && d.words.is(at+1, ",") {
		at += 2
	}
	if d.words.has(at, english.Article|english.Owner) {
		at++
	}
	to, head, post := at, -1, false
	for to < s.to && to-at < longestRole && d.inRole(to) {
		if d.words[to].tag == english.IN || d.words.has(to, english.Link|english.Amid|english.NameAnd|english.NameBy) {
			post = true
		}
		if !post && d.words.has(to, english.PersonNoun) {
			head = to
		}
		to++
	}
	if head < 0 || to == s.to || to-at >= longestRole || d.words[to].tag.Verb() && to == head+1 {
		return extent{}
	}
	return extent{at, to}
}

// inRole tells whether word i may stand inside of a role between commas.
func (d *document) inRole(i int) bool {
	w := &d.words[i]
	switch w.tag {
	case english.Comma, english.Stop, english.Colon, english.CloseBracket, english.OpenBracket, english.WP, english.WDT, english.VBD, english.VBZ, english.VBP, english.MD,
		english.OpenQuote, english.CloseQuote, english.PRP:
		return false
	case english.NoTag:
		return isWord(w.Text) && english.Lookup(w.Text).Verb == nil || w.class.Has(english.Hyphen|english.Genitive)
	}
	return !w.class.Has(english.Who | english.NameWhich)
}
