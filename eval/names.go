package eval

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"text/tabwriter"

	"whence"
	"whence/english"
	"whence/reading/name"
	"whence/text"
)

// Names scores package reading/name on the raw text of treebanks with
// coreference in the manner of GUM (Zeldes 2017), one document at a time, with
// our own tokens, tags and trees. Gold is a CoNLL-U file or a folder of them.
//
// Named mentions. Gold are the mentions of type person or organization whose
// head (of the annotated minimal span, by the gold tree) is a proper noun by
// its tag, NNP or NNPS. Mentions inside of others count too, but not names that
// are a part of a longer name of gold, as names do not overlap; their number is
// told ("inside names"). The name of one is the run of proper
// nouns around its head, with what joins them; titles and peoples alone ("the
// Secretary", "Americans") are no names. Found are all mentions of names. One
// is right if it lies inside of a gold mention, is of its type and shares words
// with its name; exact if it also is that name, titles at its front aside.
// Gold is matched from the shortest mention on, each once. A part of a
// government counts as an organization. A country or capital found as a
// government where gold has a place is left out of the count.
//
// Pronouns. Of the personal pronouns of the third person whose gold cluster
// holds a named person or organization that was found at least once: how many
// were answered, and how many of those rightly, that is with a name most of
// whose mentions belong to that cluster. Stray are the answers to pronouns
// whose cluster holds no name.
func Names(w io.Writer, gold string) error {
	files, err := treebankFiles(gold)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, file := range files {
		score, err := scoreNames(file)
		if err != nil {
			return err
		}
		score.print(table, filepath.Base(file))
	}
	return table.Flush()
}

// NamedDocument is a document with the entities of its text.
type NamedDocument struct {
	Text      string
	Sentences []whence.Span
	Words     []GoldWord
	Entities  []Entity
}

// Entity is one mention. From and To are numbers of words.
type Entity struct {
	From, To, Head int
	Cluster, Type  string
	Minimal        []int // the words of the minimal span
}

// Named tells whether a mention holds a name, see [NamedDocument.Name].
func (d *NamedDocument) Named(e Entity) bool {
	if !d.proper(e.Head) {
		return false
	}
	from, to := d.Name(e)
	for i := from; i < to; i++ {
		if d.proper(i) && !english.NameWord(d.Words[i].Form).Has(untold) {
			return true
		}
	}
	return false
}

// untold are the words that alone name nobody.
const untold = english.Honorific | english.Ranking | english.Portfolio | english.Demonym

// Name is the run of proper nouns around the head of a mention and inside of
// it, with the words that join them: from word from up to but not including
// to.
func (d *NamedDocument) Name(e Entity) (from, to int) {
	from, to = e.Head, e.Head+1
	joiners := bodyJoiners
	if e.Type == "person" {
		joiners = personJoiners
	}
	joins := func(i int) bool { return slices.Contains(joiners, d.Words[i].Form) }
	for from > e.From && (d.proper(from-1) || from-1 > e.From && d.proper(from-2) && joins(from-1)) {
		from--
	}
	for to < e.To && (d.proper(to) || to+1 < e.To && joins(to) && (d.proper(to+1) || to+2 < e.To && d.proper(to+2) && joins(to+1))) {
		to++
	}
	return from, to
}

func (d *NamedDocument) proper(i int) bool {
	tag := d.Words[i].Columns[4]
	return tag == "NNP" || tag == "NNPS"
}

// Span is where words stand.
func (d *NamedDocument) Span(from, to int) whence.Span {
	return whence.Span{Start: d.Words[from].Start, End: d.Words[to-1].End}
}

// ReadNamedDocuments reads the documents of a CoNLL-U file with the entities of
// its MISC column, in the form GRP-etype-infstat-…, minspan one field of it.
func ReadNamedDocuments(path string) (documents []*NamedDocument, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	all, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading entities of %s: %w", path, err)
	}
	const mark = "# newdoc"
	for n, part := range strings.Split("\n"+string(all), "\n"+mark) {
		if n == 0 {
			continue
		}
		d, err := readNamedDocument(mark + part + "\n")
		if err != nil {
			return nil, fmt.Errorf("reading entities of %s, document %d: %w", path, n, err)
		}
		documents = append(documents, d)
	}
	return documents, nil
}

