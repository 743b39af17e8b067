package text

import (
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"

	"communique/render/page"
)

// shapeToken shapes s.runes in stretches of one script and font. clean is their
// text, size the length of the token's.
func (s *Shaper) shapeToken(t *token, k styleKey, clean string, size int) {
	context, shift := s.runes, 0
	if k.before != 0 || k.after != 0 {
		context, shift = s.withNeighbours(k)
	}
	for i, n, start := 0, len(s.runes), 0; i < n; {
		j, end := i+1, size
		for j < n && s.scripts[j] == s.scripts[i] && s.fonts[j] == s.fonts[i] {
			j++
		}
		if j < n {
			end = s.source[j]
		}
		f := s.state(s.fonts[i])
		if f != nil {
			s.runHarfBuzz(f, k, s.scripts[i], context, i+shift, j-i)
			w := s.word(t, f, k.rtl, clean, i, j, shift)
			t.words = append(t.words, shaped{w, f, start, end})
			s.cost += 100 + 40*len(w.Glyphs)
		}
		i, start = j, end
	}
}

// withNeighbours is s.runes between the characters that it joins to.
func (s *Shaper) withNeighbours(k styleKey) (context []rune, shift int) {
	s.bound = s.bound[:0]
	if k.before != 0 {
		s.bound = append(s.bound, k.before)
	}
	shift = len(s.bound)
	s.bound = append(s.bound, s.runes...)
	if k.after != 0 {
		s.bound = append(s.bound, k.after)
	}
	return s.bound, shift
}

// tabularFigures gives all digits one width, in fonts that have such digits.
var tabularFigures = []harfbuzz.Feature{{Tag: opentype.MustNewTag("tnum"), Value: 1, End: harfbuzz.FeatureGlobalEnd}}

// runHarfBuzz leaves the glyphs of context[at:at+n] in s.buffer, in visual order.
func (s *Shaper) runHarfBuzz(f *fontState, k styleKey, script language.Script, context []rune, at, n int) {
	b := s.buffer
	b.Clear()
	b.AddRunes(context, at, n)
	b.Props = harfbuzz.SegmentProperties{Language: s.langs[k.lang].tag, Script: script, Direction: harfbuzz.LeftToRight}
	if k.rtl {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	if k.tabular {
		b.Shape(f.hb, tabularFigures)
		return
	}
	b.Shape(f.hb, nil)
}

// word makes a word of the glyphs in s.buffer, which draw s.runes[from:to]; the
// shaper's cluster values are greater by shift.
func (s *Shaper) word(t *token, f *fontState, rtl bool, clean string, from, to, shift int) *page.Word {
	s.findClusters(rtl, from, to, shift)
	w := &page.Word{Glyphs: make([]page.Placed, 0, len(s.clusters))}
	for _, c := range s.clusters {
		s.parts = s.parts[:0]
		pen, width := int32(0), int32(0)
		unknown := 0
		for g := c.first; g < c.last; g++ {
			gid, p := uint16(s.buffer.Info[g].Glyph), s.buffer.Pos[g]
			if gid == 0 {
				r, ok := s.unknownRune(f, c, unknown)
				if !ok {
					continue // a character that was taken apart gets one box
				}
				unknown++
				t.unknown = append(t.unknown, r)
				advance := s.addBox(f, r, pen)
				pen, width = pen+advance, width+advance
				continue
			}
			if !f.font.empty(gid) {
				s.parts = append(s.parts, page.Part{GID: gid, DX: int16(pen + p.XOffset), DY: int16(p.YOffset)})
			}
			pen += p.XAdvance
			if p.XAdvance != 0 {
				width += f.font.advance(gid)
			}
		}
		w.Advance += pen
		s.placeCluster(w, f, c, rtl, clean, width, pen)
	}
	w.Trail = trailing(w, rtl)
	if n := len(w.Glyphs); w.Trail == 0 && !rtl && n > 0 {
		w.Trail = f.halfEmpty(w.Glyphs[n-1])
	}
	return w
}

// unknownRune is the nth character of a cluster for which the font has no glyph;
// if it has all, the 0th is the first character, which is made of one it lacks.
func (s *Shaper) unknownRune(f *fontState, c cluster, n int) (r rune, ok bool) {
	k := 0
	for _, r := range s.runes[c.from:c.to] {
		if !inFont(f, r) {
			if k == n {
				return r, true
			}
			k++
		}
	}
	return s.runes[c.from], k == 0 && n == 0
}

// trailing is the advance of the white space at a word's logical end.
func trailing(w *page.Word, rtl bool) (sum int32) {
	n := len(w.Glyphs)
	for i := range n {
		g := w.Glyphs[n-1-i]
		if rtl {
			g = w.Glyphs[i]
		}
		if !hangs(g.Glyph.Text) {
			break
		}
		sum += g.Advance
	}
	return sum
}
