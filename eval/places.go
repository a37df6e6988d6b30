package eval

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/reading/place"
)

// nearEnough is how far from gold a place may be, in kilometres: 100 miles, as
// is usual since Leidner (2007).
const nearEnough = 161

// Places scores the places of articles whose gold has coordinates, in the
// layout of LGL and TR-News, and prints in percent:
//
//	found      gold toponyms with coordinates that some place overlaps; a place counts once
//	near       of those found, the ones placed within 161 km of the gold point
//	all        near over all gold toponyms
//	precision  places that overlap any gold toponym, with or without coordinates
//
// in the whole and for the articles of even and odd number (the weights were
// fitted on the even ones), then found and near by what the gold toponym is,
// and why places were missed. Demonyms count as toponyms where gold marks them;
// they are no places here, and so are all missed.
func Places(w io.Writer, gold string) error {
	articles, err := readToponyms(gold)
	if err != nil {
		return err
	}
	var s placeScores
	for i := range articles {
		s.add(&articles[i], i%2)
	}
	return s.print(w)
}

// toponym is a place of gold.
type toponym struct {
	whence.Span
	point   whence.Point
	located bool
	feature string // GeoNames' code of what it is
	text    string
}

// toponymArticle is an article with its toponyms.
type toponymArticle struct {
	article  whence.Article
	toponyms []toponym
}

// readToponyms reads the layout of LGL and TR-News.
func readToponyms(path string) ([]toponymArticle, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file struct {
		Articles []struct {
			Text     string `xml:"text"`
			Day      string `xml:"dltime"`
			Toponyms []struct {
				Start   int    `xml:"start"`
				End     int    `xml:"end"`
				Feature string `xml:"gaztag>fcode"`
				Lat     string `xml:"gaztag>lat"`
				Lon     string `xml:"gaztag>lon"`
			} `xml:"toponyms>toponym"`
		} `xml:"article"`
	}
	if err := xml.Unmarshal(b, &file); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	var all []toponymArticle
	for _, a := range file.Articles {
		x := toponymArticle{article: whence.Article{Text: a.Text}}
		if day := strings.TrimSpace(a.Day); len(day) >= len(time.DateOnly) {
			if published, err := whence.ParseDate(day[:len(time.DateOnly)]); err == nil {
				x.article.Published = published
			}
		}
		page.Structure(&x.article)
		runes := []rune(a.Text)
		for _, t := range a.Toponyms {
			p := toponym{Span: whence.Span{Start: t.Start, End: t.End}, feature: t.Feature}
			if t.Start >= 0 && t.Start <= t.End && t.End <= len(runes) {
				p.text = string(runes[t.Start:t.End])
			}
			if t.Lat != "" && t.Lon != "" {
				if p.point.Lat, err = strconv.ParseFloat(t.Lat, 64); err == nil {
					p.point.Lon, err = strconv.ParseFloat(t.Lon, 64)
				}
				if err != nil {
					return nil, fmt.Errorf("reading %s: %w", path, err)
				}
				p.located = true
			}
			x.toponyms = append(x.toponyms, p)
		}
		all = append(all, x)
	}
	return all, nil
}

// placeScore counts toponyms.
type placeScore struct{ gold, found, near int }

func (s *placeScore) add(found, near bool) {
	s.gold++
	s.found += one(found)
	s.near += one(near)
}

func shareOf(part, whole int) string {
	return strconv.FormatFloat(100*float64(part)/float64(max(1, whole)), 'f', 1, 64)
}

func (s placeScore) String() string {
	return fmt.Sprintf("%d\t%s\t%s\t%s", s.gold, shareOf(s.found, s.gold), shareOf(s.near, s.found), shareOf(s.near, s.gold))
}

// placeScores are the counts of a corpus.
type placeScores struct {
	all    placeScore
	halves [2]placeScore
	given  [2]int // places of the halves
	true   [2]int // of those: over some gold toponym
	kinds  map[string]*placeScore
	missed map[string]int
}

