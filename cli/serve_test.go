package cli

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served starts whence serve as a process of its own, and gives its address and a
// function that ends it as Ctrl-C does and tells how it ended.
func served(t *testing.T, dir string, args ...string) (string, func() error) {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0", "--ledger", filepath.Join(dir, "whence.db")}, args...)...)
	cmd.Env = append(os.Environ(), actAsProgram+"=1")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := false
	end := func() error {
		ended = true
		if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
			return err
		}
		return cmd.Wait()
	}
	t.Cleanup(func() {
		if !ended {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`http://\S+/`).FindString(line)
	if address == "" {
		t.Fatalf("it said %q", line)
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // it ends with the process
	return strings.TrimSuffix(address, "/"), end
}

// get gives status and body.
func get(t *testing.T, c *http.Client, address string) (int, string) {
	t.Helper()
	r, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	dir := t.TempDir()
	address, end := served(t, dir)
	if status, body := get(t, http.DefaultClient, address+"/"); status != 200 || !strings.Contains(body, "whence") {
		t.Errorf("%d %s", status, body)
	}
	if status, body := get(t, http.DefaultClient, address+"/add"); status != 200 || strings.Contains(body, "Sign out") {
		t.Errorf("adding, where nobody need log in: %d %s", status, body)
	}
	slow, err := http.NewRequest(http.MethodGet, address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	slow.Host = "elsewhere.example"
	r, err := http.DefaultClient.Do(slow)
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("under another name: %d", r.StatusCode)
	}
	if err := end(); err != nil && !strings.Contains(err.Error(), "exit status 0") {
		t.Errorf("Ctrl-C ended it with %v", err)
	}
}

func TestServeWithPasswords(t *testing.T) {
	dir := t.TempDir()
	var line strings.Builder
	if code := Main([]string{"password", "signe", "--role", "editor"}, strings.NewReader("correct horse\n"), &line, io.Discard); code != 0 {
		t.Fatal(code)
	}
	passwords := filepath.Join(dir, "passwords")
	if err := os.WriteFile(passwords, []byte(line.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	address, _ := served(t, dir, "--passwords", passwords)
	jar := &jar{}
	c := &http.Client{Jar: jar, Timeout: time.Minute}
	page := func(path string) (int, string) {
		req, err := http.NewRequest(http.MethodGet, address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept", "text/html")
		r, err := c.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return r.StatusCode, r.Request.URL.Path + "\n" + string(body)
	}
	status, body := page("/review?story=x")
	if status != 200 || !strings.HasPrefix(body, "/login\n") || !strings.Contains(body, `name="next" value="/review?story=x"`) {
		t.Fatalf("%d %s", status, body)
	}
	style := regexp.MustCompile(`/static/style\.[0-9a-f]+\.css`).FindString(body)
	if status, _ := page(style); status != 200 {
		t.Errorf("the page for logging in has no style: %s %d", style, status)
	}
	r, err := c.PostForm(address+"/login", url.Values{"name": {"signe"}, "password": {"correct horse"}, "next": {"/add"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	if r.Request.URL.Path != "/add" || r.StatusCode != http.StatusOK {
		t.Fatalf("logged in, at %s with %d", r.Request.URL, r.StatusCode)
	}
	if status, body := page("/log"); status != 200 || !strings.Contains(body, "<bdi>signe</bdi>") || !strings.Contains(body, "Sign out") {
		t.Errorf("the log: %d %s", status, body)
	}
	data, err := os.ReadFile(filepath.Join(dir, "whence.db.audit.jsonl"))
	if err != nil || !strings.Contains(string(data), `"did":"login"`) || strings.Contains(string(data), "horse") {
		t.Errorf("%v; the audit log: %s", err, data)
	}
}

// jar keeps cookies of one server, whatever they say of themselves.
type jar struct{ held []*http.Cookie }

func (j *jar) SetCookies(_ *url.URL, c []*http.Cookie) { j.held = append(j.held, c...) }
func (j *jar) Cookies(*url.URL) []*http.Cookie         { return j.held }

// TestDemoServes: after printing, the demo's story is in the browser.
func TestDemoServes(t *testing.T) {
	cmd := exec.Command(os.Args[0], "demo")
	cmd.Env = append(os.Environ(), actAsProgram+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	printed := false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		printed = printed || strings.Contains(lines.Text(), "CLAIMS, by legs")
		if address := regexp.MustCompile(`^http://127\.0\.0\.1:\d+/$`).FindString(lines.Text()); address != "" {
			if status, body := get(t, http.DefaultClient, address); status != http.StatusOK || !strings.Contains(body, "Ferry struck at Quay 4") || !printed {
				t.Errorf("printed %v, served %d %s", printed, status, body)
			}
			return
		}
	}
	t.Fatal("it ended without serving")
}
