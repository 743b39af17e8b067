package plenary

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"time"

	"communique/render/diag"
)

// DataVersion is the version of the format of Record.JSON; it changes when a
// program that reads the one before could go wrong.
const DataVersion = 1

// NoRecord reports that the data of a record is wanted of a source that is none.
func NoRecord(file, format string, problems *diag.List) {
	problems.Add(diag.Problem{Severity: diag.Error, Code: "no-record", Pos: diag.Pos{File: file, Line: 1, Column: 1},
		Message:  "a statement has no outcomes and no figures to make " + format + " of",
		Expected: "the record of a meeting, a YAML or JSON file", Fix: "leave the format out, or give a record"})
}

// csvTable is comma-separated values (RFC 4180), in UTF-8 with a byte-order mark: the
// programs that these files are opened with take them for another encoding else.
type csvTable struct {
	bytes.Buffer
	w *csv.Writer
}

func newTable(head ...string) *csvTable {
	t := &csvTable{}
	t.WriteString("\ufeff")
	t.w = csv.NewWriter(&t.Buffer)
	t.w.UseCRLF = true
	t.row(head...)
	return t
}

// row writes a line. Writing to memory cannot fail; Error is asked at the end.
func (t *csvTable) row(cells ...string) {
	_ = t.w.Write(cells)
}

func (t *csvTable) bytes() ([]byte, error) {
	t.w.Flush()
	return t.Bytes(), t.w.Error()
}

// words is a text of the record for a cell. One that begins like a formula would be
// run by a spreadsheet, and gets an apostrophe before it.
func (r *Record) words(t Text, e Edition) string {
	v, _ := t.in(e.same, r.Languages.Original)
	return harmless(v.Text)
}

func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// partyCodes are parties as the record has them, parted by spaces.
func partyCodes(ids []PartyID) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(id))
	}
	return b.String()
}

func isoDate(d Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// OutcomesCSV is a table of the outcomes: codes and parties as in the record, texts in
// the language of the edition, or in the original one.
func (r *Record) OutcomesCSV(e Edition) ([]byte, error) {
	t := newTable("id", "symbol", "type", "number", "agenda_item", "title", "verb", "method",
		"for", "against", "abstain", "not_voting", "total", "parties_for", "parties_against", "parties_abstain", "parties_not_voting",
		"threshold", "sponsors", "blocked_by", "concerns", "partners", "owner", "deadline", "period", "effective_date", "effective_condition",
		"supersedes", "amends", "text")
	numbers := r.numbers()
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		row := []string{o.ID, harmless(o.Symbol), o.Type, strconv.Itoa(numbers[o.ID]), harmless(o.Agenda), r.words(o.Title, e), o.Verb, o.Method}
		var named []string
		for _, v := range o.Tally.votes() {
			n := ""
			if v.Given {
				n = strconv.Itoa(v.Count)
			}
			row = append(row, n)
			named = append(named, partyCodes(v.Parties))
		}
		total := ""
		if o.Tally.Total > 0 {
			total = strconv.Itoa(o.Tally.Total)
		}
		row = append(append(row, total), named...)
		t.row(append(row, o.Threshold, partyCodes(o.Sponsors), partyCodes(o.BlockedBy), partyCodes(o.Concerns), partyCodes(o.Partners), string(o.Owner),
			isoDate(o.Deadline), o.Period, isoDate(o.Effective.Date), r.words(o.Effective.Condition, e),
			harmless(strings.Join(o.Supersedes, "; ")), harmless(strings.Join(o.Amends, "; ")), r.words(o.Text, e))...)
	}
	return t.bytes()
}

// StatisticsCSV is a table of all figures, a line for each: those of rows, of
// published totals (party and label are empty), variants, and of the period before.
func (r *Record) StatisticsCSV(e Edition) ([]byte, error) {
	t := newTable("statistic", "title", "period", "party", "label", "measure", "value", "unit", "origin", "provisional", "approximate", "note")
	for i := range r.Statistics {
		s := &r.Statistics[i]
		w := &figures{csvTable: t, r: r, e: e, s: s, per: per(s), provisional: s.Provisional}
		w.rows(s.Period, s.Series, &s.Total)
		for k := range s.Variants {
			v := &s.Variants[k]
			w.figures(s.Period, &Row{Party: v.Party, Volume: v.Volume, Value: v.Value, UnitValue: v.UnitValue, Note: v.Note}, "", v.Kind)
		}
		if len(s.Previous.Series) > 0 || !s.Previous.Total.empty() {
			w.provisional = false
			w.rows(s.Previous.Period, s.Previous.Series, &s.Previous.Total)
		}
	}
	return t.bytes()
}

// figures writes the lines of one statistic.
type figures struct {
	*csvTable
	r   *Record
	e   Edition
	s   *Statistic
	per *big.Rat
	// provisional tells that all figures of the period are.
	provisional bool
}

