package judge_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/html"
	"communique/render/layout"
	"communique/render/page"
	"communique/render/pdf"
	"communique/render/resolve"
	"communique/render/text"
	"communique/render/theme"
	"communique/templates"
)

// charted are documents with charts and badges, which no Markdown is made into. They
// are built here and judged as all others are.
func charted(testing.TB) []render.Source {
	return []render.Source{{Name: "charts.ar"}, {Name: "charts.en"}, {Name: "charts.ru"}, {Name: "charts.zh-Hans"}}
}

// built is a document of the group "charts" or "plenary", resolved; nil for any
// other name.
func built(t testing.TB, name string) *doc.Document {
	t.Helper()
	if product, lang, ok := plenaryEdition(name); ok {
		return minuted(t, name, product, lang)
	}
	words, ok := chartWords[strings.TrimPrefix(name, "charts.")]
	if !ok {
		return nil
	}
	res, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	d := chartDocument(strings.TrimPrefix(name, "charts."), strings.Split(strings.TrimSpace(words), "\n"))
	var problems diag.List
	resolve.Resolve(d, res, &problems)
	for _, p := range problems.Sorted() {
		t.Error(p)
	}
	return d
}

// chartWords are, line by line: title, the names of thirteen countries, a unit,
// captions, "item", an opening of it, three states, "net" and a long word.
var chartWords = map[string]string{
	"en": `
Rough diamonds: production and outcomes
Angola|Botswana|Canada|Central African Republic|Democratic Republic of the Congo|Lesotho|Namibia|Russian Federation|Sierra Leone|South Africa|United Republic of Tanzania|Venezuela (Bolivarian Republic of)|Zimbabwe
million carats
Production of rough diamonds by participant|Production of rough diamonds since 2012|Change against the year before, in percent|Four years beside each other
Review of the certification scheme
The Plenary considered the proposal. It was|by consensus; the second one was|and the third was
Adopted|Not adopted|Deferred to the next session
Item|Outcome|Carats
World|Africa`,
	"ar": `
الماس الخام: الإنتاج والنتائج
أنغولا|بوتسوانا|كندا|جمهورية أفريقيا الوسطى|جمهورية الكونغو الديمقراطية|ليسوتو|ناميبيا|الاتحاد الروسي|سيراليون|جنوب أفريقيا|جمهورية تنزانيا المتحدة|فنزويلا (جمهورية - البوليفارية)|زمبابوي
مليون قيراط
إنتاج الماس الخام حسب المشاركين|إنتاج الماس الخام منذ عام 2012|التغير عن السنة السابقة، بالنسبة المئوية|أربع سنوات جنبا إلى جنب
استعراض نظام إصدار الشهادات
نظر الاجتماع العام في المقترح. وقد|بتوافق الآراء؛ أما الثاني فقد|وأما الثالث فقد
اعتُمد|لم يُعتمد|أُرجئ إلى الدورة المقبلة
البند|النتيجة|القيراطات
العالم|أفريقيا`,
	"ru": `
Необработанные алмазы: добыча и решения
Ангола|Ботсвана|Канада|Центральноафриканская Республика|Демократическая Республика Конго|Лесото|Намибия|Российская Федерация|Сьерра-Леоне|Южно-Африканская Республика|Объединенная Республика Танзания|Венесуэла (Боливарианская Республика)|Зимбабве
млн каратов
Добыча необработанных алмазов по участникам|Добыча необработанных алмазов с 2012 года|Изменение к предыдущему году, в процентах|Четыре года рядом
Обзор системы сертификации
Пленарная сессия рассмотрела предложение. Итог:|консенсусом; по второму вопросу:|и по третьему:
Принято|Не принято|Перенесено на следующую сессию
Пункт|Итог|Караты
Мир|Африка`,
	"zh-Hans": `
毛坯钻石：产量与会议成果
安哥拉|博茨瓦纳|加拿大|中非共和国|刚果民主共和国|莱索托|纳米比亚|俄罗斯联邦|塞拉利昂|南非|坦桑尼亚联合共和国|委内瑞拉玻利瓦尔共和国|津巴布韦
百万克拉
各参与方的毛坯钻石产量|2012年以来的毛坯钻石产量|与上一年相比的变化（百分比）|四个年度的比较
审查证书制度
全体会议审议了该提案，结果为|，经协商一致；第二项为|，第三项为
通过|未获通过|推迟至下届会议
项目|结果|克拉
世界|非洲`,
}

