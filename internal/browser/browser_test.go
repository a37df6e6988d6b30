package browser

import (
	"net/http"
	"testing"
)

// TestMeasuresCanFail holds that the measures see what they are to find.
func TestMeasuresCanFail(t *testing.T) {
	b := Open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<body style="background:#fff"><p style="color:#999">pale</p><svg><text y=20 fill="#aaa">pale too</text></svg><a href="/x"></a><button></button><div style="width:900px">wide</div>`))
	}))
	b.Size(t, 360, 740, false)
	b.Visit(t, "/")
	got := b.Pale(t)
	if len(got.Bad) != 2 {
		t.Errorf("pale text found: %v", got.Bad)
	}
	if list, _ := b.Nameless(t); len(list) != 2 {
		t.Errorf("controls without a name found: %v", list)
	}
	if w := Eval[int](t, b, `document.documentElement.scrollWidth`); w < 900 {
		t.Errorf("the page is %d wide", w)
	}
}
