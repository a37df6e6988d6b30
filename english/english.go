// Package english is the language pack: what reading needs to know of English
// words. Nothing above it spells an English word; rules ask for the [Class] of
// a word, for the [Verb] it is a form of, or for the [Phrase] that starts at a
// place, and another language is another pack of the same shape.
//
// The lexicons are tables of plain text in data/, written by hand, embedded,
// and loaded once, when the first word is looked up. Every look-up takes words
// in any case. The package promises to know a closed vocabulary and refuses to
// guess beyond spelling: a word it does not know has the zero [Word], but for
// numbers and adverbs, which are told by their form.
//
// An [Analyser] gives the words of sentences parts of speech, lemmas and trees,
// with models learned from treebanks. It guesses: doc/models.md says how well.
package english

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"whence"
)

// Class is a set of word classes.
type Class uint64

// The classes of words. Document, Organisation and the like are nouns that
// head the names of such things.
const (
	Determiner Class = 1 << iota
	Pronoun
	SubjectPronoun
	ObjectPronoun
	Possessive
	Preposition
	NounPreposition // prepositions that go on with a noun phrase
	Conjunction
	Subordinator
	ClauseOpener // subordinators that open a clause of their own even after a statement
	Relative
	Wh
	Auxiliary
	Be
	Have
	Modal
	Negation
	Adverb
	SentenceAdverb // "however", "for example": set off by commas
	Time
	Month
	TimeLead
	Number
	Title
	Role
	Roles // plural
	Group
	Organisation
	Government
	Document
	Outlet
	Channel
	ChannelLead
	Anonymous // nouns for people who may go unnamed: "officials"
	Vague     // "some", "critics": a crowd without names
	ReportNoun
	Attitude // adjectives of belief after a form of "be": "confident"
	Naming   // "so-called", "titled": what follows in quotation marks is a name
	Decline
	Function
	Anonymity    // "on condition of anonymity"
	Familiar     // "familiar with", "briefed on": what an unnamed person knows
	NoReply      // "could not be reached"
	Translated   // "translation"
	Because      // "because", "as": opens the reason for anonymity
	Postmodifier // participles that say more of the noun before: "a report released on Monday"
	Answering    // verbs of giving an answer: what is declined
	ReplyVerb    // "respond", "return"
	Inquiry      // "questions", "requests"
	Nothing      // "no", "none"
	Refer        // "referred"
	Country      // countries, and capitals that stand for them
	Many         // pronouns for several
	GoesOn       // verbs that lead to another: "continued to say"
	Rank         // "former", "senior": before an office
	According    // "according to"
	NounToo      // a noun as often as the verb it is spelled like
	QuestionedBy // "asked by": whoever put the question follows
)

// classes gives the names that the tables use.
var classes = map[string]Class{
	"determiner": Determiner, "pronoun": Pronoun, "subject-pronoun": SubjectPronoun,
	"object-pronoun": ObjectPronoun, "possessive": Possessive, "preposition": Preposition,
	"np-preposition": NounPreposition, "conjunction": Conjunction, "subordinator": Subordinator,
	"clause-opener": ClauseOpener, "relative": Relative, "wh": Wh, "auxiliary": Auxiliary, "be": Be,
	"have": Have, "modal": Modal, "negation": Negation, "adverb": Adverb,
	"sentence-adverb": SentenceAdverb, "time": Time, "month": Month,
	"time-lead": TimeLead, "number": Number, "title": Title, "role": Role, "roles": Roles,
	"group": Group, "organisation": Organisation, "government": Government, "document": Document,
	"outlet": Outlet, "channel": Channel, "channel-lead": ChannelLead, "anonymous": Anonymous,
	"vague": Vague, "report-noun": ReportNoun, "attitude": Attitude, "naming": Naming,
	"decline": Decline, "function": Function,
	"anonymity": Anonymity, "familiar": Familiar, "no-reply": NoReply,
	"translation": Translated, "because": Because,
	"noun-too": NounToo, "postmodifier": Postmodifier, "answering": Answering, "reply-verb": ReplyVerb, "inquiry": Inquiry, "nothing": Nothing, "refer": Refer, "country": Country, "many": Many, "goes-on": GoesOn, "rank": Rank, "according": According, "questioned-by": QuestionedBy,
}

// Has tells whether c holds at least one class of d.
func (c Class) Has(d Class) bool { return c&d != 0 }

// Frame is a set of what the content of a verb may be.
type Frame uint16

// The frames. Firm and Weak tell how often the verb attributes at all.
const (
	Clause     Frame = 1 << iota // a finite clause, with or without "that"
	Quote                        // words in quotation marks
	Infinitive                   // an infinitive with "to"
	Object                       // a noun phrase
	Predicate                    // an object and what is said of it: "accuse X of Y"
	Recipient                    // a person told stands before the content
	Firm
	Weak
)

var frames = map[string]Frame{
	"clause": Clause, "quote": Quote, "inf": Infinitive, "object": Object, "pred": Predicate,
	"to": Recipient, "firm": Firm, "weak": Weak,
}

