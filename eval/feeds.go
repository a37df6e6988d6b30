package eval

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"whence"
	"whence/charset"
	"whence/feed"
)

// Feeds reads every file below the folder gold as a feed and prints, for each
// folder, how many were read and refused and whether they give their entries:
// as many as there are items in the JSON or start tags of items and entries in
// the XML outside comments and CDATA, counted without the feed package's
// scanner. A file whose feed holds none is right when none is given.
//
// Files that state values of their first entry in a comment, as the tests of
// feedparser do ("Expect: entries[0]['title'] == 'words'"), are held to them
// in a second table: texts by their words, markup aside, dates by the instant.
func Feeds(w io.Writer, gold string) error {
	s := feedScore{gold: gold, folders: map[string]*folderScore{}, parts: map[string]*partScore{}}
	if err := filepath.WalkDir(gold, s.file); err != nil {
		return fmt.Errorf("reading feeds: %w", err)
	}
	return s.print(w)
}

// feedScore adds up over all files.
type feedScore struct {
	gold    string
	folders map[string]*folderScore
	parts   map[string]*partScore
}

// folderScore is of the files of one folder and those below it.
type folderScore struct {
	files, read, refused int
	expected, given      int // entries
	right                int // files with as many entries as expected
}

// partScore is how often one part of the first entry is as stated.
type partScore struct{ stated, agreeing int }

// file scores one file; folders and licences are passed over.
func (s *feedScore) file(path string, d fs.DirEntry, err error) error {
	if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "LICENSE") || strings.HasPrefix(d.Name(), "README") {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text, _ := charset.XML(data, "")
	f, err := feed.Parse(data, "")
	score := s.folder(path)
	expected := entriesIn(text)
	score.files++
	score.expected += expected
	if err != nil {
		score.refused++
		f = &feed.Feed{}
	} else {
		score.read++
	}
	score.given += len(f.Entries)
	if len(f.Entries) == expected {
		score.right++
	}
	if len(f.Entries) > 0 {
		s.hold(f.Entries[0], text)
	}
	return nil
}

// folder is the score that a file counts for.
func (s *feedScore) folder(path string) *folderScore {
	name, err := filepath.Rel(s.gold, filepath.Dir(path))
	if err != nil {
		name = filepath.Dir(path)
	}
	if s.folders[name] == nil {
		s.folders[name] = &folderScore{}
	}
	return s.folders[name]
}

// entriesIn counts the entries that a feed's text holds.
func entriesIn(text string) int {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		return itemsIn(text)
	}
	text = regexp.MustCompile(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>`).ReplaceAllString(text, "")
	return len(regexp.MustCompile(`(?i)<(\w+:)?(item|entry)[\s/>]`).FindAllString(text, -1))
}

// itemsIn counts the items of JSON; of JSON that is cut off, the items that
// have begun with a key of their own.
func itemsIn(text string) int {
	var f struct {
		Items []any
		RSS   struct{ Channel struct{ Item []any } }
	}
	if json.Unmarshal([]byte(text), &f) == nil {
		return len(f.Items) + len(f.RSS.Channel.Item)
	}
	return strings.Count(text, `"date_published"`)
}

// hold compares an entry with what is stated of it.
func (s *feedScore) hold(e feed.Entry, text string) {
	_, stated, _ := strings.Cut(text, "Expect:")
	stated, _, _ = strings.Cut(stated, "-->")
	summary := e.Summary
	if summary == "" {
		summary = e.Content // where there is only one, feedparser gives it by both names
	}
	got := map[string]string{
		"title": html.EscapeString(e.Title), "link": e.Link, "id": e.ID, "summary": summary, "description": summary, "content": e.Content,
	}
	for _, m := range regexp.MustCompile(`entries\[0\](?:\['(\w+)'\]|\.(\w+))(\[0\]\['value'\])? == u?'((?:[^'\\]|\\.)*)'`).FindAllStringSubmatch(stated, -1) {
		value, known := got[m[1]+m[2]]
		want, err := strconv.Unquote(`"` + strings.NewReplacer(`\'`, `'`, `"`, `\"`, `\x`, `\u00`).Replace(m[4]) + `"`)
		if known && err == nil {
			s.part(m[1]+m[2], words(value) == words(want))
		}
	}
	for _, m := range regexp.MustCompile(`entries\[0\]\['(published|updated|created)_parsed'\] == \((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)`).FindAllStringSubmatch(stated, -1) {
		s.part("date", instant(m[2:]).Equal(e.Published.Time) || instant(m[2:]).Equal(e.Updated.Time))
	}
}

func (s *feedScore) part(name string, agrees bool) {
	if s.parts[name] == nil {
		s.parts[name] = &partScore{}
	}
	s.parts[name].stated++
	if agrees {
		s.parts[name].agreeing++
	}
}

// words are the words of text or HTML, one blank between them.
func words(markup string) string {
	markup = regexp.MustCompile(`(?s)<(script|style).*?</(script|style)\s*>|<!--.*?-->|</?\w[^>]*>`).ReplaceAllString(markup, " ")
	return strings.Join(strings.Fields(html.UnescapeString(markup)), " ")
}

// instant is the time that six stated numbers name.
func instant(numbers []string) time.Time {
	var n [6]int
	for i := range n {
		n[i], _ = strconv.Atoi(numbers[i])
	}
	return whence.NewDate(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC), whence.Second).Time
}

func (s *feedScore) print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "files\tread\trefused\tentries\tgiven\tright\tshare\t  folder")
	var all folderScore
	for _, name := range sorted(s.folders) {
		f := s.folders[name]
		f.print(t, name)
		all.add(f)
	}
	all.print(t, "all")
	if len(s.parts) > 0 {
		fmt.Fprintln(t, "\nstated\tagreeing\tshare\t  part of the first entry")
	}
	for _, name := range sorted(s.parts) {
		p := s.parts[name]
		fmt.Fprintf(t, "%d\t%d\t%s\t  %s\n", p.stated, p.agreeing, percent(p.agreeing, p.stated), name)
	}
	return t.Flush()
}

func sorted[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (f *folderScore) add(g *folderScore) {
	f.files += g.files
	f.read += g.read
	f.refused += g.refused
	f.expected += g.expected
	f.given += g.given
	f.right += g.right
}

func (f *folderScore) print(w *tabwriter.Writer, name string) {
	fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t%d\t%s\t  %s\n", f.files, f.read, f.refused, f.expected, f.given, f.right, percent(f.right, f.files), name)
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}
