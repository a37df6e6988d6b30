package charset

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// prescanSize is how many bytes at the beginning a declaration is looked for
// in. The HTML Standard asks for 1024; newsrooms' heads are longer.
const prescanSize = 4096

// declaredInXML is the label of the XML declaration, or "". Servers print
// notices before feeds, so it may stand anywhere in the first 4096 bytes.
func declaredInXML(data []byte) string {
	head := data[:min(len(data), prescanSize)]
	at := bytes.Index(head, []byte("<?xml"))
	if at < 0 {
		return ""
	}
	return xmlDeclaration(head[at:])
}

// xmlDeclaration is the label in the declaration that head begins with.
func xmlDeclaration(head []byte) string {
	end := bytes.IndexByte(head, '>')
	if end < 0 || !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	return assigned(string(head[:end]), "encoding")
}

// declaredInHTML is the label of the XML declaration or of the first <meta>
// that declares a known one, or "".
func declaredInHTML(data []byte) string {
	head := data[:min(len(data), prescanSize)]
	if label := xmlDeclaration(bytes.TrimLeft(head, " \t\r\n")); label != "" {
		return label
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			if label := metaLabel(z); label != "" {
				return label
			}
		}
	}
}

// metaLabel is the known label that a tag declares: <meta charset=…>, or
// <meta http-equiv=content-type content="…; charset=…">.
func metaLabel(z *html.Tokenizer) string {
	name, more := z.TagName()
	if string(name) != "meta" {
		return ""
	}
	attributes := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		if _, twice := attributes[string(key)]; !twice {
			attributes[string(key)] = string(value)
		}
	}
	label := attributes["charset"]
	if label == "" && strings.EqualFold(strings.TrimSpace(attributes["http-equiv"]), "content-type") {
		label = assigned(attributes["content"], "charset")
	}
	if _, known := lookup(label); !known {
		return ""
	}
	return label
}

// assigned is the value in the first `key = value` of s, with or without
// quotes; "" if there is none. Case does not matter in key.
func assigned(s, key string) string {
	const blank = " \t\r\n\f"
	for {
		at := strings.Index(lower(s), key)
		if at < 0 {
			return ""
		}
		var ok bool
		s, ok = strings.CutPrefix(strings.TrimLeft(s[at+len(key):], blank), "=")
		if !ok {
			continue
		}
		s = strings.TrimLeft(s, blank)
		if s != "" && (s[0] == '"' || s[0] == '\'') {
			value, _, closed := strings.Cut(s[1:], s[:1])
			if !closed {
				return ""
			}
			return strings.TrimSpace(value)
		}
		if end := strings.IndexAny(s, blank+";?"); end >= 0 {
			s = s[:end]
		}
		return s
	}
}

// lower is s with its ASCII letters in lower case, byte for byte.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
