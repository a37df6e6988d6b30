package page

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"whence"
)

// surround gives roles to what stands around the body: the title, and between
// it and the body's end the standfirst, bylines, dates, captions and credits.
// Notices are taken wherever they stand.
func (l *layout) surround(m metadata) {
	first, last := l.bodyEnds()
	if first < 0 {
		return
	}
	title := l.findTitle(m.Title, l.firstProse(first, last))
	start := first
	if title >= 0 {
		l.setTitle(title)
		l.dropAbove(title)
		if first, last = l.bodyEnds(); first < 0 {
			return
		}
		start = title
	} else {
		l.setTitle(-1)
		l.addedTitle = m.Title
	}
	l.before(max(0, start-aboveTitle), start, first, m)
	l.noLateStandfirsts(first)
	l.betweenStories(start, first, last)
	l.after(last+1, l.endOfArticle(last))
	for i := range l.chunks {
		if c := &l.chunks[i]; c.role == "" && l.isNotice(c) {
			c.role = whence.RoleNotice
		}
	}
}

// noLateStandfirsts: what is named a standfirst or a subtitle below the body's
// beginning is a heading or a paragraph of it.
func (l *layout) noLateStandfirsts(first int) {
	for i := first + 1; i < len(l.chunks); i++ {
		c := &l.chunks[i]
		switch {
		case c.role != whence.RoleStandfirst:
		case headings[c.tag]:
			c.role = whence.RoleHeading
		default:
			c.role = whence.RoleParagraph
		}
	}
}

// headings are the elements of headings within an article.
var headings = map[atom.Atom]bool{
	atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
}

// betweenStories takes the links to other stories that stand inside the body,
// and takes the role from those above it.
func (l *layout) betweenStories(start, first, last int) {
	for i := range first {
		if c := &l.chunks[i]; c.role == whence.RoleRelated && i < start {
			c.role = ""
		}
	}
	const others = traitFurniture &^ traitRelated
	for i := first; i < last; i++ {
		if c := &l.chunks[i]; c.role == "" && c.traits&traitRelated != 0 && c.traits&others == 0 {
			c.role = whence.RoleRelated
		}
	}
}

// firstProse is the first chunk of the body that is surely running text, or
// the body's first.
func (l *layout) firstProse(first, last int) int {
	for i := first; i <= last; i++ {
		if c := &l.chunks[i]; c.role.Body() && c.chars > 80 && c.prose() {
			return i
		}
	}
	return first
}

// dropAbove takes the role from what stands above the title as if it were of
// the body.
func (l *layout) dropAbove(title int) {
	for i := range title {
		if c := &l.chunks[i]; c.role.Body() {
			c.role = ""
		}
	}
}

// How many chunks above the title and below the body may hold a byline, a date
// or a credit.
const (
	aboveTitle = 6
	belowBody  = 12
)

