package api

import (
	"fmt"
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"whence"
	"whence/ledger"
)

// about is what is to be known of all operations.
func about(opt Options) string {
	return fmt.Sprintf(`What a whence ledger holds, as JSON. Every text is words of an article at the places given; offsets are Unicode code points, half-open. A key that is absent was not found.

Ids may be shortened to their first digits (an article's and a story's to four, a claim's to five). A story is also named by the id of any article in it.

Lists are cut into pages: where there is more, an answer has a cursor, which is given back as it is with the same request.

Answers carry an ETag; a request with If-None-Match is answered with 304 where nothing has changed. Answers are compressed for clients that accept gzip. Errors are problem details (RFC 9457).

Limits: a request's body %d MiB, sent within %v; an answer found within %v, adding articles within %v; a client that takes none of an answer for %v is cut off. Of a source at most 500 articles are looked at.

Reading needs the role of a reader, changes that of an editor.`, opt.BodyBytes>>20, opt.BodyTime, answerTime, opt.AddTime, opt.WriteTime)
}

// article is the JSON of [ledger.Article], which makes it itself: the reading's own
// keys, its dates, and what the ledger knows besides.
type article struct {
	Whence             int              `json:"whence" doc:"version of this format"`
	Published          string           `json:"published,omitempty" doc:"ISO 8601, as sharp as it is known"`
	PublishedPrecision whence.Precision `json:"published_precision,omitempty"`
	Modified           string           `json:"modified,omitempty"`
	ModifiedPrecision  whence.Precision `json:"modified_precision,omitempty"`
	Captured           string           `json:"captured,omitempty" doc:"when it was fetched"`
	CapturedPrecision  whence.Precision `json:"captured_precision,omitempty"`
	whence.Reading
	ledger.Besides
}

// place is the JSON of [whence.Place], of which the point may be absent.
type place struct {
	whence.Place
	Lat float64 `json:"lat,omitempty" doc:"degrees (WGS 84) of a point that stands for the place"`
	Lon float64 `json:"lon,omitempty"`
}

// schemas is where the schemas of types are gathered.
func schemas() huma.Registry {
	r := huma.NewMapRegistry("#/components/schemas/", schemaName)
	for of, as := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[ledger.Article](): reflect.TypeFor[article](),
		reflect.TypeFor[whence.Place]():   reflect.TypeFor[place](),
		reflect.TypeFor[whence.Bound]():   reflect.TypeFor[float64](),
	} {
		r.RegisterTypeAlias(of, as)
	}
	return r
}

// schemaName names a type by its package, where that is not the vocabulary: an
// article's source and a claim's are two.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	switch pkg := path.Base(t.PkgPath()); pkg {
	case ".", "whence", "api", "huma", "v2":
		return strings.ToUpper(name[:1]) + name[1:]
	default:
		return strings.ToUpper(pkg[:1]) + pkg[1:] + name
	}
}
