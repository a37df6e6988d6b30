package page

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// metadata is what a page declares or shows of its article. An absent value
// means that the page gives none.
type metadata struct {
	Title, Standfirst, Outlet, Canonical, Language string
	Byline, Credits                                []string
	Published, Modified                            whence.Date
}

// readMetadata reads the metadata of the page doc, which was captured at
// pageURL ("" if unknown). Nothing is inferred that the page does not say:
//
//   - Title: the main heading that is shown if the page also declares it, else
//     what JSON-LD, OpenGraph, Twitter's tags, the heading and <title> give, in
//     this order, without the outlet's name at its end.
//   - Standfirst: the deck that is shown below the heading, else the
//     description of JSON-LD, OpenGraph, <meta>.
//   - Outlet: og:site_name, the publisher of JSON-LD, the publisher of
//     <meta>, the application's name; of these the one that goes with the
//     page's domain comes first. A part of <title> only where it goes with the
//     domain or is what the links to the home page show. Never the domain
//     itself.
//   - Canonical: rel=canonical, else og:url; absolute http or https, and not
//     the address of a home page.
//   - Language: lang of <html>, Content-Language, og:locale, JSON-LD, as a
//     BCP 47 tag.
//   - Byline: the authors of JSON-LD, of <meta>, of microdata and rel=author,
//     of the byline that is shown near the heading: the first that names
//     people. An agency is a credit and never a name, see [splitByline].
//   - Published and Modified: see [evidence].
func readMetadata(doc *html.Node, pageURL string) metadata {
	f := readFacts(doc)
	m := metadata{Canonical: f.canonical(), Language: f.declaredLanguage()}
	order := orderOf(m.Language)
	address := m.Canonical
	if address == "" {
		address = pageURL
	}
	declared := f.metaWords("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
	graph := newLinkedGraph(f.scripts)
	ld := graph.article(address, declared, order)

	m.Outlet = f.outlet(ld, pageURL, m.Canonical)
	heading := f.mainHeading(m.Outlet, ld.headline, declared)
	m.Title = f.pageTitle(ld, heading, declared, m.Outlet)
	m.Standfirst = f.standfirst(ld, heading)
	if m.Language == "" {
		m.Language = languageTag(ld.language)
	}
	m.Byline, m.Credits = f.byline(ld, heading, m.Outlet)
	for _, own := range ld.credits {
		if !strings.EqualFold(own, m.Outlet) {
			m.Credits = appendNew(m.Credits, own)
		}
	}
	d := f.dates(ld, heading, order, m.Byline)
	for _, u := range []string{pageURL, m.Canonical} {
		if date, ok := urlDate(u); ok {
			d.published.add(fromURL, date)
		}
	}
	m.Published, m.Modified = d.settle()
	return m
}

// notAfter drops the dates that lie after captured: what a page says of a time
// that had not come is a template's or a typing error. A date less than a day
// ahead is one whose offset is wrong: it is kept to the day. A zero captured
// drops nothing.
func (m *metadata) notAfter(captured whence.Date) {
	m.Published = notAfter(m.Published, captured)
	m.Modified = notAfter(m.Modified, captured)
}

func notAfter(d, captured whence.Date) whence.Date {
	if d.IsZero() || captured.IsZero() {
		return d
	}
	_, latest := period(captured)
	earliest, _ := period(d)
	switch {
	case !earliest.After(latest):
		return d
	case d.Precision == whence.Second && earliest.Before(latest.Add(24*time.Hour)):
		return whence.NewDate(d.Time, whence.Day)
	}
	return whence.Date{}
}

// metaNames are the names, in small letters, of <meta> (name, property,
// itemprop or http-equiv) that newsrooms' systems give a value under; the
// first named is believed first.
var metaNames = struct {
	published, dated, modified, touched, author, outlet, language, description []string
}{
	published: []string{
		"article:published_time", "article:published", "og:article:published_time", "article.published", "og:published_time",
		"datepublished", "parsely-pub-date", "parsely-pubdate", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created",
		"citation_publication_date", "citation_date", "citation_online_date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
		"originalpublicationdate", "article_date_original", "publication_date", "publication-date", "publicationdate", "publish-date",
		"publish_date", "publishdate", "published_at", "published-date", "published_date", "published", "published_time_telegram",
		"pubdate", "pub_date", "og:pubdate", "og:datepublished", "date.release", "displaydate", "ptime", "pdate", "sn-post-date",
		"dcsext.articlefirstpublished", "sailthru.date", "article:published_date", "vr:published_time", "rnews:datepublished", "bt:pubdate", "article.origpublished",
	},
	dated: []string{"date", "dc.date", "dcterms.date", "datecreated", "article.created", "analyticsattributes.articledate", "article:created_time"},
	modified: []string{
		"article:modified_time", "article:modified", "og:article:modified_time", "article.updated", "og:modified_time", "datemodified", "dateupdated",
		"dcterms.modified", "dc.date.modified", "article_date_updated", "updated-date", "updated_date", "updated_time", "date_updated", "lastmodifieddate", "article:updated_time",
	},
	touched: []string{"og:updated_time", "lastmod", "revision_date", "last-modified", "last_modified", "lastupdated"},
	author: []string{
		"article:author", "article:author:name", "parsely-author", "sailthru.author", "byl", "author", "authors", "article_author", "article.author",
		"citation_author", "dc.creator", "dcterms.creator", "dc.contributor", "cxenseparse:author", "content-creator", "og:author", "rnews:creator", "twitter:creator:name", "bylines",
	},
	outlet:      []string{"publisher", "dc.publisher", "dcterms.publisher", "article_publication_name", "article:publication", "sailthru_pubname", "citation_journal_title", "cre", "publication", "source-publication"},
	language:    []string{"content-language", "og:locale", "dc.language", "dcterms.language", "og:language", "inlanguage", "language"},
	description: []string{"og:description", "description", "twitter:description", "dc.description", "dcterms.description", "sailthru.description"},
}

// facts is what a walk over the page finds.
type facts struct {
	metas    map[string][]string // contents by name, in small letters
	scripts  []string            // JSON-LD
	lang     string              // of <html>
	title    string              // of <title>
	links    []string            // of rel=canonical
	headings []*html.Node        // h1
	seconds  []*html.Node        // h2
	lines    []pageLine          // what is shown, in order
	starts   map[*html.Node]int  // the line that a heading begins in
	homes    []string            // what the links to the home page show
	marks    []mark
}

// pageLine is a line of what a page shows.
type pageLine struct {
	text string
	node *html.Node // the element that it began in
}

// mark is an element that says what its words are: <time>, an itemprop, a
// class that names a byline.
type mark struct {
	node  *html.Node
	line  int    // the index of the line that it begins in
	label string // what stands before it on the line
	kind  markKind
}

type markKind int

const (
	markTime markKind = iota
	markAuthor
	markByline
	markDeck
)

// longestShown bounds what is kept of a line that is shown, and mostMarks the
// elements that are looked at.
const longestShown, mostMarks = 400, 2000

// walker reads the facts of a page.
type walker struct {
	facts
	line   strings.Builder
	lineAt *html.Node
	gap    bool
}

func readFacts(doc *html.Node) *facts {
	w := &walker{facts: facts{metas: map[string][]string{}, starts: map[*html.Node]int{}}}
	w.children(doc)
	w.flush()
	return &w.facts
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text(c)
		case html.ElementNode:
			w.element(c)
		}
	}
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		if kind := strings.ToLower(attribute(n, "type")); strings.HasPrefix(kind, "application/ld+json") && n.FirstChild != nil {
			w.scripts = append(w.scripts, n.FirstChild.Data)
		}
		return
	case atom.Style, atom.Template, atom.Svg, atom.Noscript, atom.Iframe, atom.Select, atom.Textarea, atom.Object:
		return
	case atom.Meta:
		w.meta(n)
		return
	case atom.Title:
		if w.title == "" && n.FirstChild != nil {
			w.title = cleanWords(n.FirstChild.Data)
		}
		return
	case atom.Link:
		w.link(n)
		return
	case atom.Html:
		w.lang = attribute(n, "lang")
		if w.lang == "" {
			w.lang = attribute(n, "xml:lang")
		}
	case atom.A:
		w.home(n)
	case atom.Br, atom.Hr:
		w.flush()
		return
	}
	block := !inlineElements[n.DataAtom]
	if block {
		w.flush()
	}
	switch n.DataAtom {
	case atom.H1:
		w.headings = append(w.headings, n)
		w.starts[n] = len(w.lines)
	case atom.H2:
		w.seconds = append(w.seconds, n)
		w.starts[n] = len(w.lines)
	}
	w.mark(n)
	w.children(n)
	if block {
		w.flush()
	}
}

