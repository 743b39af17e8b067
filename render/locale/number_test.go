package locale

import (
	"strings"
	"testing"
)

func TestNumberIsExact(t *testing.T) {
	c := catalog(t)
	for _, tc := range []struct{ tag, in, want string }{
		{"en", "98765432109876543210987654321.10", "98,765,432,109,876,543,210,987,654,321.10"},
		{"en", "0.100000000000000000000000000001", "0.100000000000000000000000000001"},
		{"en", "-0.50", "-0.50"}, {"en", "−3", "-3"}, {"en", "+3", "3"}, {"en", "007", "7"}, {"en", "000", "0"},
		{"en", ".5", "0.5"}, {"en", "5.", "5"},
		{"es", "1234", "1234"}, {"es", "12345", "12.345"}, {"pt", "1234,5", "1234,5"},
		{"fr", "1234567.891", "1\u202f234\u202f567,891"},
		{"ar", "-1234.5", "\u200e-1,234.5"},
		{"en", "", ""}, {"en", "-", "-"}, {"en", ".", "."}, {"en", "1e5", "1e5"}, {"en", "n/a", "n/a"}, {"en", "1 234", "1 234"}, {"en", "--1", "--1"}, {"en", "1.2.3", "1.2.3"}, {"en", "٣", "٣"},
	} {
		if got := c.Get(tc.tag).Number(tc.in); got != tc.want {
			t.Errorf("%s %q: got %q, want %q", tc.tag, tc.in, got, tc.want)
		}
	}
}

func TestNumberGroupsAsIndiaDoes(t *testing.T) {
	c, err := Load(office(t, map[string]string{"hi.toml": english(t)}))
	if err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{"1234567890": "1,23,45,67,890", "100000": "1,00,000", "1000": "1,000"} {
		if got := c.Get("hi").Number(in); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestPercentIsOfAHundred(t *testing.T) {
	c := catalog(t)
	for _, tc := range []struct{ tag, in, want string }{
		{"en", "12.5", "12.5%"}, {"fr", "12.5", "12,5\u00a0%"}, {"ru", "-12.50", "-12,50\u00a0%"}, {"en", "about half", "about half"},
	} {
		if got := c.Get(tc.tag).Percent(tc.in); got != tc.want {
			t.Errorf("%s %q: got %q, want %q", tc.tag, tc.in, got, tc.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"", "0", "-1234567.891", "+.5", "5.", "−0", "1e5", "\xff", "00100.00", "12345678901234567890"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, tag := range []string{"en", "es", "fr", "ar"} {
			l := catalog(t).Get(tag)
			got := l.Number(in)
			negative, whole, fraction, ok := splitDecimal(in)
			if !ok {
				if got != in {
					t.Fatalf("%s: %q became %q", tag, in, got)
				}
				continue
			}
			n := &l.numbers
			back := strings.ReplaceAll(got, n.Group, "")
			rest, minus := strings.CutPrefix(back, n.Minus)
			if n.Decimal != "." {
				rest = strings.Replace(rest, n.Decimal, ".", 1)
			}
			want := whole
			if fraction != "" {
				want += "." + fraction
			}
			if rest != want || minus != negative {
				t.Fatalf("%s: %q became %q, which is %q", tag, in, got, rest)
			}
		}
	})
}
