package eval

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"whence"
	"whence/story"
)

// incidentArticle is an article on an incident of the Gun Violence Archive, as
// LongTailQATask has them.
type incidentArticle struct {
	*whence.Article
	incident string
	odd      bool
}

// Stories scores how articles are gathered into stories. GOLD is
// incidents.jsonl: one incident a line, whose articles are one story.
//
// All articles of a part are put together, in the order of their dates, and
// scored by B³ (Bagga and Baldwin 1998): for each article, the share of its
// story that is of its incident (precision) and the share of its incident that
// is in its story (recall), the mean of either, and F1 of the means.
func Stories(w io.Writer, gold string) error {
	all, err := readIncidentArticles(gold)
	if err != nil {
		return err
	}
	var report strings.Builder
	fmt.Fprintf(&report, "%-28s %9s %9s %9s %6s %6s %6s\n", "", "incidents", "articles", "stories", "P", "R", "F1")
	for _, part := range []struct {
		name string
		has  func(incidentArticle) bool
	}{
		{"all", func(incidentArticle) bool { return true }},
		{"even incidents", func(a incidentArticle) bool { return !a.odd }},
		{"odd incidents", func(a incidentArticle) bool { return a.odd }},
	} {
		var some []incidentArticle
		for _, a := range all {
			if part.has(a) {
				some = append(some, a)
			}
		}
		scoreStories(&report, part.name, some)
	}
	_, err = io.WriteString(w, report.String())
	return err
}

func readIncidentArticles(path string) ([]incidentArticle, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading incidents: %w", err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	var list []incidentArticle
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			Incident string
			Articles []struct{ Title, DCT, Content string }
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("reading incidents: %s, line %d: %w", path, n, err)
		}
		for _, x := range row.Articles {
			a := &whence.Article{Title: x.Title, Text: x.Content}
			if d, err := whence.ParseDate(x.DCT); err == nil {
				a.Published = d
			}
			list = append(list, incidentArticle{a, row.Incident, n%2 == 0})
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading incidents: %w", err)
	}
	slices.SortStableFunc(list, func(a, b incidentArticle) int { return cmp.Compare(a.Published.Time.Unix(), b.Published.Time.Unix()) })
	return list, nil
}

func scoreStories(w *strings.Builder, name string, articles []incidentArticle) {
	digests := make([]*story.Digest, len(articles))
	for i, a := range articles {
		digests[i] = story.NewDigest(a.Article)
	}
	roots := make([]int, len(articles))
	stories, incidents := map[int]int{}, map[string]int{}
	both := map[[2]string]int{}
	key := func(i int) [2]string { return [2]string{fmt.Sprint(roots[i]), articles[i].incident} }
	for i, p := range story.Forest(digests) {
		roots[i] = i
		if p != story.None {
			roots[i] = roots[p]
		}
		stories[roots[i]]++
		incidents[articles[i].incident]++
		both[key(i)]++
	}
	precision, recall := 0.0, 0.0
	for i, a := range articles {
		n := float64(both[key(i)])
		precision += n / float64(stories[roots[i]])
		recall += n / float64(incidents[a.incident])
	}
	n := float64(len(articles))
	precision, recall = 100*precision/n, 100*recall/n
	fmt.Fprintf(w, "%-28s %9d %9d %9d %6.1f %6.1f %6.1f\n", name, len(incidents), len(articles), len(stories), precision, recall, 2*precision*recall/(precision+recall))
}
