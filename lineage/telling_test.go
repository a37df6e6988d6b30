package lineage

import (
	"testing"

	"whence"
)

// TestTelling: what everybody says, and what stands in articles long apart, makes no
// pair; a quotation of its own words does.
func TestTelling(t *testing.T) {
	quoting := func(seed, day, words string) *whence.Reading {
		return on(article(seed, sentences(seed, 6)+"\n\n“"+words+"” That is what was heard."), day)
	}
	prose := func(seed, day, words string) *whence.Reading {
		return on(article(seed, sentences(seed, 6)+"\n\n"+words+" "+sentences(seed+"more", 3)), day)
	}
	name := "On that same Monday evening the former harbour master Ana Brandt of the Karvik port authority board told a crowded committee hearing"
	for _, test := range []struct {
		name string
		a, b *whence.Reading
		pair bool
	}{
		{"a phrase of everybody's", quoting("tide", "2027-03-01", "the people of the United States"), quoting("ebb", "2027-03-02", "the people of the United States"), false},
		{"a quotation of five words", quoting("tide", "2027-03-01", "the quay crane buckled overnight"), quoting("ebb", "2027-03-02", "the quay crane buckled overnight"), true},
		{"the same, a year later", quoting("tide", "2027-03-01", "the quay crane buckled overnight"), quoting("ebb", "2028-03-02", "the quay crane buckled overnight"), false},
		{"the same, where no date is known", quoting("tide", "", "the quay crane buckled overnight"), quoting("ebb", "2028-03-02", "the quay crane buckled overnight"), true},
		{"seven words of everybody's", quoting("tide", "2027-03-01", "we have to do something about this"), quoting("ebb", "2027-03-02", "we have to do something about this"), true},
		{"a name with a title", prose("tide", "2027-03-01", name), prose("ebb", "2027-03-02", name), true},
		{"the same, a year later", prose("tide", "2027-03-01", name), prose("ebb", "2028-03-02", name), false},
	} {
		_, ok := Compare(NewText(test.a), NewText(test.b), func(uint64) bool { return false })
		if ok != test.pair {
			t.Errorf("%s: a pair: %v", test.name, ok)
		}
	}
}
