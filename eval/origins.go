package eval

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/story"
)

// Origins scores claims with their roots. GOLD is the sample's truth.json, or a file
// of claims that a person traced in articles outside the project, see
// [originsTraced].
//
// Of the sample, it scores what [story.Build] makes of the main story: claims with
// their roots, figure histories, contradictions, plans and positions. It is scored twice: with the readings and relations of the
// truth, which shows Build alone, and with those that the program finds.
//
// A claim is found where a claim of the story holds one of its findings: the one
// that holds most of them. Its articles are right where it holds all of them and no
// finding of another claim of the truth; reports where the outlets, and whether their
// article is in the story, are the same; sources where they are the same persons,
// bodies and groups; undecided where the same outlets are. A claim is right where all
// of these are. A history is found where a series has one of its points, and right
// where one series has all of them, each with its source and what became of it; a
// point is the same where the value is and where the article that the truth names gives
// it. A contradiction is found where the kind is the same and both articles are, and
// right where both passages overlap. A plan is found where a plan has one of its
// steps, by article and status, and right where it has all and no other; so is who
// overstates it. A position is found where a stance of the same source in the same
// article is, and right where it is tied to the claim that it is in the truth. The
// truth lists what matters of the story and not all, so what else is found is counted
// as further.
func Origins(w io.Writer, gold string) error {
	data, err := os.ReadFile(gold)
	if err != nil {
		return fmt.Errorf("reading the truth: %w", err)
	}
	if filepath.Base(gold) != "truth.json" {
		return originsTraced(w, gold, data)
	}
	truth, err := sample.ParseTruth(data)
	if err != nil {
		return err
	}
	for _, own := range []bool{false, true} {
		o, err := newOrigins(truth, own)
		if err != nil {
			return err
		}
		o.score()
		if _, err := io.WriteString(w, o.table(own)); err != nil {
			return err
		}
	}
	return nil
}

// origins compares one story with the truth.
type origins struct {
	truth    *sample.Gold
	made     *story.Story
	pages    map[string]*whence.Article
	paths    map[string]string // by id of article
	tallies  []originTally
	misses   []string
	matching map[string]string // claims of the truth to those made
}

// originTally counts one kind.
type originTally struct {
	what                       string
	all, found, right, further int
}

func newOrigins(truth *sample.Gold, own bool) (*origins, error) {
	o := &origins{truth: truth, pages: map[string]*whence.Article{}, paths: map[string]string{}, matching: map[string]string{}}
	var articles []story.Article
	in := map[string]bool{}
	for _, f := range truth.Stories[0].Articles {
		in[f] = true
	}
	var all []*whence.Article
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return nil, fmt.Errorf("reading the sample's %s: %w", p.Name, err)
		}
		if !in[p.Name] {
			continue
		}
		a.Identify()
		o.pages[p.Name], o.paths[a.ID] = a, p.Name
		all = append(all, a)
		r := reading.Read(a)
		if !own {
			if r, err = truth.Article(p.Name).Reading(a); err != nil {
				return nil, err
			}
		}
		articles = append(articles, story.Article{ID: a.ID, Reading: r})
	}
	pairs, err := o.pairs(all, own)
	if err != nil {
		return nil, err
	}
	o.made = story.Build(articles, pairs)
	return o, nil
}

// pairs are the relations of the truth, or those that are found.
func (o *origins) pairs(all []*whence.Article, own bool) ([]whence.Reuse, error) {
	if own {
		found, err := relate(all, reading.Read)
		if err != nil {
			return nil, err
		}
		var list []whence.Reuse
		for _, r := range found {
			r.Article, r.Other = o.pages[r.Path].ID, o.pages[r.OtherPath].ID
			list = append(list, r)
		}
		return list, nil
	}
	var list []whence.Reuse
	for _, r := range o.truth.Relations {
		a, b := o.pages[r.Article], o.pages[r.Other]
		if a == nil || b == nil {
			continue
		}
		x := whence.Reuse{Article: a.ID, Other: b.ID, Path: r.Article, OtherPath: r.Other, Relation: whence.Relation(r.Relation), Direction: whence.Direction(r.Direction),
			Origin: strings.Join(r.Origins, ", "), Confidence: 1, Evidence: r.Evidence}
		for _, p := range r.Passages {
			here, err := o.spans(r.Article, p.Passage)
			if err != nil {
				return nil, err
			}
			there, err := o.spans(r.Other, p.Other())
			if err != nil {
				return nil, err
			}
			x.Passages = append(x.Passages, whence.Passage{Span: here[0], OtherStart: there[0].Start, OtherEnd: there[0].End, Quotation: p.Quotation})
		}
		list = append(list, x)
	}
	return list, nil
}

