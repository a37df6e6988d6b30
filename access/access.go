// Package access decides who may see a ledger over HTTP and who may change it,
// and keeps a log of what was changed.
//
// A [Guard] stands before every other handler. It promises that nobody gets past
// it who is neither on this machine, where that is allowed, nor shows a password
// or the access token; that a request which changes anything comes from an
// editor and from a page of this server, not from one of another site; that
// guessing is slowed down; and that each change, and each attempt to log in, is
// in the audit log before it is answered.
//
// It refuses to trust what a request says of itself: neither X-Forwarded-For nor
// any other header decides who somebody is. Passwords are kept as Argon2id hashes
// (RFC 9106), sessions in memory alone: whoever restarts the server logs
// everybody out.
package access

import (
	"context"
	"errors"
	"fmt"
)

// Role is what somebody may do.
type Role int

// The roles, each of which may do what those before it may.
const (
	Nobody Role = iota
	Reader      // may look
	Editor      // may add, review, and look at the audit log
)

var roleNames = [...]string{Nobody: "nobody", Reader: "reader", Editor: "editor"}

func (r Role) String() string {
	if r < 0 || int(r) >= len(roleNames) {
		return fmt.Sprintf("Role(%d)", int(r))
	}
	return roleNames[r]
}

// ParseRole reads "reader" or "editor".
func ParseRole(s string) (Role, error) {
	for r := Reader; r <= Editor; r++ {
		if s == roleNames[r] {
			return r, nil
		}
	}
	return Nobody, fmt.Errorf("%q is no role (reader or editor is)", s)
}

// User is who makes a request.
type User struct {
	Name string
	Role Role
}

// May tells whether a user may do what a role may.
func (u User) May(r Role) bool { return u.Role >= r }

// key is that of the user in a context.
type key struct{}

// With is a context whose requests a user makes. A [Guard] makes it; tests may.
func With(ctx context.Context, u User) context.Context { return context.WithValue(ctx, key{}, u) }

// From is who makes the request of a context: nobody where no [Guard] was passed.
func From(ctx context.Context) User {
	u, _ := ctx.Value(key{}).(User)
	return u
}

// ErrRefused is a name or password that is wrong; which of the two is not said.
var ErrRefused = errors.New("name or password is wrong")
