package picture

import (
	"bytes"
	"encoding/binary"
	"math"
	"testing"

	"communique/render/picture/testcard"
)

// profile makes a colour profile, such as telephones put into photographs: with p3, the primaries
// of SMPTE EG 432-1 adapted to D50, the curve of sRGB or a plain power.
func profile(space string, columns [3][3]float64, curve []byte) []byte {
	head := make([]byte, 128)
	copy(head[16:], space+"XYZ ")
	copy(head[36:], "acsp")
	var names []string
	var bodies [][]byte
	add := func(name string, body []byte) { names, bodies = append(names, name), append(bodies, body) }
	if space == "GRAY" {
		add("kTRC", curve)
	} else {
		for i, n := range []string{"r", "g", "b"} {
			xyz := append([]byte("XYZ "), 0, 0, 0, 0)
			for _, v := range columns[i] {
				xyz = binary.BigEndian.AppendUint32(xyz, uint32(int32(math.Round(v*65536))))
			}
			add(n+"XYZ", xyz)
			add(n+"TRC", curve)
		}
	}
	out := binary.BigEndian.AppendUint32(head, uint32(len(names)))
	at := len(out) + 12*len(names)
	for i, n := range names {
		out = append(out, n...)
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(bodies[i])))
		at += len(bodies[i])
	}
	return append(out, bytes.Join(bodies, nil)...)
}

var p3 = [3][3]float64{{0.51512, 0.24120, -0.00105}, {0.29198, 0.69225, 0.04189}, {0.15710, 0.06657, 0.78407}}

// srgbCurve is the parametric curve of IEC 61966-2-1.
func srgbCurve() []byte {
	out := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range []float64{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045} {
		out = binary.BigEndian.AppendUint32(out, uint32(math.Round(v*65536)))
	}
	return out
}

func gamma(g float64) []byte {
	return binary.BigEndian.AppendUint16([]byte("curv\x00\x00\x00\x00\x00\x00\x00\x01"), uint16(math.Round(g*256)))
}

func TestWideColoursBecomeSRGB(t *testing.T) {
	c, ok := readProfile(profile("RGB ", p3, srgbCurve()), 3)
	if !ok {
		t.Fatal("the profile is not understood")
	}
	for in, want := range map[[3]byte][3]byte{ // by the definitions of the two spaces
		{255, 255, 255}: {255, 255, 255}, {0, 0, 0}: {0, 0, 0}, {128, 128, 128}: {128, 128, 128},
		{255, 0, 0}: {255, 0, 0}, {200, 120, 80}: {213, 115, 70},
	} {
		got := c.convert(in[0], in[1], in[2])
		for i := range got {
			if d := int(got[i]) - int(want[i]); d > 2 || d < -2 {
				t.Errorf("%v becomes %v, want about %v", in, got, want)
				break
			}
		}
	}
	if c.exact() {
		t.Error("Display P3 is taken for sRGB")
	}
}

func TestProfilesOfSRGBChangeNothing(t *testing.T) {
	srgb := [3][3]float64{{0.4360747, 0.2225045, 0.0139322}, {0.3850649, 0.7168786, 0.0971045}, {0.1430804, 0.0606169, 0.7141733}}
	for name, p := range map[string][]byte{"sRGB": profile("RGB ", srgb, srgbCurve()), "grey of sRGB": profile("GRAY", p3, srgbCurve())} {
		n := 3
		if name != "sRGB" {
			n = 1
		}
		if c, ok := readProfile(p, n); !ok || !c.exact() {
			t.Errorf("%s: understood %v", name, ok)
		}
	}
	if c, ok := readProfile(profile("GRAY", p3, gamma(1.8)), 1); !ok || c.exact() || c.convert(128, 128, 128)[0] < 140 {
		t.Error("a grey of another curve is not converted")
	}
}

func TestAProfileInAFileIsObeyed(t *testing.T) {
	file := testcard.JPEG(testcard.Landscape(32, 32), 90)
	segment := append([]byte("ICC_PROFILE\x00\x01\x01"), profile("RGB ", p3, srgbCurve())...)
	with := append([]byte{0xff, 0xd8, 0xff, 0xe2, byte((len(segment) + 2) >> 8), byte(len(segment) + 2)}, segment...)
	p := mustDecode(t, append(with, file[2:]...))
	if p.file != nil || p.Colors != "" {
		t.Error("a picture in Display P3 is kept as it is")
	}
	q := mustDecode(t, file)
	if p.pixels.at(20, 20) == q.pixels.at(20, 20) {
		t.Error("the colours are not converted")
	}
	segment = append([]byte("ICC_PROFILE\x00\x01\x01"), bytes.Repeat([]byte("?"), 200)...)
	with = append([]byte{0xff, 0xd8, 0xff, 0xe2, 0, byte(len(segment) + 2)}, segment...)
	if p := mustDecode(t, append(with, file[2:]...)); p.Colors == "" {
		t.Error("nothing is said of a profile that is not understood")
	}
}

func FuzzProfile(f *testing.F) {
	f.Add(profile("RGB ", p3, srgbCurve()))
	f.Add(profile("GRAY", p3, gamma(2.2)))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, n := range []int{1, 3} {
			if c, ok := readProfile(data, n); ok {
				c.convert(1, 2, 3)
			}
		}
	})
}
