package render

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"

	"communique/render/diag"
	"communique/render/export"
	"communique/render/html"
	"communique/render/layout"
	"communique/render/page"
	"communique/render/plain"
	"communique/render/plenary"
	"communique/render/raster"
	"communique/render/resolve"
	"communique/render/text"
)

// Format is a kind of output.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	HTML Format = "html"
	Text Format = "txt"
	JSON Format = "json"
	// PNG is a picture of each page, Card one for links shared elsewhere.
	PNG  Format = "png"
	Card Format = "card"
	// The data of a record: its outcomes and figures as tables, and all of it.
	OutcomesCSV   Format = "outcomes.csv"
	StatisticsCSV Format = "statistics.csv"
	Data          Format = "data.json"
)

// Resolutions of page pictures, in pixels an inch.
const (
	DefaultDPI = raster.DefaultDPI
	MinDPI     = raster.MinDPI
	MaxDPI     = raster.MaxDPI
)

// PageRange is the pages that pictures show.
type PageRange = raster.Range

// ParsePages reads a range: "3", "2-5" or "2-".
func ParsePages(s string) (PageRange, error) { return raster.ParseRange(s) }

// output is one row of the table of formats.
type output struct {
	format    Format
	mediaType string
	// pages tells that there is an artifact for each page.
	pages bool
	write func(*Renderer, context.Context, *edition) ([]leaf, error)
}

// scope says how often the data of a record is written: never, as the format is for
// documents; once; or once for each language.
type scope uint8

const (
	documents scope = iota
	once
	perLanguage
)

func (f Format) scope() scope {
	switch f {
	case Data:
		return once
	case OutcomesCSV, StatisticsCSV:
		return perLanguage
	}
	return documents
}

// OfRecord tells a format that is made of the record of a meeting alone.
func (f Format) OfRecord() bool { return f.scope() != documents }

var outputs = []output{
	{PDF, "application/pdf", false, (*Renderer).writePDF},
	{HTML, "text/html; charset=utf-8", false, (*Renderer).writeHTML},
	{Text, "text/plain; charset=utf-8", false, (*Renderer).writeText},
	{JSON, "application/json", false, (*Renderer).writeJSON},
	{PNG, "image/png", true, (*Renderer).writePNG},
	{Card, "image/png", false, (*Renderer).writeCard},
	{OutcomesCSV, "text/csv; charset=utf-8; header=present", false, data((*plenary.Record).OutcomesCSV)},
	{StatisticsCSV, "text/csv; charset=utf-8; header=present", false, data((*plenary.Record).StatisticsCSV)},
	{Data, "application/json", false, data((*plenary.Record).JSON)},
}

// data is the writer of a format that is made of a record.
func data(write func(*plenary.Record, plenary.Edition) ([]byte, error)) func(*Renderer, context.Context, *edition) ([]leaf, error) {
	return func(_ *Renderer, _ context.Context, e *edition) ([]leaf, error) {
		if e.record == nil {
			return nil, nil
		}
		return whole(write(e.record, e.product))
	}
}

// makes tells whether a format is wanted.
func (j *job) makes(f Format) bool {
	return slices.ContainsFunc(j.outputs, func(o output) bool { return o.format == f })
}

// leaf is the data of one artifact; page is 0 if it is no single page.
type leaf struct {
	page int
	data []byte
}

func whole(data []byte, err error) ([]leaf, error) { return []leaf{{data: data}}, err }

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

// Extension ends the file names of a format's artifacts, as ".pdf" does.
func (f Format) Extension() string {
	if f == Card {
		return ".card.png"
	}
	return "." + string(f)
}

// Paged tells a format with an artifact for each page.
func (f Format) Paged() bool {
	o, _ := f.row()
	return o.pages
}

