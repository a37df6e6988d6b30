package quote_test

import (
	"fmt"
	"strings"
	"testing"

	"whence"
	"whence/reading"
)

func TestUnnamedComeBack(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{
			"Three officials told the Harbour Post that the quay would close. The officials said that no date was set. " +
				"One of the officials said that the mayor knew of it. The officials spoke on condition of anonymity because they had no leave to speak.",
			"Three officials 3 they had no leave to speak; The officials 3 they had no leave to speak; One of the officials 1 they had no leave to speak",
		},
		{
			"Two officials in Karvik said that the quay would close. Five officials in Lohn said that it would open. The officials said that no date was set.",
			"Two officials in Karvik 2 ; Five officials in Lohn 5 ; The officials 0 ",
		},
		{"A senior official said that the quay would close.", "A senior official 1 "},
	} {
		r := reading.Read(&whence.Article{Text: c.text, Language: "en"})
		var got []string
		for _, a := range r.Attributions {
			if s := a.Source; s != nil && s.Anonymous {
				got = append(got, fmt.Sprint(s.Text, " ", s.Count, " ", s.Reason))
			}
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, g, c.want)
		}
	}
}
