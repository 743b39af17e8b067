package webhook

import (
	"net/netip"
	"testing"
)

// Both ends of every range that a message may not reach.
var forbidden = []string{
	"0.0.0.0", "0.255.255.255", "::",
	"127.0.0.1", "127.255.255.255", "::1",
	"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255",
	"100.64.0.0", "100.100.100.200", "100.127.255.255",
	"169.254.0.0", "169.254.169.254", "169.254.255.255", "fe80::", "febf::1",
	"168.63.129.16", "192.0.0.192",
	"192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1",
	"192.0.0.1", "192.88.99.1", "198.18.0.0", "198.19.255.255", "2001::1", "2001:1ff::1", "2002:a00:1::",
	"224.0.0.1", "239.255.255.255", "ff02::1",
	"240.0.0.1", "255.255.255.255",
	"fc00::1", "fd00:ec2::254", "fec0::1",
	"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::10.0.0.1",
	"64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808",
	"100::1", "5f00::1", "1::1", "4000::1",
}

var public = []string{
	"1.1.1.1", "93.184.216.34", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
	"192.167.255.255", "192.169.0.0", "223.255.255.255", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2606:4700::1111", "2001:200::1", "2a00::1",
}

func TestOnlyPublicAddressesAreReached(t *testing.T) {
	for _, a := range forbidden {
		if (Policy{}).check(netip.MustParseAddr(a)) == nil {
			t.Errorf("%s is reached", a)
		}
	}
	for _, a := range public {
		if err := (Policy{}).check(netip.MustParseAddr(a)); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
}

func TestAnAllowedNetworkOpensNothingElse(t *testing.T) {
	policy := Policy{Networks: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd12::/16")}}
	for _, a := range []string{"10.1.0.1", "::ffff:10.1.0.1", "64:ff9b::a01:1", "fd12::1"} {
		if err := policy.check(netip.MustParseAddr(a)); err != nil {
			t.Errorf("%s: %v", a, err)
		}
	}
	for _, a := range forbidden {
		if policy.check(netip.MustParseAddr(a)) == nil {
			t.Errorf("%s is reached", a)
		}
	}
}

func TestTheDialerIsAskedForTCPOnly(t *testing.T) {
	for network, ok := range map[string]bool{"tcp4": true, "tcp6": true, "udp4": false, "unix": false} {
		if err := (Policy{}).control(network, "93.184.216.34:443", nil); (err == nil) != ok {
			t.Errorf("%s: %v", network, err)
		}
	}
	if (Policy{}).control("tcp4", "example.org:443", nil) == nil {
		t.Error("a name passes as an address")
	}
}
