package story

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/english"
)

// nobody is the voice of what nobody is named for.
const nobody = -1

// voice is a source as it is known through all articles of a story.
type voice struct {
	Source
	key    string
	body   int  // the body that a person's office belongs to, or nobody
	speaks bool // speaks for it and not for himself
}

// cast are the voices of a story.
type cast struct {
	voices   []voice
	byKey    map[string]int
	holders  map[string]int            // person by the stems of an office; nobody where several hold it
	surnames map[string]string         // key of the person whom a surname stands for; "" where it cannot be told
	full     map[string]map[string]int // articles that name a person in full, by surname and key
	aliases  map[string]string         // keys of longer names by those that end them and are used more
	forms    map[int]map[string]int    // articles that use each form of a voice's name
	acronyms map[string]string         // key of the one body of some initials
	bodies   map[string][]int          // voices by the stem of their last word
	roles    map[int][][]string        // stems of what persons are called
	groups   map[string]groupSet       // unnamed groups by where they were reported first
	here     map[string]string         // keys of the persons whom the article that is met names in full, by surname
	near     map[string]int            // bodies of the article that is met, by the stem of their last word
	beside   map[int]int               // the body that a person was first named next to by an office of it
	told     map[string]int            // those that are counted, by outlet, noun and number
}

// groupSet are the unnamed groups of one report, in the order of the text.
type groupSet map[string]int

func newCast() *cast {
	return &cast{byKey: map[string]int{}, holders: map[string]int{}, surnames: map[string]string{}, acronyms: map[string]string{},
		bodies: map[string][]int{}, roles: map[int][][]string{}, groups: map[string]groupSet{}, told: map[string]int{}, beside: map[int]int{}, full: map[string]map[string]int{}, aliases: map[string]string{}, forms: map[int]map[string]int{}}
}

// reportOf names the report that a piece's unnamed sources spoke to: of a copy, that of
// what it is a copy of.
func (c *cast) reportOf(p *piece) string {
	if p.whose == "" && p.from != nil {
		return p.from.report()
	}
	return p.report()
}

// learn notes the names of an article, for the short forms that others use.
func (c *cast) learn(r *whence.Reading) {
	for _, n := range r.Names {
		key := personKey(n.Name)
		words := strings.Fields(n.Name)
		switch {
		case key == "" || len(words) < 2:
		case n.Kind == string(whence.SourcePerson):
			surname := plainName(words[len(words)-1])
			if c.full[surname] == nil {
				c.full[surname] = map[string]int{}
			}
			c.full[surname][key]++
		default:
			var initials []rune
			for _, w := range words {
				if r := []rune(w)[0]; unicode.IsUpper(r) {
					initials = append(initials, unicode.ToLower(r))
				}
			}
			if len(initials) > 1 {
				unique(c.acronyms, string(initials), key)
			}
		}
	}
}

// unique sets m[k] to v, or to nothing where it is another already.
func unique(m map[string]string, k, v string) {
	if old, ok := m[k]; ok && old != v {
		v = ""
	}
	m[k] = v
}

// mostlyOf is of how many times as many articles a person is whom a surname stands for,
// where others have it too.
const mostlyOf = 4

// settle finds whom a surname stands for: the only one who has it, or who has it in
// nearly all articles.
func (c *cast) settle() {
	for surname, keys := range c.full {
		best, others := "", 0
		for key, n := range keys {
			switch {
			case best == "" || n > keys[best] || n == keys[best] && key < best:
				others += keys[best]
				best = key
			default:
				others += n
			}
		}
		if keys[best] >= mostlyOf*others {
			c.surnames[surname] = best
		}
		for key, n := range keys { // with a word before it that is not of the name
			for short, m := range keys {
				if m > n && (len(short) < len(key) && strings.HasSuffix(key, short) || len(short) >= leastMisspelt && slipOfLetters(key, short)) {
					c.aliases[key] = short
				}
			}
		}
	}
}

// leastMisspelt is the fewest letters of a surname that is taken for another with a
// letter more or less.
const leastMisspelt = 6

