package ledger

import (
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/store"
)

// QueryError is a mistake in a search, with what to do.
type QueryError struct{ What, Hint string }

func (e *QueryError) Error() string { return e.What + " (" + e.Hint + ")" }

// marked are the keys of a search that stand for marks.
var marked = map[string]string{
	"status": "status", "anonymous": "anonymous", "measure": "measure", "kind": "kind",
	"quotation": "quotation", "response": "response", "language": "language",
}

// closed are the values that marks may have, of those that have few.
var closed = map[string][]string{
	"anonymous": {"yes", "no"},
	"status": values(whence.Happened, whence.UnderWay, whence.Attempted, whence.Decided, whence.Planned, whence.Considered, whence.Possible,
		whence.Required, whence.Requested, whence.StatusDenied, whence.NotHappened, whence.Unknown),
	"kind":      values(whence.Statement, whence.Belief, whence.Intention, whence.Evidence),
	"quotation": values(whence.Direct, whence.Indirect, whence.Mixed),
	"response":  values(whence.Declined, whence.NoReply, whence.Referred, whence.Denied, whence.Confirmed),
}

func values[T ~string](list ...T) []string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = string(v)
	}
	return names
}

// ParseQuery reads a search as people type it: words, "phrases in quotation
// marks", and key:value or key:"two words" for source, outlet, after, before,
// status, anonymous, measure, kind, quotation, response and language. All of it
// must hold; several sources are alternatives. After and before take dates as
// [whence.ParseDate] does; after:2025 begins with the year, before:2025 ends
// before it. Errors are [*QueryError].
func ParseQuery(s string) (store.Query, error) {
	var q store.Query
	for _, t := range terms(s) {
		if err := add(&q, t); err != nil {
			return store.Query{}, err
		}
	}
	if q.Terms == nil && q.Sources == nil && q.Outlet == "" && q.Marks == nil && q.From == 0 && q.To == 0 {
		return q, &QueryError{"nothing to search for", `words, "a phrase", source:NAME, outlet:NAME, after:DATE, before:DATE, status:planned, anonymous:yes, measure:killed`}
	}
	return q, nil
}

// term is one part of a search.
type term struct{ key, value string }

// terms cuts a search into its parts. A quotation mark that is not closed is
// closed by the end.
func terms(s string) []term {
	var list []term
	for s = strings.TrimSpace(plainQuotes.Replace(s)); s != ""; s = strings.TrimSpace(s) {
		var t term
		if i := strings.IndexAny(s, " \t\n\":"); i > 0 && s[i] == ':' {
			if key := strings.ToLower(s[:i]); known(key) {
				t.key, s = key, s[i+1:]
			}
		}
		if strings.HasPrefix(s, `"`) {
			t.value, s, _ = strings.Cut(s[1:], `"`)
		} else if i := strings.IndexAny(s, " \t\n\""); i >= 0 {
			t.value, s = s[:i], s[i:]
		} else {
			t.value, s = s, ""
		}
		list = append(list, t)
	}
	return list
}

var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

func known(key string) bool {
	switch key {
	case "source", "outlet", "after", "before":
		return true
	}
	return marked[key] != ""
}

func add(q *store.Query, t term) error {
	if t.key != "" && t.value == "" {
		return &QueryError{fmt.Sprintf("nothing follows %s:", t.key), t.key + ":VALUE"}
	}
	switch t.key {
	case "":
		if t.value != "" {
			q.Terms = append(q.Terms, t.value)
		}
	case "source":
		q.Sources = append(q.Sources, t.value)
	case "outlet":
		q.Outlet = strings.TrimSpace(q.Outlet + " " + t.value)
	case "after", "before":
		day, err := whence.ParseDate(t.value)
		if err != nil {
			return &QueryError{fmt.Sprintf("%s:%s is no date", t.key, t.value), "2025, 2025-11 or 2025-11-04"}
		}
		k := store.KeyAt(day.Time.UTC())
		if t.key == "after" {
			q.From = max(k, 1)
		} else {
			q.To = max(k, 1)
		}
	default:
		m := store.NewMark(marked[t.key], t.value)
		if m == "" {
			return &QueryError{fmt.Sprintf("%s:%s is nothing that can be looked for", t.key, t.value), t.key + ":VALUE"}
		}
		if among := closed[t.key]; among != nil && !slices.Contains(among, strings.TrimPrefix(string(m), t.key+":")) {
			return &QueryError{fmt.Sprintf("there is no %s:%s", t.key, t.value), "one of " + strings.Join(among, ", ")}
		}
		q.Marks = append(q.Marks, m)
	}
	return nil
}
