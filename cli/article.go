package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/export"
	"whence/ledger"
	"whence/lineage"
	"whence/store"
)

type articleCommand struct {
	ID         string `arg:"" name:"id" help:"The article's id, or the first digits of it."`
	Format     string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	ledgerFlag `embed:""`
}

// Run prints one article.
func (c *articleCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		a, err := l.Article(w.ctx, c.ID)
		if err != nil {
			return idError(err)
		}
		if c.Format == "jsonl" {
			return w.out.json(a)
		}
		printArticle(w.out, a)
		return w.out.err
	})
}

// idError gives an id that names no article a hint.
func idError(err error) error {
	switch {
	case errors.Is(err, store.ErrAbsent):
		return fmt.Errorf("%w (whence search shows ids; at least four digits of one are needed)", err)
	case errors.Is(err, store.ErrAmbiguous):
		return fmt.Errorf("%w (give more digits of it)", err)
	}
	return err
}

// json prints v as one line, without what a terminal would act on.
func (t *terminal) json(v any) error {
	line, err := export.Line(v)
	if err != nil {
		return err
	}
	_, err = t.Write(line)
	return err
}

// shortID is enough of an id to name the article by hand.
func shortID(id string) string {
	digits := strings.TrimPrefix(id, "sha256:")
	return digits[:min(10, len(digits))]
}

// printArticle lays out an article: its reading, then where it stands among
// others.
func printArticle(t *terminal, a *ledger.Article) {
	printReading(t, a.Reading)
	printShared(t, a)
	printVersions(t, a)
	t.write("", "", piece{dim, a.ID})
}

// relations say how an article stands to another.
var relations = map[whence.Relation]string{
	whence.Copy: "copy", whence.Derived: "derived", whence.CommonOrigin: "common origin", whence.SharedQuotation: "shared quotation",
}

// directions say which way shared words went, as seen from the article.
var directions = map[whence.Direction]string{
	whence.ArticleFromOther: "taken from", whence.OtherFromArticle: "taken over by", whence.BothFromOrigin: "both from a third:", whence.DirectionUnknown: "shared with",
}

// order of directions: what an article rests on comes first.
var directionOrder = []whence.Direction{whence.ArticleFromOther, whence.BothFromOrigin, whence.DirectionUnknown, whence.OtherFromArticle}

// mostPassages is how many passages shared with one article are printed.
const mostPassages = 3

func printShared(t *terminal, a *ledger.Article) {
	if len(a.Shared) == 0 {
		return
	}
	t.write("", "", piece{strong, "WHERE ELSE ITS WORDS STAND"})
	shared := slices.Clone(a.Shared)
	slices.SortStableFunc(shared, func(x, y ledger.Partner) int {
		return slices.Index(directionOrder, x.Direction) - slices.Index(directionOrder, y.Direction)
	})
	text := []rune(a.Reading.Text)
	margin := strings.Repeat(" ", gutter)
	printHolders(t, a.Shared, a.Key, text)
	for _, p := range shared {
		about := []string{relations[p.Relation]}
		if p.Origin != "" {
			about = append(about, "origin "+p.Origin)
		}
		about = append(about, fmt.Sprintf("%.2f", p.Confidence))
		about = append(about, p.Evidence...)
		t.write("  ", margin, piece{dim, directions[p.Direction]}, piece{accent, outletOf(p.Head)}, piece{plain, p.Title}, piece{dim, dotted(dayOf(p.Published), shortID(p.ID))})
		t.write(margin, margin, piece{dim, dotted(about...)})
		for i, passage := range p.Passages {
			if i == mostPassages {
				t.write(margin, margin, piece{dim, "and " + count(len(p.Passages)-i, "passage") + " more"})
				break
			}
			st := plain
			if passage.Quotation {
				st = italic
			}
			t.write(margin, margin, piece{dim, fmt.Sprint("at ", passage.Start)}, piece{st, string(text[passage.Start:passage.End])})
		}
	}
	fmt.Fprintln(t)
}

// printHolders lists the stretches of an article that stand in earlier ones, each
// with the one that holds it best.
func printHolders(t *terminal, shared []ledger.Partner, key store.Key, text []rune) {
	holdings := make([]lineage.Holding, len(shared))
	for i, p := range shared {
		holdings[i] = lineage.Holding{Reuse: p.Reuse, Earlier: p.Key < key}
	}
	for _, h := range lineage.Holders(holdings) {
		p := shared[h.Holder]
		where := fmt.Sprintf("%d–%d", h.Start, h.End)
		t.write("  ", strings.Repeat(" ", gutter), piece{dim, where + " stands earlier in"}, piece{accent, outletOf(p.Head)},
			piece{dim, dotted(relations[p.Relation], shortID(p.ID))}, piece{plain, opening(text[h.Start:h.End])})
	}
}

// opening is the beginning of words, enough to know them by.
func opening(words []rune) string {
	const most = 60
	if len(words) <= most {
		return string(words)
	}
	return string(words[:most]) + "…"
}

// outletOf is who published an article, as well as is known.
func outletOf(h store.Head) string {
	for _, s := range []string{h.Outlet, h.Page, h.Path} {
		if s != "" {
			return s
		}
	}
	return "(unknown)"
}

func dayOf(d whence.Date) string {
	if d.Precision == whence.Second {
		d = whence.NewDate(d.Time, whence.Day)
	}
	if d.IsZero() {
		return "undated"
	}
	return printDate(d)
}