// inlineElements do not begin a line.
var inlineElements = map[atom.Atom]bool{
	atom.A: true, atom.Abbr: true, atom.B: true, atom.Bdi: true, atom.Bdo: true, atom.Cite: true, atom.Code: true, atom.Data: true,
	atom.Em: true, atom.Font: true, atom.I: true, atom.Ins: true, atom.Label: true, atom.Mark: true, atom.Meta: true, atom.Q: true,
	atom.S: true, atom.Small: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true, atom.Time: true, atom.U: true, atom.Wbr: true,
}

func (w *walker) text(n *html.Node) {
	s := n.Data
	for i, word := range strings.Fields(s) {
		if w.line.Len() > longestShown {
			return
		}
		if w.line.Len() > 0 && (i > 0 || w.gap || isBlank(s[0])) {
			w.line.WriteByte(' ')
		}
		if w.line.Len() == 0 {
			w.lineAt = n.Parent
		}
		w.line.WriteString(word)
		w.gap = false
	}
	w.gap = s != "" && isBlank(s[len(s)-1])
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func (w *walker) flush() {
	w.gap = false
	if w.line.Len() == 0 {
		return
	}
	w.lines = append(w.lines, pageLine{w.line.String(), w.lineAt})
	w.line.Reset()
}

// meta notes a <meta>: of several with one name all contents, at most ten.
func (w *walker) meta(n *html.Node) {
	content := strings.TrimSpace(attribute(n, "content"))
	if content == "" {
		return
	}
	const most = 10
	for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
		for name := range strings.FieldsSeq(strings.ToLower(attribute(n, key))) {
			if key == "itemprop" && !ofArticle(n) {
				continue
			}
			if len(w.metas[name]) < most {
				w.metas[name] = append(w.metas[name], content)
			}
		}
	}
}

