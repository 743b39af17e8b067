package html

import (
	"bytes"
	"fmt"
	"strings"
	"text/template"

	"communique/render/theme"
)

// slots are the parts that a theme's page.html places; its head says what each is.
type slots struct {
	Lang, Dir, Policy, Title, Metadata, Style, Data string
	Skip, Main                                      string
	Issuer, Unit, Symbol, Languages                 string
	Bands, Label, Headline, Summary, Dateline, Body string
	Contents                                        string
	Formats, Address                                string
	Extra                                           map[string]any
}

// shell is a compiled theme.
type shell struct {
	page          *template.Template
	policy, style string
}

// compile makes a theme ready to write with. Its errors name file and line.
func compile(t *theme.Theme) (*shell, error) {
	file := "themes/" + t.Name + "/page.html"
	page, err := template.New(file).Parse(t.Shell)
	if err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	css, err := sheet(t)
	if err != nil {
		return nil, fmt.Errorf("templates: themes/%s/style.css:%w", t.Name, err)
	}
	s := &shell{page: page, policy: policy(css), style: "<style>" + css + "</style>"}
	// a wrong slot name shows only when the template runs past it: run it with nothing, and with everything
	for _, x := range []string{"", "x"} {
		probe := slots{x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, nil}
		if _, err := s.execute(&probe); err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
	}
	return s, nil
}

// execute fills the slots.
func (s *shell) execute(f *slots) ([]byte, error) {
	f.Policy, f.Style = s.policy, s.style
	var out bytes.Buffer
	out.Grow(len(s.style) + len(f.Body) + len(f.Metadata) + len(f.Data) + len(f.Languages) + 2048)
	if err := s.page.Execute(&out, f); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// slots writes every part of the page. They are written one after the other
// into one string, which the slots share.
func (b *body) slots() *slots {
	d, f := b.d, b.d.Front
	s := &slots{Lang: d.Meta.Lang, Dir: b.direction(), Main: b.main, Extra: extra(d.Meta.Extra)}
	if !tag(s.Lang) {
		s.Lang = b.o.Locale.Tag()
	}
	parts := [...]struct {
		slot  *string
		write func()
	}{
		{&s.Title, b.title}, {&s.Metadata, b.metadata}, {&s.Data, b.data}, {&s.Skip, b.skip},
		{&s.Issuer, b.issuer}, {&s.Unit, func() { b.line("unit", f.Unit) }}, {&s.Symbol, b.symbol},
		{&s.Languages, b.languages}, {&s.Bands, b.bands}, {&s.Label, func() { b.line("label", f.Label) }},
		{&s.Headline, b.headlineElement}, {&s.Summary, b.summary}, {&s.Dateline, b.dateline},
		{&s.Contents, b.contents}, {&s.Body, func() { b.blocks(d.Blocks); b.footnotes(d.Footnotes) }}, {&s.Formats, b.elsewhere}, {&s.Address, b.printed},
	}
	var ends [len(parts)]int
	for i, p := range parts {
		p.write()
		ends[i] = len(b.buf)
	}
	all, from := string(b.buf), 0
	for i, p := range parts {
		*p.slot, from = all[from:ends[i]], ends[i]
	}
	return s
}

// extra escapes the texts of the front matter's extra map, at any depth.
func extra(m map[string]any) map[string]any {
	if len(m) == 0 {
		return nil
	}
	out := make(map[string]any, len(m))
	for k, v := range m {
		out[k] = escaped(v)
	}
	return out
}

func escaped(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return extra(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = escaped(v[i])
		}
		return out
	case bool, int, int64, uint64, float64, nil:
		return v
	case string:
		return string(appendAttribute(nil, v))
	}
	return string(appendAttribute(nil, strings.TrimSpace(fmt.Sprint(v))))
}
