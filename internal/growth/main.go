// Command growth measures a ledger as it grows: what adding the next articles
// costs, how many bytes an article takes, how long searches take, and how long it
// takes to open the long story.
//
//	go run ./internal/growth -ledger FILE [-articles 1000000] [-really 2000] CORPUS
//
// CORPUS is JSON Lines of articles (../shared/corpora/news/articles.jsonl.gz).
// Its articles are added in rounds, each varied by words and with the outlets
// changed about (see varying). Eight rounds share one paragraph in sixteen, come side
// by side and within three days, as copies do; the next eight are 29 days later. The
// first articles are really read, of the others what was found in one of them is put
// at the same places of the varied text, so that all that is kept is sound (whence
// verify finds nothing) and adding costs what it costs but for the reading itself.
// What is left out is chosen so that only articles that were really read are varied.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"time"

	"whence"
	"whence/intake"
	"whence/internal/processor"
	"whence/ledger"
	"whence/lineage"
	"whence/reading"
	"whence/store/sqlite"
)

func main() {
	file := flag.String("ledger", "", "the ledger, which must not exist but with -from")
	from := flag.Int("from", 0, "go on with a ledger that holds so many articles already")
	articles := flag.Int("articles", 1_000_000, "how many articles it is to hold")
	really := flag.Int("really", 2000, "how many articles are really read")
	fill := flag.Int("fill", 0, "how many articles are put at once first, see sqlite.Fill")
	most := flag.Duration("for", 24*time.Hour, "how long articles are put at once at most")
	longest := flag.Int("longest", 0, "how many bytes of text an article has at most that is read, 0 for any")
	build := flag.Bool("build", false, "build the stories of the ledger first, as whence add does")
	reads := flag.Bool("reads", false, "the articles whose adding is measured are really read too")
	step := flag.Int("step", 1000, "how many articles are added at a time where it is measured")
	kept := flag.String("readings", "", "keep what was read in this file, and take it from there where it is")
	profile := flag.String("profile", "", "write profiles of processor time to this file, and to FILE.fill where articles are put at once")
	flag.Parse()
	if *file == "" || flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := measure(context.Background(), options{*file, flag.Arg(0), *kept, *profile, *articles, *really, *longest, *fill, *step, *from, *most, *reads, *build}); err != nil {
		log.Fatal(err)
	}
}

// sizes at which a ledger is measured.
var sizes = []int{1_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000, 700_000, 800_000, 900_000, 1_000_000}

// options are those of the command line.
type options struct {
	file, corpus, kept, profile                 string
	articles, really, longest, fill, step, from int
	most                                        time.Duration
	reads, build                                bool
}

// profiled runs f under a profile, if it is to be written.
func profiled(file string, f func() error) error {
	if file == "" {
		return f()
	}
	to, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(to); err != nil {
		return err
	}
	err = f()
	pprof.StopCPUProfile()
	return errors.Join(err, to.Close())
}

