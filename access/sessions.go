package access

import (
	"crypto/rand"
	"crypto/sha256"
	"sync"
	"time"
)

const (
	// idle and longest are how long a session lasts without and with requests.
	idle    = 12 * time.Hour
	longest = 7 * 24 * time.Hour
	// mostSessions bounds them; the one that was idle longest makes room.
	mostSessions = 10_000
)

// sessions are who is logged in. They are found by the hash of their id, so that
// neither a leak of memory nor the time of a look-up gives an id away.
type sessions struct {
	mu   sync.Mutex
	held map[[sha256.Size]byte]*session
}

type session struct {
	user        User
	began, last time.Time
}

func newSessions() *sessions { return &sessions{held: map[[sha256.Size]byte]*session{}} }

// begin is the id of a new session.
func (s *sessions) begin(u User, now time.Time) string {
	id := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.held) >= mostSessions {
		s.makeRoom(now)
	}
	s.held[sha256.Sum256([]byte(id))] = &session{u, now, now}
	return id
}

// makeRoom drops what is over, or else the session that was idle longest.
func (s *sessions) makeRoom(now time.Time) {
	var oldest [sha256.Size]byte
	var since time.Time
	for k, held := range s.held {
		if held.over(now) {
			delete(s.held, k)
		} else if since.IsZero() || held.last.Before(since) {
			oldest, since = k, held.last
		}
	}
	if len(s.held) >= mostSessions {
		delete(s.held, oldest)
	}
}

func (s *session) over(now time.Time) bool {
	return now.Sub(s.last) > idle || now.Sub(s.began) > longest
}

// of is whose session an id is of.
func (s *sessions) of(id string, now time.Time) (User, bool) {
	k := sha256.Sum256([]byte(id))
	s.mu.Lock()
	defer s.mu.Unlock()
	held := s.held[k]
	if held == nil {
		return User{}, false
	}
	if held.over(now) {
		delete(s.held, k)
		return User{}, false
	}
	held.last = now
	return held.user, true
}

// end ends a session.
func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.held, sha256.Sum256([]byte(id)))
}
