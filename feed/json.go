package feed

import (
	"encoding/json"
	"fmt"
	"html"
	"strconv"
	"strings"

	"whence"
)

// jsonFeed are the keys of JSON Feed 1.0 and 1.1 that are read. Each stays raw
// until it is wanted: one of a wrong type costs only itself.
type jsonFeed map[string]json.RawMessage

// parseJSON reads a JSON Feed, entry by entry: one that is cut off gives the
// entries before the cut.
func parseJSON(text string) (*Feed, error) {
	text = strings.TrimLeft(text, blank+"\uFEFF")
	d := json.NewDecoder(strings.NewReader(text))
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("reading a JSON feed: %w: %v", whence.ErrMalformed, err)
	}
	f := &Feed{Format: "json"}
	top := jsonFeed{}
	var warnings tally
	items, err := top.read(d, &warnings)
	if items == nil && top.text("version") == "" {
		if err != nil {
			return nil, fmt.Errorf("reading a JSON feed: %w: %v", whence.ErrMalformed, err)
		}
		return nil, fmt.Errorf("reading a JSON feed: it has neither items nor a version: %w", whence.ErrNotRecognised)
	}
	if err != nil {
		warnings.add("the feed ends early or breaks JSON's rules: " + err.Error())
	}
	f.Version = top.text("version")[strings.LastIndexByte(top.text("version"), '/')+1:]
	f.Title, f.Link, f.Language = fold(top.text("title")), top.text("home_page_url"), top.text("language")
	for _, item := range items {
		e := item.entry(&warnings)
		e.Link = resolve(f.Link, e.Link)
		if len(e.Authors) == 0 {
			e.Authors = top.authors()
		}
		f.Entries = append(f.Entries, e)
	}
	f.Warnings = warnings.words()
	return f, nil
}

// read takes the keys of the feed and gives its items, up to the first breach
// of JSON's rules.
func (top jsonFeed) read(d *json.Decoder, warnings *tally) (items []jsonFeed, err error) {
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return items, err
		}
		if key == "items" && items == nil {
			if items, err = readItems(d, warnings); err != nil {
				return items, err
			}
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return items, err
		}
		if name, ok := key.(string); ok {
			top[name] = value
		}
	}
	_, err = d.Token()
	return items, err
}

func readItems(d *json.Decoder, warnings *tally) ([]jsonFeed, error) {
	items := []jsonFeed{}
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		warnings.add("the items are no list")
		return items, err
	}
	for d.More() {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return items, err
		}
		var item jsonFeed
		if err := json.Unmarshal(raw, &item); err != nil || item == nil {
			warnings.add("an item is no object")
			continue
		}
		if len(items) == MaxEntries {
			warnings.add(fmt.Sprintf("entries past the limit of %d are left out", MaxEntries))
			continue
		}
		items = append(items, item)
	}
	_, err := d.Token()
	return items, err
}

// text is a string or number as text; "" for anything else.
func (f jsonFeed) text(key string) string {
	var v any
	if raw, ok := f[key]; !ok || json.Unmarshal(raw, &v) != nil {
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
func (f jsonFeed) authors() []string {
	var list []jsonFeed
	var single jsonFeed
	if json.Unmarshal(f["authors"], &list) != nil {
		list = nil
	}
	if json.Unmarshal(f["author"], &single) == nil {
		list = append(list, single)
	}
	var names []string
	seen := map[string]bool{}
	for _, a := range list {
		if n := fold(a.text("name")); n != "" && !seen[n] {
			names, seen[n] = append(names, n), true
		}
	}
	return names
}

func (f jsonFeed) entry(warnings *tally) Entry {
	e := Entry{
		ID: f.text("id"), Link: f.text("url"), Title: fold(f.text("title")), Authors: f.authors(),
		Summary: html.EscapeString(f.text("summary")), Content: f.text("content_html"),
	}
	if e.Link == "" {
		e.Link = f.text("external_url")
	}
	if e.Link == "" && (strings.HasPrefix(e.ID, "http://") || strings.HasPrefix(e.ID, "https://")) {
		e.Link = e.ID
	}
	if e.Content == "" {
		e.Content = html.EscapeString(f.text("content_text"))
	}
	for key, into := range map[string]*whence.Date{"date_published": &e.Published, "date_modified": &e.Updated} {
		*into = parseDate(f.text(key))
		if into.IsZero() && f.text(key) != "" {
			warnings.add("a date cannot be read")
		}
	}
	return e
}