// measure prints a row for each size.
func measure(ctx context.Context, o options) error {
	start := time.Now()
	readings, err := o.read(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d articles read in %s\n", len(readings), time.Since(start).Round(time.Second))
	texts := make([]string, len(readings))
	for i, r := range readings {
		texts[i] = r.Text
	}
	g := newGrowing(readings, texts)
	g.next = o.from
	if o.fill > 0 {
		name := o.profile
		if name != "" {
			name += ".fill"
		}
		if err := profiled(name, func() error { return g.fill(ctx, o.file, o.fill, o.most) }); err != nil {
			return err
		}
		fmt.Printf("%d articles put at once in %s, %s of processor time\n", g.next, time.Since(start).Round(time.Second), processor.Time().Round(time.Second))
	}
	return profiled(o.profile, func() error { return g.grow(ctx, o, texts, start) })
}

// grow adds articles and prints a row for each size.
func (g *growing) grow(ctx context.Context, o options, texts []string, start time.Time) error {
	s, err := sqlite.Open(ctx, o.file)
	if err != nil {
		return err
	}
	l := ledger.New(s, readerVersion(), g.read)
	defer l.Close() //nolint:errcheck // the measure is taken
	if o.build {
		if err := l.Build(ctx); err != nil {
			return err
		}
		fmt.Printf("stories built in %s\n", time.Since(start).Round(time.Second))
	}
	fmt.Println("articles\tms an article\tprocessor ms an article\tpairs\tbytes an article\tsearch p50 ms\tsearch p99 ms\tlong story\topened p50 ms\topened p99 ms\theap MB\tsince start")
	if o.fill+o.from > 0 {
		sizes = []int{g.next + o.step} // also where time was up before all were put
		o.articles = max(o.articles, sizes[0])
	}
	for _, size := range sizes {
		size = min(size, o.articles) - o.step
		if size < g.next {
			continue
		}
		if err := g.add(ctx, l, size); err != nil {
			return err
		}
		began, used := time.Now(), processor.Time()
		g.reads = o.reads
		if err := g.add(ctx, l, size+o.step); err != nil {
			return err
		}
		g.reads = false
		took, used := time.Since(began), processor.Time()-used
		counts, err := l.Counts(ctx)
		if err != nil {
			return err
		}
		times, err := search(ctx, l, texts)
		if err != nil {
			return err
		}
		long, opened, err := g.open(ctx, s)
		if err != nil {
			return err
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Printf("%d\t%.2f\t%.2f\t%d\t%d\t%.1f\t%.1f\t%d\t%.1f\t%.1f\t%d\t%s\n", counts.Articles, took.Seconds()*1000/float64(o.step), used.Seconds()*1000/float64(o.step), counts.Pairs, counts.Bytes/counts.Articles,
			times[len(times)/2], times[len(times)*99/100], long, opened[len(opened)/2], opened[len(opened)*99/100], m.Sys>>20, time.Since(start).Round(time.Second))
	}
	return nil
}

// read reads the first articles of the corpus, or takes what was kept of them.
func (o options) read(ctx context.Context) (list []*whence.Reading, err error) {
	if data, err := os.ReadFile(o.kept); err == nil {
		err := json.Unmarshal(data, &list)
		return slices.DeleteFunc(list, func(r *whence.Reading) bool { return o.longest > 0 && len(r.Text) > o.longest }), err
	}
	if list, err = o.reallyRead(ctx); err != nil || o.kept == "" {
		return list, err
	}
	data, err := json.Marshal(list)
	return list, errors.Join(err, os.WriteFile(o.kept, data, 0o600))
}

func (o options) reallyRead(ctx context.Context) ([]*whence.Reading, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var list []*whence.Reading
	readShort := func(a *whence.Article) *whence.Reading {
		if o.longest > 0 && len(a.Text) > o.longest {
			return nil
		}
		return reading.Read(a)
	}
	for r, err := range intake.Map(ctx, []string{o.corpus}, intake.Options{}, readShort) {
		var p *intake.Problem
		if errors.As(err, &p) || err == nil && r == nil {
			continue
		}
		if err != nil {
			return nil, err
		}
		if list = append(list, r); len(list) == o.really {
			break
		}
	}
	return list, nil
}

// growing adds articles to a ledger.
type growing struct {
	readings []*whence.Reading
	varying  *varying
	matter   int // the article of which the long story is made
	next     int
	reads    bool // what is added is really read
}

func newGrowing(readings []*whence.Reading, texts []string) *growing {
	g := &growing{readings: readings, varying: newVarying(texts)}
	for i, r := range readings {
		if n := len(r.Attributions); n >= 12 && len(r.Text) < 6000 && !r.Published.IsZero() {
			g.matter = i
			break
		}
	}
	return g
}

const (
	// everyMatter is of how many articles one is of the long story, which so has
	// 5,000 of a million.
	everyMatter = 200
	// apart is how many days later each eight rounds are, which share paragraphs and
	// come within three days, and span within how many.
	apart, span = 29, 3650
	// outletStep leads to another outlet in each round.
	outletStep = 1237
)

// article is the article of a number: of a round of the corpus, or of the long
// story.
func (g *growing) article(n int) *whence.Article {
	// Rounds that share paragraphs come side by side, as copies do.
	block := sharedRounds * len(g.readings)
	round, i, matter := n/block*sharedRounds+n%sharedRounds, n%block/sharedRounds, n%everyMatter == everyMatter-1
	if matter {
		round, i = 1+n/everyMatter, g.matter
	}
	a := g.readings[i].Article
	a.Path, a.ID = fmt.Sprintf("%d/%d", round, i), ""
	if matter {
		a.Path += "/m"
		a.Outlet = g.readings[n/everyMatter%len(g.readings)].Outlet
	}
	a.Title, a.Text = g.varying.text(a.Title, round, matter), g.varying.text(a.Text, round, matter)
	if round > 0 {
		// What rounds share is printed by many outlets, as an agency's text is.
		a.Outlet = g.readings[(i+outletStep*round)%len(g.readings)].Outlet
		a.URL = fmt.Sprintf("%s?round=%d", a.URL, round)
		a.Canonical = ""
	}
	switch {
	case matter:
		a.Published.Time = time.Date(2014, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n/everyMatter/3)
	case !a.Published.IsZero():
		a.Published.Time = a.Published.Time.AddDate(0, 0, apart*(round/sharedRounds)%span+round%sharedRounds/3)
	}
	a.Identify()
	return &a
}

// read gives the reading of an article that article made.
func (g *growing) read(a *whence.Article) *whence.Reading {
	if g.reads {
		return reading.Read(a)
	}
	parts := strings.Split(a.Path, "/")
	round, err := strconv.Atoi(parts[0])
	i, err2 := strconv.Atoi(parts[1])
	if err := errors.Join(err, err2); err != nil {
		panic(err) // article gives every article such a path
	}
	return g.varying.reading(g.readings[i], a, round, len(parts) > 2)
}

// fill puts the first articles.
func (g *growing) fill(ctx context.Context, file string, until int, most time.Duration) error {
	f, err := sqlite.Fill(ctx, file)
	if err != nil {
		return err
	}
	l := ledger.New(f, readerVersion(), g.read)
	start := time.Now()
	_, err = l.Fill(ctx, func(yield func(*whence.Article) bool) {
		for ; g.next < until && time.Since(start) < most; g.next++ {
			if g.next > 0 && g.next%10_000 == 0 {
				log.Printf("%d articles, %s", g.next, time.Since(start).Round(time.Second))
			}
			if !yield(g.article(g.next)) {
				return
			}
		}
	})
	if err == nil {
		log.Printf("writing the indexes")
		err = f.Finish(ctx)
	}
	return errors.Join(err, l.Close())
}

func readerVersion() string { return fmt.Sprintf("%d.%d", reading.Version, lineage.Version) }

// add adds articles until there are so many.
func (g *growing) add(ctx context.Context, l *ledger.Ledger, until int) error {
	_, err := l.AddArticles(ctx, func(yield func(*whence.Article) bool) {
		for ; g.next < until; g.next++ {
			if !yield(g.article(g.next)) {
				return
			}
		}
	})
	return err
}

// timesOpened is how often the long story is opened.
const timesOpened = 300

// open opens the long story, each time with nothing of it at hand, and gives how many
// articles it has and the milliseconds that each time took, in rising order.
func (g *growing) open(ctx context.Context, s *sqlite.Store) (articles int, times []float64, err error) {
	id := g.article(everyMatter - 1).ID
	for i := range timesOpened + 1 {
		l := ledger.New(s, readerVersion(), g.read)
		start := time.Now()
		story, err := l.Story(ctx, id)
		if err != nil {
			return 0, nil, fmt.Errorf("opening the long story: %w", err)
		}
		if i == 0 {
			continue // it is built
		}
		articles = len(story.Articles)
		times = append(times, float64(time.Since(start).Microseconds())/1000)
	}
	slices.Sort(times)
	return articles, times, nil
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
