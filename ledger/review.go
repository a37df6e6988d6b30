package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"whence"
	"whence/store"
	"whence/story"
)

// Finding is a machine finding of an article, with what people have said of it.
type Finding struct {
	Article string           `json:"article"`
	Path    string           `json:"path,omitempty"`
	Outlet  string           `json:"outlet,omitempty"`
	Title   string           `json:"title,omitempty"`
	Kind    store.Reviewable `json:"kind"`
	ID      string           `json:"id"` // in the article's reading
	Spans   []whence.Span    `json:"spans"`
	Text    string           `json:"text"` // of an attribution's content, or of all of another finding
	Source  string           `json:"source,omitempty"`
	Cue     string           `json:"cue,omitempty"`
	Score   float64          `json:"score,omitempty"` // of attributions
	Why     string           `json:"why,omitempty"`   // why it is queued
	Reviews []store.Review   `json:"reviews,omitempty"`

	doubt float64
}

// Standing is the verdict that counts: the latest that was not withdrawn.
func (f *Finding) Standing() (store.Review, bool) { return standing(f.Reviews) }

// standing is the latest of some verdicts that was not withdrawn by its author.
func standing(list []store.Review) (store.Review, bool) {
	withdrawn := map[string]bool{}
	for i := len(list) - 1; i >= 0; i-- {
		switch r := list[i]; {
		case r.Verdict == store.Withdrawn:
			withdrawn[r.By] = true
		case !withdrawn[r.By]:
			return r, true
		}
	}
	return store.Review{}, false
}

// Limits of a verdict.
const (
	mostNote  = 2000 // bytes
	mostValue = 200  // bytes, of names and values too
	mostSpans = 64
)

// Judgement is what a person says of the finding with an id.
type Judgement struct {
	Kind    store.Reviewable  `json:"kind"`
	Finding string            `json:"finding"` // its id in the article's reading
	Verdict store.Verdict     `json:"verdict"`
	Correct *store.Correction `json:"correct,omitempty"`
	Note    string            `json:"note,omitempty"`
}

// JudgementError is a verdict that cannot be kept, with what to do.
type JudgementError struct{ What, Hint string }

func (e *JudgementError) Error() string { return e.What + " (" + e.Hint + ")" }

