// Command load asks a server of whence for pages at a steady rate, and says how long
// each kind of page took.
//
//	go run ./internal/load -address http://127.0.0.1:8377 [-rate 50] [-for 1m] [-pid PID]
//
// It starts at the first page and draws what it asks for next from the links of the
// pages that came back, each kind of page alike often; searches are for words of the
// titles that it saw. Each request has its time: one is not held up by another that
// takes long, and how long it took counts from when it was due, so that a server that
// falls behind cannot look fast (Tene's coordinated omission). With -pid the server's
// memory is told as well.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"log"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	address := flag.String("address", "http://127.0.0.1:8377", "the server's address")
	rate := flag.Float64("rate", 50, "requests a second")
	spell := flag.Duration("for", time.Minute, "how long")
	pid := flag.Int("pid", 0, "the server's process, whose memory is told")
	flag.Parse()
	if flag.NArg() != 0 || *rate <= 0 {
		flag.Usage()
		os.Exit(2)
	}
	l := newLoad(strings.TrimSuffix(*address, "/"))
	if err := l.run(*rate, *spell); err != nil {
		log.Fatal(err)
	}
	l.print()
	if *pid > 0 {
		resident, most, err := memory(*pid)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("the server's memory: %s now, %s at most\n", resident, most)
	}
}

// The kinds of pages, by how their addresses begin.
var kinds = []struct{ name, prefix string }{
	{"home", "/"}, {"stories", "/?"}, {"story", "/story/"}, {"article", "/article/"}, {"claim", "/claim/"}, {"search", "/search?"}, {"source", "/source?"},
}

// kindOf is the kind of page at an address; empty where it is none that is asked
// for.
func kindOf(address string) string {
	if address == "/" {
		return "home"
	}
	for _, k := range kinds[1:] {
		if strings.HasPrefix(address, k.prefix) {
			return k.name
		}
	}
	return ""
}

// load is what is known of a server.
type load struct {
	address string
	client  *http.Client

	mu     sync.Mutex
	known  map[string]bool
	pages  map[string][]string        // addresses, by kind
	words  []string                   // of titles
	took   map[string][]time.Duration // by kind
	faults map[string]int             // what went wrong, with how often
}

// mostKnown bounds the addresses of a kind, and the words, that are kept.
const mostKnown = 5000

func newLoad(address string) *load {
	return &load{
		address: address,
		client: &http.Client{
			Timeout:   time.Minute,
			Transport: &http.Transport{MaxIdleConnsPerHost: 256},
		},
		known: map[string]bool{}, pages: map[string][]string{"home": {"/"}},
		took: map[string][]time.Duration{}, faults: map[string]int{},
	}
}

// run asks for pages.
func (l *load) run(rate float64, spell time.Duration) error {
	if err := l.ask("/"); err != nil {
		return fmt.Errorf("the first page: %w", err)
	}
	var asked sync.WaitGroup
	start := time.Now()
	gap := time.Duration(float64(time.Second) / rate)
	for n := 0; ; n++ {
		due := start.Add(time.Duration(n) * gap)
		if due.Sub(start) >= spell {
			break
		}
		time.Sleep(time.Until(due))
		kind, page := l.draw()
		asked.Go(func() {
			err := l.ask(page)
			l.mu.Lock()
			defer l.mu.Unlock()
			l.took[kind] = append(l.took[kind], time.Since(due))
			if err != nil {
				l.faults[kind+": "+err.Error()]++
			}
		})
	}
	asked.Wait()
	return nil
}

// draw takes a kind of page at random, of those that are known, and a page of it.
func (l *load) draw() (kind, page string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := slices.Sorted(maps.Keys(l.pages))
	if len(l.words) > 0 && rand.IntN(len(kinds)) == 0 { //nolint:gosec // which page is drawn is no secret
		word := l.words[rand.IntN(len(l.words))] //nolint:gosec // likewise
		return "search", "/search?q=" + url.QueryEscape(word)
	}
	kind = known[rand.IntN(len(known))]                       //nolint:gosec // likewise
	return kind, l.pages[kind][rand.IntN(len(l.pages[kind]))] //nolint:gosec // likewise
}

var (
	links  = regexp.MustCompile(`href="(/[^"#]*)`)
	titles = regexp.MustCompile(`<h[12][^>]*>([^<]+)`)
	errBad = errors.New("the server says")
)

// ask asks for a page, and notes its links.
func (l *load) ask(page string) error {
	answer, err := l.client.Get(l.address + page)
	if err != nil {
		return err
	}
	defer answer.Body.Close() //nolint:errcheck // it is only read
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%w %s", errBad, answer.Status)
	}
	l.note(string(body))
	return nil
}

// note keeps the links of a page, and words of its titles.
func (l *load) note(body string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range links.FindAllStringSubmatch(body, -1) {
		address := html.UnescapeString(m[1])
		kind := kindOf(address)
		if kind == "" || l.known[address] || len(l.pages[kind]) >= mostKnown {
			continue
		}
		l.known[address] = true
		l.pages[kind] = append(l.pages[kind], address)
	}
	for _, m := range titles.FindAllStringSubmatch(body, -1) {
		for _, w := range strings.FieldsFunc(html.UnescapeString(m[1]), func(c rune) bool { return c < 'A' || c > 'z' }) {
			if len(w) > 3 && len(l.words) < mostKnown {
				l.words = append(l.words, w)
			}
		}
	}
}

// print writes a row for each kind of page.
func (l *load) print() {
	fmt.Println("page\trequests\tp50 ms\tp90 ms\tp99 ms\tmost ms")
	var all []time.Duration
	row := func(name string, took []time.Duration) {
		if len(took) == 0 {
			return
		}
		slices.Sort(took)
		at := func(share float64) float64 {
			return took[min(len(took)-1, int(share*float64(len(took))))].Seconds() * 1000
		}
		fmt.Printf("%s\t%d\t%.1f\t%.1f\t%.1f\t%.1f\n", name, len(took), at(.5), at(.9), at(.99), at(1))
	}
	for _, k := range kinds {
		all = append(all, l.took[k.name]...)
		row(k.name, l.took[k.name])
	}
	row("all", all)
	faults := slices.SortedFunc(maps.Keys(l.faults), func(a, b string) int { return cmp.Or(l.faults[b]-l.faults[a], strings.Compare(a, b)) })
	fmt.Println("errors:", len(faults))
	for _, f := range faults {
		fmt.Printf("%d × %s\n", l.faults[f], f)
	}
}

// memory is how much memory a process holds, now and at most.
func memory(pid int) (now, most string, err error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "", "", err
	}
	for line := range strings.Lines(string(data)) {
		switch name, value, _ := strings.Cut(strings.TrimSpace(line), ":"); name {
		case "VmRSS":
			now = strings.TrimSpace(value)
		case "VmHWM":
			most = strings.TrimSpace(value)
		}
	}
	return now, most, nil
}
