package render

import (
	"path"
	"slices"
	"strings"

	"communique/render/artifact"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/markdown"
	"communique/render/page"
	"communique/render/picture"
	"communique/render/plenary"
	"communique/render/release"
	"communique/render/resolve"
)

// edition is one document on its way to its formats: a statement, or a product of a
// record in one language.
type edition struct {
	*job
	source Source
	// write makes the document.
	write func(*diag.List) *doc.Document
	doc   *doc.Document
	// said is what the source says, before the publisher does.
	said     doc.Meta
	problems *diag.List
	pictures *picture.Set
	logo     *doc.Image     // the theme's, for a document without one
	laid     *page.Document // made once for all formats that need it
	// record is nil for a statement; product says which edition of it this is, and
	// scope which data it brings along.
	record  *plenary.Record
	product plenary.Edition
	scope   artifact.Scope
	// broken tells that the record has errors: there is only a frame.
	broken bool
}

// IsRecord tells the record of a meeting from a statement, by its name.
func IsRecord(name string) bool { return plenary.IsRecord(name) }

// checkRecords reads what a request asks of records.
func (r *Renderer) checkRecords(req *Request, j *job) error {
	for _, lang := range req.Langs {
		if _, ok := r.locales.Match(lang); !ok {
			return &RequestError{Field: "lang", Value: lang, Allowed: r.locales.Tags()}
		}
	}
	records := slices.ContainsFunc(req.Sources, func(s Source) bool { return IsRecord(s.Name) })
	if statement := slices.IndexFunc(req.Sources, func(s Source) bool { return !IsRecord(s.Name) }); statement >= 0 && len(req.Langs) > 1 {
		return &RequestError{Field: "lang", Value: strings.Join(req.Langs, ","),
			Reason: req.Sources[statement].Name + " is a statement, which has one language; several are for the record of a meeting"}
	}
	if len(req.Products) > 0 && !records {
		return &RequestError{Field: "product", Value: strings.Join(req.Products, ","), Reason: "products are made of the record of a meeting, a YAML or JSON file, and there is none"}
	}
	names := req.Products
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		k, ok := r.kinds.Product(name)
		if !ok && records {
			return &RequestError{Field: "product", Value: name, Allowed: r.kinds.Products()}
		}
		if !slices.Contains(j.products, k) {
			j.products = append(j.products, k)
		}
	}
	return nil
}

// drafts are the editions of a source, not yet written.
func (r *Renderer) drafts(j *job, req *Request, s Source, problems *diag.List) (out []*edition) {
	if !IsRecord(s.Name) {
		o := markdown.Options{Locales: r.locales, Kinds: r.kinds}
		if len(req.Langs) > 0 {
			o.Lang = req.Langs[0]
		}
		if i := slices.IndexFunc(j.formats, Format.OfRecord); i >= 0 {
			plenary.NoRecord(s.Name, string(j.formats[i]), problems)
		}
		return []*edition{{job: j, source: s, problems: problems, write: func(problems *diag.List) *doc.Document {
			return markdown.Parse(markdown.Source{Name: s.Name, Data: s.Data}, o, problems)
		}}}
	}
	record := plenary.Read(plenary.Source{Name: s.Name, Data: s.Data}, plenary.Options{Locales: r.locales}, problems)
	broken := problems.HasErrors()
	if broken {
		problems = &diag.List{} // no more is said of it
	}
	for _, lang := range record.Published(req.Langs, r.locales, problems) {
		for i, k := range j.products {
			e := r.product(j, s, record, lang, k)
			e.problems.Strict, e.broken = req.Strict, broken
			switch { // the first edition brings all data, that of another language its own
			case out == nil:
				e.scope = artifact.Once
			case i == 0:
				e.scope = artifact.PerLanguage
			}
			out = append(out, e)
		}
	}
	return out
}

// wants tells whether an edition brings along what a format is of.
func (e *edition) wants(f Format) bool {
	s := f.Scope()
	return s == artifact.Documents || e.scope != artifact.Documents && s >= e.scope
}

// product is one edition of a record.
func (r *Renderer) product(j *job, s Source, record *plenary.Record, lang string, k *kind.Kind) *edition {
	e := &edition{job: j, source: s, problems: &diag.List{}, record: record}
	e.product = plenary.Edition{Lang: lang, Kind: k, Locales: r.locales, Markdown: func(text, lang string, at func(line, column int) diag.Pos, problems *diag.List) ([]doc.Block, []*doc.Footnote) {
		return markdown.ParseFragment(markdown.Fragment{File: s.Name, Text: text, Lang: lang, At: at}, markdown.Options{Locales: r.locales, Kinds: r.kinds}, problems)
	}}
	e.write = func(problems *diag.List) *doc.Document {
		if e.broken {
			return record.Identify(e.product)
		}
		return record.Document(e.product, problems)
	}
	return e
}

// called is what the names of the edition are made of.
func (e *edition) called() artifact.Edition {
	a := artifact.Edition{Source: e.doc.File, Lang: e.doc.Meta.Lang}
	if e.record != nil {
		a.Product, a.Default = e.doc.Meta.Kind, e.product.Kind.Record.Default
	}
	return a
}

// name is the file name of the edition in a format.
func (e *edition) name(f Format) string { return e.names.Name(e.called(), f) }

// address is where the edition in a format will stand; empty if nobody has said so.
func (e *edition) address(f Format) string { return e.names.Under(e.publication, e.called(), f) }

// publish lays what the publisher says over the documents, and sees that no name is given twice.
func (j *job) publish() {
	original := ""
	if d := resolve.Original(j.docs); d != nil {
		original = d.Meta.Lang
	}
	taken := map[string]string{}
	for _, e := range j.editions {
		e.said = e.doc.Meta
		if j.publisher != nil {
			j.publisher.Over(e.doc, original, e.called().Product, e.address(HTML))
		}
		name := e.name(PDF)
		if other, ok := taken[name]; ok && j.names == ByLanguage {
			e.problems.Add(release.Twice(e.doc, other))
		}
		taken[name] = e.doc.File
	}
}

// particulars of the editions, in order.
func (r *Renderer) particulars(j *job, words bool) []Particulars {
	out := make([]Particulars, len(j.editions))
	for i, e := range j.editions {
		p := release.Of(e.doc, &e.said)
		p.Product, p.Original = e.called().Product, resolve.Original(resolve.Work(e.doc, j.docs)) == e.doc
		if k, ok := r.kinds.Get(p.Kind); ok { // the default one has a name
			p.Kind = k.Name
		}
		if words {
			p.Text = release.Words(e.doc)
		}
		out[i] = p
	}
	return out
}

// attachment is the source as it goes into a PDF.
func (e *edition) attachment() *page.Attachment {
	a := &page.Attachment{Name: OutputName(e.source.Name, "md"), MediaType: "text/markdown", Data: e.source.Data}
	if e.record != nil {
		a.Name, a.MediaType = path.Base(strings.ReplaceAll(e.source.Name, `\`, "/")), "application/yaml"
		if strings.HasSuffix(strings.ToLower(a.Name), ".json") {
			a.MediaType = "application/json"
		}
	}
	return a
}
