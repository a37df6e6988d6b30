// Package quote reads attributions: who says what.
//
// It promises that every source, cue and content is words of the text at their
// exact place, that attributions come in the order of their cues, and that a
// score is the share of attributions like it that were right on articles that
// the models had not seen. It reads what is in the text alone: it knows no
// speaker by name, and makes up no source that the text leaves out.
//
// Two readers stand here. [Rules] finds attributions by hand-written rules over
// tokens, quotation marks and the lexicons of package english. [Reader] asks
// two learned models, for which the rules are features, and is the one to use;
// the rules stay as the baseline that it is measured against.
package quote
