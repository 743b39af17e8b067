package plenary

import (
	"math/big"
	"slices"

	"communique/render/diag"
	"communique/render/doc"
)

// column is a measure of a table of figures.
type column struct {
	// key names the measure in the model, and its head in the locales.
	key string
	of  func(*Row) Amount
}

var columns = []column{
	{"volume", func(r *Row) Amount { return r.Volume }},
	{"value", func(r *Row) Amount { return r.Value }},
	{"unit-value", func(r *Row) Amount { return r.UnitValue }},
}

// table is one statistic on its way to the document.
type table struct {
	*builder
	s     *Statistic
	path  string
	per   *big.Rat // what one of the value's unit is in units per unit of volume
	marks struct{ provisional, approximate, computed bool }
}

// statistics are the tables of figures, with their charts.
func (b *builder) statistics() {
	if len(b.r.Statistics) == 0 {
		return
	}
	b.heading()
	for i := range b.r.Statistics {
		s := &b.r.Statistics[i]
		t := &table{builder: b, s: s, path: at("statistics", i), per: per(s)}
		b.entry(3, "statistic-"+s.ID, t.path, t.caption()...)
		t.chart()
		t.figures()
		t.compared()
		t.remarks()
	}
}

// caption is the title and the period.
func (t *table) caption() []doc.Inline {
	title := t.line(t.s.Title, t.path+".title")
	when := periodWords(t.s.Period)
	if when == nil {
		return title
	}
	return inline(message("statistic-caption", arg("Title", title...), arg("Period", when...)))
}

// amount is the figure of a row in a column; a value per unit that was not
// published is computed where it can be.
func (t *table) amount(r *Row, c column) Amount {
	if a := c.of(r); c.key != "unit-value" || !a.IsZero() {
		return a
	}
	return r.perUnit(t.per)
}

// per is what one of a table's units of value is in units per unit of volume.
func per(s *Statistic) *big.Rat {
	return new(big.Rat).Quo(measureOf(s.Currency).factor(), measureOf(s.Unit).factor())
}

// perUnit is value divided by volume, to two decimals; nothing where one is unknown.
func (r *Row) perUnit(per *big.Rat) Amount {
	if r.Volume.IsZero() || r.Value.IsZero() || r.Volume.Rat.Sign() <= 0 {
		return Amount{}
	}
	v := new(big.Rat).Quo(r.Value.Rat, r.Volume.Rat)
	return Amount{Rat: v.Mul(v, per), Decimals: 2}
}

// shown are the columns in which any row has a figure.
func (t *table) shown(rows ...*Row) (out []column) {
	for _, c := range columns {
		if slices.ContainsFunc(rows, func(r *Row) bool { return !t.amount(r, c).IsZero() }) {
			out = append(out, c)
		}
	}
	return out
}

// rows are the rows of the table, those of the total included.
func (t *table) rows() (out []*Row) {
	for i := range t.s.Series {
		out = append(out, &t.s.Series[i])
	}
	return append(out, &t.s.Total)
}

// measured is the head of a column: the measure and what it is counted in.
func (t *table) measured(c column) []doc.Inline {
	name := inline(message("statistic-" + c.key))
	var unit []doc.Inline
	switch c.key {
	case "volume":
		if own := t.line(t.s.Measure, t.path+".measure"); own != nil {
			name = own
		}
		unit = t.unitWords(measureOf(t.s.Unit))
	case "value":
		unit = t.unitWords(measureOf(t.s.Currency))
	default:
		unit = t.unitValueWords(t.s)
	}
	if unit == nil {
		return name
	}
	return inline(message("statistic-in", arg("Measure", name...), arg("Unit", unit...)))
}

// figures is the table itself.
func (t *table) figures() {
	shown := t.shown(t.rows()...)
	head := [][]doc.Inline{inline(message("statistic-party"))}
	cols := []doc.Column{{Align: doc.AlignStart}}
	for _, c := range shown {
		head = append(head, t.measured(c))
		cols = append(cols, doc.Column{Align: doc.AlignEnd})
	}
	d := &doc.Table{RowHeaders: 1, Columns: cols, Head: heads(head...)}
	for i := range t.s.Series {
		r := &t.s.Series[i]
		row := [][]doc.Inline{t.label(r, at(t.path+".series", i))}
		for _, c := range shown {
			t.marks.computed = t.marks.computed || c.key == "unit-value" && c.of(r).IsZero() && !t.amount(r, c).IsZero()
			row = append(row, figure(t.amount(r, c)))
		}
		d.Body = append(d.Body, &doc.Row{Cells: cells(row...)})
	}
	d.Body = append(d.Body, t.totals(shown)...)
	t.add(d)
}

