package place

import (
	"math"
	"slices"
)

// group is the mentions of one name that stand for one place.
type group struct {
	key      uint64
	mentions []int
	parent   int // mention that names what it is a part of; -1 for none
	said     Kind
	weight   float64 // how surely it is a place
	options  []option
	best     int // of options
}

// option is a place that a group may stand for.
type option struct {
	place  int32
	first  bool // by its first name
	score  float64
	share  float64 // probability among the options
	own    float64 // score by the evidence of its own
	values evidence

	wholes   [len(levels)]int32 // numbers, in the article, of the country, division and county that it is in; -1 for none
	itself   int32              // number of itself, where it is one of these
	lat, lon float64            // degrees
	shrink   float64            // of a degree of longitude there
	spot     bool               // so small that it is a point for others
	wide     bool               // so large that none is near it
}

// evidence is what speaks for an option, see evidenceNames.
type evidence [evidenceEnd]float64

// The evidence for an option.
const (
	logPeople = iota
	isCountry
	isDivision
	isCounty
	isWide
	isWater
	isSite
	isSeat
	isNationSeat
	isLargest
	byOtherName
	underParent
	asSaid
	notAsSaid
	countryShare
	divisionShare
	countyShare
	countryNamed
	divisionNamed
	countyNamed
	seatOfNamed // the capital of a country that is named
	nearby
	around
	spokenEnglish
	evidenceEnd
)

// evidenceNames are the names in the table of weights.
var evidenceNames = [evidenceEnd]string{
	"log-people", "is-country", "is-division", "is-county", "is-wide", "is-water", "is-site", "is-seat", "is-nation-seat", "is-largest",
	"by-other-name", "under-parent", "as-said", "not-as-said", "country-share", "division-share", "county-share",
	"country-named", "division-named", "county-named", "seat-of-named", "nearby", "around", "spoken-english",
}

// rounds is how often the groups look at each other, and mostGroups how many are
// looked at: the first of the article.
const (
	rounds     = 3
	mostGroups = 150
)

// resolve chooses a place for every mention of a known name.
func (d *document) resolve(w *weights) []group {
	groups := d.group()
	room := 0
	for i := range groups {
		room += len(d.mentions[groups[i].mentions[0]].refs)
	}
	options := make([]option, room)
	numbers := map[int32]int32{}
	for i := range groups {
		g := &groups[i]
		n := len(d.mentions[g.mentions[0]].refs)
		g.options, options = options[:n:n], options[n:]
		d.addOptions(g, w)
		for k := range g.options {
			d.situate(&g.options[k], numbers)
		}
		g.rank(w)
	}
	c := newContext(len(numbers))
	for range rounds {
		c.see(groups)
		for i := range groups {
			c.weigh(&groups[i], i)
			groups[i].rank(w)
		}
	}
	for i := range groups {
		d.settle(&groups[i])
	}
	return groups
}

// situate notes where an option is, and gives numbers to the countries, divisions and
// counties of the article.
func (d *document) situate(o *option, numbers map[int32]int32) {
	o.itself = -1
	for l, kind := range levels {
		o.wholes[l] = -1
		whole := d.g.parent(o.place, kind)
		if whole < 0 {
			continue
		}
		n, ok := numbers[whole]
		if !ok {
			n = int32(len(numbers))
			numbers[whole] = n
		}
		o.wholes[l] = n
		if whole == o.place {
			o.itself = n
		}
	}
	p := &d.g.places[o.place]
	o.lat, o.lon = float64(p.lat)/1e5, float64(p.lon)/1e5
	o.shrink = math.Cos(o.lat * math.Pi / 180)
	o.spot = p.kind == City || p.kind == County || p.kind == Site
	o.wide = p.kind == Country || p.kind == Continent
}

// settle gives the mentions of a group its best option.
func (d *document) settle(g *group) {
	best := g.options[g.best]
	if g.said != Region {
		best.place = d.townOf(g, best.place)
	}
	for _, n := range g.mentions {
		d.mentions[n].choice, d.mentions[n].margin = best.place, best.share
	}
}

// mostlyTown is how many eighths of a doubling more people a division may have
// than its town of the same name for the name to mean the town: four times as
// many. Madrid is the town, Quebec the province.
const mostlyTown = 2 * sizeSteps

