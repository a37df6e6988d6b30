package main

import (
	"fmt"
	"strings"
	"testing"
)

// fictions are texts of enough words that each has others to stand for it.
func fictions() []string {
	var list []string
	for i := range 400 {
		list = append(list, fmt.Sprintf("The %s of %s told %s that they were to meet the %s at %s, and that he would be in %s.\n",
			invented(i), invented(i+7), invented(2*i), invented(3*i+1), invented(5*i), invented(i*i)))
	}
	return list
}

// invented is a word of four to nine letters that is none.
func invented(n int) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	var b strings.Builder
	for range 2 + n%3 {
		b.WriteByte(consonants[n%len(consonants)])
		b.WriteByte(vowels[n/3%len(vowels)])
		n = n/2 + 11
	}
	return b.String()
}

// runs are the runs of five words of a text.
func runs(text string) map[string]bool {
	words := strings.Fields(text)
	all := map[string]bool{}
	for i := 5; i <= len(words); i++ {
		all[strings.Join(words[i-5:i], " ")] = true
	}
	return all
}

func TestVaryingSharesLittle(t *testing.T) {
	texts := fictions()
	v := newVarying(texts)
	of, same := 0, 0
	for _, text := range texts {
		if roundOf(text, 9) != 9 {
			continue // it is to be shared
		}
		one, other := v.text(text, 9, false), v.text(text, 73, false)
		if len(one) != len(text) || strings.Count(one, " ") != strings.Count(text, " ") {
			t.Fatalf("places moved:\n%s%s", text, one)
		}
		theirs := runs(other)
		for r := range runs(one) {
			if of++; theirs[r] {
				same++
			}
		}
	}
	if of == 0 || 200*same > of {
		t.Errorf("of %d runs of five words, %d are in two rounds", of, same)
	}
}

func TestVaryingShares(t *testing.T) {
	texts := fictions()
	v := newVarying(texts)
	shared := 0
	for _, text := range texts {
		if roundOf(text, 9) == roundOf(text, 15) {
			if shared++; v.text(text, 9, false) != v.text(text, 15, false) {
				t.Errorf("a paragraph that rounds share is not the same: %s", text)
			}
		}
	}
	if shared == 0 {
		t.Error("rounds share nothing")
	}
}