// label names a row, with marks for figures that are provisional or about right, and
// its remark as a note.
func (t *table) label(r *Row, path string) []doc.Inline {
	out := t.line(r.Label, path+".label")
	if out == nil {
		out = t.party(r.Party, path+".party")
	}
	return append(out, t.tail(r, path)...)
}

func (t *table) tail(r *Row, path string) (out []doc.Inline) {
	if r.Provisional {
		t.marks.provisional = true
		out = append(out, text("\u00a0"), message("statistic-provisional-mark"))
	}
	if r.Approximate {
		t.marks.approximate = true
		out = append(out, text("\u00a0"), message("statistic-approximate-mark"))
	}
	if note := t.line(r.Note, path+".note"); note != nil {
		t.notes++
		n := &doc.Footnote{Attr: doc.Attr{Pos: t.pos(path + ".note")}, Name: "figure-" + itoa(t.notes), Blocks: []doc.Block{paragraph(note...)}}
		t.d.Footnotes = append(t.d.Footnotes, n)
		out = append(out, &doc.FootnoteCall{Note: n, Pos: n.Pos})
	}
	return out
}

// figure is an amount as the language writes it; a dash where there is none.
func figure(a Amount) []doc.Inline {
	if a.IsZero() {
		return inline(text("–"))
	}
	return inline(&doc.Number{Decimal: a.String()})
}

// totals are the rows below: the published total, and beside it the sum of the rows
// where that is not the same or was not published, and the difference.
func (t *table) totals(shown []column) []*doc.Row {
	published := &t.s.Total
	sums := sumsOf(t.s.Series)
	if published.empty() {
		if sums.empty() || len(t.s.Series) < 2 {
			return nil
		}
		key := "statistic-total"
		if t.s.Incomplete { // the whole is not known
			key = "statistic-total-computed"
		}
		return []*doc.Row{t.totalRow(inline(message(key)), &sums, shown)}
	}
	off := Row{Volume: lacking(published.Volume, sums.Volume), Value: lacking(published.Value, sums.Value)}
	differs := !off.empty()
	summed := differs || published.Volume.IsZero() && !sums.Volume.IsZero() || published.Value.IsZero() && !sums.Value.IsZero()
	label := t.line(published.Label, t.path+".total.label")
	if label == nil {
		key := "statistic-total"
		if summed {
			key = "statistic-total-published"
		}
		label = inline(message(key))
	}
	out := []*doc.Row{t.totalRow(append(label, t.tail(published, t.path+".total")...), published, shown)}
	if summed {
		out = append(out, t.totalRow(inline(message("statistic-total-computed")), &sums, shown))
	}
	if differs {
		out = append(out, t.totalRow(inline(message("statistic-difference")), &off, slices.DeleteFunc(slices.Clone(shown), func(c column) bool { return c.key == "unit-value" })))
		for len(out[2].Cells) < len(out[0].Cells) {
			out[2].Cells = append(out[2].Cells, &doc.Cell{Content: figure(Amount{})})
		}
	}
	return out
}

func (t *table) totalRow(label []doc.Inline, r *Row, shown []column) *doc.Row {
	row := [][]doc.Inline{label}
	for _, c := range shown {
		t.marks.computed = t.marks.computed || c.key == "unit-value" && c.of(r).IsZero() && !t.amount(r, c).IsZero()
		row = append(row, figure(t.amount(r, c)))
	}
	return &doc.Row{Total: true, Cells: cells(row...)}
}

// sumsOf are the exact sums of the columns in which every row has a figure.
func sumsOf(rows []Row) (sums Row) {
	for i, to := range []*Amount{&sums.Volume, &sums.Value} {
		if total, ok := added(rows, columns[i].of); ok {
			*to = total
		}
	}
	return sums
}

// lacking is what a sum lacks to a published total; nothing where one is unknown, or
// both are the same.
func lacking(published, sum Amount) Amount {
	if published.IsZero() || sum.IsZero() || published.Rat.Cmp(sum.Rat) == 0 {
		return Amount{}
	}
	return Amount{Rat: new(big.Rat).Sub(published.Rat, sum.Rat), Decimals: max(published.Decimals, sum.Decimals)}
}

