package quote

import "whence"

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

// scoreOf is the measured precision of a rule.
func scoreOf(r rule, q whence.Quotation) float64 {
	return float64(r) / 100
}
