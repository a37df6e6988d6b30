package reading_test

import (
	"strings"
	"testing"
	"time"

	"whence"
	"whence/language"
	"whence/reading"
)

// finds tells whether a reading holds any finding.
func finds(r *whence.Reading) bool {
	return len(r.Names)+len(r.Attributions)+len(r.Figures)+len(r.Times)+len(r.Places)+len(r.Events) > 0
}

// TestReadLanguage: what the reading says of the language, and whether
// anything is found.
func TestReadLanguage(t *testing.T) {
	spanish := foreignStories["Spanish"]
	invented := strings.Repeat("Vestrapi Finch mokkerdan sulefi trannoko wepi darrulist fomba keltruni wasp orrento billikam. ", 5)
	short := "Orla Finch said so."
	for _, c := range []struct {
		what, text, declared, want string
		found                      bool
	}{
		{"English", story, "", "en", true},
		{"English, declared so", story, "en-GB", "en-GB", true},
		{"English, declared otherwise", story, "es", "en", true},
		{"Spanish", spanish, "", "es", false},
		{"Spanish, declared so", spanish, "es-MX", "es-MX", false},
		{"Spanish, declared English", spanish, "en-US", "es", false},
		{"English that quotes Spanish", story + "\n" + story + "\n" + spanish, "", "en", true},
		{"short", short, "", "", true},
		{"short, declared English", short, "en-GB", "en-GB", true},
		{"short, declared otherwise", short, "fr", "fr", false},
		{"of no known language", invented, "", language.Unknown, false},
		{"of no known language, declared English", invented, "en", language.Unknown, false},
		{"of no known language, declared another", invented, "mi", "mi", false},
	} {
		r := reading.Read(&whence.Article{Text: c.text, Language: c.declared})
		if r.Language != c.want || finds(r) != c.found || reading.Reads(r.Language) != c.found {
			t.Errorf("%s: language %q, want %q; found %t", c.what, r.Language, c.want, finds(r))
		}
	}
}

// TestReadLanguageOfBody: the body tells the language, whatever stands around
// it, and however its blocks are cut.
func TestReadLanguageOfBody(t *testing.T) {
	spanish := foreignStories["Spanish"]
	around := strings.Repeat(story, 3)
	a := &whence.Article{Text: around + spanish + around}
	from, to := len([]rune(around)), len([]rune(around+spanish))
	a.Blocks = []whence.Block{
		{Role: whence.RoleRelated, Span: whence.Span{Start: 0, End: from}},
		{Role: whence.RoleParagraph, Span: whence.Span{Start: from, End: from + 40}},
		{Role: whence.RoleParagraph, Span: whence.Span{Start: from + 40, End: to}},
		{Role: whence.RoleNotice, Span: whence.Span{Start: to, End: to + from}},
	}
	if r := reading.Read(a); r.Language != "es" || finds(r) {
		t.Errorf("language %q, found %t", r.Language, finds(r))
	}
}

// BenchmarkLanguage tells what share of the reading of an article is telling
// its language, in percent.
func BenchmarkLanguage(b *testing.B) {
	a := plain(strings.Repeat(story, 8))
	var reads, tells time.Duration
	for b.Loop() {
		begin := time.Now()
		reading.Read(a)
		read := time.Now()
		language.Of(a.Text)
		reads, tells = reads+read.Sub(begin), tells+time.Since(read)
	}
	b.ReportMetric(100*float64(tells)/float64(reads), "%")
}