// Review keeps somebody's verdict on a finding, and gives the finding with all
// verdicts on it. The machine's finding stays as it is. Errors:
// [store.ErrAbsent], [store.ErrAmbiguous], *[JudgementError].
func (l *Ledger) Review(ctx context.Context, article, by string, at time.Time, j Judgement) (*Finding, error) {
	if by == "" {
		return nil, &JudgementError{"nobody gives this verdict", "a verdict is kept with who gave it"}
	}
	var found *Finding
	err := l.store.Update(ctx, func(w store.Writer) error {
		k, err := w.Find(article)
		if err != nil {
			return err
		}
		r, err := w.Reading(k)
		if err != nil {
			return err
		}
		list := findingsOf(r)
		i := slices.IndexFunc(list, func(f Finding) bool { return f.Kind == j.Kind && f.ID == j.Finding })
		if i < 0 {
			return &JudgementError{fmt.Sprintf("there is no %s %s in this article", j.Kind, j.Finding), "it may have been read again since: open the article anew"}
		}
		if err := j.check(utf8.RuneCountInString(r.Text)); err != nil {
			return err
		}
		review := store.Review{
			Kind: j.Kind, Spans: list[i].Spans, Verdict: j.Verdict, Correct: j.Correct, Note: j.Note,
			By: by, At: whence.Date{Time: at.UTC().Truncate(time.Second), Precision: whence.Second},
		}
		if err := w.AddReview(k, review); err != nil {
			return err
		}
		found = &list[i]
		reviews, err := w.Reviews(k)
		found.Reviews = reviewsOf(reviews, found.Kind, found.Spans)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("reviewing: %w", err)
	}
	return found, nil
}

// check holds a verdict to a text of a length.
func (j *Judgement) check(length int) error {
	switch j.Verdict {
	case store.Accepted, store.Rejected, store.Withdrawn:
		if j.Correct != nil {
			return &JudgementError{"a correction with the verdict " + string(j.Verdict), "its verdict is corrected"}
		}
	case store.Corrected:
		if j.Correct == nil || changesNothing(j.Correct) {
			return &JudgementError{"nothing is corrected", "say which words, whose, or which value is right"}
		}
		if err := checkCorrection(j.Kind, j.Correct, length); err != nil {
			return err
		}
	default:
		return &JudgementError{fmt.Sprintf("%q is no verdict", j.Verdict), "accepted, rejected, corrected or withdrawn"}
	}
	if len(j.Note) > mostNote || !utf8.ValidString(j.Note) {
		return &JudgementError{"the note is too long or no text", fmt.Sprintf("at most %d bytes of UTF-8", mostNote)}
	}
	return nil
}

func changesNothing(c *store.Correction) bool {
	return len(c.Source)+len(c.Cue)+len(c.Content) == 0 && c.Span == nil && c.Name == "" && c.Value == "" && c.Status == ""
}

func checkCorrection(kind store.Reviewable, c *store.Correction, length int) error {
	attribution := kind == store.AttributionFinding
	if attribution && (c.Span != nil || c.Value != "" || c.Status != "") || !attribution && (c.Source != nil || c.Cue != nil || c.Content != nil || c.Name != "") {
		return &JudgementError{"this does not belong to a " + string(kind), "an attribution has source, cue, content and name, others have span, value and status"}
	}
	if c.Status != "" && !slices.Contains(whence.Statuses[:], c.Status) {
		return &JudgementError{fmt.Sprintf("%q is no status", c.Status), "see the statuses in the terms"}
	}
	for _, s := range []string{c.Name, c.Value} {
		if len(s) > mostValue || !utf8.ValidString(s) {
			return &JudgementError{"a name or value is too long or no text", fmt.Sprintf("at most %d bytes of UTF-8", mostValue)}
		}
	}
	spans := slices.Concat(c.Source, c.Cue, c.Content)
	if c.Span != nil {
		spans = append(spans, *c.Span)
	}
	if len(spans) > mostSpans {
		return &JudgementError{"too many spans", fmt.Sprintf("at most %d", mostSpans)}
	}
	for _, s := range spans {
		if s.Start < 0 || s.End <= s.Start || s.End > length {
			return &JudgementError{fmt.Sprintf("%d–%d is no span of this text", s.Start, s.End), fmt.Sprintf("it has %d characters", length)}
		}
	}
	return nil
}

// findingsOf are the findings of a reading that people judge, without verdicts, in
// the order of the text.
func findingsOf(r *whence.Reading) []Finding {
	var list []Finding
	add := func(kind store.Reviewable, id, text string, score float64, spans ...whence.Span) {
		list = append(list, Finding{
			Article: r.ID, Path: r.Path, Outlet: r.Outlet, Title: r.Title,
			Kind: kind, ID: id, Spans: spans, Text: text, Score: score,
		})
	}
	for i := range r.Attributions {
		a := &r.Attributions[i]
		add(store.AttributionFinding, a.ID, a.Content.Text, a.Score, attributionSpans(a)...)
		f := &list[len(list)-1]
		f.Cue = a.Cue.Text
		if a.Source != nil {
			f.Source = a.Source.Text
		}
	}
	for i := range r.Figures {
		add(store.FigureFinding, r.Figures[i].ID, r.Figures[i].Text, 0, r.Figures[i].Span)
	}
	for i := range r.Times {
		add(store.TimeFinding, r.Times[i].ID, r.Times[i].Text, 0, r.Times[i].Span)
	}
	for i := range r.Places {
		add(store.PlaceFinding, r.Places[i].ID, r.Places[i].Text, 0, r.Places[i].Span)
	}
	for i := range r.Events {
		add(store.EventFinding, r.Events[i].ID, r.Events[i].Text, 0, r.Events[i].Span)
	}
	slices.SortStableFunc(list, func(a, b Finding) int { return cmp.Compare(a.Spans[0].Start, b.Spans[0].Start) })
	return list
}

// attributionSpans name an attribution: its source, cue and content.
func attributionSpans(a *whence.Attribution) []whence.Span {
	var spans []whence.Span
	if a.Source != nil {
		spans = append(spans, a.Source.Spans...)
	}
	return append(append(spans, a.Cue.Spans...), a.Content.Spans...)
}

// reviewsOf are those of one finding.
func reviewsOf(list []store.Review, kind store.Reviewable, spans []whence.Span) []store.Review {
	var own []store.Review
	for _, r := range list {
		if r.Kind == kind && slices.Equal(r.Spans, spans) {
			own = append(own, r)
		}
	}
	return own
}

// Findings are an article's findings with the verdicts on them, in the order of
// the text, and its reading. Errors: [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Findings(ctx context.Context, article string) ([]Finding, *whence.Reading, error) {
	var list []Finding
	var reading *whence.Reading
	err := l.store.View(ctx, func(r store.Reader) error {
		k, err := r.Find(article)
		if err != nil {
			return err
		}
		list, reading, err = judged(r, k)
		return err
	})
	return list, reading, err
}

// judged are an article's findings with the verdicts on them.
func judged(r store.Reader, k store.Key) ([]Finding, *whence.Reading, error) {
	reading, err := r.Reading(k)
	if err != nil {
		return nil, nil, err
	}
	reviews, err := r.Reviews(k)
	if err != nil {
		return nil, nil, err
	}
	list := findingsOf(reading)
	for i := range list {
		list[i].Reviews = reviewsOf(reviews, list[i].Kind, list[i].Spans)
	}
	return list, reading, nil
}

