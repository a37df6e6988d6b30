package page

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"whence"
)

func TestSplitByline(t *testing.T) {
	for _, c := range []struct {
		in              string
		people, credits []string
	}{
		{"By Jane Doe", []string{"Jane Doe"}, nil},
		{"By Jane Doe and Tomas Brandt", []string{"Jane Doe", "Tomas Brandt"}, nil},
		{"BY JANE DOE, ANA LIND AND TOMAS BRANDT", []string{"JANE DOE", "ANA LIND", "TOMAS BRANDT"}, nil},
		{"Written by: Jane Doe | Tomas Brandt", []string{"Jane Doe", "Tomas Brandt"}, nil},
		{"Jane Doe, Staff Writer", []string{"Jane Doe"}, nil},
		{"Jane Doe, chief political correspondent, in Karvik", []string{"Jane Doe"}, nil},
		{"By Jane Doe in Karvik and Ana Lind in Lorra", []string{"Jane Doe", "Ana Lind"}, nil},
		{"Jane Doe @janedoe jane.doe@post.example", []string{"Jane Doe"}, nil},
		{"https://social.example/janedoe", nil, nil},
		{"By Jane Doe, Reuters", []string{"Jane Doe"}, []string{"Reuters"}},
		{"By JANE DOE Associated Press", []string{"JANE DOE"}, []string{"Associated Press"}},
		{"By Jane Doe of The Associated Press", []string{"Jane Doe"}, []string{"Associated Press"}},
		{"By Jane Doe, AP Sports Writer", []string{"Jane Doe"}, []string{"Associated Press"}},
		{"By The Associated Press", nil, []string{"Associated Press"}},
		{"REUTERS", nil, []string{"Reuters"}},
		{"Reuters, Karvik", nil, []string{"Reuters"}},
		{"AFP and Reuters", nil, []string{"Agence France-Presse", "Reuters"}},
		{"Jane Doe, Northern Wire", []string{"Jane Doe"}, []string{"Northern Wire"}},
		{"By Lorra News Agency", nil, []string{"Lorra News Agency"}},
		{"By Jane Doe, Harbour Post", []string{"Jane Doe"}, nil},
		{"By Jane Doe, CNN", []string{"Jane Doe"}, nil},
		{"Jane Doe. Lorra International", []string{"Jane Doe"}, nil},
		{"By Jane J. Doe Jr.", []string{"Jane J. Doe Jr."}, nil},
		{"Jane Doe, MD, PhD", []string{"Jane Doe"}, nil},
		{"Ludwig van den Berg", []string{"Ludwig van den Berg"}, nil},
		{"van den Berg, Lena Roth", []string{"van den Berg", "Lena Roth"}, nil},
		{"Текст: Анна Линд", []string{"Анна Линд"}, nil},
		{"admin", nil, nil},
		{"Staff Reports", nil, nil},
		{"By", nil, nil},
		{"", nil, nil},
		{strings.Repeat("Jane Doe, ", 500), nil, nil},
	} {
		people, credits := splitByline(c.in)
		if diff := cmp.Diff([][]string{c.people, c.credits}, [][]string{people, credits}); diff != "" {
			t.Errorf("splitByline(%.60q) (-want +got):\n%s", c.in, diff)
		}
	}
}

func TestReadDateline(t *testing.T) {
	for _, c := range []struct {
		in, head, credit, date string // head "" for no dateline
	}{
		{"KARVIK, 3 May (AP) — Two ships met.", "KARVIK, 3 May (AP) —", "AP", ""},
		{"KARVIK, 3 May 2025 (NW) - Two ships met.", "KARVIK, 3 May 2025 (NW) -", "NW", "2025-05-03"},
		{"KARVIK (Reuters) - Two ships met.", "KARVIK (Reuters) -", "Reuters", ""},
		{"KARVIK, Lorra — Two ships met.", "KARVIK, Lorra —", "", ""},
		{"NEW KARVIK—Two ships met.", "NEW KARVIK—", "", ""},
		{"KARVIK, N.L. -- “Two ships met.”", "KARVIK, N.L. --", "", ""},
		{"Karvik, Lorra (AP) _ Two ships met.", "Karvik, Lorra (AP) _", "AP", ""},
		{"(Reuters) - Two ships met.", "(Reuters) -", "Reuters", ""},
		{"KARVIK/LORRA (Reuters) - Two ships met.", "KARVIK/LORRA (Reuters) -", "Reuters", ""},

		{"NASA — the space agency — said that it knew.", "", "", ""},
		{"Sen. Ana Brandt (R) — A first for Lorra — said so.", "", "", ""},
		{"Sen. Ana Brandt (D-Lorra) — A first — said so.", "", "", ""},
		{"The Harbour Office (HO) — The body in charge — said so.", "", "", ""},
		{"WATCH — Two ships met.", "", "", ""},
		{"COUNCIL VOTES AGAINST HARBOUR PLAN - The vote was close.", "", "", ""},
		{"The ships — Two of them — met.", "", "", ""},
		{"Two well-known ships met.", "", "", ""},
		{"— Two ships met.", "", "", ""},
		{"BRANDT: We knew it.", "", "", ""},
		{"", "", "", ""},
	} {
		d, ok := readDateline(c.in)
		if ok != (c.head != "") || ok && (c.in[:d.length] != c.head || d.credit != c.credit || d.date.String() != c.date) {
			t.Errorf("readDateline(%q) = %q, %+v, %v", c.in, c.in[:d.length], d, ok)
		}
	}
}

