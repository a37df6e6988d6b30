package language

import (
	_ "embed"
	"strings"
	"sync"
)

// Unknown is the BCP 47 code of a language that is not known: of a text that
// can be seen not to be in a language that was expected, and no more.
const Unknown = "und"

// Primary is the language of a BCP 47 tag, without script, country and the
// rest: "en" of "en-GB".
func Primary(tag string) string {
	if end := strings.IndexAny(tag, "-_"); end >= 0 {
		tag = tag[:end]
	}
	return strings.ToLower(tag)
}

// alike are codes that may be told of one text: old and new codes of a
// language, a language and what stands for it and its like, and languages that
// are commonly declared by a wider name (IANA Language Subtag Registry).
var alike = map[string]string{
	"nb": "no", "nn": "no",
	"hr": "sh", "sr": "sh", "bs": "sh", "cnr": "sh",
	"id": "ms", "in": "ms", "zsm": "ms",
	"iw": "he", "ji": "yi", "mo": "ro", "fil": "tl", "prs": "fa", "arb": "ar", "arz": "ar",
	"cmn": "zh", "yue": "zh", "kmr": "ku", "swh": "sw", "khk": "mn", "hye": "hy", "eng": "en",
}

// Agree tells whether two tags may both be right of one text: "en-GB" and
// "en", "no" and "nb". Tags of nothing agree with none.
func Agree(a, b string) bool {
	a, b = wide(a), wide(b)
	return a == b && a != "" && a != Unknown
}

func wide(tag string) string {
	code := Primary(tag)
	if w := alike[code]; w != "" {
		return w
	}
	return code
}

//go:embed data/names.txt
var nameData string

var names = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(nameData) {
		if code, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			all[code] = name
		}
	}
	return all
})

// Name is the English name of the language of a tag, "" where it is not known
// here. Every language that [Of] tells has one.
func Name(tag string) string { return names()[Primary(tag)] }
