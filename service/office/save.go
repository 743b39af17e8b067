package office

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"communique/render"
	"communique/service/access"
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
// published gets a new revision for it. The other sources stay as they are. A
// caller who translates only can neither begin a publication nor change its original.
func (o *Office) Translate(ctx context.Context, c Change, lang string, m Material) (*Answer, error) {
	if err := press.CheckSlug(c.Slug); err != nil {
		return nil, err
	}
	if render.IsRecord(m.Sources[0].Name) {
		return nil, &press.Error{Kind: press.Invalid, Detail: "the record of a meeting holds all its languages", Fix: "send it to the publication itself"}
	}
	draft := c.Caller.Scopes.Allow(access.Draft)
	c.Command.Action, c.create = press.Translate, draft
	var err error
	if c.Command.Lang, err = o.spoken(ctx, lang, m); err != nil {
		return nil, err
	}
	c.prepare = func(ctx context.Context, p *press.Publication) (*content, error) {
		r := p.Open()
		if r.OfRecord() {
			return nil, &press.Error{Kind: press.Invalid, Detail: "the record of a meeting holds all its languages", Fix: "send it to the publication itself"}
		}
		if original := r.Original(); !draft && original != nil && original.Lang == c.Command.Lang {
			return nil, &press.Error{Kind: press.Forbidden, Detail: "who translates does not change the original", Fix: "it takes the scope draft"}
		}
		all, err := o.material(ctx, r)
		if err == nil {
			err = merge(r, &all, c.Command.Lang, m)
		}
		if err != nil {
			return nil, err
		}
		return o.take(ctx, r, all)
	}
	return o.do(ctx, c)
}

// spoken is the language of a source, which must be the one that is asked for.
func (o *Office) spoken(ctx context.Context, lang string, m Material) (string, error) {
	seen, err := o.look(ctx, &press.Revision{}, m)
	if err != nil {
		return "", err
	}
	actual := seen.languages[0].Lang
	asked, err := language.Parse(lang)
	if err != nil {
		return "", &press.Error{Kind: press.Invalid, Field: "lang", Detail: "that is no language tag", Fix: "use a BCP 47 tag such as fr or zh-Hans"}
	}
	wanted, _ := asked.Script()
	found, _ := language.Make(actual).Script()
	if base, _ := asked.Base(); base.String() != strings.Split(actual, "-")[0] || wanted != found {
		return "", &press.Error{Kind: press.Invalid, Field: "lang", Detail: "the source is in the language " + actual + ", and the address says " + lang, Fix: "correct lang in the front matter, or the address"}
	}
	return actual, nil
}

// merge puts the source of one language, and its pictures, among the others.
func merge(r *press.Revision, all *Material, lang string, m Material) error {
	source := m.Sources[0]
	at := slices.IndexFunc(r.Sources, func(s press.Source) bool { return s.Lang == lang })
	if at >= 0 {
		all.Sources[at] = source
	} else {
		all.Sources = append(all.Sources, source)
	}
	for name, data := range m.Pictures {
		if before, ok := all.Pictures[name]; ok && r.Change == press.LanguageAdded && !bytes.Equal(before, data) {
			return &press.Error{Kind: press.Invalid, Field: "picture", Detail: "what is published shows another picture called " + name, Fix: "give the picture of the translation a name of its own"}
		}
		all.Pictures[name] = data
	}
	return nil
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
	for i, s := range m.Sources {
		if slices.ContainsFunc(m.Sources[:i], func(o render.Source) bool { return o.Name == s.Name }) {
			return &press.Error{Kind: press.Invalid, Field: "file", Detail: "two sources are called " + s.Name, Fix: "give each a name of its own, as in ?name=statement.fr.md"}
		}
		if render.IsRecord(s.Name) {
			records++
		}
	}
	if records > 1 || records == 1 && len(m.Sources) > 1 {
		return &press.Error{Kind: press.Invalid, Field: "file", Detail: "a publication is statements in several languages, or the record of one meeting", Fix: "send the record alone"}
	}
	return nil
}
