package english_test

import (
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/english"
)

func TestVerbForms(t *testing.T) {
	for _, c := range []struct {
		token, lemma string
		form         english.Form
		kind         whence.Kind
	}{
		{"said", "say", english.Past | english.Participle, whence.Statement},
		{"Says", "say", english.Third, whence.Statement},
		{"saying", "say", english.Gerund, whence.Statement},
		{"told", "tell", english.Past | english.Participle, whence.Statement},
		{"written", "write", english.Participle, whence.Statement},
		{"wrote", "write", english.Past, whence.Statement},
		{"denies", "deny", english.Third, whence.Statement},
		{"denied", "deny", english.Past | english.Participle, whence.Statement},
		{"slammed", "slam", english.Past | english.Participle, whence.Statement},
		{"believes", "believe", english.Third, whence.Belief},
		{"hoping", "hope", english.Gerund, whence.Belief},
		{"planned", "plan", english.Past | english.Participle, whence.Intention},
		{"shown", "show", english.Participle, whence.Evidence},
		{"agreeing", "agree", english.Gerund, whence.Statement},
		{"labelled", "label", english.Past | english.Participle, whence.Statement},
		{"went", "go", english.Past, ""},
		{"walks", "walk", english.Third, ""},
	} {
		w := english.Lookup(c.token)
		if w.Verb == nil || w.Verb.Lemma != c.lemma || w.Form != c.form || w.Verb.Kind != c.kind {
			t.Errorf("%s: got %+v of %+v", c.token, w.Form, w.Verb)
		}
	}
}

func TestPhrasalVerbs(t *testing.T) {
	w := english.Lookup("called")
	var rests []string
	for _, v := range w.Phrasal {
		rests = append(rests, strings.Join(v.Rest, " "))
	}
	for _, want := range []string{"for", "on", "out"} {
		if !slices.Contains(rests, want) {
			t.Errorf("called %s is not known, only %q", want, rests)
		}
	}
}

func TestClasses(t *testing.T) {
	for _, c := range []struct {
		token string
		class english.Class
		want  bool
	}{
		{"the", english.Determiner, true},
		{"The", english.Determiner, true},
		{"n't", english.Negation, true},
		{"n’t", english.Negation, true},
		{"’s", english.Auxiliary, true},
		{"quickly", english.Adverb, true},
		{"Kelly", english.Adverb, false},
		{"23", english.Number, true},
		{"officials", english.Anonymous, true},
		{"ferry", english.Role | english.Document | english.Outlet, false},
		{"Sen.", english.Title, true},
		{"survey", english.Document, true},
		{"Reuters", english.Outlet, true},
	} {
		if got := english.Lookup(c.token).Class.Has(c.class); got != c.want {
			t.Errorf("%s: got %t", c.token, got)
		}
	}
}

func TestPhrase(t *testing.T) {
	for _, c := range []struct {
		words string
		class english.Class
		want  int
	}{
		{"on condition of anonymity because", english.Anonymity, 4},
		{"on condition of", english.Anonymity, 0},
		{"According to the mayor", english.According, 2},
		{"could not be reached for", english.NoReply, 4},
		{"for example ,", english.SentenceAdverb, 2},
		{"however", english.SentenceAdverb, 1},
		{"Associated Press said", english.Outlet, 2},
		{"", english.Outlet, 0},
	} {
		if got := english.Phrase(c.class, strings.Fields(c.words)); got != c.want {
			t.Errorf("%q: got %d, want %d", c.words, got, c.want)
		}
	}
}

func TestNumberValue(t *testing.T) {
	for token, want := range map[string]int{"two": 2, "Twelve": 12, "40": 40, "1998": 0, "dozens": 0, "": 0, "-3": 0} {
		if n, ok := english.NumberValue(token); ok != (want > 0) || ok && n != want {
			t.Errorf("%q: got %d, %t", token, n, ok)
		}
	}
}

func TestFunctionShare(t *testing.T) {
	const prose = "The ferry was late because of the fog that came in from the sea , and the crew had not been told ."
	if share := english.FunctionShare(strings.Fields(prose)); share < 0.3 {
		t.Errorf("English prose has %.2f", share)
	}
	if share := english.FunctionShare([]string{"…", "12", "“"}); share != 0 {
		t.Errorf("no words have %.2f", share)
	}
}

func FuzzLookup(f *testing.F) {
	for _, s := range []string{"said", "SAID", "’s", "\xff", "İ", strings.Repeat("x", 100), ""} {
		f.Add(s)
	}
	f.Fuzz(func(_ *testing.T, s string) {
		english.Lookup(s)
		english.Phrase(^english.Class(0), []string{s, s, s})
		english.NumberValue(s)
		english.FunctionShare([]string{s})
	})
}

func BenchmarkLookup(b *testing.B) {
	tokens := strings.Fields("The mayor said on Tuesday that the ferries would not be repaired quickly , officials told Reuters .")
	n := 0
	for _, t := range tokens {
		n += len(t)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for _, t := range tokens {
			english.Lookup(t)
		}
	}
}

func TestNounKind(t *testing.T) {
	for token, want := range map[string]whence.Kind{
		"fears": whence.Belief, "Convinced": whence.Belief, "plan": whence.Intention,
		"evidence": whence.Evidence, "criticism": whence.Statement, "quay": whence.Statement,
	} {
		if got := english.NounKind(token); got != want {
			t.Errorf("%s: %s, want %s", token, got, want)
		}
	}
}