// add reads an article and counts its places.
func (s *placeScores) add(a *toponymArticle, half int) {
	if s.kinds == nil {
		s.kinds, s.missed = map[string]*placeScore{}, map[string]int{}
	}
	r := reading.Read(&a.article)
	used := make([]bool, len(r.Places))
	for _, t := range a.toponyms {
		if !t.located {
			continue
		}
		best, found := bestPlace(r.Places, used, t.Span)
		near := false
		if found {
			used[best] = true
			p := r.Places[best]
			near = p.Point != nil && place.Kilometres(t.point, *p.Point) <= nearEnough
		}
		s.all.add(found, near)
		s.halves[half].add(found, near)
		kind := toponymKind(t.feature)
		if s.kinds[kind] == nil {
			s.kinds[kind] = &placeScore{}
		}
		s.kinds[kind].add(found, near)
		if !found {
			s.missed[whyMissed(r, t)]++
		} else if !near {
			s.missed[whyFar(r.Places[best])]++
		}
	}
	for _, p := range r.Places {
		s.given[half]++
		s.true[half] += one(slices.ContainsFunc(a.toponyms, func(t toponym) bool { return t.Overlaps(p.Span) }))
	}
}

// bestPlace is the place, of those not used, that shares most with s.
func bestPlace(places []whence.Place, used []bool, s whence.Span) (best int, found bool) {
	most := 0
	for i, p := range places {
		if shared := min(s.End, p.End) - max(s.Start, p.Start); shared > most && !used[i] {
			best, most = i, shared
		}
	}
	return best, most > 0
}

// toponymKind sorts GeoNames' codes.
func toponymKind(feature string) string {
	for _, k := range []struct{ prefix, kind string }{
		{"PCL", "country"}, {"ADM1", "division"}, {"ADM", "county"}, {"PPL", "town"}, {"CONT", "region"}, {"RGN", "region"},
		{"STM", "water"}, {"SEA", "water"}, {"OCN", "water"}, {"LK", "water"}, {"GULF", "water"}, {"BAY", "water"},
	} {
		if strings.HasPrefix(feature, k.prefix) {
			return k.kind
		}
	}
	return "other"
}

// whyMissed sorts toponyms that no place overlaps.
func whyMissed(r *whence.Reading, t toponym) string {
	if t.feature != "" && toponymKind(t.feature) != "town" && t.text != "" && place.IsPeople(t.text) {
		return "missed: a people, not a place"
	}
	for _, n := range r.Names {
		for _, m := range n.Mentions {
			if m.Overlaps(t.Span) {
				return "missed: part of the name of a " + n.Kind
			}
		}
	}
	if !place.Knows(t.text) {
		return "missed: not in the gazetteer"
	}
	return "missed: not told to be a place"
}

// whyFar sorts places that are not where gold has them.
func whyFar(p whence.Place) string {
	switch {
	case p.Point == nil && p.Precision == "":
		return "far: without a point"
	case p.Point == nil:
		return "far: without a point, its kind told"
	}
	return "far: another place of precision " + string(p.Precision)
}

func (s *placeScores) print(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	var b strings.Builder
	b.WriteString("\ttoponyms\tfound\tnear\tall\tprecision\t\n")
	given, right := s.given[0]+s.given[1], s.true[0]+s.true[1]
	fmt.Fprintf(&b, "whole\t%v\t%s\t\n", s.all, shareOf(right, given))
	for i, half := range []string{"even articles", "odd articles"} {
		fmt.Fprintf(&b, "%s\t%v\t%s\t\n", half, s.halves[i], shareOf(s.true[i], s.given[i]))
	}
	for _, kind := range slices.Sorted(maps.Keys(s.kinds)) {
		fmt.Fprintf(&b, "%s\t%v\t\t\n", kind, *s.kinds[kind])
	}
	if _, err := io.WriteString(table, b.String()); err != nil {
		return err
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, why := range slices.Sorted(maps.Keys(s.missed)) {
		if _, err := fmt.Fprintf(w, "%5d  %s\n", s.missed[why], why); err != nil {
			return err
		}
	}
	return nil
}
