package export

import (
	"io"
	"math"

	"whence"
	"whence/ledger"
)

// decimals is how many decimals of a degree a place's position keeps: a degree is
// some 111 km, and no position is sharper than the words that name it. The
// gazetteer has one point for a country or a sea; where exactly it lies says
// nothing.
var decimals = map[whence.PlacePrecision]int{
	whence.PlaceCountry: 0, whence.PlaceWater: 0, whence.PlaceRegion: 1, whence.PlaceCity: 2, whence.PlaceSite: 2,
}

// position is where a place lies, as sharp as the words for it; nil where that is
// not known.
func position(p whence.Place) *whence.Point {
	if p.Point == nil {
		return nil
	}
	f := math.Pow10(decimals[p.Precision]) // without a precision: whole degrees
	round := func(v float64) float64 { return math.Round(v*f)/f + 0 }
	return &whence.Point{Lat: round(p.Lat), Lon: round(p.Lon)}
}

// feature is a place as GeoJSON has it (RFC 7946).
type feature struct {
	Type       string       `json:"type"`
	ID         string       `json:"id"`
	Geometry   *geometry    `json:"geometry"` // null where the place cannot be told
	Properties placeMention `json:"properties"`
}

type geometry struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"` // longitude, latitude
}

// placeMention says which words speak of the place.
type placeMention struct {
	Article   string                `json:"article"`
	Outlet    string                `json:"outlet,omitempty"`
	Title     string                `json:"title,omitempty"`
	Start     int                   `json:"start"`
	End       int                   `json:"end"`
	Text      string                `json:"text"`
	Name      string                `json:"name,omitempty"`
	Precision whence.PlacePrecision `json:"precision,omitempty"`
	Country   string                `json:"country,omitempty"`
	Geonames  int                   `json:"geonames,omitempty"`
}

// geoJSON writes places. Words for a government ("Washington said") are none.
func geoJSON(p *ledger.Part, w io.Writer) error {
	out, err := begin(w, `{"type":"FeatureCollection","features":[`)
	if err != nil {
		return err
	}
	for e, err := range p.Articles() {
		if err != nil {
			return err
		}
		for _, x := range e.Reading.Places {
			if x.Government {
				continue
			}
			f := feature{Type: "Feature", ID: e.ID + "#" + x.ID, Properties: placeMention{
				Article: e.ID, Outlet: e.Outlet, Title: e.Title, Start: x.Start, End: x.End, Text: x.Text,
				Name: x.Name, Precision: x.Precision, Country: x.Country, Geonames: x.Geonames,
			}}
			if at := position(x); at != nil {
				f.Geometry = &geometry{"Point", [2]float64{at.Lon, at.Lat}}
			}
			if err := out.put(f); err != nil {
				return err
			}
		}
	}
	return out.end("]}")
}
