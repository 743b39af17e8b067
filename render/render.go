// Package render is the facade: a Renderer turns Markdown sources into
// publications. It owns the order of the stages and the resources they share
// (fonts, templates, locales, bounded caches), and must do nothing else.
package render

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"communique/render/artifact"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/export"
	"communique/render/html"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/markdown"
	"communique/render/pdf"
	"communique/render/picture"
	"communique/render/plenary"
	"communique/render/release"
	"communique/render/resolve"
	"communique/render/text"
	"communique/render/theme"
)

// Options are what a Renderer is made of.
type Options struct {
	// Fonts, Locales and Templates are the resource folders.
	Fonts, Locales, Templates fs.FS
	// Version goes into the metadata of every publication.
	Version string
	// Workers is the number of documents laid out at the same time; 0 means one a core.
	Workers int
}

// Renderer makes publications. It is safe for many goroutines.
type Renderer struct {
	producer string
	fonts    *text.Library
	locales  *locale.Catalog
	themes   *theme.Set
	kinds    *kind.Set
	webPages *html.Writer
	files    *pdf.Writer
	pictures *picture.Store
	shapers  chan *text.Shaper
}

// New reads the resources. An error names the file, and the line where it can.
func New(o Options) (*Renderer, error) {
	r := &Renderer{producer: strings.TrimSpace("communique " + o.Version), pictures: picture.NewStore(picture.Budget)}
	var err error
	var wrong error
	r.themes, err = theme.Load(o.Templates)
	r.kinds, wrong = kind.Load(o.Templates)
	if err = errors.Join(err, wrong); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if r.locales, err = locale.Load(o.Locales); err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	if r.fonts, err = text.Load(o.Fonts); err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	if err = r.fonts.Languages(o.Locales); err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	r.files = pdf.NewWriter(r.fonts)
	if err = errors.Join(r.themes.Check(r.fonts.Family), r.kinds.Check(r.locales.Get("en").Has)); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if r.webPages, err = html.New(r.themes); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	r.shapers = make(chan *text.Shaper, o.Workers)
	for range o.Workers {
		r.shapers <- r.fonts.NewShaper()
	}
	return r, nil
}

// Themes lists the themes by name.
func (r *Renderer) Themes() []string { return r.themes.Names() }

// Languages lists the languages that have words, as BCP 47 tags.
func (r *Renderer) Languages() []string { return r.locales.Tags() }

// Kinds lists the document kinds by name.
func (r *Renderer) Kinds() []string { return r.kinds.Names() }

// Products lists the kinds that are made of records, the default first.
func (r *Renderer) Products() []string { return r.kinds.Products() }

// Source is one statement in Markdown, or the record of a meeting in YAML or JSON.
type Source struct {
	// Name is the file's name or path; it names outputs and problems, tells a
	// record by its ending, and "a.fr.md" tells the language where the front matter does not.
	Name string
	Data []byte
	// Files holds the pictures that the source names, by their paths; it must not
	// change or reach beyond its folder (picture.ErrOutside). Nil is no pictures.
	Files fs.FS
}

// Request is one piece of work: sources, among them translations of each other.
type Request struct {
	Sources []Source
	// Formats are the wanted outputs; none means PDF.
	Formats []Format
	// Theme and Paper ("a4", "letter") default to the theme's own.
	Theme, Paper string
	// Langs are the languages to publish records in, each one that has words; none
	// means those of the record. A statement has one language, which one tag overrides.
	Langs []string
	// Products are the kinds to make of records; none means the default one.
	Products []string
	// Strict turns warnings into errors.
	Strict bool
	// AttachSource puts the source into its PDF, which is then PDF/A-3a.
	AttachSource bool
	// DPI is the resolution of page pictures, 0 for the default; Pages are the
	// pages that they show.
	DPI   int
	Pages PageRange
	// Publication is what the publisher says about this revision of a publication, in
	// the place of what the sources say: they are all of that one, translations of each
	// other or the record of a meeting. Nil leaves it to the sources.
	Publication *Publication
	// Names says what artifacts are called, and so how web pages link to each other.
	Names Names
	// Words adds the words of each edition to its particulars.
	Words bool
	// CheckOnly looks for problems, layout included, and keeps no output.
	CheckOnly bool
}