func TestCreditsIn(t *testing.T) {
	block := func(role whence.Role, words string) [2]string { return [2]string{string(role), words} }
	for _, c := range []struct {
		name   string
		blocks [][2]string
		want   []string
	}{
		{"dateline in a paragraph", [][2]string{block(whence.RoleParagraph, "KARVIK (AP) — Two ships met.")}, []string{"Associated Press"}},
		{"dateline of its own", [][2]string{block(whence.RoleDateline, "KARVIK, 3 May (NW) —"), block(whence.RoleParagraph, "Two ships met.")}, []string{"NW"}},
		{"initials and name", [][2]string{block(whence.RoleDateline, "KARVIK (NW) —"), block(whence.RoleCredit, "© 2025 Northern Wire")}, []string{"Northern Wire"}},
		{"byline", [][2]string{block(whence.RoleByline, "By Jane Doe, Reuters")}, []string{"Reuters"}},
		{"copyright", [][2]string{block(whence.RoleCredit, "© 2025 Reuters. All rights reserved.")}, []string{"Reuters"}},
		{"copyright by", [][2]string{block(whence.RoleCredit, "Copyright 2025 by The Associated Press")}, []string{"Associated Press"}},
		{"own copyright", [][2]string{block(whence.RoleCredit, "© 2025 Harbour Post. All rights reserved.")}, nil},
		{"with reporting by", [][2]string{block(whence.RoleCredit, "With reporting by AFP")}, []string{"Agence France-Presse"}},
		{"contributed", [][2]string{block(whence.RoleCredit, "Ana Lind and The Associated Press contributed to this report.")}, []string{"Associated Press"}},
		{"agency's writer", [][2]string{block(whence.RoleCredit, "Associated Press writer Ana Lind contributed to this report.")}, []string{"Associated Press"}},
		{"people contributed", [][2]string{block(whence.RoleCredit, "Ana Lind contributed to this report.")}, nil},
		{"the picture's", [][2]string{block(whence.RoleCredit, "Photo: Reuters"), block(whence.RoleCaption, "The harbour (AP)")}, nil},
		{"first appeared in", [][2]string{block(whence.RoleNotice, "This article first appeared in the Harbour Post and is republished with permission.")}, []string{"Harbour Post"}},
		{"first appeared on a day", [][2]string{block(whence.RoleNotice, "This article was first published on May 3, 2025.")}, nil},
		{"first appeared in lower case", [][2]string{block(whence.RoleNotice, "This article first appeared in our magazine.")}, nil},
		{"running text", [][2]string{block(whence.RoleParagraph, "He told Reuters that the AP was wrong.")}, nil},
		{"signature", [][2]string{block(whence.RoleParagraph, "Two ships met."), block(whence.RoleParagraph, "They left again. — AFP")}, []string{"Agence France-Presse"}},
		{"none", nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := assemble(c.blocks)
			if diff := cmp.Diff(c.want, creditsIn(a.Text, a.Blocks)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// assemble makes an article of blocks, each a role and its words.
func assemble(blocks [][2]string) *whence.Article {
	a := &whence.Article{}
	for _, b := range blocks {
		start := utf8.RuneCountInString(a.Text)
		a.Text += b[1] + "\n\n"
		a.Blocks = append(a.Blocks, whence.Block{Role: whence.Role(b[0]), Span: whence.Span{Start: start, End: start + utf8.RuneCountInString(b[1])}})
	}
	return a
}