// added is the exact sum of a column, with as many decimals as its figures have.
func added(rows []Row, of func(*Row) Amount) (total Amount, complete bool) {
	total.Rat = new(big.Rat)
	for i := range rows {
		a := of(&rows[i])
		if a.IsZero() {
			return Amount{}, false
		}
		total.Rat.Add(total.Rat, a.Rat)
		total.Decimals = max(total.Decimals, a.Decimals)
	}
	return total, len(rows) > 0
}

// compared sets the figures beside those of the period before: a table for each
// measure by row, or one for the totals where no more is known.
func (t *table) compared() {
	prev := &t.s.Previous
	if len(prev.Series) == 0 {
		if !prev.Total.empty() {
			t.comparedTotals()
		}
		return
	}
	before := make([]*Row, 0, len(prev.Series)+1)
	tails := map[*Row]func() []doc.Inline{&prev.Total: t.repeated(&prev.Total, t.path+".previous.total")}
	for i := range prev.Series {
		r := &prev.Series[i]
		before, tails[r] = append(before, r), t.repeated(r, at(t.path+".previous.series", i))
	}
	for _, c := range t.shown(append(before, &prev.Total)...) {
		d := t.comparison(t.measured(c))
		seen := map[PartyID]bool{}
		for i := range t.s.Series {
			r := &t.s.Series[i]
			seen[r.Party] = true
			d.Body = append(d.Body, t.compare(t.name(r, at(t.path+".series", i)), t.amount(r, c), t.amount(t.earlier(r), c), tails[t.earlier(r)]))
		}
		for i := range prev.Series {
			if r := &prev.Series[i]; r.Party != "" && !seen[r.Party] || r.Party == "" && t.later(r) == nil {
				d.Body = append(d.Body, t.compare(t.name(r, at(t.path+".previous.series", i)), Amount{}, t.amount(r, c), tails[r]))
			}
		}
		if now, then := t.total(&t.s.Total, t.s.Series, c), t.total(&prev.Total, prev.Series, c); !now.IsZero() || !then.IsZero() {
			tail := tails[&prev.Total]
			if t.amount(&prev.Total, c).IsZero() { // the remark is not on a sum
				tail = nil
			}
			row := t.compare(t.totalName(), now, then, tail)
			row.Total = true
			d.Body = append(d.Body, row)
		}
		t.add(d)
	}
}

// repeated gives the marks and the note of a row for as many figures as there are; the
// calls lead to one note.
func (t *table) repeated(r *Row, path string) func() []doc.Inline {
	var note *doc.Footnote
	return func() []doc.Inline {
		if note != nil {
			marks := *r
			marks.Note = Text{}
			return append(t.tail(&marks, path), &doc.FootnoteCall{Note: note, Pos: note.Pos})
		}
		tail := t.tail(r, path)
		if len(tail) > 0 {
			if call, ok := tail[len(tail)-1].(*doc.FootnoteCall); ok {
				note = call.Note
			}
		}
		return tail
	}
}

// totalName is what the record calls the total, of this period or of the one before.
func (t *table) totalName() []doc.Inline {
	if own := t.line(t.s.Total.Label, t.path+".total.label"); own != nil {
		return own
	}
	if own := t.line(t.s.Previous.Total.Label, t.path+".previous.total.label"); own != nil {
		return own
	}
	return inline(message("statistic-total"))
}

// total is the published total of a column, else the sum of its rows.
func (t *table) total(published *Row, rows []Row, c column) Amount {
	if a := t.amount(published, c); !a.IsZero() {
		return a
	}
	sums := sumsOf(rows)
	return t.amount(&sums, c)
}

func (t *table) name(r *Row, path string) []doc.Inline {
	if out := t.line(r.Label, path+".label"); out != nil {
		return out
	}
	return t.party(r.Party, path+".party")
}

// earlier is the row of the period before, an empty one if there is none.
func (t *table) earlier(r *Row) *Row {
	if p := same(t.s.Previous.Series, r); p != nil {
		return p
	}
	return &Row{}
}

func (t *table) later(r *Row) *Row { return same(t.s.Series, r) }

