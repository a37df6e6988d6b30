package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"whence"
)

// The kinds of marks in a text that can be switched on and off.
const (
	markSays    = "attributions"
	markFigures = "figures"
	markTimes   = "times"
	markPlaces  = "places"
	markHeld    = "earlier"
)

var markKinds = []string{markSays, markFigures, markTimes, markPlaces, markHeld}

// marking is one stretch of a text that is marked.
type marking struct {
	whence.Span
	class string
	href  string // where the words lead; the shortest marking's address wins
	title string
	out   bool   // the address is from outside
	of    string // id of the finding
	note  string // number of its note on paper
}

// marked writes stretches of a text with their markings. Stretches may nest and
// overlap in any way: the text is cut wherever a marking begins or ends, and each
// piece has the classes of all that hold it.
type marked struct {
	text     []rune
	markings []marking        // sorted by their beginning
	anchors  map[int][]string // ids that begin at a place
	used     map[string]bool
}

func newMarked(text string) *marked {
	return &marked{text: []rune(text), anchors: map[int][]string{}, used: map[string]bool{}}
}

func (m *marked) add(s whence.Span, of, class, href, title string) {
	if s.Start < 0 || s.End > len(m.text) || s.Start >= s.End {
		return
	}
	m.markings = append(m.markings, marking{Span: s, of: of, class: class, href: href, title: title})
}

// footnote puts the number of a note behind the marking that was added last.
func (m *marked) footnote(of string) {
	if last := len(m.markings) - 1; last >= 0 {
		m.markings[last].note = of
	}
}

// anchor lets addresses lead to a place.
func (m *marked) anchor(s whence.Span) {
	if id := anchor(s); !m.used[id] {
		m.used[id] = true
		m.anchors[s.Start] = append(m.anchors[s.Start], id)
	}
}

func (m *marked) sort() {
	slices.SortStableFunc(m.markings, func(a, b marking) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
}

// write sets a stretch of the text.
func (m *marked) write(out *markup, s whence.Span) {
	here := m.within(s)
	cuts := []int{s.Start, s.End}
	for _, k := range here {
		cuts = append(cuts, max(k.Start, s.Start), min(k.End, s.End))
	}
	for at := range m.anchors {
		if at > s.Start && at < s.End && len(m.anchors) < 64 {
			cuts = append(cuts, at)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	for i := 0; i+1 < len(cuts); i++ {
		piece := whence.Span{Start: cuts[i], End: cuts[i+1]}
		m.putAnchors(out, piece)
		m.piece(out, piece, here)
	}
}

// putAnchors puts the anchors of a piece in front of it.
func (m *marked) putAnchors(out *markup, piece whence.Span) {
	for _, id := range m.anchors[piece.Start] {
		out.open("i", "id", id).close("i")
	}
	delete(m.anchors, piece.Start)
}

// within are the markings that overlap a stretch.
func (m *marked) within(s whence.Span) []marking {
	var list []marking
	for _, k := range m.markings {
		if k.Start >= s.End {
			break
		}
		if k.Overlaps(s) {
			list = append(list, k)
		}
	}
	return list
}

// piece sets a stretch that no marking begins or ends in.
func (m *marked) piece(out *markup, s whence.Span, here []marking) {
	var classes, titles, of []string
	var lead marking
	var note string
	for _, k := range here {
		if !k.Contains(s) {
			continue
		}
		if !slices.Contains(classes, k.class) {
			classes = append(classes, k.class)
		} else if k.class == "con" && !slices.Contains(classes, "con2") {
			classes = append(classes, "con2")
		}
		if k.of != "" && !slices.Contains(of, k.of) {
			of = append(of, k.of)
		}
		if k.title != "" && !slices.Contains(titles, k.title) {
			titles = append(titles, k.title)
		}
		if k.href != "" && (lead.href == "" || !k.out && (lead.out || k.Len() <= lead.Len())) {
			lead = k
		}
		if k.note != "" && k.End == s.End {
			note = strings.TrimSpace(note + " " + k.note)
		}
	}
	words := string(m.text[s.Start:s.End])
	if len(classes) == 0 && lead.href == "" {
		out.text(words)
		return
	}
	element := "span"
	attributes := []string{"class", strings.Join(classes, " "), "title", strings.Join(titles, "; "), "data-n", note, "data-f", strings.Join(of, " ")}
	if lead.href != "" {
		element = "a"
		attributes = append(attributes, "href", lead.href)
		if lead.out {
			attributes = append(attributes, "rel", "noopener noreferrer nofollow")
		}
	}
	out.element(element, words, attributes...)
}

// note is what stands in the margin beside a block.
type note struct {
	id     string // of the finding
	number int    // on paper
	html   template.HTML
	at     int // where the finding begins
}

// passages reads the passages that an address asks for: "120-160,200-210".
func passages(s string) ([]whence.Span, error) {
	var list []whence.Span
	for part := range strings.SplitSeq(s, ",") {
		if part == "" {
			continue
		}
		a, b, ok := strings.Cut(part, "-")
		start, err1 := strconv.Atoi(a)
		end, err2 := strconv.Atoi(b)
		if !ok || err1 != nil || err2 != nil || start < 0 || end <= start || len(list) == mostPassages {
			return nil, &refusal{400, fmt.Sprintf("%q is no passage of a text.", clip(s, 60)), "A passage is two numbers of characters, as in at=120-160; up to 50 of them with commas between."}
		}
		list = append(list, whence.Span{Start: start, End: end})
	}
	return list, nil
}

// mostPassages bounds how many passages an address may ask for.
const mostPassages = 50

// Body is a note as the template of a page sees it.
func (n note) Body() template.HTML { return n.html }