// townOf is the town that a division's name means first, or the place itself.
func (d *document) townOf(g *group, i int32) int32 {
	if k := d.g.places[i].kind; k != Division && k != County {
		return i
	}
	for _, o := range g.options {
		p := &d.g.places[o.place]
		if p.kind == City && o.first && d.g.isWithin(o.place, i) && d.g.places[i].size <= p.size+mostlyTown {
			return o.place
		}
	}
	return i
}

// group gathers the mentions of known names: those of one name are one group,
// but where the text names different parents for them. A mention without a
// parent goes with the last before it that has one, or else with the first.
func (d *document) group() []group {
	var groups []group
	of := map[[2]uint64]int{}
	last := map[uint64]int{} // group by key
	add := func(n int, parentKey uint64) {
		m := &d.mentions[n]
		i, ok := of[[2]uint64{m.key, parentKey}]
		if !ok {
			i = len(groups)
			groups = append(groups, group{key: m.key, parent: m.parent, said: m.said})
			of[[2]uint64{m.key, parentKey}] = i
			if _, ok := last[m.key]; !ok {
				last[m.key] = i
			}
		}
		g := &groups[i]
		if g.said == kindEnd {
			g.said = m.said
		}
		g.mentions = append(g.mentions, n)
		g.weight = max(g.weight, odds(m.score))
	}
	for n := range d.mentions {
		if m := &d.mentions[n]; len(m.refs) > 0 && m.parent >= 0 {
			add(n, d.mentions[m.parent].key)
		}
	}
	latest := map[uint64]uint64{} // parent's key, by key
	for n := range d.mentions {
		m := &d.mentions[n]
		switch {
		case len(m.refs) == 0:
		case m.parent >= 0:
			latest[m.key] = d.mentions[m.parent].key
		default:
			parentKey, ok := latest[m.key]
			if i, any := last[m.key]; !ok && any && groups[i].parent >= 0 {
				parentKey = d.mentions[groups[i].parent].key
			}
			add(n, parentKey)
		}
	}
	return groups
}

