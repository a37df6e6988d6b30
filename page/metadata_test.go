package page

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
)

// shownMetadata is metadata as tests write it down.
type shownMetadata struct {
	Title, Standfirst, Outlet, Canonical, Language, Published, Modified string
	Byline, Credits                                                     []string
}

func metadataOf(tb testing.TB, page, address string) shownMetadata {
	tb.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		tb.Fatal(err)
	}
	m := readMetadata(doc, address)
	return shownMetadata{m.Title, m.Standfirst, m.Outlet, m.Canonical, m.Language, m.Published.String(), m.Modified.String(), m.Byline, m.Credits}
}

func TestReadMetadata(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       shownMetadata
	}{
		{"nothing", `<p>The ferry sank.</p>`, shownMetadata{}},
		{"JSON-LD before OpenGraph", `<html lang="en_gb"><head><title>Ferry sinks | Harbour Post</title>
			<link rel="canonical" href="https://post.example/a#top">
			<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="You will not believe this ferry">
			<meta property="article:published_time" content="2025-05-03T18:40:02Z">
			<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sinks","description":"It sank.","author":{"name":"Jane Doe"},"datePublished":"2025-05-03T18:40:00Z"}</script>
			</head><body><h1>Ferry sinks</h1></body></html>`,
			shownMetadata{Title: "Ferry sinks", Standfirst: "It sank.", Outlet: "Harbour Post", Canonical: "https://post.example/a", Language: "en-GB",
				Published: "2025-05-03T18:40:00Z", Byline: []string{"Jane Doe"}}},
		{"OpenGraph alone", `<meta property="og:title" content="Ferry sinks | Harbour Post"><meta property="og:site_name" content="Harbour Post">
			<meta property="og:url" content="https://post.example/a"><meta property="og:locale" content="en_US"><meta property="og:description" content="It sank.">
			<meta property="article:author" content="https://social.example/jane"><meta property="article:author" content="Jane Doe">
			<meta property="article:published_time" content="2025-05-03T18:40:00Z"><meta property="article:modified_time" content="2025-05-04T07:15:00Z">`,
			shownMetadata{Title: "Ferry sinks", Standfirst: "It sank.", Outlet: "Harbour Post", Canonical: "https://post.example/a", Language: "en-US",
				Published: "2025-05-03T18:40:00Z", Modified: "2025-05-04T07:15:00Z", Byline: []string{"Jane Doe"}}},
		{"names of newsrooms' systems", `<meta name="parsely-title" content="Ferry sinks"><meta name="sailthru.author" content="By Jane Doe, Tomas Brandt and AP">
			<meta name="DC.publisher" content="Harbour Post"><meta name="DC.date.issued" content="2025-05-03"><meta http-equiv="Content-Language" content="en, fr"><meta name="lastmod" content="2025-05-04T07:15:00Z">`,
			shownMetadata{Title: "Ferry sinks", Outlet: "Harbour Post", Language: "en", Published: "2025-05-03", Modified: "2025-05-04T07:15:00Z",
				Byline: []string{"Jane Doe", "Tomas Brandt"}, Credits: []string{"Associated Press"}}},
		{"a library's names", `<meta name="citation_author" content="Doe, Jane"><meta name="citation_publication_date" content="2025/05/03">`,
			shownMetadata{Published: "2025-05-03", Byline: []string{"Jane Doe"}}},
		{"microdata", `<body><article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry sinks off Karvik</h1>
			<span itemprop="author">Jane Doe</span> <meta itemprop="datePublished" content="2025-05-03T18:40:00Z"><meta itemprop="dateModified" content="2025-05-04T07:15:00Z"></article></body>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Published: "2025-05-03T18:40:00Z", Modified: "2025-05-04T07:15:00Z", Byline: []string{"Jane Doe"}}},
		{"what is shown", `<title>Ferry sinks off Karvik</title><body><nav>Tuesday, May 6, 2025</nav><h1>Ferry sinks off Karvik</h1><p class="standfirst">Eleven people were drowned in the strait.</p>
			<p class="byline">By <a rel="author" href="/jane">Jane Doe</a>, Northern Wire</p><p>May 3, 2025 2:40 pm ET</p><p>The ferry sank.</p></body>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Standfirst: "Eleven people were drowned in the strait.", Published: "2025-05-03T14:40:00-04:00",
				Byline: []string{"Jane Doe"}, Credits: []string{"Northern Wire"}}},
		{"another outlet's copy", `<meta property="og:site_name" content="Lorra Dispatch"><article><h1>Ferry sinks off Karvik</h1>
			<footer><span class="byline">By Jane Doe and Ana Lind, Harbour Post</span></footer></article>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Outlet: "Lorra Dispatch", Byline: []string{"Jane Doe", "Ana Lind"}, Credits: []string{"Harbour Post"}}},
		{"the outlet's own writers", `<meta property="og:site_name" content="The Harbour Post"><h1>Ferry sinks off Karvik</h1><p class="byline">By Jane Doe and Ana Lind <span>Harbour Post News</span></p>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Outlet: "The Harbour Post", Byline: []string{"Jane Doe"}}},
		{"a masthead's name", `<title>Upper Lorra Advertiser - Ferry sinks off Karvik</title><body><a href="/"><img alt="Upper Lorra Advertiser"></a><font><b>Ferry sinks off Karvik</b></font>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Outlet: "Upper Lorra Advertiser"}},
		{"agency as byline", `<h1>Ferry sinks off Karvik</h1><div class="byline">By Reuters</div>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Credits: []string{"Reuters"}}},
		{"the outlet as its own author", `<meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Harbour Post"><h1>Ferry sinks off Karvik</h1>`,
			shownMetadata{Title: "Ferry sinks off Karvik", Outlet: "The Harbour Post"}},
		{"a section is no outlet", `<title>Ferry sinks - Harbour Post</title><link rel="canonical" href="https://www.harbourpost.example/a"><meta property="og:site_name" content="Lorra">`,
			shownMetadata{Title: "Ferry sinks", Outlet: "Harbour Post", Canonical: "https://www.harbourpost.example/a"}},
		{"the end of a title that is no outlet", `<title>Ferry sinks - Eleven dead</title><link rel="canonical" href="https://www.harbourpost.example/a">`,
			shownMetadata{Title: "Ferry sinks - Eleven dead", Canonical: "https://www.harbourpost.example/a"}},
		{"a domain is no outlet's name", `<title>Ferry sinks</title><link rel="canonical" href="https://www.harbourpost.example/a">`,
			shownMetadata{Title: "Ferry sinks", Canonical: "https://www.harbourpost.example/a"}},
		{"home page as canonical", `<link rel="canonical" href="https://post.example/"><meta property="og:url" content="https://post.example/a">`,
			shownMetadata{Canonical: "https://post.example/a"}},
		{"relative canonical", `<link rel="canonical" href="/a">`, shownMetadata{}},
		{"unsafe canonical", `<link rel="canonical" href="javascript:alert(1)">`, shownMetadata{}},
		{"no author's name", `<meta name="author" content="admin"><meta name="author" content="https://post.example/jane">`, shownMetadata{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, metadataOf(t, c.page, "")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Every rule of the evidence for dates: what is believed, what is not.
func TestEvidence(t *testing.T) {
	const head = `<title>Ferry sinks off Karvik</title><body><article><h1>Ferry sinks off Karvik</h1>`
	for _, c := range []struct {
		name, page, address string
		published, modified string
	}{
		{"time beside the heading", head + `<time datetime="2025-05-03T18:40:00Z">Saturday</time>`, "", "2025-05-03T18:40:00Z", ""},
		{"time without zone", head + `<time datetime="2025-05-03T18:40:00">Saturday</time>`, "", "2025-05-03", ""},
		{"time in words", head + `<time>May 3, 2025</time>`, "", "2025-05-03", ""},
		{"updated time", head + `Updated <time datetime="2025-05-04">Sunday</time>`, "", "", "2025-05-04"},
		{"published and updated", head + `<p>Published: 3 May 2025 | Updated: 4 May 2025</p>`, "", "2025-05-03", "2025-05-04"},
		{"hAtom", head + `<time class="entry-date published updated" datetime="2025-05-03">3 May</time>`, "", "2025-05-03", ""},
		{"pubdate", `<body><p>x</p><time pubdate datetime="2025-05-03">3 May</time>`, "", "2025-05-03", ""},
		{"date with the author's name", `<meta name="author" content="Jane Doe">` + head + `<p>Jane Doe - May 3, 2025</p>`, "", "2025-05-03", ""},
		{"date with other words", head + `<p>Karvik Festival, May 3, 2025</p>`, "", "", ""},
		{"two dates without a label", head + `<p>3 May 2025 | 9 May 2025</p>`, "", "", ""},
		{"label at the foot", head + `<p>The ferry sank.</p><p>First published on May 3, 2025 / 8:16 AM</p>`, "", "2025-05-03", ""},
		{"posted by", head + `<p>3 May 2025 - Posted by the web desk of Karvik</p>`, "", "2025-05-03", ""},
		{"address", head, "https://post.example/2025/05/03/ferry", "2025-05-03", ""},
		{"address to the month", head, "https://post.example/2025/05/ferry", "2025-05", ""},
		{"the address sharpens a year", head + `<p>03/05/2025</p>`, "https://post.example/2025/05/03/ferry", "2025-05-03", ""},
		{"a numeric date that may be two days", head + `<p>03/05/2025</p>`, "", "2025", ""},
		{"a numeric date in German", `<html lang="de">` + head + `<p>03.05.2025</p>`, "", "2025-05-03", ""},
		{"shown later than the address says", head + `<time datetime="2025-09-09">9 September</time>`, "https://post.example/2025/05/03/ferry", "2025-05-03", ""},

		{"in the head band", `<title>Ferry sinks off Karvik</title><body><div>Tuesday, May 6, 2025</div><div><h1>Ferry sinks off Karvik</h1></div>`, "", "", ""},
		{"above the heading in its header", `<title>Ferry sinks off Karvik</title><body><header><time>May 3, 2025</time><h1>Ferry sinks off Karvik</h1></header>`, "", "2025-05-03", ""},
		{"of a comment", head + `<div class="comments"><time itemprop="datePublished" datetime="2025-05-06">6 May</time></div>`, "", "", ""},
		{"of another story", head + `<aside><time pubdate datetime="2025-05-06">6 May</time></aside>`, "", "", ""},
		{"of an article within", head + `<article><h2>Another</h2><time pubdate datetime="2025-05-06">6 May</time></article>`, "", "", ""},
		{"in a caption", head + `<figure><figcaption>May 6, 2025</figcaption></figure>`, "", "", ""},
		{"in a quotation", head + `<blockquote><p>May 6, 2025</p></blockquote>`, "", "", ""},
		{"of a video", head + `<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="datePublished" content="2025-05-06"></div>`, "", "", ""},
		{"copyright", head + `<footer>© 2025 Harbour Post, May 6, 2025</footer>`, "", "", ""},
		{"in the running text", head + `<p>` + strings.Repeat("The ferry sank in the strait off Karvik. ", 12) + `</p><p>May 6, 2025</p>`, "", "", ""},
		{"a template's date", `<meta property="article:published_time" content="1970-01-01T00:00:00Z">` + head, "", "", ""},
		{"HTTP's date", `<meta http-equiv="expires" content="Tue, 06 May 2025 12:12:12 GMT">` + head, "", "", ""},

		{"day sharpened by a time", `<meta name="pubdate" content="2025-05-03">` + head + `<time datetime="2025-05-03T18:40:00Z">3 May</time>`, "", "2025-05-03T18:40:00Z", ""},
		{"offsets disagree", `<meta property="article:published_time" content="2025-05-03T18:40:00+00:00"><meta itemprop="datePublished" content="2025-05-03T18:40:00-05:00">` + head, "", "2025-05-03", ""},
		{"the shown time decides", `<meta property="article:published_time" content="2025-05-03T18:40:00+00:00"><meta itemprop="datePublished" content="2025-05-03T18:40:00-05:00">` + head + `<p>May 3, 2025 1:40 pm CDT</p>`, "", "2025-05-03T13:40:00-05:00", ""},
		{"changed before it was published", `<meta property="article:published_time" content="2025-05-03T18:40:00Z"><meta property="article:modified_time" content="2025-05-01T18:40:00Z">` + head, "", "2025-05-03T18:40:00Z", ""},
		{"changed on the same day", `<meta name="pubdate" content="2025-05-03"><meta property="article:modified_time" content="2025-05-03T07:15:00Z">` + head, "", "2025-05-03", "2025-05-03T07:15:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := metadataOf(t, c.page, c.address)
			if m.Published != c.published || m.Modified != c.modified {
				t.Errorf("published %q, modified %q; want %q, %q", m.Published, m.Modified, c.published, c.modified)
			}
		})
	}
}

func TestNotAfter(t *testing.T) {
	for _, c := range []struct{ published, captured, want string }{
		{"2025-05-03T18:40:00Z", "", "2025-05-03T18:40:00Z"},
		{"2025-05-03T18:40:00Z", "2025-05-03T18:41:00Z", "2025-05-03T18:40:00Z"},
		{"2025-05-03T18:40:00Z", "2025-05-03T14:41:00Z", "2025-05-03"},
		{"2025-05-03T18:40:00Z", "2025-05-01T14:41:00Z", ""},
		{"2025-05-03", "2025-05-02T12:00:00Z", "2025-05-03"}, // the day had begun further east
		{"2025-05-03", "2025-05-01T12:00:00Z", ""},
		{"2025-05-03T18:40:00Z", "2025-05-03", "2025-05-03T18:40:00Z"},
		{"2025", "2025-05-03", "2025"},
		{"2026", "2025-05-03", ""},
		{"", "2025-05-03", ""},
	} {
		m := metadata{Published: dateOf(t, c.published), Modified: dateOf(t, c.published)}
		m.notAfter(dateOf(t, c.captured))
		if m.Published.String() != c.want || m.Modified.String() != c.want {
			t.Errorf("%q captured %q gives %q, want %q", c.published, c.captured, m.Published, c.want)
		}
	}
}

func dateOf(tb testing.TB, s string) whence.Date {
	tb.Helper()
	if s == "" {
		return whence.Date{}
	}
	d, err := whence.ParseDate(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func TestLanguageTag(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "EN-us": "en-US", "en_GB": "en-GB", "zh-hant-tw": "zh-Hant-TW", "pt-BR, pt": "pt-BR", "en_US.UTF-8": "en-US", "English": "en",
		"sr-Latn": "sr-Latn", "es-419": "es-419", "": "", "x": "", "12": "", "und": "", "en--US": "", "<script>": "", "unknown-language-name": "",
	} {
		if got := languageTag(in); got != want {
			t.Errorf("languageTag(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestNamesDomain(t *testing.T) {
	for _, c := range []struct {
		name, address string
		want          bool
	}{
		{"The Harbour Post", "https://www.harbourpost.example/a", true},
		{"Harbour Post", "https://theharbourpost.example/a", true},
		{"New Karvik Times", "https://nktimes.example/a", true},
		{"Karvik News", "https://news.karvik.example/a", true},
		{"Lorra Broadcasting", "https://lb.example/a", true},
		{"Lorra", "https://harbourpost.example/a", false},
		{"U.S.", "https://www.harbourpost.example/a", false},
		{"Harbour Post", "", false},
		{"", "https://harbourpost.example/a", false},
	} {
		if got := namesDomain(c.name, c.address); got != c.want {
			t.Errorf("namesDomain(%q, %q) = %v", c.name, c.address, got)
		}
	}
}

// eachSharedPage calls f with each page of the article-extraction benchmark, in
// the order of their ids, and its address.
func eachSharedPage(tb testing.TB, f func(id, address string, page []byte)) {
	tb.Helper()
	dir := shared.Path(tb, "corpora", "pages")
	data, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var truth map[string]struct{ URL string }
	if err := json.Unmarshal(data, &truth); err != nil {
		tb.Fatal(err)
	}
	ids := make([]string, 0, len(truth))
	for id := range truth {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		file, err := os.Open(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			tb.Fatal(err)
		}
		unzipped, err := gzip.NewReader(file)
		if err != nil {
			tb.Fatal(err)
		}
		page, err := io.ReadAll(unzipped)
		if err != nil {
			tb.Fatal(err)
		}
		if err := file.Close(); err != nil {
			tb.Fatal(err)
		}
		f(id, truth[id].URL, page)
	}
}

// The publication dates that real pages give are those of dates.golden, and
// where dates.checked has the day that a person read off the page, they fall on
// that day in some zone; where it has none, none is given.
func TestPublishedOfPages(t *testing.T) {
	checked := readChecked(t)
	var b strings.Builder
	given, right, wrong := 0, 0, []string(nil)
	eachSharedPage(t, func(id, address string, page []byte) {
		doc, err := html.Parse(strings.NewReader(string(page)))
		if err != nil {
			t.Fatal(err)
		}
		published := readMetadata(doc, address).Published
		if !published.IsZero() {
			given++
		}
		id = id[:12]
		fmt.Fprintf(&b, "%s %s %s\n", id, orNone(published.String()), orNone(string(published.Precision)))
		day, ok := checked[id]
		switch {
		case !ok:
		case day == "none" && published.IsZero() || day != "none" && fallsOn(published, dateOf(t, day)):
			right++
		default:
			wrong = append(wrong, id)
		}
	})
	fmt.Fprintf(&b, "given %d\nchecked by eye %d, right %d, not right %s\n", given, len(checked), right, strings.Join(wrong, " "))
	t.Logf("%d dates given; %d of %d checked by eye are right, not %s", given, right, len(checked), wrong)
	golden.Check(t, filepath.Join("testdata", "dates.golden"), b.String())
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// fallsOn tells whether a date is the day, or an instant of it in some zone.
func fallsOn(d, day whence.Date) bool {
	if d.Precision == whence.Day {
		return d.String() == day.String()
	}
	from, to := period(day)
	return d.Precision == whence.Second && !d.Time.Before(from) && d.Time.Before(to)
}

// readChecked reads testdata/dates.checked: an id and the day of publication
// that the page shows or declares, or "none", a line each.
func readChecked(tb testing.TB) map[string]string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "dates.checked"))
	if err != nil {
		tb.Fatal(err)
	}
	checked := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if id, day, ok := strings.Cut(strings.TrimSpace(line), " "); ok && id != "#" {
			checked[id] = day
		}
	}
	return checked
}

func FuzzMetadata(f *testing.F) {
	f.Add(`<html lang="en"><title>Ferry sinks | Harbour Post</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry sinks","author":["Jane Doe"],"datePublished":"2025-05-03"}</script><h1>Ferry sinks</h1><time datetime="2025-05-03">`, "https://post.example/2025/05/03/a")
	f.Add(`<link rel=canonical href="http://[::1"><meta property="og:site_name" content="&#0;"><h1></h1><p class="byline">By</p><p>3/5/2025 10:15 (GMT`, "::")
	f.Add(`<article><time pubdate>3 May 2025</time><article><h1>A b c</h1></article>`, "")
	f.Fuzz(func(t *testing.T, page, address string) {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		m := readMetadata(doc, address)
		if m.Published.IsZero() != (m.Published.Precision == "") || before(m.Modified, m.Published) {
			t.Fatalf("published %v, modified %v", m.Published, m.Modified)
		}
		for _, d := range []whence.Date{m.Published, m.Modified} {
			if again, err := whence.ParseDate(d.String()); !d.IsZero() && (err != nil || again.Precision != d.Precision) {
				t.Fatalf("%v is written %q", d, d)
			}
		}
		m.notAfter(whence.NewDate(time.Unix(1_700_000_000, 0), whence.Second))
	})
}

func FuzzLinked(f *testing.F) {
	f.Add(`{"@type":"NewsArticle","@graph":[{"@id":"a","author":{"@id":"a"}}]}`)
	f.Add("<!-- [{,,}] // /* \" \\ ")
	f.Fuzz(func(_ *testing.T, script string) {
		newLinkedGraph([]string{script}).article("https://post.example/a", "Ferry", dayFirst)
	})
}

func FuzzDates(f *testing.F) {
	f.Add("Tue Nov  4 10:15:06 UTC 2025")
	f.Add("1909 GMT (0309 HKT) November 4, 2025 - 10:15")
	f.Fuzz(func(t *testing.T, line string) {
		end := 0
		for _, d := range datesIn(line, orderUnknown) {
			if d.start < end || d.end <= d.start || d.end > len(line) || d.IsZero() {
				t.Fatalf("%q: %+v", line, d)
			}
			end = d.end
		}
		parseDate(line, dayFirst)
		urlDate(line)
		readDateline(line)
		lineRole(line)
		splitByline(line)
	})
}

// BenchmarkMetadata reads the metadata of real pages that are parsed already.
func BenchmarkMetadata(b *testing.B) {
	var docs []*html.Node
	size := int64(0)
	eachSharedPage(b, func(_, _ string, page []byte) {
		doc, err := html.Parse(strings.NewReader(string(page)))
		if err != nil {
			b.Fatal(err)
		}
		docs = append(docs, doc)
		size += int64(len(page))
	})
	b.SetBytes(size)
	for b.Loop() {
		for _, doc := range docs {
			readMetadata(doc, "")
		}
	}
	b.ReportMetric(float64(len(docs))*float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
