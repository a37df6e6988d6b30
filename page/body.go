package page

import (
	"strings"

	"golang.org/x/net/html/atom"

	"whence"
)

// settleTraits hands the traits of every box down to what stands in it. A box
// that holds much of the article is no furniture, whatever its name says:
// "has-sidebar" and "tag-economy" stand on whole pages.
func (l *layout) settleTraits() {
	kept := make([]int, len(l.boxes))
	total := 0
	for i := range l.chunks {
		c := &l.chunks[i]
		kept[c.box] += c.kept
		total += c.kept
	}
	for i := len(l.boxes) - 1; i > 0; i-- {
		kept[l.boxes[i].parent] += kept[i]
	}
	for i := range l.boxes {
		b := &l.boxes[i]
		b.traits = b.own
		if kept[i]*10 > total*3 {
			b.traits &^= traitFurniture | traitInline | traitCaption | traitStandfirst | traitTitle | traitNotice
		}
		if b.parent >= 0 {
			b.traits |= l.boxes[b.parent].traits
		}
		b.kept = kept[i]
	}
	for i := range l.chunks {
		c := &l.chunks[i]
		c.traits |= l.boxes[c.box].traits
	}
}

// core is the smallest box with most of what the finder kept, 0 if nothing
// was.
func (l *layout) core() int {
	good := make([]int, len(l.boxes))
	total := 0
	for i := range l.chunks {
		c := &l.chunks[i]
		if c.kept*2 > c.chars && c.traits&traitFurniture == 0 && c.linked*2 < c.chars {
			good[c.box] += c.kept
			total += c.kept
		}
	}
	for i := len(l.boxes) - 1; i > 0; i-- {
		good[l.boxes[i].parent] += good[i]
	}
	best := 0
	for i := range l.boxes {
		if total > 0 && good[i]*10 >= total*8 {
			best = i // later boxes with as much stand inside earlier ones
		}
	}
	return best
}

// choose gives every chunk that belongs to the article its role; the others
// keep none.
func (l *layout) choose(m metadata) {
	l.settleTraits()
	l.assignRoles(m)
}

func (l *layout) assignRoles(m metadata) {
	core := &l.boxes[l.core()]
	for i := range l.chunks {
		inside := core.first <= i && i < core.last
		if c := &l.chunks[i]; c.kept*2 > c.chars || inside && l.amongKept(c) {
			c.role = l.bodyRole(c)
		}
	}
	l.dropRepeatedQuotes()
	l.dropTail()
	l.dropStrayHeadings()
	l.surround(m)
}

// bodyRole is the role of a chunk as a part of the article's body, "" if it is
// none.
func (l *layout) bodyRole(c *chunk) whence.Role {
	if role, ok := lineRole(c.text); ok {
		return role
	}
	if role, ok := c.namedRole(); ok {
		return role
	}
	switch {
	case isPageLabel(c.text):
		return ""
	case c.isCaption():
		return whence.RoleCaption
	case c.isDatedByline():
		return whence.RoleByline
	case c.mostlyLinks():
		if c.leadsElsewhere() {
			return whence.RoleRelated
		}
		return ""
	}
	switch {
	case c.tag == atom.H1:
		return whence.RoleTitle
	case headings[c.tag]:
		return whence.RoleHeading
	}
	if c.kept*2 <= c.chars && c.traits&traitQuote == 0 && !(textTags[c.tag] && c.prose()) {
		return ""
	}
	switch {
	case c.traits&traitQuote != 0:
		return whence.RoleQuote
	case c.traits&traitList != 0 && !l.holdsParagraphs(c):
		return whence.RoleListItem
	}
	return whence.RoleParagraph
}

// holdsParagraphs tells whether c is a paragraph in an item of several, as in
// the posts of a live page.
func (l *layout) holdsParagraphs(c *chunk) bool {
	b := &l.boxes[c.box]
	if c.tag != atom.P || b.parent < 0 {
		return false
	}
	item := &l.boxes[b.parent]
	return item.node.DataAtom == atom.Li && item.last-item.first > 1
}

