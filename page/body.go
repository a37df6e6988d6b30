package page

import (
	"strings"
	"unicode"

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
	core := &l.boxes[l.core()]
	for i := range l.chunks {
		c := &l.chunks[i]
		inside := core.first <= i && i < core.last
		c.role = l.bodyRole(c, inside)
	}
	l.dropStrayHeadings()
	l.surround(m)
}

// bodyRole is the role of a chunk as a part of the article's body, "" if it is
// none.
func (l *layout) bodyRole(c *chunk, inside bool) whence.Role {
	kept := c.kept*2 > c.chars
	if !kept && !(inside && l.amongKept(c)) {
		return ""
	}
	if role, ok := lineRole(c.text); ok {
		return role
	}
	switch {
	case c.traits&(traitNavigation|traitShare|traitComments|traitAdvert|traitPitch|traitTags|traitBio|traitFooter|traitPullQuote) != 0:
		return ""
	case c.traits&traitRelated != 0:
		return whence.RoleRelated
	case c.traits&traitAside != 0:
		return ""
	case c.traits&traitNotice != 0:
		return whence.RoleNotice
	case c.traits&(traitCaption) != 0:
		return whence.RoleCaption
	case c.traits&traitCredit != 0 && c.chars < 200:
		return whence.RoleCredit
	case c.traits&traitFigure != 0:
		return whence.RoleCaption
	case c.traits&traitByline != 0 && c.chars < 150:
		return whence.RoleByline
	case c.traits&traitDate != 0 && c.chars < 100:
		return whence.RoleDateline
	case c.traits&traitStandfirst != 0 && c.traits&traitBody == 0 && c.chars < 600:
		return whence.RoleStandfirst
	}
	if c.linked*10 >= c.chars*9 && c.tag != atom.Td {
		return whence.RoleRelated
	}
	switch c.tag {
	case atom.H1:
		return whence.RoleTitle
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return whence.RoleHeading
	case atom.P, atom.Pre, atom.Dd, atom.Dt:
	case atom.Li:
	case atom.Blockquote:
	default:
		if !kept {
			return ""
		}
	}
	if !kept && !prose(c) {
		return ""
	}
	switch {
	case c.traits&traitQuote != 0:
		return whence.RoleQuote
	case c.traits&traitList != 0:
		return whence.RoleListItem
	}
	return whence.RoleParagraph
}

// amongKept tells whether the finder kept something beside c.
func (l *layout) amongKept(c *chunk) bool {
	for b, level := c.box, 0; b > 0 && level < 2; b, level = l.boxes[b].parent, level+1 {
		if l.boxes[b].kept > 0 {
			return true
		}
	}
	return false
}

// prose tells whether a chunk reads like running text.
func prose(c *chunk) bool {
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

// surround gives roles to what stands around the body: title, standfirst,
// byline and date.
func (l *layout) surround(m metadata) {
}

var _ = unicode.IsLetter
