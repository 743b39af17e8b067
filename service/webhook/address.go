package webhook

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// maxURL is the longest address of a receiver as it is sent, in bytes.
const maxURL = 2048

// URLError says what is wrong with a receiver's address, what was expected and how to mend it.
type URLError struct{ Message, Expected, Fix string }

func (e *URLError) Error() string {
	return fmt.Sprintf("%s; expected %s: %s", e.Message, e.Expected, e.Fix)
}

// maxName is the longest name that DNS knows.
const maxName = 253

const anAddress = "an address such as https://example.org/hooks/communique"

// CheckURL tells whether messages may be sent to an address, as far as the
// address alone can tell; the error is a *URLError. Send checks again, and also
// what the host resolves to at that moment.
func (p Policy) CheckURL(raw string) error {
	_, err := p.parse(raw)
	return err
}

func (p Policy) parse(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	if err != nil || !utf8.ValidString(raw) {
		return nil, &URLError{"the address cannot be read", anAddress, "escape what is not a letter or digit with %"}
	}
	if n := len(u.String()); n > maxURL {
		return nil, &URLError{fmt.Sprintf("the address has %d bytes", n), fmt.Sprintf("%d at most", maxURL), "register a shorter address"}
	}
	for _, check := range []func(*url.URL) error{p.checkScheme, checkParts, checkPort, p.checkHost} {
		if err := check(u); err != nil {
			return nil, err
		}
	}
	return u, nil
}

func (p Policy) checkScheme(u *url.URL) error {
	switch {
	case u.Scheme == "https", u.Scheme == "http" && p.AllowHTTP:
		return nil
	case u.Scheme == "http":
		return &URLError{"the address is not encrypted", "https", "give the receiver a certificate and write https://, or ask the operator to allow http"}
	}
	return &URLError{"the address has no scheme that messages can be sent with", anAddress, "begin it with https://"}
}

func checkParts(u *url.URL) error {
	switch {
	case u.Opaque != "" || u.Host == "" || u.Hostname() == "":
		return &URLError{"the address names no host", anAddress, "write the host after https://"}
	case u.User != nil:
		return &URLError{"the address holds a user name", "none", "leave out what stands before @; every message is signed, so check the signature instead"}
	case u.Fragment != "":
		return &URLError{"the address has a fragment", "none", "leave out # and what follows: it is never sent"}
	}
	return nil
}

// checkPort keeps messages from services of other protocols, whose ports are
// below 1024 as a rule.
func checkPort(u *url.URL) error {
	port := u.Port()
	if port == "" && !strings.HasSuffix(u.Host, ":") {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || n < 1024 && n != 80 && n != 443 {
		return &URLError{"the address has a port that messages are not sent to", "443, 80, or 1024 to 65535", "let the receiver listen on one of these"}
	}
	return nil
}

func (p Policy) checkHost(u *url.URL) error {
	host := u.Hostname()
	if addr, err := netip.ParseAddr(host); err == nil {
		return p.checkAddress(addr)
	}
	name, err := idna.Lookup.ToASCII(strings.TrimSuffix(host, "."))
	if err != nil || name == "" || len(name) > maxName || strings.Contains(host, ":") {
		return &URLError{"the host is no name", "letters, digits, hyphens and dots", "write the receiver's domain name"}
	}
	if last := name[strings.LastIndexByte(name, '.')+1:]; isNumber(last) {
		return &URLError{"the host is neither a name nor a full IP address", "four numbers with dots between, or a name", "write the receiver's domain name"}
	}
	if (name == "localhost" || strings.HasSuffix(name, ".localhost")) && !p.allows(netip.AddrFrom4([4]byte{127, 0, 0, 1})) && !p.allows(netip.IPv6Loopback()) {
		return &URLError{"the host is the server itself", "a host that the public internet can reach", "write the receiver's public name, or ask the operator to allow its network"}
	}
	return nil
}

func (p Policy) checkAddress(addr netip.Addr) error {
	if addr.Zone() != "" {
		return &URLError{"the host is an address with a zone", "a public address or a name", "write the receiver's domain name"}
	}
	if err := p.check(addr); err != nil {
		return &URLError{"the host is not a public address", "a host that the public internet can reach", "write the receiver's public name, or ask the operator to allow its network"}
	}
	return nil
}

// isNumber reports whether a name's last label makes some resolvers read the
// name as an IPv4 address in an old notation, such as 0x7f.1.
func isNumber(label string) bool {
	if hex, ok := strings.CutPrefix(strings.ToLower(label), "0x"); ok {
		label = hex
		return strings.Trim(label, "0123456789abcdef") == ""
	}
	return strings.Trim(label, "0123456789") == ""
}