// textTags are the blocks that hold running text by their nature.
var textTags = map[atom.Atom]bool{
	atom.P: true, atom.Pre: true, atom.Li: true, atom.Blockquote: true, atom.Dd: true, atom.Dt: true,
}

// namedRole is the role that the names around a chunk give it. ok is true with
// no role where they say that it is no part of the article.
func (c *chunk) namedRole() (role whence.Role, ok bool) {
	furniture := c.traits & traitFurniture
	if c.traits&traitQuote != 0 {
		furniture &^= traitShare | traitFooter // a post is shown as a quotation, and its author in a footer
	}
	switch {
	case furniture&^(traitRelated|traitAside|traitPullQuote) != 0:
		return "", true
	case furniture&traitRelated != 0:
		return whence.RoleRelated, true
	case furniture&traitAside != 0:
		return "", true
	case c.traits&traitNotice != 0:
		return whence.RoleNotice, true
	case furniture&traitPullQuote != 0:
		return whence.RoleQuote, true
	case c.traits&traitCaption != 0:
		return whence.RoleCaption, true
	case c.traits&traitCredit != 0 && c.chars < 200:
		return whence.RoleCredit, true
	case c.traits&traitFigure != 0 && c.traits&traitQuote == 0:
		return whence.RoleCaption, true
	case c.traits&traitStandfirst != 0 && c.traits&traitBody == 0 && c.chars < 600:
		return whence.RoleStandfirst, true
	case c.traits&traitByline != 0 && c.chars < 150:
		return whence.RoleByline, true
	case c.traits&traitDate != 0 && c.chars < 100:
		return whence.RoleDateline, true
	}
	return "", false
}

// pageLabels are lines that pages put between paragraphs and that say nothing.
var pageLabels = map[string]bool{
	"ad": true, "advert": true, "advertisement": true, "advertising": true, "sponsored": true,
	"story continues below advertisement": true, "article continues below": true,
	"article continues after advertisement": true, "continue reading": true,
	"comments": true, "comment": true, "share": true, "share this": true, "caption": true,
	"close": true, "subscribe": true, "sign up": true, "loading": true, "order reprints": true,
	"print": true, "print article": true, "email": true, "photo": true, "video": true, "gallery": true, "menu": true,
	"skip to content": true, "back to top": true, "show more": true, "read more": true,
}

// isPageLabel tells whether a chunk is a label of the page, a counter of pictures
// ("1 of 6") or nothing but an address.
func isPageLabel(s string) bool {
	if len(s) > 200 {
		return false
	}
	if !strings.ContainsAny(s, " \n") {
		return strings.ContainsAny(s, "/@") && strings.Contains(s, ".") || pageLabels[strings.ToLower(s)]
	}
	if len(s) > 40 {
		return false
	}
	s = strings.ToLower(strings.Trim(s, " .:…"))
	return pageLabels[s] || isCounter(strings.Fields(s))
}

// isCounter tells whether words are "1 of 6", "Image 1 of 6" or "1 / 6".
func isCounter(words []string) bool {
	n := len(words)
	if n < 3 || n > 5 {
		return false
	}
	return isNumber(words[n-1]) && !isNumber(words[n-2]) && len(words[n-2]) <= 2 && (isNumber(words[n-3]) || n == 5)
}

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// isDatedByline tells whether c is a line such as "By Ann Moe, 4 May 2025".
func (c *chunk) isDatedByline() bool {
	const longest = 120
	return len(c.text) <= longest && strings.HasPrefix(strings.ToLower(c.text), "by ") &&
		!c.endsSentence() && len(datesIn(c.text, orderUnknown)) > 0
}

// isCaption tells whether c right below a picture is its caption: short,
// and not a sentence.
func (c *chunk) isCaption() bool {
	return c.image && c.chars < 100 && !c.headingLike() && c.linked == 0 && !c.endsSentence()
}

// mostlyLinks tells whether c is links to other pages, and no sentence
// around them.
func (c *chunk) mostlyLinks() bool {
	return c.linked*10 >= c.chars*9 || c.linked*10 >= c.chars*7 && !c.endsSentence()
}

