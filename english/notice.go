package english

import (
	"strings"
	"sync"
)

// noticeWords are the words of data/notice.txt.
var noticeWords = sync.OnceValue(func() map[string]bool {
	table, err := data.ReadFile("data/notice.txt")
	if err != nil {
		panic(err) // the table is not in the binary
	}
	words := map[string]bool{}
	for line := range strings.Lines(string(table)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range strings.Fields(line) {
			words[w] = true
		}
	}
	return words
})

// NoticeWord tells whether notices of corrections use a word of themselves,
// whatever they correct. The word is in lower case.
func NoticeWord(word string) bool { return noticeWords()[word] }
