package reading

import (
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"whence"
	"whence/text"
)

// paragraphs are fiction, each of one attribution.
const paragraphs = "The mayor of Karvik said on Tuesday that the ferry would sail again.\n\n" +
	"“Nobody asked the crew,” said Orla Finch, who has steered it for 20 years.\n\n" +
	"The harbour council denied that three boats had sunk.\n\n"

func TestWindowsEndWithParagraphs(t *testing.T) {
	a := &whence.Article{Text: strings.Repeat(paragraphs, 12)}
	whole := Read(a)
	parts := read(a, 100)
	if err := parts.Check(); err != nil {
		t.Fatal(err)
	}
	cues := func(r *whence.Reading) (all []string) {
		for _, at := range r.Attributions {
			all = append(all, at.ID+" "+at.Cue.Text+" "+at.Content.Text)
		}
		return all
	}
	if got, want := cues(parts), cues(whole); len(want) < 24 || !slices.Equal(got, want) {
		t.Errorf("in windows:\n%q\nat once:\n%q", got, want)
	}
}

func TestWindowsHoldEverySentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.SampledFrom([]string{"word ", "stop. Next ", "end.\n\n", strings.Repeat("long ", 30)})).Draw(t, "text")
		s := strings.Join(pieces, "")
		sentences, most := text.Sentences(s, nil), rapid.IntRange(1, 40).Draw(t, "most")
		var got, want []text.Token
		for _, w := range windows(s, sentences, most) {
			n := 0
			for _, sentence := range w {
				if sentence.Start != sentence.Tokens[0].Start || sentence.End != sentence.Tokens[len(sentence.Tokens)-1].End {
					t.Fatalf("a sentence at %v reaches from %v to %v", sentence.Span, sentence.Tokens[0].Span, sentence.Tokens[len(sentence.Tokens)-1].Span)
				}
				n += len(sentence.Tokens)
				got = append(got, sentence.Tokens...)
			}
			if n > most {
				t.Fatalf("a window of %d tokens, at most %d", n, most)
			}
		}
		for _, sentence := range sentences {
			want = append(want, sentence.Tokens...)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("the windows hold %v, want %v", got, want)
		}
	})
}

// endless are texts without an end in sight.
var endless = map[string]string{
	"a sentence of a million words": strings.Repeat("the mayor said that ", 250_000),
	"a million words in sentences":  strings.Repeat("The mayor of Karvik said that the ferry would sail. ", 100_000),
	"ten thousand nested marks":     strings.Repeat("“he said ‘", 5_000) + strings.Repeat("’”", 5_000),
	"three million letters":         strings.Repeat("said", 750_000),
}

// BenchmarkEndless tells time and the most memory that was in use beyond that
// of models and text, in MB.
func BenchmarkEndless(b *testing.B) {
	Read(&whence.Article{Text: paragraphs})
	for name, s := range endless {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			peak := uint64(0)
			for b.Loop() {
				peak = max(peak, watch(func() { Read(&whence.Article{Text: s}) }))
			}
			b.ReportMetric(float64(peak)/1e6, "peak-MB")
		})
	}
}

// watch is how much more of the heap was in use during f than before, garbage
// not yet collected too.
func watch(f func()) (most uint64) {
	done, ended := make(chan bool), make(chan bool)
	before := inUse()
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				most = max(most, max(inUse(), before)-before)
			}
		}
	}()
	f()
	close(done)
	<-ended
	return most
}

func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
