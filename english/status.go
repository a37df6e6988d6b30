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
	Beside   // "as", "amid": in a headline, what follows is there already

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
	"whether": Whether, "without": Without, "future": Future, "untrue": Untrue, "so-called": SoCalled, "known": Known, "toward": Toward, "nearly": Nearly, "beside": Beside,
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
	of := &loadStatus()[sort]
	var buffer [32]byte
	if !of.sieve.may(append(buffer[:0], lemma...)) {
		return 0
	}
	row, ok := of.rows[lemma]
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

// statusTable is what the table says of the lemmas of one sort.
type statusTable struct {
	rows  map[string]statusRow
	sieve sieve
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
var loadStatus = sync.OnceValue(func() *[statusSorts]statusTable {
	var all [statusSorts]statusTable
	for i := range all {
		all[i].rows = map[string]statusRow{}
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
			row := all[sort].rows[lemma]
			if phrase {
				row.before = append(row.before, statusPhrase{next, class})
			} else {
				row.class |= class
			}
			all[sort].rows[lemma] = row
		}
	}
	for i := range all {
		all[i].sieve = newSieve(all[i].rows)
	}
	return &all
})
