package chart

import "communique/render/doc"

// head draws what stands above the data: what is counted, and the names of the
// series beside samples of them.
func (p *pen) head() {
	if unit := wrapped(doc.PlainText(p.chart.Unit), p.size, p.Width); unit != nil {
		p.words(unit, 0, p.y+p.ascent(), p.size, Left, Muted)
		p.y += float64(len(unit)) * p.leading()
	}
	if len(p.series) > 1 {
		p.legend()
	}
	if p.y > 0 {
		p.y += p.size * 0.5
	}
}

// legend draws the samples, as many side by side as there is room for.
func (p *pen) legend() {
	sample, gap, between := p.sampleWidth(), p.size*0.5, p.size*1.6
	x, below := 0.0, 1 // lines that the names in the row take
	end := func() {
		p.y += float64(below) * p.leading()
		x, below = 0, 1
	}
	p.y += p.size * 0.15
	for i := range p.series {
		name := wrapped(p.series[i].name, p.size, p.Width-sample-gap)
		long := longest(name, p.size)
		if x > 0 && x+sample+gap+long > p.Width {
			end()
		}
		if x == 0 {
			p.start(x, p.y+p.ascent())
		}
		p.sample(i, x, p.y+p.ascent()-p.size*0.36, sample)
		p.words(name, x+sample+gap, p.y+p.ascent(), p.size, Left, Ink)
		x += sample + gap + long + between
		below = max(below, len(name))
	}
	end()
}

func (p *pen) sampleWidth() float64 {
	if p.chart.Kind == doc.ChartLine {
		return p.size * 3.2
	}
	return p.size * 1.8
}

// sample draws a piece of a series around the height y.
func (p *pen) sample(i int, x, y, long float64) {
	if p.chart.Kind == doc.ChartLine {
		p.stroke(i, []Point{{x, y}, {x + long, y}})
		p.mark(i, x+long/2, y)
		return
	}
	high := p.size * 0.78
	p.bar(i, x, y-high/2, long, high)
}
