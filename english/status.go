package english

import (
	"strings"
	"sync"
)

// StatusClass is a set of classes of words that say how real an act is. It is
// apart from [Class], which sorts the words of attributions.
type StatusClass uint64

// The classes of status words. The first group governs acts: "plan to strike",
// "a plan for strikes".
const (
	Planning    StatusClass = 1 << iota // "plan", "schedule", "vow"
	Considering                         // "consider", "proposal", "talks"
	Debating                            // "discuss", "talks": considering, where an act to do follows
	Attempting                          // "try", "effort"
	Requesting                          // "ask", "call for"
	Requiring                           // "require", "duty"
	Ordering                            // "order": of an act a decision, of a person a demand
	Deciding                            // "decide", "approve"
	Permitting                          // "allow", "permission"
	Denying                             // "deny", "reject"
	Failing                             // "fail", "refuse", "prevent": what follows did not happen
	Expecting                           // "predict", "fear", "risk": what follows may happen
	Beginning                           // "begin", "continue", "ongoing": what it is said of goes on
	Ending                              // "stop", "end": what follows happened
	Accusing                            // "accuse": what follows is alleged
	Alleging                            // "allege", "allegedly", "alleged"
	Claiming                            // "claim", "supposedly"
	Reporting                           // "reportedly", "said" of "is said to"
	Having                              // "have": with "to" an obligation
	Going                               // "go": "is going to"
	Being
	// The small words of the verb group.
	Will
	May
	Could
	Would
	Should
	Not      // "not", "never", "nobody", "no"
	Perhaps  // "perhaps", "likely", "possible"
	If       // opens a condition
	Whether  // opens a question
	Without  // "without", "instead": what follows did not happen
	Future   // "upcoming", "proposed": said of a noun
	Untrue   // "false", "untrue", "baseless"
	SoCalled // "so-called", "self-styled"
	Nearly   // "nearly": right before a verb, what it tells did not happen
	Toward   // "for": what is asked follows
	Known    // "the", "these": what follows is known already

	// Act marks nouns for acts and happenings, Static verbs for none, LightVerb those
	// that say no more than the noun with them: "make a decision".
	Act
	Static
	LightVerb
	// Replying marks verbs whose object is there before: "answer a letter".
	Replying
)

var statusClasses = map[string]StatusClass{
	"planning": Planning, "considering": Considering, "debating": Debating, "having": Having, "going": Going, "being": Being, "could": Could,
	"attempting": Attempting, "requesting": Requesting,
	"requiring": Requiring, "ordering": Ordering, "deciding": Deciding, "permitting": Permitting,
	"denying": Denying, "failing": Failing, "expecting": Expecting, "beginning": Beginning,
	"ending": Ending, "accusing": Accusing, "alleging": Alleging, "claiming": Claiming, "reporting": Reporting,
	"will": Will, "may": May, "would": Would, "should": Should, "not": Not, "perhaps": Perhaps, "if": If,
	"whether": Whether, "without": Without, "future": Future, "untrue": Untrue, "so-called": SoCalled, "known": Known, "toward": Toward, "nearly": Nearly,
	"act": Act, "static": Static, "light": LightVerb, "replying": Replying,
}

// Has tells whether c holds at least one class of d.
func (c StatusClass) Has(d StatusClass) bool { return c&d != 0 }

// StatusSort is what sort of word the tables of status words tell apart.
type StatusSort uint8

// The sorts of words.
const (
	StatusVerb StatusSort = iota
	StatusNoun
	StatusOther // adjectives, adverbs and small words
	statusSorts
)

// statusSortNames are the sorts as the table's sections name them.
var statusSortNames = map[string]StatusSort{"verb": StatusVerb, "noun": StatusNoun, "other": StatusOther}

// StatusWord is what is known of a word by its lemma, its sort, and the word
// after it, in lower case ("call" is followed by "for" or "off").
func StatusWord(lemma string, sort StatusSort, next string) StatusClass {
	row, ok := loadStatus()[sort][lemma]
	if !ok {
		return 0
	}
	for _, p := range row.before {
		if strings.EqualFold(p.next, next) {
			return p.class
		}
	}
	return row.class
}

// statusRow is what the table says of one lemma: alone, and before certain
// words.
type statusRow struct {
	class  StatusClass
	before []statusPhrase
}

type statusPhrase struct {
	next  string
	class StatusClass
}

// loadStatus reads the table on first use. A section "= verb planning" opens a
// class of verbs; lemmas follow, "call_for" is "call" before "for".
var loadStatus = sync.OnceValue(func() *[statusSorts]map[string]statusRow {
	var all [statusSorts]map[string]statusRow
	for i := range all {
		all[i] = map[string]statusRow{}
	}
	var sort StatusSort
	var class StatusClass
	for _, fields := range table("status.txt") {
		if fields[0] == "=" {
			sort, class = must(statusSortNames, fields[1]), must(statusClasses, fields[2])
			continue
		}
		for _, entry := range fields {
			lemma, next, phrase := strings.Cut(entry, "_")
			row := all[sort][lemma]
			if phrase {
				row.before = append(row.before, statusPhrase{next, class})
			} else {
				row.class |= class
			}
			all[sort][lemma] = row
		}
	}
	return &all
})
