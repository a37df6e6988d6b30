package sqlite

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/sample"
)

// left are fields that are not kept: those of a pair that its keys name.
var left = map[reflect.Type][]string{reflect.TypeFor[whence.Reuse](): {"Article", "Path", "Other", "OtherPath"}}

// TestFields holds the form to every field of what is kept, so that none is lost
// when one is added to the vocabulary.
func TestFields(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(x reflect.Type) {
		switch x.Kind() { //nolint:exhaustive // others hold nothing
		case reflect.Pointer, reflect.Slice:
			visit(x.Elem())
		case reflect.Struct:
			if seen[x] || x == spanType || x == dateType {
				return
			}
			seen[x] = true
			for i := range x.NumField() {
				f := x.Field(i)
				if !slices.Contains(fields[x], f.Name) && !slices.Contains(left[x], f.Name) {
					t.Errorf("%v.%s is not kept", x, f.Name)
				}
				visit(f.Type)
			}
		}
	}
	visit(reflect.TypeFor[whence.Reading]())
	visit(reflect.TypeFor[whence.Reuse]())
	if len(seen) < 15 {
		t.Errorf("only %d types are looked at", len(seen))
	}
}

// TestFormOfSample packs what is read of the sample and unpacks it.
func TestFormOfSample(t *testing.T) {
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		want := reading.Read(a)
		got, err := unpackReading(packReading(want))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-packed +unpacked):\n%s", p.Name, diff)
		}
	}
}

// odd are readings that no reader makes.
var odd = []*whence.Reading{
	{},
	{Article: whence.Article{Text: "a\x00b\xff“é”", Byline: []string{"", "a1", "z", "a01", "a99999999"}, Blocks: []whence.Block{}}},
	{Article: whence.Article{Text: "two"}, Figures: []whence.Figure{{ID: "f1", Span: whence.Span{Start: 0, End: 3}, Text: "2"}}},
	{Article: whence.Article{Text: "two"}, Times: []whence.Time{{Span: whence.Span{Start: 9, End: -4}}}},
	{Article: whence.Article{Text: "x é y"}, Events: []whence.Event{{Span: whence.Span{Start: 2, End: 3}, Text: "é"}},
		Places: []whence.Place{{Point: &whence.Point{Lat: 1e-7, Lon: -0.1234567890123}, Government: true}},
		Attributions: []whence.Attribution{{Score: 1e300, Relay: &whence.Relay{Span: whence.Span{Start: 0, End: 1}, Name: "x"},
			Source: &whence.Source{Phrase: whence.Phrase{Spans: []whence.Span{{Start: 0, End: 1}, {Start: 4, End: 5}}, Text: "x y"}}}}},
}

func TestFormOfOddReadings(t *testing.T) {
	for i, want := range odd {
		got, err := unpackReading(packReading(want))
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d (-packed +unpacked):\n%s", i, diff)
		}
	}
}

// FuzzUnform gives what is no form of a reading. What is taken for one comes back
// the same from its own form.
func FuzzUnform(f *testing.F) {
	for _, r := range odd {
		f.Add(form(r))
	}
	f.Add([]byte{})
	f.Add([]byte("\x01x\x00\x02\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := unform(data)
		if err != nil {
			return
		}
		again, err := unform(form(r))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, again); diff != "" {
			t.Errorf("(-first +again):\n%s", diff)
		}
		var reuse whence.Reuse
		_ = fromForm(data, &reuse) // must not panic
	})
}
