package sqlite

import (
	"iter"
	"math"
	"strings"
	"unicode"

	"whence/store"
)

// Search yields keys of articles that match, the latest first. Keys run in the
// order of time, so the index gives them in the order that is wanted.
func (r *reader) Search(q store.Query) iter.Seq2[store.Key, error] {
	from, to := q.From, q.To
	if from == 0 {
		from = math.MinInt64
	}
	if to == 0 {
		to = math.MaxInt64
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1 // none, to SQLite
	}
	match, possible := expression(q)
	switch {
	case !possible:
		return func(func(store.Key, error) bool) {}
	case match == "":
		return rows(r, scanKey, "SELECT key FROM articles WHERE key >= ? AND key < ? ORDER BY key DESC LIMIT ?", from, to, limit)
	}
	if s, ok := newSieve(q); ok {
		return r.searchSifted(s, match, from, to, limit)
	}
	return r.searchWords(match, from, to, limit)
}

// searchWords asks the index of words.
func (r *reader) searchWords(match string, from, to store.Key, limit int) iter.Seq2[store.Key, error] {
	return rows(r, scanKey, "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?", match, from, to, limit)
}

// expression is the query in the language of FTS5, every word of it quoted. It
// is impossible where a part holds no word that could be found.
func expression(q store.Query) (match string, possible bool) {
	var parts []string
	add := func(column string, alternatives ...string) bool {
		var phrases []string
		for _, a := range alternatives {
			if strings.ContainsFunc(a, searchable) {
				phrases = append(phrases, `"`+strings.ReplaceAll(strings.ReplaceAll(a, `"`, " "), "\x00", " ")+`"`)
			}
		}
		if phrases == nil {
			return false
		}
		parts = append(parts, column+" : ("+strings.Join(phrases, " OR ")+")")
		return true
	}
	for _, t := range q.Terms {
		if !add("{title text}", t) {
			return "", false
		}
	}
	if len(q.Sources) > 0 && !add("source", q.Sources...) {
		return "", false
	}
	if q.Outlet != "" && !add("outlet", q.Outlet) {
		return "", false
	}
	for _, m := range q.Marks {
		if !add("marks", markToken(m)) {
			return "", false
		}
	}
	return strings.Join(parts, " AND "), true
}

// searchable tells whether the index holds such characters: letters, digits,
// and what is written with them.
func searchable(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.Is(unicode.Co, c)
}
