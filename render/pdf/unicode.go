package pdf

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"communique/render/page"
)

// maxMapped is how many characters one bfchar section may list.
const maxMapped = 100

// unicodeMap writes the map from codes to the source text (ISO 32000-1, 9.10.3).
// It uses bfchar only: Ghostscript cannot read arrays of bfrange.
func (u *fontUse) unicodeMap(b *syntax) error {
	b.raw("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for start := 0; start < len(u.glyphs); start += maxMapped {
		end := min(start+maxMapped, len(u.glyphs))
		b.int(end - start).raw(" beginbfchar\n")
		for i, g := range u.glyphs[start:end] {
			if g.Text == "" {
				return fmt.Errorf("font %s: a glyph (parts %v) without text", u.font.Name(), g.Parts)
			}
			b.raw("<").hex16(uint16(start + i + 1)).raw("><")
			for _, r := range u.meaning(g) {
				b.utf16(string(mappable(r)))
			}
			b.raw(">\n")
		}
		b.raw("endbfchar\n")
	}
	b.raw("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return nil
}

// meaning is the text of a glyph. A space that is never shown gets a mark, for PDFium
// finds spaces in the moves of any font that has one (phrase.go).
func (u *fontUse) meaning(g *page.Glyph) string {
	if g.Text == " " && !u.spaced {
		return leftToRightMark + " "
	}
	return g.Text
}

// mappable replaces the characters to which no glyph may be mapped (ISO 19005-2,
// 6.2.11.7; ISO 14289-1, 7.21.7), private ones included: they mean nothing to a
// reader, and the text that would have to explain them has nothing to say.
func mappable(r rune) rune {
	switch {
	case r == 0xfeff: // zero width no-break space, by its present name
		return 0x2060
	case r == 0, r == 0xfffe, unicode.Is(unicode.Co, r):
		return utf8.RuneError
	}
	return r
}
