package plenary

import (
	"cmp"
	"math/big"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"communique/render/diag"
	"communique/render/locale"
	"communique/render/source"
)

const records = "../testdata/plenary"

func TestEveryRecordIsSound(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(records, "*.yaml"))
	if err != nil || len(files) < 12 {
		t.Fatalf("%d records: %v", len(files), err)
	}
	valid := compiled(t)
	locales := catalog(t)
	for _, file := range files {
		root, _ := readRecord(t, file, locales)
		if err := valid.Validate(root.Plain()); err != nil {
			t.Errorf("%s: %#v", file, err)
		}
	}
}

// readRecord reads a record that must have no problem.
func readRecord(t *testing.T, file string, locales *locale.Catalog) (*source.Node, *Record) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	root := source.YAML(file, data, 0, source.Record, &problems)
	r := Read(Source{file, data}, Options{Locales: locales}, &problems)
	for _, p := range problems.Sorted() {
		t.Errorf("%v (%s; %s)", p, p.Expected, p.Fix)
	}
	return root, r
}

// notRecorded are the values of the shared facts that no record has, by their place.
var notRecorded = map[string]string{
	"year":                "the days have it; compared with them",
	"units.usd_per_carat": "“only where a source gives it” tells how the file was made; the model computes the others",
}

// TestEveryFactOfTheCorpusIsRecorded compares each value of the shared facts with
// the field of the record where it belongs. Numbers, days and names must be the
// same; the words of a sentence must all stand in one entry of the list.
func TestEveryFactOfTheCorpusIsRecorded(t *testing.T) {
	folder := sharedFacts(t)
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no facts in %s: %v", folder, err)
	}
	locales := catalog(t)
	count := 0
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var problems diag.List
			facts := source.YAML(file, data, 0, source.Record, &problems)
			if problems.HasErrors() {
				t.Fatal(problems.Sorted())
			}
			_, r := readRecord(t, filepath.Join(records, filepath.Base(file)), locales)
			b := &believer{t: t, r: r, names: locales.Get("en")}
			b.node("", facts)
			count += b.count
		})
	}
	if count < 800 {
		t.Errorf("only %d facts were compared", count)
	}
}

// sharedFacts finds the folder of the facts; the test is skipped without it.
func sharedFacts(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		p := filepath.Join(dir, "shared", "corpus", "plenary")
		if _, err := os.Stat(p); err == nil {
			return p
		}
	}
	t.Skip("the shared facts are not here: no folder shared/corpus/plenary beside the checkout")
	return ""
}

// believer compares facts with a record.
type believer struct {
	t     *testing.T
	r     *Record
	names *locale.Locale
	count int
	// around are the maps around the present value, the innermost last.
	around []*source.Node
}

func (b *believer) node(path string, n *source.Node) {
	switch n.Kind {
	case source.Map:
		b.around = append(b.around, n)
		for _, e := range n.Entries {
			b.node(join(path, e.Key), e.Value)
		}
		b.around = b.around[:len(b.around)-1]
	case source.List:
		for _, item := range n.Items {
			b.node(path+"[]", item)
		}
	default:
		b.count++
		if !b.told(path, n.Text) && notRecorded[path] == "" {
			b.t.Errorf("%s: %s %q is not in the record", n.Pos, path, n.Text)
		}
	}
}

// sibling is the text of a key beside the present value.
func (b *believer) sibling(key string) string {
	if n := b.around[len(b.around)-1].Get(key); n != nil {
		return n.Text
	}
	return ""
}