func readNamedDocument(conllu string) (*NamedDocument, error) {
	bank, err := ReadConllu(strings.NewReader(conllu))
	if err != nil {
		return nil, err
	}
	d := &NamedDocument{Text: bank.Text}
	for _, s := range bank.Sentences {
		d.Sentences = append(d.Sentences, s.Span)
		for _, t := range s.Tokens {
			d.Words = append(d.Words, t.Words...)
		}
	}
	minspan := minspanField(conllu)
	open := map[string][]int{}
	for i, w := range d.Words {
		for _, field := range strings.Split(w.Columns[9], "|") {
			if value, ok := strings.CutPrefix(field, "Entity="); ok {
				if err := d.entities(i, value, minspan, open); err != nil {
					return nil, err
				}
			}
		}
	}
	return d, nil
}

// minspanField is the number of the field that holds the minimal span, by the
// document's header.
func minspanField(conllu string) int {
	_, header, _ := strings.Cut(conllu, "# global.Entity = ")
	header, _, _ = strings.Cut(header, "\n")
	return slices.Index(strings.Split(header, "-"), "minspan")
}

// entities reads the brackets at word i: "(12-person-new-…)" opens and closes
// one, "(12-person-new-…" opens, "12)" closes.
func (d *NamedDocument) entities(i int, value string, minspan int, open map[string][]int) error {
	for value != "" {
		if value[0] != '(' {
			group, rest, ok := strings.Cut(value, ")")
			stack := open[group]
			if !ok || len(stack) == 0 {
				return fmt.Errorf("entity %q closes nothing: %w", value, whence.ErrMalformed)
			}
			d.Entities[stack[len(stack)-1]].To = i + 1
			open[group], value = stack[:len(stack)-1], rest
			continue
		}
		value = value[1:]
		end := strings.IndexAny(value, "()")
		if end < 0 {
			end = len(value)
		}
		fields := strings.Split(value[:end], "-")
		if len(fields) < 2 {
			return fmt.Errorf("entity %q: %w", value, whence.ErrMalformed)
		}
		e := Entity{From: i, To: i + 1, Head: i, Cluster: fields[0], Type: fields[1]}
		if minspan >= 0 && minspan < len(fields) {
			for _, n := range strings.Split(fields[minspan], ",") {
				if k, err := strconv.Atoi(n); err == nil && i+k-1 < len(d.Words) && k > 0 {
					e.Minimal = append(e.Minimal, i+k-1)
				}
			}
		}
		e.Head = d.headOf(e)
		d.Entities = append(d.Entities, e)
		value = value[end:]
		if strings.HasPrefix(value, ")") {
			value = value[1:]
		} else {
			open[fields[0]] = append(open[fields[0]], len(d.Entities)-1)
		}
	}
	return nil
}

// headOf is the word of the minimal span that the gold tree hangs it by: the
// first whose own head is not in the span; or, where that is no proper noun, the
// one that the tree calls flat to it, as in "actor Orla Brandt".
func (d *NamedDocument) headOf(e Entity) int {
	head := append(e.Minimal, e.From)[0]
	for _, i := range e.Minimal {
		if !slices.Contains(e.Minimal, d.governor(i)) {
			head = i
			break
		}
	}
	if d.proper(head) {
		return head
	}
	for _, i := range e.Minimal {
		if d.proper(i) && d.governor(i) == head && d.Words[i].Columns[7] == "flat" {
			return i
		}
	}
	return head
}

// governor is the head of word i in the gold tree, -1 where there is none.
// Numbers of words count from 1 in each sentence.
func (d *NamedDocument) governor(i int) int {
	own, err := strconv.Atoi(d.Words[i].Columns[0])
	if err != nil {
		return -1
	}
	head, err := strconv.Atoi(d.Words[i].Columns[6])
	if err != nil || head == 0 {
		return -1
	}
	return i - own + head
}

// nameScore is what was counted.
type nameScore struct {
	person, body, exact tally // exact holds both
	inside              int   // gold names that are part of longer ones
	pronouns            map[string]*pronounScore
}