// ofArticle tells whether an itemprop belongs to an article: whether the item
// it stands in, if any, is one.
func ofArticle(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		for _, a := range p.Attr {
			if a.Key == "itemscope" {
				kind := attribute(p, "itemtype")
				if i := strings.LastIndexByte(kind, '/'); i >= 0 {
					kind = kind[i+1:]
				}
				return strings.Contains(articleTypes+pageTypes, " "+kind+" ")
			}
		}
	}
	return true
}

func (w *walker) link(n *html.Node) {
	for rel := range strings.FieldsSeq(strings.ToLower(attribute(n, "rel"))) {
		if rel == "canonical" {
			w.links = append(w.links, strings.TrimSpace(attribute(n, "href")))
		}
	}
}

// home notes what a link to the home page shows: a masthead's name is the words
// or the picture's alternative text in it.
func (w *walker) home(n *html.Node) {
	const most, slashesOfHome = 10, 3
	href := strings.TrimSpace(attribute(n, "href"))
	if len(w.homes) >= most || strings.Count(href, "/") > slashesOfHome {
		return
	}
	u, err := url.Parse(href)
	if err != nil || u.Path != "/" && (u.Path != "" || u.Host == "") {
		return
	}
	w.homes = append(w.homes, wordsIn(n))
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img {
			w.homes = append(w.homes, cleanWords(attribute(d, "alt")))
			return
		}
	}
}

