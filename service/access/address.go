package access

import (
	"fmt"
	"net/http"
	"net/netip"
	"regexp"
	"strings"
)

// maxHops bounds how many proxies are read from one request.
const maxHops = 32

// ClientAddress is the address that a request comes from. remote is the
// peer of the connection (http.Request.RemoteAddr). Only a peer in a trusted
// network is believed what it forwards: the chain of Forwarded (RFC 7239) or
// X-Forwarded-For is read from its end, and the first address outside the
// trusted networks is the client's. What cannot be read ends the chain at
// the last address that was vouched for. The zero address means that remote is none.
//
// A proxy sets one of the two fields and passes on the other as the client
// wrote it, so if they name different clients, neither is believed.
func ClientAddress(remote string, header http.Header, trusted []netip.Prefix) netip.Addr {
	peer, ok := hostAddress(remote)
	if !ok || !within(peer, trusted) {
		return peer
	}
	listed, forwarded := header.Values("X-Forwarded-For"), header.Values("Forwarded")
	switch {
	case len(forwarded) == 0:
		return lastUntrusted(peer, xForwardedFor(listed), trusted)
	case len(listed) == 0:
		return lastUntrusted(peer, forwardedFor(forwarded), trusted)
	}
	byList, byForwarded := lastUntrusted(peer, xForwardedFor(listed), trusted), lastUntrusted(peer, forwardedFor(forwarded), trusted)
	if byList != byForwarded {
		return peer
	}
	return byList
}

// lastUntrusted walks from the proxy next to us towards the client.
func lastUntrusted(peer netip.Addr, chain []string, trusted []netip.Prefix) netip.Addr {
	for i := len(chain) - 1; i >= max(0, len(chain)-maxHops); i-- {
		hop, ok := hostAddress(chain[i])
		if !ok {
			return peer
		}
		if peer = hop; !within(hop, trusted) {
			return peer
		}
	}
	return peer
}

func xForwardedFor(lines []string) []string { return strings.Split(strings.Join(lines, ","), ",") }

// forwardedPair is name=value, where the value is a word or wholly quoted.
var forwardedPair = regexp.MustCompile(`^\s*([\w!#$%&'*+.^|~\x60-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+))\s*$`)

// forwardedFor returns the node of each element, "" where it cannot be read.
// A quote that a client leaves open would swallow what the proxies add after
// it: then nothing can be read.
func forwardedFor(lines []string) []string {
	elements, ok := splitOutside(strings.Join(lines, ","), ',')
	if !ok {
		return []string{""}
	}
	for i, element := range elements {
		elements[i] = forwardedNode(element)
	}
	return elements
}

func forwardedNode(element string) string {
	node := ""
	pairs, _ := splitOutside(element, ';')
	for _, pair := range pairs {
		m := forwardedPair.FindStringSubmatch(pair)
		switch {
		case m == nil:
			return ""
		case !strings.EqualFold(m[1], "for"):
		case node != "":
			return ""
		default:
			node = m[2] + m[3]
		}
	}
	return node
}

// splitOutside splits at a separator that does not stand in a quoted string;
// ok tells whether all quotes are closed.
func splitOutside(s string, separator byte) (parts []string, ok bool) {
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == separator && !quoted:
			parts, start = append(parts, s[start:i]), i+1
		}
	}
	return append(parts, s[start:]), !quoted
}

// hostAddress reads an address with or without a port: 192.0.2.1, 192.0.2.1:80,
// 2001:db8::1, [2001:db8::1] and [2001:db8::1]:80. Zones are dropped, and IPv4 in
// IPv6 is IPv4, for one client to have one address.
func hostAddress(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	addr, err := netip.ParseAddr(s)
	if err != nil {
		if port, err := netip.ParseAddrPort(s); err == nil {
			addr = port.Addr()
		} else if bare, ok := strings.CutPrefix(s, "["); ok {
			addr, _ = netip.ParseAddr(strings.TrimSuffix(bare, "]"))
		}
	}
	return addr.Unmap().WithZone(""), addr.IsValid()
}

func within(addr netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(addr) {
			return true
		}
	}
	return false
}

// ParseNetworks reads networks (10.0.0.0/8) and single addresses, as the
// configuration names trusted proxies.
func ParseNetworks(texts []string) ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range texts {
		network, err := netip.ParsePrefix(text)
		if addr, errAddr := netip.ParseAddr(text); errAddr == nil {
			network, err = netip.PrefixFrom(addr.WithZone(""), addr.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%q is no network of proxies: expected an address or a network, such as 192.0.2.7 or 10.0.0.0/8", text)
		}
		networks = append(networks, unmapped(network).Masked())
	}
	return networks, nil
}

// unmapped writes a network of IPv4 in IPv6 as IPv4, as addresses are compared.
func unmapped(n netip.Prefix) netip.Prefix {
	if n.Addr().Is4In6() && n.Bits() >= 96 {
		return netip.PrefixFrom(n.Addr().Unmap(), n.Bits()-96)
	}
	return n
}

// household is whose address it is: one host of IPv4, a network of IPv6 as
// one client is given it, for it has 2^64 addresses to choose from.
func household(addr netip.Addr) string {
	if addr = addr.Unmap(); addr.Is6() {
		if network, err := addr.WithZone("").Prefix(64); err == nil {
			return network.String()
		}
	}
	return addr.String()
}
