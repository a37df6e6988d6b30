package intake

import (
	"errors"
	"net/netip"
	"strings"
	"testing"
)

func TestWhyNotPublic(t *testing.T) {
	for ip, want := range map[string]string{
		"127.0.0.1":              "loopback",
		"127.255.255.254":        "loopback",
		"::1":                    "loopback",
		"::ffff:127.0.0.1":       "loopback",
		"::ffff:7f00:1":          "loopback",
		"::127.0.0.1":            "loopback",
		"64:ff9b::7f00:1":        "loopback",
		"2002:7f00:1::":          "loopback",
		"10.1.2.3":               "private",
		"172.31.255.255":         "private",
		"192.168.0.1":            "private",
		"2002:c0a8:1::1":         "private",
		"64:ff9b::10.0.0.1":      "private",
		"64:ff9b:1::1":           "private",
		"fc00::1":                "private",
		"fd00:ec2::254":          "private",
		"fec0::1":                "private",
		"169.254.169.254":        "link-local",
		"::ffff:169.254.169.254": "link-local",
		"fe80::1%eth0":           "link-local",
		"100.64.0.1":             "carrier",
		"100.100.100.200":        "carrier",
		"168.63.129.16":          "cloud",
		"0.0.0.0":                "unspecified",
		"0.1.2.3":                "unspecified",
		"::":                     "unspecified",
		"224.0.0.251":            "multicast",
		"ff02::1":                "multicast",
		"255.255.255.255":        "reserved",
		"198.51.100.7":           "reserved",
		"192.0.2.1":              "reserved",
		"2001:db8::1":            "reserved",
		"2001:0:4136:e378::":     "reserved", // Teredo
		"100::1":                 "reserved",
		"4000::1":                "reserved",
		"8.8.8.8":                "",
		"172.32.0.1":             "",
		"100.128.0.1":            "",
		"2606:4700::1111":        "",
		"2002:808:808::1":        "",
		"64:ff9b::8.8.8.8":       "",
		"::ffff:8.8.8.8":         "",
	} {
		got := whyNotPublic(netip.MustParseAddr(ip))
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q", ip, got, want)
		}
	}
}

func TestRefusePrivate(t *testing.T) {
	for address, refused := range map[string]bool{
		"127.0.0.1:80":         true,
		"[::1]:443":            true,
		"[fe80::1%lo]:80":      true,
		"[::ffff:10.0.0.1]:80": true,
		"8.8.8.8:80":           false,
	} {
		err := refusePrivate("tcp", address, nil)
		var private *privateError
		if errors.As(err, &private) != refused {
			t.Errorf("%s: %v", address, err)
		}
	}
	if refusePrivate("unix", "/run/socket", nil) == nil {
		t.Error("what is no address is connected to")
	}
}

func TestParseAddress(t *testing.T) {
	for address, why := range map[string]string{
		"https://harbourpost.example/a":       "",
		"HTTP://harbourpost.example":          "",
		"https://user:pw@harbourpost.example": "password",
		"https://user@harbourpost.example":    "user name",
		"http:///a":                           "no host",
		"https://:80/":                        "no host",
		"ftp://harbourpost.example/":          "only http and https",
		"https://harbour post.example/":       "not a web address",
		"https://[::1/":                       "not a web address",
	} {
		_, err := parseAddress(address)
		switch {
		case why == "" && err != nil:
			t.Errorf("%s: %v", address, err)
		case why != "" && (err == nil || !strings.Contains(err.Error(), why)):
			t.Errorf("%s: %v, want %q", address, err, why)
		}
	}
}
