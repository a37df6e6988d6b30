package access

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Entry is a line of the audit log: who did what, when, from where, and how it
// ended. What was sent stands nowhere in it.
type Entry struct {
	At     time.Time `json:"at"`
	Who    string    `json:"who,omitempty"` // as they logged in, or tried to
	Role   string    `json:"role,omitempty"`
	From   string    `json:"from"` // network address
	Did    string    `json:"did"`  // "login", "logout", or the request's method
	What   string    `json:"what,omitempty"`
	Status int       `json:"status,omitempty"` // of HTTP
}

// Audit is an append-only log, one JSON object a line.
type Audit struct {
	mu   sync.Mutex
	file *os.File
	path string
}

// mostEntry bounds a line, in bytes: what does not fit is cut.
const mostEntry = 4 << 10

// OpenAudit opens the log at path, which is made, for its owner alone, if there is
// none. A line that was cut short by a crash is ended, so that the next stands by
// itself.
func OpenAudit(path string) (*Audit, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("opening the audit log: %w", err)
	}
	last := make([]byte, 1)
	if info, err := f.Stat(); err == nil && info.Size() > 0 {
		if _, err := f.ReadAt(last, info.Size()-1); err == nil && last[0] != '\n' {
			if _, err := f.Write([]byte{'\n'}); err != nil {
				return nil, errors.Join(fmt.Errorf("ending a line of the audit log: %w", err), f.Close())
			}
		}
	}
	return &Audit{file: f, path: path}, nil
}

// Add appends an entry and sees it to the disk.
func (a *Audit) Add(e Entry) error {
	if a == nil {
		return nil
	}
	e.What = cut(e.What, mostEntry/2)
	e.Who = cut(e.Who, mostName)
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("writing the audit log: %w", err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, err := a.file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("writing the audit log: %w", err)
	}
	if err := a.file.Sync(); err != nil {
		return fmt.Errorf("writing the audit log: %w", err)
	}
	return nil
}

func cut(s string, most int) string {
	if len(s) > most {
		return s[:most]
	}
	return s
}

// Last are the latest entries, the latest first, at most n. Lines that are no
// entries are passed over.
func (a *Audit) Last(n int) ([]Entry, error) {
	if a == nil {
		return nil, nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	info, err := a.file.Stat()
	if err != nil {
		return nil, fmt.Errorf("reading the audit log: %w", err)
	}
	from := max(0, info.Size()-int64(n)*mostEntry)
	lines := bufio.NewReader(io.NewSectionReader(a.file, from, info.Size()-from))
	if from > 0 {
		if _, err := lines.ReadBytes('\n'); err != nil {
			return nil, nil //nolint:nilerr // no line begins in what was read
		}
	}
	var list []Entry
	for {
		line, err := lines.ReadBytes('\n')
		var e Entry
		if len(bytes.TrimSpace(line)) > 0 && json.Unmarshal(line, &e) == nil {
			list = append(list, e)
		}
		if err != nil {
			break
		}
	}
	list = list[max(0, len(list)-n):]
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list, nil
}

// Close closes the log.
func (a *Audit) Close() error {
	if a == nil {
		return nil
	}
	return a.file.Close()
}
