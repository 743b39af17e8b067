package webhook

import (
	"errors"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

func TestAddressesOfReceivers(t *testing.T) {
	strict := Policy{}
	office := Policy{AllowHTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.1.0.0/16")}}
	for _, c := range []struct {
		address        string
		strict, office bool
	}{
		{"https://example.org/hooks", true, true},
		{"https://example.org", true, true},
		{"https://example.org./hooks?token=a%20b", true, true},
		{"https://bücher.example.org:8443/", true, true},
		{"https://93.184.216.34/", true, true},
		{"https://[2606:4700::1111]:443/", true, true},
		{"http://example.org/hooks", false, true},
		{"http://localhost:8080/", false, true},
		{"https://10.1.2.3/", false, true},
		{"https://10.2.2.3/", false, false},
		{"https://[::ffff:10.2.2.3]/", false, false},
		{"https://[::ffff:10.1.2.3]/", false, true},
		{"https://169.254.169.254/latest/meta-data", false, false},
		{"https://[fe80::1%25eth0]/", false, false},
		{"https://2130706433/", false, false},
		{"https://0x7f.1/", false, false},
		{"https://127.1/", false, false},
		{"https://127.0.0.1./", false, false},
		{"https://①②⑦.⓪.⓪.①/", false, false},
		{"https://127%2e0%2e0%2e1/", false, false},
		{"https://user@example.org/", false, false},
		{"https://user:secret@example.org/", false, false},
		{"https://example.org/#top", false, false},
		{"https://example.org:22/", false, false},
		{"https://example.org:0/", false, false},
		{"https://example.org:70000/", false, false},
		{"https://example.org:/", false, false},
		{"https:///hooks", false, false},
		{"https:example.org", false, false},
		{"https://a b.example.org/", false, false},
		{"https://example.org/\r\nX-Header: a", false, false},
		{"ftp://example.org/", false, false},
		{"file:///etc/passwd", false, false},
		{"example.org/hooks", false, false},
		{"", false, false},
		{"https://example.org/" + strings.Repeat("a", maxURL), false, false},
		{"https://example.org/" + strings.Repeat("é", maxURL/4), false, false}, // too long once it is escaped
		{"https://example.org/\xff", false, false},                             // no database keeps it
		{"https://" + strings.Repeat("a.", 130) + "example.org/", false, false},
	} {
		for policy, want := range map[*Policy]bool{&strict: c.strict, &office: c.office} {
			err := policy.CheckURL(c.address)
			if (err == nil) != want {
				t.Errorf("%q with %+v: %v", c.address, *policy, err)
			}
			var told *URLError
			if err != nil && (!errors.As(err, &told) || told.Message == "" || told.Expected == "" || told.Fix == "") {
				t.Errorf("%q: no help in %v", c.address, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("%q: the error tells the password", c.address)
			}
		}
	}
}

func TestLocalhostNeedsItsNetwork(t *testing.T) {
	for _, address := range []string{"https://localhost/", "https://LOCALHOST./", "https://api.localhost/", "https://localhost/"} {
		if err := (Policy{}).CheckURL(address); err == nil {
			t.Errorf("%s is allowed", address)
		}
	}
}

func FuzzCheckURL(f *testing.F) {
	for _, seed := range []string{"https://example.org/a?b=c", "https://[::1]:8443/", "https://user@127.0.0.1", "https://0x7f.1", "http://example.org", "https://[64:ff9b::a00:1]/", "https://bücher.example.org"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		policy := Policy{}
		if policy.CheckURL(address) != nil {
			return
		}
		u, err := policy.parse(address)
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequest(http.MethodPost, u.String(), nil)
		if err != nil {
			t.Fatalf("%q is allowed, but no request can be made: %v", address, err)
		}
		// what is sent is what was checked
		if r := request.URL; r.Scheme != "https" || r.User != nil || r.Host != u.Host || r.Fragment != "" {
			t.Fatalf("%q is sent to %v", address, r)
		}
		if err := policy.CheckURL(request.URL.String()); err != nil {
			t.Fatalf("%q, as it is sent: %v", address, err)
		}
		if addr, err := netip.ParseAddr(request.URL.Hostname()); err == nil && policy.check(addr) != nil {
			t.Fatalf("%q leads to %v", address, addr)
		}
	})
}