// mark notes an element that says what its words are.
func (w *walker) mark(n *html.Node) {
	if len(w.marks) >= mostMarks {
		return
	}
	add := func(kind markKind) {
		w.marks = append(w.marks, mark{n, len(w.lines), w.line.String(), kind})
	}
	prop := " " + strings.ToLower(attribute(n, "itemprop")) + " "
	if n.DataAtom == atom.Time || strings.Contains(prop, " datepublished ") || strings.Contains(prop, " datemodified ") {
		add(markTime)
		return
	}
	if strings.Contains(prop, " author ") || strings.Contains(prop, " creator ") || strings.Contains(" "+strings.ToLower(attribute(n, "rel"))+" ", " author ") {
		add(markAuthor)
		return
	}
	class := attribute(n, "class")
	if class == "" {
		return
	}
	switch t := wordTraits(class); {
	case t&traitByline != 0:
		add(markByline)
	case t&traitStandfirst != 0 || strings.Contains(prop, " alternativeheadline "):
		add(markDeck)
	}
}

// metaWords is the first content under any of the names.
func (f *facts) metaWords(names ...string) string {
	for _, name := range names {
		for _, content := range f.metas[name] {
			if s := cleanWords(content); s != "" {
				return s
			}
		}
	}
	return ""
}

// canonical is the page's own address as it declares it.
func (f *facts) canonical() string {
	for _, candidates := range [...][]string{f.links, f.metas["og:url"]} {
		for _, href := range candidates {
			if address, ok := articleAddress(href); ok {
				return address
			}
		}
	}
	return ""
}

// articleAddress checks that an address is absolute and no home page.
func articleAddress(href string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || !strings.Contains(u.Host, ".") && !strings.HasPrefix(u.Host, "localhost") {
		return "", false
	}
	switch strings.ToLower(strings.Trim(u.Path, "/")) {
	case "", "index.html", "index.htm", "index.php", "home", "default.aspx", "default.asp":
		if u.RawQuery == "" {
			return "", false
		}
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), true
}

// declaredLanguage is the language that the page declares outside JSON-LD.
func (f *facts) declaredLanguage() string {
	if tag := languageTag(f.lang); tag != "" {
		return tag
	}
	for _, name := range metaNames.language {
		for _, content := range f.metas[name] {
			if tag := languageTag(content); tag != "" {
				return tag
			}
		}
	}
	return ""
}

// languageTag writes a declared language as a BCP 47 tag: "en_us" is "en-US".
// What cannot be one gives "".
func languageTag(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	s, _, _ = strings.Cut(s, ";")
	s, _, _ = strings.Cut(s, ".")
	if tag, ok := languageNames[strings.ToLower(s)]; ok {
		return tag
	}
	parts := strings.Split(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), "-")
	for i, p := range parts {
		if !isSubtag(p) {
			return ""
		}
		p = strings.ToLower(p)
		switch {
		case i == 0 && (len(p) < 2 || len(p) > 3 || p[0] <= '9'):
			return ""
		case i > 0 && len(p) == 2:
			p = strings.ToUpper(p)
		case i > 0 && len(p) == 4 && p[0] > '9':
			p = strings.ToUpper(p[:1]) + p[1:]
		}
		parts[i] = p
	}
	if parts[0] == "und" || parts[0] == "mul" {
		return ""
	}
	return strings.Join(parts, "-")
}

// languageNames are the names that stand where a tag should.
var languageNames = map[string]string{
	"english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
	"italiano": "it", "portuguese": "pt", "português": "pt", "russian": "ru", "dutch": "nl", "arabic": "ar", "chinese": "zh", "japanese": "ja",
}

