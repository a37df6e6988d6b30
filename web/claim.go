package web

import (
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"whence"
	"whence/ledger"
	"whence/store"
	"whence/story"
)

var claimView = view("claim.html")

var claimID = regexp.MustCompile(`^c[0-9a-f]{4,64}$`)

// The bounds of a claim's page.
const (
	mostRoots    = 40
	mostRests    = 12
	mostMentions = 60
)

// claimPage is what the template of a claim sees.
type claimPage struct {
	*story.Claim
	Title, StoryHref string
	Legs, Pips       string
	Kind, Status     string
	Reports          []rootLine
	MoreReports      int
	Sources          []sourceLine
	MoreSources      int
	Open             []string
	MoreOpen         int
	Words            []mention
	MoreWords        int
	Slips            []mention
}

// rootLine is an origin report with what rests on it.
type rootLine struct {
	Name, Href, Title, When string
	Absent                  bool
	Evidence                []string
	Rests                   []linked
	More                    int
}

// sourceLine is an origin source with the passages that name it.
type sourceLine struct {
	Name, Href, About string
	In                []mention
}

// mention is a place where an article makes the claim.
type mention struct {
	Outlet, Title, When, Href string
	Words                     template.HTML
}

// claim opens the two counts of a claim to the roots.
func (s *site) claim(q *request) error {
	id := strings.ToLower(q.PathValue("id"))
	if !claimID.MatchString(id) {
		return &refusal{http.StatusBadRequest, "This is no id of a claim.", "Ids are a c and hexadecimal digits; the page of a story leads to its claims."}
	}
	st, c, err := s.ledger.ClaimIn(q.Context(), id)
	if err != nil {
		return err
	}
	in := members(st)
	findings := slices.Clone(c.Articles[:min(len(c.Articles), mostMentions)])
	for _, x := range c.Slips {
		findings = append(findings, x.Finding)
	}
	looked, err := s.ledger.Closely(q.Context(), &story.Story{}, findings, mostLooked)
	if err != nil {
		return err
	}
	said := map[string]ledger.Passage{}
	for _, x := range looked.Passages {
		said[placeOf(x.Finding)] = x
	}
	p := claimPage{
		Claim: c, Title: first(st.Title, "the story"), StoryHref: storyAt(st.ID), Legs: legs(len(c.Articles), len(c.Reports), len(c.Sources)), Pips: pips(len(c.Reports), len(c.Undecided)),
		Kind: string(c.Kind), Status: spaced(c.Status),
	}
	mentionOf := func(f story.Finding) mention {
		m := in[f.Article]
		return mention{who(m.Outlet, "", m.Path), m.Title, moment(m.Published), passageAt(f.Article, f.Spans...), inSentence(f, said)}
	}
	for _, f := range c.Articles[:min(len(c.Articles), mostMentions)] {
		p.Words = append(p.Words, mentionOf(f))
	}
	p.MoreWords = len(c.Articles) - len(p.Words)
	for _, x := range c.Slips {
		p.Slips = append(p.Slips, mentionOf(x.Finding))
	}
	for _, r := range c.Reports[:min(len(c.Reports), mostRoots)] {
		p.Reports = append(p.Reports, newRootLine(r, in))
	}
	p.MoreReports = len(c.Reports) - len(p.Reports)
	for _, x := range c.Sources[:min(len(c.Sources), mostRoots)] {
		line := sourceLine{Name: x.Name, Href: sourceAt(x.Name), About: aboutSource(x.Source)}
		for _, f := range x.Findings[:min(len(x.Findings), mostRests)] {
			line.In = append(line.In, mentionOf(f))
		}
		p.Sources = append(p.Sources, line)
	}
	p.MoreSources = len(c.Sources) - len(p.Sources)
	p.Open = c.Undecided[:min(len(c.Undecided), mostRoots)]
	p.MoreOpen = len(c.Undecided) - len(p.Open)
	return q.write(claimView(), Page{Title: clip(c.Text, 80), Section: "stories", Take: takes("story", st.ID), Data: p})
}

func aboutSource(x story.Source) string {
	kind := ""
	if x.Kind != whence.SourceUnknown {
		kind = string(x.Kind)
	}
	anonymous := ""
	if x.Anonymous {
		anonymous = "anonymous"
		if x.Count > 0 {
			anonymous += ", " + thousands(x.Count)
		}
	}
	return dotted(kind, anonymous)
}

func newRootLine(r story.Root, in map[string]story.Member) rootLine {
	line := rootLine{Name: r.Name, Absent: r.Article == "", Evidence: r.Evidence}
	if m, ok := in[r.Article]; ok {
		line.Href, line.Title, line.When = articleAt(r.Article), first(m.Title, "without a title"), moment(m.Published)
	}
	for i, id := range r.Rests {
		if i == mostRests {
			line.More = len(r.Rests) - i
			break
		}
		m := in[id]
		line.Rests = append(line.Rests, linked{outletOf(store.Head{Outlet: m.Outlet, Path: m.Path}), articleAt(id), day(m.Published)})
	}
	return line
}
