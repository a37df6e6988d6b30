package whence

// Place is a mention of a place, no sharper than the words for it.
type Place struct {
	ID string `json:"id"`
	Span
	Text string `json:"text"`
	Name string `json:"name,omitempty"` // as the gazetteer has it
	// Point is a point that stands for the place; absent where the gazetteer
	// does not know it, or where it cannot be told which of its namesakes is
	// meant.
	*Point
	Geonames  int            `json:"geonames,omitempty"` // id in GeoNames
	Country   string         `json:"country,omitempty"`  // ISO 3166-1 alpha-2
	Precision PlacePrecision `json:"precision,omitempty"`
	// Government tells that the words stand for the government that sits there
	// ("Washington said").
	Government bool `json:"government,omitempty"`
}

// Point is a point on the earth, in degrees (WGS 84).
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// PlacePrecision is how large an area the words name.
type PlacePrecision string

// The precisions of places.
const (
	PlaceCountry PlacePrecision = "country"
	PlaceRegion  PlacePrecision = "region"
	PlaceCity    PlacePrecision = "city"
	PlaceSite    PlacePrecision = "site"
	PlaceWater   PlacePrecision = "water"
)