func (f *figures) rows(period string, series []Row, published *Row) {
	for i := range series {
		f.figures(period, &series[i], f.r.words(series[i].Label, f.e), "row")
	}
	f.figures(period, published, "", "total")
	sums := sumsOf(series)
	f.figures(period, &sums, "", "sum")
}

// figures writes a line for each measure of a row. The origin of a value per unit
// that was not published is "computed".
func (f *figures) figures(period string, r *Row, label, origin string) {
	for _, c := range columns {
		a, from := c.of(r), origin
		if c.key == "unit-value" && a.IsZero() {
			a, from = r.perUnit(f.per), "computed"
		}
		if a.IsZero() || from == "computed" && origin != "row" && origin != "total" {
			continue
		}
		unit := map[string]string{"volume": f.s.Unit, "value": f.s.Currency, "unit-value": perUnitCode(f.s)}[c.key]
		f.row(f.s.ID, f.r.words(f.s.Title, f.e), period, string(r.Party), label, strings.ReplaceAll(c.key, "-", "_"), a.String(), harmless(unit), from,
			strconv.FormatBool(f.provisional || r.Provisional), strconv.FormatBool(r.Approximate), f.r.words(r.Note, f.e))
	}
}

// perUnitCode is the unit of values per unit: "USD/carat".
func perUnitCode(s *Statistic) string {
	money, unit := measureOf(s.Currency), measureOf(s.Unit)
	if unit.unit == "" {
		return money.unit
	}
	return money.unit + "/" + unit.unit
}

// String is the amount as it was written.
func (a Amount) String() string { return a.Rat.FloatString(a.Decimals) }

// data is what Record.JSON writes: the record, which can be read again, and what is
// made of it.
type data struct {
	Format   string         `json:"format"`
	Version  int            `json:"version"`
	Record   *Record        `json:"record"`
	Outcomes []dataOutcome  `json:"outcomes,omitempty"`
	Figures  []dataComputed `json:"statistics,omitempty"`
}

// dataOutcome is the number by which publications call an outcome, and its anchor.
type dataOutcome struct {
	ID     string `json:"id"`
	Anchor string `json:"anchor"`
	Number int    `json:"number"`
}

// dataComputed are the figures of a statistic that are not the record's own.
type dataComputed struct {
	ID         string  `json:"id"`
	Anchor     string  `json:"anchor"`
	Sum        sums    `json:"sum,omitzero"`
	Difference sums    `json:"difference,omitzero"`
	UnitValues []value `json:"unit_values,omitempty"`
}

type sums struct {
	Volume Amount `json:"volume,omitzero"`
	Value  Amount `json:"value,omitzero"`
}

type value struct {
	Row   int    `json:"row"`
	Value Amount `json:"value"`
}

// JSON is the record with all its languages, and what is computed of it: numbers of
// outcomes, sums, differences to published totals, values per unit. Amounts are
// decimal strings, as JSON's numbers are not exact everywhere.
func (r *Record) JSON(Edition) ([]byte, error) {
	d := data{Format: "communique-record", Version: DataVersion, Record: r}
	numbers := r.numbers()
	for i := range r.Outcomes {
		id := r.Outcomes[i].ID
		d.Outcomes = append(d.Outcomes, dataOutcome{id, "outcome-" + id, numbers[id]})
	}
	for i := range r.Statistics {
		s := &r.Statistics[i]
		total, per := sumsOf(s.Series), per(s)
		c := dataComputed{ID: s.ID, Anchor: "statistic-" + s.ID, Sum: sums{total.Volume, total.Value}}
		c.Difference = sums{lacking(s.Total.Volume, total.Volume), lacking(s.Total.Value, total.Value)}
		for k := range s.Series {
			if v := s.Series[k].perUnit(per); s.Series[k].UnitValue.IsZero() && !v.IsZero() {
				c.UnitValues = append(c.UnitValues, value{k, v})
			}
		}
		d.Figures = append(d.Figures, c)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	w.SetIndent("", "  ")
	if err := w.Encode(d); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// MarshalJSON writes a text as its languages, in their order.
func (t Text) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	for i, v := range t.Versions {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := w.Encode(string(v.Lang)); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := w.Encode(v.Text); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// MarshalJSON writes a day.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.Format(time.DateOnly)) }

// MarshalJSON writes an instant with its offset.
func (i Instant) MarshalJSON() ([]byte, error) { return json.Marshal(i.Format(time.RFC3339)) }

// MarshalJSON writes an exact decimal as a string.
func (a Amount) MarshalJSON() ([]byte, error) { return json.Marshal(a.String()) }

// MarshalJSON writes the parties of a roll call, else the number of votes.
func (v Votes) MarshalJSON() ([]byte, error) {
	if v.Parties != nil {
		return json.Marshal(v.Parties)
	}
	return json.Marshal(v.Count)
}
