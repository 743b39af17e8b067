package office

import (
	"context"
	"maps"
	"path"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"communique/render"
	"communique/render/diag"
	"communique/render/doc"
	"communique/service/files"
	"communique/service/press"
	"communique/service/search"
)

// Material is what a revision is made of, with its bytes.
type Material struct {
	Sources []render.Source
	// Pictures are the files that sources show, by their names.
	Pictures Pictures
}

// formats are what every publication is made in, and data what the record of a
// meeting is made in besides.
var (
	formats = []render.Format{render.HTML, render.PDF, render.Text, render.JSON, render.Card}
	data    = []render.Format{render.OutcomesCSV, render.StatisticsCSV, render.Data}
)

// made is what a render gives a revision.
type made struct {
	languages []press.Language
	editions  []press.Edition
	result    *render.Result
}

// request is the render of a revision; the publisher's words are added by the caller.
func (o *Office) request(r *press.Revision, m Material) render.Request {
	request := render.Request{Sources: slices.Clone(m.Sources), Theme: r.Options.Theme, Paper: r.Options.Paper,
		AttachSource: r.Options.Attach, Names: render.ByLanguage, Formats: formats}
	for i := range request.Sources {
		request.Sources[i].Files = m.Pictures
		if render.IsRecord(request.Sources[i].Name) {
			request.Langs, request.Products = r.Options.Langs, r.Options.Products
			request.Formats = slices.Concat(formats, data)
		}
	}
	return request
}

// look reads the sources and keeps nothing: what they are called, and their problems.
func (o *Office) look(ctx context.Context, r *press.Revision, m Material) (*made, error) {
	request := o.request(r, m)
	request.CheckOnly, request.Words = true, true
	request.Publication = &render.Publication{Status: doc.StatusDraft} // so that the sources are one publication, whatever they are called
	request.Formats = []render.Format{render.PDF, render.HTML}         // the others find nothing more
	return o.run(ctx, request)
}

// finish renders a revision as it goes out at an instant, and keeps the files.
func (o *Office) finish(ctx context.Context, slug string, r *press.Revision) (*made, error) {
	material, err := o.material(ctx, r)
	if err != nil {
		return nil, err
	}
	request := o.request(r, material)
	request.Words = true
	request.Publication = o.publication(slug, r)
	m, err := o.run(ctx, request)
	if err != nil {
		return nil, err
	}
	return m, o.keep(ctx, m)
}

// publication is what the office says of a revision that goes out.
func (o *Office) publication(slug string, r *press.Revision) *render.Publication {
	p := &render.Publication{Status: doc.StatusFinal, Revision: r.Number}
	if o.Address != "" {
		p.Address = o.Address + "/p/" + slug
	}
	if r.Change == press.Correction {
		p.Status = doc.StatusCorrected
		p.Correction = render.Correction{At: r.ReleaseAt, Zone: o.zone(r.Zone), Notes: r.Notes}
	}
	return p
}

func (o *Office) zone(name string) string {
	if name == "" {
		return o.Zone
	}
	return name
}

// run renders, and refuses sources with errors.
func (o *Office) run(ctx context.Context, request render.Request) (*made, error) {
	began := time.Now()
	result, err := o.Renderer.Render(ctx, request)
	if o.Rendered != nil {
		o.Rendered(time.Since(began), err)
	}
	if err != nil {
		return nil, err
	}
	if diag.HasErrors(result.Problems) {
		return nil, &press.Error{Kind: press.Refused, Detail: diag.Summary(result.Problems), Problems: result.Problems}
	}
	return &made{languages: languages(result.Particulars), result: result}, nil
}

// languages are what the editions are called: of a record's products the first
// stands for its language.
func languages(list []render.Particulars) (out []press.Language) {
	for _, p := range list {
		if slices.ContainsFunc(out, func(l press.Language) bool { return l.Lang == p.Lang }) {
			continue
		}
		l := press.Language{Lang: p.Lang, Dir: p.Dir.String(), Title: p.Title, Summary: p.Summary, Kind: p.Kind, Symbol: p.Symbol,
			Issuer: p.Issuer, Place: p.Place, Original: p.Original, Machine: p.Translation.By == "machine",
			EmbargoUntil: p.Embargo.Until, EmbargoZone: p.Embargo.Zone, Terms: search.Terms(p.Text)}
		if !p.Date.IsZero() {
			l.Date = p.Date.Time.Format(time.DateOnly)
		}
		out = append(out, l)
	}
	// the original first: the others are shown as its translations
	slices.SortStableFunc(out, func(a, b press.Language) int { return order(b.Original) - order(a.Original) })
	return out
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// puts bounds the files that are written at the same time.
const puts = 8

// keep puts the artifacts into the files: before the transaction that names them,
// so that nothing is ever named that is not there.
func (o *Office) keep(ctx context.Context, m *made) error {
	m.editions = make([]press.Edition, len(m.result.Artifacts))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(puts)
	for i, a := range m.result.Artifacts {
		group.Go(func() error {
			digest, err := o.Files.Put(ctx, a.Data)
			m.editions[i] = press.Edition{Name: a.Name, Lang: a.Lang, Product: a.Product, Format: string(a.Format), MediaType: a.MediaType, Digest: digest.String(), Size: int64(len(a.Data))}
			return err
		})
	}
	return group.Wait()
}

// store puts sources and pictures into the files and returns their descriptions.
func (o *Office) store(ctx context.Context, m Material, particulars []render.Particulars) (sources []press.Source, pictures []press.Picture, err error) {
	for _, s := range m.Sources {
		digest, err := o.Files.Put(ctx, s.Data)
		if err != nil {
			return nil, nil, err
		}
		kept := press.Source{Name: s.Name, MediaType: mediaType(s.Name), Digest: digest.String(), Size: int64(len(s.Data))}
		if kept.MediaType == markdown {
			if i := slices.IndexFunc(particulars, func(p render.Particulars) bool { return p.Source == s.Name }); i >= 0 {
				kept.Lang = particulars[i].Lang
			}
		}
		sources = append(sources, kept)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Pictures)) {
		digest, err := o.Files.Put(ctx, m.Pictures[name])
		if err != nil {
			return nil, nil, err
		}
		pictures = append(pictures, press.Picture{Name: name, Digest: digest.String(), Size: int64(len(m.Pictures[name]))})
	}
	return sources, pictures, nil
}

const markdown = "text/markdown"

// mediaType is that of a source, by its name.
func mediaType(name string) string {
	switch {
	case !render.IsRecord(name):
		return markdown
	case path.Ext(name) == ".json":
		return "application/json"
	}
	return "application/yaml"
}

// material reads the bytes of a revision's sources and pictures.
func (o *Office) material(ctx context.Context, r *press.Revision) (Material, error) {
	m := Material{Pictures: Pictures{}}
	for _, s := range r.Sources {
		data, err := o.bytes(ctx, s.Digest)
		if err != nil {
			return Material{}, err
		}
		m.Sources = append(m.Sources, render.Source{Name: s.Name, Data: data})
	}
	for _, p := range r.Pictures {
		data, err := o.bytes(ctx, p.Digest)
		if err != nil {
			return Material{}, err
		}
		m.Pictures[p.Name] = data
	}
	return m, nil
}

func (o *Office) bytes(ctx context.Context, digest string) ([]byte, error) {
	d, err := files.ParseDigest(digest)
	if err != nil {
		return nil, err
	}
	return o.Files.Get(ctx, d)
}
