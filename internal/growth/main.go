// Command growth measures a ledger as it grows: what adding the next articles
// costs, how many bytes an article takes, and how long searches take.
//
//	go run ./internal/growth -ledger FILE [-articles 1000000] [-really 2000] CORPUS
//
// CORPUS is JSON Lines of articles (../shared/corpora/news/articles.jsonl.gz).
// Its articles are added over and over, each round varied and 29 days later (see
// varying). The first articles are really read, of the others what was found in
// one of them is put at the same places of the varied text, so that all that is
// kept is sound (whence verify finds nothing) and adding costs what it costs but
// for the reading itself. What is left out is chosen so that only articles that
// were really read are varied.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"log"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"whence"
	"whence/intake"
	"whence/ledger"
	"whence/lineage"
	"whence/reading"
	"whence/store/sqlite"
)

func main() {
	file := flag.String("ledger", "", "the ledger, which must not exist")
	articles := flag.Int("articles", 1_000_000, "how many articles it is to hold")
	really := flag.Int("really", 2000, "how many articles are really read")
	step := flag.Int("step", 1000, "how many articles are added at a time where it is measured")
	profile := flag.String("profile", "", "write a profile of processor time to this file")
	flag.Parse()
	if *file == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			log.Fatal(err)
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			log.Fatal(err)
		}
		defer pprof.StopCPUProfile()
	}
	if err := measure(context.Background(), *file, flag.Arg(0), *articles, *really, *step); err != nil {
		log.Fatal(err)
	}
}

// sizes at which a ledger is measured.
var sizes = []int{1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000}