// told tells whether the record has a fact in the field where it belongs. A fact of
// an unknown kind is not told.
func (b *believer) told(path, fact string) bool {
	r, m, count := b.r, &b.r.Meeting, &b.r.Participation.Count
	switch path {
	case "body":
		return english(r.Body.Name) == fact
	case "title":
		return english(r.Title) == fact
	case "meeting":
		return english(m.Name) == fact || strings.HasPrefix(english(r.Title), fact)
	case "year":
		return fact == m.From.Format("2006")
	case "ordinal":
		return number(fact, m.Ordinal)
	case "place.city":
		return english(m.Place.City) == fact
	case "place.region":
		return english(m.Place.Region) == fact
	case "place.country":
		return b.is(m.Place.Country, fact)
	case "format":
		return m.Mode == fact
	case "dates.start":
		return m.From.Format("2006-01-02") == fact
	case "dates.end":
		return m.To.Format("2006-01-02") == fact
	case "chair.country":
		return b.is(m.Chair.Party, fact)
	case "chair.name":
		return english(m.Chair.Name) == fact
	case "vice_chair.country":
		return b.is(m.ViceChair.Party, fact)
	case "vice_chair.name":
		return english(m.ViceChair.Name) == fact
	case "participants.participating_states":
		return number(fact, count.ParticipatingStates)
	case "participants.participants", "participants.participants_attending":
		return number(fact, count.Participants)
	case "participants.participants_total":
		return number(fact, count.ParticipantsTotal)
	case "participants.countries_represented":
		return number(fact, count.Countries)
	case "participants.regional_organisations":
		return number(fact, count.RegionalOrganisations)
	case "participants.applicant_states":
		return number(fact, count.Applicants)
	case "participants.observers_attending":
		return number(fact, count.Observers)
	case "participants.delegates_more_than":
		return number(fact, count.Delegates) && count.AtLeast
	case "participants.delegates_in_person":
		return number(fact, count.DelegatesInPerson)
	case "participants.delegates_online":
		return number(fact, count.DelegatesOnline)
	case "participants.observers[]":
		return slices.ContainsFunc(r.Participation.Observers, func(p PartyID) bool { return b.is(p, fact) })
	case "participants.guests_of_the_chair[]":
		return slices.ContainsFunc(r.Participation.Guests, func(p PartyID) bool { return b.is(p, fact) })
	case "working_bodies[]":
		return slices.ContainsFunc(r.WorkingBodies, func(w WorkingBody) bool { return english(w.Name) == fact })
	case "decisions[]":
		return b.outcomeOf(fact, false)
	case "not_agreed[]":
		return b.outcomeOf(fact, true)
	case "facts[]":
		return b.anywhere(fact)
	case "communique.issued":
		return fact == "true" && r.Communique.Status == "issued" || fact == "false" && r.Communique.Status == "not_issued"
	case "communique.date":
		return r.Communique.Date.Format("2006-01-02") == fact
	case "communique.reason":
		return b.says(fact, r.Communique)
	case "units.carats_million":
		return fact == "million carats" && each(r.Statistics, func(s *Statistic) bool { return s.Unit == "million carat" })
	case "units.value_usd_million":
		return fact == "million United States dollars" && each(r.Statistics, func(s *Statistic) bool { return s.Currency == "million USD" })
	}
	switch {
	case strings.HasPrefix(path, "elections[]."):
		return b.election(lastKey(path), fact)
	case strings.HasPrefix(path, "source[]."):
		return b.source(r.Sources, lastKey(path), fact)
	case strings.HasPrefix(path, "years[]."):
		return b.year(path, fact)
	}
	return false
}

func english(t Text) string {
	v, _ := t.In("en", "en")
	return v.Text
}

func number(fact string, n int) bool {
	x, ok := parseAmount(fact)
	return ok && x.Rat.Cmp(big.NewRat(int64(n), 1)) == 0
}

func each[T any](list []T, is func(*T) bool) bool {
	for i := range list {
		if !is(&list[i]) {
			return false
		}
	}
	return len(list) > 0
}

// officialNames are the names of countries that CLDR has otherwise.
var officialNames = map[string]PartyID{
	"Russian Federation": "RU", "Democratic Republic of the Congo": "CD", "Republic of Congo": "CG",
	"United States of America": "US", "Kyrgyz Republic": "KG", "Côte d’Ivoire": "CI", "Turkey": "TR",
}

// is tells whether a party has the name, in the record or in CLDR.
func (b *believer) is(p PartyID, name string) bool {
	return p != "" && (officialNames[name] == p || slices.ContainsFunc(b.namesOf(p), func(n string) bool { return strings.EqualFold(n, name) }))
}

