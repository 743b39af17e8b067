package locale

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLanguagesAreNamed(t *testing.T) {
	c := catalog(t)
	for _, tc := range []struct {
		tag, of, want string
		ok            bool
	}{
		{"fr", "fr", "Français", true}, {"zh-Hans", "zh-Hans", "简体中文", true}, {"en", "en", "English", true}, {"pt", "pt", "Português", true},
		{"fr", "ar", "arabe", true}, {"en", "zh-Hans", "Simplified Chinese", true}, {"en", "fr-BE", "French (Belgium)", true},
		{"en", "tlh", "tlh", false}, {"en", "", "", false}, {"en", "no tag", "no tag", false}, {"en", "ar-Latn", "ar-Latn", false},
	} {
		if got, ok := c.Get(tc.tag).Language(tc.of); got != tc.want || ok != tc.ok {
			t.Errorf("%s in %s: got %q %v, want %q %v", tc.of, tc.tag, got, ok, tc.want, tc.ok)
		}
	}
}

func TestEveryLanguageNamesEveryOther(t *testing.T) {
	c := catalog(t)
	for _, tag := range c.Tags() {
		for _, of := range c.Tags() {
			if _, ok := c.Get(tag).Language(of); !ok {
				t.Errorf("%s does not name %s", tag, of)
			}
		}
	}
}

func TestTerritoriesAreNamed(t *testing.T) {
	l := catalog(t).Get("en")
	for code, want := range map[string]string{"CI": "Côte d’Ivoire", "EU": "European Union", "CD": "Democratic Republic of the Congo", "TT": "Trinidad and Tobago"} {
		if got, ok := l.Territory(code); got != want || !ok {
			t.Errorf("%s: got %q %v, want %q", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "ZZ", "XA", "gb", "GBR"} {
		if got, ok := l.Territory(code); got != code || ok {
			t.Errorf("%q: got %q %v", code, got, ok)
		}
	}
}

func TestListHoldsItsItemsAsTheyAre(t *testing.T) {
	l := catalog(t).Get("en")
	for _, tc := range []struct {
		items []string
		want  string
	}{
		{nil, ""}, {[]string{"A"}, "A"}, {[]string{"{1}", "{0}"}, "{1} and {0}"}, {[]string{"A", "B", "{0}", "{1}"}, "A, B, {0} and {1}"},
	} {
		if got := l.List(tc.items); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
	if got := l.ListOr([]string{"A", "B", "C"}); got != "A, B or C" {
		t.Errorf("got %q", got)
	}
}

func TestExemplarsAreWhatAFontMustHave(t *testing.T) {
	c := catalog(t)
	for tag, want := range map[string]string{
		"fr": "aàœÀŒ«»’\u202f\u00a0\u2009–09", "ru": "ёЁяЯг«»„“", "uk": "ґҐїЇ’", "ar": "عةو،؟«٠9", "zh-Hans": "年月日至，。“”第页", "es": "ñÑ¿¡", "pt": "ãõÇ", "en": "azAZ“‘",
	} {
		have := c.Get(tag).Exemplars()
		for _, r := range want {
			if !strings.ContainsRune(have, r) {
				t.Errorf("%s lacks %q", tag, r)
			}
		}
	}
	if strings.Contains(c.Get("ar").Exemplars(), "e") { // as in {{.Place}}; names such as PDF have other letters
		t.Error("the names of variables are among the characters")
	}
	if n := utf8.RuneCountInString(c.Get("zh-Hans").Exemplars()); n < 2000 {
		t.Errorf("Chinese has %d characters", n)
	}
}

func TestSpreadUndoesRanges(t *testing.T) {
	for in, want := range map[string]string{"": "", "-": "-", "-a-e": "-abcde", "ac-eg-": "acdeg-", "abc": "abc"} {
		if got := string(spread(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