// misspelt is the key of the one person whose surname a key is but for a letter that
// was left out or added; or the key.
func (c *cast) misspelt(key string) string {
	if len(key) < leastMisspelt || c.surnames[key] != "" {
		return key
	}
	found := ""
	for surname, full := range c.surnames {
		if full != "" && len(surname) >= leastMisspelt && slipOfLetters(surname, key) {
			if found != "" && found != full {
				return key
			}
			found = full
		}
	}
	return cmp.Or(found, key)
}

// slipOfLetters tells whether one word is another with a letter more, or with letters
// that changed places.
func slipOfLetters(a, b string) bool {
	if len(a) != len(b) {
		return oneMore(a, b)
	}
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return string(x) == string(y)
}

// oneMore tells whether one of two words is the other with a letter more.
func oneMore(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a) != len(b)+1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	return a[i+1:] == b[i:]
}

// personKey is a name as it is compared: without initials between others.
func personKey(name string) string {
	words := strings.Fields(name)
	kept := words[:0:0]
	for i, w := range words {
		if i > 0 && i < len(words)-1 && len([]rune(strings.Trim(w, "."))) == 1 {
			continue
		}
		kept = append(kept, w)
	}
	return plainName(strings.Join(kept, " "))
}

// named is the voice of a name.
func (c *cast) named(name string, kind whence.SourceKind) int {
	key := personKey(name)
	surname := !strings.Contains(name, " ") && kind != whence.SourceOrganisation // "The Hill" is none
	if full := c.here[key]; full != "" && surname {
		key = full
	} else if full := c.surnames[key]; full != "" && surname {
		key = full
	} else if full := c.acronyms[key]; full != "" && strings.ToUpper(name) == name {
		key = full
	}
	if short := c.aliases[key]; short != "" {
		key = short
	} else if !strings.Contains(name, " ") && kind == whence.SourcePerson {
		key = c.misspelt(key)
	}
	v := c.voice("n:"+key, Source{Name: name, Kind: kind})
	if c.forms[v] == nil {
		c.forms[v] = map[string]int{}
	}
	c.forms[v][name]++
	return v
}

// callThem gives each voice the form of its name that is used most, of those in
// full.
func (c *cast) callThem() {
	for v, forms := range c.forms {
		best := ""
		for name, n := range forms {
			if best == "" || better(name, n, best, forms[best]) {
				best = name
			}
		}
		c.voices[v].Name = best
	}
}

