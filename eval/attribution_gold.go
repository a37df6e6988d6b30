package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"whence"
)

// AttributionGold is a text with its gold relations.
type AttributionGold struct {
	Name, Text string
	relations  []relation
}

// ReadAttributionGold reads a folder of gold in the layout of PolNeAR, in the
// order of the annotations' names.
func ReadAttributionGold(dir string) ([]AttributionGold, error) {
	names, err := filepath.Glob(filepath.Join(dir, "attributions", "*.ann"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: no attributions/*.ann", whence.ErrNotRecognised)
	}
	sort.Strings(names)
	var articles []AttributionGold
	seen := map[string]bool{}
	for _, name := range names {
		base := filepath.Base(name)
		stem := strings.TrimSuffix(base, ".ann")
		if cut := strings.LastIndexByte(base, '_'); cut >= 0 {
			stem = base[:cut]
		}
		if seen[stem] {
			continue
		}
		seen[stem] = true
		g, err := readGoldArticle(dir, stem, name)
		if err != nil {
			return nil, err
		}
		articles = append(articles, g)
	}
	return articles, nil
}

func readGoldArticle(dir, stem, annotations string) (AttributionGold, error) {
	t, err := os.ReadFile(filepath.Join(dir, "text", stem+".txt"))
	if err != nil {
		return AttributionGold{}, err
	}
	ann, err := os.ReadFile(annotations)
	if err != nil {
		return AttributionGold{}, err
	}
	return AttributionGold{stem, string(t), readBrat(string(ann))}, nil
}

// readBrat reads text-bound annotations and the events that join them.
func readBrat(ann string) []relation {
	spans := map[string][]whence.Span{}
	var events [][]string
	for line := range strings.Lines(ann) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch {
		case len(fields) < 2:
		case strings.HasPrefix(line, "T"):
			spans[fields[0]] = readFragments(fields[1])
		case strings.HasPrefix(line, "E"):
			events = append(events, strings.Fields(fields[1]))
		}
	}
	var all []relation
	for _, e := range events {
		if r, ok := readEvent(e, spans); ok {
			all = append(all, r)
		}
	}
	return all
}

// readFragments reads the offsets of "Source 10 12;15 18".
func readFragments(s string) []whence.Span {
	_, offsets, _ := strings.Cut(s, " ")
	var all []whence.Span
	for part := range strings.SplitSeq(offsets, ";") {
		ends := strings.Fields(part)
		if len(ends) != 2 {
			continue
		}
		start, err := strconv.Atoi(ends[0])
		if err != nil {
			continue
		}
		end, err := strconv.Atoi(ends[1])
		if err != nil || start < 0 {
			continue
		}
		all = append(all, whence.Span{Start: start, End: end})
	}
	return all
}

// readEvent reads "Attribution:T4 Content:T3 Cue:T2 Source2:T1". It reports
// whether the event has cue and content.
func readEvent(fields []string, spans map[string][]whence.Span) (relation, bool) {
	var r relation
	var full [len(roles)]bool
	for _, arg := range fields[min(1, len(fields)):] {
		name, id, _ := strings.Cut(arg, ":")
		name = strings.ToLower(strings.TrimRight(name, "0123456789"))
		for i, role := range roles {
			if name == role {
				r[i] = append(r[i], spans[id]...)
				full[i] = len(r[i]) > 0
			}
		}
	}
	for i := range r {
		sortSpans(r[i])
	}
	return r, full[1] && full[2]
}

func sortSpans(spans []whence.Span) {
	sort.Slice(spans, func(i, j int) bool {
		if spans[i].Start != spans[j].Start {
			return spans[i].Start < spans[j].Start
		}
		return spans[i].End < spans[j].End
	})
}
