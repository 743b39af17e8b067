package pdf

import (
	"strings"
	"sync"
	"testing"
	"time"

	"communique/fonts"
	"communique/render/page"
	"communique/render/text"
)

// library is the project's own fonts; opening them once is enough.
var library = sync.OnceValues(func() (*text.Library, error) { return text.Load(fonts.FS) })

// fontWriter is a writer that has seen nothing yet.
func fontWriter(t testing.TB) *Writer { return NewWriter(fontLibrary(t)) }

func fontLibrary(t testing.TB) *text.Library {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sheet sets a document by hand, without a layout: one text under the other.
type sheet struct {
	*page.Document
	shaper *text.Shaper
	style  text.Style
	rtl    bool
	page   int
	y      float64
}

const (
	sheetWidth, sheetHeight = 420.0, 300.0
	sheetMargin             = 30.0
)

func newSheet(t testing.TB, lang string) *sheet {
	s := &sheet{
		Document: &page.Document{
			Info:    page.Info{Title: "A sample", Lang: lang, Producer: "communique test"},
			Root:    &page.Element{Type: page.TypeDocument},
			Anchors: map[string]page.Place{},
		},
		shaper: fontLibrary(t).NewShaper(),
		style:  text.Style{Family: "noto-sans", Size: 10, Lang: lang},
		page:   -1,
	}
	s.shaper.Begin()
	s.newPage()
	return s
}

func (s *sheet) newPage() {
	s.Pages = append(s.Pages, &page.Page{Width: sheetWidth, Height: sheetHeight})
	s.page++
	s.y = sheetMargin
}

// content opens a marked-content sequence of e, or an artifact if e is nil.
func (s *sheet) content(e *page.Element, a page.Artifact) *page.Content {
	c := &page.Content{Element: e, Artifact: a, Page: s.page}
	if e != nil {
		e.Kids = append(e.Kids, page.Kid{Content: c})
	}
	s.Pages[s.page].Contents = append(s.Pages[s.page].Contents, c)
	return c
}

// write sets text in lines from x on, and returns their boxes.
func (s *sheet) write(c *page.Content, x float64, words string) (boxes []page.Box) {
	style := s.style
	width := sheetWidth - sheetMargin - x
	for _, l := range s.shaper.Lines(text.Paragraph{Spans: []text.Span{{Text: words, Style: &style}}, RTL: s.rtl, Width: width}) {
		left := x
		if s.rtl {
			left = sheetWidth - sheetMargin - l.Width
		}
		s.y += 1.5 * style.Size
		for _, r := range l.Runs {
			c.Marks = append(c.Marks, &page.Text{X: left + r.X, Y: s.y - r.Rise, Run: r.Run})
		}
		boxes = append(boxes, page.Box{X0: left, Y0: s.y - style.Size, X1: left + l.Width, Y1: s.y + 3})
	}
	return boxes
}

// block is a text in an element of its own.
func (s *sheet) block(parent *page.Element, kind page.Type, words string) *page.Element {
	e := parent.New(kind)
	s.write(s.content(e, 0), sheetMargin, words)
	return e
}

// link is a paragraph that is a link.
func (s *sheet) link(words, uri, anchor string) *page.Link {
	e := s.Root.New(page.TypeP).New(page.TypeLink)
	l := &page.Link{Element: e, Page: s.page, URI: uri, Anchor: anchor, Contents: words}
	l.Boxes = s.write(s.content(e, 0), sheetMargin, words)
	e.Kids = append(e.Kids, page.Kid{Link: l})
	return l
}

// furniture is a running head and foot with a rule.
func (s *sheet) furniture(head, foot string) {
	y := s.y
	s.y = 0
	s.write(s.content(nil, page.Header), sheetMargin, head)
	rules := s.content(nil, page.Decoration)
	rules.Marks = append(rules.Marks,
		&page.Rect{X: sheetMargin, Y: s.y + 4, Width: 100, Height: 0.75, Color: page.Color{R: 0, G: 60, B: 120}},
		&page.Line{X1: sheetMargin, Y1: 280, X2: 200, Y2: 280, Width: 0.5, Color: page.Color{R: 128, G: 128, B: 128}},
		&page.Line{X1: sheetMargin, Y1: 282, X2: 200, Y2: 282, Width: 0.5, Dash: 2, Color: page.Color{R: 128, G: 128, B: 128}})
	s.y = sheetHeight - 20
	s.write(s.content(nil, page.Footer), sheetMargin, foot)
	s.y = y
}

func (s *sheet) list(numbering page.ListNumbering, label string, items ...string) {
	l := s.Root.New(page.TypeL)
	l.Attributes.List = numbering
	for _, it := range items {
		li := l.New(page.TypeLI)
		y := s.y
		s.write(s.content(li.New(page.TypeLbl), 0), sheetMargin, label)
		s.y = y
		s.write(s.content(li.New(page.TypeLBody).New(page.TypeP), 0), sheetMargin+15, it)
	}
}

// table sets cells one under the other, which is enough for a writer.
func (s *sheet) table(head []string, rows ...[]string) {
	table := s.Root.New(page.TypeTable)
	row := table.New(page.TypeTHead).New(page.TypeTR)
	for _, h := range head {
		s.block(row, page.TypeTH, h).Attributes.Scope = page.ScopeColumn
	}
	body := table.New(page.TypeTBody)
	for _, cells := range rows {
		row := body.New(page.TypeTR)
		for i, c := range cells {
			if i == 0 {
				s.block(row, page.TypeTH, c).Attributes.Scope = page.ScopeRow
			} else {
				s.block(row, page.TypeTD, c)
			}
		}
	}
}

// whole is a document with every construct that the vocabulary has.
func whole(t testing.TB) *page.Document {
	s := newSheet(t, "en-GB")
	s.Info = page.Info{
		Title: "Statement on “trade” (draft)", Author: "Office & Sons", Subject: "All <constructs>", Keywords: []string{"diamonds", "trade"},
		Lang: "en-GB", Date: time.Date(2023, 11, 14, 10, 0, 0, 0, time.FixedZone("", 3600)), Producer: "communique test",
	}
	s.style.Bold = true
	h := s.block(s.Root, page.TypeH1, "AVATAR Trade")
	s.style.Bold = false
	h.ID = "title"
	s.Anchors["title"] = page.Place{Page: 0, Y: 30}
	s.Outline = append(s.Outline, page.Bookmark{Title: "AVATAR Trade", Place: page.Place{Page: 0, Y: 30}})
	s.Outline = append(s.Outline, page.Bookmark{Title: "Deep", Level: 3, Place: page.Place{Page: 0, Y: 60}})

	p := s.block(s.Root, page.TypeP, "Two officials met, and the ")
	french := p.New(page.TypeSpan)
	french.Lang = "fr"
	s.write(s.content(french, 0), sheetMargin, "communiqué final")
	short := p.New(page.TypeSpan)
	short.Expansion = "Kimberley Process"
	s.write(s.content(short, 0), sheetMargin, "KP")
	s.write(s.content(p, 0), sheetMargin, "was agreed.")
	s.list(page.ListDisc, "•", "first", "second")
	s.list(page.ListDecimal, "1.", "numbered")
	s.furniture("Running head", "page 1 of 2")

	s.newPage()
	s.Anchors["two"] = page.Place{Page: 1, Y: 40}
	s.Outline = append(s.Outline, page.Bookmark{Title: "Часть вторая", Level: 1, Place: s.Anchors["two"]})
	s.write(s.content(p, 0), sheetMargin, "The paragraph goes on.")
	s.style.Family = "noto-sans-mono"
	s.block(s.Root.New(page.TypeQuote), page.TypeCode, "x := 1")
	s.style.Family = "noto-sans"
	s.link("a link whose text is so long that it takes more than one line of the page, which gives two boxes", "https://example.org/a_(b)?q=ü&r=1", "")
	s.link("back to the title", "", "title").Element.Alt = "to the title"
	s.table([]string{"Country", "Carats"}, []string{"Canada", "15"})
	wide := s.block(s.Root.Kids[len(s.Root.Kids)-1].Element.Kids[1].Element.New(page.TypeTR), page.TypeTD, "both columns")
	wide.Attributes.ColSpan, wide.Attributes.RowSpan = 2, 1
	s.furniture("Running head", "page 2 of 2")
	return s.Document
}

func arabic(t testing.TB) *page.Document {
	s := newSheet(t, "ar")
	s.Info.Title, s.Info.RightToLeft, s.rtl = "بيان", true, true
	s.block(s.Root, page.TypeH1, "بيان مشترك")
	s.block(s.Root, page.TypeP, strings.Repeat("عقدت عملية كيمبرلي اجتماعها في 14 نوفمبر 2023 (KP) بشأن الماس. ", 3))
	return s.Document
}

func chinese(t testing.TB) *page.Document {
	s := newSheet(t, "zh-Hans")
	s.Info.Title = "声明"
	s.style.Family = "noto-sans"
	s.block(s.Root, page.TypeH1, "联合声明")
	s.block(s.Root, page.TypeP, "金伯利进程成员国于2023年11月14日举行全体会议，讨论毛坯钻石国际证书制度的执行情况。")
	return s.Document
}

// hostile has strings that break careless writers.
func hostile(t testing.TB) *page.Document {
	s := newSheet(t, "en")
	bad := "((\\ \r\n\x00\x7f\x9b )<>&]]> \U0001F48E \xed\xa0\x80 \xff \uffff \ufeff"
	s.Info.Title, s.Info.Author, s.Info.Subject, s.Info.Keywords, s.Info.Producer = bad, bad, bad, []string{bad, "("}, bad
	h := s.block(s.Root, page.TypeH1, "Hostile")
	h.ID, h.Alt, h.Expansion = "a)(\\\r\n\x00é", bad, bad
	s.block(s.Root, page.TypeP, "private \ue000\U000f0000 use, \ufeff and \ufffe")
	s.Outline = append(s.Outline, page.Bookmark{Title: bad, Level: 5}, page.Bookmark{Title: ")", Level: -1})
	for _, uri := range []string{
		"mailto:press@example.org?subject=A%20(b)", "https://пример.example/путь?q=a b#\x00\r\n", "javascript:alert(')')", "https://x/\\<>\"{}|^`\xff",
	} {
		s.link(bad+"x", uri, "")
	}
	return s.Document
}

var samples = []struct {
	name string
	make func(testing.TB) *page.Document
}{{"whole", whole}, {"arabic", arabic}, {"chinese", chinese}, {"hostile", hostile}}
