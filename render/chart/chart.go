// Package chart owns the drawing of charts: it turns a resolved chart and a width
// into lines, areas and words, so that page and web page show the same. It has no
// fonts and estimates how long words are, on the safe side; it must never make up
// words, nor know a page or a tag.
//
// Lengths are points (1/72 inch) from the top left corner, y down. Series differ
// in form, not in colour alone: a chart must be legible in black and white.
package chart

import (
	"strconv"
	"strings"

	"communique/render/doc"
)

// Drawing is a chart ready to be painted.
type Drawing struct {
	Width, Height float64
	// Shapes are painted in order; their texts come in reading order.
	Shapes []Shape
}

// Shape is something to be painted: *Rect, *Line, *Path, *Circle or *Text.
type Shape interface{ shape() }

// Color is what a shape is for; the theme says how that looks.
type Color uint8

const (
	// Ink is words, and the line on which bars stand.
	Ink Color = iota
	// Muted is words that matter less.
	Muted
	// Data is bars, lines and their marks.
	Data
	// Grid is the lines of a scale.
	Grid
	// Ground is the colour of the paper.
	Ground
)

// Rect is a filled rectangle.
type Rect struct {
	X, Y, Width, Height float64
	Color               Color
}

// Line is a straight line with butt ends. Dash is the length of dashes, 0 for a
// solid line; Gap that of the gaps between them.
type Line struct {
	X1, Y1, X2, Y2   float64
	Width, Dash, Gap float64
	Color            Color
}

// Path is the area that points enclose, or a line through them if it has a width.
type Path struct {
	Points           []Point
	Width, Dash, Gap float64
	Color            Color
}

// Point is a place of a path.
type Point struct{ X, Y float64 }

// Circle is a filled circle around a place.
type Circle struct {
	X, Y, Radius float64
	Color        Color
}

// Text is words in one line on the baseline Y.
type Text struct {
	X, Y, Size float64
	// Anchor says what of the words stands at X.
	Anchor Anchor
	Color  Color
	// RightToLeft is the base direction of the words.
	RightToLeft bool
	// Joined tells that the next text goes on without a space between them.
	Joined bool
	// Text is empty where a row begins whose first words stand farther in: programs that
	// read a page by its places may take them for a column.
	Text string
}

func (*Rect) shape()   {}
func (*Line) shape()   {}
func (*Path) shape()   {}
func (*Circle) shape() {}
func (*Text) shape()   {}

// Anchor is a point of a line of words.
type Anchor uint8

const (
	Left Anchor = iota
	Middle
	Right
)

// Options are the room for a chart.
type Options struct {
	Width float64
	// Height is the most that there is; 0 for as much as it takes. A chart with too
	// many bars has them in columns, then smaller.
	Height float64
	// Size is that of words.
	Size float64
	// RightToLeft mirrors the drawing.
	RightToLeft bool
}

// Draw draws a resolved chart.
func Draw(c *doc.Chart, o Options) *Drawing {
	p := &pen{chart: c, Options: o, room: o.Width}
	p.read()
	if c.Kind == doc.ChartLine {
		p.lines()
	} else {
		p.bars()
	}
	if o.RightToLeft {
		p.mirror()
	}
	return &Drawing{Width: o.Width, Height: p.y, Shapes: p.shapes}
}

// pen is the state of one drawing. It draws from left to right.
type pen struct {
	chart *doc.Chart
	Options
	// size is that of words in this drawing, room the width of the columns of bars.
	size, room float64
	names      []string
	series     []series
	// least and most are the lowest and the highest value, 0 among them.
	least, most float64
	shapes      []Shape
	// y is how far down the drawing has come.
	y float64
}

// series is a row of values as they are drawn.
type series struct {
	name   string
	values []value
}

// value is a number and its words; a number that is not known is none.
type value struct {
	number float64
	known  bool
	text   string
}

// Unknown stands where a value is not known, as United Nations tables have it.
const Unknown = "…"

// read takes in names and numbers.
func (p *pen) read() {
	p.names = make([]string, len(p.chart.Categories))
	for i, in := range p.chart.Categories {
		p.names[i] = doc.PlainText(in)
	}
	p.series = make([]series, len(p.chart.Series))
	for i := range p.chart.Series {
		from := &p.chart.Series[i]
		s := &p.series[i]
		s.name, s.values = doc.PlainText(from.Name), make([]value, len(p.names))
		for k := range s.values {
			v := &s.values[k]
			v.text = Unknown
			if k < len(from.Values) && from.Values[k] != "" {
				v.text = from.Values[k]
				v.number, v.known = Number(v.text)
			}
			if k < len(from.Texts) && from.Texts[k] != "" {
				v.text = from.Texts[k]
			}
			p.least, p.most = min(p.least, v.number), max(p.most, v.number)
		}
	}
}

// Number is the value of a decimal with a point, "-24.51"; false for anything else.
func Number(decimal string) (float64, bool) {
	s := strings.Replace(decimal, "−", "-", 1)
	if strings.Trim(s, "+-.0123456789") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func (p *pen) add(s Shape) { p.shapes = append(p.shapes, s) }

// words draws names from a place down, one line below the other.
func (p *pen) words(lines []piece, x, y, size float64, anchor Anchor, color Color) {
	for i, l := range lines {
		p.add(&Text{X: x, Y: y + float64(i)*p.leading(), Size: size, Anchor: anchor, Color: color,
			RightToLeft: p.RightToLeft, Joined: l.joined, Text: l.text})
	}
}

// number draws the words of a value, which run from left to right in every language.
func (p *pen) number(s string, x, y, size float64, anchor Anchor, color Color) {
	p.add(&Text{X: x, Y: y, Size: size, Anchor: anchor, Color: color, Text: s})
}

// start begins a row of words that are all farther in.
func (p *pen) start(x, y float64) {
	p.add(&Text{X: x, Y: y, Size: p.size, RightToLeft: p.RightToLeft})
}

// leading is the distance of lines of words, ascent how far below the top of its
// line words stand.
func (p *pen) leading() float64 { return p.size * 1.3 }
func (p *pen) ascent() float64  { return p.size * 1.02 }

// mirror turns the drawing round for a text that runs from right to left.
func (p *pen) mirror() {
	for _, s := range p.shapes {
		switch s := s.(type) {
		case *Rect:
			s.X = p.Width - s.X - s.Width
		case *Line:
			s.X1, s.X2 = p.Width-s.X1, p.Width-s.X2
		case *Path:
			for i := range s.Points {
				s.Points[i].X = p.Width - s.Points[i].X
			}
		case *Circle:
			s.X = p.Width - s.X
		case *Text:
			s.X = p.Width - s.X
			s.Anchor = Right - s.Anchor
		}
	}
}
