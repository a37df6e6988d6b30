package eval

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/reading"
	"whence/sample"
)

// TestPlacesFigures freezes the figures on LGL and TR-News, so that a change of
// them shows in review.
func TestPlacesFigures(t *testing.T) {
	for file, frozen := range map[string]string{"lgl.xml": "places-lgl.golden", "TR-News.xml": "places-tr-news.golden"} {
		var table bytes.Buffer
		if err := Places(&table, shared.Path(t, "corpora", "places", file)); err != nil {
			t.Fatal(err)
		}
		golden.Check(t, filepath.Join("testdata", frozen), table.String())
	}
}

// TestPlacesCounts holds the counting to a small gold file of our own.
func TestPlacesCounts(t *testing.T) {
	const gold = `<articles><article>
<text>The ferry reached Lisbon from Madrid. A Portuguese crew ate in Lisbon.</text>
<dltime>not a day</dltime>
<toponyms>
<toponym><start>18</start><end>24</end><gaztag><fcode>PPLC</fcode><lat>38.7</lat><lon>-9.1</lon></gaztag></toponym>
<toponym><start>30</start><end>36</end><gaztag><fcode>PPLC</fcode><lat>10</lat><lon>10</lon></gaztag></toponym>
<toponym><start>40</start><end>50</end><gaztag><fcode>PCLI</fcode><lat>39.5</lat><lon>-8</lon></gaztag></toponym>
<toponym><start>63</start><end>69</end></toponym>
</toponyms></article></articles>`
	file := filepath.Join(t.TempDir(), "gold.xml")
	if err := os.WriteFile(file, []byte(gold), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Places(&out, file); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if got := strings.Join(strings.Fields(lines[1]), " "); got != "whole 3 66.7 50.0 33.3 100.0" {
		t.Errorf("the whole is %q in\n%s", got, out.String())
	}
	for _, want := range []string{"1  far: another place of precision city", "1  missed: a people, not a place"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestPlacesRefuses(t *testing.T) {
	if err := Places(&bytes.Buffer{}, filepath.Join(t.TempDir(), "none.xml")); err == nil {
		t.Error("a file that is not there is no error")
	}
}

// TestPlacesSample freezes how many of the sample's places, all invented, are
// found, with which precision, and what else is taken for a place.
func TestPlacesSample(t *testing.T) {
	gold, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var wanted, found, precise, silent, spurious, pointed int
	var misses strings.Builder
	for i := range gold.Articles {
		a := &gold.Articles[i]
		article := sampleArticle(a)
		r := reading.Read(article)
		locator := a.Locator(article.Text)
		used := make([]bool, len(r.Places))
		for _, p := range a.Places {
			spans, err := locator.Spans(p.Passage)
			if err != nil {
				t.Fatal(err)
			}
			wanted++
			best, ok := bestPlace(r.Places, used, spans[0])
			if !ok {
				fmt.Fprintf(&misses, "%s: %q: not found\n", a.File, p.Text)
				continue
			}
			used[best] = true
			found++
			switch r.Places[best].Precision {
			case whence.PlacePrecision(p.Precision):
				precise++
			case "":
				silent++
			}
		}
		for j, p := range r.Places {
			if p.Point != nil {
				pointed++
			}
			if !used[j] {
				spurious++
				fmt.Fprintf(&misses, "%s: %q: is no place\n", a.File, p.Text)
			}
		}
	}
	golden.Check(t, "testdata/places-sample.golden", fmt.Sprintf(
		"places: %d, found %d; of these precision right %d, left open %d\nspurious: %d, with a point %d\n\n%s",
		wanted, found, precise, silent, spurious, pointed, misses.String()))
}