// setting runs a layout with a worker's shaper; nil if the document has errors.
func (r *Renderer) setting(ctx context.Context, e *edition, set func(layout.Options) (*page.Document, error)) (*page.Document, error) {
	var shaper *text.Shaper
	select {
	case shaper = <-r.shapers:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { r.shapers <- shaper }()
	p, err := set(layout.Options{Theme: e.theme, Paper: e.paper, Fonts: r.fonts, Shaper: shaper, Pictures: e.pictures, Logo: e.logo, Producer: r.producer})
	if err != nil {
		return nil, err
	}
	if err := r.fonts.Err(); err != nil { // a font file is broken: the page is not what it should be
		return nil, err
	}
	if e.problems.HasErrors() {
		return nil, nil
	}
	return p, nil
}

// pages lays the document out, once.
func (r *Renderer) pages(ctx context.Context, e *edition) (_ *page.Document, err error) {
	if e.laid == nil {
		e.laid, err = r.setting(ctx, e, func(o layout.Options) (*page.Document, error) { return layout.Layout(ctx, e.doc, o, e.problems) })
	}
	return e.laid, err
}

func (r *Renderer) writePDF(ctx context.Context, e *edition) ([]leaf, error) {
	p, err := r.pages(ctx, e)
	if p == nil {
		return nil, err
	}
	if e.attach {
		p.Attachment = e.attachment()
	}
	return whole(r.files.Write(p))
}

func (r *Renderer) writeHTML(_ context.Context, e *edition) ([]leaf, error) {
	d := e.doc
	loc, ok := r.locales.Match(d.Meta.Lang)
	if !ok { // the front end has warned that the words are English
		loc = r.locales.Get("en")
	}
	k, _ := r.kinds.Get(d.Meta.Kind)
	o := html.Options{Pictures: e.pictures, Logo: e.logo, Theme: e.theme, Locale: loc, Locales: r.locales, Kind: k,
		Alternates: alternates(e), Canonical: d.Meta.Canonical, Producer: r.producer}
	if e.makes(Card) {
		o.Card = &html.Card{URL: e.name(Card), Width: layout.CardWidth, Height: layout.CardHeight}
	}
	return whole(r.webPages.Write(d, o))
}

func (r *Renderer) writeText(_ context.Context, e *edition) ([]leaf, error) {
	return whole(plain.Write(e.doc))
}

func (r *Renderer) writeJSON(_ context.Context, e *edition) ([]leaf, error) {
	return whole(export.Write(e.doc))
}

func (r *Renderer) writePNG(ctx context.Context, e *edition) ([]leaf, error) {
	p, err := r.pages(ctx, e)
	if p == nil {
		return nil, err
	}
	first, last, ok := e.pageRange.Within(len(p.Pages), e.problems, e.doc.File)
	if !ok {
		return nil, nil
	}
	pictures, err := raster.Write(ctx, p, r.fonts, raster.Options{DPI: e.dpi, First: first, Last: last})
	leaves := make([]leaf, len(pictures))
	for i, data := range pictures {
		leaves[i] = leaf{first + i + 1, data}
	}
	return leaves, err
}

func (r *Renderer) writeCard(ctx context.Context, e *edition) ([]leaf, error) {
	problems := e.problems
	if e.makes(PDF) || e.makes(PNG) { // they report the same characters
		problems = &diag.List{}
	}
	p, err := r.setting(ctx, e, func(o layout.Options) (*page.Document, error) { return layout.Card(ctx, e.doc, o, problems) })
	if p == nil {
		return nil, err
	}
	pictures, err := raster.Write(ctx, p, r.fonts, raster.Options{DPI: 72})
	if err != nil {
		return nil, err
	}
	return whole(pictures[0], nil)
}

// alternates lists the translations and formats that this request makes of a document.
func alternates(e *edition) []html.Alternate {
	works := resolve.Work(e.doc, e.docs)
	original := resolve.Original(works)
	var out []html.Alternate
	for _, s := range e.editions {
		if !slices.Contains(works, s.doc) {
			continue
		}
		for _, o := range e.outputs {
			if strings.HasPrefix(o.mediaType, "image/") || o.format.OfRecord() { // no text to read instead
				continue
			}
			media, _, _ := strings.Cut(o.mediaType, ";")
			out = append(out, html.Alternate{Lang: s.doc.Meta.Lang, Format: string(o.format), MediaType: media,
				URL: s.name(o.format), Self: s == e && o.format == HTML, Original: s.doc == original})
		}
	}
	return out
}

// OutputName is the file name of a statement's artifact: the source's own without
// folders and its ending, and the format's extension. Those of a record have the
// product and the language before the extension.
func OutputName(file string, f Format) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	switch ext := path.Ext(base); strings.ToLower(ext) {
	case ".md", ".markdown", ".txt", ".yaml", ".yml", ".json":
		base = strings.TrimSuffix(base, ext)
	}
	if base == "" || base == "-" || base == "." || base == ".." || base == "/" {
		base = "publication"
	}
	return base + f.Extension()
}

// PageName is the name of one page's artifact: "a.en-3.png" for "a.en.png".
func PageName(name string, page int) string {
	if page == 0 {
		return name
	}
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(page) + ext
}
