package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestEveryLanguageHasEveryWord(t *testing.T) {
	c := catalog(t)
	want := c.Get(fallback).words.messages
	for _, tag := range c.Tags() {
		have := c.Get(tag).words.messages
		for key := range want {
			if have[key] == nil {
				t.Errorf("%s.toml lacks %q", tag, key)
			}
		}
		for key := range have {
			if want[key] == nil {
				t.Errorf("%s.toml has %q, which nothing uses", tag, key)
			}
		}
	}
}

func TestTranslationsUseTheSameVariables(t *testing.T) {
	c := catalog(t)
	want := c.Get(fallback).words.messages
	for _, tag := range c.Tags() {
		for key, m := range c.Get(tag).words.messages {
			if !slices.Equal(m.variables, want[key].variables) {
				t.Errorf("%s.toml: %q uses %q, English uses %q", tag, key, m.variables, want[key].variables)
			}
		}
	}
}

func TestEveryPluralHasTheFormsOfItsLanguage(t *testing.T) {
	c := catalog(t)
	icu := readICU(t)
	english := c.Get(fallback).words.messages
	for _, tag := range c.Tags() {
		forms := icu.Forms[tag]
		if forms == nil {
			forms = icu.Forms[strings.Split(tag, "-")[0]]
		}
		if forms == nil {
			t.Fatalf("testdata/icu.json has no plural forms of %s", tag)
		}
		for key, m := range c.Get(tag).words.messages {
			if !english[key].plural {
				continue
			}
			for _, form := range pluralForms {
				if has, must := *m.form(form) != "", slices.Contains(forms, form); has != must {
					t.Errorf("%s.toml: %q has %q: %v; the language has it: %v", tag, key, form, has, must)
				}
			}
		}
	}
}

func TestCountTakesThePluralFormThatICUTakes(t *testing.T) {
	c := catalog(t)
	icu := readICU(t)
	for tag := range icu.Words {
		l := c.Get(tag)
		m := l.words.messages["chart-entries"]
		for _, sample := range icu.Words[tag]["plural"] {
			n := 0
			for _, digit := range sample[0] {
				n = n*10 + int(digit-'0')
			}
			want := strings.ReplaceAll(*m.form(sample[1]), "{{.Count}}", l.Number(sample[0]))
			if got, ok := l.Count("chart-entries", n, nil); got != want || !ok {
				t.Errorf("%s, %d: got %q, want %q", tag, n, got, want)
			}
		}
	}
}

func TestWordFillsInVariables(t *testing.T) {
	c := catalog(t)
	for _, tc := range []struct {
		tag, key string
		args     map[string]any
		want     string
	}{
		{"fr", "kind-press-release", nil, "Communiqué de presse"},
		{"fr", "contact-phone", nil, "Téléphone\u00a0:"},
		{"fr", "dateline", map[string]any{"Place": "Londres", "Date": "1er mai"}, "Londres, le 1er mai"},
		{"ru", "page-of", map[string]any{"Page": 3, "Pages": 1200}, "Страница 3 из 1200"},
		{"zh-Hans", "page-of", map[string]any{"Page": "{page}", "Pages": "{pages}"}, "第{page}页，共{pages}页"},
		{"en", "dateline", map[string]any{"Place": "<&\"{{.Date}}", "Date": "d"}, "<&\"{{.Date}}, d"},
	} {
		if got, ok := c.Get(tc.tag).Word(tc.key, tc.args); got != tc.want || !ok {
			t.Errorf("%s %s: got %q %v, want %q", tc.tag, tc.key, got, ok, tc.want)
		}
	}
}

func TestWordLeavesItsArgumentsAlone(t *testing.T) {
	args := map[string]any{"Page": 3, "Pages": 12}
	before := maps.Clone(args)
	catalog(t).Get("ar").Word("page-of", args)
	if !maps.Equal(args, before) {
		t.Errorf("got %v", args)
	}
}

func TestWhatALanguageLacksIsSeen(t *testing.T) {
	c, err := Load(office(t, map[string]string{"de.toml": "contents = \"Inhalt\"\n[chart-entries]\nother = \"{{.Count}} Seiten\"\n"}))
	if err != nil {
		t.Fatal(err)
	}
	l := c.Get("de")
	two := map[string]any{"Page": 1, "Pages": 2}
	for _, tc := range []struct {
		what, want string
		ok         bool
		call       func() (string, bool)
	}{
		{"there", "Inhalt", true, func() (string, bool) { return l.Word("contents", nil) }},
		{"word missing", "Languages", false, func() (string, bool) { return l.Word("languages", nil) }},
		{"word with variables missing", "Page 1 of 2", false, func() (string, bool) { return l.Word("page-of", two) }},
		{"key unknown", "no-such-key", false, func() (string, bool) { return l.Word("no-such-key", nil) }},
		{"plural form missing", "1 Seiten", false, func() (string, bool) { return l.Count("chart-entries", 1, nil) }},
		{"plural form there", "1.234 Seiten", true, func() (string, bool) { return l.Count("chart-entries", 1234, nil) }},
		{"variable missing", "Page {Page} of {Pages}", false, func() (string, bool) { return c.Get("en").Word("page-of", nil) }},
	} {
		if got, ok := tc.call(); got != tc.want || ok != tc.ok {
			t.Errorf("%s: got %q %v, want %q %v", tc.what, got, ok, tc.want, tc.ok)
		}
	}
}

func TestNumberingIsASetting(t *testing.T) {
	c, err := Load(office(t, map[string]string{"ar.toml": english(t) + "[settings]\nnumbering = \"arab\"\n"}))
	if err != nil {
		t.Fatal(err)
	}
	l := c.Get("ar")
	page, _ := l.Word("page-of", map[string]any{"Page": 3, "Pages": 12})
	for got, want := range map[string]string{
		page: "Page ٣ of ١٢", l.Number("1234.5"): "١٬٢٣٤٫٥", l.Date(day(2023, 11, 6)): "٦ نوفمبر ٢٠٢٣", string(l.Digits()): "٠١٢٣٤٥٦٧٨٩",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func BenchmarkWord(b *testing.B) {
	l := catalog(b).Get("ru")
	args := map[string]any{"Page": 3, "Pages": 12}
	for name, key := range map[string]string{"fixed": "contents", "variables": "page-of"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Word(key, args)
			}
		})
	}
}
