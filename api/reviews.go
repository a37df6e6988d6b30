package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"whence/ledger"
)

// reviews registers people's verdicts on findings.
func (s *server) reviews() {
	get(s, "/api/v1/articles/{article}/findings", "findings", "articles", "An article's findings in the order of the text, with people's verdicts on them", func(ctx context.Context, in *ArticleID) (list[ledger.Finding], error) {
		items, _, err := s.l.Findings(ctx, in.Article)
		return list[ledger.Finding]{Items: orEmpty(items)}, err
	}, http.StatusNotFound, http.StatusConflict)

	get(s, "/api/v1/reviews/queue", "queue", "articles", "Findings that most want a person's eye, the most doubtful first", func(ctx context.Context, in *struct {
		Story string `query:"story" maxLength:"80" doc:"of the articles of this story; else of the latest"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"most findings"`
	}) (list[ledger.Finding], error) {
		items, err := s.l.Queue(ctx, in.Story, in.Limit)
		return list[ledger.Finding]{Items: orEmpty(items)}, err
	}, http.StatusNotFound, http.StatusConflict)

	huma.Register(s.api, huma.Operation{
		OperationID: "review", Method: http.MethodPost, Path: "/api/v1/articles/{article}/reviews", Tags: []string{"changes"},
		Summary:     "A verdict on a finding; the machine's finding stays as it is beside it",
		Description: "The answer is the finding with all verdicts on it. Whose verdict it is follows from who is signed in.",
		Errors:      []int{http.StatusBadRequest, http.StatusForbidden, http.StatusRequestTimeout, http.StatusNotFound, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable},

		MaxBodyBytes: mostReview, BodyReadTimeout: s.opt.BodyTime,
	}, func(ctx context.Context, in *struct {
		ArticleID
		Body ledger.Judgement
	}) (*body[*ledger.Finding], error) {
		by, err := editor(ctx)
		if err != nil {
			return nil, err
		}
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		f, err := s.l.Review(ctx, in.Article, by, time.Now(), in.Body)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &body[*ledger.Finding]{f}, nil
	})
}

// mostReview bounds a verdict, in bytes.
const mostReview = 64 << 10
