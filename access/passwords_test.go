package access

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestPasswordFiles(t *testing.T) {
	quick(t)
	line, err := Line("signe", Editor, "long enough")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, says string }{
		{line, ""},
		{"\n# nobody else\n" + line + "\n", ""},
		{"", "nobody is in it"},
		{"signe:editor", "line 1: it is not NAME:ROLE:HASH"},
		{line + "\n" + line, "line 2: signe is in it twice"},
		{strings.Replace(line, ":editor:", ":owner:", 1), `line 1: "owner" is no role`},
		{"a:reader:$2a$10$abc", "the hash of a"},
		{"a:reader:$argon2id$v=19$m=99999999,t=1,p=1$YWJjZGVmZ2g$YWJjZGVmZ2hpamtsbW5vcA", "costs more than is allowed"},
		{":reader:x", "needs a name"},
		{"a\x1b[2J:reader:x", "no control characters"},
		{strings.Repeat("a", 70_000), "token too long"},
	} {
		_, err := ReadPasswords(strings.NewReader(c.file))
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%.40q: %v, wanted %s", c.file, err, c.says)
		}
	}
	for _, c := range []struct{ name, password, says string }{
		{"a", "short", "at least 8"},
		{"a", strings.Repeat("x", 2000), "at most"},
		{"a:b", "long enough", "no colon"},
		{strings.Repeat("a", 80), "long enough", "at most"},
	} {
		if _, err := Line(c.name, Reader, c.password); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.20q: %v, wanted %s", c.name, err, c.says)
		}
	}
}

func TestTokens(t *testing.T) {
	if _, err := New(Options{Token: "short"}); err == nil {
		t.Error("a short token is taken")
	}
	g, err := New(Options{Token: "0123456789abcdef"})
	if err != nil || g.Open() {
		t.Fatal(err, g.Open())
	}
	if u, err := g.check(nil, "", "0123456789abcdef"); err != nil || u.Role != Editor {
		t.Errorf("the token as a password: %v, %v", u, err)
	}
	if _, err := g.check(nil, "signe", "0123456789abcdef"); !errors.Is(err, ErrRefused) {
		t.Errorf("with a name: %v", err)
	}
}

func TestAuditSurvivesACutLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	if err := os.WriteFile(path, []byte(`{"at":"2027-03-01T00:00:00Z","did":"POST","from":"::1"}`+"\n"+`{"at":"2027-`), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := OpenAudit(path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, who := range []string{"signe", "imre\n{}"} {
		if err := a.Add(Entry{At: time.Now(), Who: who, Did: "POST", What: strings.Repeat("/x", 9000)}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := a.Last(2)
	if err != nil || len(list) != 2 || list[0].Who != "imre\n{}" || list[1].Who != "signe" {
		t.Errorf("%v, %.200v", err, list)
	}
	if list, err := a.Last(10); err != nil || len(list) != 3 {
		t.Errorf("%v, %d entries", err, len(list))
	}
	var none *Audit
	if list, err := none.Last(3); list != nil || err != nil || none.Add(Entry{}) != nil || none.Close() != nil {
		t.Error("no log is no error")
	}
}

func FuzzReadPasswords(f *testing.F) {
	f.Add("signe:editor:$argon2id$v=19$m=64,t=1,p=1$YWJjZGVmZ2g$YWJjZGVmZ2hpamtsbW5vcA")
	f.Add("a:b\n:\n#\n\xff:reader:$argon2id$v=19$m=0,t=0,p=0$$")
	was := cost
	cost.Memory, cost.Iterations, cost.Parallelism = 64, 1, 1
	f.Cleanup(func() { cost = was })
	f.Fuzz(func(t *testing.T, file string) {
		p, err := ReadPasswords(strings.NewReader(file))
		if (p == nil) == (err == nil) {
			t.Errorf("%v with %v", p, err)
		}
	})
}