func isSubtag(s string) bool {
	for _, c := range []byte(s) {
		if !isLetter(c) && (c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 8
}

// outlet is the name that the page gives the outlet it belongs to. Of several
// that the page gives, one that goes with its domain comes first, so that a
// section is not taken for the outlet; of two spellings, the one with blanks.
func (f *facts) outlet(ld linked, pageURL, canonical string) string {
	var names []string
	for _, name := range []string{f.metaWords("og:site_name"), ld.outlet, f.metaWords(metaNames.outlet...), f.metaWords("application-name")} {
		if name = withoutTagline(name); isOutlet(name) {
			names = append(names, name)
		}
	}
	if name := f.titleOutlet(canonical, pageURL); name != "" {
		names = append(names, name)
	}
	best := ""
	for _, name := range names {
		agrees := namesDomain(name, canonical) || namesDomain(name, pageURL)
		switch {
		case best == "" || agrees && !namesDomain(best, canonical) && !namesDomain(best, pageURL):
			best = name
		case agrees && looksLikeDomain(best) && !looksLikeDomain(name):
			best = name
		case !strings.Contains(best, " ") && strings.Contains(name, " ") && letters(withoutThe(best)) == letters(withoutThe(name)):
			best = name
		}
	}
	return best
}

func looksLikeDomain(s string) bool {
	return strings.Contains(s, ".") && !strings.Contains(s, " ")
}

// withoutTagline cuts what follows a mark in the name of a site.
func withoutTagline(name string) string {
	for _, m := range titleMarks {
		if i := strings.Index(name, m); i > 0 {
			name = name[:i]
		}
	}
	return strings.TrimSpace(name)
}

func isOutlet(name string) bool {
	const longest = 70
	return name != "" && utf8.RuneCountInString(name) <= longest && !strings.Contains(name, "://") && !strings.HasPrefix(name, "@") && letters(name) != ""
}

func withoutThe(s string) string {
	if rest, ok := beginsWith(s, []string{"the "}); ok {
		return rest
	}
	return s
}

// namesDomain tells whether a name goes with the domain of an address: a part
// of the domain has its letters ("The Harbour Post" and harbourpost.example),
// its initials, its first word, or initials and a word ("New Karvik Times" and
// nktimes).
func namesDomain(name, address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return false
	}
	key := letters(withoutThe(name))
	short := strings.ToLower(initials(withoutThe(name)))
	for label := range strings.SplitSeq(u.Hostname(), ".") {
		label = letters(strings.TrimPrefix(label, "the"))
		switch {
		case len(label) < 2 || label == "www" || label == "com":
		case label == key || label == short || label == letters(firstWord(withoutThe(name))):
			return true
		case len(label) > 3 && len(short) > 1 && strings.HasPrefix(label, short[:len(short)-1]) && strings.HasSuffix(key, label[len(short)-1:]):
			return true
		case len(label) > 5 && (strings.HasPrefix(key, label) || strings.HasPrefix(label, key) && len(key) > 3):
			return true
		}
	}
	return false
}

// titleMarks part a title from the outlet's name in <title>.
var titleMarks = [...]string{" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " « "}

// titleOutlet is the first or the last part of <title> if it goes with the
// domain, or is what the links to the home page show.
func (f *facts) titleOutlet(canonical, pageURL string) string {
	for _, m := range titleMarks {
		last, first := strings.LastIndex(f.title, m), strings.Index(f.title, m)
		if last < 0 {
			continue
		}
		for i, name := range []string{f.title[last+len(m):], f.title[:first]} {
			const mostWords = 5
			name = strings.TrimSpace(name)
			if !isOutlet(name) || startsSmall(name) || len(strings.Fields(name)) > mostWords {
				continue
			}
			if i == 0 && (namesDomain(name, canonical) || namesDomain(name, pageURL)) || f.isMasthead(name) {
				return name
			}
		}
	}
	return ""
}

func (f *facts) isMasthead(name string) bool {
	key := letters(withoutThe(name))
	for _, home := range f.homes {
		if key != "" && letters(withoutThe(home)) == key {
			return true
		}
	}
	return false
}

// mainHeading is the element that shows the article's title: the <h1>, the
// <h2> or, failing them, the line that the page declares as its title; else the
// only <h1>. The outlet's own name is none.
func (f *facts) mainHeading(outlet string, declared ...string) *html.Node {
	const most = 100
	declared = append(declared, withoutOutlet(f.title, outlet))
	for _, list := range [...][]*html.Node{f.headings, f.seconds} {
		for _, want := range declared {
			for _, h := range list[:min(len(list), most)] {
				if shown := wordsIn(h); isTitleOf(shown, want) && letters(shown) != letters(outlet) {
					return h
				}
			}
		}
	}
	for _, want := range declared {
		want = letters(want)
		for i, l := range f.lines {
			if want != "" && letters(l.text) == want {
				f.starts[l.node] = i
				return l.node
			}
		}
	}
	var only *html.Node
	for _, h := range f.headings {
		const fewestWords = 3
		if shown := wordsIn(h); len(strings.Fields(shown)) < fewestWords || letters(shown) == letters(outlet) {
			continue
		}
		if only != nil {
			return nil
		}
		only = h
	}
	return only
}

// isTitleOf tells whether a heading shows a declared title, which may have the
// outlet's name at its end.
func isTitleOf(shown, declared string) bool {
	s, d := letters(shown), letters(declared)
	const shortest = 8
	return s != "" && (s == d || len(s) >= shortest && strings.HasPrefix(d, s) || len(s) >= 2*shortest && strings.HasSuffix(d, s) || len(d) >= 3*shortest && strings.HasPrefix(s, d))
}

// wordsIn are the words that an element shows, at most longestShown of them.
func wordsIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if b.Len() > 2*longestShown {
			break
		}
		if d.Type == html.TextNode && !isUnshown(d.Parent) {
			b.WriteString(d.Data)
		} else if d.Type == html.ElementNode && !inlineElements[d.DataAtom] {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func isUnshown(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Title, atom.Svg:
		return true
	}
	return false
}

// pageTitle is the title of the article.
func (f *facts) pageTitle(ld linked, heading *html.Node, declared, outlet string) string {
	shown := ""
	if heading != nil {
		shown = wordsIn(heading)
	}
	headline := ""
	if ld.strong {
		headline = ld.headline
	}
	for _, want := range []string{headline, declared, withoutOutlet(f.title, outlet)} {
		if isTitleOf(shown, want) {
			return shown
		}
	}
	for _, t := range []string{headline, declared, shown, f.title} {
		if t = withoutOutlet(t, outlet); t != "" {
			return t
		}
	}
	return ""
}

// withoutOutlet cuts the outlet's name from the start or the end of a title.
func withoutOutlet(title, outlet string) string {
	if outlet == "" {
		return title
	}
	key := letters(outlet)
	for _, m := range titleMarks {
		if i := strings.LastIndex(title, m); i > 0 && letters(title[i+len(m):]) == key {
			return strings.TrimSpace(title[:i])
		}
		if i := strings.Index(title, m); i > 0 && letters(title[:i]) == key {
			return strings.TrimSpace(title[i+len(m):])
		}
	}
	return title
}

// standfirst is the summary under the title, as shown or else as declared.
func (f *facts) standfirst(ld linked, heading *html.Node) string {
	const longest = 600
	if heading != nil {
		at := f.starts[heading]
		for _, k := range f.marks {
			if k.kind == markDeck && k.line >= at && k.line <= at+6 && !f.isApart(k.node, heading) {
				if s := wordsIn(k.node); len(strings.Fields(s)) >= 4 && len(s) <= longest {
					return s
				}
			}
		}
	}
	if ld.strong && ld.description != "" && len(ld.description) <= longest {
		return ld.description
	}
	return f.metaWords(metaNames.description...)
}

// isApart tells whether an element belongs to something else than the article
// under the heading: a menu, a comment, a list of other stories, an article
// within or beside it. Elements that hold the heading too do not count, nor does
// a <footer> of the article, where its author and date may stand.
func (f *facts) isApart(n, heading *html.Node) bool {
	const apart = traitFurniture&^traitBio | traitQuote | traitFigure | traitCaption
	for ; n != nil && !holds(n, heading); n = n.Parent {
		if n.DataAtom == atom.Article || n.DataAtom == atom.Body {
			return heading != nil || n.DataAtom != atom.Body
		}
		t := tagTraits[n.DataAtom]
		for _, key := range [...]string{"class", "id"} {
			t |= wordTraits(attribute(n, key))
		}
		if n.DataAtom == atom.Footer && isInArticleOf(n, heading) {
			t &^= traitFooter
		}
		if t&apart != 0 {
			return true
		}
	}
	return false
}

// isInArticleOf tells whether the <article> or <main> around n, with no other
// between, holds the heading.
func isInArticleOf(n, heading *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article || n.DataAtom == atom.Main {
			return heading != nil && holds(n, heading)
		}
	}
	return false
}

func holds(outer, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == outer {
			return true
		}
	}
	return false
}

