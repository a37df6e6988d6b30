package eval

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"whence"
	"whence/intake"
	"whence/ledger"
	"whence/lineage"
	"whence/reading"
	"whence/store/sqlite"
	"whence/story"
)

// tracedGold is the head of a file of claims that a person traced by reading.
type tracedGold struct {
	// Texts is the file of the articles, from the folder of the gold: JSON Lines of
	// id, publisher, scrape_time and text, whose paragraphs are parted by ###.
	Texts string `json:"texts"`
}

// tracedClaim is one of them: where it stands, and the roots that a person found.
type tracedClaim struct {
	Claim    string          `json:"claim"`
	Kind     story.ClaimKind `json:"kind"`
	Articles []struct {
		Article string `json:"article"`
		whence.Span
	} `json:"articles"`
	Reports []string   `json:"reports"`
	Sources [][]string `json:"sources"` // names for each, one of which will do
}

// originsTraced scores claims of real articles against a person's tracing. All
// articles are put into one ledger. A claim is found where a claim of the ledger
// holds a traced passage: the one that holds most of them. Its reports are right
// where the outlets are the same, by any name that package lineage knows, and its
// sources where they are the same persons, bodies and documents; a claim is right
// where both are. How many of the traced passages it holds is printed beside.
func originsTraced(w io.Writer, gold string, data []byte) (err error) {
	lines := bytes.Split(bytes.TrimSpace(data), []byte("\n"))
	var head tracedGold
	if err := json.Unmarshal(lines[0], &head); err != nil || head.Texts == "" {
		return fmt.Errorf("reading traced claims: %s: the first line does not name its texts: %w", gold, whence.ErrMalformed)
	}
	dir, err := os.MkdirTemp("", "whence-eval")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	articles, err := readMarked(filepath.Join(filepath.Dir(gold), head.Texts), dir)
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		return err
	}
	l := ledger.New(s, "eval", reading.Read)
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err := l.AddArticles(ctx, slices.Values(articles)); err != nil {
		return err
	}
	made := map[string][]story.Claim{} // by path of an article
	for s, err := range l.AllStories(ctx) {
		if err != nil {
			return err
		}
		for _, c := range s.Claims {
			seen := map[string]bool{}
			for _, f := range c.Articles {
				if !seen[f.Path] {
					seen[f.Path] = true
					made[f.Path] = append(made[f.Path], c)
				}
			}
		}
	}
	t := traced{w: w, made: made}
	for n, line := range lines[1:] {
		var c tracedClaim
		if err := json.Unmarshal(line, &c); err != nil {
			return fmt.Errorf("reading traced claims: %s, line %d: %w", gold, n+2, err)
		}
		t.score(&c)
	}
	_, err = fmt.Fprintf(w, "%s\n%d claims · %d found · reports right %d · sources right %d · exactly right %d\n", strings.Join(t.misses, ""), t.all, t.found, t.reports, t.sources, t.right)
	return err
}

// readMarked reads articles whose paragraphs are parted by ###, as whence add reads
// JSON Lines of articles.
func readMarked(path, dir string) (list []*whence.Article, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the texts of traced claims: %w", err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	var out bytes.Buffer
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			ID, Publisher, Text string
			ScrapeTime          string `json:"scrape_time"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("reading the texts of traced claims: %s, line %d: %w", path, n, err)
		}
		text := strings.ReplaceAll(row.Text, " ### ", "\n\n")
		title, _, _ := strings.Cut(text, "\n")
		line, err := json.Marshal(map[string]string{"path": row.ID, "outlet": row.Publisher, "title": title, "text": text, "captured": row.ScrapeTime})
		if err != nil {
			return nil, err
		}
		out.Write(append(line, '\n'))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading the texts of traced claims: %w", err)
	}
	name := filepath.Join(dir, "articles.jsonl")
	if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
		return nil, err
	}
	for a, err := range intake.Map(context.Background(), []string{name}, intake.Options{}, func(a *whence.Article) *whence.Article { return a }) {
		if err != nil {
			return nil, fmt.Errorf("reading the texts of traced claims: %w", err)
		}
		a.Identify()
		list = append(list, a)
	}
	return list, nil
}

// traced compares claims with a person's tracing.
type traced struct {
	w                                   io.Writer
	made                                map[string][]story.Claim
	misses                              []string
	all, found, reports, sources, right int
}

func (t *traced) score(want *tracedClaim) {
	t.all++
	held := map[string]int{}
	claims := map[string]story.Claim{}
	for _, a := range want.Articles {
		for _, c := range t.made[a.Article] {
			if (c.Kind == story.Figure) == (want.Kind == story.Figure) && slices.ContainsFunc(findings(&c), func(f story.Finding) bool {
				return f.Path == a.Article && slices.ContainsFunc(f.Spans, a.Overlaps)
			}) {
				held[c.ID]++
				claims[c.ID] = c
			}
		}
	}
	best := ""
	for id, n := range held {
		if best == "" || n > held[best] || n == held[best] && id < best {
			best = id
		}
	}
	if best == "" {
		t.misses = append(t.misses, fmt.Sprintf("%s: not found\n", want.Claim))
		return
	}
	t.found++
	c := claims[best]
	reports, sources := t.reportsWrong(want, &c), t.sourcesWrong(want, &c)
	if reports == "" {
		t.reports++
	}
	if sources == "" {
		t.sources++
	}
	if reports+sources == "" {
		t.right++
		return
	}
	t.misses = append(t.misses, fmt.Sprintf("%s: %s %s (%s, %d of %d passages in it)\n", want.Claim, reports, sources, c.ID, held[best], len(want.Articles)))
}

func (t *traced) reportsWrong(want *tracedClaim, got *story.Claim) string {
	var missing, more []string
	for _, r := range want.Reports {
		if !slices.ContainsFunc(got.Reports, func(g story.Root) bool { return lineage.SameOutlet(g.Name, r) }) {
			missing = append(missing, r)
		}
	}
	for _, g := range got.Reports {
		if !slices.ContainsFunc(want.Reports, func(r string) bool { return lineage.SameOutlet(g.Name, r) }) {
			more = append(more, g.Name)
		}
	}
	if len(missing)+len(more) == 0 && len(got.Reports) != len(want.Reports) {
		more = append(more, fmt.Sprintf("%d for %d", len(got.Reports), len(want.Reports)))
	}
	return difference("reports", missing, more)
}

func (t *traced) sourcesWrong(want *tracedClaim, got *story.Claim) string {
	var missing, more []string
	for _, names := range want.Sources {
		if !slices.ContainsFunc(got.Sources, func(g story.RootSource) bool { return nameIsOf(g.Name, names) }) {
			missing = append(missing, names[0])
		}
	}
	for _, g := range got.Sources {
		if !slices.ContainsFunc(want.Sources, func(names []string) bool { return nameIsOf(g.Name, names) }) {
			more = append(more, g.Name)
		}
	}
	if len(missing)+len(more) == 0 && len(got.Sources) != len(want.Sources) {
		more = append(more, fmt.Sprintf("%d for %d", len(got.Sources), len(want.Sources)))
	}
	return difference("sources", missing, more)
}

// nameIsOf tells whether a name holds the last word of one of some names.
func nameIsOf(name string, names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		words := strings.Fields(strings.ToLower(n))
		return slices.Contains(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" ,.’'“”\"", r) }), words[len(words)-1])
	})
}