// Bounds of a queue: of how many articles it is made, and how doubtful a finding
// must be.
const (
	mostQueued = 60
	leastDoubt = .3
)

// Queue are the findings that most want a person's eye and that nobody has judged
// yet, the most doubtful first, at most limit: of the articles of a story, or,
// where story is empty, of the latest. At most 60 articles are looked at.
func (l *Ledger) Queue(ctx context.Context, of string, limit int) ([]Finding, error) {
	var s *story.Story
	if of != "" {
		var err error
		if s, err = l.Story(ctx, of); err != nil {
			return nil, err
		}
	}
	rivals := contested(s)
	var queue []Finding
	err := l.store.View(ctx, func(r store.Reader) error {
		keys, err := queued(r, s)
		if err != nil {
			return err
		}
		for _, k := range keys {
			list, _, err := judged(r, k)
			if err != nil {
				return err
			}
			for _, f := range list {
				if _, done := standing(f.Reviews); done {
					continue
				}
				if f.Why, f.doubt = doubts(&f, rivals); f.doubt >= leastDoubt {
					queue = append(queue, f)
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(queue, func(a, b Finding) int { return cmp.Compare(b.doubt, a.doubt) })
	return queue[:min(limit, len(queue))], err
}

// queued are the articles that a queue is made of.
func queued(r store.Reader, s *story.Story) ([]store.Key, error) {
	var keys []store.Key
	if s == nil {
		for head, err := range r.Heads(math.MinInt64, math.MaxInt64, true) {
			if err != nil {
				return nil, err
			}
			if keys = append(keys, head.Key); len(keys) == mostQueued {
				break
			}
		}
		return keys, nil
	}
	for _, m := range s.Articles[:min(mostQueued, len(s.Articles))] {
		k, err := r.Find(m.Article)
		if errors.Is(err, store.ErrAbsent) {
			continue // it was removed since
		}
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// place names a finding of an article.
type place struct{ article, id string }

// contested are the figures of a story that contradict others.
func contested(s *story.Story) map[place]bool {
	if s == nil {
		return nil
	}
	found := map[place]bool{}
	for _, c := range s.Contradictions {
		for _, side := range []story.Side{c.A, c.B} {
			if side.Figure != "" {
				found[place{side.Article, side.Figure}] = true
			}
		}
	}
	return found
}

// doubts is why a finding wants a person's eye, and how much, 0 to 1. Attributions
// have a calibrated score: one half is the greatest doubt there is. A figure that
// another contradicts comes before all.
func doubts(f *Finding, rivals map[place]bool) (string, float64) {
	switch {
	case f.Kind == store.FigureFinding && rivals[place{f.Article, f.ID}]:
		return "contradicted", 1
	case f.Kind == store.AttributionFinding:
		return fmt.Sprintf("score %.2f", f.Score), 1 - 2*math.Abs(f.Score-.5)
	}
	return "", 0
}

// Verdicts are what people said of findings, by the ids of articles.
type Verdicts map[string][]store.Review

// Verdicts gives the verdicts on findings of some articles; those that are not in
// the ledger have none.
func (l *Ledger) Verdicts(ctx context.Context, articles []string) (Verdicts, error) {
	v := Verdicts{}
	err := l.store.View(ctx, func(r store.Reader) error {
		for _, id := range articles {
			if _, done := v[id]; done {
				continue
			}
			k, err := r.Find(id)
			if errors.Is(err, store.ErrAbsent) {
				continue
			}
			if err != nil {
				return err
			}
			if v[id], err = r.Reviews(k); err != nil {
				return err
			}
		}
		return nil
	})
	return v, err
}

// Of is the verdict that counts on a figure of a story.
func (v Verdicts) Of(f story.Finding) (store.Review, bool) {
	return standing(reviewsOf(v[f.Article], store.FigureFinding, f.Spans))
}

// Reviewed are the histories of a story's figures with those points alone that a
// person has accepted or corrected; histories without any are left out.
func (v Verdicts) Reviewed(histories []story.History) []story.History {
	var kept []story.History
	for _, h := range histories {
		points := slices.Clone(h.Points)
		points = slices.DeleteFunc(points, func(p story.Point) bool {
			good := func(f story.Finding) bool {
				r, ok := v.Of(f)
				return ok && r.Verdict != store.Rejected
			}
			return !good(p.Finding) && !slices.ContainsFunc(p.Repeats, good)
		})
		if len(points) > 0 {
			h.Points = points
			kept = append(kept, h)
		}
	}
	return kept
}
