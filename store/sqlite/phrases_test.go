package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/internal/golden"
	"whence/store"
)

// cutByFTS5 gives the words of texts as FTS5 cuts them.
func cutByFTS5(t *testing.T, texts []string) [][]string {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, options, _ := strings.Cut(schema, "tokenize = ")
	options, _, _ = strings.Cut(options, "\n")
	if _, err := db.Exec("CREATE VIRTUAL TABLE cut USING fts5 (words, tokenize = " + options + "); CREATE VIRTUAL TABLE tokens USING fts5vocab (cut, instance); BEGIN"); err != nil {
		t.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO cut (rowid, words) VALUES (?, ?)")
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if _, err := insert.Exec(i, text); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.Query("SELECT doc, term FROM tokens ORDER BY doc, offset")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	cut := make([][]string, len(texts))
	for rows.Next() {
		var i int
		var word string
		if err := rows.Scan(&i, &word); err != nil {
			t.Fatal(err)
		}
		cut[i] = append(cut[i], word)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return cut
}

// TestAddPhrases opens a ledger of version 3, whose articles are found by runs then.
func TestAddPhrases(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.db")
	s, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	const n = 40
	put := func(w store.Writer, i int) error {
		r := &whence.Reading{Article: whence.Article{Title: fmt.Sprint("Title ", i), Text: fmt.Sprintf("The ferry of the %d harbours sank on the way.", i)}}
		r.Identify()
		_, _, err := w.Put(store.Entry{Reading: r, Reader: "r1"})
		return err
	}
	err = s.Update(ctx, func(w store.Writer) error {
		for i := range n {
			if err := put(w, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"DROP TABLE phrases", "DROP TABLE numbered", "DROP TABLE recent_runs", "DROP TABLE recent_rows", "DROP TABLE recent_filters", "PRAGMA user_version = 3",
		"UPDATE readings SET reading = x'00' WHERE article = (SELECT max(article) FROM readings)"} { // it can be told from none
		if _, err := s.writes.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Open(cancelled, path); err == nil {
		t.Fatal("opened without the time to")
	}
	if s, err = Open(ctx, path); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Update(ctx, func(w store.Writer) error { return put(w, n) }); err != nil {
		t.Fatal(err)
	}
	for phrase, want := range map[string]int{"the ferry of": n + 1, "of the 7 harbours": 1, fmt.Sprintf("the %d harbours", n): 1, "harbours on the": 0} {
		if err := s.View(ctx, func(r store.Reader) error {
			got := 0
			for _, err := range r.Search(store.Query{Terms: []string{phrase}}) {
				if err != nil {
					return err
				}
				got++
			}
			if got != want {
				t.Errorf("%q is found in %d articles, want %d", phrase, got, want)
			}
			few, _, err := r.(*reader).sifted(must(newSieve(store.Query{Terms: []string{phrase}})), math.MinInt64, math.MaxInt64)
			if len(few) < want || len(few) > want+1 {
				t.Errorf("%q is looked for in %d articles, want %d and the one that is damaged at most", phrase, len(few), want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestManyCanMatch: a phrase that more articles hold than are looked at one by one.
func TestManyCanMatch(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "many.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(ctx, func(w store.Writer) error {
		for i := range mostSifted + 1 {
			r := &whence.Reading{Article: whence.Article{Text: fmt.Sprintf("The ferry of the harbour, %d.", i)}}
			r.Identify()
			if _, _, err := w.Put(store.Entry{Reading: r, Reader: "r1"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.View(ctx, func(r store.Reader) error {
		q := store.Query{Terms: []string{"ferry of the"}}
		if _, few, err := r.(*reader).sifted(must(newSieve(q)), math.MinInt64, math.MaxInt64); few || err != nil {
			t.Errorf("they are few (%v)", err)
		}
		for _, limit := range []int{0, 20} {
			q.Limit = limit
			n := 0
			for _, err := range r.Search(q) {
				if err != nil {
					return err
				}
				n++
			}
			if want := cmp.Or(limit, mostSifted+1); n != want {
				t.Errorf("%d articles are found, want %d", n, want)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func must(s sieve, ok bool) sieve {
	if !ok {
		panic("no sieve")
	}
	return s
}

// Of the characters from the first on that few are given to yet, one of so many is
// looked at.
const firstSparse, every = 0x32000, 61

// TestCharacters holds the classes of characters to what FTS5 does with them; -rewrite
// writes those of all anew.
func TestCharacters(t *testing.T) {
	var chars []rune
	var texts []string
	for c := rune(utf8.RuneSelf); c <= utf8.MaxRune; c++ {
		if utf8.ValidRune(c) && (golden.Rewrite() || c < firstSparse || c%every == 0) {
			chars, texts = append(chars, c), append(texts, "a"+string(c)+"b")
		}
	}
	of := make([]byte, utf8.MaxRune+1)
	for i, words := range cutByFTS5(t, texts) {
		switch c, first := chars[i], []rune(words[0]); {
		case len(words) == 2:
			of[c] = separator
		case len(words) == 1 && len(first) == 2:
			of[c] = mark
		case len(words) == 1 && len(first) == 3 && first[1] < utf8.RuneSelf:
			of[c] = byte(first[1])
		case len(words) == 1 && len(first) == 3:
			of[c] = other
		default:
			t.Fatalf("%U is cut into %q", c, words)
		}
	}
	if golden.Rewrite() {
		writeCharacters(t, of)
		return
	}
	known := classesOfCharacters()
	for _, c := range chars {
		if got := known.of(c); got != of[c] {
			t.Fatalf("%U has class %d, to FTS5 %d", c, got, of[c])
		}
	}
}

// writeCharacters writes the file of classes.
func writeCharacters(t *testing.T, of []byte) {
	t.Helper()
	var b strings.Builder
	for _, kind := range []struct {
		name  string
		class byte
	}{{"letters", other}, {"marks", mark}} {
		b.WriteString(kind.name)
		inside := false
		for c := rune(utf8.RuneSelf); c <= utf8.MaxRune+1; c++ {
			is := c <= utf8.MaxRune && of[c] == kind.class
			switch {
			case is && !inside:
				fmt.Fprintf(&b, " %x", c)
			case !is && inside:
				fmt.Fprintf(&b, " %x", c)
			}
			inside = is
		}
		b.WriteString("\n")
	}
	ascii := map[byte]string{}
	for c := rune(utf8.RuneSelf); c <= utf8.MaxRune; c++ {
		if of[c] > mark && of[c] < utf8.RuneSelf {
			ascii[of[c]] += string(c)
		}
	}
	for _, to := range slices.Sorted(maps.Keys(ascii)) {
		fmt.Fprintf(&b, "%c %s\n", to, ascii[to])
	}
	if err := os.WriteFile("characters", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// pieces are what texts of tests are made of: words that are cut oddly among them.
var pieces = []string{
	"the", "of", "To", "law", "LAW", "Café", "cafe", "cafe\u0301", "\u0301the", "the\u0301re", "there", "O'Brien", "o’brien", "U.S.", "no_one", "_", "1,000", "K\u212a", "Ǆ", "ß", "İ",
	"\U0001f914", "the\U0001f9f6of", "\u0378", "語", "ﬁ", "of\x00the", "\xff", "the\xc3", "\ufffd", "a\u00adb", "²", "\ue000", "\"", "(", "NOT", "AND", "*", strings.Repeat("long", 20), strings.Repeat("long", 20) + "er",
}

// drawText is a text of such pieces.
func drawText(t *rapid.T, most int) string {
	var b strings.Builder
	for range rapid.IntRange(0, most).Draw(t, "pieces") {
		b.WriteString(rapid.SampledFrom(pieces).Draw(t, "piece"))
		b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", "\n", ", ", "-", "—", ""}).Draw(t, "between"))
	}
	return b.String()
}

// TestPhrases compares searches by runs of words with those by words alone, as
// articles come, come again and go.
func TestPhrases(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(rt *rapid.T) {
		path := filepath.Join(t.TempDir(), fmt.Sprintf("%d.db", rapid.Uint64().Draw(rt, "file")))
		os.Remove(path)
		s, err := Open(ctx, path)
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		var texts []string
		for range rapid.IntRange(1, 3).Draw(rt, "transactions") {
			if err := s.Update(ctx, func(w store.Writer) error { return change(rt, w, &texts) }); err != nil {
				rt.Fatal(err)
			}
		}
		for range 20 {
			q := drawQuery(rt, texts)
			if err := s.View(ctx, func(r store.Reader) error { return agree(rt, r.(*reader), q) }); err != nil {
				rt.Fatal(err)
			}
		}
		var numbered, articles int
		if err := s.reads.QueryRow("SELECT (SELECT count(*) FROM numbered), (SELECT count(*) FROM articles)").Scan(&numbered, &articles); err != nil || numbered != articles {
			rt.Fatalf("%d of %d articles have a number (%v)", numbered, articles, err)
		}
	})
}

// change adds, replaces and removes some articles.
func change(t *rapid.T, w store.Writer, texts *[]string) error {
	var keys []store.Key
	for range rapid.IntRange(1, 8).Draw(t, "articles") {
		r := &whence.Reading{Article: whence.Article{Title: drawText(t, 6), Text: drawText(t, 30), Outlet: drawText(t, 3), Language: "en"}}
		for range rapid.IntRange(0, 3).Draw(t, "sources") {
			r.Attributions = append(r.Attributions, whence.Attribution{Source: &whence.Source{Phrase: whence.Phrase{Text: drawText(t, 4)}}})
		}
		*texts = append(*texts, r.Outlet, sourceWords(r))
		r.Published.Time = time.Unix(rapid.Int64Range(1, 1e6).Draw(t, "published")*60, 0).UTC()
		r.Identify()
		*texts = append(*texts, r.Title, r.Text, r.Title+" "+r.Text)
		for range rapid.IntRange(1, 2).Draw(t, "times") {
			k, _, err := w.Put(store.Entry{Reading: r, Reader: "r1"})
			if err != nil {
				return err
			}
			keys = append(keys, k)
		}
		if rapid.IntRange(0, 4).Draw(t, "remove") == 0 {
			k := rapid.SampledFrom(keys).Draw(t, "removed")
			if err := w.Remove(k); err != nil {
				return err
			}
			keys = slices.DeleteFunc(keys, func(x store.Key) bool { return x == k })
			if len(keys) == 0 {
				return nil
			}
		}
	}
	return nil
}

// drawQuery is a search for parts of texts.
func drawQuery(t *rapid.T, texts []string) store.Query {
	q := store.Query{Limit: rapid.IntRange(0, 3).Draw(t, "limit")}
	for range rapid.IntRange(0, 2).Draw(t, "terms") {
		q.Terms = append(q.Terms, drawPart(t, texts))
	}
	for range max(0, rapid.IntRange(-1, 2).Draw(t, "sources")) {
		q.Sources = append(q.Sources, drawPart(t, texts))
	}
	if rapid.IntRange(0, 3).Draw(t, "outlet") == 0 {
		q.Outlet = drawPart(t, texts)
	}
	if rapid.Bool().Draw(t, "bounds") {
		q.From = store.Key(rapid.Int64Range(0, 1e6).Draw(t, "after") << 30)
		q.To = store.Key(rapid.Int64Range(0, 1e6).Draw(t, "before") << 30)
	}
	return q
}

// drawPart is part of a text, or another.
func drawPart(t *rapid.T, texts []string) string {
	part := drawText(t, 5)
	if text := rapid.SampledFrom(texts).Draw(t, "text"); len(text) > 0 && rapid.IntRange(0, 4).Draw(t, "part") > 0 {
		from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
		part = text[from : from+rapid.IntRange(0, min(40, len(text)-from)).Draw(t, "length")]
	}
	if rapid.Bool().Draw(t, "upper") {
		part = strings.ToUpper(part)
	}
	return part
}

// agree compares a search with what the index of words gives.
func agree(t *rapid.T, r *reader, q store.Query) error {
	var got, want []store.Key
	for k, err := range r.Search(q) {
		if err != nil {
			return err
		}
		got = append(got, k)
	}
	match, possible := expression(q)
	if match == "" && possible {
		return nil
	}
	if possible {
		from, to, limit := q.From, q.To, q.Limit
		if to == 0 {
			to = math.MaxInt64
		}
		if from == 0 {
			from = math.MinInt64
		}
		if limit == 0 {
			limit = -1
		}
		for k, err := range r.searchWords(match, from, to, limit) {
			if err != nil {
				return err
			}
			want = append(want, k)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%+v finds %v, the index of words %v", q, got, want)
	}
	return nil
}
