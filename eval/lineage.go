package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"whence"
	"whence/intake"
	"whence/ledger"
	"whence/lineage"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store/sqlite"
)

// RelatedArticles is gold of how articles are related, by their paths.
type RelatedArticles struct {
	Articles []*whence.Article
	Pairs    []RelatedPair
	// Whole tells that pairs which are not listed are not related.
	Whole bool
	Truth *sample.Gold // of the sample, with the edits of its pages
}

// RelatedPair is one pair.
type RelatedPair struct {
	whence.Reuse          // of which paths, relation and direction count
	Origins      []string // each of them right
	Optional     bool     // it follows from others, and may be missing
}

// Lineage scores relations between articles. GOLD is the sample's truth.json,
// or a file of pairs in the form of whence export reuse, of which path,
// other_path, relation, direction and origin are read; the articles stand in
// articles.jsonl beside it, or in the file that its first line names, seen from
// the gold's folder: {"articles":"…"}. Articles are read as [sameEvent] has it.
//
// The articles are put into a ledger of their own. A pair is found where the
// ledger has a line for the two, whichever stands first; its relation, direction
// and origin are right where they equal the gold's, seen from the same article.
// An origin is right where it names each of the gold's origins, by any of an
// outlet's names that package lineage knows. A gold pair without a relation is
// one that shares furniture alone: it is right where the ledger has no line.
// Where the gold lists all pairs, others that are found are counted as invented.
// Of truth.json the edits of pages are scored too, see [scoreEdits].
func Lineage(w io.Writer, gold string) error {
	g, err := ReadRelatedArticles(gold)
	if err != nil {
		return err
	}
	found, err := relate(g.Articles, reading.Read)
	if err != nil {
		return err
	}
	var report strings.Builder
	scoreRelated(&report, g, found)
	if g.Truth != nil {
		if err := scoreEdits(&report, g.Truth); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, report.String())
	return err
}

// ReadRelatedArticles reads truth.json, or a file of pairs and the articles
// beside it.
func ReadRelatedArticles(path string) (*RelatedArticles, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading relations: %w", err)
	}
	if filepath.Base(path) == "truth.json" {
		return relatedSample(data)
	}
	g, beside, err := readPairs(path, data)
	if err != nil {
		return nil, err
	}
	if g.Articles, err = sameEvent(filepath.Join(filepath.Dir(path), beside)); err != nil {
		return nil, fmt.Errorf("reading the articles of relations: %w", err)
	}
	g.Articles = distinct(g.Articles)
	return g, nil
}

