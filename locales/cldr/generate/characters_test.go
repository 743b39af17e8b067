package main

import "testing"

func TestCharactersOfASet(t *testing.T) {
	for set, want := range map[string]string{
		`[a b c ç {ch} {dz}]`: "a-dhzç",
		`[\- ‑ , . % 0-9]`:    "-%,.0-9‑",
		`[\[ \] \u200C \\]`:   `[-]` + "\u200c",
		`[]`:                  "",
	} {
		runes, err := unicodeSet(set)
		if err != nil {
			t.Fatal(err)
		}
		if got := compact(runes); got != want {
			t.Errorf("%s: got %q, want %q", set, got, want)
		}
	}
	for _, set := range []string{"", "abc", "[[a-z]&[b]]", `[\uZZZZ]`} {
		if _, err := unicodeSet(set); err == nil {
			t.Errorf("%q is taken for a set", set)
		}
	}
}

func TestQuoteShowsWhatCannotBeSeen(t *testing.T) {
	for in, want := range map[string]string{"a b": `"a b"`, "1\u202f000\u00a0%": `"1\u202F000\u00A0%"`, `"\`: `"\"\\"`, "\u200e-": `"\u200E-"`} {
		if got := quote(in); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
