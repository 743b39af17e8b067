package locale

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"communique/locales"
	"communique/render/doc"
)

var embedded = sync.OnceValues(func() (*Catalog, error) { return Load(locales.FS) })

// catalog is the project's own languages.
func catalog(t testing.TB) *Catalog {
	t.Helper()
	c, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// office is a locales folder with some files of its own, on top of the
// project's tables and English.
func office(t testing.TB, files map[string]string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(locales.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasPrefix(path, "cldr/") && path != "en.toml" {
			return err
		}
		data, err := fs.ReadFile(locales.FS, path)
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range files {
		out[path] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// english is the text of en.toml without its settings, to be a language's words.
func english(t testing.TB) string {
	t.Helper()
	data, err := fs.ReadFile(locales.FS, "en.toml")
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), "["+settingsKey+"]")
	return text
}

func TestEveryLanguageLoadsWhole(t *testing.T) {
	c := catalog(t)
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"ar", "en", "es", "fr", "pt", "ru", "uk", "zh-Hans"} {
		if !slices.Contains(c.Tags(), tag) {
			t.Errorf("%s is not among %q", tag, c.Tags())
		}
	}
	if !slices.IsSorted(c.Tags()) {
		t.Errorf("not sorted: %q", c.Tags())
	}
	for tag, script := range map[string]string{"ar": "Arab", "ru": "Cyrl", "fr": "Latn", "zh-Hans": "Hans"} {
		l := c.Get(tag)
		if l.Tag() != tag || l.Script() != script || (l.Direction() == doc.RightToLeft) != (tag == "ar") {
			t.Errorf("%s: tag %s, script %s, direction %s", tag, l.Tag(), l.Script(), l.Direction())
		}
	}
	if c.Get("zh") != nil {
		t.Error("Get finds a tag that is not the file's")
	}
}

func TestMatchFindsTheLanguageAndNoOther(t *testing.T) {
	c := catalog(t)
	for tag, want := range map[string]string{
		"en": "en", "EN-us": "en", "fr_CH": "fr", "fr-BE": "fr", "es-419": "es", "es-MX": "es", "pt-BR": "pt", "pt-AO": "pt",
		"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-Hans-HK": "zh-Hans", "cmn": "zh-Hans", "ru-Cyrl": "ru",
		"zh-Latn": "", "ar-Latn": "", "ru-Latn": "", "tlh": "", "zxx": "",
		"": "", "und": "", "x-house": "", "not a tag": "", "\xff": "", "e": "",
	} {
		got := ""
		if l, ok := c.Match(tag); ok {
			got = l.Tag()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", tag, got, want)
		}
	}
}

// Readers of one language may know its neighbour; a document is still not in it.
func TestMatchNeverTakesANeighbour(t *testing.T) {
	words := english(t)
	c, err := Load(office(t, map[string]string{"zh-Hans.toml": words, "ru.toml": words, "es.toml": words, "nb.toml": words}))
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"zh-TW", "zh-HK", "zh-Hant", "yue", "de", "be", "uk", "gl", "ca", "da", "nn"} {
		if l, ok := c.Match(tag); ok {
			t.Errorf("%s is taken for %s", tag, l.Tag())
		}
	}
	if l, ok := c.Match("nb-NO"); !ok || l.Tag() != "nb" {
		t.Error("nb-NO is not nb")
	}
}

func TestMatchPrefersTheNearestRegion(t *testing.T) {
	words := english(t)
	c, err := Load(office(t, map[string]string{
		"pt-PT.toml": words, "pt-BR.toml": words, "es.toml": words, "es-MX.toml": words, "sr.toml": words, "sr-Latn.toml": words,
	}))
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]string{
		"pt-BR": "pt-BR", "pt-AO": "pt-PT", "es-MX": "es-MX", "es-AR": "es", "es": "es", "sr": "sr", "sr-Latn-ME": "sr-Latn", "sr-RS": "sr", "pt": "pt-BR",
	} {
		l, ok := c.Match(tag)
		if !ok || l.Tag() != want {
			t.Errorf("%s: got %v %v, want %s", tag, l, ok, want)
		}
	}
}

