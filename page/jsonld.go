package page

import (
	"encoding/json"
	"html"
	"slices"
	"strings"

	"whence"
)

// linked is what a page's JSON-LD says of its article, after schema.org.
type linked struct {
	headline, description, language, outlet string
	people, credits                         []string
	published, modified                     whence.Date
	strong                                  bool // said of an article, not of a page
}

// longestLinked bounds the bytes of one script of JSON-LD, mostLinkedNodes the
// values of a page's JSON-LD that are looked at.
const longestLinked, mostLinkedNodes = 4 << 20, 20_000

// ldObject is a JSON-LD node.
type ldObject = map[string]any

// linkedGraph is the JSON-LD of a page.
type linkedGraph struct {
	nodes []ldObject          // that may be the article, in the order of the page
	byID  map[string]ldObject // the fullest node of each @id
	left  int                 // nodes that may still be looked at
}

// newLinkedGraph reads the scripts of type application/ld+json.
func newLinkedGraph(scripts []string) *linkedGraph {
	g := &linkedGraph{byID: map[string]ldObject{}, left: mostLinkedNodes}
	for _, s := range scripts {
		for _, value := range parseLinked(s) {
			g.candidates(value)
			g.index(value, 0)
		}
	}
	return g
}

// parseLinked reads the JSON of a script, and of a script that is nearly JSON:
// within comments, with raw ends of lines in strings, with commas too many,
// with marks of HTML escaped.
func parseLinked(script string) []any {
	if len(script) > longestLinked {
		return nil
	}
	s := strings.TrimSpace(strings.TrimPrefix(script, "\ufeff"))
	s = strings.TrimSpace(strings.TrimSuffix(s, ";"))
	var value any
	if err := json.Unmarshal([]byte(s), &value); err == nil {
		return []any{value}
	}
	if strings.Contains(s, "{&quot;") || strings.Contains(s, "{ &quot;") {
		s = html.UnescapeString(s)
	}
	d := json.NewDecoder(strings.NewReader(mendJSON(s)))
	var values []any
	for {
		var value any
		if err := d.Decode(&value); err != nil {
			return values
		}
		values = append(values, value)
	}
}

// mendJSON drops what stands before the first bracket, comments and commas
// before closing brackets, and makes control characters in strings blanks.
func mendJSON(s string) string {
	s = strings.ReplaceAll(s, "<![CDATA[", "")
	start := strings.IndexAny(s, "{[")
	if start < 0 {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s))
	inString := false
	for i := start; i < len(s); i++ {
		c := s[i]
		if inString {
			switch {
			case c == '\\' && i+1 < len(s) && s[i+1] >= ' ':
				b.WriteByte(c)
				i++
				c = s[i]
			case c < ' ':
				c = ' '
			case c == '"':
				inString = false
			}
			b.WriteByte(c)
			continue
		}
		switch {
		case c == '"':
			inString = true
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i:], "*/")
			if end < 0 {
				return b.String()
			}
			i += end + 1
			continue
		case strings.HasPrefix(s[i:], "<!--") || strings.HasPrefix(s[i:], "-->") || strings.HasPrefix(s[i:], "//") || strings.HasPrefix(s[i:], "]]>"):
			if strings.HasPrefix(s[i:], "//") {
				if end := strings.IndexByte(s[i:], '\n'); end >= 0 {
					i += end
				} else {
					i = len(s)
				}
			} else {
				i += 2
			}
			continue
		case c == ',':
			if rest := strings.TrimLeft(s[i+1:min(len(s), i+200)], " \t\r\n"); rest != "" && strings.IndexByte("}],", rest[0]) >= 0 {
				continue
			}
		case c < ' ':
			c = ' '
		}
		b.WriteByte(c)
	}
	return b.String()
}

// candidates collects the nodes that may be the article: those at the top, in
// a @graph, and what a page says that it is about.
func (g *linkedGraph) candidates(value any) {
	if g.left--; g.left <= 0 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			g.candidates(item)
		}
	case ldObject:
		g.nodes = append(g.nodes, v)
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			g.candidates(v[key])
		}
	}
}

