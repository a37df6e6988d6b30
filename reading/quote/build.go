package quote

import (
	"sort"
	"strconv"
	"strings"

	"whence"
)

// rule names how a candidate was found.
type rule uint8

const (
	ruleNone rule = iota
	ruleInverted
	rulePassive
	ruleAgentless
	ruleQuoted
	ruleColon
	ruleThat
	ruleWh
	ruleTrailing
	ruleSplit
	ruleInfinitive
	ruleInfinitiveWeak
	ruleBare
	ruleObject
	ruleObjectFirm
	ruleObjectWeak
	rulePredicate
	rulePredicateWeak
	ruleAccording
	ruleAttitude
	ruleNounThat
	ruleNounTo
	ruleSilence
	ruleTranscript
	ruleRelative
	ruleAsked
	ruleSeeming
)

// attributions builds what was found, in the order of cues.
func (f *finder) attributions() []whence.Attribution {
	sort.SliceStable(f.found, func(i, j int) bool { return f.found[i].cue.from < f.found[j].cue.from })
	var all []whence.Attribution
	for i := range f.found {
		c := &f.found[i]
		a := whence.Attribution{
			ID: "a" + strconv.Itoa(len(all)+1), Kind: c.kind, Response: c.response,
			Cue: f.asPhrase(c.cue), Content: f.asPhrase(c.content...), Score: float64(c.rule) / 100,
		}
		if !c.source.empty() {
			a.Source = &whence.Source{Phrase: f.asPhrase(c.source)}
		}
		all = append(all, a)
	}
	return all
}

// asPhrase turns ranges of words into a phrase of the text, in order and
// apart.
func (d *document) asPhrase(parts ...span) whence.Phrase {
	sort.Slice(parts, func(i, j int) bool { return parts[i].from < parts[j].from })
	var p whence.Phrase
	var texts []string
	end := 0
	for _, s := range parts {
		if s.empty() {
			continue
		}
		sp := whence.Span{Start: max(d.words[s.from].Start, end), End: d.words[s.to-1].End}
		if sp.Start >= sp.End {
			continue
		}
		p.Spans = append(p.Spans, sp)
		texts = append(texts, d.index.Slice(sp))
		end = sp.End
	}
	p.Text = strings.Join(texts, " ")
	return p
}
