package feed

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"whence"
)

// object is a JSON object whose values stay raw until one is wanted: one of a
// wrong type costs only itself.
type object map[string]json.RawMessage

// parseJSON reads a JSON Feed, or RSS written as JSON, entry by entry. Where
// the rules of JSON are broken, mended text is tried, and of what cannot be
// mended the entries before the breach are given.
func parseJSON(text string) (*Feed, error) {
	text = strings.TrimLeft(text, blank+"\uFEFF")
	var warnings tally
	top, items, err := readJSON(text, &warnings)
	if err != nil {
		again := tally{}
		if t, i, mendedErr := readJSON(mend(text), &again); mendedErr == nil || len(i) > len(items) {
			top, items, warnings = t, i, again
		}
		warnings.add("the feed breaks the rules of JSON, or its end is missing")
	}
	if rss := top.object("rss"); rss != nil {
		return rss.feedRSS(&warnings), nil
	}
	if items == nil && top.text("version") == "" {
		if err != nil {
			return nil, fmt.Errorf("reading a JSON feed: %w: %w", whence.ErrMalformed, err)
		}
		return nil, fmt.Errorf("reading a JSON feed: it has neither items nor a version: %w", whence.ErrNotRecognised)
	}
	f := &Feed{
		Format:  "json",
		Version: top.text("version")[strings.LastIndexByte(top.text("version"), '/')+1:],
		Title:   fold(top.text("title")), Link: top.text("home_page_url"), Language: top.text("language"),
	}
	authors := top.authors()
	for _, item := range items {
		e := item.entry(&warnings)
		e.Link = resolve(f.Link, e.Link)
		if len(e.Authors) == 0 {
			e.Authors = authors
		}
		f.Entries = append(f.Entries, e)
	}
	f.Warnings = warnings.words()
	return f, nil
}

// readJSON takes the outermost keys and the items, up to the first breach of
// the rules of JSON.
func readJSON(text string, warnings *tally) (top object, items []object, err error) {
	top = object{}
	d := json.NewDecoder(strings.NewReader(text))
	if _, err := d.Token(); err != nil {
		return top, nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return top, items, err
		}
		if key == "items" && items == nil && beginsList(text[d.InputOffset():]) {
			if items, err = readItems(d, warnings); err != nil {
				return top, items, err
			}
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return top, items, err
		}
		if name, ok := key.(string); ok {
			top[name] = value
		}
	}
	_, err = d.Token()
	return top, items, err
}

// beginsList tells whether a list follows a key that s stands behind.
func beginsList(s string) bool {
	return strings.HasPrefix(strings.TrimLeft(s, blank+":"), "[")
}

// readItems takes a list of objects, up to the first breach.
func readItems(d *json.Decoder, warnings *tally) ([]object, error) {
	items := []object{}
	if _, err := d.Token(); err != nil {
		return items, err
	}
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return items, err
		}
		if len(items) == MaxEntries {
			warnings.add(fmt.Sprintf("entries past the limit of %d are left out", MaxEntries))
			continue
		}
		if item := asObject(raw); item != nil {
			items = append(items, item)
		} else {
			warnings.add("an item is no object")
		}
	}
	_, err := d.Token()
	return items, err
}

// asObject is nil for anything but an object.
func asObject(raw json.RawMessage) object {
	var o object
	if json.Unmarshal(raw, &o) != nil {
		return nil
	}
	return o
}

func (o object) object(key string) object { return asObject(o[key]) }

// objects are the members of a list that are objects, or the one object that
// stands in its place.
func (o object) objects(key string) (all []object) {
	var raws []json.RawMessage
	if json.Unmarshal(o[key], &raws) != nil {
		raws = []json.RawMessage{o[key]}
	}
	for _, raw := range raws {
		if member := asObject(raw); member != nil {
			all = append(all, member)
		}
	}
	return all
}

// text is a string or number as text; "" for anything else.
func (o object) text(key string) string {
	var v any
	if raw, ok := o[key]; !ok || json.Unmarshal(raw, &v) != nil {
		return ""
	}
	switch v := v.(type) {
	case string:
		return strings.Trim(v, blank)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// authors are the names in authors (1.1) and author (1.0).
func (o object) authors() (names []string) {
	for _, a := range append(o.objects("authors"), o.objects("author")...) {
		if n := fold(a.text("name")); n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

func (o object) entry(warnings *tally) Entry {
	e := Entry{
		ID: o.text("id"), Link: o.text("url"), Title: fold(o.text("title")), Authors: o.authors(),
		Summary: html.EscapeString(o.text("summary")), Content: o.text("content_html"),
		Published: o.date("date_published", warnings), Updated: o.date("date_modified", warnings),
	}
	if e.Link == "" {
		e.Link = o.text("external_url")
	}
	if e.Link == "" && isAddress(e.ID) {
		e.Link = e.ID
	}
	if e.Content == "" {
		e.Content = html.EscapeString(o.text("content_text"))
	}
	return e
}

func (o object) date(key string, warnings *tally) whence.Date {
	s := o.text(key)
	date := parseDate(s)
	if s != "" && date.IsZero() {
		warnings.add("a date cannot be read")
	}
	return date
}

// feedRSS reads RSS whose elements are written as JSON keys.
func (o object) feedRSS(warnings *tally) *Feed {
	channel := o.object("channel")
	f := &Feed{
		Format: "rss", Version: o.text("version"),
		Title: ambiguous(channel.text("title")), Link: channel.text("link"), Language: channel.text("language"),
	}
	for _, item := range channel.objects("item") {
		if len(f.Entries) == MaxEntries {
			warnings.add(fmt.Sprintf("entries past the limit of %d are left out", MaxEntries))
			break
		}
		e := Entry{
			ID: item.text("guid"), Link: item.text("link"), Title: ambiguous(item.text("title")),
			Authors: one(item.text("author")), Summary: item.text("description"), Content: item.text("content:encoded"),
			Published: item.date("pubDate", warnings),
		}
		if e.Link == "" && isAddress(e.ID) {
			e.Link = e.ID
		}
		e.Link = resolve(f.Link, e.Link)
		f.Entries = append(f.Entries, e)
	}
	f.Warnings = warnings.words()
	return f
}
