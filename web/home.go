package web

import (
	"html/template"
	"strconv"

	"whence/ledger"
)

var homeView = view("home.html")

// mostStories is how many stories one page lists.
const mostStories = 20

// homePage is what the template of the first page sees.
type homePage struct {
	Stories  []storyLine
	Articles int64
	Next     string
	Later    bool
	Single   bool // stories of one article are listed too
	Other    string
}

// storyLine is a story in the list.
type storyLine struct {
	Title, Href, Days, Legs string
	Claims                  int
	Spark                   template.HTML
	Figure                  string
	By                      string
}

// home lists the stories, the latest first; with ?single=1 those of one article too.
func (s *site) home(q *request) error {
	before, err := keyOf(q)
	if err != nil {
		return err
	}
	least, extra := 2, ""
	if q.FormValue("single") != "" {
		least, extra = 1, "single=1"
	}
	list, next, err := s.ledger.StoriesBefore(q.Context(), least, before, mostStories)
	if err != nil {
		return err
	}
	counts, err := s.ledger.Counts(q.Context())
	if err != nil {
		return err
	}
	p := homePage{Articles: counts.Articles, Later: before > 0, Single: least == 1, Other: "/?single=1"}
	if p.Single {
		p.Other = "/"
	}
	for _, b := range list {
		p.Stories = append(p.Stories, newStoryLine(b))
	}
	if next != 0 {
		p.Next = "/?before=" + strconv.FormatInt(int64(next), 10)
		if extra != "" {
			p.Next += "&" + extra
		}
	}
	return q.write(homeView(), Page{Title: "Stories", Section: "stories", Data: p})
}

func newStoryLine(b ledger.Brief) storyLine {
	line := storyLine{Title: first(b.Title, "A story without a title"), Href: storyAt(b.ID), Days: days(b.First, b.Last), Legs: legs(b.Articles, b.Reports, b.Sources), Claims: b.Claims}
	if l := b.Leading; l != nil && len(l.Points) > 0 {
		line.Spark = spark(l)
		last := l.Points[len(l.Points)-1]
		line.Figure = value(last.Low, last.High, "") + " " + l.Measure
		line.By = clip(l.By, 40)
	}
	return line
}
