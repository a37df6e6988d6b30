package lineage

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"whence"
	"whence/internal/processor"
	"whence/internal/shared"
)

// oneEvent reads the articles of the corpus on one event.
func oneEvent(t testing.TB) []*whence.Reading {
	f, err := os.Open(shared.Path(t, "corpora", "lineage", "one-event.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var readings []*whence.Reading
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct{ Publisher, Title, Text, Article, Content string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		body := row.Text + row.Article + row.Content
		readings = append(readings, &whence.Reading{Article: whence.Article{Outlet: row.Publisher, Title: row.Title, Text: strings.ReplaceAll(body, "###", "\n\n")}})
	}
	return readings
}

// news reads the first articles of the corpus of news.
func news(t testing.TB) []*whence.Reading {
	f, err := os.Open(shared.Path(t, "corpora", "news", "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var readings []*whence.Reading
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && len(readings) < 4000 {
		var row struct{ Outlet, Title, Text, Published string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		published, err := whence.ParseDate(row.Published)
		if err != nil {
			published = whence.Date{} // there are a few such
		}
		readings = append(readings, &whence.Reading{Article: whence.Article{Published: published, Outlet: row.Outlet, Title: row.Title, Text: row.Text}})
	}
	return readings
}

// TestPrintsFindLongRuns holds the prints to their promise on real articles:
// each pair that shares a run of 25 words has a print in common.
func TestPrintsFindLongRuns(t *testing.T) {
	var texts []*Text
	for _, r := range oneEvent(t) {
		texts = append(texts, NewText(r))
	}
	n, w := 0, 0
	index := map[uint64][]int{}
	for i, x := range texts {
		p, _ := x.Prints()
		n += len(p)
		w += len(x.words)
		for _, h := range p {
			index[h] = append(index[h], i)
		}
	}
	pairs := map[[2]int]bool{}
	for _, l := range index {
		for i := range l {
			for j := range i {
				pairs[[2]int{l[j], l[i]}] = true
			}
		}
	}
	// The same by exhaustive search.
	full := map[[25]uint32][]int{}
	for i, x := range texts {
		seen := map[[25]uint32]bool{}
		for j := 0; j+25 <= len(x.words); j++ {
			h := [25]uint32(x.words[j:])
			if !seen[h] {
				seen[h] = true
				full[h] = append(full[h], i)
			}
		}
	}
	gold := map[[2]int]bool{}
	for _, l := range full {
		for i := range l {
			for j := range i {
				gold[[2]int{l[j], l[i]}] = true
			}
		}
	}
	miss := 0
	for g := range gold {
		if !pairs[g] {
			miss++
		}
	}
	if miss > 0 || len(gold) == 0 {
		t.Errorf("%d of %d pairs missed", miss, len(gold))
	}
	t.Logf("%d texts, %d words, %d prints; %d candidate pairs, %d gold, %d missed", len(texts), w, n, len(pairs), len(gold), miss)
}

func BenchmarkText(b *testing.B) {
	readings := news(b)
	b.ReportAllocs()
	b.ResetTimer()
	used := processor.Time()
	for i := 0; b.Loop(); i++ {
		NewText(readings[i%len(readings)]).Prints()
	}
	b.ReportMetric(float64(b.N)/(processor.Time()-used).Seconds(), "articles/s-core")
}

// BenchmarkLineage is all that lineage does with an article in memory: making it
// ready, printing it, and comparing it with the articles before it that hold a
// print in common: over articles on one event, where each has many such, and
// over news. A core's speed is by the time that the processor worked.
func BenchmarkLineage(b *testing.B) {
	b.Run("OneEvent", func(b *testing.B) { lineage(b, oneEvent(b)) })
	b.Run("News", func(b *testing.B) { lineage(b, news(b)) })
}

// mostHeld is how many articles hold a print that is looked at, as in a ledger.
const mostHeld = 100

// fewestOwn is from how many articles on a print that one outlet alone holds is its
// boilerplate, as in a ledger.
const fewestOwn = 3

func lineage(b *testing.B, readings []*whence.Reading) {
	compared, pairs := 0, 0
	filed := make([]int64, len(readings))
	for i, r := range readings {
		filed[i] = r.Published.Time.Unix()
	}
	far := func(i, j int32) bool {
		const apart = int64((FarApart + time.Minute) / time.Second)
		return filed[i]-filed[j] > apart || filed[j]-filed[i] > apart
	}
	b.ReportAllocs()
	b.ResetTimer()
	used := processor.Time()
	for b.Loop() {
		texts := make([]*Text, len(readings))
		before := make([]int32, len(readings)) // whom one was compared with last
		index := newPrintIndex(len(readings) * 192)
		var holding []int32 // the prints of one
		for i, r := range readings {
			texts[i] = NewText(r)
			prints, around := texts[i].Prints()
			holding = index.all(holding[:0], prints)
			for n, number := range holding {
				held := &index.prints[number]
				if furniture(held) {
					continue
				}
				for h := held.newest(); h != nil; h = index.next(h) {
					if before[h.article] == int32(i) || !MayShare(h.around, around[n], far(h.article, int32(i))) {
						continue
					}
					before[h.article] = int32(i)
					compared++
					if _, ok := Compare(texts[h.article], texts[i], func(p uint64) bool { return furniture(&index.prints[index.of(p)]) }); ok {
						pairs++
					}
				}
				index.add(held, int32(i), around[n], held.n > 0 && readings[held.last.article].Outlet != r.Outlet)
			}
		}
	}
	used = processor.Time() - used
	articles := float64(b.N * len(readings))
	b.ReportMetric(articles/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(articles/used.Seconds(), "articles/s-core")
	b.ReportMetric(float64(compared)/articles, "compared/article")
	b.ReportMetric(float64(pairs)/articles, "pairs/article")
}

// printIndex is who holds which print, as small as it can be.
type printIndex struct {
	slots   []uint64 // the highest bits of a print, and its number among them, from 1
	prints  []held
	holders []heldBy
	looked  uint64
}

// held is a print with the last of its holders, and how many they are.
type held struct {
	print  uint64
	last   heldBy
	n      uint16
	shared bool // by outlets
}

type heldBy struct {
	around  Around
	article int32
	next    int32 // the one before, from 1
}

func (h *held) newest() *heldBy {
	if h.n == 0 {
		return nil
	}
	return &h.last
}

func (x *printIndex) next(h *heldBy) *heldBy {
	if h.next == 0 {
		return nil
	}
	return &x.holders[h.next-1]
}

func newPrintIndex(most int) *printIndex {
	size := 1
	for size < 4*most/3 {
		size *= 2
	}
	return &printIndex{slots: make([]uint64, size), prints: make([]held, 0, most), holders: make([]heldBy, 0, most/4)}
}

// of gives the number of a print, which nobody holds where it is new.
func (x *printIndex) of(p uint64) int32 {
	high := p >> (printBits - 32)
	for at := x.place(p); ; at = (at + 1) & uint64(len(x.slots)-1) {
		slot := x.slots[at]
		number := int32(slot) - 1
		if slot == 0 {
			x.prints = append(x.prints, held{print: p})
			x.slots[at] = high<<32 | uint64(len(x.prints))
			return int32(len(x.prints)) - 1
		}
		if slot>>32 == high && x.prints[number].print == p {
			return number
		}
	}
}

// place is where a print stands if no other does.
func (x *printIndex) place(p uint64) uint64 { return p >> 1 & uint64(len(x.slots)-1) }

// all appends all of some prints. They are looked at first without a branch, so that one
// is fetched from memory while the next are.
func (x *printIndex) all(to []int32, prints []uint64) []int32 {
	for _, p := range prints {
		x.looked += x.slots[x.place(p)]
	}
	for _, p := range prints {
		to = append(to, x.of(p))
	}
	return to
}

func (x *printIndex) add(h *held, article int32, around Around, shared bool) {
	before := int32(0)
	if h.n > 0 {
		x.holders = append(x.holders, h.last)
		before = int32(len(x.holders))
	}
	h.last, h.n, h.shared = heldBy{around, article, before}, h.n+1, h.shared || shared
}

// furniture tells whether words are a publisher's boilerplate or in everybody's
// mouth, nearly as a ledger does.
func furniture(h *held) bool { return h.n >= mostHeld || !h.shared && h.n >= fewestOwn }
