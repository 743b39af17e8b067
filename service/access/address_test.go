package access

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func networks(t testing.TB, texts ...string) []netip.Prefix {
	t.Helper()
	n, err := ParseNetworks(texts)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestClientAddress(t *testing.T) {
	trusted := networks(t, "10.0.0.0/8", "192.0.2.7", "2001:db8:ff::/48", "::ffff:172.16.0.0/108")
	for _, c := range []struct{ name, remote, list, forwarded, want string }{
		{"no proxy", "198.51.100.1:4711", "", "", "198.51.100.1"},
		{"untrusted peer", "198.51.100.1:4711", "203.0.113.9", "for=203.0.113.9", "198.51.100.1"},
		{"one proxy", "10.1.2.3:1", "203.0.113.9", "", "203.0.113.9"},
		{"single address", "192.0.2.7:1", "203.0.113.9", "", "203.0.113.9"},
		{"mapped network", "[::ffff:172.16.0.1]:1", "203.0.113.9", "", "203.0.113.9"},
		{"forged start", "10.1.2.3:1", "8.8.8.8, 203.0.113.9, 10.9.9.9", "", "203.0.113.9"},
		{"all trusted", "10.1.2.3:1", "10.0.0.1, 10.0.0.2", "", "10.0.0.1"},
		{"with ports", "10.1.2.3:1", "203.0.113.9:80", "", "203.0.113.9"},
		{"not an address", "10.1.2.3:1", "203.0.113.9, unknown", "", "10.1.2.3"},
		{"not an address further on", "10.1.2.3:1", "what, 10.0.0.2", "", "10.0.0.2"},
		{"forwarded", "10.1.2.3:1", "", `for=203.0.113.9;proto=https, For="[2001:db8:ff::1]:47"`, "203.0.113.9"},
		{"forwarded IPv6", "10.1.2.3:1", "", `proto=https;for="[2001:db8::1]:4711"`, "2001:db8::1"},
		{"hidden", "10.1.2.3:1", "", `for=203.0.113.9, for=_proxy`, "10.1.2.3"},
		{"quoted comma", "10.1.2.3:1", "", `for=203.0.113.9;host="a,for=8.8.8.8"`, "203.0.113.9"},
		{"open quote", "10.1.2.3:1", "", `for=8.8.8.8;x=", for=203.0.113.9`, "10.1.2.3"},
		{"open quote and a quoted node", "10.1.2.3:1", "", `for=8.8.8.8;x=", for="[2001:db8::1]"`, "10.1.2.3"},
		{"two nodes", "10.1.2.3:1", "", `for=8.8.8.8;for=203.0.113.9`, "10.1.2.3"},
		{"both agree", "10.1.2.3:1", "203.0.113.9", "for=203.0.113.9", "203.0.113.9"},
		{"both differ", "10.1.2.3:1", "203.0.113.9", "for=203.0.113.8", "10.1.2.3"},
		{"mapped", "[::ffff:198.51.100.1]:4711", "", "", "198.51.100.1"},
		{"zone", "[fe80::1%eth0]:4711", "", "", "fe80::1"},
	} {
		header := http.Header{}
		if c.list != "" {
			header.Set("X-Forwarded-For", c.list)
		}
		if c.forwarded != "" {
			header.Set("Forwarded", c.forwarded)
		}
		if got := ClientAddress(c.remote, header, trusted); got.String() != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	if ClientAddress("@", nil, trusted).IsValid() {
		t.Error("a socket has an address")
	}
}

func TestNoFieldLineIsSkipped(t *testing.T) {
	header := http.Header{"X-Forwarded-For": {"203.0.113.9", "203.0.113.10, 10.0.0.2"}}
	if got := ClientAddress("10.0.0.1:1", header, networks(t, "10.0.0.0/8")); got.String() != "203.0.113.10" {
		t.Errorf("client %s", got)
	}
}

// What the client writes stands before what the first trusted proxy wrote,
// and never changes the answer.
func TestAClientCannotChooseItsAddress(t *testing.T) {
	trusted := networks(t, "10.0.0.0/8")
	rapid.Check(t, func(t *rapid.T) {
		forged := rapid.StringMatching(`([ -~]|"|\\|;|,|for=1\.2\.3\.4){0,20}`).Draw(t, "forged")
		list := http.Header{"X-Forwarded-For": {forged + ", 203.0.113.9, 10.0.0.2"}}
		if got := ClientAddress("10.0.0.1:1", list, trusted); got.String() != "203.0.113.9" {
			t.Fatalf("client %s by X-Forwarded-For", got)
		}
		for _, written := range []string{", for=203.0.113.9", `, for="203.0.113.9:80";host="a,b"`} {
			forwarded := http.Header{"Forwarded": {forged + written}}
			got := ClientAddress("10.0.0.1:1", forwarded, trusted).String()
			if got != "203.0.113.9" && got != "10.0.0.1" { // the proxy's own, where a quote is left open
				t.Fatalf("client %s by Forwarded", got)
			}
		}
	})
}

func TestNetworksThatAreNone(t *testing.T) {
	_, err := ParseNetworks([]string{"10.0.0.0/8", "proxy"})
	if err == nil || !strings.Contains(err.Error(), `"proxy"`) || !strings.Contains(err.Error(), "10.0.0.0/8") {
		t.Errorf("%v", err)
	}
}

func FuzzClientAddress(f *testing.F) {
	f.Add("10.0.0.1:1", "203.0.113.9", `for="[2001:db8::1]:4711"`)
	f.Add("[::1]:80", ",,", `for="\`)
	trusted := networks(f, "10.0.0.0/8", "::1")
	f.Fuzz(func(t *testing.T, remote, list, forwarded string) {
		got := ClientAddress(remote, http.Header{"X-Forwarded-For": {list}, "Forwarded": {forwarded}}, trusted)
		if peer, ok := hostAddress(remote); ok && !got.IsValid() || ok && !within(peer, trusted) && got != peer {
			t.Errorf("client %s of peer %s", got, peer)
		}
	})
}