// same finds the row of a party, or of a label by its words.
func same(rows []Row, r *Row) *Row {
	for i := range rows {
		o := &rows[i]
		if r.Party != "" && o.Party == r.Party || r.Party == "" && o.Party == "" && slices.ContainsFunc(o.Label.Versions, func(v Version) bool {
			return slices.ContainsFunc(r.Label.Versions, func(w Version) bool { return v.Lang == w.Lang && v.Text == w.Text })
		}) {
			return o
		}
	}
	return nil
}

// comparedTotals sets the totals of the two periods below each other, a column for
// each measure.
func (t *table) comparedTotals() {
	shown := t.shown(&t.s.Previous.Total)
	head := [][]doc.Inline{t.totalName()}
	cols := starts(1)
	tail := t.repeated(&t.s.Previous.Total, t.path+".previous.total")
	rows := [4][][]doc.Inline{{periodOr(t.s.Period, "statistic-this-period")}, {periodOr(t.s.Previous.Period, "statistic-previous-period")},
		{inline(message("statistic-difference"))}, {inline(message("statistic-change"))}}
	for _, c := range shown {
		head = append(head, t.measured(c))
		cols = append(cols, doc.Column{Align: doc.AlignEnd})
		now, then := t.total(&t.s.Total, t.s.Series, c), t.amount(&t.s.Previous.Total, c)
		off, share := change(now, then)
		for i, cell := range [4][]doc.Inline{figure(now), append(figure(then), tail()...), off, share} {
			rows[i] = append(rows[i], cell)
		}
	}
	d := &doc.Table{RowHeaders: 1, Columns: cols, Head: heads(head...)}
	for _, r := range rows {
		d.Body = append(d.Body, &doc.Row{Cells: cells(r...)})
	}
	t.add(d)
}

// comparison is an empty table of two periods, their difference and the change.
func (t *table) comparison(what []doc.Inline) *doc.Table {
	end := doc.Column{Align: doc.AlignEnd}
	return &doc.Table{RowHeaders: 1, Columns: []doc.Column{{Align: doc.AlignStart}, end, end, end, end},
		Head: heads(what, periodOr(t.s.Period, "statistic-this-period"), periodOr(t.s.Previous.Period, "statistic-previous-period"),
			inline(message("statistic-difference")), inline(message("statistic-change")))}
}

func periodOr(period, key string) []doc.Inline {
	if words := periodWords(period); words != nil {
		return headed(words)
	}
	return inline(message(key))
}

// headed are words at the head of a column or a line, with a capital.
func headed(words []doc.Inline) []doc.Inline {
	if m, ok := words[0].(*doc.Message); ok {
		m.Capital = true
	}
	return words
}

// compare is a row of a comparison; tail follows the figure of the period before.
func (t *table) compare(label []doc.Inline, now, then Amount, tail func() []doc.Inline) *doc.Row {
	off, share := change(now, then)
	before := figure(then)
	if tail != nil && !then.IsZero() {
		before = append(before, tail()...)
	}
	return &doc.Row{Cells: cells(label, figure(now), before, off, share)}
}

// change is the difference between two periods, and what that is in per cent of the
// one before, to one decimal.
func change(now, then Amount) (off, share []doc.Inline) {
	off, share = figure(Amount{}), figure(Amount{})
	if now.IsZero() || then.IsZero() {
		return off, share
	}
	d := new(big.Rat).Sub(now.Rat, then.Rat)
	off = inline(&doc.Number{Decimal: d.FloatString(max(now.Decimals, then.Decimals)), Signed: true})
	if then.Rat.Sign() > 0 {
		d.Quo(d, then.Rat)
		s := d.Mul(d, big.NewRat(100, 1)).FloatString(1)
		if s == "-0.0" { // less than can be written
			s = "0.0"
		}
		share = inline(&doc.Number{Decimal: s, Signed: true})
	}
	return off, share
}