// chartDocument builds a document in a language from its words.
func chartDocument(lang string, w []string) *doc.Document {
	in := func(s string) []doc.Inline { return []doc.Inline{&doc.Text{Value: s}} }
	each := func(list ...string) (out [][]doc.Inline) {
		for _, s := range list {
			out = append(out, in(s))
		}
		return out
	}
	countries, captions, states := strings.Split(w[1], "|"), strings.Split(w[3], "|"), strings.Split(w[6], "|")
	space := " "
	if lang == "zh-Hans" {
		space = ""
	}
	badge := func(k int) *doc.Badge { return &doc.Badge{Tone: doc.BadgeTones()[k], Content: in(states[k])} }
	var years [][]doc.Inline
	for y := 2012; y < 2024; y++ {
		years = append(years, in(fmt.Sprint(y)))
	}
	d := &doc.Document{File: "charts." + lang + ".yaml", Title: in(w[0])}
	d.Meta.Lang, d.Meta.Kind = lang, "statement"
	if d.Meta.Dir = doc.LeftToRight; lang == "ar" {
		d.Meta.Dir = doc.RightToLeft
	}
	sentence := strings.Split(w[5], "|")
	table := &doc.Table{Columns: []doc.Column{{}, {}, {Align: doc.AlignEnd}}, Head: []*doc.Row{{}}}
	for _, s := range strings.Split(w[7], "|") {
		table.Head[0].Cells = append(table.Head[0].Cells, &doc.Cell{Header: true, Content: in(s)})
	}
	for k := range states {
		table.Body = append(table.Body, &doc.Row{Cells: []*doc.Cell{{Content: in(w[4])}, {Content: []doc.Inline{badge(k)}}, {Content: in(fmt.Sprint(12*k + 3))}}})
	}
	figures := &doc.Table{Columns: []doc.Column{{}, {Align: doc.AlignEnd}}}
	bars := []string{"8.76", "24.51", "16.2", "0.11", "9.91", "0.72", "2.05", "41.92", "0.69", "9.66", "0.04", "", "4.46"}
	before := []string{"8.72", "22.88", "17.62", "0.1", "14.12", "0.68", "1.47", "39.12", "0.77", "9.72", "0.03", "0", "4.2"}
	for i, c := range countries {
		figures.Body = append(figures.Body, &doc.Row{Cells: []*doc.Cell{{Header: true, Content: in(c)}, {Content: in(bars[i])}}})
	}
	series := func(name string, values ...string) doc.ChartSeries {
		s := doc.ChartSeries{Values: values}
		if name != "" {
			s.Name = in(name)
		}
		return s
	}
	world := strings.Split(w[8], "|")
	d.Blocks = []doc.Block{
		&doc.Heading{Level: 2, Content: append(in(w[4]+space), badge(0))},
		&doc.Paragraph{Content: append(append(append(append(append(in(sentence[0]+space), badge(0)), in(space+sentence[1]+space)...), badge(1)),
			in(space+sentence[2]+space)...), badge(2), &doc.Text{Value: "."})},
		&doc.Heading{Level: 3, Content: append(in(w[4]+space), badge(1))},
		&doc.Heading{Level: 3, Content: append(in(w[4]+space), badge(2))},
		table,
		&doc.Heading{Level: 2, Content: in(w[2])},
		&doc.Chart{Kind: doc.ChartBar, Caption: in(captions[0]), Unit: in(w[2]), Categories: each(countries...),
			Series: []doc.ChartSeries{series("2022", bars...), series("2021", before...)}},
		figures,
		&doc.Chart{Kind: doc.ChartLine, Caption: in(captions[1]), Unit: in(w[2]), Categories: years, Series: []doc.ChartSeries{
			series(world[0], "127.96", "130.48", "124.77", "127.4", "126.38", "150.91", "148.41", "138.23", "107.12", "116.51", "119.96", "111.53"),
			series(world[1], "71.3", "72.9", "70.1", "", "68.05", "78.83", "72.4", "65.1", "50.2", "55.94", "59.1", "57.6")}},
		&doc.Chart{Kind: doc.ChartBar, Caption: in(captions[2]), Unit: in("%"), Categories: each(countries[:8]...),
			Series: []doc.ChartSeries{series("", "-12.5", "7.1", "-0.04", "31", "-29.8", "0", "", "1234.5")}},
		&doc.Chart{Kind: doc.ChartBar, Caption: in(captions[3]), Categories: each(countries[3:6]...), Series: []doc.ChartSeries{
			series("2020", "12.5", "7.1", "3"), series("2021", "9", "5.5", "0"), series("2022", "11", "-2", "4.25"), series("2023", "13", "6", "")}},
		&doc.Chart{Kind: doc.ChartLine, Caption: in(captions[3]), Categories: each(countries[2:7]...), Series: []doc.ChartSeries{
			series("2020", "12.5", "7.1", "3", "-1", "2"), series("2021", "9", "5.5", "0", "1", "4"), series("2022", "11", "-2", "4.25", "6", "5.5"), series("2023", "13", "6", "", "", "8")}},
	}
	return d
}

