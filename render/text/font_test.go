package text

import (
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"communique/fonts"
	"communique/render/page"
)

const (
	latin   = "noto-sans/NotoSans-Regular.ttf"
	chinese = "noto-sans-sc/NotoSansSC-Regular.ttf"
)

func open(t testing.TB, file string) *Font {
	t.Helper()
	f, err := openFont(fonts.FS, file, 7, fontDescription{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// gid is the font's glyph for a character.
func gid(t testing.TB, f *Font, r rune) uint16 {
	t.Helper()
	g, ok := f.hb.NominalGlyph(r)
	if !ok {
		t.Fatalf("%s has no glyph for %q", f.Name(), r)
	}
	return uint16(g)
}

func TestFontTellsItsMetrics(t *testing.T) {
	f := open(t, latin)
	if f.ID() != 7 || f.Name() != "NotoSans-Regular" || f.UnitsPerEm() != 1000 {
		t.Errorf("ID %d, name %q, %d units: want 7, NotoSans-Regular, 1000", f.ID(), f.Name(), f.UnitsPerEm())
	}
	if f.Ascent() != 1069 || f.Descent() != -293 || f.CapHeight() != 714 {
		t.Errorf("ascent %d, descent %d, capitals %d: want 1069, -293, 714", f.Ascent(), f.Descent(), f.CapHeight())
	}
	if f.Italic() || f.ItalicAngle() != 0 {
		t.Errorf("an upright font leans by %g", f.ItalicAngle())
	}
	if a := f.advance(gid(t, f, 'A')); a != 639 {
		t.Errorf("A is %d wide, want 639", a)
	}
	if f.empty(gid(t, f, 'A')) || !f.empty(gid(t, f, ' ')) || !f.empty(65535) {
		t.Error("A must draw something, a space and a glyph that does not exist nothing")
	}
	if i := open(t, "noto-sans/NotoSans-Italic.ttf"); !i.Italic() || i.ItalicAngle() >= 0 {
		t.Errorf("an italic font leans by %g", i.ItalicAngle())
	}
}

// wholeFS hides that its files can be read at any offset.
type wholeFS struct{ fs.FS }

type wholeFile struct{ fs.File }

func (w wholeFS) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	return wholeFile{f}, err
}

func TestFontFromAnyFileSystemIsTheSame(t *testing.T) {
	whole, err := openFont(wholeFS{fonts.FS}, latin, 0, fontDescription{})
	if err != nil {
		t.Fatal(err)
	}
	pieces := open(t, latin)
	if _, ok := pieces.outlines.file.(*bytes.Reader); ok {
		t.Error("an embedded font is read whole")
	}
	glyphs := alphabet(t, pieces)
	a, errA := whole.Subset(nil, glyphs)
	b, errB := pieces.Subset(nil, glyphs)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("subsets differ: %d bytes (%v), %d bytes (%v)", len(a), errA, len(b), errB)
	}
}

func TestChineseFontTakesLittleMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := open(t, chinese)
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := int64(after.HeapAlloc) - int64(before.HeapAlloc); got > 3<<20 {
		t.Errorf("opening %s keeps %d bytes, want 3 MB at most", f.Name(), got)
	}
	// All outlines in turn, which are more than may be kept.
	for g := range f.glyphCount {
		if _, err := f.outline(uint16(g)); err != nil {
			t.Fatal(err)
		}
	}
	if n := f.outlines.cached; n == 0 || n > maxCachedOutlines {
		t.Errorf("%d bytes of outlines are kept, want at most %d", n, maxCachedOutlines)
	}
}

func TestFontIsSafeForManyGoroutines(t *testing.T) {
	f := open(t, latin)
	glyphs := alphabet(t, f)
	want, err := open(t, latin).Subset(nil, glyphs)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got, err := f.Subset(nil, glyphs)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("another subset (%v)", err)
			}
		})
	}
	wg.Wait()
}

// patch returns a copy of the Latin font with bytes of one table changed.
func patch(t *testing.T, tag string, at int, with ...byte) []byte {
	t.Helper()
	data := slices.Clone(read(t, latin))
	for r := data[12:]; ; r = r[16:] {
		if string(r[:4]) == tag {
			copy(data[int(u32(r[8:]))+at:], with)
			return data
		}
	}
}

func read(t testing.TB, file string) []byte {
	t.Helper()
	data, err := fs.ReadFile(fonts.FS, file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// without renames a table, so that it is missing.
func without(t *testing.T, tag string) []byte {
	t.Helper()
	data := slices.Clone(read(t, latin))
	copy(data[bytes.Index(data[:400], []byte(tag)):], "XXXX")
	return data
}

func TestBadFontsAreRefusedWithAReason(t *testing.T) {
	good := read(t, latin)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "table directory: unexpected EOF"},
		{"text", []byte("<!DOCTYPE html><html>"), "not a TrueType font: it begins with 3c 21 44 4f"},
		{"CFF", append([]byte("OTTO"), good[4:]...), "CFF outlines"},
		{"collection", append([]byte("ttcf"), good[4:]...), "a font collection"},
		{"web font", append([]byte("wOF2"), good[4:]...), "a web font"},
		{"cut", good[:20000], "ends at byte"},
		{"no glyf", without(t, "glyf"), "table glyf is missing"},
		{"no cmap", without(t, "cmap"), "missing table cmap"},
		{"no hmtx", without(t, "hmtx"), "table hmtx is missing"},
		{"no em", patch(t, "head", 18, 0, 0), "0 units per em"},
		{"no glyphs", patch(t, "maxp", 4, 0, 0), "no glyphs"},
		{"no advances", patch(t, "hhea", 34, 0, 0), "0 advances"},
		{"more glyphs than offsets", patch(t, "maxp", 4, 0xff, 0xff), "want"},
		{"may not be embedded", patch(t, "OS/2", 8, 0, 2), "fsType 0x0002 forbids"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := openFont(fstest.MapFS{"x.ttf": {Data: c.data}}, "x.ttf", 0, fontDescription{})
			if err == nil || !strings.HasPrefix(err.Error(), "font x.ttf: ") || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want font x.ttf: ... %s", err, c.want)
			}
		})
	}
	if _, err := openFont(fstest.MapFS{}, "x.ttf", 0, fontDescription{}); err == nil {
		t.Error("a missing file is no error")
	}
}

