package theme

import (
	"slices"
	"strings"

	"communique/render/source"
)

// bound is what a number of a theme may be.
type bound struct {
	path       string
	value      float64
	least, top float64
}

// check finds tokens that no page can be made with.
func (t *Theme) check(at *source.Places) (wrong []error) {
	for _, b := range t.bounds() {
		if !(b.value >= b.least && b.value <= b.top) { // a NaN is wrong too
			wrong = append(wrong, at.Errorf(b.path, "%s is %g: expected %g to %g", b.path, b.value, b.least, b.top))
		}
	}
	for i, v := range t.Sizes.Headings {
		if !(v >= 4 && v <= 72) {
			wrong = append(wrong, at.Errorf("sizes.headings", "sizes.headings, value %d is %g: expected 4 to 72 points, five of them for levels 2 to 6", i+1, v))
		}
	}
	if _, ok := Size(t.Paper.Default); !ok {
		wrong = append(wrong, at.Errorf("paper.default", "paper.default is %q: expected a4 or letter", t.Paper.Default))
	}
	if h := &t.Lines.Hyphenation; *h == "" {
		*h = "none"
		if t.Lines.Justify {
			*h = "full"
		}
	} else if !slices.Contains(Hyphenations, *h) {
		wrong = append(wrong, at.Errorf("lines.hyphenation", "lines.hyphenation is %q: expected %s", *h, strings.Join(Hyphenations, ", ")))
	}
	for _, f := range []struct{ path, value string }{{"fonts.text", t.Fonts.Text}, {"fonts.mono", t.Fonts.Mono}} {
		if f.value == "" {
			wrong = append(wrong, at.Errorf(f.path, "%s is missing: expected the name of a folder of fonts/, such as noto-sans", f.path))
		}
	}
	return wrong
}

// bounds lists the numbers of a theme and what they may be, in points or as said in package theme.
func (t *Theme) bounds() []bound {
	z, p, s, r := &t.Sizes, &t.Paper, &t.Space, &t.Rules
	list := []bound{
		{"paper.top", p.Top, 18, 200}, {"paper.bottom", p.Bottom, 18, 200}, {"paper.side", p.Side, 18, 160},
		{"paper.measure", p.Measure, 144, 1000},
		{"paper.head", p.Head, 9, p.Top}, {"paper.foot", p.Foot, 9, p.Bottom},
		{"sizes.body", z.Body, 4, 72}, {"sizes.title", z.Title, 4, 144}, {"sizes.cover_title", z.CoverTitle, 4, 144},
		{"sizes.summary", z.Summary, 4, 72}, {"sizes.label", z.Label, 4, 72},
		{"sizes.letterhead", z.Head, 4, 72}, {"sizes.table", z.Table, 4, 72}, {"sizes.table_min", z.TableMin, 4, z.Table},
		{"sizes.code", z.Code, 4, 72}, {"sizes.furniture", z.Furn, 4, 36}, {"sizes.note", z.Note, 4, 36},
		{"space.note_above", t.Space.NoteAbove, 0, 72}, {"space.note_below", t.Space.NoteBelow, 0, 72},
		{"sizes.leading", z.Leading, 1, 3}, {"sizes.tight_leading", z.TightLeading, 1, 3},
		{"space.list_indent", s.ListIndent, 4, 72}, {"space.quote_indent", s.QuoteIndent, 0, 72},
		{"limits.title_lines", float64(t.Limits.TitleLines), 1, 20}, {"limits.summary_lines", float64(t.Limits.SummaryLines), 1, 100},
	}
	for _, v := range []struct {
		name  string
		value float64
	}{
		{"space.paragraph", s.Paragraph}, {"space.heading", s.Heading}, {"space.heading_after", s.HeadingAfter},
		{"space.item", s.Item}, {"space.tight_item", s.TightItem}, {"space.cell_x", s.CellX}, {"space.cell_y", s.CellY},
		{"space.band_pad", s.BandPad}, {"space.letterhead_gap", s.LetterheadGap},
	} {
		list = append(list, bound{v.name, v.value, 0, 100})
	}
	list = append(list, bound{"rules.thin", r.Thin, 0, 10}, bound{"rules.thick", r.Thick, 0, 10}, bound{"rules.quote", r.Quote, 0, 10})
	if t.Logo.File != "" || t.Logo.Height != 0 {
		list = append(list, bound{"logo.height", t.Logo.Height, 6, 200})
	}
	return list
}
