package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"whence/ledger"
	"whence/store"
	"whence/story"
)

// body is an answer in JSON.
type body[T any] struct{ Body T }

// list is one page of a list.
type list[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"cursor of the next page; absent on the last"`
}

// Paged are the parameters of a list. (Their names are exported because huma looks
// into no others.)
type Paged struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"most items of a page"`
	Cursor string `query:"cursor" maxLength:"300" doc:"of the page before"`
}

// StoryID is the parameter that names a story.
type StoryID struct {
	Story string `path:"story" maxLength:"80" doc:"id of a story or of any article in it, or its first digits" example:"s5e416041a6"`
}

// ClaimID is the parameter that names a claim.
type ClaimID struct {
	Claim string `path:"claim" maxLength:"80" doc:"id of a claim, or its first five characters or more" example:"c0123456789"`
}

// ArticleID is the parameter that names an article.
type ArticleID struct {
	Article string `path:"article" maxLength:"80" doc:"id of an article, or its first digits" example:"sha256:5e416041a6"`
}

// get registers an operation that reads. Codes are the errors that it may give
// besides those that any may.
func get[I, T any](s *server, path, id, tag, summary string, f func(context.Context, *I) (T, error), codes ...int) {
	op := huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Tags: []string{tag},
		Errors: append(codes, http.StatusNotModified, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable),
	}
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*body[T], error) {
		ctx, cancel := context.WithTimeout(ctx, answerTime)
		defer cancel()
		out, err := f(ctx, in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &body[T]{out}, nil
	})
	answers := s.api.OpenAPI().Paths[path].Get.Responses
	answers["304"] = &huma.Response{Description: "Nothing has changed since the ETag of If-None-Match"}
	answers["200"].Headers = map[string]*huma.Param{"ETag": {Description: "of this answer, for If-None-Match", Schema: &huma.Schema{Type: huma.TypeString}}}
}

// counts is the size of the ledger.
type counts struct {
	Articles int64  `json:"articles"`
	Pairs    int64  `json:"pairs" doc:"of articles that share text"`
	Bytes    int64  `json:"bytes" doc:"of its files"`
	Version  string `json:"version,omitempty" doc:"of the program"`
}

// saidBy is what a source is reported to have said.
type saidBy struct {
	Items []ledger.SourceSayings `json:"items" nullable:"false"`
}

