package quote_test

import (
	"fmt"
	"slices"
	"testing"

	"whence"
	"whence/reading"
)

// TestMend: sources that the models give too many words, and answers that they miss.
func TestMend(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The Post rang the Fisheries Ministry four times. The mayor said that the wall was safe.", "the Fisheries Ministry:  no_reply"},
		{"The number was 14, the minister told islanders this morning: three more than on Tuesday.", "the minister: The number was 14, "},
		{"About 90 villagers have told wardens they will not go, according to Ada Roe, the mayor, who said she would leave on the last boat.",
			"Ada Roe, the mayor: About 90 villagers have told wardens they will not go "},
		{"Tern Haulage, the agency that the union says hired the men, declined to answer questions.", "Tern Haulage, the agency that the union says hired the men,: to answer questions declined"},
		{"The ministry would not say how many had left.", "The ministry: how many had left declined"},
		{"The paper stands by its story, its editor, Ada Roe, said.", "its editor, Ada Roe,: The paper stands by its story confirmed"},
		{"The quay stands by its oldest wall, its keeper, Ada Roe, said.", "its keeper, Ada Roe,: The quay stands by its oldest wall "},
	} {
		var got []string
		for _, a := range reading.Read(&whence.Article{Text: c.text, Language: "en", Outlet: "Harbour Post"}).Attributions {
			if a.Source != nil {
				got = append(got, fmt.Sprintf("%s: %s %s", a.Source.Text, a.Content.Text, a.Response))
			}
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.text, got, c.want)
		}
	}
}
