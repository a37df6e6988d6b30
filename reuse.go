package whence

// Reuse is how two articles that share words are related. Directions and
// passages are given as seen from Article; which of the two is Article follows
// from their ids alone (see [Reuse.Turned]), not from who was first.
type Reuse struct {
	Article    string    `json:"article"`
	Path       string    `json:"path,omitempty"`
	Other      string    `json:"other"`
	OtherPath  string    `json:"other_path,omitempty"`
	Relation   Relation  `json:"relation"`
	Direction  Direction `json:"direction"`
	Origin     string    `json:"origin,omitempty"` // outlet, agency or speaker the shared words come from
	Confidence float64   `json:"confidence"`       // 0 to 1
	Evidence   []string  `json:"evidence,omitempty"`
	Passages   []Passage `json:"passages"`
}

// Passage is words that stand in both articles.
type Passage struct {
	Span            // in Article
	OtherStart int  `json:"other_start"`
	OtherEnd   int  `json:"other_end"`
	Quotation  bool `json:"quotation"` // wholly words of a quotation, a post or a statement, not the narrator's
}

// Other is the place of the passage in the other article.
func (p Passage) Other() Span { return Span{p.OtherStart, p.OtherEnd} }

// Relation is how two articles that share words are related.
type Relation string

// The relations.
const (
	Copy            Relation = "copy"             // the same story in essentially the same words
	Derived         Relation = "derived"          // one reuses or rewrites the reporting of the other
	CommonOrigin    Relation = "common_origin"    // different items that share prose or a report of a third
	SharedQuotation Relation = "shared_quotation" // only quotations, posts or official statements are shared
)

// Direction is which way the shared words went.
type Direction string

// The directions.
const (
	ArticleFromOther Direction = "article_from_other"
	OtherFromArticle Direction = "other_from_article"
	BothFromOrigin   Direction = "both_from_origin"
	DirectionUnknown Direction = "unknown"
)

// turned gives each direction as seen from the other side.
var turned = map[Direction]Direction{
	ArticleFromOther: OtherFromArticle,
	OtherFromArticle: ArticleFromOther,
	BothFromOrigin:   BothFromOrigin,
	DirectionUnknown: DirectionUnknown,
}

// Turned is the same reuse as seen from the other article.
func (r Reuse) Turned() Reuse {
	r.Article, r.Other = r.Other, r.Article
	r.Path, r.OtherPath = r.OtherPath, r.Path
	r.Direction = turned[r.Direction]
	passages := make([]Passage, len(r.Passages))
	for i, p := range r.Passages {
		passages[i] = Passage{Span: p.Other(), OtherStart: p.Start, OtherEnd: p.End, Quotation: p.Quotation}
	}
	r.Passages = passages
	return r
}