// reads registers what is read.
func (s *server) reads() {
	const notFound, ambiguous = http.StatusNotFound, http.StatusConflict

	get(s, "/api/v1/health", "health", "ledger", "Whether the ledger can be read, and its size", func(ctx context.Context, _ *struct{}) (counts, error) {
		c, err := s.l.Counts(ctx)
		return counts{c.Articles, c.Pairs, c.Bytes, s.opt.Version}, err
	})

	get(s, "/api/v1/stories", "stories", "stories", "The stories, those with the latest articles first", func(ctx context.Context, in *struct {
		Paged
		Least int `query:"least" minimum:"1" maximum:"1000000" default:"2" doc:"fewest articles of a story"`
	}) (list[ledger.Brief], error) {
		before, err := parseCursor(in.Cursor, "stories")
		if err != nil {
			return list[ledger.Brief]{}, err
		}
		items, next, err := s.l.StoriesBefore(ctx, in.Least, store.Key(before), in.Limit)
		return cutAt(items, "stories", int64(next)), err
	})

	get(s, "/api/v1/stories/{story}", "story", "stories", "A story, whole", func(ctx context.Context, in *StoryID) (*story.Story, error) {
		return s.l.Story(ctx, in.Story)
	}, notFound, ambiguous)

	ofStory(s, "claims", "The claims of a story, by legs", func(x *story.Story) []story.Claim { return x.Claims })
	ofStory(s, "figures", "How the figures of a story went over time", func(x *story.Story) []story.History { return x.Histories })
	ofStory(s, "articles", "The articles of a story, origins first, copies behind their origin", func(x *story.Story) []story.Member { return x.Articles })

	get(s, "/api/v1/claims/{claim}", "claim", "stories", "A claim, with the reports and sources it rests on", func(ctx context.Context, in *ClaimID) (*story.Claim, error) {
		c, err := s.l.Claim(ctx, in.Claim)
		if err != nil {
			return nil, err
		}
		return &c.Claim, nil
	}, notFound, ambiguous)

	get(s, "/api/v1/articles/{article}", "article", "articles", "An article: its reading, its versions and what they changed, and where its words stand elsewhere", func(ctx context.Context, in *ArticleID) (*ledger.Article, error) {
		return s.l.Article(ctx, in.Article)
	}, notFound, ambiguous)

	get(s, "/api/v1/sources", "source", "sources", "What a source is reported to have said, the latest story first: public statements alone", func(ctx context.Context, in *struct {
		Name  string `query:"name" required:"true" minLength:"1" maxLength:"200" doc:"words of the name, or of what the source is called" example:"harbour master"`
		Limit int    `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"most articles that are looked at, the latest first"`
	}) (saidBy, error) {
		said, err := s.l.Source(ctx, in.Name, in.Limit)
		return saidBy{orEmpty(said)}, err
	})

	get(s, "/api/v1/search", "search", "search", "Articles that hold all of what is asked for, the latest first", func(ctx context.Context, in *struct {
		Asked
		Paged
	}) (list[ledger.HitLine], error) {
		return s.search(ctx, in.Query, in.Cursor, in.Limit)
	})

	get(s, "/api/v1/facets", "facets", "search", "What the latest articles that a search finds have in common: each value is a part that makes the search narrower", func(ctx context.Context, in *struct {
		Asked
		Limit int `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"most articles that are looked at, the latest first"`
	}) (facets, error) {
		q, err := ledger.ParseQuery(in.Query)
		if err != nil {
			return facets{}, err
		}
		f, looked, err := s.l.Facets(ctx, q, in.Limit)
		return facets{looked, f}, err
	})
}

// Asked is a search.
type Asked struct {
	Query string `query:"q" required:"true" minLength:"1" maxLength:"1000" doc:"words, \"phrases\", and source: outlet: after: before: status: anonymous: measure: kind: quotation: response: language: with a value" example:"quay status:planned"`
}

// facets are what articles have in common.
type facets struct {
	Looked int           `json:"articles" doc:"how many were looked at"`
	Facets ledger.Facets `json:"facets"`
}

// ofStory registers a list of a story.
func ofStory[T any](s *server, name, summary string, of func(*story.Story) []T) {
	get(s, "/api/v1/stories/{story}/"+name, "story-"+name, "stories", summary, func(ctx context.Context, in *struct {
		StoryID
		Paged
	}) (list[T], error) {
		x, err := s.l.Story(ctx, in.Story)
		if err != nil {
			return list[T]{}, err
		}
		items, next, err := page(of(x), name+" "+x.ID, in.Cursor, in.Limit)
		return list[T]{orEmpty(items), next}, err
	}, http.StatusNotFound, http.StatusConflict)
}

func (s *server) search(ctx context.Context, query, after string, limit int) (list[ledger.HitLine], error) {
	var out list[ledger.HitLine]
	q, err := ledger.ParseQuery(query)
	if err != nil {
		return out, err
	}
	name := "search " + query
	before, err := parseCursor(after, name)
	if err != nil {
		return out, err
	}
	if before != 0 && (q.To == 0 || store.Key(before) < q.To) {
		q.To = store.Key(before)
	}
	hits, err := s.l.Search(ctx, q, limit+1)
	if err != nil {
		return out, err
	}
	var next int64
	if len(hits) > limit {
		hits = hits[:limit]
		next = int64(hits[limit-1].Key)
	}
	lines := make([]ledger.HitLine, len(hits))
	for i, h := range hits {
		lines[i] = h.Line()
	}
	return cutAt(lines, name, next), nil
}

// cutAt is a page that is followed by another where next is not 0.
func cutAt[T any](items []T, name string, next int64) list[T] {
	l := list[T]{Items: orEmpty(items)}
	if next != 0 {
		l.Next = cursor{name, next}.String()
	}
	return l
}

// orEmpty is a list that is encoded as one where it is empty.
func orEmpty[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