// leadsElsewhere tells whether one of c's links leads to another page.
func (c *chunk) leadsElsewhere() bool {
	for _, l := range c.links {
		href := strings.TrimSpace(l.href)
		if followable(href) && !strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "mailto:") && !strings.HasPrefix(href, "tel:") {
			return true
		}
	}
	return false
}

// endsSentence tells whether c ends as a sentence does, quotation marks and
// parentheses aside.
func (c *chunk) endsSentence() bool {
	s := strings.TrimRight(c.text, "\"”’'»)] \u00a0\n")
	for _, end := range [...]string{".", "!", "?", "…", "。", "！", "？", ":", ";"} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}

// dropRepeatedQuotes takes the role from pull quotes, which show words of the
// article again. One whose words stand nowhere else stays a quote; so do those
// past a number that no article reaches.
func (l *layout) dropRepeatedQuotes() {
	left := 50
	for i := range l.chunks {
		c := &l.chunks[i]
		if c.traits&traitPullQuote == 0 || c.role != whence.RoleQuote {
			continue
		}
		if left--; left < 0 {
			return
		}
		words := strings.Trim(c.text, "\"“”‘’'«» \n")
		for j := range l.chunks {
			other := &l.chunks[j]
			if i != j && other.role.Body() && other.chars >= c.chars && strings.Contains(other.text, words) {
				c.role = ""
				break
			}
		}
	}
}

// dropTail takes the role from what trails below the body: labels of a few
// words, appeals to follow and subscribe, and lists in which every item leads
// to another page, with the label above them.
func (l *layout) dropTail() {
	below := false // a list of links has been dropped
	for i := len(l.chunks) - 1; i >= 0; i-- {
		c := &l.chunks[i]
		words := strings.Count(c.text, " ") + 1
		switch {
		case !c.role.Body():
		case c.role == whence.RoleListItem && c.linked*4 >= c.chars:
			c.role, below = whence.RoleRelated, true
		case below && words <= 6 && !c.endsSentence():
			c.role, below = whence.RoleRelated, false
		case c.role == whence.RoleParagraph && words <= 3 && !c.endsSentence(), c.isAppeal():
			c.role = ""
		default:
			return
		}
	}
}

// appeals are how the lines below an article begin that ask readers for
// something.
var appeals = []string{
	"follow ", "sign up ", "subscribe ", "join our ", "join us ", "have a tip", "got a tip", "do you have a tip", "do you have a story",
	"get the latest ", "get our ", "like this story", "download our ", "support our ", "email the author",
	"contact the author", "contact the reporter", "reach the reporter", "write to ", "send tips",
}

// isAppeal tells whether c asks readers to follow, subscribe or write.
func (c *chunk) isAppeal() bool {
	const longest = 250
	if len(c.text) > longest {
		return false
	}
	_, ok := beginsWith(c.text, appeals)
	return ok
}

// amongKept tells whether the finder kept something beside c. A quotation may
// stand in a few boxes of its own, as embedded posts do.
func (l *layout) amongKept(c *chunk) bool {
	levels := 2
	switch {
	case c.traits&traitQuote != 0:
		levels = 6
	case c.traits&traitBody != 0:
		levels = 3
	}
	for b := c.box; b > 0 && levels > 0; b, levels = l.boxes[b].parent, levels-1 {
		if l.boxes[b].kept > 0 {
			return true
		}
	}
	return false
}

// prose tells whether c reads like running text.
func (c *chunk) prose() bool {
	return c.linked*2 < c.chars && (c.chars > 80 || strings.ContainsAny(c.text, ".!?…。！？”\""))
}

// dropStrayHeadings takes the role from headings that head nothing of the
// body.
func (l *layout) dropStrayHeadings() {
	next := whence.Role("")
	for i := len(l.chunks) - 1; i >= 0; i-- {
		c := &l.chunks[i]
		switch {
		case c.role == whence.RoleHeading && next == "":
			c.role = ""
		case c.role == whence.RoleHeading && next == whence.RoleRelated:
			c.role = whence.RoleRelated
		case c.role != "" && c.role != whence.RoleCaption && c.role != whence.RoleCredit:
			next = c.role
		}
	}
}