// bodyEnds are the first and the last chunk of running text, -1 if there is
// none.
func (l *layout) bodyEnds() (first, last int) {
	first, last = -1, -1
	for i := range l.chunks {
		if role := l.chunks[i].role; role.Body() && role != whence.RoleHeading {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// leastLikeness is how much of their words a heading and the declared title
// must share to be one: sites shorten and lengthen their titles.
const leastLikeness = 0.6

// findTitle is the chunk that shows the title, -1 if none does: the heading
// above the body whose words are most like those declared, or a line of just
// these words; where none are declared, the last <h1> above the body.
func (l *layout) findTitle(declared string, first int) int {
	want := wordSet(declared)
	best, most := -1, leastLikeness
	for i := first - 1; i >= 0; i-- {
		c := &l.chunks[i]
		if c.traits&(traitNavigation|traitRelated|traitAside|traitFooter) != 0 {
			continue
		}
		if !c.headingLike() && (len(c.text) > 2*len(declared) || c.linked*2 > c.chars) {
			continue
		}
		likeness := overlap(want, wordSet(c.text))
		if !c.headingLike() && likeness < 1 {
			continue
		}
		if c.tag == atom.H1 {
			likeness += 0.05
		}
		if likeness > most {
			best, most = i, likeness
		}
	}
	if best >= 0 || declared != "" {
		return best
	}
	for i := first - 1; i >= 0; i-- {
		c := &l.chunks[i]
		if c.tag == atom.H1 && c.traits&traitNavigation == 0 {
			return i
		}
	}
	return -1
}

// shownTitle is the title as the page shows it.
func (l *layout) shownTitle() (title string, ok bool) {
	for i := range l.chunks {
		if l.chunks[i].role == whence.RoleTitle {
			return l.chunks[i].text, true
		}
	}
	return l.addedTitle, l.addedTitle != ""
}

// headingLike tells whether c is set as a heading.
func (c *chunk) headingLike() bool {
	switch c.tag {
	case atom.H1, atom.H2, atom.H3:
		return true
	}
	return c.traits&traitTitle != 0 && c.chars < 300
}

// setTitle gives the chunk the role of title, and takes the role from any
// other chunk that repeats it.
func (l *layout) setTitle(title int) {
	words := ""
	if title >= 0 {
		words = strings.ToLower(l.chunks[title].text)
	}
	for i := range l.chunks {
		c := &l.chunks[i]
		switch {
		case i == title:
			c.role = whence.RoleTitle
		case (c.role == whence.RoleTitle || c.role.Body()) && strings.ToLower(c.text) == words:
			c.role = ""
		case c.role == whence.RoleTitle:
			c.role = whence.RoleHeading // a page has one
		}
	}
}

// before gives roles to the chunks from start to the first of the body. Those
// above the title may only be what their names say.
func (l *layout) before(start, title, first int, m metadata) {
	standfirst := wordSet(m.Standfirst)
	for i := start; i < first; i++ {
		c := &l.chunks[i]
		switch c.role {
		case "":
			c.role = l.sideRole(c)
		case whence.RoleHeading:
			if i > title && len(strings.Fields(c.text)) >= standfirstWords {
				c.role = whence.RoleStandfirst
			}
		}
		if c.role == "" && i > title {
			c.role = l.summaryRole(c, i-title)
		}
		if c.role == "" && i > title && c.traits&(traitFurniture|traitByline|traitDate) == 0 && c.linked == 0 &&
			c.chars > 30 && overlap(standfirst, wordSet(c.text)) > 0.9 {
			c.role = whence.RoleStandfirst
		}
		if i < title && (c.role == whence.RoleCaption || c.role == whence.RoleStandfirst) {
			c.role = ""
		}
	}
}

// summaryRole is the role of running text between the title and the body, in
// which a page sums the article up: a paragraph right below the title, or the
// items of a list.
func (l *layout) summaryRole(c *chunk, below int) whence.Role {
	switch {
	case c.traits&(traitFurniture|traitByline|traitDate|traitCaption|traitFigure) != 0 || c.linked > 0 || c.chars < 50 || !c.prose():
		return ""
	case c.traits&traitList != 0:
		return whence.RoleListItem
	case c.tag == atom.P && below <= 2:
		return whence.RoleStandfirst
	}
	return ""
}

// standfirstWords is the least length of a heading under the title that sums
// the article up rather than heading a section.
const standfirstWords = 8

// sideRole is the role of a chunk outside the body as its own words and the
// names around it tell it, "" if they tell none.
func (l *layout) sideRole(c *chunk) whence.Role {
	if c.traits&traitFurniture != 0 {
		return ""
	}
	if role, ok := lineRole(c.text); ok && role != whence.RoleRelated {
		return role
	}
	switch {
	case c.traits&traitCaption != 0 && c.chars > 20:
		return whence.RoleCaption
	case c.traits&traitCredit != 0 && c.chars < 200:
		return whence.RoleCredit
	case c.traits&traitByline != 0 && c.chars < 150:
		return whence.RoleByline
	case c.traits&traitDate != 0 && c.chars < 150 && namesWriter(c.text):
		return whence.RoleByline
	case c.traits&traitDate != 0 && c.chars < 100 && strings.ContainsAny(c.text, "0123456789"):
		return whence.RoleDateline
	case c.traits&traitStandfirst != 0 && c.chars > 30 && c.chars < 600:
		return whence.RoleStandfirst
	}
	return ""
}

// namesWriter tells whether a line of metadata says by whom the article is.
func namesWriter(s string) bool {
	s = strings.ToLower(s)
	return strings.HasPrefix(s, "by ") || strings.Contains(s, " by ")
}

// after gives roles to the chunks below the body.
func (l *layout) after(start, end int) {
	for i := start; i < end; i++ {
		c := &l.chunks[i]
		if c.role != "" {
			continue
		}
		switch role := l.sideRole(c); role {
		case whence.RoleCredit, whence.RoleByline, whence.RoleNotice:
			c.role = role
		}
	}
}

// endOfArticle is where what belongs to the article may end: the end of the
// <article> or of the body's box, and not far below the body.
func (l *layout) endOfArticle(last int) int {
	b := l.chunks[last].box
	for up := b; up > 0; up = l.boxes[up].parent {
		if l.boxes[up].node.DataAtom == atom.Article {
			b = up
			break
		}
	}
	return min(max(l.boxes[b].last, last+1+belowBody), last+1+4*belowBody, len(l.chunks))
}

// isNotice tells whether a chunk is a correction or an update, wherever on the
// page it stands.
func (l *layout) isNotice(c *chunk) bool {
	if c.traits&(traitNavigation|traitRelated|traitComments|traitAdvert|traitPitch|traitAside) != 0 || c.linked*2 > c.chars {
		return false
	}
	role, ok := lineRole(c.text)
	return ok && role == whence.RoleNotice || c.traits&traitNotice != 0 && c.chars > 40
}

// wordSet is the words of s in lower case.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		set[strings.ToLower(w)] = true
	}
	return set
}

// overlap is the share of common words in two sets, by the larger one (0 to 1);
// a title that a site's name is added to still overlaps by most of its words.
func overlap(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	return float64(common) / float64(max(len(a), len(b)))
}
