package cli

import (
	"errors"
	"fmt"
	"strings"

	"whence/ledger"
)

type searchCommand struct {
	Query      []string `arg:"" help:"Words, \"a phrase\", source:NAME, outlet:NAME, after:DATE, before:DATE, status:planned, anonymous:yes, measure:killed. All must hold."`
	Limit      int      `default:"20" help:"The most articles to print, the latest first (default 20)."`
	Format     string   `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	ledgerFlag `embed:""`
}

// Help shows what a search may hold.
func (*searchCommand) Help() string {
	return `All parts of a search must hold, somewhere in an article:

  quay "early stages"          words, and words in this order, in title or text
  source:"Claudia Sheinbaum"   somebody who is reported to have said something,
                               also where the text says “she”; of several, any
  outlet:"Harbour Post"        who published it
  after:2025-11 before:2026    published from November 2025 on, before 2026
  status:considered            an act or figure: happened, planned, denied, …
  measure:killed               what happened to what a figure counts
  anonymous:yes                a source that is not named (or no: none is)
  response:declined            also kind:, quotation:, language:

What is printed is the passage of what was asked for, the latest article first.`
}

// Run prints what was found.
func (c *searchCommand) Run(w *world) error {
	query, err := ledger.ParseQuery(quoteArguments(c.Query))
	if err != nil {
		return &usageError{err}
	}
	if c.Limit <= 0 {
		return &usageError{errors.New("--limit must be 1 or more")}
	}
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		hits, err := l.Search(w.ctx, query, c.Limit)
		if err != nil {
			return err
		}
		for _, h := range hits {
			if c.Format == "jsonl" {
				if err := w.out.json(h.Line()); err != nil {
					return err
				}
				continue
			}
			printHit(w.out, h)
		}
		if c.Format == "text" && len(hits) == 0 {
			complain(w.stderr, "nothing found")
		}
		return w.out.err
	})
}

// quoteArguments puts the arguments together as they were meant: one with a
// blank in it was quoted for the shell, and is a phrase.
func quoteArguments(args []string) string {
	quoted := make([]string, len(args))
	for i, a := range args {
		key, value, ok := strings.Cut(a, ":")
		switch {
		case !strings.ContainsAny(a, " \t\n") || strings.Contains(a, `"`) || len(args) == 1 && !ok:
			quoted[i] = a
		case ok && !strings.ContainsAny(key, " \t\n"):
			quoted[i] = key + `:"` + value + `"`
		default:
			quoted[i] = `"` + a + `"`
		}
	}
	return strings.Join(quoted, " ")
}

func printHit(t *terminal, h ledger.Hit) {
	margin := strings.Repeat(" ", gutter)
	title := h.Title
	if title == "" {
		title = "(no title)"
	}
	t.write("", margin, piece{strong, title})
	t.write(margin, margin, piece{dim, dotted(outletOf(h.Head), dayOf(h.Published), shortID(h.ID))})
	t.flow(margin, margin, snippetPieces(t, h)...)
	fmt.Fprintln(t)
}

// snippetPieces are the words around what was found, with what was found set
// apart, and an ellipsis where the article goes on before or after.
func snippetPieces(t *terminal, h ledger.Hit) []piece {
	text := []rune(h.Words)
	var pieces []piece
	if h.Before {
		pieces = append(pieces, piece{dim, "… "})
	}
	at := 0
	for _, f := range h.Found {
		from, to := f.Start-h.Snippet.Start, f.End-h.Snippet.Start
		pieces = append(pieces, piece{plain, string(text[at:from])}, t.marked(accent, string(text[from:to])))
		at = to
	}
	pieces = append(pieces, piece{plain, string(text[at:])})
	if h.After {
		pieces = append(pieces, piece{dim, " …"})
	}
	return pieces
}
