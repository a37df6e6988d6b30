package cli

import (
	"fmt"
	"strings"

	"whence/ledger"
	"whence/story"
)

// printClaim opens a claim to its roots.
func printClaim(t *terminal, c *ledger.Claim) {
	t.write("", "", piece{strong, c.Text})
	t.write("", "", piece{accent, legs(len(c.Articles), len(c.Reports), len(c.Sources))}, piece{plain, pips(&c.Claim)}, piece{dim, dotted(notEmpty(string(c.Kind), words(string(c.Status)), c.ID)...)})
	t.write("", "", piece{dim, "in"}, piece{plain, c.Title}, piece{dim, c.Story})
	fmt.Fprintln(t)
	section(t, "REPORTS", "◉ a report  ◎ one that is not in the ledger")
	for _, r := range c.Reports {
		mark := "◉ "
		if r.Article == "" {
			mark = "◎ "
		}
		t.write(indent+mark, inner, piece{accent, r.Name}, piece{dim, dotted(notEmpty(restingOn(len(r.Rests)), shortID(r.Article), strings.Join(r.Evidence, ", "))...)})
	}
	fmt.Fprintln(t)
	section(t, "SOURCES", "")
	for _, x := range c.Sources {
		about := []string{string(x.Kind)}
		if x.Anonymous {
			about = append(about, "anonymous")
		}
		t.write(indent+"◇ ", inner, piece{accent, x.Name}, piece{dim, dotted(notEmpty(about...)...)})
	}
	if len(c.Sources) == 0 {
		t.write(indent, "", piece{dim, "nobody is named"})
	}
	fmt.Fprintln(t)
	if len(c.Undecided) > 0 {
		section(t, "UNDECIDED", "")
		for _, u := range c.Undecided {
			t.write(indent+"○ ", inner, piece{plain, u})
		}
		fmt.Fprintln(t)
	}
	section(t, "IN THESE WORDS", "")
	for _, list := range [][]story.Finding{c.Articles, c.Also} {
		for _, f := range list {
			t.write(indent, inner, piece{plain, f.Text}, piece{dim, dotted(notEmpty(f.Path, shortID(f.Article))...)})
		}
	}
	for _, s := range c.Slips {
		t.write(indent, inner, piece{plain, s.Text}, piece{dim, dotted(notEmpty("a slip of the pen for "+s.CopiedFrom, s.Path, shortID(s.Article))...)})
	}
}

func restingOn(n int) string {
	if n == 0 {
		return ""
	}
	return count(n, "article") + " on it"
}
