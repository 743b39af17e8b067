package access

import (
	"fmt"
	"net/netip"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var client = netip.MustParseAddr("198.51.100.1")

func TestABucketEmptiesAndFills(t *testing.T) {
	l := NewLimits(LimitOptions{Anonymous: Rate{PerSecond: 2, Burst: 3}})
	anonymous := Identity{Kind: Anonymous}
	for i := range 3 {
		if d := l.Admit(anonymous, client, noon); !d.OK || d.Remaining != 2-i {
			t.Errorf("request %d: %+v", i, d)
		}
	}
	d := l.Admit(anonymous, client, noon)
	if d.OK || d.Wait != 500*time.Millisecond || d.RetryAfter() != 1 || d.Remaining != 0 {
		t.Errorf("beyond: %+v", d)
	}
	if again := l.Admit(anonymous, client, noon.Add(d.Wait-time.Millisecond)); again.OK {
		t.Error("admitted before the wait has passed")
	}
	if again := l.Admit(anonymous, client, noon.Add(d.Wait)); !again.OK {
		t.Error("refused after the wait")
	}
	if other := l.Admit(anonymous, netip.MustParseAddr("198.51.100.2"), noon); !other.OK {
		t.Error("another client pays")
	}
	if key := l.Admit(Identity{Kind: ByKey, ID: "a"}, client, noon); !key.OK {
		t.Error("a key at the same address pays")
	}
}

func TestFieldsOfADecision(t *testing.T) {
	l := NewLimits(LimitOptions{Identity: Rate{PerSecond: 4, Burst: 10}})
	policy, limit := l.Admit(Identity{Kind: ByKey, ID: "a"}, client, noon).Fields("default")
	if policy != `"default";q=10;w=3` || limit != `"default";r=9;t=1` {
		t.Errorf("RateLimit-Policy: %s, RateLimit: %s", policy, limit)
	}
}

func TestAKeysOwnRateReplacesTheDefault(t *testing.T) {
	l := NewLimits(LimitOptions{Identity: Rate{PerSecond: 1, Burst: 2}})
	key := Identity{Kind: ByKey, ID: "a", RatePerSecond: 50}
	for i := range 50 {
		if !l.Admit(key, client, noon).OK {
			t.Fatalf("refused after %d", i)
		}
	}
	if d := l.Admit(key, client, noon); d.OK || d.Wait != 20*time.Millisecond {
		t.Errorf("beyond: %+v", d)
	}
	key.RatePerSecond = 0 // taken away: the bucket of the same key follows
	if d := l.Admit(key, client, noon.Add(2*time.Second)); d.Limit != 2 || d.Remaining > 1 {
		t.Errorf("afterwards: %+v", d)
	}
}

func TestAnIPv6NetworkIsOneClient(t *testing.T) {
	l := NewLimits(LimitOptions{Anonymous: Rate{PerSecond: 1, Burst: 1}})
	admit := func(addr string) bool {
		return l.Admit(Identity{Kind: Anonymous}, netip.MustParseAddr(addr), noon).OK
	}
	if !admit("2001:db8:0:1::1") || admit("2001:db8:0:1:ffff::2") || !admit("2001:db8:0:2::1") {
		t.Error("limits do not follow /64")
	}
	if !admit("192.0.2.1") || admit("::ffff:192.0.2.1") || !admit("192.0.2.2") {
		t.Error("limits do not follow single IPv4 addresses")
	}
}

func TestFailuresOfAnAddressAreLimited(t *testing.T) {
	l := NewLimits(LimitOptions{Failures: Rate{PerSecond: 0.5, Burst: 3}})
	for range 100 {
		if !l.MayTry(client, noon).OK {
			t.Fatal("asking counts")
		}
	}
	for range 3 {
		l.Failed(client, noon)
	}
	if d := l.MayTry(client, noon); d.OK || d.RetryAfter() != 2 {
		t.Errorf("after three failures: %+v", d)
	}
	if d := l.MayTry(client, noon.Add(2*time.Second)); !d.OK {
		t.Errorf("later: %+v", d)
	}
}

func TestMemoryOfLimitsIsBounded(t *testing.T) {
	l := NewLimits(LimitOptions{Clients: 320})
	for i := range 10_000 {
		l.Admit(Identity{Kind: ByKey, ID: strconv.Itoa(i)}, client, noon)
		l.MayTry(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), noon)
	}
	kept := func(b *buckets) int {
		n := 0
		for i := range b.parts {
			if len(b.parts[i].byName) != b.parts[i].recent.Len() {
				t.Error("the list does not match the map")
			}
			n += len(b.parts[i].byName)
		}
		return n
	}
	if n := kept(l.identities); n != 320 {
		t.Errorf("%d identities are kept", n)
	}
	if n := kept(l.failures); n != 0 {
		t.Errorf("%d addresses are kept that were only asked about", n)
	}
}

// Never more than the burst and what has flowed in, whatever the pattern.
func TestNoPatternBeatsTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rate{PerSecond: rapid.Float64Range(0.1, 100).Draw(t, "rate"), Burst: rapid.IntRange(1, 20).Draw(t, "burst")}
		l := NewLimits(LimitOptions{Identity: r})
		now, admitted := noon, 0
		for _, gap := range rapid.SliceOfN(rapid.IntRange(0, 2000), 1, 200).Draw(t, "gaps") {
			now = now.Add(time.Duration(gap) * time.Millisecond)
			if d := l.Admit(Identity{Kind: Person, ID: "a"}, client, now); d.OK {
				admitted++
			} else if d.Wait <= 0 {
				t.Fatalf("refused without a wait: %+v", d)
			}
		}
		if most := float64(r.Burst) + now.Sub(noon).Seconds()*r.PerSecond; float64(admitted) > most+1e-6 {
			t.Fatalf("%d admitted, %v at most", admitted, most)
		}
	})
}

func BenchmarkAdmit(b *testing.B) {
	l := NewLimits(LimitOptions{})
	var worker atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		who := Identity{Kind: ByKey, ID: fmt.Sprint(worker.Add(1))}
		for p.Next() {
			l.Admit(who, client, noon)
		}
	})
}

func BenchmarkAdmitManyAddresses(b *testing.B) {
	l := NewLimits(LimitOptions{})
	var worker atomic.Uint32
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for n := worker.Add(1) << 20; p.Next(); n++ {
			l.Admit(Identity{Kind: Anonymous}, netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}), noon)
		}
	})
}
