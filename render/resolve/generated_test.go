package resolve

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/render/diag"
	"communique/render/doc"
)

// said is what one generated inline becomes in a language, with the problems.
func said(t testing.TB, res Resources, lang string, n doc.Inline) ([]doc.Inline, []diag.Problem) {
	t.Helper()
	p := &doc.Paragraph{Content: []doc.Inline{n}}
	d := document(lang, p)
	d.Generated = true
	var l diag.List
	Resolve(d, res, &l)
	return p.Content, l.Sorted()
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func message(key string, args ...doc.Argument) *doc.Message {
	return &doc.Message{Key: key, Args: args}
}

func arg(name string, in ...doc.Inline) doc.Argument { return doc.Argument{Name: name, Content: in} }

func list(sorted bool, items ...string) *doc.Enumeration {
	e := &doc.Enumeration{Sorted: sorted}
	for _, s := range items {
		e.Items = append(e.Items, words(s))
	}
	return e
}

func TestGeneratedInlinesAreWordsOfTheLanguage(t *testing.T) {
	n := func(i int) *int { return &i }
	text := func(s string) doc.Inline { return &doc.Text{Value: s} }
	capital := message("reference-decision", arg("Number", &doc.Number{Decimal: "4"}))
	capital.Capital = true
	res := resources(t)
	for _, c := range []struct {
		name           string
		make           func() doc.Inline
		en, fr, ar, zh string
	}{
		{"a message", func() doc.Inline { return message("part-outcomes") }, "Outcomes", "Résultats des travaux", "نتائج الاجتماع", "会议成果"},
		{"one thing", func() doc.Inline { return &doc.Message{Key: "items-agreed", Count: n(1)} }, "1 item had been agreed.", "Un accord avait été trouvé sur 1 point.", "كان قد اتُّفق على بند واحد.", "此前已就1项达成一致。"},
		{"many things", func() doc.Inline { return &doc.Message{Key: "items-agreed", Count: n(1234)} }, "1,234 items had been agreed.", "Un accord avait été trouvé sur 1\u202f234 points.", "كان قد اتُّفق على 1,234 بنداً.", "此前已就1,234项达成一致。"},
		{"a number in words", func() doc.Inline { return message("reference-decision", arg("Number", &doc.Number{Decimal: "4"})) }, "decision 4", "décision\u00a04", "المقرر 4", "第4号决定"},
		{"a capital", func() doc.Inline { return capital }, "Decision 4", "Décision\u00a04", "المقرر 4", "第4号决定"},
		{"a message in a message", func() doc.Inline {
			return message("labelled", arg("Label", message("part-next")), arg("Value", &doc.Territory{Code: "CI"}))
		}, "Next meeting: Côte d’Ivoire", "Prochaine réunion\u00a0: Côte d’Ivoire", "الاجتماع المقبل: ساحل العاج", "下次会议：科特迪瓦"},
		{"foreign words", func() doc.Inline {
			return &doc.Message{Key: "reference-decision", Lang: "ru", Args: []doc.Argument{arg("Number", &doc.Number{Decimal: "4"})}}
		}, "решение\u00a04", "решение\u00a04", "решение\u00a04", "решение\u00a04"},
		{"Latin text in words", func() doc.Inline {
			return message("labelled", arg("Label", text("Kimberley")), arg("Value", text("7")))
		}, "Kimberley: 7", "Kimberley\u00a0: 7", "\u2068Kimberley\u2069: 7", "Kimberley：7"},
		{"Arabic text in words", func() doc.Inline {
			return message("labelled", arg("Label", text("كيمبرلي")), arg("Value", text("7")))
		}, "\u2068كيمبرلي\u2069: 7", "\u2068كيمبرلي\u2069\u00a0: 7", "كيمبرلي: 7", "\u2068كيمبرلي\u2069：7"},
		{"a number", func() doc.Inline { return &doc.Number{Decimal: "-1234567.50"} }, "-1,234,567.50", "-1\u202f234\u202f567,50", "\u200e-1,234,567.50", "-1,234,567.50"},
		{"per cent", func() doc.Inline { return &doc.Number{Decimal: "12.5", Percent: true} }, "12.5%", "12,5\u00a0%", "12.5\u200e%\u200e", "12.5%"},
		{"more", func() doc.Inline { return &doc.Number{Decimal: "12.50", Signed: true} }, "+12.50", "+12,50", "\u200e+12.50", "+12.50"},
		{"less", func() doc.Inline { return &doc.Number{Decimal: "-12.50", Signed: true} }, "-12.50", "-12,50", "\u200e-12.50", "-12.50"},
		{"the same", func() doc.Inline { return &doc.Number{Decimal: "0.00", Signed: true} }, "0.00", "0,00", "0.00", "0.00"},
		{"more per cent", func() doc.Inline { return &doc.Number{Decimal: "3", Signed: true, Percent: true} }, "+3%", "+3\u00a0%", "\u200e+3\u200e%\u200e", "+3%"},
		{"a year", func() doc.Inline { return &doc.Number{Decimal: "2023", Plain: true} }, "2023", "2023", "2023", "2023"},
		{"a day", func() doc.Inline { return &doc.Days{From: day(2023, 11, 6)} }, "6 November 2023", "6 novembre 2023", "6 نوفمبر 2023", "2023年11月6日"},
		{"days", func() doc.Inline { return &doc.Days{From: day(2023, 11, 6), To: day(2023, 11, 10)} }, "6–10 November 2023", "6–10 novembre 2023", "6–10 نوفمبر 2023", "2023年11月6日至10日"},
		{"days of two months", func() doc.Inline { return &doc.Days{From: day(2023, 10, 30), To: day(2023, 11, 3)} }, "30 October\u2009–\u20093 November 2023", "30 octobre\u2009–\u20093 novembre 2023", "30 أكتوبر – 3 نوفمبر 2023", "2023年10月30日至11月3日"},
		{"days of two years", func() doc.Inline { return &doc.Days{From: day(2023, 12, 30), To: day(2024, 1, 2)} }, "30 December 2023\u2009–\u20092 January 2024", "30 décembre 2023\u2009–\u20092 janvier 2024", "30 ديسمبر 2023 – 2 يناير 2024", "2023年12月30日至2024年1月2日"},
		{"one day twice", func() doc.Inline { return &doc.Days{From: day(2023, 11, 6), To: day(2023, 11, 6)} }, "6 November 2023", "6 novembre 2023", "6 نوفمبر 2023", "2023年11月6日"},
		{"a moment", func() doc.Inline {
			return &doc.Moment{At: time.Date(2023, 11, 6, 9, 5, 0, 0, time.FixedZone("", 2*3600))}
		}, "6 November 2023 at 09:05 (UTC+02:00)", "6 novembre 2023 à 9\u00a0h\u00a005 (UTC+02:00)", "6 نوفمبر 2023 في الساعة 9:05 ص (\u2066UTC+02:00\u2069)", "2023年11月6日 09:05 (UTC+02:00)"},
		{"a country", func() doc.Inline { return &doc.Territory{Code: "ZW"} }, "Zimbabwe", "Zimbabwe", "زيمبابوي", "津巴布韦"},
		{"the Union", func() doc.Inline { return &doc.Territory{Code: "EU"} }, "European Union", "Union européenne", "الاتحاد الأوروبي", "欧盟"},
		{"a language", func() doc.Inline { return &doc.LanguageName{Tag: "fr"} }, "French", "français", "الفرنسية", "法语"},
		{"a script", func() doc.Inline { return &doc.LanguageName{Tag: "zh-Hans"} }, "Simplified Chinese", "chinois simplifié", "الصينية المبسطة", "简体中文"},
		{"nobody", func() doc.Inline { return list(true) }, "", "", "", ""},
		{"one", func() doc.Inline { return list(true, "Éa") }, "Éa", "Éa", "\u2068Éa\u2069", "Éa"},
		{"two", func() doc.Inline { return list(false, "z", "e") }, "z and e", "z et e", "\u2068z\u2069 و\u2068e\u2069", "z和e"},
		{"three", func() doc.Inline { return list(false, "z", "é", "f") }, "z, é and f", "z, é et f", "\u2068z\u2069 و\u2068é\u2069 و\u2068f\u2069", "z、é和f"},
		{"three, sorted", func() doc.Inline { return list(true, "z", "é", "f") }, "é, f and z", "é, f et z", "\u2068é\u2069 و\u2068f\u2069 و\u2068z\u2069", "é、f和z"},
		{"countries, sorted", func() doc.Inline {
			e := &doc.Enumeration{Sorted: true}
			for _, code := range []string{"ZA", "EG", "DE"} {
				e.Items = append(e.Items, []doc.Inline{&doc.Territory{Code: code}})
			}
			return e
		}, "Egypt, Germany and South Africa", "Afrique du Sud, Allemagne et Égypte", "ألمانيا وجنوب أفريقيا ومصر", "埃及、德国和南非"},
	} {
		for _, l := range []struct{ lang, want string }{{"en", c.en}, {"fr", c.fr}, {"ar", c.ar}, {"zh-Hans", c.zh}} {
			in, problems := said(t, res, l.lang, c.make())
			got := doc.PlainText(in)
			if len(problems) > 0 {
				t.Errorf("%s in %s: %v", c.name, l.lang, problems)
			}
			if got != l.want {
				t.Errorf("%s in %s: got %+q, want %+q", c.name, l.lang, got, l.want)
			}
		}
	}
}

func TestSpanishJoinsBeforeTheSoundOfI(t *testing.T) {
	res := resources(t)
	for _, c := range []struct {
		items []string
		want  string
	}{
		{[]string{"Chile", "Italia"}, "Chile e Italia"},
		{[]string{"Italia", "Chile"}, "Italia y Chile"},
		{[]string{"Chile", "Perú", "India"}, "Chile, Perú e India"},
		{[]string{"Chile", "Hielo"}, "Chile y Hielo"}, // hie- is a consonant
	} {
		if in, _ := said(t, res, "es", list(false, c.items...)); doc.PlainText(in) != c.want {
			t.Errorf("got %q, want %q", doc.PlainText(in), c.want)
		}
	}
	// it is the name in the language that counts, and the last one when sorted
	e := &doc.Enumeration{Sorted: true, Items: [][]doc.Inline{{&doc.Territory{Code: "IT"}}, {&doc.Strong{Content: []doc.Inline{&doc.Territory{Code: "DE"}}}}}}
	if in, _ := said(t, res, "es", e); doc.PlainText(in) != "Alemania e Italia" {
		t.Errorf("got %q", doc.PlainText(in))
	}
}

// What stands in the place of a variable keeps what it is: only words are joined.
func TestWhatFillsWordsStaysWhole(t *testing.T) {
	link := &doc.Link{URL: "https://example.org/", Content: []doc.Inline{message("part-next")}}
	m := message("labelled", arg("Label", link), arg("Value", &doc.Strong{Content: []doc.Inline{&doc.Number{Decimal: "1000"}}}, &doc.Break{}, &doc.Text{Value: "{0} \x00 {{.Label}}"}))
	got, problems := said(t, resources(t), "en", m)
	want := []doc.Inline{
		&doc.Link{URL: "https://example.org/", Content: words("Next meeting")},
		&doc.Text{Value: ": "},
		&doc.Strong{Content: words("1,000")},
		&doc.Break{},
		&doc.Text{Value: "{0} \x00 {{.Label}}"},
	}
	if !reflect.DeepEqual(got, want) || len(problems) > 0 {
		t.Errorf("got %v, %v", got, problems)
	}
}

func TestNeighbouringWordsAreOneText(t *testing.T) {
	p := &doc.Paragraph{Content: []doc.Inline{&doc.Text{Value: "In "}, &doc.Number{Decimal: "2023", Plain: true}, list(false), &doc.Text{Value: ", "}, message("labelled", arg("Label", &doc.Text{Value: "a"}), arg("Value"))}}
	before := slices.Clone(p.Content)
	d := document("en", p)
	d.Generated = true
	codes(t, d)
	if got := doc.PlainText(p.Content); got != "In 2023, a: " {
		t.Errorf("got %q", got)
	}
	if before[0].(*doc.Text).Value != "In " {
		t.Error("a text of the front end was changed, which may stand in other places too")
	}
	if d.Generated {
		t.Error("the document still says that it has generated inlines")
	}
}

func TestWordsThatAreNotThereAreToldOnce(t *testing.T) {
	d := document("fr", &doc.Paragraph{Content: []doc.Inline{message("no-such-word"), &doc.Text{Value: " "}, message("no-such-word")}},
		&doc.Paragraph{Content: []doc.Inline{message("labelled", arg("Label", &doc.Text{Value: "a"}))}},
		&doc.Paragraph{Content: []doc.Inline{&doc.Message{Key: "no-count", Count: new(int)}}})
	d.Generated = true
	if got := codes(t, d); !slices.Equal(got, []string{"missing-word", "missing-word", "missing-word"}) {
		t.Errorf("problems %v", got)
	}
	for i, want := range []string{"no-such-word no-such-word", "a\u00a0: {Value}", "no-count"} {
		if got := doc.PlainText(d.Blocks[i].(*doc.Paragraph).Content); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestADocumentThatSaysItHasNoneIsLeftAlone(t *testing.T) {
	m := message("part-next")
	p := &doc.Paragraph{Content: []doc.Inline{m}}
	r := &resolver{d: document("en", p)}
	r.generate()
	if p.Content[0] != m {
		t.Error("it was looked at")
	}
}

// filler puts a message into every place of a document that can have one: every run
// of inlines of every block, and every inline that has others inside.
type filler struct {
	blocks, inlines []reflect.Type
	count           int
}

var (
	inlineType = reflect.TypeFor[doc.Inline]()
	blockType  = reflect.TypeFor[doc.Block]()
)

// everyConstruct lists the blocks, and the inlines with others inside.
func everyConstruct(t *testing.T) *filler {
	t.Helper()
	f := &filler{}
	for _, b := range []doc.Block{&doc.Heading{}, &doc.Paragraph{}, &doc.List{}, &doc.Quote{}, &doc.CodeBlock{}, &doc.Rule{}, &doc.PageBreak{}, &doc.Table{},
		&doc.Figure{}, &doc.Chart{}, &doc.Callout{}, &doc.DefinitionList{}, &doc.Division{}, &doc.EndMark{}} {
		f.blocks = append(f.blocks, reflect.TypeOf(b))
	}
	for _, n := range []doc.Inline{&doc.Emphasis{}, &doc.Strong{}, &doc.Strikethrough{}, &doc.Span{}, &doc.BidiOverride{}, &doc.Subscript{}, &doc.Superscript{},
		&doc.Abbreviation{}, &doc.Link{}, &doc.Badge{}} {
		f.inlines = append(f.inlines, reflect.TypeOf(n))
	}
	var listed []string
	for _, typ := range slices.Concat(f.blocks, f.inlines) {
		listed = append(listed, typ.Elem().Name())
	}
	for _, name := range declared(t) {
		if !slices.Contains(listed, name) {
			t.Errorf("doc.%s can bear words, and is not tested", name)
		}
	}
	return f
}

// declared lists the types of package doc that are blocks, by their method or by
// the attributes in them, or inlines with content.
func declared(t *testing.T) (names []string) {
	t.Helper()
	sources, err := filepath.Glob("../doc/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal("no sources", err)
	}
	parts := []string{"Footnote", "Item", "Row", "Cell", "Definition"}
	for _, file := range sources {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			typ, ok := n.(*ast.TypeSpec)
			if !ok || slices.Contains(parts, typ.Name.Name) {
				return true
			}
			if s, ok := typ.Type.(*ast.StructType); ok && slices.ContainsFunc(s.Fields.List, bears) && !slices.Contains([]string{"Argument", "Entry", "Band"}, typ.Name.Name) {
				names = append(names, typ.Name.Name)
			}
			return true
		})
	}
	if len(names) < 20 {
		t.Fatalf("found only %q", names)
	}
	return names
}

// bears tells the attributes of a block, and the content of an inline.
func bears(f *ast.Field) bool {
	if len(f.Names) == 0 {
		id, ok := f.Type.(*ast.Ident)
		return ok && id.Name == "Attr"
	}
	return f.Names[0].Name == "Content"
}

// run is a message, and one within each inline that has others inside.
func (f *filler) run(deep bool) []doc.Inline {
	f.count++
	out := []doc.Inline{message("meeting-numbered", arg("Meeting", &doc.Text{Value: "Place"}), arg("Number", &doc.Number{Decimal: fmt.Sprint(f.count), Plain: true})), &doc.Text{Value: ";"}}
	if deep {
		for _, typ := range f.inlines {
			n := reflect.New(typ.Elem())
			n.Elem().FieldByName("Content").Set(reflect.ValueOf(f.run(false)))
			out = append(out, n.Interface().(doc.Inline))
		}
	}
	return out
}

// fill fills v, and blocks inside blocks to a depth.
func (f *filler) fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() && v.Type() != reflect.TypeFor[*doc.Front]() {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth)
		}
	case reflect.Slice:
		switch elem := v.Type().Elem(); {
		case elem == inlineType:
			v.Set(reflect.ValueOf(f.run(depth > 0)))
		case elem == blockType:
			for _, typ := range f.blocks {
				if b := reflect.New(typ.Elem()); depth > 0 || typ == reflect.TypeFor[*doc.Paragraph]() {
					f.fill(b.Elem(), depth-1)
					v.Set(reflect.Append(v, b))
				}
			}
		case elem.Kind() == reflect.Pointer || elem.Kind() == reflect.Slice || elem.Kind() == reflect.Struct:
			one := reflect.New(elem).Elem()
			f.fill(one, depth)
			v.Set(reflect.Append(v, one))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			switch v.Type().Field(i).Name {
			case "Attr", "Meta", "Release", "Image", "Headers", "Front", "Ticks": // of no inlines, or made by resolve
			default:
				f.fill(v.Field(i), depth)
			}
		}
		switch n := v.Addr().Interface().(type) {
		case *doc.ChartSeries:
			n.Values = []string{"1"}
		case *doc.Callout:
			n.Kind = doc.CalloutNote
		}
	}
}

