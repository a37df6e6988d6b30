package english

import "testing"

func TestNoticeWord(t *testing.T) {
	for word, want := range map[string]bool{"correction": true, "misstated": true, "earlier": true, "ferry": false, "": false} {
		if got := NoticeWord(word); got != want {
			t.Errorf("%q: %t", word, got)
		}
	}
}
