package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"whence"
	"whence/intake"
)

// worstPages is how many of the worst pages are named.
const worstPages = 15

// resamples is how often the pages are drawn anew for the intervals.
const resamples = 1000

// Pages scores the article text that intake reads out of the HTML pages of the
// article-extraction benchmark (scrapinghub, 2020). gold is its folder:
// ground-truth.json, an object of {"articleBody", "url"} by id, and
// html/ID.html.gz.
//
// What is compared is the article's running text: the blocks whose role is
// [whence.Role.Body], notices, which a page prints as part of the article, and
// a dateline that opens a paragraph. Title, standfirst, byline, lines with the
// date, captions, related links and credits are not the body, as the benchmark
// has it.
//
// Each page is compared by its shingles, the runs of four tokens (\w+), as a
// multiset; hits, false alarms and misses are divided by their sum, so that
// long pages weigh no more than short ones. Precision and recall are means
// over pages, F1 is their harmonic mean, and accuracy is the share of pages
// without a false alarm or a miss. The ± is 1.96 standard deviations over
// resampled sets of pages.
func Pages(w io.Writer, gold string) error {
	truth, err := readTruth(filepath.Join(gold, "ground-truth.json"))
	if err != nil {
		return err
	}
	scores := make([]pageScore, 0, len(truth))
	dated := 0
	for _, id := range sortedKeys(truth) {
		article, err := readPage(filepath.Join(gold, "html", id+".html.gz"))
		if err != nil && !errors.Is(err, whence.ErrNoText) {
			return fmt.Errorf("reading page %s: %w", id, err)
		}
		score := pageScore{id: id, url: truth[id].URL}
		if article != nil {
			score.match = compare(truth[id].ArticleBody, body(article))
			if !article.Published.IsZero() {
				dated++
			}
		} else {
			score.match = compare(truth[id].ArticleBody, "")
		}
		scores = append(scores, score)
	}
	return printPages(w, scores, dated)
}

// truePage is one page of the gold data.
type truePage struct {
	ArticleBody string `json:"articleBody"`
	URL         string `json:"url"`
}

func readTruth(path string) (map[string]truePage, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the gold pages: %w", err)
	}
	var truth map[string]truePage
	if err := json.Unmarshal(data, &truth); err != nil {
		return nil, fmt.Errorf("reading the gold pages from %s: %w", path, err)
	}
	if len(truth) == 0 {
		return nil, fmt.Errorf("reading the gold pages from %s: there are none", path)
	}
	return truth, nil
}

// readPage reads one page as `whence read FILE` does: without its address.
func readPage(path string) (*whence.Article, error) {
	same := func(a *whence.Article) *whence.Article { return a }
	for a, err := range intake.Map(context.Background(), []string{path}, intake.Options{Workers: 1}, same) {
		return a, err
	}
	return nil, whence.ErrNoText
}

// body is the article's running text.
func body(a *whence.Article) string {
	runes := []rune(a.Text)
	var parts []string
	for i, b := range a.Blocks {
		runsOn := b.Role == whence.RoleDateline && i+1 < len(a.Blocks) &&
			!slices.Contains(runes[b.End:a.Blocks[i+1].Start], '\n')
		if b.Role.Body() || b.Role == whence.RoleNotice || runsOn {
			parts = append(parts, string(runes[b.Start:b.End]))
		}
	}
	return strings.Join(parts, "\n\n")
}

// match is how the shingles of two texts agree, as shares of their union.
type match struct{ hits, falseAlarms, misses float64 }

func (m match) precision() float64 {
	return share(m.hits, m.falseAlarms, m.misses)
}

func (m match) recall() float64 {
	return share(m.hits, m.misses, m.falseAlarms)
}

// share is hits of hits and wrong; nothing wrong of either kind is 1, also where
// there is nothing to hit.
func share(hits, wrong, others float64) float64 {
	if wrong == 0 && others == 0 {
		return 1
	}
	if hits == 0 && wrong == 0 {
		return 0
	}
	return hits / (hits + wrong)
}

// compare matches the shingles of what was read with those of the gold text.
func compare(gold, read string) match {
	want, got := shingles(gold), shingles(read)
	var m match
	for s, n := range want {
		common := min(n, got[s])
		m.hits += float64(common)
		m.misses += float64(n - common)
	}
	for s, n := range got {
		m.falseAlarms += float64(n - min(n, want[s]))
	}
	if sum := m.hits + m.falseAlarms + m.misses; sum > 0 {
		m.hits, m.falseAlarms, m.misses = m.hits/sum, m.falseAlarms/sum, m.misses/sum
	}
	return m
}

