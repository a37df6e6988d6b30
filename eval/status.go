package eval

import (
	"fmt"
	"io"
	"text/tabwriter"

	"whence"
	"whence/english"
	"whence/reading/quote"
	"whence/reading/status"
	"whence/text"
)

// Status scores package reading/status on the events of the MEANTIME corpus
// (Minard et al. 2016), three ways: happened, not, open. Gold is the corpus's
// folder or a part of it, files in the XML of the CAT tool; a document that is
// there twice counts once.
//
// Gold: polarity NEG is not; certainty CERTAIN with polarity POS and time
// NON_FUTURE is happened; all else is open, that is certainty POSSIBLE, PROBABLE
// or UNDERSPECIFIED, time FUTURE or UNDERSPECIFIED, polarity UNDERSPECIFIED.
// Events whose attributes are empty are left out. Found: the status at the
// event's span; not_happened and denied are not; happened and under_way are
// happened; all else is open, and none at all counts as happened.
//
// Each gold sentence is a block, the first the title; tokens, tags, trees and attributions are our
// own. Documents are read in two halves: those with an even number, which the
// rules were developed on, and those with an odd one. Baseline is the score of
// calling everything happened.
func Status(w io.Writer, gold string) error {
	documents, err := ReadStatusDocuments(gold)
	if err != nil {
		return err
	}
	r := newStatusReader()
	var halves [2]statusScore
	for _, d := range documents {
		halves[half(d.ID)].add(d, r.read(&d.Article))
	}
	all := halves[0].plus(halves[1])
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, part := range []struct {
		name string
		*statusScore
	}{{"even (development)", &halves[0]}, {"odd", &halves[1]}, {"all", &all}} {
		part.print(table, part.name)
	}
	return table.Flush()
}

// half is 0 for documents with an even number, 1 for those with an odd one.
func half(id string) int {
	if id == "" {
		return 0
	}
	return int(id[len(id)-1]) % 2
}

// statusReader reads statuses without the rest of a reading.
type statusReader struct {
	analyser *english.Analyser
	quotes   *quote.Reader
}

func newStatusReader() *statusReader {
	return &statusReader{english.NewAnalyser(), quote.NewReader()}
}

func (s *statusReader) read(a *whence.Article) *status.Statuses {
	var body []whence.Span
	for _, b := range a.Blocks {
		body = append(body, b.Span)
	}
	sentences := text.Sentences(a.Text, body)
	title, _ := a.TitleSpan()
	trees := s.analyser.Titled(title, sentences)
	r := &whence.Reading{Article: *a}
	r.Attributions = s.quotes.Read(a, sentences, trees, s.analyser.Clusters())
	return status.Read(r, s.quotes.Quotations(), sentences, trees)
}

// realityOf is how real a status says an event is.
func realityOf(st whence.Status) Reality {
	switch st {
	case whence.NotHappened, whence.StatusDenied:
		return RealNot
	case whence.Happened, whence.UnderWay, "":
		return RealHappened
	}
	return RealOpen
}

// statusScore counts events by gold and found reality.
type statusScore struct {
	documents int
	counts    [realities][realities]int
}

func (s *statusScore) add(d *StatusDocument, found *status.Statuses) {
	s.documents++
	for _, e := range d.Events {
		st, _ := found.Of(e.Span)
		s.counts[e.Reality][realityOf(st)]++
	}
}

func (s statusScore) plus(t statusScore) statusScore {
	s.documents += t.documents
	for g := range s.counts {
		for f := range s.counts[g] {
			s.counts[g][f] += t.counts[g][f]
		}
	}
	return s
}

func (s *statusScore) print(w *tabwriter.Writer, name string) {
	var gold, found [realities]int
	total, right := 0, 0
	for g, row := range s.counts {
		for f, n := range row {
			gold[g], found[f], total = gold[g]+n, found[f]+n, total+n
		}
		right += row[g]
	}
	others := s.counts[RealNot][RealNot] + s.counts[RealOpen][RealOpen]
	fmt.Fprintf(w, "%s: %d documents\tgold\trecall\tprecision\tfound happened\tnot\topen\t\n", name, s.documents)
	for g, row := range s.counts {
		fmt.Fprintf(w, "%v\t%d\t%.1f\t%.1f\t%d\t%d\t%d\t\n", Reality(g), gold[g], percentOf(row[g], gold[g]), percentOf(row[g], found[g]), row[0], row[1], row[2])
	}
	fmt.Fprintf(w, "not and open\t%d\t%.1f\t%.1f\t\t\t\t\n", gold[RealNot]+gold[RealOpen], percentOf(others, gold[RealNot]+gold[RealOpen]), percentOf(others, found[RealNot]+found[RealOpen]))
	fmt.Fprintf(w, "accuracy\t%d\t%.1f\t\t\t\t\t\n", total, percentOf(right, total))
	fmt.Fprintf(w, "baseline\t%d\t%.1f\t\t\t\t\t\n", total, percentOf(gold[RealHappened], total))
}
