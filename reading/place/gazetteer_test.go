package place

import (
	"math"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"whence"
)

// TestEncode: what is encoded is found again under each of its names.
func TestEncode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[A-ZÉØ][a-zé]{1,5}( [A-Z][a-z]{1,5})?`)
		entries := make([]Entry, rapid.IntRange(1, 20).Draw(t, "entries"))
		for i := range entries {
			entries[i] = Entry{
				Kind: Kind(rapid.IntRange(0, int(kindEnd)-1).Draw(t, "kind")), Name: words.Draw(t, "name"),
				Also:  []string{words.Draw(t, "also")},
				Point: whence.Point{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")},
				Code:  rapid.SampledFrom([]string{"", "NZ", "US"}).Draw(t, "code"), Within: rapid.IntRange(-1, i-1).Draw(t, "within"),
				Population: rapid.IntRange(0, 1e9).Draw(t, "people"), Geonames: rapid.IntRange(0, 1e7).Draw(t, "id"),
				Seat: Seat(rapid.IntRange(0, 2).Draw(t, "seat")),
			}
		}
		b, err := Encode(entries)
		if err != nil {
			t.Fatal(err)
		}
		g, err := decode(b)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range entries {
			p := g.places[i]
			if g.name(int32(i)) != e.Name || p.kind != e.Kind || int(p.within) != e.Within || int(p.geonames) != e.Geonames || p.seat != e.Seat {
				t.Fatalf("entry %+v came back as %+v, named %q", e, p, g.name(int32(i)))
			}
			if got := p.point(); math.Abs(got.Lat-e.Point.Lat) > 1e-5 || math.Abs(got.Lon-e.Point.Lon) > 1e-5 {
				t.Fatalf("%v came back at %v", e.Point, got)
			}
			for _, name := range append([]string{e.Name}, e.Also...) {
				if !has(g.find(keyOf(name)), i) {
					t.Fatalf("%q does not find %+v", name, e)
				}
			}
		}
	})
}

func has(refs []uint32, i int) bool {
	for _, r := range refs {
		if int(r>>1) == i {
			return true
		}
	}
	return false
}

func TestEncodeRefuses(t *testing.T) {
	if _, err := Encode([]Entry{{Name: "Karvik", Within: 0}}); err == nil {
		t.Error("an entry that is part of itself is taken")
	}
}

func FuzzDecode(f *testing.F) {
	b, err := Encode([]Entry{{Kind: Country, Name: "Corvany", Within: -1, Code: "XX"}, {Kind: City, Name: "Karvik", Also: []string{"Carvik"}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(_ *testing.T, b []byte) {
		g, err := decode(b)
		if err != nil {
			return
		}
		for i := range g.places {
			g.name(int32(i))
			g.parent(int32(i), Country)
		}
		for _, r := range g.find(keyOf("Karvik")) {
			_ = g.places[r>>1]
		}
	})
}

func TestKeys(t *testing.T) {
	for _, same := range [][]string{
		{"Saint Petersburg", "St. Petersburg", "st petersburg"}, {"São Tomé", "Sao Tome"}, {"Winston-Salem", "Winston Salem"},
		{"Côte d'Ivoire", "Cote dIvoire", "Côte d’Ivoire"}, {"Łódź", "Lodz"}, {"Fort Worth", "Ft. Worth"},
	} {
		for _, other := range same[1:] {
			if keyOf(other) != keyOf(same[0]) {
				t.Errorf("%q and %q have different keys", same[0], other)
			}
		}
	}
	if keyOf("New York") == keyOf("Newyork") {
		t.Error("words that are written together have the key of those that are not")
	}
}

// TestGazetteer holds the gazetteer of the binary to what every place of it is
// held to, and to some that must be there.
func TestGazetteer(t *testing.T) {
	g := known()
	for i, p := range g.places {
		at := p.point()
		if at.Lat < -90 || at.Lat > 90 || at.Lon < -180 || at.Lon > 180 || g.name(int32(i)) == "" || at == (whence.Point{}) {
			t.Errorf("%s is at %v", g.name(int32(i)), at)
		}
	}
	for _, want := range []struct {
		name string
		kind Kind
		at   whence.Point
	}{
		{"Canada", Country, whence.Point{Lat: 60.1, Lon: -113}}, {"Texas", Division, whence.Point{Lat: 31.3, Lon: -99.3}},
		{"Laurel County", County, whence.Point{Lat: 37.1, Lon: -84.1}}, {"Oxfordshire", County, whence.Point{Lat: 51.8, Lon: -1.3}},
		{"Strait of Hormuz", Water, whence.Point{Lat: 26.6, Lon: 56.5}}, {"Yokosuka", City, whence.Point{Lat: 35.3, Lon: 139.7}},
		{"West Bank", Region, whence.Point{Lat: 32, Lon: 35.3}}, {"Pentagon", Site, whence.Point{Lat: 38.9, Lon: -77.1}},
	} {
		found := false
		for _, r := range g.find(keyOf(want.name)) {
			p := &g.places[r>>1]
			found = found || p.kind == want.kind && Kilometres(p.point(), want.at) < 60
		}
		if !found {
			t.Errorf("%s is not near %v", want.name, want.at)
		}
	}
}

// TestSitesAreInTheirCountry holds the points written by hand against the towns:
// some town of the country must be near.
func TestSitesAreInTheirCountry(t *testing.T) {
	const farthest = 160 // kilometres
	g := known()
	for i := range g.places {
		site := &g.places[i]
		if site.kind != Site || site.within < 0 {
			continue
		}
		at, nearest := site.point(), math.Inf(1)
		for j := range g.places {
			p := &g.places[j]
			if p.kind == City && math.Abs(float64(p.lat-site.lat)) < 2e5 && g.isWithin(int32(j), site.within) {
				nearest = min(nearest, Kilometres(at, p.point()))
			}
		}
		if nearest > farthest {
			t.Errorf("%s is %.0f km from the nearest town of %s", g.name(int32(i)), nearest, g.name(site.within))
		}
	}
}

// TestMemory bounds what the gazetteer keeps.
func TestMemory(t *testing.T) {
	g, kept := resident(t)
	if kept > 30<<20 {
		t.Errorf("the gazetteer takes %d MB", kept>>20)
	}
	runtime.KeepAlive(g)
}

// resident is the gazetteer unpacked, and how many bytes of heap it keeps after a
// collection.
func resident(t testing.TB) (*gazetteer, int64) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	g, err := unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	return g, int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

// BenchmarkLoad unpacks the gazetteer: the time that start-up takes, and what
// stays resident beside the packed bytes in the binary.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := unpack(packed); err != nil {
			b.Fatal(err)
		}
	}
	g, kept := resident(b)
	b.ReportMetric(float64(kept), "resident-B")
	b.ReportMetric(float64(len(packed)), "packed-B")
	runtime.KeepAlive(g)
}