// readPairs reads gold pairs, and the name of the file of their articles.
func readPairs(path string, data []byte) (g *RelatedArticles, beside string, err error) {
	g, beside = &RelatedArticles{}, "articles.jsonl"
	n := 0
	for line := range bytes.Lines(data) {
		n++
		var row struct {
			whence.Reuse
			Articles string `json:"articles"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return nil, "", fmt.Errorf("reading relations: %s, line %d: %w", path, n, err)
		}
		if row.Articles != "" && n == 1 {
			beside = row.Articles
			continue
		}
		p := RelatedPair{Reuse: row.Reuse}
		if p.Origin != "" {
			p.Origins = []string{p.Origin}
		}
		g.Pairs = append(g.Pairs, p)
	}
	return g, beside, nil
}

// sameEvent reads articles: anything that whence reads, or JSON Lines in the form
// of the corpus on one event, in which "publisher" is the outlet, "scrape_time"
// when the article was captured, "id" its path, and ### parts its paragraphs.
func sameEvent(path string) ([]*whence.Article, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if start := data[:min(len(data), 4096)]; !bytes.HasPrefix(start, []byte("{")) || !bytes.Contains(start, []byte(`"scrape_time"`)) {
		return readArticles(path)
	}
	var list []*whence.Article
	for decoder := json.NewDecoder(bytes.NewReader(data)); ; {
		var row struct {
			ID, Publisher, Text string
			Captured            string `json:"scrape_time"`
		}
		if err := decoder.Decode(&row); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", path, len(list)+1, err)
		}
		paragraphs := strings.Split(row.Text, "###")
		for i, p := range paragraphs {
			paragraphs[i] = strings.TrimSpace(p)
		}
		a := &whence.Article{Path: row.ID, Outlet: row.Publisher, Text: strings.Join(paragraphs, "\n\n")}
		if a.Captured, err = whence.ParseDate(row.Captured); err != nil {
			return nil, fmt.Errorf("%s, row %d: %w", path, len(list)+1, err)
		}
		page.Structure(a)
		list = append(list, a)
	}
}

// readArticles reads all articles of an input.
func readArticles(path string) ([]*whence.Article, error) {
	var list []*whence.Article
	for a, err := range intake.Map(context.Background(), []string{path}, intake.Options{}, func(a *whence.Article) *whence.Article { return a }) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// relatedSample takes the relations of the sample's truth.
func relatedSample(data []byte) (*RelatedArticles, error) {
	truth, err := sample.ParseTruth(data)
	if err != nil {
		return nil, err
	}
	g := &RelatedArticles{Whole: true, Truth: truth}
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return nil, fmt.Errorf("reading the sample's %s: %w", p.Name, err)
		}
		g.Articles = append(g.Articles, a)
	}
	for _, r := range truth.Relations {
		g.Pairs = append(g.Pairs, RelatedPair{
			Reuse:   whence.Reuse{Path: r.Article, OtherPath: r.Other, Relation: whence.Relation(r.Relation), Direction: whence.Direction(r.Direction)},
			Origins: r.Origins, Optional: r.Via != "",
		})
	}
	return g, nil
}

// paths name a pair, whichever stands first.
type paths [2]string

func pathsOf(r whence.Reuse) paths { return paths{min(r.Path, r.OtherPath), max(r.Path, r.OtherPath)} }

// seen is a pair as seen from the one of its articles that comes first by path.
func seen(r whence.Reuse) whence.Reuse {
	if r.Path > r.OtherPath {
		return r.Turned()
	}
	return r
}

// relate puts articles into a ledger of their own, read with read, and gives its
// pairs.
func relate(articles []*whence.Article, read func(*whence.Article) *whence.Reading) (found map[paths]whence.Reuse, err error) {
	dir, err := os.MkdirTemp("", "whence-eval")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(dir, "ledger.db"))
	if err != nil {
		return nil, err
	}
	l := ledger.New(s, "eval", read)
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err := l.AddArticles(ctx, slices.Values(articles)); err != nil {
		return nil, err
	}
	found = map[paths]whence.Reuse{}
	for r, err := range l.Reuse(ctx) {
		if err != nil {
			return nil, err
		}
		found[pathsOf(r)] = seen(r)
	}
	return found, nil
}

// missing stands for the relation of a pair that was not found, or that the gold
// does not have.
const missing = "–"

func scoreRelated(w *strings.Builder, g *RelatedArticles, found map[paths]whence.Reuse) {
	var must, got, relation, direction, origin, invented int
	confusion := map[[2]string]int{}
	var misses []string
	listed := map[paths]bool{}
	for _, p := range g.Pairs {
		listed[pathsOf(p.Reuse)] = true
		want := seen(p.Reuse)
		is, ok := found[pathsOf(p.Reuse)]
		if p.Relation == "" {
			must++
			if ok {
				invented++
				misses = append(misses, fmt.Sprintf("invented: %s, %s: %s %s from %s", want.Path, want.OtherPath, is.Relation, is.Direction, is.Origin))
				confusion[[2]string{missing, string(is.Relation)}]++
				continue
			}
			got, relation, direction, origin = got+1, relation+1, direction+1, origin+1
			confusion[[2]string{missing, missing}]++
			continue
		}
		if !ok {
			if !p.Optional {
				must++
				confusion[[2]string{string(want.Relation), missing}]++
				misses = append(misses, fmt.Sprintf("not found: %s, %s: %s", want.Path, want.OtherPath, want.Relation))
			}
			continue
		}
		must++
		got++
		confusion[[2]string{string(want.Relation), string(is.Relation)}]++
		right := []bool{is.Relation == want.Relation, is.Direction == want.Direction, namesAll(is.Origin, p.Origins)}
		for i, n := range []*int{&relation, &direction, &origin} {
			if right[i] {
				*n++
			}
		}
		if slices.Contains(right, false) {
			misses = append(misses, fmt.Sprintf("%s, %s: %s %s from %s, not %s %s from %s", want.Path, want.OtherPath,
				is.Relation, is.Direction, is.Origin, want.Relation, want.Direction, strings.Join(p.Origins, ", ")))
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(found), func(a, b paths) int { return slices.Compare(a[:], b[:]) }) {
		if !listed[p] && g.Whole {
			invented++
			confusion[[2]string{missing, string(found[p].Relation)}]++
			misses = append(misses, fmt.Sprintf("invented: %s, %s: %s %s from %s", p[0], p[1], found[p].Relation, found[p].Direction, found[p].Origin))
		}
	}
	fmt.Fprintf(w, "%d articles, %d pairs\n\n", len(g.Articles), must)
	for _, row := range []struct {
		what string
		n    int
	}{{"found", got}, {"relation right", relation}, {"direction right", direction}, {"origin right", origin}} {
		fmt.Fprintf(w, "%-16s %5d  %5.1f %%\n", row.what, row.n, 100*float64(row.n)/float64(max(1, must)))
	}
	fmt.Fprintf(w, "%-16s %5d\n", "invented", invented)
	printConfusion(w, confusion)
	if len(misses) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(misses, "\n"))
	}
}

// namesAll tells whether an origin names each of some.
func namesAll(origin string, all []string) bool {
	for _, o := range all {
		if !lineage.SameOutlet(origin, o) && !strings.Contains(strings.ToLower(origin), strings.ToLower(strings.TrimPrefix(o, "The "))) {
			return false
		}
	}
	return true
}

// printConfusion prints relations as the gold has them (rows) against those
// found (columns), with precision and recall of each.
func printConfusion(w *strings.Builder, n map[[2]string]int) {
	kinds := []string{string(whence.Copy), string(whence.Derived), string(whence.CommonOrigin), string(whence.SharedQuotation)}
	short := map[string]string{"common_origin": "common", "shared_quotation": "quotation"}
	name := func(k string) string {
		if s := short[k]; s != "" {
			return s
		}
		return k
	}
	fmt.Fprintf(w, "\n%-10s", "gold")
	for _, k := range append(slices.Clone(kinds), missing) {
		fmt.Fprintf(w, " %9s", name(k))
	}
	fmt.Fprintf(w, " %9s %9s\n", "precision", "recall")
	for _, k := range append(slices.Clone(kinds), missing) {
		fmt.Fprintf(w, "%-10s", name(k))
		row, column := 0, 0
		for _, other := range append(slices.Clone(kinds), missing) {
			fmt.Fprintf(w, " %9d", n[[2]string{k, other}])
			row += n[[2]string{k, other}]
			column += n[[2]string{other, k}]
		}
		if k != missing {
			right := float64(n[[2]string{k, k}])
			fmt.Fprintf(w, " %9.1f %9.1f", 100*right/float64(max(1, column)), 100*right/float64(max(1, row)))
		}
		fmt.Fprintln(w)
	}
}