// better tells whether one form of a name, used n times, is to be shown before another.
func better(name string, n int, old string, m int) bool {
	words := func(s string) int { return min(2, len(strings.Fields(s))) }
	shouted := func(s string) int {
		if strings.ToUpper(s) == s {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(words(name), words(old)), cmp.Compare(shouted(name), shouted(old)), cmp.Compare(n, m), cmp.Compare(len(name), len(old)), cmp.Compare(old, name)) > 0
}

func (c *cast) voice(key string, s Source) int {
	v, ok := c.byKey[key]
	if !ok {
		v = len(c.voices)
		c.byKey[key] = v
		c.voices = append(c.voices, voice{Source: s, key: key, body: nobody})
	}
	return v
}

// meet gives each attribution of an article its voice. Articles come in the order
// of time.
func (c *cast) meet(p *piece) {
	r := p.r
	names := make(map[string]*whence.Name, len(r.Names))
	for i := range r.Names {
		names[r.Names[i].ID] = &r.Names[i]
	}
	p.voices = make([]int, len(r.Attributions))
	c.near = map[string]int{}
	c.here = map[string]string{}
	for _, n := range r.Names {
		if words := strings.Fields(n.Name); n.Kind == string(whence.SourcePerson) && len(words) > 1 {
			unique(c.here, plainName(words[len(words)-1]), personKey(n.Name))
		}
	}
	spoke := turn{body: nobody, person: nobody}
	official := spoke                // who spoke last that holds an office
	last, told := nobody, citation{} // the unnamed group that was spoken of last, and whom it told
	for _, i := range inOrder(r.Attributions) {
		a := &r.Attributions[i]
		p.voices[i] = nobody
		if a.Source == nil {
			continue
		}
		at := p.block(startOf(a.Cue))
		before := spoke.whom(a.Source, at)
		var v int
		n := names[a.Source.Name]
		holder := c.holderNamed(n)
		switch {
		case holder != nobody && !a.Source.Anonymous:
			v = holder
		case n != nil && !a.Source.Anonymous:
			v = c.ofName(a.Source, n, r)
		case before != nobody:
			v = before // "it added"
		case a.Source.Anonymous, last != nobody && someOf(a.Source.Text):
			v = c.unnamed(p, i, last)
			if v == last && p.cites[i].outlet == "" {
				p.cites[i] = told // they told it to the outlet that is named before
			}
			last, told = v, p.cites[i]
		default:
			v = c.described(p, a.Source)
		}
		p.voices[i] = v
		if v != nobody {
			spoke = turn{body: c.ifBody(v), person: c.ifPerson(v), called: c.voices[v].Name + " " + a.Source.Text, at: at}
			if len(c.roles[v]) > 0 && spoke.person != nobody {
				official = spoke
			}
		}
		if ownTurn(a.Source.Text) && official.person != nobody {
			spoke = official // of whom the outlet asks something
			spoke.at = at
		}
		if w := fields(c.name(v)); len(w) > 0 && c.voices[v].Kind != whence.SourcePerson && !c.voices[v].Anonymous {
			c.near[english.Stem(w[len(w)-1])] = v
		}
	}
}

// holderNamed is who holds an office that was read as a person's name, "the Interior
// Minister".
func (c *cast) holderNamed(n *whence.Name) int {
	if n == nil || n.Kind != string(whence.SourcePerson) || !endsInOffice(n.Name) {
		return nobody
	}
	return c.holder(officeStems(n.Name))
}

// ofName is the voice of a source that has a name.
func (c *cast) ofName(source *whence.Source, n *whence.Name, r *whence.Reading) int {
	kind := source.Kind
	if kind == "" || kind == whence.SourceUnknown {
		kind = whence.SourceKind(n.Kind)
	}
	v := c.named(c.wholeBefore(wholeName(source.Text, n), r), kind)
	for _, role := range n.Roles {
		c.called(v, role, "")
	}
	c.called(v, source.Text, n.Name)
	return v
}

// turn is who spoke last.
type turn struct {
	body, person int    // a voice, or nobody
	called       string // by what words
	at           int    // the block
}

// whom is the voice that "it", "he" or "she" stands for, in the block of the last turn or
// the next; or nobody.
func (t turn) whom(s *whence.Source, at int) int {
	switch {
	case at-t.at > 1:
	case itself(s.Text):
		return t.body
	case heOrShe(s, t.called):
		return t.person
	}
	return nobody
}

// wholeName is the name of a source, with what stands before "and" in the name of a body:
// "the Dock and Harbour Union", of which the name is read as "Harbour Union".
func wholeName(source string, n *whence.Name) string {
	if n.Kind == string(whence.SourcePerson) {
		return n.Name
	}
	if long := nameIn(source); strings.HasSuffix(long, " and "+n.Name) {
		return long
	}
	return n.Name
}

// wholeBefore is a name, or the whole name of the body of which it is the end, where the
// article names that: then "the union" is no other union, and "the Ports Authority" that
// of the one region whose authority it names.
func (c *cast) wholeBefore(name string, r *whence.Reading) string {
	w := fields(name)
	if len(w) < 2 {
		return name
	}
	whole, several := "", false
	for _, n := range r.Names {
		if n.Kind != string(whence.SourcePerson) && strings.HasSuffix(n.Name, " "+name) {
			whole, several = n.Name, whole != ""
		}
	}
	if whole != "" && !several {
		return whole
	}
	if b, ok := c.near[english.Stem(w[len(w)-1])]; ok && strings.HasSuffix(c.voices[b].key, "and"+personKey(name)) {
		return c.voices[b].Name
	}
	return name
}

// ownTurn tells whether the outlet itself speaks: "this newspaper asked about the cargo".
func ownTurn(source string) bool {
	w := fields(source)
	return len(w) == 2 && !english.Matter(w[0]).Has(english.KnownBefore) && english.Matter(w[0]).Has(english.EmptyWord) && english.Matter(w[1]).Has(english.OwnOutlet)
}

// itself tells whether a source is "it", which stands for a body.
func itself(source string) bool { return english.NameWord(source).Has(english.ItPronoun) }

// heOrShe tells whether a source is "he" or "she", of whom nothing else is known, and may
// be a person who is called by some words.
func heOrShe(s *whence.Source, called string) bool {
	pronoun := english.NameWord(s.Text)
	if s.Name != "" || s.Anonymous || !pronoun.Has(english.HePronoun|english.ShePronoun) {
		return false
	}
	other := english.GivenHe | english.Masculine
	same := english.GivenShe | english.Feminine
	if pronoun.Has(english.HePronoun) {
		same, other = other, same
	}
	return !slices.ContainsFunc(strings.Fields(called), func(w string) bool {
		class := english.NameWord(strings.Trim(w, ".,"))
		return class.Has(other) && !class.Has(same)
	})
}

// ifPerson is a voice that "he" or "she" may stand for next: of a person who is named; or
// nobody.
func (c *cast) ifPerson(v int) int {
	if c.voices[v].Kind == whence.SourcePerson && strings.HasPrefix(c.voices[v].key, "n:") {
		return v
	}
	return nobody
}

// ifBody is a voice that "it" may stand for next: a body's or a document's; or nobody.
func (c *cast) ifBody(v int) int {
	switch c.voices[v].Kind {
	case whence.SourceOrganisation, whence.SourceGovernment, whence.SourceDocument:
		return v
	}
	return nobody
}

func (c *cast) name(v int) string {
	if v == nobody {
		return ""
	}
	return c.voices[v].Name
}

// called notes what somebody is called: an office that others may name alone.
func (c *cast) called(v int, words, name string) {
	own := fields(name)
	var stems []string
	role := false
	for _, w := range fields(words) {
		m := english.Matter(w)
		if w == "," || m.Has(english.EmptyWord) || slices.Contains(own, w) {
			continue
		}
		role = role || m.Has(english.RoleHead)
		stems = append(stems, english.Stem(w))
	}
	if !role || len(stems) == 0 || len(stems) > 8 {
		return
	}
	for _, stem := range stems {
		if b, ok := c.near[stem]; ok && b != v {
			if _, ok := c.beside[v]; !ok {
				c.beside[v] = b
			}
		}
	}
	for _, old := range c.roles[v] {
		if slices.Equal(old, stems) {
			return
		}
	}
	c.roles[v] = append(c.roles[v], stems)
	key := strings.Join(stems, " ")
	if old, ok := c.holders[key]; ok && old != v {
		v = nobody
	}
	c.holders[key] = v
}

// described is the voice of a source that is neither named nor said to be
// unnamed: the holder of an office, or whoever the words stand for in this
// article.
func (c *cast) described(p *piece, s *whence.Source) int {
	stems := officeStems(s.Text)
	if len(stems) == 0 {
		return nobody
	}
	key := strings.Join(stems, " ")
	if v := c.holder(stems); v != nobody {
		return v
	}
	if name := nameBehind(s); name != "" {
		v := c.named(name, s.Kind)
		c.called(v, s.Text, name)
		return v
	}
	if n := len(stems); n > 1 && english.Matter(stems[n-1]).Has(english.Speaks) {
		if v, ok := c.near[stems[n-2]]; ok {
			return v // "a ministry spokesman", of the ministry that is named before
		}
	}
	if name := nameIn(s.Text); name != "" && !isOffice(name) {
		return c.named(name, s.Kind)
	}
	if v, ok := c.near[stems[len(stems)-1]]; ok && len(stems) == 1 && strings.Count(s.Text, " ") == 1 && c.voices[v].Kind != whence.SourceDocument {
		return v // "the union", which is named before
	}
	switch s.Kind {
	case whence.SourceOrganisation, whence.SourceGovernment:
		return c.named(s.Text, s.Kind)
	}
	return c.voice("t:"+c.reportOf(p)+":"+key, Source{Name: strings.Trim(s.Text, ", "), Kind: s.Kind})
}

// officeStems are the stems of the words for somebody, without those that say nothing.
func officeStems(words string) []string {
	var stems []string
	for _, w := range fields(words) {
		if w != "," && !english.Matter(w).Has(english.EmptyWord) {
			stems = append(stems, english.Stem(w))
		}
	}
	return stems
}

// endsInOffice tells whether the last word of a name is an office.
func endsInOffice(name string) bool {
	w := fields(name)
	return len(w) > 1 && english.Matter(w[len(w)-1]).Has(english.RoleHead)
}

// holder is the one person who is called by some words, as stems; or nobody.
func (c *cast) holder(stems []string) int {
	if v, ok := c.holders[strings.Join(stems, " ")]; ok {
		return v
	}
	return nobody
}

// isOffice tells whether a name is an office by which somebody is spoken to or of: "Mr.
// President".
func isOffice(name string) bool {
	return !slices.ContainsFunc(fields(name), func(w string) bool { return !english.Matter(w).Has(english.EmptyWord | english.RoleHead) })
}

// someOf tells whether words stand for some of a group that was named before: "one of
// them", "the third".
func someOf(words string) bool {
	head, _ := headOf(words)
	return head == "" && strings.Contains(words, " ")
}

// unnamed is the voice of an unnamed source. It belongs to the report that told of
// it first: a group of officials who speak to one outlet is one source, whatever
// number of outlets retell it.
func (c *cast) unnamed(p *piece, i, last int) int {
	a := &p.r.Attributions[i]
	head, single := headOf(a.Source.Text)
	if last != nobody && (head == "" || !single && p.cites[i].outlet == "" && strings.HasSuffix(c.voices[last].key, ":"+head)) {
		return last
	}
	where := c.reportOf(p)
	if o := p.cites[i]; o.outlet != "" {
		where = o.key()
	}
	groups := c.groups[where]
	if groups == nil {
		groups = groupSet{}
		c.groups[where] = groups
	}
	key := head
	if single {
		key += " " + strings.Join(fields(a.Source.Text), " ")
	}
	v, ok := groups[key]
	if !ok && p.cites[i].outlet != "" && len(groups) > 0 && english.Matter(head).Has(english.LooseHead) {
		if v, ok = groups[english.Stem("officials")]; !ok {
			v, ok = only(groups)
		}
	}
	told := p.outlet + " " + head + " " + strconv.Itoa(a.Source.Count)
	if !ok && a.Source.Count > 1 {
		v, ok = c.told[told] // the outlet speaks of its sources again
	}
	if !ok {
		v = c.voice("g:"+where+":"+key, Source{Name: groupName(a.Source.Text), Kind: a.Source.Kind, Anonymous: true, Count: a.Source.Count})
	}
	if old := &c.voices[v]; old.Count == 0 && a.Source.Count > 1 {
		old.Name = groupName(a.Source.Text) // "three officials" says more than "officials"
	}
	groups[key], groups[head] = v, v
	if a.Source.Count > 1 && p.cites[i].outlet == "" {
		c.told[told] = v
	}
	if old := &c.voices[v]; old.Count < a.Source.Count {
		old.Count = a.Source.Count
	}
	return v
}

// groupName is what a group is called, without what is said of it.
func groupName(text string) string {
	words := strings.Fields(text)
	if some, _, ok := strings.Cut(text, ", "); ok && english.Matter(strings.ToLower(words[0])).Has(english.Partitive) {
		return some // "one of the three, a man who …"
	}
	for j, w := range words {
		if j > 0 && len(words) > 2 && english.Matter(strings.ToLower(strings.Trim(w, ","))).Has(english.AfterNoun) {
			return strings.Trim(strings.Join(words[:j], " "), ",")
		}
	}
	return strings.Trim(text, ", ")
}

func only(groups groupSet) (v int, ok bool) {
	for _, g := range groups {
		if ok && g != v {
			return nobody, false
		}
		v, ok = g, true
	}
	return v, ok
}

// speakFor finds for each person the body that the person's office belongs to.
func (c *cast) speakFor() {
	c.callThem()
	for v := range c.voices {
		if k := c.voices[v].Kind; strings.HasPrefix(c.voices[v].key, "n:") && k != whence.SourcePerson {
			if w := fields(c.voices[v].Name); len(w) > 0 {
				head := english.Stem(w[len(w)-1])
				c.bodies[head] = append(c.bodies[head], v)
			}
		}
	}
	for v, roles := range c.roles {
		if c.voices[v].Kind != whence.SourcePerson && c.voices[v].Kind != "" {
			continue
		}
		best, most := nobody, 0
		for _, stems := range roles {
			for _, s := range stems {
				for _, b := range c.bodies[s] {
					if n := c.agrees(b, stems, len(c.bodies[s]) == 1); n > most || n == most && n > 0 && c.voices[b].key < c.voices[best].key {
						best, most = b, n
					}
				}
			}
		}
		if b, ok := c.beside[v]; ok && most < 10 {
			best = b
		}
		c.voices[v].body = best
		c.voices[v].speaks = best != nobody && slices.ContainsFunc(roles, func(stems []string) bool {
			return slices.ContainsFunc(stems, func(s string) bool { return english.Matter(s).Has(english.Speaks) })
		})
	}
}

// agrees is how many words of a body's name stand in an office: all, or the last
// alone where no other body ends so.
func (c *cast) agrees(b int, office []string, alone bool) int {
	n, of := 0, 0
	for _, w := range fields(c.voices[b].Name) {
		if w == "," || english.Matter(w).Has(english.EmptyWord) {
			continue
		}
		of++
		if slices.Contains(office, english.Stem(w)) {
			n++
		}
	}
	switch {
	case of > 0 && n == of:
		return 10 * n
	case alone && n > 0:
		return n
	}
	return 0
}

// family is the body that a voice belongs to, or the voice.
func (c *cast) family(v int) int {
	if v != nobody && c.voices[v].body != nobody {
		return c.voices[v].body
	}
	return v
}

// speaker is the body that a spokesman's words are, or the voice itself.
func (c *cast) speaker(v int) int {
	if v != nobody && c.voices[v].speaks {
		return c.voices[v].body
	}
	return v
}

// nameIn is the name that a phrase consists of, up to what is said of its bearer:
// words with capital letters, and small ones between them.
func nameIn(phrase string) string {
	phrase, _, _ = strings.Cut(phrase, ",")
	words := strings.Fields(phrase)
	if len(words) > 0 && english.Matter(strings.ToLower(words[0])).Has(english.EmptyWord) {
		words = words[1:]
	}
	for i, w := range words {
		if r := []rune(w)[0]; !unicode.IsUpper(r) && (i == 0 || i == len(words)-1 || !english.Matter(w).Has(english.EmptyWord)) {
			return ""
		}
	}
	return strings.Join(words, " ")
}

// nameBehind is the name of a person behind an office with an article: "the paper's
// editor-in-chief, Ana Brandt".
func nameBehind(s *whence.Source) string {
	office, name, ok := strings.Cut(s.Text, ", ")
	first, _, _ := strings.Cut(office, " ")
	if !ok || s.Kind != whence.SourcePerson || first == office || !english.Matter(strings.ToLower(first)).Has(english.EmptyWord) {
		return ""
	}
	name = strings.TrimRight(name, ", ")
	if words := strings.Fields(name); len(words) < 2 || len(words) > longestName || slices.ContainsFunc(words, func(w string) bool { return !unicode.IsUpper([]rune(w)[0]) }) {
		return ""
	}
	return name
}

// longestName is the most words of a person's name.
const longestName = 4

// inOrder are the numbers of attributions by the place of their cues.
func inOrder(list []whence.Attribution) []int {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(startOf(list[a].Cue), startOf(list[b].Cue)) })
	return order
}

func startOf(p whence.Phrase) int {
	if p.Zero() {
		return 0
	}
	return p.Spans[0].Start
}