func (b *believer) namesOf(p PartyID) (names []string) {
	for _, own := range b.r.Parties {
		if PartyID(own.ID) == p {
			names = append(names, english(own.Name))
		}
	}
	for _, w := range b.r.WorkingBodies {
		if PartyID(w.ID) == p {
			names = append(names, english(w.Name))
		}
	}
	for name, code := range officialNames {
		if code == p {
			names = append(names, name)
		}
	}
	if name, ok := b.names.Territory(string(p)); ok {
		names = append(names, name)
	}
	return names
}

func (b *believer) election(key, fact string) bool {
	office := b.sibling("office")
	i := slices.IndexFunc(b.r.Elections, func(e Election) bool { return english(e.Office) == office })
	if i < 0 {
		return false
	}
	e := &b.r.Elections[i]
	switch key {
	case "office":
		return true
	case "country":
		return b.is(e.Party, fact)
	case "name":
		return english(e.Name) == fact
	}
	return false
}

func (b *believer) source(list []SourceRef, key, fact string) bool {
	url := b.sibling("url")
	i := slices.IndexFunc(list, func(s SourceRef) bool { return s.URL == url })
	if i < 0 {
		return false
	}
	switch key {
	case "url":
		return true
	case "publisher":
		return english(list[i].Publisher) == fact
	case "note":
		return english(list[i].Note) == fact
	}
	return false
}

// outcomeOf finds the outcome that says a sentence, together with what refers to it.
func (b *believer) outcomeOf(fact string, failed bool) bool {
	for i := range b.r.Outcomes {
		o := &b.r.Outcomes[i]
		if o.failed() != failed {
			continue
		}
		said := []any{*o}
		for _, m := range b.r.Membership {
			if m.Outcome == o.ID {
				said = append(said, m)
			}
		}
		for _, w := range b.r.WorkingBodies {
			if w.EstablishedBy == o.ID {
				said = append(said, w)
			}
		}
		for _, a := range b.r.Agenda {
			if a.No == o.Agenda {
				said = append(said, a, "agenda")
			}
		}
		if b.says(fact, said...) {
			return true
		}
	}
	return false
}

// anywhere finds a sentence in one entry of a list that holds no decisions; changes
// in membership of one sentence are several entries.
func (b *believer) anywhere(fact string) bool {
	for _, i := range b.r.Information {
		if b.says(fact, i) {
			return true
		}
	}
	for _, c := range b.r.Claims {
		if b.says(fact, c) {
			return true
		}
	}
	for _, s := range b.r.Statistics {
		if b.says(fact, s) {
			return true
		}
	}
	return b.says(fact, b.r.Membership)
}

var (
	word = regexp.MustCompile(`[\p{L}\p{N}][\p{L}\p{N}.,’']*`)
	// plain are words that only join others, or that a field stands for: not_agreed.
	plain = strings.Fields("a an and any as at be but by for from had has have how in is it its no of on or put that the their to under was were which with according given gave gives prints")
)

// references are the keys whose values are names within the record, which tell no fact.
var references = []string{"id", "on", "agenda", "outcome", "established_by"}

// says tells whether all words of a sentence stand in parts of the record: texts in
// English, words of the model, names of parties, days, amounts.
func (b *believer) says(sentence string, parts ...any) bool {
	var said []string
	for _, p := range parts {
		b.words(reflect.ValueOf(p), &said)
	}
	for _, w := range word.FindAllString(sentence, -1) {
		w = plainWord(w)
		if !slices.Contains(plain, w) && !slices.ContainsFunc(said, func(s string) bool { return alike(w, s) }) {
			return false
		}
	}
	return true
}

func plainWord(w string) string {
	w = strings.TrimRight(strings.ToLower(w), ".,’'")
	return strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")
}

