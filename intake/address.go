package intake

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// isWebAddress tells whether an input is to be fetched.
func isWebAddress(input string) bool {
	return hasPrefixFold(input, "http://") || hasPrefixFold(input, "https://")
}

// parseAddress reads the address of a page. What could only be a trap or a
// mistake is refused.
func parseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		if ue := (*url.Error)(nil); errors.As(err, &ue) {
			err = ue.Err
		}
		return nil, fmt.Errorf("not a web address: %w", err)
	}
	return u, checkAddress(u)
}

func checkAddress(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("only http and https addresses are fetched, not %q", u.Scheme)
	case u.Hostname() == "":
		return errors.New("the web address names no host")
	case u.User != nil:
		return &advisedError{errors.New("the web address holds a user name or password"), "whence sends no credentials; save the page from a browser"}
	}
	return nil
}

// withoutPassword is an input as it can be shown.
func withoutPassword(input string) string {
	u, err := url.Parse(input)
	if err != nil || u.User == nil {
		return input
	}
	return u.Redacted()
}

// notPublic are the networks that a page of the news does not come from. The
// first that fits names the address. Sources: the IANA special-purpose address
// registries for IPv4 and IPv6.
var notPublic = []struct{ prefix, name string }{
	{"127.0.0.0/8", "a loopback address"},
	{"10.0.0.0/8", "a private address"},
	{"172.16.0.0/12", "a private address"},
	{"192.168.0.0/16", "a private address"},
	{"169.254.0.0/16", "a link-local address"},
	{"100.64.0.0/10", "a carrier's inner address"},
	{"168.63.129.16/32", "a cloud's inner address"},
	{"0.0.0.0/8", "an unspecified address"},
	{"224.0.0.0/4", "a multicast address"},
	{"240.0.0.0/4", "a reserved address"},
	{"192.0.0.0/24", "a reserved address"},
	{"192.0.2.0/24", "a reserved address"},
	{"192.88.99.0/24", "a reserved address"},
	{"198.18.0.0/15", "a reserved address"},
	{"198.51.100.0/24", "a reserved address"},
	{"203.0.113.0/24", "a reserved address"},
	{"::1/128", "a loopback address"},
	{"::/128", "an unspecified address"},
	{"fc00::/7", "a private address"},
	{"fe80::/10", "a link-local address"},
	{"fec0::/10", "a private address"},
	{"ff00::/8", "a multicast address"},
	{"64:ff9b:1::/48", "a private address"},
	{"2001::/23", "a reserved address"}, // Teredo and others
	{"2001:db8::/32", "a reserved address"},
	{"3fff::/20", "a reserved address"},
}

// carriers are the IPv6 networks whose addresses stand for an IPv4 address,
// and the byte at which that begins.
var carriers = []struct {
	prefix string
	at     int
}{
	{"64:ff9b::/96", 12}, // NAT64
	{"2002::/16", 2},     // 6to4
	{"::/96", 12},        // IPv4-compatible
}

// globalUnicast is all of IPv6 that is given out for the public internet.
const globalUnicast = "2000::/3"

// whyNotPublic says what an address is that is not on the public internet, ""
// for one that is.
func whyNotPublic(ip netip.Addr) string {
	ip = ip.Unmap().WithZone("")
	for _, n := range notPublic {
		if netip.MustParsePrefix(n.prefix).Contains(ip) {
			return n.name
		}
	}
	if ip.Is4() {
		return ""
	}
	for _, c := range carriers {
		if netip.MustParsePrefix(c.prefix).Contains(ip) {
			b := ip.As16()
			return whyNotPublic(netip.AddrFrom4([4]byte(b[c.at : c.at+4])))
		}
	}
	if !netip.MustParsePrefix(globalUnicast).Contains(ip) {
		return "a reserved address"
	}
	return ""
}

// privateError refuses an address that is not on the public internet.
type privateError struct{ ip, why string }

func (e *privateError) Error() string {
	return fmt.Sprintf("%s is %s, and such are not fetched from", e.ip, e.why)
}

// Hint is what can be done.
func (e *privateError) Hint() string { return "--allow-private fetches it all the same" }

// refusePrivate is a net.Dialer's Control: it looks at the address that is
// about to be connected to, whatever name led there.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("connecting to %q: %w", address, err)
	}
	if why := whyNotPublic(to.Addr()); why != "" {
		return &privateError{to.Addr().String(), why}
	}
	return nil
}