// byline gives the people and agencies that the page names as authors.
func (f *facts) byline(ld linked, heading *html.Node, outlet string) (people, credits []string) {
	a := authors{outlet: outlet}
	for _, p := range ld.people {
		a.take(p)
	}
	for _, name := range metaNames.author {
		if len(a.people) > 0 {
			break
		}
		for _, content := range f.metas[name] {
			if s := cleanWords(content); !strings.Contains(s, "://") && len(s) < longestShown {
				a.take(uninverted(name, s))
			}
		}
	}
	for _, kind := range [...]markKind{markAuthor, markByline} {
		a.settled = a.settled || len(a.people) > 0
		f.shownAuthors(kind, heading, a.take)
	}
	return a.people, a.credits
}

// authors collects the names of bylines.
type authors struct {
	outlet          string
	settled         bool // the people are known; only credits are taken
	people, credits []string
}

// take adds whom a byline names. A byline that names the outlet itself settles
// that no person is named.
func (a *authors) take(line string) {
	named := parseByline(line)
	settled := a.settled
	for _, name := range named.people {
		name = withoutHouse(name, a.outlet)
		if name == "" {
			a.settled = true
		} else if !settled {
			a.people = appendNew(a.people, name)
		}
	}
	for _, house := range append(named.agencies, named.outlets...) {
		if !a.isOwn(house) {
			a.credits = appendNew(a.credits, house)
		}
	}
}

