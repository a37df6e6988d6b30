package cli

import (
	"errors"
	"fmt"
	"strings"

	"whence"
	"whence/ledger"
	"whence/web"
)

type storiesCommand struct {
	Limit      int    `default:"30" help:"The most stories to print, the latest first."`
	Least      int    `default:"2" help:"The fewest articles of a story."`
	Format     string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	ledgerFlag `embed:""`
}

// Run lists stories.
func (c *storiesCommand) Run(w *world) error {
	if c.Limit <= 0 || c.Least <= 0 {
		return &usageError{errors.New("--limit and --least must be 1 or more")}
	}
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		list, err := l.Stories(w.ctx, c.Least, c.Limit)
		if err != nil {
			return err
		}
		for _, b := range list {
			if c.Format == "jsonl" {
				if err := w.out.json(b); err != nil {
					return err
				}
				continue
			}
			w.out.write("", strings.Repeat(" ", gutter), piece{strong, orNone(b.Title, "(no title)")})
			w.out.write(strings.Repeat(" ", gutter), strings.Repeat(" ", gutter), piece{dim, dotted(days(b.First, b.Last), legs(b.Articles, b.Reports, b.Sources), b.ID)})
		}
		if c.Format == "text" && len(list) == 0 {
			w.out.write("", "", piece{dim, "no stories of " + count(c.Least, "article") + " or more; --least 1 shows single articles"})
		}
		return w.out.err
	})
}

// legs is the line that says on what something stands, always in this order and
// these words.
func legs(articles, reports, sources int) string {
	return dotted(count(articles, "article"), count(reports, "report"), count(sources, "source"))
}

// days is the stretch of time between two dates, as a newspaper sets it.
func days(first, last whence.Date) string {
	from, to := dayOf(first), dayOf(last)
	switch {
	case from == to:
		return from
	case first.Time.Year() == last.Time.Year() && first.Time.Month() == last.Time.Month() && first.Precision != whence.Month:
		return fmt.Sprintf("%d–%s", first.Time.Day(), to)
	case first.Time.Year() == last.Time.Year():
		return strings.TrimSuffix(from, fmt.Sprintf(" %d", first.Time.Year())) + "–" + to
	}
	return from + "–" + to
}

func orNone(s, none string) string {
	if s == "" {
		return none
	}
	return s
}

type storyCommand struct {
	ID         string `arg:"" name:"id" help:"The story's id, or that of any article in it; the first digits are enough."`
	Full       bool   `help:"Print every claim and every article."`
	Format     string `enum:"text,jsonl,html" default:"text" help:"text for people, jsonl for programs, html for one file that opens offline."`
	ledgerFlag `embed:""`
}

// Run prints one story.
func (c *storyCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		s, err := l.Story(w.ctx, c.ID)
		if err != nil {
			return idError(err)
		}
		switch c.Format {
		case "jsonl":
			return w.out.json(s)
		case "html":
			return web.Report(w.ctx, w.out, l, s.ID)
		}
		printStory(w.out, s, c.Full)
		return w.out.err
	})
}

type claimCommand struct {
	ID         string `arg:"" name:"id" help:"The claim's id, or the beginning of it."`
	Format     string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	ledgerFlag `embed:""`
}

// Run prints one claim with all that it rests on.
func (c *claimCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		claim, err := l.Claim(w.ctx, c.ID)
		if err != nil {
			return fmt.Errorf("%w (whence story shows the ids of claims; at least five characters of one are needed)", err)
		}
		if c.Format == "jsonl" {
			return w.out.json(claim.Claim)
		}
		printClaim(w.out, claim)
		return w.out.err
	})
}

type sourceCommand struct {
	Name       string `arg:"" help:"A person, office or outlet, by name or by what it is called."`
	Limit      int    `default:"100" help:"The most articles to look at, the latest first."`
	Format     string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	ledgerFlag `embed:""`
}

// Run prints what a source is reported to have said.
func (c *sourceCommand) Run(w *world) error {
	if c.Limit <= 0 {
		return &usageError{errors.New("--limit must be 1 or more")}
	}
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		list, err := l.Source(w.ctx, c.Name, c.Limit)
		if err != nil {
			return err
		}
		if c.Format == "text" && len(list) == 0 {
			w.out.write("", "", piece{dim, "nothing is attributed to such a source"})
		}
		margin := strings.Repeat(" ", gutter)
		for _, s := range list {
			if c.Format == "jsonl" {
				if err := w.out.json(s); err != nil {
					return err
				}
				continue
			}
			w.out.write("", margin, piece{strong, orNone(s.Title, "(no title)")}, piece{dim, s.Story})
			for _, x := range s.Said {
				w.out.write("  ", margin, piece{accent, phrase(x.Said.Source.Phrase)}, piece{dim, "—"}, piece{italic, phrase(x.Said.Cue)}, piece{dim, "—"}, piece{plain, phrase(x.Said.Content)})
				w.out.write(margin, margin, piece{dim, dotted(orNone(x.Outlet, x.Path), dayOf(x.Published), shortID(x.Article))})
			}
			fmt.Fprintln(w.out)
		}
		return w.out.err
	})
}
