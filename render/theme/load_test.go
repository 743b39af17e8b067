package theme_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/picture/testcard"
	"communique/render/theme"
	"communique/templates"
)

// office is the built-in templates with an office's own files over them.
func office(t *testing.T, files map[string]string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(templates.FS, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(templates.FS, p)
		out[p] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for p, text := range files {
		out[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestAThemeIsTheFewLinesThatDiffer(t *testing.T) {
	set, err := theme.Load(office(t, map[string]string{
		"themes/a-house/theme.toml": "extends = 'serif'\n[light]\naccent = '#006600'\n[logo]\nfile = 'logo.png'\nheight = 30\n",
		"themes/a-house/logo.png":   string(testcard.PNG(testcard.Seal(16))),
		"themes/plain/theme.toml":   "extends = 'a-house'\n[logo]\nfile = ''\n",
		"themes/plain/style.css":    "p { margin: 0 }",
	}))
	if err != nil {
		t.Fatal(err)
	}
	official, _ := set.Get("official")
	house, _ := set.Get("a-house")
	plain, _ := set.Get("plain")
	if house.Light.Accent.String() != "#006600" || house.Fonts.Text != "noto-serif" || house.Paper != official.Paper ||
		house.Sheet != official.Sheet || len(house.Logo.Data) == 0 || house.Name != "a-house" {
		t.Errorf("a-house is %+v", house)
	}
	if plain.Logo.File != "" || plain.Logo.Data != nil || plain.Sheet != "p { margin: 0 }" || plain.Light.Accent != house.Light.Accent {
		t.Errorf("plain is %+v", plain)
	}
	if official.Light.Accent == house.Light.Accent {
		t.Error("a theme changed the one that it extends")
	}
}

func TestEverythingThatIsWrongInThemesIsTold(t *testing.T) {
	_, err := theme.Load(office(t, map[string]string{
		"themes/a/theme.toml": "extends = 'b'\n",
		"themes/b/theme.toml": "extends = 'a'\n",
		"themes/c/theme.toml": "extends = 'oficial'\n",
		"themes/d/theme.toml": "extends = 'official'\n[light]\naccent = 'red'\n[sizes]\nbody = 'big'\ntitle = 500\n[space]\nitem = -1\n" +
			"[paper]\ndefault = 'a5'\nhead = 90\n[logo]\nfile = 'no.png'\nheigth = 3\n[fonts]\ntext = ''\n",
		"themes/e/theme.toml": "extends = 'official'\n[logo]\nfile = 'x.gif'\nheight = 30\n[sizes]\nheadings = [1, 12, 11, 10, 10]\n",
		"themes/e/x.gif":      "GIF89a",
		"themes/f/theme.toml": "extends =\n",
	}))
	if err == nil {
		t.Fatal("no error")
	}
	want := `themes/b/theme.toml:1:1: extends is "a", which extends this theme in turn: expected another theme
themes/c/theme.toml:1:1: extends is "oficial", which is no theme: did you mean official?
themes/d/theme.toml:3:1: light.accent: "red" is no colour: expected # and six hexadecimal digits, such as #1d4f91
themes/d/theme.toml:5:1: sizes.body is the text "big": expected a number
themes/d/theme.toml:14:1: unknown key "logo.heigth": did you mean height?
themes/d/theme.toml:11:1: paper.head is 90: expected 9 to 71
themes/d/theme.toml:6:1: sizes.title is 500: expected 4 to 144
themes/d/theme.toml:8:1: space.item is -1: expected 0 to 100
themes/d/theme.toml: logo.height is 0: expected 6 to 200
themes/d/theme.toml:10:1: paper.default is "a5": expected a4 or letter
themes/d/theme.toml:16:1: fonts.text is missing: expected the name of a folder of fonts/, such as noto-sans
themes/d/theme.toml:13:1: logo.file is "no.png": there is no such file in themes/d
themes/e/theme.toml:6:1: sizes.headings, value 1 is 1: expected 4 to 72 points, five of them for levels 2 to 6
themes/e/theme.toml:3:1: logo.file is "x.gif": expected a PNG, JPEG or WebP picture
`
	got := err.Error()
	syntax := strings.LastIndex(got, "themes/f/theme.toml:1:")
	if syntax < 0 || got[:syntax] != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
