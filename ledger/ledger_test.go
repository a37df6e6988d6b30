package ledger_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/intake"
	"whence/ledger"
	"whence/page"
	"whence/sample"
	"whence/store"
	"whence/store/sqlite"
	stories "whence/story"
)

// plain reads articles as they are: what the ledger does with articles does not
// depend on what is found in them.
func plain(a *whence.Article) *whence.Reading { return &whence.Reading{Article: *a} }

func open(t testing.TB, path string) *ledger.Ledger {
	t.Helper()
	l, end := openPlain(t, path)
	t.Cleanup(end)
	return l
}

// openPlain opens a ledger for plain articles; end closes it.
func openPlain(t tester, path string) (l *ledger.Ledger, end func()) {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	l = ledger.New(s, "plain", plain)
	return l, func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

// input writes articles as JSON Lines.
func input(t tester, articles []whence.Article) *bytes.Buffer {
	t.Helper()
	var b bytes.Buffer
	for _, a := range articles {
		line, err := json.Marshal(map[string]any{
			"path": a.Path, "url": a.URL, "outlet": a.Outlet, "title": a.Title, "byline": a.Byline, "text": a.Text,
			"published": a.Published.String(), "captured": a.Captured.String(),
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return &b
}

// tester is a test of any sort.
type tester interface {
	Helper()
	Error(...any)
	Fatal(...any)
}

func add(t tester, l *ledger.Ledger, articles []whence.Article) ledger.Added {
	t.Helper()
	done, err := l.Add(context.Background(), []string{"-"}, intake.Options{Stdin: input(t, articles)}, func(p *intake.Problem) { t.Error(p) })
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// dump is everything in a ledger that is not a matter of its file.
func dump(t tester, l *ledger.Ledger) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for r, err := range l.Readings(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	for r, err := range l.Reuse(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	stories, err := l.Stories(context.Background(), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	for s, err := range l.AllStories(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func verify(t tester, l *ledger.Ledger) {
	t.Helper()
	var checked store.Counts
	for err := range l.Verify(context.Background(), &checked) {
		t.Error(err)
	}
}

// story is articles of the sample, some of them more than once with changes, so
// that there are versions, copies, boilerplate and texts in everybody's mouth.
func story(t testing.TB, n int) []whence.Article {
	t.Helper()
	if testing.Short() {
		n /= 3 // the race detector is slow
	}
	var list []whence.Article
	pages := sample.Articles()
	for i := range n {
		rng := rand.New(rand.NewPCG(uint64(i), 1))
		p := pages[i%len(pages)]
		parsed, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		a := *parsed
		if round := i / len(pages); round > 0 {
			lines := strings.SplitAfter(a.Text, "\n")
			k := rng.IntN(len(lines))
			lines[k] = fmt.Sprintf("Words of round %d that stand nowhere else.\n", i)
			a.Text = strings.Join(lines, "")
			if rng.IntN(3) > 0 {
				a.URL += fmt.Sprint("?", i)
				a.Outlet += fmt.Sprint(" ", i%7)
			}
		}
		a.Blocks, a.Canonical = nil, ""
		a.Identify()
		list = append(list, a)
	}
	return list
}

func shuffled(list []whence.Article, seed uint64) []whence.Article {
	list = append([]whence.Article(nil), list...)
	rng := rand.New(rand.NewPCG(seed, 2))
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// TestOrderOfArrival adds the same articles in several orders and portions.
func TestOrderOfArrival(t *testing.T) {
	articles := story(t, 150)
	want := ""
	for seed := range uint64(3) {
		l := open(t, filepath.Join(t.TempDir(), "l.db"))
		rest := shuffled(articles, seed)
		for portion := 1; len(rest) > 0; portion = portion*5 + 2 {
			n := min(portion, len(rest))
			add(t, l, rest[:n])
			rest = rest[n:]
		}
		verify(t, l)
		got := dump(t, l)
		if want == "" {
			want = got
		}
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
			t.Fatalf("order %d gives another ledger (-first +this):\n%.3000s", seed, diff)
		}
	}
}

// TestAddTwice adds everything again.
func TestAddTwice(t *testing.T) {
	articles := story(t, 60)
	l := open(t, filepath.Join(t.TempDir(), "l.db"))
	first := add(t, l, articles)
	want := dump(t, l)
	again := add(t, l, shuffled(articles, 9))
	if again.Articles != 0 || again.Known != len(articles) || first.Articles != len(articles) {
		t.Errorf("first %+v, again %+v, of %d", first, again, len(articles))
	}
	if got := dump(t, l); got != want {
		t.Errorf("adding again changed the ledger:\n%.2000s", cmp.Diff(want, got))
	}
}

// TestRemove adds articles and takes them out again.
// TestStoryNamed: a story is named by its id and by that of any of its articles, whole
// or in part.
func TestStoryNamed(t *testing.T) {
	ctx := context.Background()
	l := open(t, filepath.Join(t.TempDir(), "named.db"))
	add(t, l, story(t, 5))
	for r, err := range l.Readings(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		digits := strings.TrimPrefix(r.ID, "sha256:")
		for _, id := range []string{r.ID, digits, digits[:12], "s" + digits[:12]} {
			if s, err := l.Story(ctx, id); err != nil || !slices.ContainsFunc(s.Articles, func(m stories.Member) bool { return m.Article == r.ID }) {
				t.Errorf("%s does not name the story of %s: %v", id, r.ID, err)
			}
		}
	}
}

func TestRemove(t *testing.T) {
	articles := story(t, 80)
	l := open(t, filepath.Join(t.TempDir(), "l.db"))
	rest := shuffled(articles, 3)
	add(t, l, rest[:len(rest)/2])
	want := dump(t, l)
	add(t, l, rest[len(rest)/2:])
	for _, a := range rest[len(rest)/2:] {
		if _, err := l.Remove(context.Background(), a.ID); err != nil {
			t.Fatal(err)
		}
	}
	verify(t, l)
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(dump(t, l), "\n")); diff != "" {
		t.Errorf("something stays of what was removed (-before +after):\n%.3000s", diff)
	}
}

// TestGrowTogether: two trees that begin unlike each other are one story once articles of
// both share words and are alike, whichever came first, and two again without these.
func TestGrowTogether(t *testing.T) {
	const (
		ferry  = "The freighter Marta Vey broke loose at Karvik quay and crushed the ferry Sella while passengers were boarding, the coastguard said, and divers searched the harbour basin for the missing through a stormy night."
		island = "Islanders of Ternsay packed blankets and medicine on Monday as the civil protection agency readied schools, buses and camp beds on the mainland for two thousand evacuees, teachers and nurses among them."
		both   = "Ammonium nitrate in the holds of the grounded carrier may explode, inspectors warned the cabinet, which weighs an evacuation of Ternsay while salvage crews lift fertiliser from the wreck off Karvik lighthouse."
	)
	texts := []string{ferry, island, ferry + "\n\n" + both, island + "\n\n" + both, island + "\n\n" + both + "\n\nMore is known on Tuesday."}
	var articles []whence.Article
	for i, text := range texts {
		a := whence.Article{Path: fmt.Sprint(i), Outlet: fmt.Sprint("Outlet ", i), Title: "News", Text: text, Captured: whence.Date{Time: time.Date(2027, 3, 1, i, 0, 0, 0, time.UTC), Precision: whence.Second}}
		a.Identify()
		articles = append(articles, a)
	}
	stories := func(l *ledger.Ledger) int {
		n := 0
		for _, err := range l.AllStories(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		return n
	}
	for seed := range uint64(4) {
		l := open(t, filepath.Join(t.TempDir(), "l.db"))
		for _, a := range shuffled(articles, seed) {
			add(t, l, []whence.Article{a})
		}
		if n := stories(l); n != 1 {
			t.Errorf("order %d: %d stories", seed, n)
		}
		if _, err := l.Remove(context.Background(), articles[2].ID); err != nil {
			t.Fatal(err)
		}
		if n := stories(l); n != 2 {
			t.Errorf("order %d: %d stories without what is alike", seed, n)
		}
	}
}

// TestManyCopies adds more copies of one text than are compared with each other.
func TestManyCopies(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes under the race detector")
	}
	base := story(t, 1)[0]
	var articles []whence.Article
	for i := range 130 {
		a := base
		a.URL = fmt.Sprint("https://copies.example/", i)
		a.Outlet = fmt.Sprint("Outlet ", i)
		a.Published.Time = a.Published.Time.AddDate(0, 0, i%5)
		a.Identify()
		articles = append(articles, a)
	}
	var want string
	for seed := range uint64(2) {
		l := open(t, filepath.Join(t.TempDir(), "l.db"))
		add(t, l, shuffled(articles, seed))
		got := dump(t, l)
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("order %d gives another ledger", seed)
		}
		c, err := l.Counts(context.Background())
		if err != nil || c.Articles != 130 || c.Pairs != 10*30+100*99/2 {
			t.Errorf("%+v, %v", c, err)
		}
	}
}

// TestFill fills a ledger at once, and compares all it holds, by the store's
// tables too, with that of one that was added to.
func TestFill(t *testing.T) {
	articles := story(t, 90)
	seq := func(yield func(*whence.Article) bool) {
		for _, a := range articles {
			if !yield(&a) {
				return
			}
		}
	}
	dir := t.TempDir()
	filled, added := filepath.Join(dir, "filled.db"), filepath.Join(dir, "added.db")
	f, err := sqlite.Fill(context.Background(), filled)
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(f, "plain", plain)
	if done, err := l.Fill(context.Background(), seq); err != nil || done.Articles != len(articles) {
		t.Fatalf("%+v, %v", done, err)
	}
	if err := f.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	other := open(t, added)
	if _, err := other.AddArticles(context.Background(), seq); err != nil {
		t.Fatal(err)
	}
	want, got := tables(t, added), tables(t, filled)
	for name, rows := range want {
		if diff := cmp.Diff(rows, got[name]); diff != "" {
			t.Errorf("table %s (-added +filled):\n%.2000s", name, diff)
		}
	}
	again := open(t, filled)
	verify(t, again)
	if diff := cmp.Diff(strings.Split(dump(t, other), "\n"), strings.Split(dump(t, again), "\n")); diff != "" {
		t.Errorf("the ledgers differ (-added +filled):\n%.3000s", diff)
	}
	if _, err := sqlite.Fill(context.Background(), filled); err == nil {
		t.Error("a ledger with articles is filled")
	}
}

// tables are the rows of a ledger's own tables; those of the full-text index
// depend on how it was written. Prints are those of all tables that hold them.
func tables(t *testing.T, path string) map[string][]string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string][]string{}
	for _, name := range []string{"outlets", "articles", "readings", "prints", "topics", "reuse", "trees", "trunks", "claims", "totals"} {
		rows, err := db.Query("SELECT * FROM " + name + " ORDER BY 1, 2")
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			to := make([]any, len(columns))
			for i := range values {
				to[i] = &values[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			all[name] = append(all[name], fmt.Sprintf("%x", values))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	all["prints"] = append(all["prints"], recentPrints(t, db)...)
	slices.Sort(all["prints"])
	return all
}

// recentPrints are the rows of the index of prints that stand in runs, as they would
// in prints: six bytes of print, from -2^47 on, eight of key, from -2^63 on, four of
// outlet, eight of what stands around.
func recentPrints(t *testing.T, db *sql.DB) (list []string) {
	t.Helper()
	rows, err := db.Query("SELECT rows FROM recent_rows")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var packed []byte
		if err := rows.Scan(&packed); err != nil {
			t.Fatal(err)
		}
		for row := range slices.Chunk(packed, 26) {
			print := int64(binary.BigEndian.Uint64(row)>>16) - 1<<47
			key, outlet, around := int64(binary.BigEndian.Uint64(row[6:])^1<<63), int64(binary.BigEndian.Uint32(row[14:])), int64(binary.BigEndian.Uint64(row[18:]))
			list = append(list, fmt.Sprintf("%x", []any{print, key, outlet, around}))
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return list
}
