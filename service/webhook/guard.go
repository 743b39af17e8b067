package webhook

import (
	"fmt"
	"net/netip"
	"slices"
	"syscall"
)

// Policy says where messages may go. The zero value is the strictest: https to
// public addresses.
type Policy struct {
	// AllowHTTP lets messages go unencrypted.
	AllowHTTP bool
	// Networks are reached although they are not public, such as an office's own.
	Networks []netip.Prefix
}

// special is a range of addresses that no message goes to.
type special struct {
	prefix netip.Prefix
	name   string
}

func specials(name string, prefixes ...string) []special {
	var list []special
	for _, p := range prefixes {
		list = append(list, special{netip.MustParsePrefix(p), name})
	}
	return list
}

// refused are the ranges of IANA's special-purpose registries that are not
// globally reachable, multicast, addresses that carry another address, and what
// clouds use for the data about a machine.
var refused = slices.Concat(
	specials("unspecified", "0.0.0.0/8", "::/128"),
	specials("loopback", "127.0.0.0/8", "::1/128"),
	specials("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
	specials("carrier-grade NAT", "100.64.0.0/10"),
	specials("link-local", "169.254.0.0/16", "fe80::/10"),
	specials("cloud metadata", "168.63.129.16/32"),
	specials("documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"),
	specials("special-purpose", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "2002::/16", "2620:4f:8000::/48"),
	specials("multicast", "224.0.0.0/4", "ff00::/8"),
	specials("reserved", "240.0.0.0/4"),
	specials("unique-local", "fc00::/7", "fec0::/10"),
)

var (
	// global is the only part of IPv6 from which public addresses are given.
	global = netip.MustParsePrefix("2000::/3")
	// nat64 carries an IPv4 address in its last four bytes.
	nat64 = netip.MustParsePrefix("64:ff9b::/96")
)

// refusedError says that an address is in a range where no message may go. It
// does not name the address: what a name resolves to inside is nobody's business.
type refusedError struct{ kind string }

func (e *refusedError) Error() string {
	return fmt.Sprintf("the host leads to a %s address; expected a public one. The operator can allow a network of the office", e.kind)
}

// check refuses every address that is neither public nor in an allowed network.
func (p Policy) check(addr netip.Addr) error {
	addr = addr.Unmap().WithZone("")
	if p.allows(addr) {
		return nil
	}
	if nat64.Contains(addr) {
		b := addr.As16()
		return p.check(netip.AddrFrom4([4]byte(b[12:])))
	}
	for _, r := range refused {
		if r.prefix.Contains(addr) {
			return &refusedError{r.name}
		}
	}
	if !addr.Is4() && !global.Contains(addr) {
		return &refusedError{"special-purpose"}
	}
	return nil
}

func (p Policy) allows(addr netip.Addr) bool {
	return slices.ContainsFunc(p.Networks, func(n netip.Prefix) bool { return n.Contains(addr) })
}

// control is asked by the dialer for the very address it is about to connect
// to, after every resolution: a name that changes its answer gains nothing.
func (p Policy) control(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return &refusedError{"non-TCP"}
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return &refusedError{"unreadable"}
	}
	return p.check(to.Addr())
}