func TestANewLanguageNeedsOnlyItsWords(t *testing.T) {
	words := strings.Replace(english(t), "Page {{.Page}} of {{.Pages}}", "Seite {{.Page}} von {{.Pages}}", 1)
	c, err := Load(office(t, map[string]string{"de.toml": words}))
	if err != nil {
		t.Fatal(err)
	}
	l, ok := c.Match("de-AT")
	if !ok {
		t.Fatal("de-AT is not de")
	}
	page, _ := l.Word("page-of", map[string]any{"Page": 1, "Pages": 2})
	own, _ := l.Language("de")
	russian, _ := l.Language("ru")
	for got, want := range map[string]string{
		page: "Seite 1 von 2", own: "Deutsch", russian: "Russisch",
		l.Date(day(2023, 11, 14)):          "14. November 2023",
		l.Number("1234567.50"):             "1.234.567,50",
		l.List([]string{"A", "B", "C"}):    "A, B und C",
		l.Quotes().Open + l.Quotes().Close: "„“",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Every table must serve a language, so that adding one is a file of words.
func TestEveryTableServesALanguage(t *testing.T) {
	c := everyTable(t)
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	if n := len(c.Tags()); n < 100 {
		t.Errorf("only %d tables", n)
	}
	for _, tag := range c.Tags() {
		l := c.Get(tag)
		if l.Direction() != Direction(tag) {
			t.Errorf("%s: the table says %s, the script %s", tag, l.Direction(), Direction(tag))
		}
		if name, ok := l.Language(tag); !ok || name == "" {
			t.Errorf("%s has no name for itself", tag)
		}
		if text, _ := l.Count("chart-entries", 4, nil); !strings.HasSuffix(text, " entries.") {
			t.Errorf("%s: 4 entries are %q", tag, text)
		}
		if name, ok := l.Territory("FR"); !ok || name == "" {
			t.Errorf("%s has no name for France", tag)
		}
	}
}

// everyTable is a catalog with English words for every CLDR table.
func everyTable(t testing.TB) *Catalog {
	t.Helper()
	files := map[string]string{}
	tables, err := fs.Glob(locales.FS, "cldr/formats/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	words := english(t)
	for _, path := range tables {
		if name := strings.TrimPrefix(path, "cldr/formats/"); name != "en.toml" {
			files[name] = words
		}
	}
	c, err := Load(office(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLoadErrorsNameFileAndLine(t *testing.T) {
	const start = "kind-statement = \"Erklärung\"\n"
	for name, tc := range map[string]struct {
		files map[string]string
		want  string
	}{
		"broken TOML":           {map[string]string{"de.toml": start + "dateline = \n"}, "de.toml:2:"},
		"unknown key":           {map[string]string{"de.toml": start + "page-off = \"x\"\n"}, `de.toml:2:1: unknown message "page-off"`},
		"unknown variable":      {map[string]string{"de.toml": start + "dateline = \"{{.Ort}}, {{.Date}}\"\n"}, `de.toml:2:1: message "dateline": unknown variable {{.Ort}}: there are {{.Date}}, {{.Place}}`},
		"variable where none":   {map[string]string{"de.toml": start + "contents = \"{{.Page}}\"\n"}, `unknown variable {{.Page}}: there are none`},
		"template language":     {map[string]string{"de.toml": start + "dateline = \"{{if .Place}}x{{end}}\"\n"}, `de.toml:2:1: message "dateline": "{{if .Place}}x{{end}`},
		"variable in a plural":  {map[string]string{"de.toml": start + "[chart-entries]\none = \"x\"\nother = \"{{.N}}\"\n"}, `de.toml:2:2: message "chart-entries": unknown variable {{.N}}`},
		"unknown plural form":   {map[string]string{"de.toml": start + "[chart-entries]\nsingle = \"x\"\nother = \"y\"\n"}, `de.toml:3:1: message "chart-entries": "single"`},
		"no other":              {map[string]string{"de.toml": start + "[chart-entries]\none = \"x\"\n"}, `de.toml:2:2: message "chart-entries" has no text for "other"`},
		"empty message":         {map[string]string{"de.toml": "contents = \"\"\n"}, `de.toml:1:1: message "contents" has no text`},
		"not text":              {map[string]string{"de.toml": "contents = 1\n"}, `de.toml:1:1: message "contents" must be text`},
		"unknown setting":       {map[string]string{"de.toml": "[settings]\ncalender = \"x\"\n"}, `de.toml:2:1: unknown setting "calender"`},
		"setting that is none":  {map[string]string{"de.toml": "[settings]\ncldr = 1\n"}, `de.toml:2:1: setting "cldr" must be text`},
		"no settings section":   {map[string]string{"de.toml": "settings = 1\n"}, `de.toml:1:1: settings must be a section`},
		"unknown numbering":     {map[string]string{"de.toml": "[settings]\nnumbering = \"arab\"\n"}, `there is no numbering system "arab"`},
		"unknown table":         {map[string]string{"de.toml": "[settings]\ncldr = \"xx\"\n"}, `de.toml: there is no CLDR table`},
		"language without data": {map[string]string{"kl.toml": start}, `kl.toml: there is no CLDR table`},
		"other script":          {map[string]string{"de.toml": "[settings]\ncldr = \"ru\"\n"}, `de.toml: the language is written in Latn`},
		"name not canonical":    {map[string]string{"de_DE.toml": start}, `de_DE.toml: the name must be`},
		"name no tag":           {map[string]string{"german words.toml": start}, `german words.toml: the name must be`},
		"override of nothing":   {map[string]string{"cldr/overrides.toml": "[[override]]\nlocale = \"de\"\nreason = \"r\"\nset.date.long = \"d\"\n"}, `cldr/overrides.toml:4:`},
		"override, no reason":   {map[string]string{"cldr/overrides.toml": "[[override]]\nlocale = \"de\"\n"}, `reason`},
		"override of no table":  {map[string]string{"cldr/overrides.toml": "[[override]]\nlocale = \"xx\"\nreason = \"r\"\n"}, `xx`},
		"unknown date field":    {map[string]string{"de.toml": start, "cldr/overrides.toml": "[[override]]\nlocale = \"de\"\nreason = \"r\"\nset.dates.long = \"Q\"\n"}, `cldr/formats/de.toml: date pattern "Q"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Load(office(t, tc.files))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

func TestCheckFindsBrokenNames(t *testing.T) {
	c, err := Load(office(t, map[string]string{"de.toml": english(t), "cldr/names/de.toml": "languages = 1\n"}))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Check(); err == nil || !strings.Contains(err.Error(), "cldr/names/de.toml:1:") {
		t.Errorf("got %v", err)
	}
	if name, ok := c.Get("de").Territory("FR"); ok || name != "FR" {
		t.Errorf("got %q %v from a broken table", name, ok)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(locales.FS); err != nil {
			b.Fatal(err)
		}
	}
}
