package web

import (
	"net/http"
	"strings"

	"whence"
	"whence/store"
	"whence/story"
)

// mostJudged bounds the articles whose verdicts are looked up for one page.
const mostJudged = 400

// reviewedOnly is a story whose figures are those alone that a person has accepted
// or corrected: asked for by ?reviewed=only. Whole tells that all are shown.
func (s *site) reviewedOnly(q *request, st *story.Story) (*story.Story, bool, error) {
	switch q.FormValue("reviewed") {
	case "":
		return st, true, nil
	case "only":
	default:
		return nil, false, &refusal{http.StatusBadRequest, "There is no such choice of figures.", "Either reviewed=only or nothing."}
	}
	var ids []string
	listed := map[string]bool{}
	for _, h := range st.Histories {
		for _, p := range h.Points {
			if !listed[p.Article] && len(ids) < mostJudged {
				listed[p.Article] = true
				ids = append(ids, p.Article)
			}
		}
	}
	v, err := s.ledger.Verdicts(q.Context(), ids)
	if err != nil {
		return nil, false, err
	}
	only := *st
	only.Histories = v.Reviewed(st.Histories)
	return &only, false, nil
}

// verdict is what somebody said of a finding, as an article's page lists it.
type verdict struct {
	store.Review
	Words, Href string
}

// verdictsOf are the verdicts on an article's findings, with the words judged.
func verdictsOf(r *whence.Reading, id string, reviews []store.Review) []verdict {
	text := []rune(r.Text)
	var list []verdict
	for _, review := range reviews {
		var words []string
		for _, s := range review.Spans {
			if s.Start >= 0 && s.Start < s.End && s.End <= len(text) {
				words = append(words, string(text[s.Start:s.End]))
			}
		}
		list = append(list, verdict{review, strings.Join(words, " … "), passageAt(id, review.Spans...)})
	}
	return list
}
