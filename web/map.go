package web

import (
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"strconv"
	"strings"
	"sync"

	"whence"
	"whence/ledger"
	"whence/story"
)

//go:embed data/land.txt
var landData string

// ring is the edge of a piece of land, in degrees.
type ring struct {
	points                   [][2]float64 // longitude, latitude
	west, east, south, north float64
}

// newRing is a ring of points that are moved so many degrees east.
func newRing(points [][2]float64, by float64) ring {
	r := ring{west: math.Inf(1), east: math.Inf(-1), south: 90, north: -90}
	for _, p := range points {
		p[0] += by
		r.points = append(r.points, p)
		r.west, r.east = min(r.west, p[0]), max(r.east, p[0])
		r.south, r.north = min(r.south, p[1]), max(r.north, p[1])
	}
	return r
}

// joined makes one piece of land that lies across the meridian of 180 degrees, whose edge
// jumps from one side of the map to the other; it tells whether it does. What lies around
// the pole is closed along the edge of the map.
func joined(points [][2]float64) bool {
	const aroundPole = -60
	crosses := false
	for i := range points {
		p, q := points[i], &points[(i+1)%len(points)]
		turns := math.Round((p[0] - q[0]) / 360)
		if turns != 0 && p[1] > aroundPole && i+1 < len(points) {
			q[0] += 360 * turns
			crosses = true
		}
	}
	return crosses
}

// land are the edges of all land.
var land = sync.OnceValue(func() []ring {
	var list []ring
	for row := range strings.Lines(landData) {
		if row[0] == '#' {
			continue
		}
		var points [][2]float64
		var at [2]float64
		fields := strings.Fields(row)
		for i := 0; i+1 < len(fields); i += 2 {
			for k := range at {
				v, err := strconv.Atoi(fields[i+k])
				if err != nil {
					panic(fmt.Sprintf("the map's data: %v", err)) // compiled in, and a test reads it
				}
				at[k] += float64(v) / 10
			}
			points = append(points, at)
		}
		moves := []float64{0}
		if joined(points) {
			moves = []float64{-360, 0, 360} // it is on both sides of the map
		}
		for _, by := range moves {
			if r := newRing(points, by); r.east > -180 && r.west < 180 {
				list = append(list, r)
			}
		}
	}
	return list
})

// placeLine is a place in the list beside the map.
type placeLine struct {
	Name, Href string
	Precision  string
	Articles   int
}

// mostUnmapped bounds the places that are listed without being drawn.
const mostUnmapped = 14

// radii are how large a point is drawn, in pixels: as large as the words are vague.
var radii = map[whence.PlacePrecision]float64{whence.PlaceSite: 4, whence.PlaceCity: 7, whence.PlaceRegion: 16, whence.PlaceWater: 18, whence.PlaceCountry: 28}

// places draws a map of the places that a story names. In a story of several
// articles, one that a single article names is left out: it is the more often a
// mistake.
func (p *storyPage) places(list []ledger.PlaceNamed, to paths) {
	least := 1
	if len(p.Articles) > 3 {
		least = 2
	}
	var drawn []ledger.PlaceNamed
	for _, x := range list {
		line := placeLine{
			Name: first(x.Name, x.Text), Precision: string(x.Precision), Articles: x.Articles,
			Href: to.passage(story.Finding{Article: x.Article, Spans: []whence.Span{x.Span}, Text: x.Text}),
		}
		if x.Point == nil || x.Articles < least {
			if x.Articles >= least && len(p.Unmapped) < mostUnmapped {
				p.Unmapped = append(p.Unmapped, line)
			}
			continue
		}
		if len(drawn) < mostMapped {
			drawn = append(drawn, x)
			p.Mapped = append(p.Mapped, line)
		}
	}
	if len(drawn) > 0 {
		p.Map = drawMap(drawn, p.Mapped)
	}
}

