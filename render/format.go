package render

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"communique/render/artifact"
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
type Format = artifact.Format

// The formats.
const (
	PDF           = artifact.PDF
	HTML          = artifact.HTML
	Text          = artifact.Text
	JSON          = artifact.JSON
	PNG           = artifact.PNG
	Card          = artifact.Card
	OutcomesCSV   = artifact.OutcomesCSV
	StatisticsCSV = artifact.StatisticsCSV
	Data          = artifact.Data
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

// writer makes the artifacts of an edition in a format.
type writer func(*Renderer, context.Context, *edition) ([]leaf, error)

var writers = map[Format]writer{
	PDF:           (*Renderer).writePDF,
	HTML:          (*Renderer).writeHTML,
	Text:          (*Renderer).writeText,
	JSON:          (*Renderer).writeJSON,
	PNG:           (*Renderer).writePNG,
	Card:          (*Renderer).writeCard,
	OutcomesCSV:   data((*plenary.Record).OutcomesCSV),
	StatisticsCSV: data((*plenary.Record).StatisticsCSV),
	Data:          data((*plenary.Record).JSON),
}

// data is the writer of a format that is made of a record.
func data(write func(*plenary.Record, plenary.Edition) ([]byte, error)) writer {
	return func(_ *Renderer, _ context.Context, e *edition) ([]leaf, error) {
		if e.record == nil {
			return nil, nil
		}
		return whole(write(e.record, e.product))
	}
}

// makes tells whether a format is wanted.
func (j *job) makes(f Format) bool { return slices.Contains(j.formats, f) }

// leaf is the data of one artifact; page is 0 if it is no single page.
type leaf struct {
	page int
	data []byte
}

func whole(data []byte, err error) ([]leaf, error) { return []leaf{{data: data}}, err }

// Formats lists the formats, the default first.
func (r *Renderer) Formats() []Format { return artifact.Formats() }

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
	if e.publisher != nil {
		o.Home = "./"
	}
	if e.makes(Card) {
		o.Card = &html.Card{URL: cmp.Or(e.address(Card), e.name(Card)), Width: layout.CardWidth, Height: layout.CardHeight}
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
		for _, f := range e.formats {
			media, _, _ := strings.Cut(f.MediaType(), ";")
			if strings.HasPrefix(media, "image/") || f.OfRecord() { // no text to read instead
				continue
			}
			out = append(out, html.Alternate{Lang: s.doc.Meta.Lang, Format: string(f), MediaType: media,
				URL: s.name(f), Address: s.address(f), Self: s == e && f == HTML, Original: s.doc == original})
		}
	}
	return out
}

// OutputName is the file name of a statement's artifact: the source's own without
// folders and its ending, and the format's extension. Those of a record have the
// product and the language before the extension.
func OutputName(file string, f Format) string { return artifact.Base(file) + f.Extension() }

// PageName is the name of one page's artifact: "a.en-3.png" for "a.en.png".
func PageName(name string, n int) string { return artifact.Page(name, n) }
