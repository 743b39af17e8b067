package pdf

import (
	"bytes"
	"testing"

	"communique/render/page"
)

func TestNumbersAreShort(t *testing.T) {
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"}, {1, "1"}, {-1, "-1"}, {0.5, ".5"}, {-0.25, "-.25"}, {12.340, "12.34"}, {0.004, "0"}, {-0.004, "0"}, {595.28, "595.28"}, {1.005, "1"},
	} {
		var b syntax
		if b.num(c.v); string(b) != c.want {
			t.Errorf("%v is written %s, want %s", c.v, b, c.want)
		}
	}
}

func TestTextStrings(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "(plain)"},
		{`a(b)\`, `(a\(b\)\\)`},
		{"a\r\nb\x00", "(a  b )"},
		{"é", "<FEFF00E9>"},
		{"\U0001F48E", "<FEFFD83DDC8E>"},
		{"\xff", "<FEFFFFFD>"},
		{"\xed\xa0\x80", "<FEFFFFFDFFFDFFFD>"}, // a surrogate
		{"\uffff", "<FEFFFFFD>"},
	} {
		var b syntax
		if b.text(c.text); string(b) != c.want {
			t.Errorf("%q is written %s, want %s", c.text, b, c.want)
		}
	}
}

func TestPageLabelsSayHowPagesAreNumbered(t *testing.T) {
	var o syntax
	pageLabels(&o, nil)
	if len(o) > 0 {
		t.Errorf("labels without need: %s", o)
	}
	pageLabels(&o, []page.Label{{Page: 0, Prefix: "i"}, {Page: 1, Prefix: "ب"}, {Page: 2, Start: 1}, {Page: 9, Prefix: "A-", Start: 3}})
	if got, want := string(o), "/PageLabels<</Nums[0<</P(i)>>1<</P<FEFF0628>>>2<</S/D>>9<</S/D/St 3/P(A-)>>]>>"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestByteStringsReadBackAsWritten(t *testing.T) {
	var all []byte
	for i := range 256 {
		all = append(all, byte(i))
	}
	var b syntax
	b.bytes(string(all))
	if bytes.IndexByte(b, '\r') >= 0 {
		t.Error("a bare carriage return would be read as a line feed")
	}
	if got := (&source{t: t, b: b}).value(); got != string(all) {
		t.Errorf("read back as %q", got)
	}
}

func TestURIsBecomeASCII(t *testing.T) {
	for _, c := range []struct{ uri, want string }{
		{"https://example.org/a?b=c%20d#e", "https://example.org/a?b=c%20d#e"},
		{"mailto:a@example.org", "mailto:a@example.org"},
		{"https://[::1]/", "https://[::1]/"},
		{"a b\x00\n", "a%20b%00%0A"},
		{"é\xff", "%C3%A9%FF"},
		{"<\">\\^`{|}", "%3C%22%3E%5C%5E%60%7B%7C%7D"},
		{"(')", "(')"},
	} {
		if got := escapeURI(c.uri); got != c.want {
			t.Errorf("%q becomes %s, want %s", c.uri, got, c.want)
		}
	}
}

func TestTextIsMappedToWhatPDFAllows(t *testing.T) {
	for r, want := range map[rune]rune{'a': 'a', 0: 0xfffd, 0xfeff: 0x2060, 0xfffe: 0xfffd, 0xe000: 0xfffd, 0x10fffd: 0xfffd} {
		if got := mappable(r); got != want {
			t.Errorf("%U is mapped to %U, want %U", r, got, want)
		}
	}
}

func TestLargeFilesUseMoreObjectStreamsAndWiderOffsets(t *testing.T) {
	b := newBuilder()
	catalog, info, big := b.alloc(), b.alloc(), b.alloc()
	b.stream(big, "", make([]byte, 1<<16))
	many := b.allocs(3 * maxPacked)
	for i, n := range many {
		b.object(n).int(i)
	}
	b.object(catalog).raw("<<>>")
	b.object(info).raw("<<>>")
	f := readFile(t, b.end(catalog, info))
	if w := f.trailer["W"].([]any)[1]; w != 3.0 {
		t.Errorf("offsets take %v bytes, want 3", w)
	}
	for i, n := range many {
		if f.objects[ref(n)] != float64(i) {
			t.Fatalf("object %d is %v, want %d", n, f.objects[ref(n)], i)
		}
	}
}
