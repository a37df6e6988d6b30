package reading_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/internal/processor"
	"whence/internal/shared"
	"whence/language"
	"whence/page"
	"whence/reading"
	"whence/text"
)

// story is a short article of invented people.
const story = `Council Votes to Keep the Ferry

KARVIK, 3 May (Nordlys Press) — The island council voted on Tuesday to keep the ferry, the mayor said.

“We do not sell what we love,” Mayor Orla Finch told the Harbour Post. “The ferry stays.”

Two former council officials, who spoke on condition of anonymity because they were not authorised to speak, said the vote had been delayed twice.

The ministry declined to comment.
`

func plain(s string) *whence.Article {
	a := &whence.Article{Text: s}
	page.Structure(a)
	return a
}

func TestRead(t *testing.T) {
	a := plain(story)
	r := reading.Read(a)
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	if r.Language != "en" || a.Language != "" {
		t.Errorf("language of the reading %q, of the article %q", r.Language, a.Language)
	}
	var got []string
	for i, at := range r.Attributions {
		source := ""
		if at.Source != nil {
			source = at.Source.Text
		}
		got = append(got, at.ID+" "+source+": "+at.Cue.Text)
		if i > 0 && r.Attributions[i-1].Cue.Spans[0].Start >= at.Cue.Spans[0].Start {
			t.Errorf("%s is not in reading order", at.ID)
		}
	}
	want := []string{
		"a1 the mayor: said",
		"a2 Mayor Orla Finch: told",
		"a3 Two former council officials: said",
		"a4 The ministry: declined",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// foreignStories are of other languages; none may yield a finding.
var foreignStories = map[string]string{
	"Dutch":            "De burgemeester zei dinsdag dat de veerboot blijft varen. “Wij verkopen niet wat wij liefhebben,” zei Orla Finch tegen de krant. Volgens de havenmeester zijn er twee schepen beschadigd, maar het ministerie was niet bereikbaar voor vragen.",
	"German":           "Die Bürgermeisterin sagte am Dienstag, dass die Fähre bleibt. „Wir verkaufen nicht, was wir lieben“, sagte Orla Finch der Zeitung. Nach Angaben des Hafenmeisters wurden zwei Schiffe beschädigt, das Ministerium war in der Nacht nicht zu erreichen.",
	"Norwegian Bokmål": "Ordføreren sa tirsdag at fergen blir. «Vi selger ikke det vi er glad i», sa Orla Finch til avisen. Ifølge havnefogden ble to skip skadet, men departementet har ikke svart på spørsmål, og det er uklart når saken kommer opp igjen for rådet i byen.",
	"Spanish":          "La alcaldesa dijo el martes que el transbordador se queda. «No vendemos lo que amamos», dijo Orla Finch al periódico. Según el capitán del puerto, dos barcos sufrieron daños, y el ministerio no respondió a las preguntas de este diario.",
	"French":           "La maire a déclaré mardi que le bac reste. « Nous ne vendons pas ce que nous aimons », a dit Orla Finch au journal. Selon le capitaine du port, deux navires ont été endommagés, et le ministère n'a pas répondu aux questions.",
}

func TestReadOtherLanguages(t *testing.T) {
	for name, s := range foreignStories {
		for _, declared := range []string{"", "en-GB", "xx"} {
			a := plain(s)
			a.Language = declared
			r := reading.Read(a)
			if finds(r) {
				t.Errorf("%s: declared %q, something is found", name, declared)
			}
			if got := language.Name(r.Language); got != name {
				t.Errorf("%s: declared %q, recognised %q", name, declared, got)
			}
		}
	}
}

func TestReadBodyOnly(t *testing.T) {
	const said = "The ferry will stay, the mayor said."
	for _, role := range []whence.Role{
		whence.RoleTitle, whence.RoleStandfirst, whence.RoleByline, whence.RoleDateline, whence.RoleHeading,
		whence.RoleParagraph, whence.RoleQuote, whence.RoleListItem, whence.RoleCaption, whence.RoleRelated,
		whence.RoleNotice, whence.RoleCredit,
	} {
		a := &whence.Article{Text: said, Blocks: []whence.Block{{Role: role, Span: whence.Span{End: len(said)}}}}
		if got := len(reading.Read(a).Attributions) > 0; got != role.Body() {
			t.Errorf("%s: read %t", role, got)
		}
	}
}

func TestReadWithoutBlocks(t *testing.T) {
	r := reading.Read(&whence.Article{Text: "The ferry will stay, the mayor said."})
	if len(r.Attributions) != 1 {
		t.Errorf("%d attributions", len(r.Attributions))
	}
}

func FuzzRead(f *testing.F) {
	f.Add(story)
	for _, s := range foreignStories {
		f.Add(s)
	}
	f.Add("“\xff” said \x00 X.\n\n“y")
	f.Fuzz(func(t *testing.T, s string) {
		if err := reading.Read(plain(s)).Check(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestReadAnyPieces reads pieces of the story in any order.
func TestReadAnyPieces(t *testing.T) {
	words := strings.SplitAfter(story, " ")
	rapid.Check(t, func(rt *rapid.T) {
		picked := rapid.SliceOfN(rapid.SampledFrom(words), 0, 200).Draw(rt, "words")
		if err := reading.Read(plain(strings.Join(picked, ""))).Check(); err != nil {
			rt.Fatal(err)
		}
	})
}

// TestReadSeed reads the article that the project started from. What a reader
// must find is told by words of source, cue and content.
func TestReadSeed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared.Path(t, "seed"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	r := reading.Read(plain(string(data)))
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	if len(r.Attributions) < 12 {
		t.Errorf("%d attributions", len(r.Attributions))
	}
	for _, a := range r.Attributions {
		for _, b := range r.Blocks {
			if !b.Role.Body() && b.Overlaps(a.Cue.Spans[0]) {
				t.Errorf("%s stands in a %s", a.ID, b.Role)
			}
		}
	}
	for _, w := range []struct {
		source, cue, content string
		ok                   func(whence.Attribution) bool
	}{
		{"officials", "told", "covert mission", func(a whence.Attribution) bool {
			return a.Source.Anonymous && a.Source.Count == 4 && a.Relay != nil && a.Relay.Name == "NBC News"
		}},
		{"senior administration official", "said", "all-of-government", func(a whence.Attribution) bool {
			return a.Quotation == whence.Direct && a.Source.Anonymous
		}},
		{"CIA", "declined", "", func(a whence.Attribution) bool {
			return a.Response == whence.Declined && a.Relay != nil && a.Relay.Name == "NBC"
		}},
		{"Pentagon", "referred", "White House", func(a whence.Attribution) bool {
			return a.Response == whence.Referred && a.Relay != nil && a.Relay.Name == "NBC"
		}},
		{"Sheinbaum", "rejecting", "unilateral action", func(a whence.Attribution) bool { return a.Response == whence.Denied }},
		{"she", "said", "intervention or interference", func(a whence.Attribution) bool {
			return a.Quotation == whence.Direct && a.Relay != nil && a.Relay.Kind == whence.RelayTranslation
		}},
		{"Trump", "calling", "tremendous woman", func(a whence.Attribution) bool { return a.Quotation == whence.Mixed }},
		{"Trump", "added", "run by", func(a whence.Attribution) bool { return a.Quotation == whence.Direct }},
		{"Trump", "argues", "law enforcement tactics", nil},
		{"Critics", "warn", "international law", func(a whence.Attribution) bool { return a.Source.Kind == whence.SourceGroup }},
		{"Administration officials", "argue", "disrupt networks", nil},
		{"Latin American officials", "warned", "friction", nil},
		{"the US", "accuses", "drug cartel", func(a whence.Attribution) bool { return a.Source.Kind == whence.SourceGovernment }},
		{"US officials", "According to", "drug labs", nil},
		{"Officials", "claimed", "not intended", nil},
	} {
		if !anyAttribution(r.Attributions, w.source, w.cue, w.content, w.ok) {
			t.Errorf("no attribution of %s, %s, %s as it should be", w.source, w.cue, w.content)
		}
	}
}

func anyAttribution(all []whence.Attribution, source, cue, content string, ok func(whence.Attribution) bool) bool {
	for _, a := range all {
		if a.Source != nil && strings.Contains(a.Source.Text, source) && strings.Contains(a.Cue.Text, cue) &&
			strings.Contains(a.Content.Text, content) && (ok == nil || ok(a)) {
			return true
		}
	}
	return false
}

// TestReadJSON sends a reading to JSON and back.
func TestReadJSON(t *testing.T) {
	r := reading.Read(plain(story))
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back whence.Reading
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if err := back.Check(); err != nil {
		t.Error(err)
	}
}

func BenchmarkRead(b *testing.B) {
	a := plain(story)
	b.SetBytes(int64(len(story)))
	for b.Loop() {
		reading.Read(a)
	}
}

// BenchmarkReadPolNeAR reads the training part, models loaded: MB/s, articles/s,
// tokens/s.
func BenchmarkReadPolNeAR(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(shared.Path(b, "corpora", "polnear", "train", "text"), "*.txt"))
	if err != nil {
		b.Fatal(err)
	}
	var all []*whence.Article
	size, tokens := 0, 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		if !utf8.Valid(data) {
			continue
		}
		size += len(data)
		for _, s := range text.Sentences(string(data), nil) {
			tokens += len(s.Tokens)
		}
		all = append(all, plain(string(data)))
	}
	b.SetBytes(int64(size))
	reading.Read(all[0]) // loads the models
	used := time.Duration(0)
	for b.Loop() {
		before := processor.Time()
		for _, a := range all {
			reading.Read(a)
		}
		used += processor.Time() - before
	}
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(float64(b.N*len(all))/seconds, "articles/s")
	b.ReportMetric(float64(b.N*tokens)/seconds, "tokens/s")
	if used > 0 {
		b.ReportMetric(float64(b.N*tokens)/used.Seconds(), "tokens/cpu-s")
	}
}
