package access

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostClients bounds how many are told apart; beyond, those that were silent
// longest are forgotten.
const mostClients = 10_000

// limits bounds how often each of many may do something.
type limits struct {
	every rate.Limit
	burst int

	mu   sync.Mutex
	held map[string]*client
}

type client struct {
	*rate.Limiter
	last time.Time
}

func newLimits(every rate.Limit, burst int) *limits {
	return &limits{every: every, burst: burst, held: map[string]*client{}}
}

// allow tells whether somebody may now, and counts that they did.
func (l *limits) allow(who string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.held[who]
	if c == nil {
		if len(l.held) >= mostClients {
			l.makeRoom(now)
		}
		c = &client{Limiter: rate.NewLimiter(l.every, l.burst)}
		l.held[who] = c
	}
	c.last = now
	return c.AllowN(now, 1)
}

// makeRoom forgets those that have their whole burst again, or else the one that
// was silent longest.
func (l *limits) makeRoom(now time.Time) {
	var oldest string
	var since time.Time
	for who, c := range l.held {
		if c.TokensAt(now) >= float64(l.burst) {
			delete(l.held, who)
		} else if since.IsZero() || c.last.Before(since) {
			oldest, since = who, c.last
		}
	}
	if len(l.held) >= mostClients {
		delete(l.held, oldest)
	}
}
