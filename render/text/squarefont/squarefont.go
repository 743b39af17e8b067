// Package squarefont builds, in memory, a font whose glyphs are squares, so that
// tests can work out positions by head. Only tests use it; it must never be part
// of a program.
//
// Every character is one em wide, spaces half an em. The square stands on the
// baseline and is 0.5 em high and wide, so that it looks like text in a picture.
// The font covers ASCII, U+00A0, common punctuation, Greek, Cyrillic, the letters
// of Hebrew and Arabic (which do not join) and Chinese.
package squarefont

import (
	"encoding/binary"
	"io/fs"
	"testing/fstest"
)

// Family is the name of the family with the squares; FamilyMono is the same as a
// family for monospaced text.
const (
	Family     = "square"
	FamilyMono = "square-mono"
)

const family = `name = "Square"
role = "text"
scripts = { Latn = 1, Cyrl = 1, Grek = 1, Hebr = 1, Arab = 1, Hani = 1 }
files = [
  { file = "Square-Regular.ttf" },
  { file = "Square-Bold.ttf", bold = true },
  { file = "Square-Italic.ttf", italic = true },
  { file = "Square-BoldItalic.ttf", bold = true, italic = true },
]
`

const mono = `name = "Square Mono"
role = "mono"
scripts = { Latn = 1 }
files = [ { file = "SquareMono-Regular.ttf" } ]
`

// FS is a fonts folder with the families Family and FamilyMono.
func FS() fs.FS {
	font := Font()
	file := func(b []byte) *fstest.MapFile { return &fstest.MapFile{Data: b} }
	return fstest.MapFS{
		Family + "/family.toml":                file([]byte(family)),
		Family + "/Square-Regular.ttf":         file(font),
		Family + "/Square-Bold.ttf":            file(font),
		Family + "/Square-Italic.ttf":          file(font),
		Family + "/Square-BoldItalic.ttf":      file(font),
		FamilyMono + "/family.toml":            file([]byte(mono)),
		FamilyMono + "/SquareMono-Regular.ttf": file(font),
	}
}

// Glyph numbers.
const (
	notdef = iota
	space
	square
	glyphCount
)

const unitsPerEm = 1000

// covered is the characters of the square, in order.
var covered = [][2]uint32{
	{0x21, 0x7e}, {0xa1, 0xac}, {0xae, 0x17f}, {0x370, 0x3ff}, {0x400, 0x45f}, {0x5d0, 0x5ea},
	{0x60c, 0x60c}, {0x61b, 0x61b}, {0x61f, 0x61f}, {0x621, 0x64a}, {0x660, 0x669},
	{0x2010, 0x2015}, {0x2018, 0x201f}, {0x2020, 0x2026}, {0x2030, 0x2030}, {0x20ac, 0x20ac},
	{0x3001, 0x301f}, {0x4e00, 0x9fff}, {0xff01, 0xff5e}, {0xfffd, 0xfffd},
}

// Font is the TrueType program.
func Font() []byte {
	outline := square500()
	return assemble([]table{
		{"OS/2", os2()},
		{"cmap", cmap()},
		{"glyf", append(append([]byte{}, outline...), outline...)},
		{"head", head()},
		{"hhea", pack(uint32(0x00010000), int16(800), int16(-200), int16(0), uint16(unitsPerEm), int16(0), int16(0), int16(500),
			int16(1), int16(0), int16(0), int16(0), int16(0), int16(0), int16(0), int16(0), uint16(glyphCount))},
		{"hmtx", pack(uint16(unitsPerEm), int16(0), uint16(unitsPerEm/2), int16(0), uint16(unitsPerEm), int16(0))},
		{"loca", pack(uint16(0), uint16(len(outline)/2), uint16(len(outline)/2), uint16(len(outline)))},
		{"maxp", pack(uint32(0x00010000), uint16(glyphCount), uint16(4), uint16(1), uint16(0), uint16(0), uint16(1), uint16(0),
			uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0))},
		{"name", name("Square")},
		{"post", pack(uint32(0x00030000), uint32(0), int16(-100), int16(50), uint32(0), uint32(0), uint32(0), uint32(0), uint32(0))},
	})
}

// square500 is one contour: four points, on the curve.
func square500() []byte {
	b := pack(int16(1), int16(0), int16(0), int16(500), int16(500), uint16(3), uint16(0))
	b = append(b, 1, 1, 1, 1)
	return append(b, pack(int16(0), int16(500), int16(0), int16(-500), int16(0), int16(0), int16(500), int16(0))...)
}

func head() []byte {
	return pack(uint32(0x00010000), uint32(0x00010000), uint32(0), uint32(0x5f0f3cf5), uint16(3), uint16(unitsPerEm),
		uint64(0), uint64(0), int16(0), int16(0), int16(500), int16(500), uint16(0), uint16(8), int16(2), int16(0), int16(0))
}

func os2() []byte {
	b := make([]byte, 96)
	put := func(at int, v int16) { binary.BigEndian.PutUint16(b[at:], uint16(v)) }
	put(0, 4)
	put(2, unitsPerEm)
	put(4, 400)
	put(6, 5)
	put(68, 800)  // sTypoAscender
	put(70, -200) // sTypoDescender
	put(74, 800)  // usWinAscent
	put(76, 200)  // usWinDescent
	put(86, 500)  // sxHeight
	put(88, 500)  // sCapHeight
	return b
}

// cmap is one subtable of format 13: many characters, one glyph.
func cmap() []byte {
	groups := pack(uint32(0x20), uint32(0x20), uint32(space))
	for _, r := range covered {
		if r[0] == 0xa1 {
			groups = append(groups, pack(uint32(0xa0), uint32(0xa0), uint32(space))...)
		}
		groups = append(groups, pack(r[0], r[1], uint32(square))...)
	}
	n := uint32(len(groups) / 12)
	b := pack(uint16(0), uint16(1), uint16(3), uint16(10), uint32(12))
	b = append(b, pack(uint16(13), uint16(0), 16+12*n, uint32(0), n)...)
	return append(b, groups...)
}

// name has the PostScript name only.
func name(s string) []byte {
	b := pack(uint16(0), uint16(1), uint16(18), uint16(3), uint16(1), uint16(0x409), uint16(6), uint16(2*len(s)), uint16(0))
	for _, c := range s {
		b = append(b, pack(uint16(c))...)
	}
	return b
}

type table struct {
	tag  string
	data []byte
}

// assemble writes the table directory and the tables, which must be sorted.
func assemble(tables []table) []byte {
	n := len(tables)
	out := pack(uint32(0x00010000), uint16(n), uint16(128), uint16(3), uint16(16*n-128))
	at := 12 + 16*n
	for _, t := range tables {
		out = append(out, t.tag...)
		out = append(out, pack(checksum(t.data), uint32(at), uint32(len(t.data)))...)
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	return out
}

func checksum(b []byte) (sum uint32) {
	for i, c := range b {
		sum += uint32(c) << (24 - 8*(i%4))
	}
	return sum
}

// pack writes numbers in big-endian order.
func pack(values ...any) []byte {
	var b []byte
	for _, v := range values {
		b, _ = binary.Append(b, binary.BigEndian, v)
	}
	return b
}
