package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/export"
	"whence/intake"
	"whence/ledger"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store"
	"whence/store/sqlite"
)

// newLedger is an empty ledger in a folder of the test.
func newLedger(t testing.TB) *ledger.Ledger {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, "test", reading.Read)
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// sampled holds what the sample's ledger exports, made once.
var sampled = sync.OnceValues(func() (*ledger.Ledger, error) {
	dir, err := os.MkdirTemp("", "whence-export-test")
	if err != nil {
		return nil, err
	}
	s, err := sqlite.Open(context.Background(), filepath.Join(dir, "l.db"))
	if err != nil {
		return nil, err
	}
	l := ledger.New(s, "test", reading.Read)
	var articles []*whence.Article
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return nil, err
		}
		a.Identify()
		articles = append(articles, a)
	}
	articles = append(articles, hostile())
	if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) {
		for _, a := range articles {
			if !yield(a) {
				return
			}
		}
	}); err != nil {
		return nil, err
	}
	return l, l.Build(context.Background())
})

// hostile is an article whose metadata a spreadsheet would run, and whose text
// hides and reorders.
func hostile() *whence.Article {
	a := &whence.Article{
		Path: "=1+1", Outlet: "@SUM(A1)", Title: `=HYPERLINK("http://x.example","“a”")`, Byline: []string{"-2+3", "+4"}, Language: "en",
		URL:       "https://evil.example/a b\"<c>",
		Published: mustDate("2027-05-01"), Captured: mustDate("2027-05-02T10:00:00+02:00"),
		Text: "=cmd|' /C calc'!A0\n\n=1+1 said four officials in Paris on Tuesday, “\u202eten people\u202c died”.\n\n'quoted'\r\n\ttab 𝔸𝔹 five boats sank.",
	}
	page.Structure(a)
	a.Identify()
	return a
}