// pronounScore counts the pronouns of one sort.
type pronounScore struct {
	gold, answered, right, stray int
}

// pronounSorts are the lines of the table of pronouns.
var pronounSorts = []struct {
	name  string
	forms []string
}{
	{"he", []string{"he", "him", "his", "himself"}},
	{"she", []string{"she", "her", "hers", "herself"}},
	{"they", []string{"they", "them", "their", "theirs", "themselves"}},
	{"it", []string{"it", "its", "itself"}},
}

func sortOfPronoun(form string) string {
	for _, s := range pronounSorts {
		if slices.Contains(s.forms, strings.ToLower(form)) {
			return s.name
		}
	}
	return ""
}

func scoreNames(file string) (*nameScore, error) {
	documents, err := ReadNamedDocuments(file)
	if err != nil {
		return nil, err
	}
	score := &nameScore{pronouns: map[string]*pronounScore{}}
	for _, s := range pronounSorts {
		score.pronouns[s.name] = &pronounScore{}
	}
	analyser := english.NewAnalyser()
	for _, d := range documents {
		score.add(d, readNames(analyser, d.Text))
	}
	return score, nil
}

// readNames reads the names of a text with our own sentences and trees.
func readNames(analyser *english.Analyser, s string) *name.Names {
	sentences := text.Sentences(s, nil)
	trees := make([]english.Tree, len(sentences))
	for i := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentences[i].Tokens))
	}
	return name.Read(&whence.Article{Text: s}, sentences, trees)
}

// match is the last found mention that lies inside of a gold one, shares words
// with its name, and has met no other; nil if there is none.
func (d *NamedDocument) match(e Entity, found []foundMention) *foundMention {
	from, to := d.Name(e)
	whole, name := d.Span(e.From, e.To), d.Span(from, to)
	at := sort.Search(len(found), func(i int) bool { return found[i].Start >= name.End })
	for at--; at >= 0 && found[at].End > name.Start; at-- {
		if f := &found[at]; !f.met && whole.Contains(f.Span) {
			return f
		}
	}
	return nil
}

// foundMention is one mention of a name.
type foundMention struct {
	whence.Span
	kind   string
	number int  // of the name
	met    bool // with a gold mention
	place  bool // and that is a place, found as a government
}

// add scores one document.
func (s *nameScore) add(d *NamedDocument, names *name.Names) {
	var found []foundMention
	for number, n := range names.List {
		for _, m := range n.Mentions {
			found = append(found, foundMention{Span: m, kind: n.Kind, number: number})
		}
	}
	slices.SortFunc(found, func(a, b foundMention) int { return a.Start - b.Start })
	clusters := s.mentions(d, found, len(names.List))
	s.answers(d, names, clusters)
}

// mentions scores the named mentions and gives, for each name, the clusters of
// its mentions with their counts.
func (s *nameScore) mentions(d *NamedDocument, found []foundMention, names int) []map[string]int {
	clusters := make([]map[string]int, names)
	for i := range clusters {
		clusters[i] = map[string]int{}
	}
	for _, e := range Innermost(d.Entities) {
		if !d.Named(e) {
			continue
		}
		if d.insideName(e) {
			if e.Type == "person" || e.Type == "organization" {
				s.inside++
			}
			continue
		}
		f := d.match(e, found)
		if f != nil {
			clusters[f.number][e.Cluster]++
			f.met = true
			f.place = e.Type == "place" && f.kind == name.Government
		}
		if e.Type != "person" && e.Type != "organization" {
			continue
		}
		t := &s.person
		if e.Type == "organization" {
			t = &s.body
		}
		t.gold++
		s.exact.gold++
		if f == nil || (f.kind == name.Person) != (e.Type == "person") {
			continue
		}
		t.right++
		if d.exact(e, f.Span) {
			s.exact.right++
		}
	}
	for _, f := range found {
		switch {
		case f.place:
			continue
		case f.kind == name.Person:
			s.person.found++
		default:
			s.body.found++
		}
		s.exact.found++
	}
	return clusters
}

