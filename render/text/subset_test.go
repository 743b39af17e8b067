package text

import (
	"bytes"
	"slices"
	"testing"

	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"

	"communique/render/page"
)

// alphabet is a glyph for each letter, plain, then composed ones.
func alphabet(t testing.TB, f *Font) []*page.Glyph {
	var list []*page.Glyph
	add := func(text string, width int32, parts ...page.Part) {
		list = append(list, &page.Glyph{ID: uint32(len(list)), Width: width, Parts: parts, Text: text})
	}
	for _, r := range "AÉ xyzé" {
		g := gid(t, f, r)
		add(string(r), f.advance(g), page.Part{GID: g})
	}
	a, dot := gid(t, f, 'a'), gid(t, f, '.')
	add("a.", 900, page.Part{GID: a}, page.Part{GID: dot, DX: 600, DY: -20})
	add("a!", 500, page.Part{GID: a, DX: 3}, page.Part{GID: dot, DX: -300, DY: 400})
	add("A2", f.advance(gid(t, f, 'A')), page.Part{GID: gid(t, f, 'A')})
	return list
}

// parsed is a subset read by another program than ours.
type parsed struct {
	glyf tables.Glyf
	hmtx tables.Hmtx
	head tables.Head
	maxp tables.Maxp
}

func parse(t *testing.T, program []byte) parsed {
	t.Helper()
	ld, err := opentype.NewLoader(bytes.NewReader(program))
	if err != nil {
		t.Fatal(err)
	}
	table := func(tag string) []byte {
		b, err := ld.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	var p parsed
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	p.head, _, err = tables.ParseHead(table("head"))
	must(err)
	p.maxp, _, err = tables.ParseMaxp(table("maxp"))
	must(err)
	n := int(p.maxp.NumGlyphs)
	hhea, _, err := tables.ParseHhea(table("hhea"))
	must(err)
	p.hmtx, _, err = tables.ParseHmtx(table("hmtx"), int(hhea.NumOfLongMetrics), n-int(hhea.NumOfLongMetrics))
	must(err)
	loca, err := tables.ParseLoca(table("loca"), n, p.head.IndexToLocFormat == 1)
	must(err)
	p.glyf, err = tables.ParseGlyf(table("glyf"), loca)
	must(err)
	return p
}

// points are the absolute points of a glyph, composites resolved.
func (p parsed) points(gid int, dx, dy int16) (list [][2]int16) {
	switch g := p.glyf[gid].Data.(type) {
	case tables.SimpleGlyph:
		for _, q := range g.Points {
			list = append(list, [2]int16{q.X + dx, q.Y + dy})
		}
	case tables.CompositeGlyph:
		for _, c := range g.Glyphs {
			x, y := c.ArgsAsTranslation()
			list = append(list, p.points(int(c.GlyphIndex), dx+x, dy+y)...)
		}
	}
	return list
}

func TestSubsetDrawsWhatTheSourceDraws(t *testing.T) {
	for _, file := range []string{latin, chinese, "noto-naskh-arabic/NotoNaskhArabic-Regular.ttf"} {
		f := open(t, file)
		source := parse(t, read(t, file))
		var glyphs []*page.Glyph
		if file == latin {
			glyphs = alphabet(t, f)
		}
		for g := 1; g < f.glyphCount; g += 1 + f.glyphCount/3000 {
			glyphs = append(glyphs, &page.Glyph{Width: f.advance(uint16(g)), Parts: []page.Part{{GID: uint16(g)}}, Text: "x"})
		}
		program, err := f.Subset(nil, glyphs)
		if err != nil {
			t.Fatal(err)
		}
		got := parse(t, program)
		if !slices.Equal(got.points(0, 0, 0), source.points(0, 0, 0)) {
			t.Errorf("%s: .notdef differs", file)
		}
		for i, g := range glyphs {
			var want [][2]int16
			for _, p := range g.Parts {
				want = append(want, source.points(int(p.GID), p.DX, p.DY)...)
			}
			if have := got.points(i+1, 0, 0); !slices.Equal(have, want) {
				t.Fatalf("%s: glyph %d (%v) has %d points, want %d: %v %v", file, i+1, g.Parts, len(have), len(want), have, want)
			}
			if w := got.hmtx.Metrics[i+1].AdvanceWidth; int32(w) != g.Width {
				t.Errorf("%s: glyph %d is %d wide, want %d", file, i+1, w, g.Width)
			}
		}
	}
}

func TestSubsetIsAppendedAndChecksums(t *testing.T) {
	f := open(t, latin)
	glyphs := alphabet(t, f)
	plain, err := f.Subset(nil, glyphs)
	if err != nil {
		t.Fatal(err)
	}
	after, err := f.Subset([]byte("abc"), glyphs)
	if err != nil || !bytes.Equal(after, append([]byte("abc"), plain...)) {
		t.Errorf("appended to three bytes, the program differs (%v)", err)
	}
	if sum := checksum(plain); sum != 0xB1B0AFBA {
		t.Errorf("the file's checksum is %#x, want 0xB1B0AFBA", sum)
	}
}

func TestSubsetOfOddGlyphs(t *testing.T) {
	f := open(t, latin)
	a := gid(t, f, 'A')
	for _, c := range []struct {
		name   string
		glyphs []*page.Glyph
		ok     bool
	}{
		{"none", nil, true},
		{"nothing drawn", []*page.Glyph{{Width: 5, Text: "x"}}, true},
		{"no such glyph", []*page.Glyph{{Parts: []page.Part{{GID: 65535}}, Text: "x"}}, true},
		{"negative width", []*page.Glyph{{Width: -1, Text: "x"}}, false},
		{"wider than TrueType can say", []*page.Glyph{{Width: 65536, Text: "x"}}, false},
		{"too many", slices.Repeat([]*page.Glyph{{Parts: []page.Part{{GID: a}}, Text: "x"}}, 65535), false},
		{"as many as fit", slices.Repeat([]*page.Glyph{{Text: "x"}}, 65533), true},
	} {
		program, err := f.Subset(nil, c.glyphs)
		if (err == nil) != c.ok {
			t.Errorf("%s: error %v", c.name, err)
		}
		if err == nil {
			if n := int(parse(t, program).maxp.NumGlyphs); n < len(c.glyphs)+1 {
				t.Errorf("%s: %d glyphs for %d", c.name, n, len(c.glyphs))
			}
		}
	}
}

func benchmarkSubset(b *testing.B, file string, characters []rune) {
	f := open(b, file)
	var glyphs []*page.Glyph
	for _, r := range characters {
		g := gid(b, f, r)
		glyphs = append(glyphs, &page.Glyph{Width: f.advance(g), Parts: []page.Part{{GID: g}}, Text: string(r)})
	}
	var program []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if program, err = f.Subset(program[:0], glyphs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(program)), "bytes")
}

func BenchmarkSubsetLatin(b *testing.B) {
	benchmarkSubset(b, latin, []rune("ABCDEFGHIJKLMNOPRSTUWYabcdefghijklmnopqrstuvwxyz0123456789 .,;:’“”–éèç"))
}

func BenchmarkSubsetChinese(b *testing.B) {
	var all []rune
	f := open(b, chinese)
	for r := rune(0x4e00); len(all) < 400; r += 7 {
		if _, ok := f.hb.NominalGlyph(r); ok {
			all = append(all, r)
		}
	}
	benchmarkSubset(b, chinese, all)
}