// index notes the nodes that have an @id, at most 16 deep.
func (g *linkedGraph) index(value any, depth int) {
	if g.left--; g.left <= 0 || depth > 16 {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			g.index(item, depth+1)
		}
	case ldObject:
		if id, ok := v["@id"].(string); ok && len(v) > len(g.byID[id]) {
			g.byID[id] = v
		}
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			g.index(v[key], depth+1)
		}
	}
}

// resolve follows a node that is only a reference.
func (g *linkedGraph) resolve(o ldObject) ldObject {
	if id, ok := o["@id"].(string); ok && len(o) <= 2 {
		if full, ok := g.byID[id]; ok {
			return full
		}
	}
	return o
}

// The types of schema.org that are articles, and those of pages and works,
// whose dates are taken where no article gives one.
const (
	articleTypes = " NewsArticle ReportageNewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle ScholarlyArticle TechArticle Article BlogPosting LiveBlogPosting SocialMediaPosting DiscussionForumPosting Report MedicalScholarlyArticle "
	pageTypes    = " WebPage MedicalWebPage ItemPage AboutPage CreativeWork Review ClaimReview CriticReview Recipe HowTo Blog WebContent "
)

func hasType(o ldObject, set string) bool {
	for _, t := range ldTexts(o["@type"]) {
		if i := strings.LastIndexAny(t, "/:#"); i >= 0 {
			t = t[i+1:]
		}
		if strings.Contains(set, " "+t+" ") {
			return true
		}
	}
	return false
}

// article reads what the JSON-LD says of the article of the page: of several
// the one whose address or headline is the page's, else the first.
func (g *linkedGraph) article(canonical, title string, order dateOrder) linked {
	l := linked{}
	if node := g.choose(articleTypes, canonical, title); node != nil {
		l = g.read(node, order)
		l.strong = true
	}
	if node := g.choose(pageTypes, canonical, title); node != nil {
		page := g.read(node, order)
		if !l.strong {
			l = page
		} else if l.published.IsZero() && l.modified.IsZero() {
			l.published, l.modified = page.published, page.modified
		}
		if l.language == "" {
			l.language = page.language
		}
	}
	if l.outlet == "" {
		for _, node := range g.nodes {
			if hasType(node, " WebSite ") {
				l.outlet = g.name(node)
				break
			}
		}
	}
	return l
}

func (g *linkedGraph) choose(types, canonical, title string) ldObject {
	var best ldObject
	most := -1
	for _, node := range g.nodes {
		if !hasType(node, types) {
			continue
		}
		score := 0
		if canonical != "" && slices.ContainsFunc([]any{node["url"], node["mainEntityOfPage"], node["@id"]}, func(v any) bool { return sameAddress(g.address(v), canonical) }) {
			score += 4
		}
		if headline := letters(cleanWords(ldText(node["headline"]))); headline != "" {
			score++
			if title != "" && headline == letters(title) {
				score += 4
			}
		}
		if ldText(node["datePublished"]) != "" {
			score++
		}
		if score > most {
			best, most = node, score
		}
	}
	return best
}

// address is the URL that a value is or names.
func (g *linkedGraph) address(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case ldObject:
		if id := ldText(v["@id"]); id != "" {
			return id
		}
		return ldText(v["url"])
	}
	return ""
}

