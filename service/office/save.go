package office

import (
	"context"
	"maps"
	"slices"

	"communique/render"
	"communique/service/press"
)

// Save creates a publication, or replaces the sources of its draft. A revision
// in review becomes a draft again.
func (o *Office) Save(ctx context.Context, c Change, m Material, options press.Options) (*Answer, error) {
	if err := press.CheckSlug(c.Slug); err != nil {
		return nil, err
	}
	c.Command.Action, c.create = press.Save, true
	c.prepare = func(ctx context.Context, p *press.Publication) (*content, error) {
		r := p.Open()
		r.Options = options
		return o.take(ctx, r, m)
	}
	return o.do(ctx, c)
}

// Translate adds a language to a publication or replaces it in the draft; what is
// published gets a new revision for it. The other sources stay as they are.
func (o *Office) Translate(ctx context.Context, c Change, lang string, m Material) (*Answer, error) {
	if err := press.CheckSlug(c.Slug); err != nil {
		return nil, err
	}
	c.Command.Action, c.Command.Lang, c.create = press.Translate, lang, true
	c.prepare = func(ctx context.Context, p *press.Publication) (*content, error) {
		r := p.Open()
		if r.OfRecord() || render.IsRecord(m.Sources[0].Name) {
			return nil, &press.Error{Kind: press.Invalid, Detail: "the record of a meeting holds all its languages", Fix: "send it to the publication itself"}
		}
		all, err := o.material(ctx, r)
		if err != nil {
			return nil, err
		}
		return o.take(ctx, r, merge(r, all, lang, m))
	}
	return o.do(ctx, c)
}

// merge puts the source of one language among the others.
func merge(r *press.Revision, all Material, lang string, m Material) Material {
	source := m.Sources[0]
	at := slices.IndexFunc(r.Sources, func(s press.Source) bool { return s.Lang == lang })
	if at >= 0 {
		all.Sources[at] = source
	} else {
		all.Sources = append(all.Sources, source)
	}
	maps.Copy(all.Pictures, m.Pictures)
	return all
}

// take checks material and keeps its files.
func (o *Office) take(ctx context.Context, r *press.Revision, m Material) (*content, error) {
	if err := fitTogether(m); err != nil {
		return nil, err
	}
	seen, err := o.look(ctx, r, m)
	if err != nil {
		return nil, err
	}
	c := &content{made: seen, options: &r.Options}
	c.sources, c.pictures, err = o.store(ctx, m, seen.result.Particulars)
	return c, err
}

// fitTogether refuses sources that are not one publication: a record with
// statements beside it. That a language comes twice is found with the sources.
func fitTogether(m Material) error {
	records := 0
	for _, s := range m.Sources {
		if render.IsRecord(s.Name) {
			records++
		}
	}
	if records > 1 || records == 1 && len(m.Sources) > 1 {
		return &press.Error{Kind: press.Invalid, Field: "file", Detail: "a publication is statements in several languages, or the record of one meeting", Fix: "send the record alone"}
	}
	return nil
}
