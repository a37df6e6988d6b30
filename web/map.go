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

// land are the edges of all land.
var land = sync.OnceValue(func() []ring {
	var list []ring
	for row := range strings.Lines(landData) {
		if row[0] == '#' {
			continue
		}
		r := ring{west: 180, east: -180, south: 90, north: -90}
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
			r.points = append(r.points, at)
			r.west, r.east = min(r.west, at[0]), max(r.east, at[0])
			r.south, r.north = min(r.south, at[1]), max(r.north, at[1])
		}
		list = append(list, r)
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
	for i := len(list) - 1; i >= 0; i-- { // the most named on top
		p := list[i]
		title := dotted(lines[i].Name, lines[i].Precision, "named by "+count(p.Articles, "article"))
		r := radii[p.Precision]
		if r == 0 {
			r = radii[whence.PlaceRegion]
		}
		m.open("a", "href", lines[i].Href, "class", "spot", "aria-label", title).element("title", title)
		m.open("circle", "cx", n(x(p.Lon)), "cy", n(y(p.Lat)), "r", n(r)).close("circle")
		m.element("text", clip(lines[i].Name, 24), "x", n(x(p.Lon)+r+4), "y", n(y(p.Lat)+4)).close("a")
	}
	return m.close("svg").html()
}
