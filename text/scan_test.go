package text

import (
	"strings"
	"testing"
)

// BenchmarkTokens is the cutting of tokens alone.
func BenchmarkTokens(b *testing.B) {
	for name, sentence := range map[string]string{
		"plain": "The harbour master of Karvik said on Monday that two ferries were late and that a third had not left the pier. ",
		"mixed": "“It didn’t sink by itself,” Dr. Anna Lund said; $2.5m is missing, e.g. at Pier No. 3 (10:30 a.m.)… ",
	} {
		b.Run(name, func(b *testing.B) {
			s := strings.Repeat(sentence, 300)
			c := &scanner{s: s}
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				c.tokens, c.lag = c.tokens[:0], 0
				c.scan(0, len(s))
			}
		})
	}
}