func (o *origins) spans(file string, passages ...sample.Passage) ([]whence.Span, error) {
	return o.truth.Article(file).Locator(o.pages[file].Text).Spans(passages...)
}

// at are the places of a finding of the truth.
func (o *origins) at(f sample.Finding) []whence.Span {
	a := o.truth.Article(f.Article)
	if a == nil || o.pages[f.Article] == nil {
		return nil
	}
	var passages []sample.Passage
	switch {
	case f.Figure != "":
		for _, x := range a.Figures {
			if x.ID == f.Figure {
				passages = []sample.Passage{x.Passage}
			}
		}
	case f.Event != "":
		for _, x := range a.Events {
			if x.ID == f.Event {
				passages = []sample.Passage{x.Passage}
			}
		}
	default:
		for _, x := range a.Attributions {
			if x.ID == f.Attribution {
				passages = x.Content
				if len(passages) == 0 {
					passages = x.Cue
				}
			}
		}
	}
	if len(passages) == 0 {
		return nil
	}
	spans, err := o.spans(f.Article, passages...)
	if err != nil {
		return nil
	}
	return spans
}

// meets tells whether a finding that was made is the truth's.
func (o *origins) meets(got story.Finding, want sample.Finding) bool {
	if o.paths[got.Article] != want.Article || want.Figure != "" && got.Figure == "" && got.Event == "" && got.Attribution == "" {
		return false
	}
	for _, s := range o.at(want) {
		if slices.ContainsFunc(got.Spans, s.Overlaps) {
			return true
		}
	}
	return false
}

// speakers are whoever the truth names for the words of a finding.
func (o *origins) speakers(f story.Finding) []string {
	file := o.paths[f.Article]
	a := o.truth.Article(file)
	var list []string
	for _, x := range a.Attributions {
		if x.Source == nil || len(x.Content) == 0 && len(x.Cue) == 0 {
			continue
		}
		spans := o.at(sample.Finding{Article: file, Attribution: x.ID})
		for _, s := range spans {
			if slices.ContainsFunc(f.Spans, s.Overlaps) {
				list = append(list, x.Source.Who)
				break
			}
		}
	}
	return list
}

// isSource tells whether a source that was found is the truth's.
func (o *origins) isSource(name string, findings []story.Finding, want string) bool {
	if plainLike(name, want) {
		return true
	}
	return slices.ContainsFunc(findings, func(f story.Finding) bool { return slices.Contains(o.speakers(f), want) })
}

// plainLike compares names by their letters, without an article before them.
func plainLike(a, b string) bool {
	plain := func(s string) string {
		s = strings.TrimPrefix(strings.ToLower(s), "the ")
		return strings.NewReplacer("’", "", "'", "").Replace(s)
	}
	return plain(a) == plain(b)
}

func (o *origins) miss(format string, args ...any) {
	o.misses = append(o.misses, fmt.Sprintf(format, args...))
}

func (o *origins) score() {
	o.claims()
	o.histories()
	o.contradictions()
	o.plans()
	o.positions()
}

func (o *origins) table(own bool) string {
	var b strings.Builder
	title := "readings and relations of the truth"
	if own {
		title = "readings and relations as found"
	}
	fmt.Fprintf(&b, "%-36s %6s %6s %6s %8s\n", title, "all", "found", "right", "further")
	for _, t := range o.tallies {
		fmt.Fprintf(&b, "%-36s %6d %6d %6d %8d\n", t.what, t.all, t.found, t.right, t.further)
	}
	b.WriteString("\n")
	for _, m := range o.misses {
		fmt.Fprintln(&b, m)
	}
	b.WriteString("\n")
	return b.String()
}