// sameAddress compares two addresses without scheme, "www.", query, fragment
// and last slash.
func sameAddress(a, b string) bool {
	plain := func(s string) string {
		if i := strings.IndexAny(s, "?#"); i >= 0 {
			s = s[:i]
		}
		if _, rest, ok := strings.Cut(s, "://"); ok {
			s = rest
		}
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return plain(a) != "" && plain(a) == plain(b)
}

// read gives what one node says.
func (g *linkedGraph) read(node ldObject, order dateOrder) linked {
	l := linked{
		headline:    cleanWords(firstOf(node, "headline", "name")),
		description: cleanWords(firstOf(node, "description", "abstract", "alternativeHeadline")),
		language:    g.languageOf(node["inLanguage"]),
	}
	l.published, _ = parseDate(firstOf(node, "datePublished"), order)
	l.modified, _ = parseDate(firstOf(node, "dateModified"), order)
	for _, key := range [...]string{"publisher", "isPartOf", "provider"} {
		if o, ok := ldFirst(node[key]).(ldObject); ok && l.outlet == "" && !hasType(o, " Person ") {
			l.outlet = g.name(o)
		} else if key == "publisher" && l.outlet == "" {
			l.outlet = cleanWords(ldText(node[key]))
		}
	}
	for _, key := range [...]string{"author", "creator"} {
		for _, v := range ldList(node[key]) {
			g.author(&l, v)
		}
		if len(l.people) > 0 {
			break
		}
	}
	for _, key := range [...]string{"sourceOrganization", "provider", "publisher", "copyrightHolder", "creditText"} {
		for _, v := range ldList(node[key]) {
			name := cleanWords(ldText(v))
			if o, ok := v.(ldObject); ok {
				name = g.name(o)
			}
			own, ok := agency(name)
			if !ok && key == "sourceOrganization" && name != "" && len(name) <= 60 {
				own, ok = name, true
			}
			if ok && !strings.EqualFold(name, l.outlet) {
				l.credits = appendNew(l.credits, own)
			}
		}
	}
	return l
}

// author adds one author of a node.
func (g *linkedGraph) author(l *linked, v any) {
	switch v := v.(type) {
	case string:
		people, credits := splitByline(cleanWords(v))
		l.addAuthors(people, credits)
	case ldObject:
		name := g.name(v)
		if hasType(g.resolve(v), " Organization NewsMediaOrganization Corporation ") {
			if own, ok := agency(name); ok {
				l.credits = appendNew(l.credits, own)
				return
			}
			if strings.EqualFold(name, l.outlet) {
				return
			}
		}
		people, credits := splitByline(name)
		l.addAuthors(people, credits)
	}
}

func (l *linked) addAuthors(people, credits []string) {
	for _, p := range people {
		if !strings.EqualFold(p, l.outlet) {
			l.people = appendNew(l.people, p)
		}
	}
	for _, c := range credits {
		l.credits = appendNew(l.credits, c)
	}
}

// name is the name of a person, body or page.
func (g *linkedGraph) name(o ldObject) string {
	return cleanWords(firstOf(g.resolve(o), "name", "legalName", "alternateName"))
}

// languageOf reads a tag or a Language node.
func (g *linkedGraph) languageOf(v any) string {
	if o, ok := ldFirst(v).(ldObject); ok {
		return firstOf(o, "alternateName", "name")
	}
	return ldText(v)
}

// list gives a value as a list: nothing, one thing or several.
func ldList(v any) []any {
	const most = 50
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v[:min(len(v), most)]
	case ldObject:
		if inner, ok := v["@list"].([]any); ok {
			return inner[:min(len(inner), most)]
		}
	}
	return []any{v}
}

func ldFirst(v any) any {
	if l := ldList(v); len(l) > 0 {
		return l[0]
	}
	return nil
}

// text is a value's words: of a string, of the first of a list, of a @value.
func ldText(v any) string {
	switch v := ldFirst(v).(type) {
	case string:
		return v
	case ldObject:
		if s, ok := v["@value"].(string); ok {
			return s
		}
	}
	return ""
}

// texts are the strings of a value.
func ldTexts(v any) []string {
	var all []string
	for _, item := range ldList(v) {
		if s, ok := item.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// firstOf is the first of the keys' values that has words.
func firstOf(o ldObject, keys ...string) string {
	for _, key := range keys {
		if s := ldText(o[key]); strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// cleanWords gives declared words as they are shown: entities resolved, tags
// dropped, white space collapsed. What is longer than any title or summary is
// cut.
func cleanWords(s string) string {
	const longest = 8 << 10
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "")
	}
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	if strings.Contains(s, "<") {
		s = withoutTags(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// withoutTags drops the tags of s; a "<" that begins none stays.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 || open+1 == len(s) {
			break
		}
		if c := s[open+1]; !isLetter(c) && c != '/' && c != '!' {
			b.WriteString(s[:open+1])
			s = s[open+1:]
			continue
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		b.WriteByte(' ')
		s = s[open+end+1:]
	}
	return b.String() + s
}
