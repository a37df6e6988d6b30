package warc

// Limits bound what reading one record may take. A zero field stands for its
// default.
type Limits struct {
	// Header is the size of a record header in bytes; default [MaxHeader].
	Header int
	// Fields is the number of named fields in a record header or in an HTTP
	// header; default [MaxFields].
	Fields int
	// HTTPHead is the size in bytes of the status line and header of a
	// response; default [MaxHTTPHead].
	HTTPHead int
	// Body is the size in bytes of a response's body after chunking and
	// content encoding are undone; default [MaxBody].
	Body int64
	// Inflate is how many bytes one record may inflate to before Ratio is
	// looked at; default [MaxInflate].
	Inflate int64
	// Ratio is the most bytes that one byte of the file may inflate to;
	// default [MaxRatio].
	Ratio int64
}

// The defaults of Limits. A page's header is some hundred bytes, its body some
// hundred kilobytes; target addresses of the data: scheme are why a record
// header may be large.
const (
	MaxHeader   = 1 << 20
	MaxFields   = 1000
	MaxHTTPHead = 256 << 10
	MaxBody     = 32 << 20
	MaxInflate  = 64 << 20
	MaxRatio    = 200
)

// orDefault gives the limits with every field that is not set at its default.
func (l Limits) orDefault() Limits {
	return Limits{
		Header:   or(l.Header, MaxHeader),
		Fields:   or(l.Fields, MaxFields),
		HTTPHead: or(l.HTTPHead, MaxHTTPHead),
		Body:     or(l.Body, MaxBody),
		Inflate:  or(l.Inflate, MaxInflate),
		Ratio:    or(l.Ratio, MaxRatio),
	}
}

func or[T int | int64](limit, byDefault T) T {
	if limit > 0 {
		return limit
	}
	return byDefault
}
