package english_test

import (
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/text"
)

// tokensOf is the words of a line.
func tokensOf(s string) (tokens []text.Token) {
	for _, sentence := range text.Sentences(s, nil) {
		tokens = append(tokens, sentence.Tokens...)
	}
	return tokens
}

// TestMayBeNumber holds that the quick test misses no number.
func TestMayBeNumber(t *testing.T) {
	for _, word := range strings.Fields("one Two TEN ninety hundred thousand million dozen dozens half quarter third several few scores no zero hundreds twenty-first") {
		if n := english.NumeralOf(word); n.Spoken() && !english.MayBeNumber(word) {
			t.Errorf("%s is missed", word)
		}
	}
	missed := 0
	for _, word := range strings.Fields("the mayor of Karvik said on Tuesday that ferries would not be repaired quickly") {
		if english.MayBeNumber(word) {
			missed++
		}
	}
	if missed > 2 {
		t.Errorf("%d words of no number pass", missed)
	}
}

func TestUnitAt(t *testing.T) {
	for words, want := range map[string]string{
		"kilometres per hour": "km/h", "Metres": "metre", "MW": "megawatt", "mw": "", "Canadian dollars": "CAD",
		"cents": "USD", "USD": "USD", "try": "", "per cent of": "percent", "percentage points": "percentage point", "": "", "boats": "",
	} {
		if u, to := english.UnitAt(tokensOf(words), 0); u.Name != want || (to > 0) != (want != "") {
			t.Errorf("%q: %q, to %d", words, u.Name, to)
		}
	}
}

func TestQualifiers(t *testing.T) {
	for words, want := range map[string]whence.Qualifier{
		"they saw about": whence.About, "no more than": whence.AtMost, "more than": whence.MoreThan, "no fewer than": whence.AtLeast, "they saw": "", "": "",
	} {
		tokens := tokensOf(words)
		if q, from := english.QualifierBefore(tokens, len(tokens)); q != want || (from < len(tokens)) != (want != "") {
			t.Errorf("%q: %q from %d", words, q, from)
		}
	}
	if q, end := english.QualifierAfter(tokensOf("or more boats"), 0); q != whence.AtLeast || end != 2 {
		t.Errorf("or more: %q to %d", q, end)
	}
}
