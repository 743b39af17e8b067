package plenary

import (
	"cmp"
	"slices"
	"strings"

	"communique/render/doc"
	"communique/render/kind"
)

// outcomes prints what the meeting did in the form, the groups and the number that
// the product asks for.
func (b *builder) outcomes() {
	if len(b.r.Outcomes) == 0 {
		return
	}
	b.heading()
	shown := b.r.chosen(b.section.Most)
	switch b.section.Form {
	case kind.FormTable:
		b.outcomeTable(shown)
	case kind.FormList:
		b.outcomeGroups(shown, b.outcomeList)
	case kind.FormFull:
		b.outcomeGroups(shown, b.outcomeEntries)
	}
	if left := len(b.r.Outcomes) - len(shown); left > 0 {
		b.add(paragraph(plural("outcomes-more", left)))
	}
}

// chosen are the outcomes of which at most some are printed, 0 for all, in their
// order: what was blocked or rejected is never left out for what was agreed.
func (r *Record) chosen(most int) (list []int) {
	if most == 0 {
		most = len(r.Outcomes)
	}
	for _, agreed := range []bool{false, true} {
		for i := range r.Outcomes {
			if r.Outcomes[i].refused() != agreed && len(list) < most {
				list = append(list, i)
			}
		}
	}
	slices.Sort(list)
	return list
}

// refused tells that the meeting would not have it.
func (o *Outcome) refused() bool {
	return o.Verb == "rejected" || o.Verb == "no_consensus" || o.Verb == "blocked"
}

// outcomeGroups parts outcomes as the product wants, each group under a heading of
// its own, in the order in which groups first occur.
func (b *builder) outcomeGroups(list []int, print func(list []int, level int)) {
	if b.section.Group == kind.GroupNone {
		print(list, 3)
		return
	}
	var order []string
	groups := map[string][]int{}
	for _, i := range list {
		key := b.groupKey(&b.r.Outcomes[i])
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], i)
	}
	for _, key := range order {
		b.entry(3, "outcomes-"+b.groupID(key), "outcomes", b.groupHeading(key)...)
		print(groups[key], 4)
	}
}

func (b *builder) groupKey(o *Outcome) string {
	switch b.section.Group {
	case kind.GroupAgenda:
		return o.Agenda
	case kind.GroupType:
		return o.Type
	}
	return o.Verb
}

// groupID is the end of a group's anchor.
func (b *builder) groupID(key string) string {
	if anchor, ok := b.items[key]; ok && b.section.Group == kind.GroupAgenda {
		return strings.TrimPrefix(anchor, "agenda-")
	}
	return cmp.Or(key, "other") // those of no agenda item
}

func (b *builder) groupHeading(key string) []doc.Inline {
	switch b.section.Group {
	case kind.GroupType:
		return inline(worded("types", key))
	case kind.GroupVerb:
		return inline(worded("verb", key))
	}
	i := slices.IndexFunc(b.r.Agenda, func(a AgendaItem) bool { return a.No == key })
	if i < 0 {
		return inline(message("agenda-other"))
	}
	return b.agendaHeading(&b.r.Agenda[i], at("agenda", i))
}

// outcomeName is what an outcome is called: "decision 4"; at the head of a line with
// a capital.
func (b *builder) outcomeName(o *Outcome, capital bool) []doc.Inline {
	m := worded("reference", o.Type)
	m.Args, m.Capital = []doc.Argument{arg("Number", count(b.numbers[o.ID]))}, capital
	return inline(m)
}

// outcomeHeading is the name and the title.
func (b *builder) outcomeHeading(o *Outcome, path string) []doc.Inline {
	name := b.outcomeName(o, true)
	title := b.line(o.Title, path+".title")
	if title == nil {
		return name
	}
	return inline(message("outcome-heading", arg("Name", name...), arg("Title", title...)))
}

// result is what became of an outcome: its state, and how that was decided.
func (b *builder) result(o *Outcome) []doc.Inline {
	out := inline(badge("verb", o.Verb))
	if o.Method != "" {
		out = append(out, text(" "), worded("method", o.Method))
	}
	return out
}

// outcomeEntries prints outcomes in full.
func (b *builder) outcomeEntries(list []int, level int) {
	for _, i := range list {
		o, path := &b.r.Outcomes[i], at("outcomes", i)
		id := "outcome-" + o.ID
		b.entry(level, id, path, b.outcomeHeading(o, path)...)
		b.add(paragraph(b.result(o)...))
		b.add(b.blocks(o.Text, path+".text", level, id)...)
		b.add(b.outcomeFacts(o, path)...)
		b.vote(o, path)
	}
}

