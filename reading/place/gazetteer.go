package place

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"whence"
)

// Kind is what sort of place an entry of the gazetteer is.
type Kind uint8

// The kinds of entries.
const (
	Continent Kind = iota
	Country
	Division // of a country: state, province
	County   // of a division: county, district
	City
	Region // without a government of its own: mountains, deserts, islands
	Water
	Site
	kindEnd
)

// kinds gives the names that the tables use.
var kinds = map[string]Kind{
	"continent": Continent, "country": Country, "division": Division, "county": County,
	"city": City, "region": Region, "water": Water, "site": Site,
}

// KindOf is the kind of that name.
func KindOf(name string) (Kind, bool) {
	k, ok := kinds[name]
	return k, ok
}

// precisions are what readings say of places of a kind.
var precisions = [kindEnd]whence.PlacePrecision{
	Continent: whence.PlaceRegion, Country: whence.PlaceCountry, Division: whence.PlaceRegion,
	County: whence.PlaceRegion, City: whence.PlaceCity, Region: whence.PlaceRegion,
	Water: whence.PlaceWater, Site: whence.PlaceSite,
}

// Entry is a place as it goes into a gazetteer.
type Entry struct {
	Kind       Kind
	Name       string
	Also       []string // other spellings and names
	Point      whence.Point
	Within     int    // number of the entry that it is a part of; -1 for none
	Code       string // ISO 3166-1 alpha-2, of countries
	Population int
	Geonames   int // id there, 0 for none
	Seat       Seat
}

// Seat tells of what a town is the seat of government.
type Seat uint8

// The seats of government.
const (
	NoSeat Seat = iota
	DivisionSeat
	Capital // of a country
)

// place is an entry as it is looked up.
type place struct {
	lat, lon int32 // in units of 1e-5 degrees
	name     uint32
	geonames int32
	within   int32
	size     uint8 // eighths of the binary logarithm of the population
	kind     Kind
	seat     Seat
	code     [2]byte
}

// sizeSteps is how finely sizes are kept.
const sizeSteps = 8

// gazetteer is places by the keys of their names.
type gazetteer struct {
	places []place
	names  string
	keys   []uint64 // ascending; a key stands once for each place of the name
	refs   []uint32 // of the keys: number of the place, and whether the name is its first
	first  []uint32 // of the keys that start with the same 16 of their bits
}

// The bits of keys that are kept, and those that find the neighbourhood.
const (
	keyBits   = 40
	frontBits = 16
)

// The bytes of the rows of fixed length: latitude, longitude and id of a place;
// a key and its reference. Numbers are little-endian.
const (
	placeRow = 12
	keyRow   = 9
)

// Encode makes the file of a gazetteer, unpacked: the number of places, a row
// for each, their columns one after another as varints of the differences, the
// names, and the keys with their places. The same entries give the same bytes.
func Encode(entries []Entry) ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(entries)))
	for i, e := range entries {
		if e.Within < -1 || e.Within >= i {
			return nil, fmt.Errorf("entry %d, %s, is part of %d, which does not stand before it", i, e.Name, e.Within)
		}
	}
	for _, e := range entries {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(e.Point.Lat*1e5))))
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(math.Round(e.Point.Lon*1e5))))
		b = binary.LittleEndian.AppendUint32(b, uint32(e.Geonames))
	}
	columns := []func(e Entry) int64{
		func(e Entry) int64 { return int64(e.Kind) },
		func(e Entry) int64 { return int64(e.Within) },
		func(e Entry) int64 { return int64(math.Round(sizeSteps * math.Log2(float64(e.Population)+1))) },
		func(e Entry) int64 { return int64(len(e.Name)) },
		func(e Entry) int64 { return int64(e.Seat) },
		func(e Entry) int64 {
			if len(e.Code) != 2 {
				return 0
			}
			return int64(e.Code[0])<<8 | int64(e.Code[1])
		},
	}
	for _, column := range columns {
		last := int64(0)
		for _, e := range entries {
			v := column(e)
			b = binary.AppendVarint(b, v-last)
			last = v
		}
	}
	for _, e := range entries {
		b = append(b, e.Name...)
	}
	return appendKeys(b, entries), nil
}

// keyed is one name of one place.
type keyed struct {
	key uint64
	ref uint32
}

func appendKeys(b []byte, entries []Entry) []byte {
	var all []keyed
	for i, e := range entries {
		own := keyOf(e.Name)
		all = append(all, keyed{own, uint32(i)<<1 | 1})
		for _, name := range e.Also {
			if k := keyOf(name); k != own {
				all = append(all, keyed{k, uint32(i) << 1})
			}
		}
	}
	slices.SortFunc(all, func(x, y keyed) int {
		if x.key != y.key {
			if x.key < y.key {
				return -1
			}
			return 1
		}
		return int(x.ref) - int(y.ref)
	})
	all = slices.Compact(all)
	b = binary.AppendUvarint(b, uint64(len(all)))
	for _, k := range all {
		b = binary.LittleEndian.AppendUint32(b, uint32(k.key))
		b = append(b, byte(k.key>>32))
		b = binary.LittleEndian.AppendUint32(b, k.ref)
	}
	return b
}

var errCut = errors.New("the gazetteer is cut short or broken")

// decoder reads numbers; after a breach it reads zeros.
type decoder struct {
	b   []byte
	err error
}

