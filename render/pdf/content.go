package pdf

import (
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"communique/render/page"
	"communique/render/text"
)

// painter turns a document's marks into the content streams of fpdf's pages
// (ISO 32000-1, 7.8.2).
type painter struct {
	doc     *page.Document
	tags    *tags
	library func(page.FontID) *text.Font
	fonts   []*fontUse // in order of first use
	byID    []*fontUse

	images images

	scratch *scratch // nil while there is no right-to-left text

	fpdf   *fpdf.Fpdf
	ops    syntax // operators not yet handed to fpdf
	height float64
	row    []lineRun  // of direct
	queue  []piece    // what is left of the scratch's
	dash   [2]float64 // fpdf's dash pattern (dash, gap), which it keeps from page to page
	state  graphicsState
	err    error
}

// graphicsState is what the page's operators have set so far, but for the style
// of lines, which fpdf keeps.
type graphicsState struct {
	fill, stroke       page.Color
	fillSet, strokeSet bool
	font               *fontUse
	size               float64
	again              bool // font by its second name
	inText             bool
	lineX, lineY       int64 // start of the text line in hundredths of a point, as readers compute it
}

func newPainter(d *page.Document, t *tags, library func(page.FontID) *text.Font) *painter {
	first := d.Pages[0]
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: first.Width, Ht: first.Height}})
	f.SetCompression(false) // the finisher compresses, once
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCreationDate(epoch) // or fpdf asks the clock; the finisher writes its own dates
	f.SetModificationDate(epoch)
	return &painter{doc: d, tags: t, library: library, fpdf: f, ops: syntax((*buffers.get())[:0])}
}

// paint writes all pages and returns their content streams.
func (p *painter) paint() ([][]byte, error) {
	p.collect()
	if p.err != nil {
		return nil, p.err
	}
	for _, pg := range p.doc.Pages {
		p.page(pg)
	}
	if p.scratch != nil {
		p.scratch.drop()
	}
	keepForNext(p.ops)
	if p.err != nil {
		return nil, p.err
	}
	var out fpdfFile
	if err := p.fpdf.Output(&out); err != nil {
		return nil, err
	}
	return out.contents(len(p.doc.Pages))
}

func (p *painter) page(pg *page.Page) {
	p.fpdf.AddPageFormat("P", fpdf.SizeType{Wd: pg.Width, Ht: pg.Height})
	p.height = pg.Height
	p.state = graphicsState{}
	p.direct(pg)
	for _, c := range pg.Contents {
		p.begin(c)
		for _, m := range c.Marks {
			p.mark(m)
		}
		p.endText()
		p.ops.raw("EMC\n")
	}
	p.flush()
}

// begin opens a marked-content sequence (14.6).
func (p *painter) begin(c *page.Content) {
	switch {
	case c.Element != nil:
		p.ops.raw("/").raw(string(c.Element.Type)).raw("<</MCID ").int(p.tags.places[c].mcid).raw(">>BDC\n")
	case c.Artifact == page.Header:
		p.ops.raw("/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n")
	case c.Artifact == page.Footer:
		p.ops.raw("/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n")
	default:
		p.ops.raw("/Artifact<</Type/Layout>>BDC\n")
	}
}

func (p *painter) mark(m page.Mark) {
	switch m := m.(type) {
	case *page.Text:
		p.text(m)
	case *page.Rect:
		p.rect(m)
	case *page.Line:
		p.line(m)
	case *page.Path:
		p.path(m)
	case *page.Image:
		p.image(m)
	default:
		p.fail(fmt.Errorf("a mark of unknown type %T", m))
	}
}

func (p *painter) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// flush hands the operators so far to fpdf.
func (p *painter) flush() {
	if len(p.ops) == 0 {
		return
	}
	// fpdf adds the last end of line itself. It takes a string without growing twice.
	p.fpdf.RawWriteStr(string(p.ops[:len(p.ops)-1]))
	p.ops = p.ops[:0]
}

func (p *painter) setFill(c page.Color) {
	if s := &p.state; !s.fillSet || s.fill != c {
		s.fill, s.fillSet = c, true
		p.color(c).raw(" rg\n")
	}
}

func (p *painter) setStroke(c page.Color) {
	if s := &p.state; !s.strokeSet || s.stroke != c {
		s.stroke, s.strokeSet = c, true
		p.color(c).raw(" RG\n")
	}
}

// color appends the components in thousandths, which tell all 256 levels apart.
func (p *painter) color(c page.Color) *syntax {
	for i, v := range [3]uint8{c.R, c.G, c.B} {
		if i > 0 {
			p.ops.raw(" ")
		}
		p.ops.decimal((int64(v)*1000+127)/255, 3)
	}
	return &p.ops
}
