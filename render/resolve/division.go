package resolve

import (
	"strings"

	"communique/render/doc"
	"communique/render/locale"
)

// divisions gives the containers of an official text their names: a heading, if
// the author wrote none, or the label of a box.
func (r *resolver) divisions() {
	r.everywhere(func(b doc.Block, loc *locale.Locale, inNote bool) {
		d, ok := b.(*doc.Division)
		if !ok || len(d.Blocks) == 0 {
			return
		}
		switch d.Role {
		case doc.RoleContact:
			r.headed(d, r.wordIn(loc, "contact-heading", nil), inNote)
		case doc.RoleNotes:
			r.headed(d, r.wordIn(loc, "notes-heading", nil), inNote)
		case doc.RoleSummary:
			if !titled(d.Blocks[0], inNote) {
				d.Label = r.wordIn(loc, "summary-heading", nil)
			}
		case doc.RoleSignature:
			r.signature(d)
		case doc.RoleNone, doc.RoleAddress, doc.RoleNumbered:
		}
	})
}

// everywhere visits the blocks of the text, then those of the notes, with the
// locale of the language in which they stand.
func (r *resolver) everywhere(visit func(b doc.Block, loc *locale.Locale, inNote bool)) {
	r.localised(r.d.Blocks, r.loc, func(b doc.Block, loc *locale.Locale) { visit(b, loc, false) })
	for _, note := range r.d.Footnotes {
		r.localised(note.Blocks, r.localeOf(note.Lang, r.loc), func(b doc.Block, loc *locale.Locale) { visit(b, loc, true) })
	}
}

// localised visits blocks with the locale of the language in which they stand;
// the one around holds for a language without a locale.
func (r *resolver) localised(blocks []doc.Block, loc *locale.Locale, visit func(doc.Block, *locale.Locale)) {
	doc.WalkBlocks(blocks, func(b doc.Block) bool {
		if own := r.localeOf(b.Attributes().Lang, loc); own != loc {
			r.localised([]doc.Block{b}, own, visit)
			return false
		}
		visit(b, loc)
		return true
	})
}

// localeOf is the locale of a part in a language; the one around, if the part
// names none or there is none for it.
func (r *resolver) localeOf(lang string, around *locale.Locale) *locale.Locale {
	if lang != "" {
		if own, ok := r.locales.Match(lang); ok {
			return own
		}
	}
	return around
}

// headed puts a heading above a division that does not begin with one. A note
// has no headings: the words stand in bold there.
func (r *resolver) headed(d *doc.Division, words string, inNote bool) {
	if titled(d.Blocks[0], inNote) {
		return
	}
	attr, content := doc.Attr{Pos: d.Pos}, []doc.Inline{&doc.Text{Value: words}}
	var h doc.Block = &doc.Heading{Attr: attr, Level: r.topLevel(), Generated: true, Content: content}
	if inNote {
		h = &doc.Paragraph{Attr: attr, Content: []doc.Inline{&doc.Strong{Content: content}}}
	}
	d.Blocks = append([]doc.Block{h}, d.Blocks...)
}

// titled reports a block that is the heading of what follows: in a note, a
// paragraph of bold words.
func titled(b doc.Block, inNote bool) bool {
	if p, ok := b.(*doc.Paragraph); ok && inNote && len(p.Content) == 1 {
		_, bold := p.Content[0].(*doc.Strong)
		return bold
	}
	_, heading := b.(*doc.Heading)
	return heading
}

// topLevel is the level of generated headings as an author would write it: 1 where
// the source has level-1 headings, which all move down by one.
func (r *resolver) topLevel() int {
	if r.top == 0 {
		r.top = 2
		doc.WalkBlocks(r.d.Blocks, func(b doc.Block) bool {
			if h, ok := b.(*doc.Heading); ok && h.Level == 1 {
				r.top = 1
			}
			return r.top == 2
		})
	}
	return r.top
}

// signature replaces a paragraph that is just a speaker's id by the name, in
// bold, and the title below it.
func (r *resolver) signature(d *doc.Division) {
	for _, b := range d.Blocks {
		p, ok := b.(*doc.Paragraph)
		if !ok {
			continue
		}
		s := r.speaker(strings.TrimLeft(doc.PlainText(p.Content), "—–―- \u00a0\u202f"))
		if s == nil {
			continue
		}
		p.Content = nil
		if s.Name != "" {
			p.Content = append(p.Content, &doc.Strong{Content: []doc.Inline{&doc.Text{Value: s.Name}}})
		}
		if s.Name != "" && s.Title != "" {
			p.Content = append(p.Content, &doc.Break{})
		}
		if s.Title != "" {
			p.Content = append(p.Content, &doc.Text{Value: s.Title})
		}
	}
}
