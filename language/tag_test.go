package language

import "testing"

func TestAgree(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"en-GB", "en", true}, {"EN_us", "en", true}, {"no", "nb", true}, {"nn-NO", "nb", true}, {"hr", "sh", true}, {"in", "id", true},
		{"iw", "he", true}, {"en", "es", false}, {"", "", false}, {"", "en", false}, {"und", "und", false}, {"english", "en", false},
	} {
		if Agree(c.a, c.b) != c.want || Agree(c.b, c.a) != c.want {
			t.Errorf("%q and %q: %t", c.a, c.b, !c.want)
		}
	}
}

// TestName: every language that can be told has a name.
func TestName(t *testing.T) {
	codes := sole[:]
	for _, table := range tables() {
		if table == nil {
			continue
		}
		for _, l := range table.languages {
			codes = append(codes, l.code, l.stand)
		}
	}
	for _, code := range codes {
		if code != "" && Name(code) == "" {
			t.Errorf("%s has no name", code)
		}
	}
	if Name("en-GB") != "English" || Name("") != "" || Name(Unknown) != "" {
		t.Error(Name("en-GB"), Name(""), Name(Unknown))
	}
}
