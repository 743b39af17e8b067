package plenary

import (
	"communique/render/doc"
)

// positions are what parties put on record, each under its kind and its authors.
func (b *builder) positions() {
	if len(b.r.Positions) == 0 {
		return
	}
	b.heading()
	for i := range b.r.Positions {
		p, path := &b.r.Positions[i], at("positions", i)
		id := entryAnchor("position", p.ID, i)
		b.entry(3, id, path, message("labelled", arg("Label", worded("position", p.Kind)), arg("Value", b.listed(p.By, path+".by")...)))
		b.add(b.blocks(p.Text, path+".text", 3, id)...)
		b.add(facts([]fact{
			{"label-subject", b.subject(p.On)},
			{"label-speaker", b.officer(p.Speaker, path+".speaker")},
			{"label-aligned", b.sorted(p.Aligned, path+".aligned")},
			{"label-source", address(p.Source)},
		})...)
	}
}

// subject is what a position or a report bears on: an outcome, an item, the communiqué.
func (b *builder) subject(on string) []doc.Inline {
	switch {
	case on == "":
		return nil
	case on == "communique":
		return b.link(on)
	case b.anchors["outcome-"+on].words != nil:
		return b.link("outcome-" + on)
	}
	return b.link(b.items[on])
}

// information is what was reported, neither decided nor in dispute.
func (b *builder) information() {
	if len(b.r.Information) == 0 {
		return
	}
	b.heading()
	for i := range b.r.Information {
		n, path := &b.r.Information[i], at("information", i)
		id := entryAnchor("information", n.ID, i)
		block := &doc.Division{Attr: doc.Attr{ID: id, Pos: b.pos(path)}, Blocks: b.blocks(n.Text, path+".text", 3, id)}
		block.Blocks = append(block.Blocks, facts([]fact{
			{"label-by", b.listed(n.By, path+".by")},
			{"label-subject", b.subject(n.On)},
			{"label-source", address(n.Source)},
		})...)
		b.add(block)
	}
}

// claims are what one side says: quotes with whose words they are, under a notice
// that the meeting did not agree to them.
func (b *builder) claims() {
	if len(b.r.Claims) == 0 {
		return
	}
	b.heading()
	b.add(paragraph(message("claims-notice")))
	for i := range b.r.Claims {
		c, path := &b.r.Claims[i], at("claims", i)
		q := &doc.Quote{Attr: doc.Attr{ID: entryAnchor("claim", c.ID, i), Pos: b.pos(path)}, Blocks: []doc.Block{paragraph(b.line(c.Text, path+".text")...)}}
		q.Attribution = bracketed(b.party(c.By, path+".by"), address(c.Source))
		if c.Status != "" {
			q.Attribution = append(q.Attribution, text(" "), badge("claim", c.Status))
		}
		if by := b.by("label-contested-by", c.ContestedBy, path+".contested_by"); by != nil {
			q.Attribution = append(append(q.Attribution, text(" ")), by...)
		}
		b.add(q)
	}
}

// workingBodies are those that reported to the meeting, with their reports.
func (b *builder) workingBodies() {
	if len(b.r.WorkingBodies) == 0 {
		return
	}
	b.heading()
	for i := range b.r.WorkingBodies {
		w, path := &b.r.WorkingBodies[i], at("working_bodies", i)
		id := "body-" + w.ID
		b.entry(3, id, path, b.line(w.Name, path+".name")...)
		var by []doc.Inline
		if w.EstablishedBy != "" {
			by = b.link("outcome-" + w.EstablishedBy)
		}
		b.add(facts([]fact{
			{"label-mandate", b.line(w.Mandate, path+".mandate")},
			{"label-chair", b.officer(w.Chair, path+".chair")},
			{"label-vice-chair", b.officer(w.ViceChair, path+".vice_chair")},
			{"label-established-by", by},
			{"label-parent", b.party(w.Parent, path+".parent")},
			{"label-symbol", symbol(w.Symbol)},
		})...)
		b.add(b.blocks(w.Report, path+".report", 3, id)...)
	}
}

// elections is the table of offices, filled or vacant.
func (b *builder) elections() {
	if len(b.r.Elections) == 0 {
		return
	}
	b.heading()
	t := &doc.Table{RowHeaders: 1, Columns: starts(4), Head: heads(inline(message("election-office")), inline(message("election-holder")),
		inline(message("outcome-result")), inline(message("election-term")))}
	for i := range b.r.Elections {
		e, path := &b.r.Elections[i], at("elections", i)
		result := e.Result
		if result == "" {
			result = "elected"
		}
		t.Body = append(t.Body, &doc.Row{Cells: cells(b.line(e.Office, path+".office"),
			bracketed(b.party(e.Party, path+".party"), b.properName(e.Name, path+".name")), inline(badge("election", result)), term(e.From, e.To))})
	}
	b.add(t)
}

// starts are columns that begin at the start of the line.
func starts(n int) []doc.Column {
	out := make([]doc.Column, n)
	for i := range out {
		out[i].Align = doc.AlignStart
	}
	return out
}

// term is a stretch of time, of which one end may be open.
func term(from, to Date) []doc.Inline {
	switch {
	case from.IsZero() && !to.IsZero():
		return inline(message("until-date", arg("Date", days(to, Date{})...)))
	case !from.IsZero() && to.IsZero():
		return inline(message("from-date", arg("Date", days(from, Date{})...)))
	}
	return days(from, to)
}

// membership is the table of changes in who belongs to the body.
func (b *builder) membership() {
	if len(b.r.Membership) == 0 {
		return
	}
	b.heading()
	t := &doc.Table{RowHeaders: 1, Columns: starts(4), Head: heads(inline(message("membership-party")), inline(message("outcome-result")),
		inline(message("label-date")), inline(message("membership-note")))}
	for i := range b.r.Membership {
		m, path := &b.r.Membership[i], at("membership", i)
		var by []doc.Inline
		if m.Outcome != "" {
			by = b.link("outcome-" + m.Outcome)
		}
		t.Body = append(t.Body, &doc.Row{Cells: cells(b.party(m.Party, path+".party"), inline(badge("membership", m.Result)),
			lines(term(m.From, m.To), periodWords(m.Period)), lines(by, b.line(m.Note, path+".note")))})
	}
	b.add(t)
}

func (b *builder) annexes()    { b.texts(b.r.Annexes, "annex", "annexes") }
func (b *builder) corrigenda() { b.texts(b.r.Corrigenda, "corrigendum", "corrigenda") }

// texts are annexes or corrigenda, each with a heading of its own.
func (b *builder) texts(list []Annex, kind, key string) {
	if len(list) == 0 {
		return
	}
	b.heading()
	for i := range list {
		a, path := &list[i], at(key, i)
		id := entryAnchor(kind, a.ID, i)
		name := message("reference-"+kind, arg("Number", count(i+1)))
		name.Capital = true
		b.entry(3, id, path, message("outcome-heading", arg("Name", name), arg("Title", b.line(a.Title, path+".title")...)))
		var available []doc.Inline
		if len(a.Languages) > 0 {
			e := &doc.Enumeration{Sorted: true}
			for _, tag := range a.Languages {
				e.Items = append(e.Items, inline(&doc.LanguageName{Tag: string(tag)}))
			}
			available = inline(e)
		}
		b.add(facts([]fact{{"label-symbol", symbol(a.Symbol)}, {"label-date", days(a.Date, Date{})}, {"label-languages", available}})...)
		b.add(b.blocks(a.Text, path+".text", 3, id)...)
	}
}