func mustDate(s string) whence.Date {
	d, err := whence.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func theSample(t testing.TB) *ledger.Ledger {
	t.Helper()
	l, err := sampled()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func write(t testing.TB, l *ledger.Ledger, r export.Request) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := export.Write(context.Background(), l, r, &b); err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return b.Bytes()
}

// unzip gives the files of an archive.
func unzip(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	return files
}

// ofReadings are the kinds that are made of readings: verdicts are people's, and
// the sample has none.
func ofReadings() []string {
	return slices.DeleteFunc(export.Names(), func(kind string) bool { return kind == "reviews" })
}

// TestRoundTrip: what is exported as JSON Lines and added to a fresh ledger makes
// the same ledger: every other export of it is the same, byte for byte.
func TestRoundTrip(t *testing.T) {
	l := theSample(t)
	file := filepath.Join(t.TempDir(), "export.jsonl")
	lines := write(t, l, export.Request{Kind: "jsonl"})
	if err := os.WriteFile(file, lines, 0o600); err != nil {
		t.Fatal(err)
	}
	other := newLedger(t)
	done, err := other.Add(context.Background(), []string{file}, intake.Options{}, func(p *intake.Problem) { t.Error(p) })
	if want := bytes.Count(lines, []byte("\n")); err != nil || done.Articles != want {
		t.Fatalf("%d of %d articles were added: %v", done.Articles, want, err)
	}
	for _, kind := range ofReadings() {
		want, got := write(t, l, export.Request{Kind: kind}), write(t, other, export.Request{Kind: kind})
		if len(want) < 1000 {
			t.Errorf("%s: only %d bytes", kind, len(want))
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s differs: (-want +got)\n%.2000s", kind, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
		}
	}
}

// TestJSON: every line, or the whole, of the kinds that are JSON is JSON.
func TestJSON(t *testing.T) {
	l := theSample(t)
	for _, k := range export.Kinds() {
		data := write(t, l, export.Request{Kind: k.Name})
		switch {
		case k.Tables:
		case k.Ext == "jsonl":
			for line := range bytes.Lines(data) {
				if !json.Valid(line) {
					t.Errorf("%s: %.100s is not JSON", k.Name, line)
				}
			}
		case !json.Valid(data):
			t.Errorf("%s is not JSON", k.Name)
		}
	}
}

// plainText is a text of a CSV file as the ledger has it.
func plainText(cell string) string { return strings.TrimPrefix(cell, "'") }

// TestCSV: no cell begins with what a spreadsheet would run but numbers, and what
// was there can be had back; every row has the columns of its table.
func TestCSV(t *testing.T) {
	files := unzip(t, write(t, theSample(t), export.Request{Kind: "csv"}))
	if len(files) != len(export.TableNames())+1 {
		t.Errorf("%d files", len(files))
	}
	for name, data := range files {
		if name == "datapackage.json" {
			continue
		}
		rest, marked := bytes.CutPrefix(data, []byte("\uFEFF"))
		if !marked {
			t.Errorf("%s has no byte-order mark", name)
		}
		rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(rows) < 2 {
			t.Errorf("%s has no rows", name)
		}
		for _, row := range rows {
			for i, cell := range row {
				if strings.HasPrefix(cell, "-") && (rows[0][i] == "lat" || rows[0][i] == "lon") {
					continue
				}
				if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
					t.Errorf("%s: a spreadsheet would run %q", name, cell)
				}
			}
		}
	}
	want := hostile()
	rows, err := csv.NewReader(bytes.NewReader(files["articles.csv"][3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, row := range rows {
		if row[0] != want.ID {
			continue
		}
		found = true
		if diff := cmp.Diff([]string{want.Path, want.Outlet, want.Title, "-2+3; +4"}, []string{plainText(row[1]), plainText(row[4]), plainText(row[5]), plainText(row[6])}); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if row[1] != "'=1+1" {
			t.Errorf("%q is not marked", row[1])
		}
	}
	if !found {
		t.Error("the article is not there")
	}
}

// TestBlocks: the rows of an article's blocks are the words at their places, also
// of one that is longer than a cell may be.
func TestBlocks(t *testing.T) {
	l := newLedger(t)
	a := &whence.Article{Path: "long", Text: "A title\n\n" + strings.Repeat("𝔸 ", 30_000) + "end.\n\nAnother."}
	page.Structure(a)
	a.Identify()
	if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) { yield(a) }); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(write(t, l, export.Request{Kind: "csv", Table: "blocks"})[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var whole strings.Builder
	for _, row := range rows[1:] {
		if len([]rune(row[5])) > 32_000 {
			t.Errorf("a row of %d characters", len([]rune(row[5])))
		}
		if row[1] == "1" {
			whole.WriteString(row[5])
		}
	}
	if want := strings.Repeat("𝔸 ", 30_000) + "end."; whole.String() != want {
		t.Errorf("the rows of the long block have %d bytes, want %d", whole.Len(), len(want))
	}
}

// TestFolder: a folder holds what the archive holds.
func TestFolder(t *testing.T) {
	l, dir := theSample(t), filepath.Join(t.TempDir(), "tables")
	for _, kind := range []string{"csv", "parquet"} {
		if err := export.Folder(context.Background(), l, export.Request{Kind: kind}, dir); err != nil {
			t.Fatal(err)
		}
		for name, want := range unzip(t, write(t, l, export.Request{Kind: kind})) {
			if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s differs, %v", name, err)
			}
		}
	}
}

// count is how many lines an export has.
func count(t testing.TB, l *ledger.Ledger, kind string, sel ledger.Selection) int {
	t.Helper()
	return bytes.Count(write(t, l, export.Request{Kind: kind, Selection: sel}), []byte("\n"))
}

// TestSelections: parts are parts of the whole, and those of all stories, and of
// all articles, together are the whole.
func TestSelections(t *testing.T) {
	l := theSample(t)
	stories, err := l.Stories(context.Background(), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"jsonl", "claims", "figures"} {
		all := write(t, l, export.Request{Kind: kind})
		sum := 0
		for _, s := range stories {
			part := write(t, l, export.Request{Kind: kind, Selection: ledger.Selection{Story: s.ID}})
			for line := range bytes.Lines(part) {
				if !bytes.Contains(all, line) {
					t.Errorf("%s: %.80s is not in the whole", kind, line)
				}
			}
			sum += bytes.Count(part, []byte("\n"))
		}
		if want := bytes.Count(all, []byte("\n")); sum != want {
			t.Errorf("%s: %d lines of all stories, %d of the whole", kind, sum, want)
		}
	}
	if n := count(t, l, "jsonl", ledger.Selection{Article: stories[0].ID[1:]}); n != 1 {
		t.Errorf("an article is %d lines", n)
	}
	all := count(t, l, "reuse", ledger.Selection{})
	pairs := map[string]int{}
	for e := range bytes.Lines(write(t, l, export.Request{Kind: "jsonl"})) {
		var r whence.Reading
		if err := json.Unmarshal(e, &r); err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(write(t, l, export.Request{Kind: "reuse", Selection: ledger.Selection{Article: r.ID}})) {
			pairs[string(line)]++
		}
	}
	if len(pairs) != all {
		t.Errorf("%d pairs of all articles, %d of the whole", len(pairs), all)
	}
	for line, n := range pairs {
		if n != 2 {
			t.Errorf("%.80s belongs to %d articles", line, n)
		}
	}
	query := ledger.Selection{Query: "outlet:\"Harbour Post\""}
	if n := count(t, l, "jsonl", query); n != 2 {
		t.Errorf("a search gives %d articles", n)
	}
	if some, all := count(t, l, "claims", query), count(t, l, "claims", ledger.Selection{}); some == 0 || some >= all {
		t.Errorf("a search gives %d of %d claims", some, all)
	}
}

// TestRefused: what means nothing is refused before anything is written.
func TestRefused(t *testing.T) {
	l := theSample(t)
	for name, r := range map[string]export.Request{
		"kind":         {Kind: "xlsx"},
		"table":        {Kind: "csv", Table: "../articles"},
		"no tables":    {Kind: "jsonl", Table: "articles"},
		"two parts":    {Kind: "csv", Selection: ledger.Selection{Story: "s1234", Article: "1234"}},
		"query":        {Kind: "csv", Selection: ledger.Selection{Query: "status:maybe"}},
		"absent":       {Kind: "csv", Selection: ledger.Selection{Story: "sffffffffff"}},
		"no id":        {Kind: "prov", Selection: ledger.Selection{Article: "'; DROP TABLE articles"}},
		"map":          {Kind: "geojson", Selection: ledger.Selection{Query: "Ternsay"}},
		"map as table": {Kind: "csv", Table: "places", Selection: ledger.Selection{Query: "Ternsay"}},
	} {
		var b bytes.Buffer
		if err := export.Write(context.Background(), l, r, &b); err == nil || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, b.Len())
		}
	}
	if files := unzip(t, write(t, l, export.Request{Kind: "csv", Selection: ledger.Selection{Query: "Ternsay"}})); files["places.csv"] != nil || files["articles.csv"] == nil {
		t.Error("the tables of a search have places")
	}
}

