package render

import (
	"context"
	"path"
	"slices"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/html"
	"communique/render/layout"
	"communique/render/resolve"
	"communique/render/text"
)

// Format is a kind of output.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	HTML Format = "html"
)

// output is one row of the table of formats.
type output struct {
	format    Format
	mediaType string
	write     func(*Renderer, context.Context, *job, *doc.Document, *diag.List) ([]byte, error)
}

var outputs = []output{
	{PDF, "application/pdf", (*Renderer).writePDF},
	{HTML, "text/html; charset=utf-8", (*Renderer).writeHTML},
}

// Formats lists the formats, the default first.
func (r *Renderer) Formats() (list []Format) {
	for _, o := range outputs {
		list = append(list, o.format)
	}
	return list
}

func formatNames() (names []string) {
	for _, o := range outputs {
		names = append(names, string(o.format))
	}
	return names
}

// row finds the format in the table.
func (f Format) row() (o output, ok bool) {
	if i := slices.IndexFunc(outputs, func(o output) bool { return o.format == f }); i >= 0 {
		return outputs[i], true
	}
	return output{}, false
}

// MediaType is the media type of a format, with its parameters; empty for an unknown one.
func (f Format) MediaType() string {
	o, _ := f.row()
	return o.mediaType
}

func (r *Renderer) writePDF(ctx context.Context, j *job, d *doc.Document, problems *diag.List) ([]byte, error) {
	var shaper *text.Shaper
	select {
	case shaper = <-r.shapers:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { r.shapers <- shaper }()
	p, err := layout.Layout(ctx, d, layout.Options{Theme: j.theme, Paper: j.paper, Fonts: r.fonts, Shaper: shaper, Producer: r.producer}, problems)
	if err != nil {
		return nil, err
	}
	if err := r.fonts.Err(); err != nil { // a font file is broken: the page is not what it should be
		return nil, err
	}
	if problems.HasErrors() {
		return nil, nil
	}
	return r.files.Write(p)
}

func (r *Renderer) writeHTML(_ context.Context, j *job, d *doc.Document, _ *diag.List) ([]byte, error) {
	loc, ok := r.locales.Match(d.Meta.Lang)
	if !ok { // the front end has warned that the words are English
		loc = r.locales.Get("en")
	}
	k, _ := r.kinds.Get(d.Meta.Kind)
	return r.pages.Write(d, html.Options{Theme: j.theme, Locale: loc, Locales: r.locales, Kind: k,
		Alternates: alternates(j, d), Canonical: d.Meta.Canonical, Producer: r.producer})
}

// alternates lists the translations and formats that this request makes of a document.
func alternates(j *job, d *doc.Document) []html.Alternate {
	works := resolve.Work(d, j.docs)
	original := resolve.Original(works)
	var out []html.Alternate
	for _, s := range works {
		for _, o := range j.outputs {
			media, _, _ := strings.Cut(o.mediaType, ";")
			out = append(out, html.Alternate{Lang: s.Meta.Lang, Format: string(o.format), MediaType: media,
				URL: OutputName(s.File, o.format), Self: s == d && o.format == HTML, Original: s == original})
		}
	}
	return out
}

// OutputName is the file name of a source's artifact: the source's own without
// folders and Markdown's ending, and the format.
func OutputName(file string, f Format) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	switch ext := path.Ext(base); strings.ToLower(ext) {
	case ".md", ".markdown", ".txt":
		base = strings.TrimSuffix(base, ext)
	}
	if base == "" || base == "-" || base == "." || base == ".." || base == "/" {
		base = "publication"
	}
	return base + "." + string(f)
}
