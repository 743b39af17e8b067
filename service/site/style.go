package site

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"communique/render/theme"
)

//go:embed pages
var pageFiles embed.FS

// Style is a style sheet for the style element of a page, and its hash for the
// page's policy.
type Style struct {
	Sheet  template.CSS
	source string
}

// NewStyle is a style sheet in the colours and fonts of a theme, light and dark.
func NewStyle(t *theme.Theme, sheet string) Style {
	colors := func(c theme.Colors) string {
		return fmt.Sprintf("--paper:%s;--ink:%s;--muted:%s;--accent:%s;--link:%s;--rule:%s;--fill:%s;--band:%s",
			c.Paper, c.Ink, c.Muted, c.Accent, c.Link, c.Rule, c.Fill, c.Band)
	}
	css := fmt.Sprintf("\n:root{--text:%s;--mono:%s;%s}\n@media screen and (prefers-color-scheme:dark){:root{%s}}\n%s",
		t.Fonts.TextStack, t.Fonts.MonoStack, colors(t.Light), colors(t.Dark), sheet)
	sum := sha256.Sum256([]byte(css))
	return Style{template.CSS(css), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
}

// Policy is the Content-Security-Policy of a page with the style: no script, no
// request, forms to the given sources only ("'self'", "'none'").
func (s Style) Policy(forms string) string {
	return "default-src 'none'; style-src " + s.source + "; base-uri 'none'; form-action " + forms + "; frame-ancestors 'none'"
}

func pageStyle(t *theme.Theme) (Style, error) {
	sheet, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		return Style{}, err
	}
	return NewStyle(t, string(sheet)), nil
}

// parsePages reads the templates, each with the layout and the form of lists.
func parsePages() (map[string]*template.Template, error) {
	pages := map[string]*template.Template{}
	for _, name := range []string{"index", "search", "publication", "verify", "verdict", "notice", "preview"} {
		t, err := template.ParseFS(pageFiles, "pages/layout.html", "pages/items.html", "pages/files.html", "pages/"+name+".html")
		if err != nil {
			return nil, err
		}
		pages[name] = t.Lookup("layout.html")
	}
	return pages, nil
}