func odds(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// addOptions sets the options of a group with the evidence of their own.
func (d *document) addOptions(g *group, w *weights) {
	m := &d.mentions[g.mentions[0]]
	largest := 0
	for i, r := range m.refs {
		o := &g.options[i]
		o.place, o.first = int32(r>>1), r&1 != 0
		p := &d.g.places[o.place]
		if p.size > d.g.places[g.options[largest].place].size {
			largest = i
		}
		v := &o.values
		v[logPeople] = float64(p.size) / sizeSteps * math.Log10(2)
		v[isCountry] = truth(p.kind == Country)
		v[isDivision] = truth(p.kind == Division)
		v[isCounty] = truth(p.kind == County)
		v[isWide] = truth(p.kind == Region || p.kind == Continent)
		v[isWater] = truth(p.kind == Water)
		v[isSite] = truth(p.kind == Site)
		v[isSeat] = truth(p.seat == DivisionSeat)
		v[isNationSeat] = truth(p.seat == Capital)
		v[byOtherName] = truth(!o.first)
		v[spokenEnglish] = truth(d.speaksEnglish(o.place))
		if g.said != kindEnd {
			fits := fitting[g.said]&(1<<p.kind) != 0
			v[asSaid], v[notAsSaid] = truth(fits), truth(!fits)
		}
		if g.parent >= 0 {
			v[underParent] = truth(d.under(o.place, &d.mentions[g.parent]))
		}
	}
	g.options[largest].values[isLargest] = 1
	for i := range g.options {
		o := &g.options[i]
		for k, v := range o.values[:countryShare] {
			o.own += v * w.options[k]
		}
	}
}

// fitting are the kinds of entries that may be what a noun says.
var fitting = [kindEnd]uint16{
	City:    1 << City,
	Country: 1 << Country,
	Region:  1<<Region | 1<<County | 1<<Division | 1<<Continent,
	Water:   1 << Water,
	Site:    1 << Site,
}

func truth(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// english are countries whose news is in English.
var englishCountries = []string{"US", "GB", "CA", "AU", "NZ", "IE"}

func (d *document) speaksEnglish(i int32) bool {
	c := d.g.parent(i, Country)
	return c >= 0 && slices.Contains(englishCountries, string(d.g.places[c].code[:]))
}

// under tells whether place i is a part of one that the mention may stand for.
func (d *document) under(i int32, parent *mention) bool {
	for _, r := range parent.refs {
		if whole := int32(r >> 1); whole != i && d.g.places[whole].kind <= County && d.g.isWithin(i, whole) {
			return true
		}
	}
	return false
}

// rank scores the options of a group and shares the probability among them.
func (g *group) rank(w *weights) {
	top := math.Inf(-1)
	for i := range g.options {
		o := &g.options[i]
		o.score = o.own
		for k := countryShare; k < evidenceEnd; k++ {
			o.score += o.values[k] * w.options[k]
		}
		if o.score > top {
			top, g.best = o.score, i
		}
	}
	sum := 0.
	for i := range g.options {
		o := &g.options[i]
		o.share = math.Exp(o.score - top)
		sum += o.share
	}
	for i := range g.options {
		g.options[i].share /= sum
	}
}

// context is where the places of the article are, as the groups see it.
type context struct {
	spots []spot
	total float64
	of    []float64 // weight of countries, divisions and counties, by their numbers
	named []float64 // of those that are themselves named; then, of all, how much that says
	own   []float64 // what one group gives to all of these
}

// spot is where an option of a group is.
type spot struct {
	lat, lon, weight float64
	group            int
}

var levels = [3]Kind{Country, Division, County}

// leastShare is the probability below which an option says nothing to others.
const leastShare = 0.02

func newContext(numbers int) *context {
	all := make([]float64, 3*numbers)
	return &context{of: all[:numbers:numbers], named: all[numbers : 2*numbers : 2*numbers], own: all[2*numbers:]}
}

// see takes in where the groups are by now.
func (c *context) see(groups []group) {
	c.spots, c.total = c.spots[:0], 0
	clear(c.of)
	clear(c.named)
	for i := range groups[:min(len(groups), mostGroups)] {
		g := &groups[i]
		c.total += g.weight
		for k := range g.options {
			o := &g.options[k]
			if o.share < leastShare {
				continue
			}
			weight := g.weight * o.share
			if o.spot {
				c.spots = append(c.spots, spot{o.lat, o.lon, weight, i})
			}
			if o.itself >= 0 {
				c.named[o.itself] += weight
			}
			for _, whole := range o.wholes {
				if whole >= 0 {
					c.of[whole] += weight
				}
			}
		}
	}
	for i, x := range c.named {
		if x != 0 {
			c.named[i] = math.Log1p(20 * x)
		}
	}
}

// weigh sets the evidence that the context gives to the options of group n, which
// are as they were seen.
func (c *context) weigh(g *group, n int) {
	if len(g.options) == 1 {
		return
	}
	rest := c.total
	if n < mostGroups {
		rest -= g.weight
		c.give(g)
	}
	for i := range g.options {
		o := &g.options[i]
		v := &o.values
		for l, whole := range o.wholes {
			v[countryShare+l], v[countryNamed+l] = 0, 0
			if whole < 0 {
				continue
			}
			v[countryShare+l] = (c.of[whole] - c.own[whole]) / (rest + 0.5)
			if whole != o.itself {
				v[countryNamed+l] = c.named[whole]
			}
		}
		v[seatOfNamed] = v[isNationSeat] * v[countryNamed]
		v[nearby], v[around] = 0, 0
		if !o.wide {
			v[nearby], v[around] = c.closeness(o, n)
		}
	}
	if n < mostGroups {
		c.forget(g)
	}
}

// give sets what group g gives to countries, divisions and counties.
func (c *context) give(g *group) {
	for k := range g.options {
		o := &g.options[k]
		if o.share < leastShare {
			continue
		}
		weight := g.weight * o.share
		for _, whole := range o.wholes {
			if whole >= 0 {
				c.own[whole] += weight
			}
		}
	}
}

func (c *context) forget(g *group) {
	for k := range g.options {
		for _, whole := range g.options[k].wholes {
			if whole >= 0 {
				c.own[whole] = 0
			}
		}
	}
}

// closeness is how much of the context is within some 50, and some 200,
// kilometres of an option, its group, number n, left out.
func (c *context) closeness(o *option, n int) (near, wide float64) {
	lat, lon, shrink := o.lat, o.lon, o.shrink
	for i := range c.spots {
		s := &c.spots[i]
		if s.group == n {
			continue
		}
		y := (s.lat - lat) * 111
		x := math.Abs(s.lon - lon)
		if x > 180 {
			x = 360 - x
		}
		x = x * 111 * shrink
		square := x*x + y*y
		atNear, atWide := 1+square*(1./(50*50)), 1+square*(1./(200*200))
		share := s.weight / (atNear * atWide) // one division for both
		near += share * atWide
		wide += share * atNear
	}
	return math.Log1p(5 * near), math.Log1p(5 * wide)
}
