package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"whence"
	"whence/ledger"
	"whence/store"
)

var sourceView = view("source.html")

// The bounds of a source's page.
const (
	mostSaid    = 30 // articles that are looked at
	mostInStory = 8  // passages that stand open
	mostFolded  = 60
	mostOutlet  = 40 // articles of an outlet that its shares are counted over
	mostName    = 200
)

// sourcePage is what the template of a source sees.
type sourcePage struct {
	Name    string
	Stories []saidIn
	Next    string
	Outlet  *outletShares
	Search  string
}

// saidIn is what a source said in one story.
type saidIn struct {
	Title, Href string
	Said        []saying
	Rest        []saying // folded away
	More        int      // and not shown at all
}

type saying struct {
	Words                              template.HTML
	Cue, When, Outlet, Href, Way, Also string
}

// outletShares are what the latest articles of an outlet come to.
type outletShares struct {
	Articles       int
	Own, Anonymous string // shares in words
	Latest         []lineArticle
}

// source shows what a person, an office or an outlet is reported to have said.
func (s *site) source(q *request) error {
	name := strings.TrimSpace(q.FormValue("name"))
	if name == "" || utf8.RuneCountInString(name) > mostName {
		return &refusal{http.StatusBadRequest, "This names no source.", "The address ends in ?name= and a name of at most 200 characters."}
	}
	before, err := keyOf(q)
	if err != nil {
		return err
	}
	list, next, err := s.ledger.SourceBefore(q.Context(), name, before, mostSaid)
	if err != nil {
		return err
	}
	quoted := `"` + strings.ReplaceAll(name, `"`, " ") + `"`
	asked := "source:" + quoted
	p := sourcePage{Name: name}
	if next > 0 {
		p.Next = sourceAt(name) + "&before=" + strconv.FormatInt(int64(next), 10)
	}
	for _, x := range list {
		p.Stories = append(p.Stories, newSaidIn(x))
	}
	if before == 0 {
		shares, err := s.ledger.Outlet(q.Context(), name, mostOutlet)
		switch {
		case err == nil:
			p.Outlet = newShares(shares)
			if len(p.Stories) == 0 {
				asked = "outlet:" + quoted
			}
		case !errors.Is(err, store.ErrAbsent):
			return err
		}
	}
	p.Search = searchAt(asked)
	status := http.StatusOK
	if len(p.Stories) == 0 && p.Outlet == nil {
		status = http.StatusNotFound
	}
	return q.write(sourceView(), Page{Title: clip(name, 80), Section: "stories", Status: status, Take: takes("q", asked), Data: p})
}

func newSaidIn(x ledger.SourceSayings) saidIn {
	s := saidIn{Title: first(x.Title, "a story without a title"), Href: storyAt(x.Story)}
	for i, a := range x.Said {
		if i == mostInStory+mostFolded {
			s.More = len(x.Said) - i
			break
		}
		line := saying{Cue: a.Said.Cue.Text, When: moment(a.Published), Outlet: who(a.Outlet, "", a.Path), Way: string(a.Said.Quotation), Also: spaced(a.Said.Response)}
		spans := a.Said.Content.Spans
		if len(spans) == 0 {
			spans = a.Said.Cue.Spans
		}
		line.Href = passageAt(a.Article, spans...)
		if a.Said.Relay != nil {
			line.Also = dotted(line.Also, "via "+clip(a.Said.Relay.Name, 50))
		}
		if a.Said.Kind != whence.Statement {
			line.Way = dotted(line.Way, string(a.Said.Kind))
		}
		var m markup
		line.Words = m.words(clip(first(a.Said.Content.Text, a.Said.Cue.Text), 400)).html()
		if i < mostInStory {
			s.Said = append(s.Said, line)
		} else {
			s.Rest = append(s.Rest, line)
		}
	}
	return s
}

func newShares(x *ledger.Shares) *outletShares {
	o := &outletShares{Articles: len(x.Latest), Own: fmt.Sprintf("%d of %d", x.Own, len(x.Latest)), Anonymous: fmt.Sprintf("%d of %d", x.Anonymous, x.Said)}
	if x.Said > 0 {
		o.Anonymous += fmt.Sprintf(", %d percent", (200*x.Anonymous+x.Said)/(2*x.Said))
	}
	for _, h := range x.Latest {
		o.Latest = append(o.Latest, lineArticle{ID: short(h.ID), Time: day(h.Published), Title: first(h.Title, "without a title"), Href: articleAt(h.ID)})
	}
	return o
}
