package access

import (
	"bufio"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
)

// cost is that of a hash: RFC 9106's second choice, for machines that have other
// things to do with their memory. Unit of memory: KiB.
var cost = argon2id.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}

const (
	// leastPassword is how short a password may be, in characters (NIST SP 800-63B
	// asks for 8 where there is nothing else beside it).
	leastPassword = 8
	// mostPassword and mostName bound what is hashed and looked up, in bytes.
	mostPassword = 1024
	mostName     = 64
	// leastToken is how short an access token may be, in bytes: nothing slows its
	// guessing but chance and the limit of rates.
	leastToken = 16
	// mostMemory bounds what a line of a password file may make the server use, KiB.
	mostMemory = 1 << 20
	mostUsers  = 10_000
)

// Passwords are who may log in.
type Passwords struct {
	users map[string]account
	// nobodys is compared where a name is unknown, so that the time taken does not
	// tell which names there are.
	nobodys string
}

type account struct {
	role Role
	hash string
}

// Line is a password file's line for somebody: NAME:ROLE:HASH. Errors say what is
// wrong with the name or password.
func Line(name string, role Role, password string) (string, error) {
	if err := checkName(name); err != nil {
		return "", err
	}
	switch n := utf8.RuneCountInString(password); {
	case n < leastPassword:
		return "", fmt.Errorf("a password needs at least %d characters", leastPassword)
	case len(password) > mostPassword:
		return "", fmt.Errorf("a password has at most %d bytes", mostPassword)
	}
	hash, err := argon2id.CreateHash(password, &cost)
	if err != nil {
		return "", fmt.Errorf("hashing the password of %s: %w", name, err)
	}
	return name + ":" + role.String() + ":" + hash, nil
}

// checkName holds a name to what fits into a line and into the log.
func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("a user needs a name")
	case len(name) > mostName:
		return fmt.Errorf("a user's name has at most %d bytes", mostName)
	case strings.ContainsFunc(name, func(r rune) bool { return r == ':' || r < ' ' || r == 0x7f || r == utf8.RuneError }):
		return errors.New("a user's name has no colon and no control characters")
	}
	return nil
}

// ReadPasswords reads a password file: lines as [Line] makes them; empty ones and
// those that begin with # are passed over. An error names the line.
func ReadPasswords(r io.Reader) (*Passwords, error) {
	p := &Passwords{users: map[string]account{}}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := p.add(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(p.users) == 0 {
		return nil, errors.New("nobody is in it (whence password NAME makes a line)")
	}
	var err error
	p.nobodys, err = argon2id.CreateHash("", &cost)
	return p, err
}

func (p *Passwords) add(line string) error {
	parts := strings.SplitN(line, ":", 3)
	if len(parts) != 3 {
		return errors.New("it is not NAME:ROLE:HASH (whence password NAME makes one)")
	}
	name := parts[0]
	if err := checkName(name); err != nil {
		return err
	}
	role, err := ParseRole(parts[1])
	if err != nil {
		return err
	}
	params, _, _, err := argon2id.DecodeHash(parts[2])
	switch {
	case err != nil:
		return fmt.Errorf("the hash of %s: %w", name, err)
	case params.Memory > mostMemory || params.Iterations > 100 || params.Memory < 1 || params.Iterations < 1 || params.Parallelism < 1:
		return fmt.Errorf("the hash of %s costs more than is allowed, or nothing", name)
	}
	if _, twice := p.users[name]; twice {
		return fmt.Errorf("%s is in it twice", name)
	}
	if len(p.users) == mostUsers {
		return fmt.Errorf("more than %d users", mostUsers)
	}
	p.users[name] = account{role, parts[2]}
	return nil
}

// check is who somebody is that gives a name and password.
func (p *Passwords) check(name, password string) (User, error) {
	if len(name) > mostName || len(password) > mostPassword {
		return User{}, ErrRefused
	}
	a, known := p.users[name]
	if !known {
		a.hash = p.nobodys
	}
	match, err := argon2id.ComparePasswordAndHash(password, a.hash)
	switch {
	case err != nil:
		return User{}, fmt.Errorf("checking the password of %s: %w", name, err)
	case !match || !known:
		return User{}, ErrRefused
	}
	return User{name, a.role}, nil
}

// token is the hash of an access token, so that comparing takes the same time
// whatever is guessed.
type token [sha256.Size]byte

// newToken refuses tokens that are easily guessed.
func newToken(s string) (*token, error) {
	if len(s) < leastToken {
		return nil, fmt.Errorf("an access token needs at least %d bytes", leastToken)
	}
	t := token(sha256.Sum256([]byte(s)))
	return &t, nil
}

func (t *token) is(s string) bool {
	if t == nil {
		return false
	}
	other := sha256.Sum256([]byte(s))
	return subtle.ConstantTimeCompare(t[:], other[:]) == 1
}