// leftOver looks for generated inlines wherever they may hide, and collects all text.
func leftOver(v reflect.Value, seen map[any]bool, texts *strings.Builder) (left []string) {
	switch v.Kind() {
	case reflect.Interface:
		return leftOver(v.Elem(), seen, texts)
	case reflect.Pointer:
		if v.IsNil() || seen[v.Interface()] {
			return nil
		}
		seen[v.Interface()] = true
		if n, ok := v.Interface().(doc.Inline); ok && doc.IsGenerated(n) {
			left = append(left, fmt.Sprintf("%T", n))
		}
		return append(left, leftOver(v.Elem(), seen, texts)...)
	case reflect.Slice:
		for i := range v.Len() {
			left = append(left, leftOver(v.Index(i), seen, texts)...)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return nil
		}
		if s, ok := v.Interface().(doc.Text); ok {
			texts.WriteString(s.Value)
		}
		for i := range v.NumField() {
			for _, s := range leftOver(v.Field(i), seen, texts) {
				left = append(left, v.Type().Name()+"."+v.Type().Field(i).Name+" "+s)
			}
		}
	}
	return left
}

func TestNothingGeneratedIsLeftAnywhere(t *testing.T) {
	f := everyConstruct(t)
	d := &doc.Document{}
	f.fill(reflect.ValueOf(d).Elem(), 2)
	if f.count < 300 {
		t.Fatalf("only %d places were found", f.count)
	}
	d.File, d.Generated, d.Meta = "f.yaml", true, document("en").Meta
	if found := leftOver(reflect.ValueOf(d), map[any]bool{}, &strings.Builder{}); len(found) < f.count {
		t.Fatalf("%d messages are seen, want %d", len(found), f.count)
	}
	d.Blocks = append(d.Blocks, &doc.Paragraph{Content: []doc.Inline{&doc.FootnoteCall{Note: d.Footnotes[0]}}})
	var problems diag.List
	Resolve(d, resources(t), &problems)
	for _, p := range problems.Sorted() {
		if p.Code == "missing-word" {
			t.Error(p)
		}
	}
	var texts strings.Builder
	if left := leftOver(reflect.ValueOf(d), map[any]bool{}, &texts); len(left) > 0 {
		t.Errorf("%d are left: %s", len(left), strings.Join(left, "\n"))
	}
	for i := range f.count {
		if words := fmt.Sprintf("Place No. %d;", i+1); !strings.Contains(texts.String(), words) {
			t.Errorf("%q is lost", words)
		}
	}
}
