package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/page"
	"whence/sample"
)

// The full measure is -kills 100 -repeats 200, which takes minutes.
var (
	kills   = flag.Int("kills", 6, "how often add is killed")
	repeats = flag.Int("repeats", 6, "how often the sample is added, with changes")
)

// TestKilled kills whence add at random moments, verifies the ledger each time,
// and compares what it comes to in the end with a ledger that was never killed.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	dir := t.TempDir()
	input := filepath.Join(dir, "articles.jsonl")
	if err := os.WriteFile(input, repeated(t, *repeats), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(dir, "whole.db")
	start := time.Now()
	program(t, "add", "--ledger", whole, input)
	took := time.Since(start)

	broken := filepath.Join(dir, "broken.db")
	rng := rand.New(rand.NewPCG(3, uint64(*kills)))
	late := 0
	for range *kills {
		cmd := command("add", "--ledger", broken, input)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The moments are spread so that the last ones come near the end.
		time.Sleep(time.Duration(rng.Int64N(int64(took)/int64(*kills)*2 + int64(50*time.Millisecond))))
		_ = cmd.Process.Kill() // it may have ended
		if err := cmd.Wait(); err == nil {
			late++
		}
		if _, err := os.Stat(broken); err == nil {
			program(t, "verify", "--ledger", broken)
		}
	}
	program(t, "add", "--ledger", broken, input)
	program(t, "verify", "--ledger", broken)
	for _, kind := range []string{"jsonl", "reuse"} {
		want, got := program(t, "export", kind, "--ledger", whole), program(t, "export", kind, "--ledger", broken)
		if !slices.Equal(lineSet(want), lineSet(got)) {
			t.Errorf("export %s: the ledger never killed (-) and the other (+) differ:\n%.3000s", kind, cmp.Diff(lineSet(want), lineSet(got)))
		}
		if len(want) == 0 {
			t.Errorf("export %s gives nothing", kind)
		}
	}
	t.Logf("%d articles, killed %d times, %d times too late; unbroken in %s", 26**repeats, *kills, late, took)
}

// lineSet is the lines of an output, sorted: their order is that of keys, which
// may differ where two articles of one minute have ids that begin alike.
func lineSet(b []byte) []string {
	lines := strings.Split(string(b), "\n")
	slices.Sort(lines)
	return lines
}

// command is the program as a process of its own.
func command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), os.Args[0], args...)
	cmd.Env = append(os.Environ(), actAsProgram+"=1")
	return cmd
}

func program(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := command(args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("whence %s: %v\n%.2000s", strings.Join(args, " "), err, errs.String())
	}
	return out.Bytes()
}

// repeated is the sample's articles over and over as JSON Lines. Each round
// rewrites every longer word by a cipher of its own, so that rounds share few
// words with each other, and articles of one round what the sample's do.
func repeated(t testing.TB, rounds int) []byte {
	t.Helper()
	var articles []*whence.Article
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for round := range rounds {
		for _, a := range articles {
			if err := enc.Encode(map[string]any{
				"path": fmt.Sprint(round, "/", a.Path), "url": fmt.Sprint(a.URL, "?", round), "outlet": a.Outlet,
				"title": rewritten(a.Title, round), "text": rewritten(a.Text, round),
				"published": a.Published.String(), "captured": a.Captured.String(),
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.Bytes()
}

// rewritten turns the vowels of words of five letters and more by round.
func rewritten(s string, round int) string {
	const vowels = "aeiou"
	var b strings.Builder
	for _, w := range strings.SplitAfter(s, " ") {
		if utf8.RuneCountInString(strings.TrimFunc(w, func(c rune) bool { return !unicode.IsLetter(c) })) < 5 {
			b.WriteString(w)
			continue
		}
		turn := round
		for _, c := range w {
			if i := strings.IndexRune(vowels, c); i >= 0 {
				c = rune(vowels[(i+turn)%len(vowels)])
				turn /= len(vowels)
			}
			b.WriteRune(c)
		}
	}
	return b.String()
}