// drawnUp writes a document of the group "charts" in both formats.
func drawnUp(t testing.TB, name string) (file, page []byte) {
	t.Helper()
	d, laid, library, themes := laidOut(t, name)
	file, err := pdf.NewWriter(library).Write(laid)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := html.New(themes)
	if err != nil {
		t.Fatal(err)
	}
	res, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	th, _ := themes.Get("")
	loc, _ := res.Locales.Match(d.Meta.Lang)
	if page, err = pages.Write(d, html.Options{Theme: th, Locale: loc, Locales: res.Locales, Producer: "communique test"}); err != nil {
		t.Fatal(err)
	}
	return file, page
}

// laidOut is a document that is built in code, on its pages.
func laidOut(t testing.TB, name string) (*doc.Document, *page.Document, *text.Library, *theme.Set) {
	t.Helper()
	library, err := text.Load(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	if err := library.Languages(locales.FS); err != nil {
		t.Fatal(err)
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	th, _ := themes.Get("")
	paper, _ := theme.Size(th.Paper.Default)
	d := built(t, name)
	var problems diag.List
	laid, err := layout.Layout(context.Background(), d, layout.Options{Theme: th, Paper: paper, Fonts: library, Shaper: library.NewShaper(), Producer: "communique test"}, &problems)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems.Sorted() {
		if p.Code != "running-head-cut" { // the words are whole on the first page
			t.Error(p)
		}
	}
	return d, laid, library, themes
}

// placed tells the numbers of the pages on which what has an anchor stands.
func placed(t testing.TB, name string) map[string]int {
	_, laid, _, _ := laidOut(t, name)
	first := 0 // the page that is number 1
	for _, l := range laid.Labels {
		if l.Start == 1 {
			first = l.Page
		}
	}
	out := map[string]int{}
	for id, at := range laid.Anchors {
		out[id] = at.Page - first + 1
	}
	return out
}

// drawnEdition puts such a document on disk.
func drawnEdition(t testing.TB, dir, name string) edition {
	t.Helper()
	file, page := drawnUp(t, name)
	e := edition{name: name, pdf: filepath.Join(dir, name+".pdf"), html: filepath.Join(dir, name+".html")}
	for path, data := range map[string][]byte{e.pdf: file, e.html: page} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return e
}