// alike compares words but for their endings, and numbers but for their scale.
func alike(a, b string) bool {
	if x, ok := parseAmount(strings.ReplaceAll(a, ",", "")); ok {
		y, ok := parseAmount(strings.ReplaceAll(b, ",", ""))
		million := big.NewRat(1_000_000, 1)
		return ok && (x.Rat.Cmp(y.Rat) == 0 || x.Rat.Cmp(million.Mul(million, y.Rat)) == 0)
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	return a == b || len(short) >= 4 && len(long)-len(short) <= 2 && strings.HasPrefix(long, short)
}

// words collects what a part of the record says.
func (b *believer) words(v reflect.Value, out *[]string) {
	add := func(s string) {
		for _, w := range word.FindAllString(s, -1) {
			*out = append(*out, plainWord(w))
		}
	}
	switch x := v.Interface().(type) {
	case Text:
		add(english(x))
		return
	case PartyID:
		for _, name := range b.namesOf(x) {
			add(name)
		}
		return
	case Date:
		if !x.IsZero() {
			add(x.Format("2 January 2006"))
		}
		return
	case Amount:
		if !x.IsZero() {
			add(x.Rat.FloatString(x.Decimals))
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		add(strings.ReplaceAll(v.String(), "_", " "))
	case reflect.Slice:
		for i := range v.Len() {
			b.words(v.Index(i), out)
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if !slices.Contains(references, f.key) {
				b.words(v.Field(f.index), out)
			}
		}
	}
}

// year compares a fact of one year's statistics.
func (b *believer) year(path, fact string) bool {
	at := slices.IndexFunc(b.around, func(n *source.Node) bool { return n.Get("year") != nil })
	year := b.around[at].Get("year").Text
	i := slices.IndexFunc(b.r.Statistics, func(s Statistic) bool { return s.Period == year })
	if i < 0 {
		return false
	}
	s := &b.r.Statistics[i]
	row := &s.Total
	if country := b.sibling("country"); country != "" {
		i := slices.IndexFunc(s.Series, func(r Row) bool { return cmp.Or(english(r.Label), "-") == country || b.is(r.Party, country) })
		if i < 0 {
			return false
		}
		row = &s.Series[i]
	}
	figure := func(a Amount) bool { return !a.IsZero() && a.Rat.FloatString(a.Decimals) == fact }
	switch strings.TrimPrefix(path, "years[].") {
	case "year", "countries[].country":
		return true
	case "world.carats_million", "countries[].carats_million":
		return figure(row.Volume)
	case "world.value_usd_million", "countries[].value_usd_million":
		return figure(row.Value)
	case "world.usd_per_carat", "countries[].usd_per_carat":
		return figure(row.UnitValue)
	case "note":
		return b.says(fact, *s)
	case "source[].url", "source[].publisher", "source[].note":
		return b.source(s.Sources, lastKey(path), fact)
	}
	return false
}

// TestRecordsTellTheSameFigures keeps the table of the acceptance record that of the statistics.
func TestRecordsTellTheSameFigures(t *testing.T) {
	locales := catalog(t)
	_, plenary := readRecord(t, filepath.Join(records, "kimberley-2023.yaml"), locales)
	_, all := readRecord(t, filepath.Join(records, "production-statistics.yaml"), locales)
	of := func(period string) *Statistic {
		return &all.Statistics[slices.IndexFunc(all.Statistics, func(s Statistic) bool { return s.Period == period })]
	}
	here := &plenary.Statistics[0]
	compare := func(what string, a, b Row) {
		for i, x := range []Amount{a.Volume, a.Value, a.UnitValue} {
			if y := []Amount{b.Volume, b.Value, b.UnitValue}[i]; x.IsZero() != y.IsZero() || !x.IsZero() && x.Rat.Cmp(y.Rat) != 0 {
				t.Errorf("%s: the plenary's record has %v, the statistics %v", what, x.Rat, y.Rat)
			}
		}
	}
	there := of(here.Period)
	if len(here.Series) != len(there.Series) {
		t.Fatalf("%d rows and %d", len(here.Series), len(there.Series))
	}
	for i, row := range here.Series {
		if row.Party != there.Series[i].Party {
			t.Errorf("row %d: %s and %s", i, row.Party, there.Series[i].Party)
		}
		compare(string(row.Party), row, there.Series[i])
	}
	compare("total", here.Total, there.Total)
	compare("previous total", here.Previous.Total, of(here.Previous.Period).Total)
}
