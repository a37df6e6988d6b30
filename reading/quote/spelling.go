package quote

import (
	"strings"
	"unicode"

	"whence/english"
)

// spelling is what is known of a word by its spelling alone, wherever it stands.
type spelling struct {
	text string
	english.Word
	matter     english.MatterClass
	letter     bool // it begins with a letter or digit
	upper      bool // it begins with a capital
	quotes     bool // it is a quotation mark
	mayCue     bool // some rule may take it for a cue or the beginning of one
	attributes bool // a verb that the lexicon says attributes
	firm       bool
	sort       uint8  // a bit for each sort of mark, 0 for words
	low        string // in small letters
	// as features see it: hashes
	form, lower, suffix, shape uint64
	lexicon                    uint64 // of what the lexicon knows
	own                        *own   // what it speaks for roles and parts, once a reader has asked
}

// beginnings are the classes of words and phrases that rules take for cues, but
// for verbs.
const beginnings = english.According | english.NoReply | english.Decline | english.ReplyVerb | english.Answering |
	english.Have | english.Attitude | english.ReportNoun

func newSpelling(s string, form uint64) *spelling {
	s = strings.Clone(s) // which would keep all of its text in memory
	first, low := firstRune(s), strings.ToLower(s)
	w := &spelling{
		text: s, Word: english.Lookup(s), matter: english.Matter(low),
		letter: isWord(first), upper: unicode.IsUpper(first), quotes: isMark(s), low: low,
		form: form, lower: english.Hash(low), suffix: english.Hash(low[max(0, len(low)-3):]), shape: shapeOf(s),
	}
	if shouted(s) && w.Class.Has(english.Pronoun|english.ObjectPronoun|english.Auxiliary) {
		// "US", "IT": a name spelled like a pronoun
		w.Class &= english.Country
		w.Form, w.Verb = 0, nil
	}
	w.mayCue = w.Starts.Has(beginnings) || w.Class.Has(beginnings) || w.matter.Has(english.Puts|english.Rings) || w.Verb != nil || len(w.Phrasal) > 0
	switch {
	case s == ",":
		w.sort = 1
	case w.quotes:
		w.sort = 2
	case !w.letter:
		w.sort = 4
	}
	w.lexicon = uint64(w.Class) * 3
	if w.Verb != nil {
		w.lexicon = english.Mix(w.lexicon, english.Mix(english.Hash(w.Verb.Kind), uint64(w.Verb.Frames)))
		w.attributes, w.firm = w.Verb.Kind != "", w.Verb.Frames.Has(english.Firm)
	}
	return w
}

// shapeOf tells words apart by what kinds of characters they hold.
func shapeOf(s string) uint64 {
	var shape uint64
	for i, r := range s {
		switch {
		case unicode.IsUpper(r) && i == 0:
			shape |= 1
		case unicode.IsUpper(r):
			shape |= 2
		case unicode.IsLower(r):
			shape |= 4
		case unicode.IsDigit(r):
			shape |= 8
		case r == '-' || r == '.':
			shape |= 16
		default:
			shape |= 32
		}
	}
	return shape<<2 | uint64(min(len(s), 3))
}

// spellings remembers spellings. Its size is fixed: they push one another out.
type spellings struct {
	sets [][2]*spelling // by the form's hash, what was seen last first
}

const rememberedSets = 1 << 13

// of is what is known of a token.
func (s *spellings) of(token string) *spelling {
	if s.sets == nil {
		s.sets = make([][2]*spelling, rememberedSets)
	}
	form := english.Hash(token)
	set := &s.sets[form%rememberedSets]
	if w := set[0]; w != nil && w.text == token {
		return w
	}
	w := set[1]
	if w == nil || w.text != token {
		w = newSpelling(token, form)
	}
	set[0], set[1] = w, set[0]
	return w
}
