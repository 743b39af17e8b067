package pdf

import (
	"encoding/binary"
	"math"
	"sync"
	"unicode/utf16"
)

// outputProfile writes the colour profile of the output intent (ISO 19005-2,
// 6.2.3) and returns its number.
func (f *finisher) outputProfile() int {
	n := f.builder.alloc()
	f.builder.stream(n, "/N 3/Alternate/DeviceRGB/Filter/FlateDecode", deflatedProfile())
	return n
}

var deflatedProfile = sync.OnceValue(func() []byte { return deflate(nil, sRGBProfile()) })

// sRGBProfile makes an ICC profile, version 4.2 (ICC.1:2004-10), of the sRGB
// colour space of IEC 61966-2-1. It is computed, so it needs no licence, and it is a
// sixth of the size of those in circulation because its curve is a formula.
func sRGBProfile() []byte {
	tags := []struct{ name, data string }{
		{"desc", localized("sRGB")},
		{"cprt", localized("No copyright")},
		// The D50 white and the primaries adapted to it by the matrix in chad.
		{"wtpt", "XYZ \x00\x00\x00\x00" + fixed(0.96420, 1, 0.82491)},
		{"chad", "sf32\x00\x00\x00\x00" + fixed(
			1.047882, 0.022919, -0.050201,
			0.029587, 0.990479, -0.017059,
			-0.009232, 0.015076, 0.751678)},
		{"rXYZ", "XYZ \x00\x00\x00\x00" + fixed(0.436066, 0.222488, 0.013916)},
		{"gXYZ", "XYZ \x00\x00\x00\x00" + fixed(0.385147, 0.716873, 0.097076)},
		{"bXYZ", "XYZ \x00\x00\x00\x00" + fixed(0.143066, 0.060608, 0.714096)},
		// Parametric curve 3: (ax+b)^g from d on, cx below.
		{"rTRC", "para\x00\x00\x00\x00\x00\x03\x00\x00" + fixed(2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)},
		{"gTRC", ""}, // as red
		{"bTRC", ""},
	}
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	offset, length := 0, 0
	for _, t := range tags {
		if t.data != "" {
			offset, length = 128+4+12*len(tags)+len(data), len(t.data)
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(offset))
		table = binary.BigEndian.AppendUint32(table, uint32(length))
	}
	return append(append(profileHeader(128+len(table)+len(data)), table...), data...)
}

func profileHeader(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	copy(h[8:], "\x04\x20\x00\x00mntrRGB XYZ ")
	copy(h[24:], "\x07\xce\x00\x01\x00\x01") // 1 January 1998: a date is required, and must not be today's
	copy(h[36:], "acsp")
	copy(h[68:], fixed(0.96420, 1, 0.82491)) // the profile connection space's white
	return h
}

// fixed writes s15Fixed16Numbers.
func fixed(values ...float64) string {
	var b []byte
	for _, v := range values {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return string(b)
}

// localized writes a multiLocalizedUnicodeType with one English text.
func localized(s string) string {
	u := utf16.Encode([]rune(s))
	b := []byte("mluc\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0cenUS")
	b = binary.BigEndian.AppendUint32(b, uint32(2*len(u)))
	b = binary.BigEndian.AppendUint32(b, 28)
	for _, c := range u {
		b = binary.BigEndian.AppendUint16(b, c)
	}
	return string(b)
}