// isOwn tells whether a name is, or has in it, the page's own outlet.
func (a *authors) isOwn(house string) bool {
	own := letters(withoutThe(a.outlet))
	site, _, _ := strings.Cut(house, ".")
	return own != "" && (strings.Contains(letters(house), own) || letters(site) == own)
}

// withoutHouse cuts the outlet's name from the end of a name; a name that is
// the outlet's, or begins with it, is none.
func withoutHouse(name, outlet string) string {
	house := letters(withoutThe(outlet))
	if house == "" {
		return name
	}
	words := strings.Fields(name)
	for n := 1; n <= len(words); n++ {
		if letters(strings.Join(words[:n], " ")) == house || n == len(words) && len(words) == 1 && strings.HasPrefix(house, letters(name)) {
			return ""
		}
	}
	for n := 1; n < len(words); n++ {
		if letters(strings.Join(words[n:], " ")) == house {
			return strings.Join(words[:n], " ")
		}
	}
	return name
}

// uninverted turns "Doe, Jane", which libraries' tags hold, around.
func uninverted(name, s string) string {
	if !strings.HasPrefix(name, "citation") && !strings.HasPrefix(name, "dc") {
		return s
	}
	last, given, ok := strings.Cut(s, ", ")
	if ok && !strings.ContainsAny(last, " ,") && !strings.ContainsAny(given, ",;") && len(strings.Fields(given)) <= 2 {
		return given + " " + last
	}
	return s
}

// shownAuthors takes the names of the first element of the kind near the
// heading that holds names and of its neighbours.
func (f *facts) shownAuthors(kind markKind, heading *html.Node, take func(string)) {
	if heading == nil {
		return
	}
	at := f.starts[heading]
	const above, below = 5, 20
	taken := -1
	for _, k := range f.marks {
		if k.kind != kind || k.line < at-above || k.line > at+below || f.isApart(k.node, heading) {
			continue
		}
		if taken >= 0 && k.line > taken+1 {
			return
		}
		s := wordsIn(k.node)
		if dates := datesIn(s, orderUnknown); len(dates) > 0 {
			s = withoutLabels(s[:dates[0].start])
		}
		if isBylineText(s) {
			take(s)
			taken = k.line
		}
	}
}

// withoutLabels cuts weekdays, labels and times from the end of what stands
// before a date.
func withoutLabels(s string) string {
	for {
		s = strings.TrimRight(s, " ,|•·:-–—/")
		last := strings.ToLower(strings.Trim(lastWord(s), ".,:()"))
		if last == "" || !strings.Contains(weekdays+dateLabels, " "+last+" ") && last[0] > '9' {
			return s
		}
		s = s[:strings.LastIndexByte(s, ' ')+1]
	}
}

// isBylineText tells whether words marked as a byline read as one.
func isBylineText(s string) bool {
	const longest = 120
	return s != "" && len(s) <= longest && !endsSentence(strings.TrimRight(s, ".")) && isNames(cutBylinePrefix(s))
}