// Artifact is one finished publication in one format.
type Artifact struct {
	// Source is the name of the source, Name the file name of the output.
	Source, Name string
	Lang         string
	// Product is the kind of a record's product; empty for a statement and for data.
	Product   string
	Format    Format
	MediaType string
	// Page is the page that a picture shows, from 1; 0 for what shows no single page.
	Page int
	Data []byte
}

// Result is what came of a request: artifacts in the order of sources and
// formats, and all problems. A source with errors has no artifact. Particulars are
// those of every edition, in order, as far as its source can be read.
type Result struct {
	Artifacts   []Artifact
	Particulars []Particulars
	Problems    []diag.Problem
}

// What a publisher says, what it is told of each edition, and what artifacts are called.
type (
	Publication = release.Publication
	Correction  = release.Correction
	Particulars = release.Particulars
	Names       = artifact.Scheme
)

// The ways to call artifacts: "a.en.pdf" of "a.en.md", and "en.pdf".
const (
	BySource   = artifact.BySource
	ByLanguage = artifact.ByLanguage
)

// RequestError tells that the request itself is wrong, not a source.
type RequestError struct {
	// Field is "format", "theme", "paper", "lang", "product", "dpi" or "sources", or one
	// of "publication.status", ".correction", ".embargo", ".reader", ".revision" and
	// ".address" with what is within; Value is what was asked for.
	Field, Value string
	// Allowed are the values that exist.
	Allowed []string
	// Reason says what is wrong with a value that exists; empty else.
	Reason string
}

func (e *RequestError) Error() string {
	switch {
	case e.Field == "sources":
		return "there is no source to render"
	case e.Reason != "":
		return e.Reason
	}
	return fmt.Sprintf("there is no %s %q: expected one of %s", e.Field, e.Value, strings.Join(e.Allowed, ", "))
}

// job is a checked request, and the editions that it makes.
type job struct {
	formats   []Format
	theme     *theme.Theme
	paper     theme.Dimensions
	products  []*kind.Kind
	attach    bool
	dpi       float64
	pageRange PageRange
	editions  []*edition
	// docs are the documents of the editions.
	docs []*doc.Document
	// publisher is nil where nobody but the sources speaks; publication is its artifact.
	publisher   *release.Publisher
	publication string
	names       Names
}

func (r *Renderer) check(req *Request) (*job, error) {
	j := &job{attach: req.AttachSource, dpi: DefaultDPI, pageRange: req.Pages, names: req.Names}
	var ok bool
	if len(req.Sources) == 0 {
		return nil, &RequestError{Field: "sources"}
	}
	if j.theme, ok = r.themes.Get(req.Theme); !ok {
		return nil, &RequestError{Field: "theme", Value: req.Theme, Allowed: r.themes.Names()}
	}
	if j.paper, ok = theme.Size(cmp.Or(req.Paper, j.theme.Paper.Default)); !ok {
		return nil, &RequestError{Field: "paper", Value: req.Paper, Allowed: theme.Papers()}
	}
	if err := r.checkRecords(req, j); err != nil {
		return nil, err
	}
	if p := req.Publication; p != nil {
		var err error
		if j.publisher, err = release.Check(p, r.locales); err != nil {
			wrong, _ := errors.AsType[*release.Wrong](err)
			return nil, &RequestError{Field: wrong.Field, Reason: wrong.Reason}
		}
		j.publication = p.Address
	}
	if req.DPI != 0 {
		if j.dpi = float64(req.DPI); req.DPI < MinDPI || req.DPI > MaxDPI {
			return nil, &RequestError{Field: "dpi", Value: strconv.Itoa(req.DPI), Allowed: []string{fmt.Sprintf("%d to %d", MinDPI, MaxDPI)}}
		}
	}
	if len(req.Formats) == 0 {
		req.Formats = []Format{PDF}
	}
	j.formats = req.Formats
	for _, f := range req.Formats {
		if !f.Known() {
			return nil, &RequestError{Field: "format", Value: string(f), Allowed: artifact.Names()}
		}
	}
	return j, nil
}

