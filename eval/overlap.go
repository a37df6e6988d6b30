package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/lineage"
)

const (
	// longRun is how many words in a row two articles must have in common for
	// lineage to find them.
	longRun = 25
	// longQuotation is the same of words inside quotation marks, of two outlets.
	longQuotation = 8
	// fewestPages is on how many pages of each of its outlets, on the average,
	// words stand that are furniture; mostHolders how many articles may hold words
	// that are not in everybody's mouth.
	fewestPages, mostHolders = 3, 100
)

// Overlap searches articles exhaustively for what lineage finds by fingerprints:
// pairs of articles that have 25 words in a row in common, and pairs of two
// outlets that have 8 words in a row in common inside quotation marks. It prints
// how many of them the ledger has a line for, and names those that it has not; and
// of copies of agencies' texts, how many are tied to the agency ([scoreAgencies]).
//
// The search has words, quotation marks and furniture of its own: words are
// letters and digits in small letters, apostrophes left out; a run is furniture
// where its holders are on the average three articles of each of their outlets or
// more, and passed over where more than a hundred hold it. The articles are put
// into a ledger without being read, so that citations play no part.
func Overlap(w io.Writer, gold string) error {
	articles, err := sameEvent(gold)
	if err != nil {
		return fmt.Errorf("reading the articles to compare: %w", err)
	}
	articles = distinct(articles)
	found, err := relate(articles, func(a *whence.Article) *whence.Reading { return &whence.Reading{Article: *a} })
	if err != nil {
		return err
	}
	var report strings.Builder
	scoreOverlap(&report, articles, found)
	scoreAgencies(&report, articles, found)
	_, err = io.WriteString(w, report.String())
	return err
}

// gram is some words in a row.
type gram uint64

// holders are the articles that hold a gram, by their places, in order.
type holders map[gram][]int32

func scoreOverlap(w *strings.Builder, articles []*whence.Article, found map[paths]whence.Reuse) {
	fmt.Fprintf(w, "%d articles\n", len(articles))
	runs, quoted := holders{}, holders{}
	for i, a := range articles {
		for _, stretch := range [...]struct {
			into  holders
			texts []string
			n     int
		}{{runs, []string{a.Text}, longRun}, {quoted, quotationsIn(a.Text), longQuotation}} {
			for _, t := range stretch.texts {
				stretch.into.add(int32(i), plainWords(t), stretch.n)
			}
		}
	}
	score := func(what string, h holders, sameOutlet bool) {
		pairs, passed := h.pairs(articles, sameOutlet)
		n := 0
		var misses []string
		for _, p := range pairs {
			a, b := articles[p[0]], articles[p[1]]
			if _, ok := found[pathsOf(whence.Reuse{Path: a.Path, OtherPath: b.Path})]; ok {
				n++
			} else {
				misses = append(misses, fmt.Sprintf("not found: %s, %s (%s, %s)", a.Path, b.Path, a.Outlet, b.Outlet))
			}
		}
		fmt.Fprintf(w, "\n%s: %d pairs, %d found, %.2f %%; %d runs are furniture or in everybody's mouth\n",
			what, len(pairs), n, 100*float64(n)/float64(max(1, len(pairs))), passed)
		for _, m := range misses[:min(len(misses), 50)] {
			fmt.Fprintln(w, m)
		}
	}
	score(fmt.Sprintf("%d words in a row", longRun), runs, true)
	score(fmt.Sprintf("%d words in a row in quotation marks, of two outlets", longQuotation), quoted, false)
}

// distinct leaves one of articles of one outlet that have the same text, as a
// ledger does.
func distinct(articles []*whence.Article) []*whence.Article {
	seen := map[[3]string]bool{}
	var list []*whence.Article
	for _, a := range articles {
		key := [...]string{a.Outlet, cmp.Or(a.URL, a.Canonical), a.Text}
		if !seen[key] {
			seen[key] = true
			list = append(list, a)
		}
	}
	return list
}

// add notes that an article holds each n words in a row.
func (h holders) add(article int32, words []string, n int) {
	for i := 0; i+n <= len(words); i++ {
		g := gram(14695981039346656037)
		for _, w := range words[i : i+n] {
			for k := range len(w) {
				g = (g ^ gram(w[k])) * 1099511628211
			}
			g = (g ^ ' ') * 1099511628211
		}
		if l := h[g]; len(l) == 0 || l[len(l)-1] != article {
			h[g] = append(l, article)
		}
	}
}

// pairs are the pairs of articles that hold a gram which counts, and how many
// grams do not.
func (h holders) pairs(articles []*whence.Article, sameOutlet bool) (list [][2]int32, passed int) {
	seen := map[[2]int32]bool{}
	for _, l := range h {
		outlets := map[string]bool{}
		for _, i := range l {
			outlets[articles[i].Outlet] = true
		}
		if len(l) >= fewestPages && len(l) >= fewestPages*len(outlets) || len(l) > mostHolders {
			passed++
			continue
		}
		for k, j := range l {
			for _, i := range l[:k] {
				if sameOutlet || articles[i].Outlet != articles[j].Outlet {
					seen[[2]int32{i, j}] = true
				}
			}
		}
	}
	for i := range articles {
		for j := range articles {
			if seen[[2]int32{int32(i), int32(j)}] {
				list = append(list, [2]int32{int32(i), int32(j)})
			}
		}
	}
	return list, passed
}