func (d *decoder) unsigned() uint64 {
	if len(d.b) > 0 && d.b[0] < 0x80 { // most numbers take one byte
		v := d.b[0]
		d.b = d.b[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(d.b)
	if n <= 0 {
		d.b, d.err = nil, errCut
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) signed() int64 {
	v := d.unsigned()
	return int64(v>>1) ^ -int64(v&1)
}

// bytes reads n bytes.
func (d *decoder) bytes(n int) []byte {
	if n > len(d.b) {
		d.b, d.err = nil, errCut
		return nil
	}
	b := d.b[:n]
	d.b = d.b[n:]
	return b
}

// count reads how many things follow, each of which takes a byte at least.
func (d *decoder) count() int {
	n := d.unsigned()
	if n > uint64(len(d.b)) {
		d.b, d.err = nil, errCut
		return 0
	}
	return int(n)
}

// decode reads the file of a gazetteer, unpacked.
func decode(b []byte) (*gazetteer, error) {
	d := &decoder{b: b}
	g := &gazetteer{places: make([]place, d.count())}
	rows := d.bytes(placeRow * len(g.places))
	if d.err != nil {
		return nil, d.err
	}
	for i := range g.places {
		p, row := &g.places[i], rows[placeRow*i:]
		p.lat = int32(binary.LittleEndian.Uint32(row))
		p.lon = int32(binary.LittleEndian.Uint32(row[4:]))
		p.geonames = int32(binary.LittleEndian.Uint32(row[8:]))
	}
	lengths := make([]int64, len(g.places))
	columns := []func(p *place, i int, v int64){
		func(p *place, _ int, v int64) { p.kind = Kind(v) },
		func(p *place, _ int, v int64) { p.within = int32(v) },
		func(p *place, _ int, v int64) { p.size = uint8(v) },
		func(_ *place, i int, v int64) { lengths[i] = v },
		func(p *place, _ int, v int64) { p.seat = Seat(v) },
		func(p *place, _ int, v int64) { p.code = [2]byte{byte(v >> 8), byte(v)} },
	}
	for _, column := range columns {
		v := int64(0)
		for i := range g.places {
			v += d.signed()
			column(&g.places[i], i, v)
		}
	}
	end := int64(0)
	for i := range g.places {
		p := &g.places[i]
		p.name = uint32(end)
		if end += lengths[i]; lengths[i] < 0 || end > int64(len(d.b)) || p.kind >= kindEnd || int(p.within) >= i || p.within < -1 {
			return nil, errCut
		}
	}
	g.names, d.b = string(d.b[:end]), d.b[end:]
	return g, g.readKeys(d)
}

func (g *gazetteer) readKeys(d *decoder) error {
	n := d.count()
	g.keys, g.refs = make([]uint64, n), make([]uint32, n)
	g.first = make([]uint32, 1<<frontBits+1)
	rows := d.bytes(keyRow * n)
	if d.err != nil {
		return d.err
	}
	for i := range g.keys {
		row := rows[keyRow*i:]
		g.keys[i] = uint64(binary.LittleEndian.Uint32(row)) | uint64(row[4])<<32
		g.refs[i] = binary.LittleEndian.Uint32(row[5:])
		if i > 0 && g.keys[i] < g.keys[i-1] || int(g.refs[i]>>1) >= len(g.places) {
			return errCut
		}
		g.first[g.keys[i]>>(keyBits-frontBits)+1]++
	}
	for i := range g.first[1:] {
		g.first[i+1] += g.first[i]
	}
	return nil
}

// find is the places of the name with that key: their numbers, shifted to the
// left by one bit that tells whether it is their first name.
func (g *gazetteer) find(key uint64) []uint32 {
	front := key >> (keyBits - frontBits)
	from, to := int(g.first[front]), int(g.first[front+1])
	for from < to && g.keys[from] < key {
		from++
	}
	end := from
	for end < to && g.keys[end] == key {
		end++
	}
	return g.refs[from:end]
}

// name is the first name of place number i.
func (g *gazetteer) name(i int32) string {
	end := len(g.names)
	if int(i)+1 < len(g.places) {
		end = int(g.places[i+1].name)
	}
	return g.names[g.places[i].name:end]
}

// parent is the nearest place of the kind that place number i is a part of, or
// itself; -1 where there is none.
func (g *gazetteer) parent(i int32, kind Kind) int32 {
	for i >= 0 && g.places[i].kind != kind {
		i = g.places[i].within
	}
	return i
}

// isWithin tells whether place number i is a part of number whole, or the same.
func (g *gazetteer) isWithin(i, whole int32) bool {
	for i >= 0 && i != whole {
		i = g.places[i].within
	}
	return i >= 0
}

func (p *place) point() whence.Point {
	return whence.Point{Lat: float64(p.lat) / 1e5, Lon: float64(p.lon) / 1e5}
}

// Kilometres is the distance of two points on a sphere of 12,742 km across.
func Kilometres(p, q whence.Point) float64 {
	const degree = math.Pi / 180
	a, b, c, d := p.Lat*degree, p.Lon*degree, q.Lat*degree, q.Lon*degree
	h := math.Pow(math.Sin((c-a)/2), 2) + math.Cos(a)*math.Cos(c)*math.Pow(math.Sin((d-b)/2), 2)
	return 12742 * math.Asin(min(1, math.Sqrt(h)))
}