func TestNameIsThePostScriptNameOrTheFile(t *testing.T) {
	record := func(platform, id int, text string) []byte {
		b := put16(nil, 0)
		b = put16(put16(b, 1), 18)
		for _, v := range [6]int{platform, 1, 0, id, len(text), 0} {
			b = put16(b, uint16(v))
		}
		return append(b, text...)
	}
	for _, c := range []struct {
		name  string
		table []byte
		want  string
	}{
		{"Windows", record(3, 6, "\x00A\x00-\x00B"), "A-B"},
		{"Macintosh", record(1, 6, "A-B"), "A-B"},
		{"other name", record(3, 4, "\x00A"), ""},
		{"delimiters", record(1, 6, "A (B)/%#\x00\xff"), "AB"},
		{"cut", record(1, 6, "ABC")[:19], ""},
		{"none", nil, ""},
	} {
		if got := postScriptName(c.table); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	f, err := openFont(fstest.MapFS{"d/My Font.ttf": {Data: without(t, "name")}}, "d/My Font.ttf", 0, fontDescription{})
	if err != nil || f.Name() != "MyFont" {
		t.Errorf("a font without a name is called %q (%v), want MyFont", f.Name(), err)
	}
}

// FuzzFont opens damaged fonts and subsets whatever opens.
func FuzzFont(f *testing.F) {
	small := smallFont(f)
	f.Add(small)
	f.Add(small[:len(small)/2])
	f.Fuzz(func(t *testing.T, data []byte) {
		x, err := openFont(fstest.MapFS{"x.ttf": {Data: data}}, "x.ttf", 0, fontDescription{})
		if err != nil {
			return
		}
		var all []*page.Glyph
		for g := range min(x.glyphCount, 200) {
			all = append(all, &page.Glyph{ID: uint32(g), Parts: []page.Part{{GID: uint16(g)}}, Text: "x"})
		}
		_, _ = x.Subset(nil, all) // an error is as good as a font, only not a panic
	})
}

// smallFont is a font file of a few glyphs, with a character map.
func smallFont(t testing.TB) []byte {
	t.Helper()
	f := open(t, latin)
	program, err := f.Subset(nil, alphabet(t, f)[:6])
	if err != nil {
		t.Fatal(err)
	}
	d, err := readDirectory(bytes.NewReader(program), int64(len(program)))
	if err != nil {
		t.Fatal(err)
	}
	cmap := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12} // one table, Windows, format 6
	for _, v := range []uint16{6, 16, 0, 'A', 3, 1, 2, 3} {
		cmap = binary.BigEndian.AppendUint16(cmap, v)
	}
	tables := []fontTable{{"cmap", cmap}}
	for _, r := range d.records {
		data, err := d.table(r.tag, 0)
		if err != nil {
			t.Fatal(err)
		}
		tables = append(tables, fontTable{r.tag, data})
	}
	return writeFont(nil, tables)
}

func TestDamagedOutlinesAreErrors(t *testing.T) {
	small := smallFont(t)
	d, err := readDirectory(bytes.NewReader(small), int64(len(small)))
	if err != nil {
		t.Fatal(err)
	}
	glyf, _ := d.find("glyf")
	all := []*page.Glyph{{Parts: []page.Part{{GID: 1}, {GID: 2}, {GID: 3}}, Text: "x"}}
	for _, c := range []struct {
		name string
		with []byte
	}{
		{"more contours than bytes", []byte{0x7f, 0xff}},
		{"a composite of itself", []byte{0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, argsAreOffsets, 0, 0, 0, 0}},
	} {
		data := slices.Clone(small)
		copy(data[glyf.offset:], c.with)
		f, err := openFont(fstest.MapFS{"x.ttf": {Data: data}}, "x.ttf", 0, fontDescription{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = f.Subset(nil, all); err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
	f, err := openFont(brokenFS{small, int64(glyf.offset), int64(glyf.offset + glyf.length)}, "x.ttf", 0, fontDescription{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Subset(nil, all); err == nil {
		t.Error("a file of which a part cannot be read: no error")
	}
}

// brokenFS has one file, a part of which cannot be read.
type brokenFS struct {
	data       []byte
	start, end int64
}

type brokenFile struct {
	fs.File
	brokenFS
}

func (b brokenFS) Open(name string) (fs.File, error) {
	f, err := fstest.MapFS{name: {Data: b.data}}.Open(name)
	return brokenFile{f, b}, err
}

func (b brokenFile) ReadAt(p []byte, at int64) (int, error) {
	if at >= b.start && at < b.end {
		return 0, io.ErrUnexpectedEOF
	}
	return bytes.NewReader(b.data).ReadAt(p, at)
}

func BenchmarkOpenChinese(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		open(b, chinese)
	}
}
