package quote

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"whence"
)

// attributions builds what was found, in the order of cues.
func (f *finder) attributions() []whence.Attribution {
	f.mend()
	order := make([]int, len(f.found))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return f.found[order[i]].cue.from < f.found[order[j]].cue.from })
	ids := make([]string, len(f.found)) // "" where left out
	within := make([]int, 0, len(f.found))
	all := make([]whence.Attribution, 0, len(f.found))
	var speakers []speaker
	for _, i := range order {
		a := f.attribution(&f.found[i])
		if a.Score < f.least && a.Response == "" {
			continue
		}
		a.ID = "a" + strconv.Itoa(len(all)+1)
		ids[i] = a.ID
		all, within = append(all, a), append(within, f.found[i].within)
		if s := f.found[i].source; a.Source != nil {
			head := f.headOf(s)
			speakers = append(speakers, speaker{a.Source, s, head, f.groupOf(s, head), f.found[i].paragraph, f.found[i].within > 0})
		}
	}
	f.recall(speakers)
	for i, w := range within {
		if w > 0 {
			all[i].Parent = ids[w-1]
		}
	}
	return all
}

func (f *finder) attribution(c *candidate) whence.Attribution {
	a := whence.Attribution{
		Kind: c.kind, Response: c.response,
		Source: f.describeSource(c), Cue: f.asPhrase(c.cue), Content: f.asPhrase(c.content...),
	}
	if !a.Content.Zero() {
		a.Quotation = f.quotationOf(c)
	}
	if a.Source != nil && a.Source.Kind == whence.SourceDocument && a.Kind == whence.Statement {
		a.Kind = whence.Evidence
	}
	if r := f.findRelay(c); !r.empty() {
		p := f.asPhrase(r.span)
		a.Relay = &whence.Relay{Span: p.Spans[0], Name: p.Text, Kind: r.kind}
	}
	a.Score = c.learned
	if c.rule != ruleLearned {
		c.evidence = f.evidenceOf(c)
		a.Score = score(c.evidence)
	}
	return a
}

// quotationOf tells how much of the content stands in quotation marks. Titles
// and nicknames do not count as quoted.
func (f *finder) quotationOf(c *candidate) whence.Quotation {
	words, quoted := 0, 0
	for _, s := range c.content {
		for i := s.from; i < s.to; i++ {
			if !f.words[i].letter {
				continue
			}
			words++
			if f.words[i].quoted {
				quoted++
			}
		}
	}
	switch quoted {
	case 0:
		return whence.Indirect
	case words:
		return whence.Direct
	}
	return whence.Mixed
}

// slice is the text at sp. A byte that is no text reads as the code point that
// stands for such bytes, as it does in a span.
func (d *document) slice(sp whence.Span) string {
	s := d.index.Slice(sp)
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// asPhrase turns ranges of words into a phrase of the text, in order and
// apart.
func (d *document) asPhrase(parts ...span) whence.Phrase {
	parts = append([]span(nil), parts...)
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
		texts = append(texts, d.slice(sp))
		end = sp.End
	}
	p.Text = strings.Join(texts, " ")
	return p
}