// drawMap draws the part of the world that holds some places.
func drawMap(list []ledger.PlaceNamed, lines []placeLine) template.HTML {
	const width, most = 760.0, 420.0
	west, east, south, north := 180.0, -180.0, 90.0, -90.0
	for _, x := range list {
		west, east = min(west, x.Lon), max(east, x.Lon)
		south, north = min(south, x.Lat), max(north, x.Lat)
	}
	grow := func(low, high *float64, least, edge float64) {
		room := max((least-(*high-*low))/2, (*high-*low)*.18)
		*low, *high = max(*low-room, -edge), min(*high+room, edge)
	}
	grow(&west, &east, 36, 180)
	grow(&south, &north, 18, 85)
	squeeze := max(math.Cos((south+north)/2*math.Pi/180), .3)
	scale := width / (east - west) // pixels a degree of longitude
	height := (north - south) * scale / squeeze
	if height > most { // wider than asked for, so that it is not too tall
		middle, half := (west+east)/2, (north-south)/squeeze*width/most/2
		west, east = middle-half, middle+half
		scale, height = width/(east-west), most
	}
	x := func(lon float64) float64 { return (lon - west) * scale }
	y := func(lat float64) float64 { return (north - lat) * scale / squeeze }
	var m markup
	m.open("svg", "class", "pic map", "viewBox", fmt.Sprintf("0 0 %g %s", width, n(height)), "role", "group", "aria-label", "Map of the places named; a point is as large as the words are vague")
	m.open("rect", "class", "sea", "width", n(width), "height", n(height)).close("rect")
	var path strings.Builder
	for _, r := range land() {
		if r.east < west || r.west > east || r.north < south || r.south > north {
			continue
		}
		for i, p := range r.points {
			if i == 0 {
				path.WriteByte('M')
			} else {
				path.WriteByte('L')
			}
			path.WriteString(strconv.Itoa(int(math.Round(x(p[0])))) + " " + strconv.Itoa(int(math.Round(y(p[1])))))
		}
		path.WriteByte('Z')
	}
	m.open("path", "class", "land", "d", path.String()).close("path")
	spots := make([]spot, len(list))
	for i, p := range list {
		r := radii[p.Precision]
		if r == 0 {
			r = radii[whence.PlaceRegion]
		}
		spots[i] = spot{x: x(p.Lon), y: y(p.Lat), r: r, name: clip(lines[i].Name, 24)}
	}
	labelSpots(spots, width, height)
	for i := len(list) - 1; i >= 0; i-- { // the most named on top
		s := &spots[i]
		title := dotted(lines[i].Name, lines[i].Precision, "named by "+count(list[i].Articles, "article"))
		m.open("a", "href", lines[i].Href, "class", "spot", "aria-label", title).element("title", title)
		m.open("circle", "cx", n(s.x), "cy", n(s.y), "r", n(s.r)).close("circle")
		if s.labelled {
			m.element("text", s.name, "x", n(s.label.left), "y", n(s.label.top+labelBase))
		}
		m.close("a")
	}
	return m.close("svg").html()
}

// spot is a place as it is drawn, in pixels.
type spot struct {
	x, y, r  float64
	name     string
	label    box // of the name
	labelled bool
}

// box is a rectangle, in pixels.
type box struct{ left, top, right, bottom float64 }

func (b box) overlaps(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

// The size of a label in letters of 12.5 pixels: about, as what draws it has the font.
const (
	labelLetter, labelHeight, labelBase = 7.2, 15, 11.5
	labelGap                            = 4 // to its spot
)

// labelSpots puts the names of spots beside, above or under them, the first spots first.
// One that would cover another, or stands over the edge, is left out: the spot tells it
// when it is pointed at, and the list under the map has it.
func labelSpots(spots []spot, width, height float64) {
	for i := range spots {
		s := &spots[i]
		w := labelLetter * float64(len([]rune(s.name)))
		for _, at := range [...]struct{ left, top float64 }{
			{s.x + s.r + labelGap, s.y - labelHeight/2},
			{s.x - s.r - labelGap - w, s.y - labelHeight/2},
			{s.x - w/2, s.y - s.r - labelGap - labelHeight},
			{s.x - w/2, s.y + s.r + labelGap},
		} {
			b := box{at.left, at.top, at.left + w, at.top + labelHeight}
			if b.left < 0 || b.right > width || b.top < 0 || b.bottom > height || covers(b, spots, i) {
				continue
			}
			s.label, s.labelled = b, true
			break
		}
	}
}

// covers tells whether a label of spot i would cover another's, or the middle of another
// spot.
func covers(b box, spots []spot, i int) bool {
	for k, o := range spots {
		if k != i && (o.labelled && b.overlaps(o.label) || b.overlaps(box{o.x - 4, o.y - 4, o.x + 4, o.y + 4})) {
			return true
		}
	}
	return false
}
