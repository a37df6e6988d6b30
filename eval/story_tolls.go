package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"whence"
	"whence/reading"
	"whence/story"
)

// StoryTolls scores the current killed and injured of stories. GOLD is a file of
// incidents as [Incidents] takes it. The articles of all incidents are brought into
// stories by [story.Forest], as a ledger that holds them all does; the story of an
// incident is the one that holds most of its articles, of equals the earlier. An
// incident is right where [figure.Casualties] of all articles of that story gives
// exactly the recorded number. Halves are those of Incidents.
func StoryTolls(w io.Writer, gold string) error {
	incidents, err := ReadIncidents(gold)
	if err != nil {
		return err
	}
	roots, readings := tollStories(incidents)
	stories := map[int][]*whence.Reading{}
	for i, root := range roots {
		stories[root] = append(stories[root], readings[i])
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(table, "\tincidents\tkilled\tinjured\t")
	var halves [2]exactly
	next := 0
	for i := range incidents {
		in := &incidents[i]
		held := map[int]int{}
		for range in.Articles {
			held[roots[next]]++
			next++
		}
		best, most := -1, 0
		for root, n := range held {
			if n > most || n == most && root < best {
				best, most = root, n
			}
		}
		half := &halves[1]
		if in.Learned() {
			half = &halves[0]
		}
		half.count(stories[best], [2]float64{in.Killed, in.Injured})
	}
	for i, name := range []string{"learned from", "kept apart"} {
		e := halves[i]
		_, _ = fmt.Fprintf(table, "%s\t%d\t%s\t%s\t\n", name, e.all, percent(e.right[0], e.all), percent(e.right[1], e.all))
	}
	return table.Flush()
}

// tollStories reads the articles of incidents, in their order, and gives the first
// article of the story of each.
func tollStories(incidents []Incident) (roots []int, readings []*whence.Reading) {
	var digests []*story.Digest
	for _, in := range incidents {
		for _, a := range in.Articles {
			published, _ := whence.ParseDate(a.Dct) // absent where it is none
			r := reading.Read(&whence.Article{Title: a.Title, Text: a.Content, Published: published})
			readings = append(readings, r)
			digests = append(digests, story.NewDigest(&r.Article))
		}
	}
	order := make([]int, len(readings))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(readings[a].Published.Time.Unix(), readings[b].Published.Time.Unix())
	})
	inTime := make([]*story.Digest, len(order))
	for k, i := range order {
		inTime[k] = digests[i]
	}
	roots = make([]int, len(readings))
	for k, p := range story.Forest(inTime) {
		roots[order[k]] = order[k]
		if p != story.None {
			roots[order[k]] = roots[order[p]]
		}
	}
	return roots, readings
}
