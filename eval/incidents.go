package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"text/tabwriter"

	"whence"
	"whence/reading"
	"whence/reading/figure"
)

// Incidents scores the killed and injured that [figure.Toll] gives for
// incidents with recorded numbers (Gun Violence Archive, as collected for
// SemEval-2018 Task 5, Postma et al.). Gold is a file of JSON Lines, one
// incident with its articles each.
//
// Each article alone: the share of articles whose toll is exactly the recorded
// number of the incident, whenever the article was published; an article that
// gives none is wrong. All together: the share of incidents of which
// [figure.Casualties] gives exactly the recorded number, reading the incident's own
// articles alone. The share of the commonest number is what one gets by always
// saying it.
//
// The model of tolls has learned from the half of the incidents whose id has an
// even hash (FNV-1a, 32 bits); the other half is not looked at but to report.
func Incidents(w io.Writer, gold string) error {
	incidents, err := ReadIncidents(gold)
	if err != nil {
		return err
	}
	var learned, kept incidentScore
	for i := range incidents {
		half := &kept
		if incidents[i].Learned() {
			half = &learned
		}
		half.add(&incidents[i])
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "\tarticles\tkilled\tinjured\tincidents\tkilled\tinjured\tcommonest killed\tinjured\t")
	learned.print(table, "learned from")
	kept.print(table, "kept apart")
	return table.Flush()
}

// Incident is an incident with its recorded numbers and its articles.
type Incident struct {
	ID              string `json:"incident"`
	Killed, Injured float64
	Articles        []struct{ Title, Content, Dct string }
}

// Learned tells whether the incident is of the half that the model of tolls
// has learned from.
func (in *Incident) Learned() bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(in.ID)) // never fails
	return h.Sum32()%2 == 0
}

// ReadIncidents reads a file of incidents.
func ReadIncidents(path string) (incidents []Incident, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	lines := bufio.NewReader(f)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var in Incident
			if err := json.Unmarshal(line, &in); err != nil {
				return nil, fmt.Errorf("reading line %d of %s: %w", n, path, errors.Join(whence.ErrMalformed, err))
			}
			incidents = append(incidents, in)
		}
		if errors.Is(err, io.EOF) {
			return incidents, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading incidents: %w", err)
		}
	}
}

// incidentScore counts what is exactly right.
type incidentScore struct {
	articles, incidents exactly
	commonest           [2]map[float64]int // incidents by recorded number
}

// exactly counts cases, and those whose killed and injured are right.
type exactly struct {
	all   int
	right [2]int
}

func (s *incidentScore) add(in *Incident) {
	recorded := [2]float64{in.Killed, in.Injured}
	readings := make([]*whence.Reading, len(in.Articles))
	for i, a := range in.Articles {
		published, _ := whence.ParseDate(a.Dct) // absent where it is none
		readings[i] = reading.Read(&whence.Article{Title: a.Title, Text: a.Content, Published: published})
		s.articles.count(readings[i:i+1], recorded)
	}
	s.incidents.count(readings, recorded)
	for m := range s.commonest {
		if s.commonest[m] == nil {
			s.commonest[m] = map[float64]int{}
		}
		s.commonest[m][recorded[m]]++
	}
}

func (e *exactly) count(readings []*whence.Reading, recorded [2]float64) {
	e.all++
	killed, injured, ok := figure.Casualties(readings)
	for m, t := range [2]figure.Total{killed, injured} {
		if ok && t.Low == whence.At(recorded[m]) {
			e.right[m]++
		}
	}
}

func (s *incidentScore) print(w io.Writer, name string) {
	_, _ = fmt.Fprintf(w, "%s", name)
	for _, e := range []exactly{s.articles, s.incidents} {
		_, _ = fmt.Fprintf(w, "\t%d\t%s\t%s", e.all, percent(e.right[0], e.all), percent(e.right[1], e.all))
	}
	for m := range s.commonest {
		top := 0
		for _, n := range s.commonest[m] {
			top = max(top, n)
		}
		_, _ = fmt.Fprintf(w, "\t%s", percent(top, s.incidents.all))
	}
	_, _ = fmt.Fprintln(w, "\t")
}