// plainWords are the words of a text in small letters.
func plainWords(t string) []string {
	t = strings.ToLower(strings.NewReplacer("'", "", "’", "").Replace(t))
	return strings.FieldsFunc(t, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
}

// quotationsIn are the stretches of a text between double quotation marks that
// open and close in one line.
func quotationsIn(t string) []string {
	var list []string
	for line := range strings.Lines(t) {
		for {
			open := strings.IndexAny(line, "“\"")
			if open < 0 {
				break
			}
			_, size := utf8.DecodeRuneInString(line[open:])
			rest := line[open+size:]
			shut := strings.IndexAny(rest, "”\"")
			if shut < 0 {
				break
			}
			list = append(list, rest[:shut])
			_, size = utf8.DecodeRuneInString(rest[shut:])
			line = rest[shut+size:]
		}
	}
	return list
}

const (
	// copyOf is the share of the shorter text's runs of copyRun words that stand
	// in another from which on the two are copies.
	copyOf, copyRun = .8, 5
	// longestSignature is the most words of a line that credits an agency.
	longestSignature = 14
)

// worldAgencies are the agencies whose copies are counted, by full name and as
// datelines have them.
var worldAgencies = [...][2]string{{"Associated Press", "(AP)"}, {"Reuters", "(Reuters)"}, {"Agence France-Presse", "(AFP)"}}

// scoreAgencies prints how many copies of an agency's text are tied to the
// agency: of clusters of copies, in which any copy credits it, those copies for
// which the ledger has a pair within the cluster that names it as the origin. A
// cluster that credits several agencies is counted with the one that most of its
// copies credit.
func scoreAgencies(w *strings.Builder, articles []*whence.Article, found map[paths]whence.Reuse) {
	var clusters, copies, credited, tied int
	var misses []string
	for _, cluster := range copyClusters(articles) {
		agency, most := "", 0
		for _, name := range worldAgencies {
			n := 0
			for _, a := range cluster {
				if creditsAgency(a.Text, name) {
					n++
				}
			}
			if n > most {
				agency, most = name[0], n
			}
		}
		if agency == "" {
			continue
		}
		clusters, copies, credited = clusters+1, copies+len(cluster), credited+most
		for _, a := range cluster {
			if isTied(a, cluster, agency, found) {
				tied++
			} else {
				misses = append(misses, fmt.Sprintf("not tied to %s: %s (%s), of %d copies", agency, a.Path, a.Outlet, len(cluster)))
			}
		}
	}
	fmt.Fprintf(w, "\ncopies of agencies: %d in %d clusters, %d of which credit the agency; %d tied to it, %.1f %%\n",
		copies, clusters, credited, tied, 100*float64(tied)/float64(max(1, copies)))
	for _, m := range misses {
		fmt.Fprintln(w, m)
	}
}

// isTied tells whether the ledger names an agency as the origin of a copy.
func isTied(a *whence.Article, cluster []*whence.Article, agency string, found map[paths]whence.Reuse) bool {
	for _, other := range cluster {
		r, ok := found[pathsOf(whence.Reuse{Path: a.Path, OtherPath: other.Path})]
		if ok && lineage.SameOutlet(r.Origin, agency) {
			return true
		}
	}
	return false
}

// creditsAgency tells whether a text credits an agency: in brackets before a dash
// in its first half, as pages of snippets have such datelines anywhere, or in a
// line of its own that is of no picture.
func creditsAgency(t string, name [2]string) bool {
	at := 0
	for line := range strings.Lines(t) {
		at += len(line)
		if _, after, ok := strings.Cut(line, name[1]); ok && 2*at <= len(t)+2*len(line) && strings.IndexAny(strings.TrimSpace(after), "—–-") == 0 {
			return true
		}
		signs := strings.Contains(name[0], " ") || strings.HasPrefix(line, "By ") || strings.Contains(line, "©") // not the name below a picture
		if signs && strings.Contains(line, name[0]) && len(strings.Fields(line)) <= longestSignature && !strings.Contains(line, "hoto") &&
			!strings.ContainsAny(line, "/:") && !strings.Contains(line, ". ") && !strings.HasSuffix(strings.TrimSpace(line), ".") {
			return true
		}
	}
	return false
}

// copyClusters are articles joined by copies, each cluster of two or more. Pages
// of snippets are left out, of which ten lines break off.
func copyClusters(articles []*whence.Article) [][]*whence.Article {
	const breaks = 10
	articles = slices.DeleteFunc(slices.Clone(articles), func(a *whence.Article) bool { return strings.Count(a.Text, "...\n") >= breaks })
	h := holders{}
	sizes := make([]int, len(articles))
	for i, a := range articles {
		h.add(int32(i), plainWords(a.Text), copyRun)
	}
	common := map[[2]int32]int{}
	for _, l := range h {
		for k, j := range l {
			sizes[j]++
			for _, i := range l[:k] {
				common[[2]int32{i, j}]++
			}
		}
	}
	up := make([]int, len(articles))
	for i := range up {
		up[i] = i
	}
	root := func(i int) int {
		for up[i] != i {
			i = up[i]
		}
		return i
	}
	for p, n := range common {
		if float64(n) >= copyOf*float64(min(sizes[p[0]], sizes[p[1]])) {
			a, b := root(int(p[0])), root(int(p[1]))
			up[max(a, b)] = min(a, b)
		}
	}
	members := map[int][]*whence.Article{}
	for i, a := range articles {
		members[root(i)] = append(members[root(i)], a)
	}
	var clusters [][]*whence.Article
	for i := range articles {
		if len(members[i]) > 1 {
			clusters = append(clusters, members[i])
		}
	}
	return clusters
}