// measure prints a row for each size.
func measure(ctx context.Context, file, corpus string, articles, really, step int) error {
	start := time.Now()
	readings, err := read(ctx, corpus, really)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles read in %s\n", len(readings), time.Since(start).Round(time.Second))
	texts := make([]string, len(readings))
	for i, r := range readings {
		texts[i] = r.Text
	}
	g := &growing{readings: readings, varying: newVarying(texts)}
	s, err := sqlite.Open(ctx, file)
	if err != nil {
		return err
	}
	l := ledger.New(s, fmt.Sprintf("%d.%d", reading.Version, lineage.Version), g.read)
	defer l.Close() //nolint:errcheck // the measure is taken
	fmt.Println("articles\tms an article\tprocessor ms an article\tpairs\tbytes an article\tsearch p50 ms\tsearch p99 ms\theap MB\tsince start")
	for _, size := range sizes {
		size = min(size, articles) - step
		if size <= g.next {
			continue
		}
		if err := g.add(ctx, l, size); err != nil {
			return err
		}
		began, used := time.Now(), processor()
		if err := g.add(ctx, l, size+step); err != nil {
			return err
		}
		took, used := time.Since(began), processor()-used
		counts, err := l.Counts(ctx)
		if err != nil {
			return err
		}
		times, err := search(ctx, l, texts)
		if err != nil {
			return err
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Printf("%d\t%.2f\t%.2f\t%d\t%d\t%.1f\t%.1f\t%d\t%s\n", counts.Articles, took.Seconds()*1000/float64(step), used.Seconds()*1000/float64(step), counts.Pairs, counts.Bytes/counts.Articles,
			times[len(times)/2], times[len(times)*99/100], m.Sys>>20, time.Since(start).Round(time.Second))
	}
	return nil
}

// processor is the time that the processors have worked for the program. Unlike
// time by the clock it is little disturbed by what else runs.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// read reads the first articles of a corpus.
func read(ctx context.Context, corpus string, most int) ([]*whence.Reading, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var list []*whence.Reading
	for r, err := range intake.Map(ctx, []string{corpus}, intake.Options{}, reading.Read) {
		var p *intake.Problem
		if errors.As(err, &p) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if list = append(list, r); len(list) == most {
			break
		}
	}
	return list, nil
}

// growing adds articles to a ledger.
type growing struct {
	readings []*whence.Reading
	varying  *varying
	next     int
}

// add adds articles until there are so many.
func (g *growing) add(ctx context.Context, l *ledger.Ledger, until int) error {
	in, out := io.Pipe()
	go func() {
		enc := json.NewEncoder(out)
		for i := range g.lines(until) {
			if err := enc.Encode(i); err != nil {
				return // the reader is gone
			}
		}
		_ = out.Close() // it never fails
	}()
	_, err := l.Add(ctx, []string{"-"}, intake.Options{Stdin: in}, func(p *intake.Problem) { log.Print(p) })
	return errors.Join(err, in.Close())
}

// lines are the next articles as JSON Lines.
func (g *growing) lines(until int) iter.Seq[any] {
	return func(yield func(any) bool) {
		for ; g.next < until; g.next++ {
			round, i := g.next/len(g.readings), g.next%len(g.readings)
			a := g.readings[i].Article
			line := map[string]any{
				"path": fmt.Sprintf("%d/%d", round, i), "url": a.URL, "outlet": a.Outlet, "byline": a.Byline,
				"title": g.varying.text(a.Title, round), "text": g.varying.text(a.Text, round),
			}
			if round > 0 {
				line["url"] = fmt.Sprintf("%s?round=%d", a.URL, round)
			}
			if !a.Published.IsZero() {
				line["published"] = a.Published.Time.AddDate(0, 0, 29*round).Format(time.DateOnly)
			}
			if !yield(line) {
				return
			}
		}
	}
}

// read gives the reading of an article that lines made.
func (g *growing) read(a *whence.Article) *whence.Reading {
	before, after, _ := strings.Cut(a.Path, "/")
	round, err := strconv.Atoi(before)
	i, err2 := strconv.Atoi(after)
	if err := errors.Join(err, err2); err != nil {
		panic(err) // lines gives every article such a path
	}
	return g.varying.reading(g.readings[i], a, round)
}

// search asks for words, phrases, sources, marks and dates that are in the
// ledger, and gives the milliseconds that each took, in rising order.
func search(ctx context.Context, l *ledger.Ledger, texts []string) ([]float64, error) {
	rng := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		fields := strings.Fields(texts[rng.IntN(len(texts))])
		if len(fields) == 0 {
			return "news"
		}
		return strings.Trim(fields[rng.IntN(len(fields))], `":`)
	}
	phrase := func() string {
		fields := strings.Fields(texts[rng.IntN(len(texts))])
		if len(fields) < 4 {
			return `"he said"`
		}
		i := rng.IntN(len(fields) - 3)
		return `"` + strings.ReplaceAll(strings.Join(fields[i:i+3], " "), `"`, "") + `"`
	}
	fixed := []string{"the", "president", "said government", `"the white house"`, `"he said"`, "anonymous:yes", "measure:killed status:happened",
		"status:planned", "source:trump", "source:officials anonymous:yes", "after:2015-03 before:2015-04 police", "outlet:post", "obama -x", "before:2013 the", "language:en a"}
	var times []float64
	for i := range 600 {
		var text string
		switch i % 6 {
		case 0, 1:
			text = fixed[i/6%len(fixed)]
		case 2:
			text = word()
		case 3:
			text = word() + " " + word()
		case 4:
			text = phrase()
		case 5:
			text = fmt.Sprintf("%s after:%d-%02d before:%d", word(), 2012+i%9, 1+i%12, 2013+i%9)
		}
		q, err := ledger.ParseQuery(text)
		if err != nil {
			continue
		}
		start := time.Now()
		if _, err := l.Search(ctx, q, 20); err != nil {
			return nil, fmt.Errorf("searching for %s: %w", text, err)
		}
		ms := float64(time.Since(start).Microseconds()) / 1000
		times = append(times, ms)
	}
	slices.Sort(times)
	return times, nil
}
