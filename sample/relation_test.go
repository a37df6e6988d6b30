package sample_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"whence"
	"whence/sample"
)

// What a run of words that two articles share must mean, in tokens.
const (
	proseRun = 10 // longer ones in prose: a relation that shares prose
	quoteRun = 6  // longer ones in a quotation: any relation
)

// sharesProse are the relations in which articles may share narrator's prose.
var sharesProse = map[string]bool{"copy": true, "derived": true, "common_origin": true}

func TestSharedRunsHaveARelation(t *testing.T) {
	gold := read(t)
	related := map[[2]string]sample.Relation{}
	for _, r := range gold.Relations {
		pair := [2]string{r.Article, r.Other}
		if _, twice := related[pair]; twice || r.Article == r.Other {
			t.Errorf("%v is stated twice, or of one article", pair)
		}
		related[pair], related[[2]string{r.Other, r.Article}] = r, r
	}
	var texts [][][]token
	for i := range gold.Articles {
		texts = append(texts, ownText(&gold.Articles[i]))
	}
	for i := range gold.Articles {
		for j := range i {
			a, b := &gold.Articles[i], &gold.Articles[j]
			r := related[[2]string{a.File, b.File}]
			prose, quote := longestRuns(texts[i], texts[j])
			if len(prose) > proseRun && !sharesProse[r.Relation] {
				t.Errorf("%s and %s share %d tokens of prose, but are %q: %s", a.File, b.File, len(prose), r.Relation, strings.Join(prose, " "))
			}
			if len(quote) > quoteRun && r.Relation == "" {
				t.Errorf("%s and %s share %d quoted tokens, but no relation: %s", a.File, b.File, len(quote), strings.Join(quote, " "))
			}
			if r.Relation == "copy" && len(prose) < 25 {
				t.Errorf("%s and %s are copies that share at most %d tokens of prose", a.File, b.File, len(prose))
			}
		}
	}
}

func TestRewritesAreInOtherWords(t *testing.T) {
	gold := read(t)
	for _, r := range gold.Relations {
		if r.Relation != "derived" {
			continue
		}
		if prose, _ := longestRuns(ownText(gold.Article(r.Article)), ownText(gold.Article(r.Other))); len(prose) > proseRun {
			t.Errorf("%s rewrites %s, yet shares %q", r.Article, r.Other, strings.Join(prose, " "))
		}
	}
}

func TestSharedPassagesAreShared(t *testing.T) {
	gold := read(t)
	for _, r := range gold.Relations {
		what := r.Article + " and " + r.Other
		if gold.Article(r.Article) == nil || gold.Article(r.Other) == nil {
			t.Errorf("%s: no such articles", what)
			continue
		}
		if len(r.Passages) == 0 && len(r.Citation) == 0 && r.Via == "" {
			t.Errorf("%s: nothing shows the relation", what)
		}
		if len(r.Origins) == 0 || len(r.Evidence) == 0 {
			t.Errorf("%s: no origin or no evidence", what)
		}
		for _, p := range r.Passages {
			isOn(t, gold, r.Article, p.Passage)
			isOn(t, gold, r.Other, p.Other())
			if mine, theirs := tokens(p.Text), tokens(p.Other().Text); !p.Translated && !slices.Equal(mine, theirs) {
				t.Errorf("%s: %q is not %q", what, p.Text, p.Other().Text)
			}
			if r.Relation == "shared_quotation" && !p.Quotation {
				t.Errorf("%s share prose: %q", what, p.Text)
			}
		}
		for _, c := range r.Citation {
			isOn(t, gold, c.Article, c.Passage)
			if r.Direction != "article_from_other" || r.Relation == "shared_quotation" {
				t.Errorf("%s: cites the other, but is %s, %s", what, r.Relation, r.Direction)
			}
		}
	}
}

// TestACopyWasCapturedBeforeItsOrigin holds the trap in place: times of
// capture are no evidence of direction.
func TestACopyWasCapturedBeforeItsOrigin(t *testing.T) {
	gold := read(t)
	for _, r := range gold.Relations {
		if r.Relation == "copy" && r.Direction == "article_from_other" && gold.Article(r.Article).Captured < gold.Article(r.Other).Captured {
			return
		}
	}
	t.Error("every copy was captured after its origin")
}

// token is a word of an article’s own text and whether it stands in a quotation.
type token struct {
	word   string
	quoted bool
}

// longestRuns gives the longest runs of tokens that two articles share inside
// one block, in prose and inside quotations.
func longestRuns(a, b [][]token) (prose, quote []string) {
	for _, x := range a {
		for _, y := range b {
			p, q := sharedRuns(x, y)
			prose, quote = longer(prose, p), longer(quote, q)
		}
	}
	return prose, quote
}

// ownText are the tokens of the article's own text, block by block.
func ownText(a *sample.Article) [][]token {
	var blocks [][]token
	for _, b := range a.Blocks {
		if b.Role.Body() || b.Role == whence.RoleStandfirst {
			blocks = append(blocks, quotedTokens(a, b.Text))
		}
	}
	return blocks
}

func longer(a, b []string) []string {
	if len(b) > len(a) {
		return b
	}
	return a
}

// sharedRuns goes along every diagonal. A run that both quote is a quotation;
// any other is prose up to where both begin to quote.
func sharedRuns(x, y []token) (prose, quote []string) {
	var longest [2][]token // in prose, in quotations
	for shift := -len(y) + 1; shift < len(x); shift++ {
		start, kind := max(shift, 0), 0
		for i := start; i < len(x) && i-shift < len(y); i++ {
			s, o := x[i], y[i-shift]
			now := 0
			if s.quoted && o.quoted {
				now = 1
			}
			if now != kind {
				start, kind = i, now
			}
			if s.word != o.word {
				start = i + 1
			}
			if run := x[start : i+1]; len(run) > len(longest[kind]) {
				longest[kind] = run
			}
		}
	}
	return words(longest[0]), words(longest[1])
}

func words(run []token) []string {
	var out []string
	for _, t := range run {
		out = append(out, t.word)
	}
	return out
}

func tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// quotedTokens follows the quotation marks of the article's outlet: double
// ones of either kind everywhere, single ones where the outlet quotes so.
func quotedTokens(a *sample.Article, text string) []token {
	single := a.Outlet == "Estrel Telegram" || a.Outlet == "Keel & Cargo"
	var out []token
	quoted := false
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			out = append(out, token{word.String(), quoted})
			word.Reset()
		}
	}
	runes := []rune(strings.ToLower(text))
	for i, r := range runes {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			word.WriteRune(r)
			continue
		}
		flush()
		inWord := i > 0 && i+1 < len(runes) && unicode.IsLetter(runes[i-1]) && unicode.IsLetter(runes[i+1])
		switch {
		case r == '“', r == '‘' && single:
			quoted = true
		case r == '”', r == '’' && single && !inWord:
			quoted = false
		case r == '"', r == '\'' && single && !inWord:
			quoted = !quoted
		}
	}
	flush()
	return out
}
