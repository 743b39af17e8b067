package judge

import (
	"strings"
	"testing"
)

func TestSameTextToleratesOnlyLineEnds(t *testing.T) {
	for _, c := range []struct {
		name, written, read string
		same                bool
	}{
		{"line end within a word that broke", "wel-known thing", "wel-\nknown thing", true},
		{"line end for a space", "one two", "one\ntwo", true},
		{"composed and decomposed", "é", "e\u0301", true},
		{"direction marks", "a\u200Fb", "\u202Bab\u202C", true},
		{"ideographs over a line end", "天地\n玄黄", "天地玄黄", true},
		{"lost space", "one two", "onetwo", false},
		{"new space", "onetwo", "one two", false},
		{"lost letter", "letter", "leter", false},
		{"changed order", "ab", "ba", false},
		{"missing end", "abc", "ab", false},
	} {
		if diff := SameText(c.written, c.read); (diff == "") != c.same {
			t.Errorf("%s: same %t wanted, difference %q", c.name, c.same, diff)
		}
	}
}

func TestSimilarityIsOneLessTheEditDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1}, {"abcd", "abcd", 1}, {"abcd", "abxd", 0.75}, {"abcd", "abd", 0.75}, {"ab", "", 0}, {"aaaa", "bbbb", 0},
		{strings.Repeat("a", 1000), strings.Repeat("a", 500), 0.5},
	} {
		if got := Similarity(c.a, c.b); got != c.want {
			t.Errorf("Similarity(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
