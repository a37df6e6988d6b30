package text_test

import (
	"strings"
	"testing"

	"whence/text"
)

// TestTokens reads the tokens off as they should be: a blank between tokens,
// "_" before a clitic.
func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// clitics
		{"They don't think Orla's boat won't sink.", "They do _n't think Orla _'s boat wo _n't sink ."},
		{"we'll you're I'm he'd I've", "we _'ll you _'re I _'m he _'d I _'ve"},
		{"It’s Karvik’s, isn’t it?", "It _’s Karvik _’s , is _n’t it ?"},
		{"She shouldn't've gone", "She should _n't _'ve gone"},
		{"cannot gonna wanna gotta gimme", "can _not gon _na wan _na got _ta gim _me"},
		{"dont Cannot DIDNT", "do _nt Can _not DID _NT"},
		{"the sailors' union", "the sailors _' union"},
		{"'the sailors' union", "' the sailors ' union"},
		{"O'Meara at five o'clock", "O'Meara at five o'clock"},
		{"rock 'em, '90s and 1990's", "rock 'em , '90s and 1990's"},
		{"class of '05.", "class of '05 ."},
		// hyphens
		{"a 22-year-old ex-mayor", "a 22 - year - old ex-mayor"},
		{"non-profit anti-fraud e-mail co-founder", "non-profit anti-fraud e-mail co-founder"},
		{"U.S.-backed well-known", "U.S. - backed well - known"},
		{"a Harbour-gate affair, penny-wise", "a Harbour-gate affair , penny-wise"},
		{"wait--no—yes – maybe", "wait -- no — yes – maybe"},
		// stops
		{"the U.S. and the U.N. met", "the U.S. and the U.N. met"},
		{"at 5 p.m. on Oct. 5", "at 5 p.m. on Oct. 5"},
		{"Acme Inc. hired Dr. Voss vs. Gov. Lind", "Acme Inc. hired Dr. Voss vs. Gov. Lind"},
		{"J. K. Varga, A.B. Lund", "J. K. Varga , A.B. Lund"},
		{"rule No. 3, no. 4", "rule No. 3 , no. 4"},
		{"She said no.", "She said no ."},
		{"a Ph.D. in maths, e.g. sums", "a Ph.D. in maths , e.g. sums"},
		{"wait... what… no....", "wait ... what … no ...."},
		// numbers
		{"$50 or 50% of 10,000", "$ 50 or 50 % of 10,000"},
		{"£2.5m, €3bn, US$4", "£ 2.5 m , € 3 bn , US$ 4"},
		{"won 3-2, pages 10-12", "won 3 - 2 , pages 10 - 12"},
		{"5km at 10:30am, 7:15 pm", "5 km at 10:30 am , 7:15 pm"},
		{"the 21st of the 1990s in 4G", "the 21st of the 1990s in 4G"},
		{"on 11/28/2000, 9/11, 1/2", "on 11/28/2000 , 9/11 , 1 / 2"},
		{"call 555-123-4567 or 555-1234", "call 555-123-4567 or 555-1234"},
		{"hit .300 and [1,2]", "hit .300 and [ 1 , 2 ]"},
		// words with marks inside
		{"and/or w/o AT&T", "and / or w/o AT&T"},
		{"#tag @name # 5 #5", "#tag @name # 5 # 5"},
		{"see http://a.example.org/x?y=(z), please", "see http://a.example.org/x?y=(z) , please"},
		{"(www.example.org).", "( www.example.org ) ."},
		{"write to o.lund@post.example.org.", "write to o.lund@post.example.org ."},
		{"harbourpost.com and plan.pdf.", "harbourpost.com and plan.pdf ."},
		// marks
		{`"Yes," she said.`, `" Yes , " she said .`},
		{"“No,” he said. ‘Never.’", "“ No , ” he said . ‘ Never . ’"},
		{"``So,'' they said", "`` So , '' they said"},
		{"fun :) :-( ;P ok", "fun :) :-( ;P ok"},
		{"What?! No!!! So.", "What ?! No !!! So ."},
		{"***", "***"},
		{"[sic] (so) {x}", "[ sic ] ( so ) { x }"},
		{"👍🏽 👩‍🚒!", "👍🏽 👩‍🚒 !"},
		// bytes
		{"caf\xe9 \u200bzero\u200bwidth\u200b \ufeffx", "caf\xe9 zero\u200bwidth x"},
		{"Zürich İzmir Жуков 東京", "Zürich İzmir Жуков 東京"},
		{"a\x00b", "a \x00 b"},
	} {
		if got := marked(text.Sentences(c.text, nil)); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// marked writes tokens as TestTokens reads them.
func marked(sentences []text.Sentence) string {
	var b strings.Builder
	for _, s := range sentences {
		for _, t := range s.Tokens {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			if t.Clitic {
				b.WriteByte('_')
			}
			b.WriteString(t.Text)
		}
	}
	return b.String()
}
