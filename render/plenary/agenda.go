package plenary

import (
	"communique/render/doc"
)

// agenda is the table of all items, and below it what happened under those of which
// that is told.
func (b *builder) agenda() {
	if len(b.r.Agenda) == 0 {
		return
	}
	b.heading()
	t := &doc.Table{Columns: []doc.Column{{Align: doc.AlignStart}, {Align: doc.AlignStart}, {Align: doc.AlignStart}}, RowHeaders: 1,
		Head: heads(inline(message("agenda-number")), inline(message("agenda-item")), inline(message("label-status")))}
	for i := range b.r.Agenda {
		a, path := &b.r.Agenda[i], at("agenda", i)
		title := inline(&doc.Strong{Content: b.line(a.Title, path+".title")})
		row := &doc.Row{Cells: cells(symbol(a.No), lines(title,
			b.by("agenda-proposed-by", a.ProposedBy, path+".proposed_by"),
			b.by("agenda-supported-by", a.SupportedBy, path+".supported_by"),
			b.by("agenda-objected-by", a.ObjectedBy, path+".objected_by")), nil)}
		if a.Status != "" {
			row.Cells[2].Content = inline(badge("agenda", a.Status))
		}
		if a.Summary.IsZero() {
			row.Attr = doc.Attr{ID: b.items[a.No], Pos: b.pos(path)}
		} else {
			row.Cells[1].Content[0] = &doc.Link{URL: "#" + b.items[a.No], Content: title}
		}
		t.Body = append(t.Body, row)
	}
	b.add(t)
	for i := range b.r.Agenda {
		a, path := &b.r.Agenda[i], at("agenda", i)
		if a.Summary.IsZero() {
			continue
		}
		b.entry(3, b.items[a.No], path, b.agendaHeading(a, path)...)
		b.add(b.blocks(a.Summary, path+".summary", 3, b.items[a.No])...)
	}
}

func (b *builder) agendaHeading(a *AgendaItem, path string) []doc.Inline {
	return inline(message("agenda-heading", arg("Number", symbol(a.No)...), arg("Title", b.line(a.Title, path+".title")...)))
}

// by names parties behind a label; nil for none.
func (b *builder) by(label string, ids []PartyID, path string) []doc.Inline {
	if len(ids) == 0 {
		return nil
	}
	return inline(labelled(label, b.listed(ids, path)...))
}