// shingleTokens is the length of a shingle.
const shingleTokens = 4

// shingles counts the runs of four tokens in s; a shorter text is one run.
func shingles(s string) map[string]int {
	tokens := strings.FieldsFunc(s, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	counts := map[string]int{}
	if len(tokens) == 0 {
		return counts
	}
	for i := range max(1, len(tokens)-shingleTokens+1) {
		counts[strings.Join(tokens[i:min(i+shingleTokens, len(tokens))], " ")]++
	}
	return counts
}

type pageScore struct {
	id, url string
	match
}

func (s pageScore) f1() float64 { return harmonic(s.precision(), s.recall()) }

func harmonic(a, b float64) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * a * b / (a + b)
}

// pageFigures are the figures over a set of pages.
type pageFigures struct{ precision, recall, f1, accuracy float64 }

// over gives the figures over pages. A page where nothing was read has no
// precision, and one whose gold text is empty no recall.
func over(scores []pageScore) pageFigures {
	var f pageFigures
	var read, gold int
	for _, s := range scores {
		if s.hits+s.falseAlarms > 0 {
			f.precision += s.precision()
			read++
		}
		if s.hits+s.misses > 0 {
			f.recall += s.recall()
			gold++
		}
		if s.falseAlarms == 0 && s.misses == 0 {
			f.accuracy++
		}
	}
	f.precision /= float64(max(read, 1))
	f.recall /= float64(max(gold, 1))
	f.f1 = harmonic(f.precision, f.recall)
	f.accuracy /= float64(max(len(scores), 1))
	return f
}

// spread is 1.96 standard deviations of each figure over resampled pages. The
// draw is the same every time.
func spread(scores []pageScore) pageFigures {
	draw := rand.New(rand.NewPCG(1, 2))
	samples := make([]pageFigures, resamples)
	sample := make([]pageScore, len(scores))
	for i := range samples {
		for j := range sample {
			sample[j] = scores[draw.IntN(len(scores))]
		}
		samples[i] = over(sample)
	}
	return pageFigures{
		deviation(samples, func(f pageFigures) float64 { return f.precision }),
		deviation(samples, func(f pageFigures) float64 { return f.recall }),
		deviation(samples, func(f pageFigures) float64 { return f.f1 }),
		deviation(samples, func(f pageFigures) float64 { return f.accuracy }),
	}
}

func deviation(samples []pageFigures, of func(pageFigures) float64) float64 {
	var sum, squares float64
	for _, s := range samples {
		sum += of(s)
	}
	mean := sum / float64(len(samples))
	for _, s := range samples {
		d := of(s) - mean
		squares += d * d
	}
	return 1.96 * math.Sqrt(squares/float64(len(samples)-1))
}

func printPages(w io.Writer, scores []pageScore, dated int) error {
	f, pm := over(scores), spread(scores)
	slices.SortStableFunc(scores, func(a, b pageScore) int {
		switch {
		case a.f1() < b.f1():
			return -1
		case a.f1() > b.f1():
			return 1
		}
		return 0
	})
	var sb strings.Builder
	fmt.Fprintf(&sb, "pages      %d\n", len(scores))
	fmt.Fprintf(&sb, "precision  %.3f ± %.3f\n", f.precision, pm.precision)
	fmt.Fprintf(&sb, "recall     %.3f ± %.3f\n", f.recall, pm.recall)
	fmt.Fprintf(&sb, "F1         %.3f ± %.3f\n", f.f1, pm.f1)
	fmt.Fprintf(&sb, "accuracy   %.3f ± %.3f\n", f.accuracy, pm.accuracy)
	fmt.Fprintf(&sb, "published  %d\n", dated)
	fmt.Fprintf(&sb, "worst:     F1, precision, recall, id, url\n")
	for _, s := range scores[:min(worstPages, len(scores))] {
		fmt.Fprintf(&sb, "%.3f  %.3f  %.3f  %.12s  %s\n", s.f1(), s.precision(), s.recall(), s.id, s.url)
	}
	_, err := io.WriteString(w, sb.String())
	return err
}

func sortedKeys(m map[string]truePage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