// Has tells whether f holds at least one frame of g.
func (f Frame) Has(g Frame) bool { return f&g != 0 }

// Verb is a verb that attributes, or with no Kind one that does not.
type Verb struct {
	Lemma    string
	Kind     whence.Kind
	Response whence.Response // where the verb itself answers a charge: "deny"
	Frames   Frame
	Rest     []string // the words after the form, in "call for", "point out"
}

// Form is a set of the forms that a spelling may be.
type Form uint8

// The forms of a verb.
const (
	Base Form = 1 << iota
	Third
	Past
	Participle
	Gerund
)

// Finite holds the forms that may head a clause.
const Finite = Base | Third | Past

// Has tells whether f holds at least one form of g.
func (f Form) Has(g Form) bool { return f&g != 0 }

// Particle is one of the small words that grammar singles out.
type Particle uint8

// The particles.
const (
	NoParticle Particle = iota
	That
	To
	By
	Of
	On
	And
	But
	Which
	A
)

var particles = map[string]Particle{
	"that": That, "to": To, "by": By, "of": Of, "on": On, "and": And, "but": But, "which": Which, "a": A,
}

// Word is what is known of a spelling.
type Word struct {
	Class    Class
	Particle Particle
	Form     Form    // of Verb and of each of Phrasal
	Verb     *Verb   // nil where the spelling is no form of a verb known
	Phrasal  []*Verb // verbs of more words that start with this one, longest first
	// Starts is Class and the classes of the phrases that start with the word,
	// without which [Phrase] finds none.
	Starts Class
	first  bool // of a phrase, and nothing else is known of it
}

// Lookup is what is known of one token, in any case.
func Lookup(token string) Word {
	var buffer [32]byte
	low, lex := lower(buffer[:0], token), load()
	var w Word
	if lex.sieve.may(low) {
		known, ok := lex.words[string(low)]
		if ok && !known.first {
			return known
		}
		w = known
	}
	if token == "" || token[0] < 'A' || 'Z' < token[0] {
		w.Class = spelled(low)
		w.Starts |= w.Class
	}
	return w
}

// lower appends the lower-case form of s with plain apostrophes.
func lower(to []byte, s string) []byte {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			to = append(to, byte(r))
		case r == '’':
			to = append(to, '\'')
		default:
			to = utf8.AppendRune(to, unicode.ToLower(r))
		}
	}
	return to
}

// spelled is the class that the spelling alone tells.
func spelled(low []byte) Class {
	switch {
	case len(low) > 0 && low[0] >= '0' && low[0] <= '9':
		return Number
	case len(low) > 4 && strings.HasSuffix(string(low), "ly"):
		return Adverb
	}
	return 0
}

// Phrase is the number of tokens, from the first of tokens on, that make the
// longest word or phrase of the class; 0 if there is none.
func Phrase(class Class, tokens []string) int {
	if len(tokens) == 0 {
		return 0
	}
	var buffer [32]byte
	low := lower(buffer[:0], tokens[0])
	lex := load()
	if lex.opens.may(low) {
		for _, p := range lex.phrases[string(low)] {
			if p.class.Has(class) && follows(p.rest, tokens[1:]) {
				return 1 + len(p.rest)
			}
		}
	}
	if lex.sieve.may(low) && lex.words[string(low)].Class.Has(class) {
		return 1
	}
	return 0
}

// follows tells whether tokens start with the words of rest.
func follows(rest, tokens []string) bool {
	if len(tokens) < len(rest) {
		return false
	}
	for i, w := range rest {
		if !strings.EqualFold(w, tokens[i]) {
			return false
		}
	}
	return true
}

// NounKind is the kind of attribution that a noun or an adjective makes: of what
// is believed ("fear", "convinced"), intended ("plan", "eager") or shown
// ("evidence"). It is a statement where the tables say nothing else.
func NounKind(token string) whence.Kind {
	var buffer [32]byte
	if k, ok := load().kinds[string(lower(buffer[:0], token))]; ok {
		return k
	}
	return whence.Statement
}

// NumberValue is the value of a whole number in words or digits, up to 999, as
// it counts people.
func NumberValue(token string) (int, bool) {
	var buffer [32]byte
	low := lower(buffer[:0], token)
	if n, ok := load().numbers[string(low)]; ok {
		return n, true
	}
	n, err := strconv.Atoi(string(low))
	return n, err == nil && n > 0 && n < 1000
}

// FunctionShare is the share of tokens that are among the commonest words of
// the language that no other has: of English prose about .27, of texts in
// other languages under .05. Tokens without a letter do not count.
func FunctionShare(tokens []string) float64 {
	lex, words, hits := load(), 0, 0
	var buffer [32]byte
	for _, t := range tokens {
		if r, _ := utf8.DecodeRuneInString(t); !unicode.IsLetter(r) {
			continue
		}
		words++
		if low := lower(buffer[:0], t); lex.sieve.may(low) && lex.words[string(low)].Class.Has(Function) {
			hits++
		}
	}
	if words == 0 {
		return 0
	}
	return float64(hits) / float64(words)
}

// load reads the tables on first use.
var load = sync.OnceValue(read)
