package picture

import "math"

// unit is 1 in the fixed-point weights of a reduction.
const unit = 1 << 14

// tap is one output pixel's share in the inputs from first on.
type tap struct {
	first   int
	weights []int32
}

// taps works out the Catmull-Rom weights for a change from n to m pixels. The
// arithmetic is rounded step by step, so that every machine gets the same ones.
func taps(n, m int) []tap {
	ratio := float64(n) / float64(m)
	reach := max(1, ratio)
	list := make([]tap, m)
	for i := range list {
		center := float64(float64(float64(i)+0.5)*ratio) - 0.5
		from := max(0, int(math.Ceil(center-float64(2*reach))))
		to := min(n-1, int(math.Floor(center+float64(2*reach))))
		raw := make([]float64, to-from+1)
		sum := 0.0
		for k := range raw {
			raw[k] = catmullRom(math.Abs(float64(float64(from+k)-center) / reach))
			sum += raw[k]
		}
		t := tap{first: from, weights: make([]int32, len(raw))}
		rest, widest := int32(unit), 0
		for k, v := range raw {
			t.weights[k] = int32(math.Round(float64(v / sum * unit)))
			rest -= t.weights[k]
			if t.weights[k] > t.weights[widest] {
				widest = k
			}
		}
		t.weights[widest] += rest
		list[i] = t
	}
	return list
}

func catmullRom(t float64) float64 {
	switch {
	case t < 1:
		return float64(float64(float64(float64(1.5*t)-2.5)*t)*t) + 1
	case t < 2:
		return float64(float64(float64(float64(float64(-0.5*t)+2.5)*t)-4)*t) + 2
	}
	return 0
}

// scale changes the size of a raster. Colours are weighted by their opacity, or what is
// hidden under transparent pixels would shine through at edges.
func (r *raster) scale(w, h int) *raster {
	out := &raster{width: w, height: h, components: r.components}
	pix := r.pix
	if r.alpha != nil {
		pix = make([]byte, len(r.pix))
		for i, v := range r.pix {
			pix[i] = byte((int(v)*int(r.alpha[i/r.components]) + 127) / 255)
		}
		out.alpha = reduce(r.alpha, r.width, r.height, 1, w, h)
	}
	out.pix = reduce(pix, r.width, r.height, r.components, w, h)
	if out.alpha != nil {
		for i, v := range out.pix {
			if a := int(out.alpha[i/r.components]); a > 0 {
				out.pix[i] = byte(min(255, (int(v)*255+a/2)/a))
			}
		}
	}
	return out
}

// reduce resamples rows, then columns.
func reduce(pix []byte, w, h, n, toW, toH int) []byte {
	across := make([]byte, toW*h*n)
	columns := taps(w, toW)
	for y := range h {
		row := pix[y*w*n : (y+1)*w*n]
		for x := range columns {
			t := &columns[x]
			if n == 3 {
				to := across[(y*toW+x)*3:]
				to[0], to[1], to[2] = triple(row[t.first*3:], t.weights)
				continue
			}
			for c := range n {
				sum := int32(unit / 2)
				i := t.first*n + c
				for _, v := range t.weights {
					sum += v * int32(row[i])
					i += n
				}
				across[(y*toW+x)*n+c] = clamp(sum / unit)
			}
		}
	}
	out := make([]byte, toW*toH*n)
	stride := toW * n
	sums := make([]int32, stride)
	for y, t := range taps(h, toH) {
		for i := range sums {
			sums[i] = unit / 2
		}
		for k, v := range t.weights {
			row := across[(t.first+k)*stride : (t.first+k+1)*stride]
			for i, p := range row {
				sums[i] += v * int32(p)
			}
		}
		for i, s := range sums {
			out[y*stride+i] = clamp(s / unit)
		}
	}
	return out
}

// triple weighs three components at once.
func triple(row []byte, weights []int32) (byte, byte, byte) {
	r, g, b := int32(unit/2), int32(unit/2), int32(unit/2)
	row = row[:3*len(weights)]
	for k, v := range weights {
		p := row[3*k : 3*k+3 : 3*k+3]
		r += v * int32(p[0])
		g += v * int32(p[1])
		b += v * int32(p[2])
	}
	return clamp(r / unit), clamp(g / unit), clamp(b / unit)
}

func clamp(v int32) byte { return byte(max(0, min(255, v))) }
