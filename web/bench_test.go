package web

import (
	"net/http"
	"testing"
)

// BenchmarkPages measures what each kind of page costs on the sample.
func BenchmarkPages(b *testing.B) {
	l := sampleLedger(b)
	h := New(l, Options{})
	s, err := l.Stories(b.Context(), 2, 1)
	if err != nil {
		b.Fatal(err)
	}
	st, err := l.Story(b.Context(), s[0].ID)
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range []struct{ name, address string }{
		{"home", "/"}, {"story", storyAt(st.ID)}, {"article", articleAt(st.Articles[1].Article)}, {"claim", claimAt(st.Claims[3].ID)},
		{"search", "/search?q=ferry"}, {"source", "/source?name=Ilse+Varn"}, {"beside", besideAt(st.Articles[2].Article, st.Articles[1].Article)},
	} {
		b.Run(p.name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = get(b, h, http.MethodGet, p.address).Body.Len()
			}
			b.ReportMetric(float64(size)/1024, "KiB/page")
		})
	}
}
