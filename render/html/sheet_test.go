package html

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"communique/render/theme"
	"communique/templates"
)

func TestMinifyKeepsTheMeaning(t *testing.T) {
	for _, c := range []struct{ css, want string }{
		{"/* a */ a { color : red ; }\n", "a{color :red;}"},
		{"a :focus, b > c:hover { width: calc(1rem + 2 * (3px - 1px)) }", "a :focus,b>c:hover{width:calc(1rem + 2 * (3px - 1px))}"},
		{`q { content: " } /* \" " ; font: a , 'b  c' }`, `q{content:" } /* \" ";font:a,'b  c'}`},
		{"@media screen and (min-width: 30rem) { a { b: c } }", "@media screen and (min-width:30rem){a{b:c}}"},
		{"a/**/b{}", "a b{}"},
	} {
		got, err := minify(c.css)
		if err != nil || got != c.want {
			t.Errorf("%q became %q, %v; expected %q", c.css, got, err, c.want)
		}
	}
}

func TestMistakesInAThemeNameTheirLine(t *testing.T) {
	for name, c := range map[string]struct{ shell, css, want string }{
		"block":   {"", "a{}\nb{\n", "style.css:2: this block is not closed"},
		"brace":   {"", "a{}\n\n}", "style.css:3: there is a } too many"},
		"comment": {"", "\n/* x\n", "style.css:2: this comment is not closed"},
		"string":  {"", "a{content:\"x\n}", "style.css:1: this string is not closed"},
		"end":     {"", "\na{content:\"</style>\"}", "style.css:2: the style sheet contains"},
		"syntax":  {"\n{{if}}", "", "themes/official/page.html:2:"},
		"slot":    {"\n\n{{.Boddy}}", "", "themes/official/page.html:3:"},
		"inside":  {"{{if .Body}}\n{{.Boddy}}{{end}}", "", "themes/official/page.html:2:"},
	} {
		themes, err := theme.Load(templates.FS)
		if err != nil {
			t.Fatal(err)
		}
		th, _ := themes.Get("")
		if c.shell != "" {
			th.Shell = c.shell
		}
		if c.css != "" {
			th.Sheet = c.css
		}
		if _, err := New(themes); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, expected %q", name, err, c.want)
		}
	}
}

func TestStyleSheetUsesLogicalPropertiesOnly(t *testing.T) {
	css := loaded(t).theme.Sheet
	physical := regexp.MustCompile(`(?m)(margin|padding|border)-(left|right|top|bottom)\b|(^|[\s;{])(left|right|top|bottom|width|height|(min|max)-(width|height)|float)\s*:`)
	for _, m := range physical.FindAllString(strings.ReplaceAll(css, "@media (max-width", "@media ("), -1) {
		t.Errorf("the physical property %q", m)
	}
}

func TestStyleSheetDefinesWhatItUses(t *testing.T) {
	css := loaded(t).writer.shells[loaded(t).theme].style
	for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(css, -1) {
		if !strings.Contains(css, m[1]+":") {
			t.Errorf("%s is used and never set", m[1])
		}
	}
}

// TestContrast holds the palettes to WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to
// 1 for what outlines the focus and marks a quote or band (1.4.11).
func TestContrast(t *testing.T) {
	th := loaded(t).theme
	for name, c := range map[string]*theme.Colors{"light": &th.Light, "dark": &th.Dark} {
		for _, p := range []struct {
			what       string
			front, top theme.Hex
			least      float64
		}{
			{"ink on paper", c.Ink, c.Paper, 7}, {"ink on fill", c.Ink, c.Fill, 7}, {"ink on band", c.Ink, c.Band, 7},
			{"muted on paper", c.Muted, c.Paper, 4.5}, {"accent on paper", c.Accent, c.Paper, 4.5},
			{"link on paper", c.Link, c.Paper, 4.5}, {"link on fill", c.Link, c.Fill, 4.5},
			{"accent beside band", c.Accent, c.Band, 3},
			// badges stand anywhere, and one of them is dark
			{"muted on fill", c.Muted, c.Fill, 4.5}, {"muted on band", c.Muted, c.Band, 4.5},
			{"accent on fill", c.Accent, c.Fill, 4.5}, {"accent on band", c.Accent, c.Band, 4.5}, {"paper on ink", c.Paper, c.Ink, 7},
		} {
			if got := contrast(p.front, p.top); got < p.least {
				t.Errorf("%s: %s is %.2f to 1, expected %g", name, p.what, got, p.least)
			}
		}
	}
}

func contrast(a, b theme.Hex) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(h theme.Hex) float64 {
	part := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*part(h.R) + .7152*part(h.G) + .0722*part(h.B)
}