// Render makes the publications, several at the same time. Problems of the
// sources are in the result; the error is a *RequestError, the context's, or a
// fault of the program.
func (r *Renderer) Render(ctx context.Context, req Request) (*Result, error) {
	j, err := r.check(&req)
	if err != nil {
		return nil, err
	}
	lists := make([]*diag.List, len(req.Sources))
	drafts := make([][]*edition, len(req.Sources))
	err = r.each(ctx, len(req.Sources), func(ctx context.Context, i int) error {
		lists[i] = &diag.List{Strict: req.Strict}
		drafts[i] = r.drafts(j, &req, req.Sources[i], lists[i])
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	j.editions = slices.Concat(drafts...)
	n := len(j.editions)
	j.docs = make([]*doc.Document, n)
	found := make([]*diag.List, n)
	err = r.each(ctx, n, func(ctx context.Context, i int) error {
		e := j.editions[i]
		found[i] = e.problems
		e.doc = e.write(e.problems)
		j.docs[i] = e.doc
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	j.publish()
	err = r.each(ctx, n, func(ctx context.Context, i int) error {
		e := j.editions[i]
		resolve.Resolve(e.doc, resolve.Resources{Locales: r.locales, Kinds: r.kinds}, e.problems)
		e.pictures = r.pictures.Load(ctx, e.doc, e.source.Files, e.problems)
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	resolve.Siblings(j.docs, found)
	made := make([][]Artifact, n)
	err = r.each(ctx, n, func(ctx context.Context, i int) (err error) {
		made[i], err = r.outputs(ctx, req.CheckOnly, j.editions[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	res := &Result{Artifacts: slices.Concat(made...), Particulars: r.particulars(j, req.Words)}
	for i, list := range lists {
		for _, e := range drafts[i] {
			if !e.broken {
				list.Join(e.problems)
			}
		}
		res.Problems = append(res.Problems, list.Sorted()...)
	}
	return res, nil
}

// each runs fn for 0 to n-1, as many at a time as there are workers.
func (r *Renderer) each(ctx context.Context, n int, fn func(context.Context, int) error) error {
	if n == 1 {
		return fn(ctx, 0)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(cap(r.shapers))
	for i := range n {
		g.Go(func() error { return fn(ctx, i) })
	}
	return g.Wait()
}

// outputs writes every wanted format of one document, none if it has errors.
func (r *Renderer) outputs(ctx context.Context, checkOnly bool, e *edition) ([]Artifact, error) {
	var made []Artifact
	d := e.doc
	e.logo, e.pictures = r.pictures.Logo(e.pictures, d.Front, e.theme.Logo.Data)
	for _, f := range e.formats {
		if e.broken || e.problems.HasErrors() {
			return nil, nil
		}
		if !e.wants(f) {
			continue
		}
		leaves, err := writers[f](r, ctx, e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", d.File, err)
		}
		as := e.called().In(f)
		for _, l := range leaves {
			made = append(made, Artifact{Source: d.File, Name: PageName(e.name(f), l.page), Lang: as.Lang, Product: as.Product,
				Format: f, MediaType: f.MediaType(), Page: l.page, Data: l.data})
		}
	}
	if checkOnly || e.problems.HasErrors() {
		return nil, nil
	}
	return made, nil
}

// Schemas are the published JSON Schemas by name: that of the format JSON, that of
// the record of a meeting, and that of the front matter of a statement.
func Schemas() map[string][]byte {
	return map[string][]byte{"document": export.Schema(), "plenary": plenary.Schema(), "statement": markdown.Schema()}
}
