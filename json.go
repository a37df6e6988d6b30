package whence

import (
	"encoding/json"
	"fmt"
)

// record is the JSON form of a reading: the article and the findings as they
// are, with its dates spelled out. Field order is the order of printing.
type record struct {
	Whence int `json:"whence"`
	dates
	plainReading
}

type dates struct {
	Published          string    `json:"published,omitempty"`
	PublishedPrecision Precision `json:"published_precision,omitempty"`
	Modified           string    `json:"modified,omitempty"`
	ModifiedPrecision  Precision `json:"modified_precision,omitempty"`
	Captured           string    `json:"captured,omitempty"`
	CapturedPrecision  Precision `json:"captured_precision,omitempty"`
}

// plainReading is Reading without its methods.
type plainReading Reading

// MarshalJSON encodes the reading in the form of doc/formats.md.
func (r Reading) MarshalJSON() ([]byte, error) {
	return json.Marshal(record{
		Whence: FormatVersion,
		dates: dates{
			r.Published.String(), r.Published.Precision,
			r.Modified.String(), r.Modified.Precision,
			r.Captured.String(), r.Captured.Precision,
		},
		plainReading: plainReading(r),
	})
}

// UnmarshalJSON decodes what MarshalJSON wrote. A reading of a later format
// version is refused.
func (r *Reading) UnmarshalJSON(data []byte) error {
	var in record
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	if in.Whence > FormatVersion {
		return fmt.Errorf("reading of format %d: this program knows format %d; a newer whence is needed", in.Whence, FormatVersion)
	}
	*r = Reading(in.plainReading)
	printed := in.dates
	for _, d := range []struct {
		to   *Date
		from string
	}{
		{&r.Published, printed.Published},
		{&r.Modified, printed.Modified},
		{&r.Captured, printed.Captured},
	} {
		if d.from == "" {
			continue
		}
		date, err := ParseDate(d.from)
		if err != nil {
			return err
		}
		*d.to = date
	}
	return nil
}
