package text

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"strings"

	"github.com/go-text/typesetting/font"

	"communique/render/page"
)

// Font is one TrueType font: what the shaper needs of it, and its outlines,
// which are read from the file when a document first uses them. Lengths are in
// font units. It is immutable to its users and safe for concurrent use.
type Font struct {
	id    page.FontID
	file  string // for error messages
	about fontDescription
	hb    *font.Font // without outlines: shaping needs none, and parsing them is slow

	name                       string
	upem                       int32
	ascent, descent, capHeight int32
	italicAngle                float64
	bbox                       [4]int16

	glyphCount int
	metrics    horizontalMetrics
	outlines   outlines
	// head, hhea and maxp are the source's tables, which a subset repeats with changes.
	head, hhea, maxp []byte
}

// fontDescription is what the family file says of a font.
type fontDescription struct {
	Bold, Italic, Serif, Mono bool
	// Scale enlarges the outlines; 0 is 1.
	Scale float64
}

// openFont reads a TrueType font file. A file that can be read at any offset,
// as embedded and system files can, stays open (for the life of the Font) and its
// outlines are read piece by piece; any other file is read whole.
func openFont(fsys fs.FS, file string, id page.FontID, about fontDescription) (*Font, error) {
	r, size, err := openAt(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	f := &Font{id: id, file: file, about: about}
	if err := f.load(r, size); err != nil {
		return nil, fmt.Errorf("font %s: %w", file, err)
	}
	return f, nil
}

func openAt(fsys fs.FS, file string) (io.ReaderAt, int64, error) {
	h, err := fsys.Open(file)
	if err != nil {
		return nil, 0, err
	}
	info, err := h.Stat()
	if err != nil {
		h.Close()
		return nil, 0, err
	}
	if r, ok := h.(io.ReaderAt); ok && info.Mode().IsRegular() {
		return r, info.Size(), nil
	}
	defer h.Close()
	data, err := io.ReadAll(h)
	if err != nil {
		return nil, 0, err
	}
	return bytes.NewReader(data), int64(len(data)), nil
}

func (f *Font) load(r io.ReaderAt, size int64) error {
	d, err := readDirectory(r, size)
	if err != nil {
		return err
	}
	for _, step := range []func(*directory) error{f.readHead, f.readMetrics, f.readNames, f.readOutlineIndex, f.readShaping} {
		if err := step(d); err != nil {
			return err
		}
	}
	return nil
}

// readHead reads what head, maxp and OS/2 say of the whole font.
func (f *Font) readHead(d *directory) (err error) {
	if f.head, err = d.table("head", 54); err != nil {
		return err
	}
	if f.maxp, err = d.table("maxp", 32); err != nil {
		return err
	}
	f.upem = int32(u16(f.head[18:]))
	if f.upem < 16 || f.upem > 16384 {
		return fmt.Errorf("table head: %d units per em, want 16 to 16384", f.upem)
	}
	// A scaled font is one whose em has fewer units. Setting it in a larger size
	// would part a line for readers, which take another size for another block.
	if f.about.Scale > 0 {
		f.upem = min(max(int32(math.Round(float64(f.upem)/f.about.Scale)), 16), 16384)
	}
	for i := range f.bbox {
		f.bbox[i] = i16(f.head[36+2*i:])
	}
	if f.glyphCount = int(u16(f.maxp[4:])); f.glyphCount == 0 {
		return fmt.Errorf("table maxp: no glyphs")
	}
	os2, err := d.optional("OS/2")
	if err != nil {
		return err
	}
	if len(os2) >= 90 && u16(os2) >= 2 {
		f.capHeight = int32(i16(os2[88:]))
	}
	// OpenType, OS/2 fsType: bit 1 forbids embedding, bit 8 subsetting.
	if len(os2) >= 10 && u16(os2[8:])&0x0102 != 0 {
		return fmt.Errorf("table OS/2: fsType %#04x forbids embedding a subset of this font", u16(os2[8:]))
	}
	return nil
}

// readNames reads the PostScript name and the slant.
func (f *Font) readNames(d *directory) error {
	names, err := d.optional("name")
	if err != nil {
		return err
	}
	f.name = postScriptName(names)
	if f.name == "" {
		f.name = plainName(strings.TrimSuffix(path.Base(f.file), path.Ext(f.file)))
	}
	post, err := d.optional("post")
	if err != nil {
		return err
	}
	if len(post) >= 8 {
		f.italicAngle = float64(int32(u32(post[4:]))) / 65536
	}
	return nil
}

// shapingTables are what go-text may use of a font when it shapes.
var shapingTables = [...]string{
	"GDEF", "GPOS", "GSUB", "OS/2", "ankr", "cmap", "feat", "head", "hhea", "hmtx", "kern", "kerx", "ltag", "maxp", "morx", "trak",
}

// readShaping hands go-text a view of the file that lacks the outlines, because
// it would parse all of them at once (30,000 Chinese glyphs: 150 ms and 36 MB).
func (f *Font) readShaping(d *directory) (err error) {
	defer func() {
		// go-text promises errors, but a font is foreign data and its parser is large.
		if v := recover(); v != nil {
			err = fmt.Errorf("the shaper cannot read it: %v", v)
		}
	}()
	ld, err := d.loader(shapingTables[:])
	if err != nil {
		return err
	}
	f.hb, err = font.NewFont(ld)
	return err
}

// ID is the font's index in its library.
func (f *Font) ID() page.FontID { return f.id }

// Name is the PostScript name.
func (f *Font) Name() string { return f.name }

// UnitsPerEm is the number of font units to the em.
func (f *Font) UnitsPerEm() int32 { return f.upem }

// Ascent is the height above the baseline that the font asks for.
func (f *Font) Ascent() int32 { return f.ascent }

// Descent is the depth below the baseline that the font asks for, negative.
func (f *Font) Descent() int32 { return f.descent }

// CapHeight is the height of capitals, the ascent if the font does not tell.
func (f *Font) CapHeight() int32 {
	if f.capHeight == 0 {
		return f.ascent
	}
	return f.capHeight
}

// ItalicAngle is the slant in degrees counter-clockwise, negative for italics.
func (f *Font) ItalicAngle() float64 { return f.italicAngle }

// BBox encloses all glyphs: left, bottom, right, top.
func (f *Font) BBox() [4]int16 { return f.bbox }

// Bold tells that the font is bold.
func (f *Font) Bold() bool { return f.about.Bold }

// Italic tells that the font is slanted.
func (f *Font) Italic() bool { return f.about.Italic || f.italicAngle != 0 }

// Serif tells that the font has serifs.
func (f *Font) Serif() bool { return f.about.Serif }

// Mono tells that all glyphs are of one width.
func (f *Font) Mono() bool { return f.about.Mono }

// horizontalMetrics is the table hmtx.
type horizontalMetrics struct {
	data []byte
	full int // glyphs with their own advance; later ones repeat the last
}

func (f *Font) readMetrics(d *directory) (err error) {
	if f.hhea, err = d.table("hhea", 36); err != nil {
		return err
	}
	f.ascent, f.descent = int32(i16(f.hhea[4:])), int32(i16(f.hhea[6:]))
	m := horizontalMetrics{full: int(u16(f.hhea[34:]))}
	if m.full == 0 || m.full > f.glyphCount {
		return fmt.Errorf("table hhea: %d advances for %d glyphs", m.full, f.glyphCount)
	}
	if m.data, err = d.table("hmtx", 4*m.full+2*(f.glyphCount-m.full)); err != nil {
		return err
	}
	f.metrics = m
	return nil
}

// advance is the width of a glyph of the font; 0 if there is no such glyph.
func (f *Font) advance(gid uint16) int32 {
	if int(gid) >= f.glyphCount {
		return 0
	}
	return int32(u16(f.metrics.data[4*min(int(gid), f.metrics.full-1):]))
}

// bearing is the distance from the origin at which a glyph's outline begins.
func (f *Font) bearing(gid uint16) int16 {
	i, m := int(gid), f.metrics
	if i < m.full {
		return i16(m.data[4*i+2:])
	}
	return i16(m.data[4*m.full+2*(i-m.full):])
}