func (b *builder) outcomeFacts(o *Outcome, path string) []doc.Block {
	var item, threshold []doc.Inline
	if o.Agenda != "" {
		item = b.link(b.items[o.Agenda])
	}
	if o.Threshold != "" {
		rule := o.Threshold
		if rule == "simple_majority" {
			rule = "majority"
		}
		threshold = inline(worded("rule", rule))
	}
	effective := days(o.Effective.Date, Date{})
	if condition := b.line(o.Effective.Condition, path+".effective.condition"); condition != nil {
		effective = lines(effective, condition)
	}
	references := make([][]doc.Inline, len(o.References))
	for i, r := range o.References {
		references[i] = b.line(r, at(path+".references", i))
	}
	return facts([]fact{
		{"label-symbol", symbol(o.Symbol)},
		{"label-agenda-item", item},
		{"label-sponsors", b.listed(o.Sponsors, path+".sponsors")},
		{"label-blocked-by", b.listed(o.BlockedBy, path+".blocked_by")},
		{"label-concerns", b.listed(o.Concerns, path+".concerns")},
		{"label-partners", b.listed(o.Partners, path+".partners")},
		{"label-threshold", threshold},
		{"label-effective", effective},
		{"label-owner", b.party(o.Owner, path+".owner")},
		{"label-deadline", b.deadline(o)},
		{"label-supersedes", b.acts(o.Supersedes)},
		{"label-amends", b.acts(o.Amends)},
		{"label-references", lines(references...)},
	})
}

// deadline is the day or the period by which an outcome is to be carried out.
func (b *builder) deadline(o *Outcome) []doc.Inline {
	return lines(days(o.Deadline, Date{}), periodWords(o.Period))
}

// acts are outcomes of this record, by id, and those of others, by symbol.
func (b *builder) acts(list []string) []doc.Inline {
	if len(list) == 0 {
		return nil
	}
	e := &doc.Enumeration{}
	for _, ref := range list {
		if _, known := b.anchors["outcome-"+ref]; known {
			e.Items = append(e.Items, b.link("outcome-"+ref))
		} else {
			e.Items = append(e.Items, symbol(ref))
		}
	}
	return inline(e)
}

// outcomeList prints a line for each outcome.
func (b *builder) outcomeList(list []int, _ int) {
	l := &doc.List{Tight: true}
	for _, i := range list {
		o, path := &b.r.Outcomes[i], at("outcomes", i)
		line := lines(inline(&doc.Strong{Content: b.outcomeHeading(o, path)}), b.result(o), b.by("label-blocked-by", o.BlockedBy, path+".blocked_by"))
		it := item(line)
		it.ID = "outcome-" + o.ID
		l.Items = append(l.Items, it)
	}
	b.add(l)
}

// outcomeTable prints a row for each outcome.
func (b *builder) outcomeTable(list []int) {
	has := func(is func(*Outcome) bool) bool {
		return slices.ContainsFunc(list, func(i int) bool { return is(&b.r.Outcomes[i]) })
	}
	owners := has(func(o *Outcome) bool { return o.Owner != "" })
	deadlines := has(func(o *Outcome) bool { return !o.Deadline.IsZero() || o.Period != "" })
	head := [][]doc.Inline{inline(message("outcome")), inline(message("outcome-result"))}
	if owners {
		head = append(head, inline(message("label-owner")))
	}
	if deadlines {
		head = append(head, inline(message("label-deadline")))
	}
	t := &doc.Table{RowHeaders: 1, Head: heads(head...), Columns: make([]doc.Column, len(head))}
	for i := range t.Columns {
		t.Columns[i].Align = doc.AlignStart
	}
	for _, i := range list {
		o, path := &b.r.Outcomes[i], at("outcomes", i)
		row := [][]doc.Inline{
			lines(b.outcomeHeading(o, path), symbol(o.Symbol)),
			lines(b.result(o), b.by("label-blocked-by", o.BlockedBy, path+".blocked_by")),
		}
		if owners {
			row = append(row, b.party(o.Owner, path+".owner"))
		}
		if deadlines {
			row = append(row, b.deadline(o))
		}
		t.Body = append(t.Body, &doc.Row{Attr: doc.Attr{ID: "outcome-" + o.ID, Pos: b.pos(path)}, Cells: cells(row...)})
	}
	b.add(t)
}

// vote is the table of a vote: how many, and who if it was a roll call, in the
// order of the language's dictionaries.
func (b *builder) vote(o *Outcome, path string) {
	t := &o.Tally
	named, given := false, false
	for _, v := range t.votes() {
		named, given = named || len(v.Parties) > 0, given || v.Given
	}
	if !given {
		return
	}
	head := [][]doc.Inline{inline(message("vote")), inline(message("vote-number"))}
	columns := []doc.Column{{Align: doc.AlignStart}, {Align: doc.AlignEnd}}
	if named {
		head = append(head, inline(message("vote-parties")))
		columns = append(columns, doc.Column{Align: doc.AlignStart})
	}
	table := &doc.Table{RowHeaders: 1, Columns: columns, Head: heads(head...)}
	put := func(key string, n int, parties []doc.Inline) {
		row := [][]doc.Inline{inline(message(key)), inline(count(n))}
		if named {
			row = append(row, parties)
		}
		table.Body = append(table.Body, &doc.Row{Cells: cells(row...)})
	}
	for _, v := range t.votes() {
		if v.Given {
			put("vote-"+strings.ReplaceAll(v.key, "_", "-"), v.Count, b.sorted(v.Parties, path+".tally."+v.key))
		}
	}
	if t.Total > 0 {
		put("vote-total", t.Total, nil)
		table.Body[len(table.Body)-1].Total = true
	}
	b.add(table)
}
