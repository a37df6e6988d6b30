package feed

import (
	"net/url"
	"strings"
)

// resolve makes a reference absolute against a base. What cannot be resolved
// stays as given.
func resolve(base, reference string) string {
	if reference == "" || base == "" || isAddress(reference) {
		return reference
	}
	b, err := url.Parse(base)
	if err != nil || b.Scheme == "" {
		return reference
	}
	u, err := b.Parse(reference)
	if err != nil {
		return reference
	}
	return u.String()
}

// rebase is the base inside an element that may have an xml:base.
func rebase(base string, t token) string {
	if own := t.attribute("xml:base"); own != "" {
		return resolve(base, own)
	}
	return base
}

// isAddress tells whether s is an address of the web, in full.
func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// authors are the names that an author element gives: the <name> of Atom, or
// text such as "j@example.org (Jo Doe)" and "Jo Doe <j@example.org>". An
// address stands only where there is no name.
func authors(e element, names namespaces) []string {
	if !e.nested {
		return one(fold(e.text()))
	}
	var found, mail []string
	e.children(names, func(c element) {
		switch c.local {
		case "name":
			found = append(found, one(fold(c.text()))...)
		case "email":
			mail = append(mail, one(fold(c.text()))...)
		}
	})
	switch {
	case len(found) > 0:
		return found
	case len(mail) > 0:
		return mail
	}
	return one(fold(e.text()))
}

// one is the name in an author's text, as a list of one or none.
func one(s string) []string {
	if before, after, ok := strings.Cut(s, "("); ok && strings.Contains(before, "@") {
		s, _, _ = strings.Cut(after, ")")
	} else if ok && strings.Contains(after, "@") {
		s = before
	} else if before, after, ok := strings.Cut(s, "<"); ok && strings.Contains(after, "@") && strings.Trim(before, blank) != "" {
		s = before
	}
	s = strings.Trim(s, blank+"\"")
	if s == "" {
		return nil
	}
	return []string{s}
}