// Innermost gives entities from the shortest on.
func Innermost(entities []Entity) []Entity {
	sorted := slices.Clone(entities)
	slices.SortStableFunc(sorted, func(a, b Entity) int { return (a.To - a.From) - (b.To - b.From) })
	return sorted
}

// exact tells whether the span is the name of an entity, titles at its front
// aside.
func (d *NamedDocument) exact(e Entity, span whence.Span) bool {
	from, to := d.Name(e)
	if span.End != d.Words[to-1].End {
		return false
	}
	for i := from; i < to; i++ {
		if d.Words[i].Start == span.Start {
			return true
		}
		if !english.NameWord(d.Words[i].Form).Has(untold) {
			return false
		}
	}
	return false
}

// What may stand inside of a name between proper nouns.
var (
	personJoiners = []string{"-", "–", "de", "la", "van", "von", "der", "den", "al", "bin"}
	bodyJoiners   = []string{"of", "-", "–", "&", "'s", "’s", "and", "for", "on", "de", "van", "la", "der", "the"}
)

// insideName tells whether the name of an entity is a part of a longer one.
func (d *NamedDocument) insideName(e Entity) bool {
	from, to := d.Name(e)
	return slices.ContainsFunc(d.Entities, func(other Entity) bool {
		if other.From > from || other.To < to || !d.Named(other) {
			return false
		}
		start, end := d.Name(other)
		return start <= from && to <= end && end-start > to-from
	})
}

// answers scores the pronouns.
func (s *nameScore) answers(d *NamedDocument, names *name.Names, clusters []map[string]int) {
	cluster := map[string]string{}
	reached := map[string]bool{}
	for i, n := range names.List {
		best := ""
		for c, count := range clusters[i] {
			if best == "" || count > clusters[i][best] || count == clusters[i][best] && c < best {
				best = c
			}
			reached[c] = true
		}
		cluster[n.ID] = best
	}
	for _, e := range d.Entities {
		form := sortOfPronoun(d.Words[e.Head].Form)
		if e.To-e.From != 1 || form == "" || !strings.HasPrefix(d.Words[e.Head].Columns[4], "PRP") {
			continue
		}
		p := s.pronouns[form]
		id, _, answered := names.Of(d.Words[e.Head].Span)
		named := reached[e.Cluster] && d.namedCluster(e.Cluster)
		switch {
		case !named && answered:
			p.stray++
		case named:
			p.gold++
			if answered {
				p.answered++
				if cluster[id] == e.Cluster {
					p.right++
				}
			}
		}
	}
}

// namedCluster tells whether a named person or organization is in the cluster.
func (d *NamedDocument) namedCluster(cluster string) bool {
	return slices.ContainsFunc(d.Entities, func(e Entity) bool {
		return e.Cluster == cluster && (e.Type == "person" || e.Type == "organization") && d.Named(e)
	})
}

func (s *nameScore) print(w *tabwriter.Writer, file string) {
	all := tally{s.person.found + s.body.found, s.person.gold + s.body.gold, s.person.right + s.body.right}
	fmt.Fprintf(w, "%s\tP\tR\tF1\tgold\t\n", file)
	for _, line := range []struct {
		what string
		tally
	}{{"person", s.person}, {"organisation", s.body}, {"both", all}, {"both, exact", s.exact}} {
		fmt.Fprintf(w, "%s\t%v\t%d\t\n", line.what, line.tally, line.gold)
	}
	fmt.Fprintf(w, "inside names, left out\t\t\t\t%d\t\n", s.inside)
	fmt.Fprintf(w, "pronoun\taccuracy\tabstained\tanswers stray\tgold\t\n")
	var sum pronounScore
	for _, line := range pronounSorts {
		p := s.pronouns[line.name]
		p.print(w, line.name)
		sum = pronounScore{sum.gold + p.gold, sum.answered + p.answered, sum.right + p.right, sum.stray + p.stray}
	}
	sum.print(w, "all")
}

func (p *pronounScore) print(w *tabwriter.Writer, what string) {
	fmt.Fprintf(w, "%s\t%.2f\t%.2f\t%d\t%d\t\n", what, percentOf(p.right, p.answered), percentOf(p.gold-p.answered, p.gold), p.stray, p.gold)
}

func percentOf(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}