// remarks explain marks, and say where the figures come from.
func (t *table) remarks() {
	s, path := t.s, t.path
	var notes [][]doc.Inline
	say := func(is bool, key string) {
		if is {
			notes = append(notes, inline(message(key)))
		}
	}
	say(s.Provisional, "statistic-provisional")
	say(t.marks.provisional, "statistic-provisional-note")
	say(t.marks.approximate, "statistic-approximate-note")
	say(s.Incomplete && !s.Total.empty(), "statistic-incomplete")
	say(s.Incomplete && s.Total.empty(), "statistic-incomplete-rows")
	say(t.marks.computed, "statistic-computed")
	if a := s.Rounding.Volume; !a.IsZero() {
		notes = append(notes, inline(message("statistic-rounded", arg("Measure", t.measured(columns[0])...), arg("Step", figure(a)...))))
	}
	if a := s.Rounding.Value; !a.IsZero() {
		notes = append(notes, inline(message("statistic-rounded", arg("Measure", t.measured(columns[1])...), arg("Step", figure(a)...))))
	}
	if n := t.line(s.Note, path+".note"); n != nil {
		notes = append(notes, n)
	}
	if n := t.line(s.Source, path+".source"); n != nil {
		notes = append(notes, inline(labelled("label-source", n...)))
	}
	for _, n := range notes {
		t.add(paragraph(n...))
	}
	t.variants()
	if sources := t.sourceItems(s.Sources, path+".sources"); sources != nil {
		t.add(paragraph(labelled("label-source", &doc.Enumeration{Items: sources})))
	}
}

// variants are other figures that were published for the same.
func (t *table) variants() {
	l := &doc.List{Tight: true}
	for i := range t.s.Variants {
		v, path := &t.s.Variants[i], at(t.path+".variants", i)
		who := t.party(v.Party, path+".party")
		if who == nil {
			who = inline(message("statistic-total"))
		}
		r := Row{Volume: v.Volume, Value: v.Value, UnitValue: v.UnitValue}
		e := &doc.Enumeration{}
		for _, c := range columns {
			if a := c.of(&r); !a.IsZero() {
				e.Items = append(e.Items, inline(message("labelled", arg("Label", t.measured(c)...), arg("Value", figure(a)...))))
			}
		}
		state := &doc.Strong{Content: inline(worded("variant", v.Kind))}
		what := bracketed(inline(state), who)
		l.Items = append(l.Items, item(lines(append(append(what, text(" ")), e), t.line(v.Source, path+".source"), t.line(v.Note, path+".note"))))
	}
	if l.Items != nil {
		t.add(l)
	}
}

// maxBars is how many categories a chart can show legibly.
const maxBars = 60

// chart draws the first measure that every row has, beside that of the period before.
func (t *table) chart() {
	s := t.s
	if s.Chart == "" || s.Chart == "none" || len(s.Series) == 0 {
		return
	}
	if len(s.Series) > maxBars {
		t.problems.Add(diag.Problem{Severity: diag.Warning, Code: "chart-too-long", Pos: t.pos(t.path + ".chart"), Path: t.path + ".chart",
			Message: "the table has " + itoa(len(s.Series)) + " rows, too many for a chart; it is left out", Expected: "at most " + itoa(maxBars) + " rows",
			Fix: "chart: none, or put the smallest rows into one"})
		return
	}
	c := t.charted()
	chart := &doc.Chart{Attr: doc.Attr{Pos: t.pos(t.path + ".chart")}, Kind: doc.ChartKind(s.Chart), Caption: t.measured(c)}
	when := periodWords(s.Period)
	if when != nil {
		chart.Caption = inline(message("statistic-caption", arg("Title", t.measured(c)...), arg("Period", when...)))
	}
	now := doc.ChartSeries{Name: periodOr(s.Period, "statistic-this-period")}
	then := doc.ChartSeries{Name: periodOr(s.Previous.Period, "statistic-previous-period")}
	known := false
	for i := range s.Series {
		r := &s.Series[i]
		chart.Categories = append(chart.Categories, t.name(r, at(t.path+".series", i)))
		now.Values = append(now.Values, plainFigure(t.amount(r, c)))
		before := t.amount(t.earlier(r), c)
		known = known || !before.IsZero()
		then.Values = append(then.Values, plainFigure(before))
	}
	chart.Series = []doc.ChartSeries{now}
	if known {
		chart.Series = append(chart.Series, then)
	} else {
		chart.Series[0].Name = nil
	}
	t.add(chart)
}

// charted is the column of a chart: the first in which every row has a figure, else
// the first with any.
func (t *table) charted() column {
	for _, c := range columns {
		if !slices.ContainsFunc(t.s.Series, func(r Row) bool { return t.amount(&r, c).IsZero() }) {
			return c
		}
	}
	return append(t.shown(t.rows()...), columns[0])[0]
}

func plainFigure(a Amount) string {
	if a.IsZero() {
		return ""
	}
	return a.String()
}