// failing fails after some bytes.
type failing struct{ left int }

var errFull = errors.New("no room")

func (f *failing) Write(data []byte) (int, error) {
	if f.left -= len(data); f.left < 0 {
		return 0, errFull
	}
	return len(data), nil
}

// TestNoRoom: an error of the writer ends every kind, and is told.
func TestNoRoom(t *testing.T) {
	for _, kind := range ofReadings() {
		for _, room := range []int{0, 20_000} {
			if err := export.Write(context.Background(), theSample(t), export.Request{Kind: kind}, &failing{room}); !errors.Is(err, errFull) {
				t.Errorf("%s with room for %d: %v", kind, room, err)
			}
		}
	}
}

// TestReviews: every verdict is a line with the words of the finding, also one that
// was withdrawn, and nothing else is.
func TestReviews(t *testing.T) {
	ctx, l, p := context.Background(), newLedger(t), sample.Articles()[0]
	a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
	if err != nil {
		t.Fatal(err)
	}
	a.Identify()
	if _, err := l.AddArticles(ctx, func(yield func(*whence.Article) bool) { yield(a) }); err != nil {
		t.Fatal(err)
	}
	request := export.Request{Kind: "reviews"}
	if got := write(t, l, request); len(got) > 0 {
		t.Errorf("before any verdict: %s", got)
	}
	held, err := l.Article(ctx, a.ID)
	if err != nil || len(held.Reading.Figures) == 0 {
		t.Fatal(err, "no figure")
	}
	f := held.Reading.Figures[0]
	at := time.Date(2027, 5, 3, 4, 5, 6, 0, time.UTC)
	for i, v := range []store.Verdict{store.Accepted, store.Withdrawn} {
		if _, err := l.Review(ctx, a.ID, "noor", at.Add(time.Duration(i)*time.Minute), ledger.Judgement{Kind: store.FigureFinding, Finding: f.ID, Verdict: v, Note: "seen\u202e"}); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for line := range bytes.Lines(write(t, l, request)) {
		if bytes.ContainsRune(line, '\u202e') {
			t.Errorf("%s would be shown in another order", line)
		}
		var r struct {
			Article, Kind, Verdict, By, At, Note string
			Spans                                []whence.Span
			Words                                []string
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		text := []rune(a.Text)
		for i, s := range r.Spans {
			if r.Words[i] != string(text[s.Start:s.End]) {
				t.Errorf("the words of %v are %q", s, r.Words[i])
			}
		}
		if r.Article != a.ID || r.Kind != string(store.FigureFinding) || len(r.Words) != 1 || r.Words[0] != f.Text {
			t.Errorf("%s is not of %+v", line, f)
		}
		got = append(got, r.Verdict+" "+r.By+" "+r.At+" "+r.Note)
	}
	if err := export.Write(ctx, l, request, &failing{100}); !errors.Is(err, errFull) {
		t.Errorf("without room: %v", err)
	}
	want := []string{"accepted noor 2027-05-03T04:05:06Z seen\u202e", "withdrawn noor 2027-05-03T04:06:06Z seen\u202e"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
