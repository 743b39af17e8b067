package picture

import (
	"encoding/binary"
	"math"
)

// conversion takes pixels from the colour space of an ICC profile to sRGB. It
// knows profiles of three primaries and three curves, or of one curve for grey
// (ICC.1:2010, 8.3): what cameras, screens and telephones write.
type conversion struct {
	linear [3][256]int32 // 16 bits
	matrix [3][3]int32   // in units of unit
	gray   bool
}

// toSRGB goes from the profile connection space (D50) to linear sRGB (IEC 61966-2-1, adapted by Bradford).
var toSRGB = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// encoded is the sRGB value of 4096 linear ones.
var encoded = func() (t [4096]byte) {
	for i := range t {
		v := float64(i) / 4095
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = float64(1.055*math.Pow(v, 1/2.4)) - 0.055
		}
		t[i] = byte(math.Round(float64(v * 255)))
	}
	return t
}()

// readProfile understands a profile for pixels of so many components.
func readProfile(p []byte, components int) (*conversion, bool) {
	if len(p) < 132 || string(p[36:40]) != "acsp" {
		return nil, false
	}
	t := tags{data: p}
	c := &conversion{}
	switch space := string(p[16:20]); {
	case space == "GRAY" && components == 1:
		c.gray = true
		return c, t.curve("kTRC", &c.linear[0])
	case space != "RGB " || components != 3 || string(p[20:24]) != "XYZ ":
		return nil, false
	}
	var m [3][3]float64
	for i, name := range []string{"r", "g", "b"} {
		xyz, ok := t.point(name + "XYZ")
		if !ok || !t.curve(name+"TRC", &c.linear[i]) {
			return nil, false
		}
		for k := range xyz {
			m[k][i] = xyz[k]
		}
	}
	for i := range 3 {
		for j := range 3 {
			sum := 0.0
			for k := range 3 {
				sum += float64(toSRGB[i][k] * m[k][j])
			}
			c.matrix[i][j] = int32(math.Round(float64(sum * unit)))
		}
	}
	return c, true
}

// convert gives the sRGB values of a pixel.
func (c *conversion) convert(r, g, b byte) (out [3]byte) {
	if c.gray {
		v := encoded[c.linear[0][r]>>4]
		return [3]byte{v, v, v}
	}
	in := [3]int64{int64(c.linear[0][r]), int64(c.linear[1][g]), int64(c.linear[2][b])}
	for i := range out {
		v := (int64(c.matrix[i][0])*in[0] + int64(c.matrix[i][1])*in[1] + int64(c.matrix[i][2])*in[2]) / unit
		out[i] = encoded[max(0, min(65535, v))>>4]
	}
	return out
}

// exact reports that nobody would see the conversion: the profile is sRGB.
func (c *conversion) exact() bool {
	const step, near = 51, 3
	differs := func(a, b byte) bool { return int(a)-int(b) > near || int(b)-int(a) > near }
	for r := 0; r < 256; r += step {
		for g := 0; g < 256; g += step {
			for b := 0; b < 256; b += step {
				if c.gray && (g != r || b != r) {
					continue
				}
				if out := c.convert(byte(r), byte(g), byte(b)); differs(out[0], byte(r)) || differs(out[1], byte(g)) || differs(out[2], byte(b)) {
					return false
				}
			}
		}
	}
	return true
}

func (c *conversion) apply(r *raster) {
	if c.gray {
		for i, v := range r.pix {
			r.pix[i] = c.convert(v, v, v)[0]
		}
		return
	}
	for i := 0; i+2 < len(r.pix); i += 3 {
		out := c.convert(r.pix[i], r.pix[i+1], r.pix[i+2])
		copy(r.pix[i:], out[:])
	}
}

// tags is the table of a profile (ICC.1:2010, 7.3).
type tags struct{ data []byte }

// find is the data of a tag, nil if there is none.
func (t tags) find(name string) []byte {
	const most = 100
	n := binary.BigEndian.Uint32(t.data[128:])
	for i := range min(n, most) {
		at := 132 + 12*int(i)
		if at+12 > len(t.data) {
			return nil
		}
		if string(t.data[at:at+4]) != name {
			continue
		}
		from, size := uint64(binary.BigEndian.Uint32(t.data[at+4:])), uint64(binary.BigEndian.Uint32(t.data[at+8:]))
		if from+size > uint64(len(t.data)) || size < 8 {
			return nil
		}
		return t.data[from : from+size]
	}
	return nil
}

// fixed is a number of type s15Fixed16 (4.6).
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

func (t tags) point(name string) (xyz [3]float64, ok bool) {
	d := t.find(name)
	if len(d) < 20 || string(d[:4]) != "XYZ " {
		return xyz, false
	}
	for i := range xyz {
		xyz[i] = fixed(d[8+4*i:])
	}
	return xyz, true
}

// curve fills in the linear values of a tone curve (10.5, 10.15).
func (t tags) curve(name string, out *[256]int32) bool {
	d := t.find(name)
	if len(d) < 12 {
		return false
	}
	var f func(float64) float64
	switch string(d[:4]) {
	case "curv":
		f = sampled(d[8:])
	case "para":
		f = parametric(int(binary.BigEndian.Uint16(d[8:])), d[12:])
	}
	if f == nil {
		return false
	}
	for i := range out {
		v := f(float64(i) / 255)
		if math.IsNaN(v) {
			return false
		}
		out[i] = int32(math.Round(float64(max(0, min(1, v)) * 65535)))
	}
	return true
}

func sampled(d []byte) func(float64) float64 {
	n := int(binary.BigEndian.Uint32(d))
	d = d[4:]
	switch {
	case n == 0:
		return func(x float64) float64 { return x }
	case n < 0 || 2*n > len(d):
		return nil
	case n == 1:
		g := float64(binary.BigEndian.Uint16(d)) / 256
		return func(x float64) float64 { return math.Pow(x, g) }
	}
	at := func(i int) float64 { return float64(binary.BigEndian.Uint16(d[2*i:])) / 65535 }
	return func(x float64) float64 {
		x = float64(x * float64(n-1))
		i := min(int(x), n-2)
		rest := x - float64(i)
		return float64(at(i)*(1-rest)) + float64(at(i+1)*rest)
	}
}

// parametric is one of the five functions of table 65.
func parametric(kind int, d []byte) func(float64) float64 {
	counts := [5]int{1, 3, 4, 5, 7}
	if kind >= len(counts) || len(d) < 4*counts[kind] {
		return nil
	}
	var p [7]float64 // g a b c d e f
	for i := range counts[kind] {
		p[i] = fixed(d[4*i:])
	}
	g, a, b, c, from, e, f := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	switch kind {
	case 0:
		return func(x float64) float64 { return math.Pow(x, g) }
	case 1, 2: // c is 0 for kind 1
		return func(x float64) float64 {
			if float64(a*x)+b >= 0 {
				return math.Pow(float64(a*x)+b, g) + c
			}
			return c
		}
	}
	return func(x float64) float64 { // e and f are 0 for kind 3
		if x >= from {
			return math.Pow(float64(a*x)+b, g) + e
		}
		return float64(c*x) + f
	}
}
