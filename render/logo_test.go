package render_test

import (
	"bytes"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/picture/testcard"
	"communique/templates"
)

// office is the built-in templates with a theme "house" that has a logo.
func office(t *testing.T, logo []byte) fs.FS {
	t.Helper()
	files := fstest.MapFS{
		"themes/house/theme.toml": {Data: []byte("extends = 'official'\n[logo]\nfile = 'logo.png'\nheight = 30\n")},
		"themes/house/logo.png":   {Data: logo},
	}
	err := fs.WalkDir(templates.FS, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(templates.FS, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestTheLogoOfTheThemeStandsInTheLetterhead(t *testing.T) {
	r, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: office(t, testcard.PNG(testcard.Seal(200)))})
	if err != nil {
		t.Fatal(err)
	}
	const text = "---\ntitle: T\nlang: %\nissuer: {name: Office%%}\n---\n\nText.\n"
	own := fstest.MapFS{"own.png": {Data: testcard.PNG(testcard.Seal(90))}}
	for _, c := range []struct {
		name, lang, logo string
		image            string // in the web page
		left             bool   // on the card
	}{
		{"the theme's", "en", "", `width="46" height="46" alt="Office"`, true},
		{"mirrored", "ar", "", `width="46" height="46" alt="Office"`, false},
		{"the document's own", "en", ", logo: own.png", `width="46" height="46" alt="Office"`, true},
	} {
		source := strings.Replace(strings.Replace(text, "%%", c.logo, 1), "%", c.lang, 1)
		res := do(t, r, render.Request{Sources: []render.Source{{Name: "a.md", Data: []byte(source), Files: own}}, Theme: "house",
			Formats: []render.Format{render.HTML, render.JSON, render.Card}})
		if len(res.Artifacts) != 3 {
			t.Fatalf("%s: %v", c.name, res.Problems)
		}
		if page := string(res.Artifacts[0].Data); strings.Count(page, `<img class="logo clear" `+c.image) != 1 {
			t.Errorf("%s: the web page lacks %s", c.name, c.image)
		}
		if got := bytes.Contains(res.Artifacts[1].Data, []byte(`"logo"`)); got != (c.logo != "") {
			t.Errorf("%s: a logo in the document: %v", c.name, got)
		}
		if left, right := cardInk(t, res.Artifacts[2].Data); left != c.left || right == c.left {
			t.Errorf("%s: logo at the left %v, at the right %v", c.name, left, right)
		}
	}
	plain := do(t, r, render.Request{Sources: []render.Source{{Name: "a.en.md", Data: []byte("---\ntitle: T\n---\n\nText.\n")}}, Theme: "house", Formats: []render.Format{render.HTML}})
	if strings.Contains(string(plain.Artifacts[0].Data), "<img") {
		t.Error("a document without an issuer has a logo")
	}
}

// cardInk tells whether the logo's colour is above the issuer's words, at the
// sides of a card.
func cardInk(t *testing.T, data []byte) (left, right bool) {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	ink := func(from, to int) bool {
		for y := 40; y < 65; y++ {
			for x := from; x < to; x++ {
				if r, _, _, _ := m.At(x, y).RGBA(); r < 0x8000 {
					return true
				}
			}
		}
		return false
	}
	return ink(80, 180), ink(1020, 1120)
}

func TestABrokenLogoIsToldAtTheStart(t *testing.T) {
	_, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: office(t, testcard.PNG(testcard.Seal(20))[:60])})
	if err == nil || !strings.Contains(err.Error(), `templates: themes/house/theme.toml:3:1: logo.file is "logo.png": the PNG file is damaged`) {
		t.Error(err)
	}
}
