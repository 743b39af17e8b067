package text

import (
	"cmp"
	"slices"
	"strings"
)

// order is the families for a script, best first: the named one if it covers the
// script, then those of its role that do, then text families that do, the named
// one, the fallbacks, and at last all others, which may happen to have a glyph.
// Families with serifs stand beside each other, and so do those without.
func (l *Library) order(named string, script scriptPair) []*family {
	own := l.byFolder[named]
	if own == nil {
		own = l.first()
	}
	var out []*family
	add := func(keep func(*family) bool) {
		at := len(out)
		for _, f := range l.families {
			if keep(f) && !slices.Contains(out, f) {
				out = append(out, f)
			}
		}
		slices.SortStableFunc(out[at:], func(a, b *family) int {
			x, y := a.preference(script), b.preference(script)
			return cmp.Or(-cmp.Compare(x/variantPreference, y/variantPreference), kin(a, own)-kin(b, own),
				-cmp.Compare(x, y), strings.Compare(a.folder, b.folder))
		})
	}
	add(func(f *family) bool { return f == own && f.preference(script) > 0 })
	add(func(f *family) bool { return f.Role == own.Role && f.preference(script) > 0 })
	add(func(f *family) bool { return f.Role == roleText && f.preference(script) > 0 })
	add(func(f *family) bool { return f == own })
	add(func(f *family) bool { return f.Role == roleFallback })
	add(func(f *family) bool { return f.Role == roleText })
	add(func(f *family) bool { return true })
	return out
}

// kin is 0 for a family that has serifs, or none, as another does; otherwise 1.
func kin(f, other *family) int {
	if f.Serif == other.Serif {
		return 0
	}
	return 1
}

// variantPreference is what a family gains by covering a language's own form of a script.
const variantPreference = 1000

// first is the family that stands in for an unknown name: one for Latin text if there is one.
func (l *Library) first() *family {
	found := l.families[0]
	for _, f := range l.families {
		if f.Role == roleText && f.Scripts["Latn"] > 0 {
			return f
		}
		if f.Role == roleText && found.Role != roleText {
			found = f
		}
	}
	return found
}

// preference is how well a family suits a script; 0 if it does not cover it.
// A family for the language's own form of the script (Hans, Hant, Jpan, Kore)
// comes before one that covers it in general (Hani).
func (f *family) preference(s scriptPair) int {
	if f.Role == roleFallback {
		return max(1, f.Preference)
	}
	if p := f.Scripts[s.variant]; p > 0 {
		return variantPreference + p
	}
	return f.Scripts[s.script]
}

// candidates is the fonts for a script in a style, best first.
func (s *Shaper) candidates(k styleKey, script scriptPair) []*slot {
	key := fontKey{k.family, script, k.bold, k.italic}
	c, ok := s.fontLists[key]
	if !ok {
		for _, f := range s.library.order(k.family, script) {
			c = append(c, f.pick(k.bold, k.italic))
		}
		s.fontLists[key] = c
	}
	return c
}

type fontKey struct {
	family       string
	script       scriptPair
	bold, italic bool
}

// covers reports whether a font has glyphs for all of the characters.
func (s *Shaper) covers(c *slot, rs []rune) bool {
	f := s.state(c)
	if f == nil {
		return false
	}
	for _, r := range rs {
		if !inFont(f, r) {
			return false
		}
	}
	return true
}

func inFont(f *fontState, r rune) bool {
	if invisible(r) {
		return true
	}
	_, ok := f.face.NominalGlyph(r)
	return ok
}

// chooseFonts fills s.fonts: for every cluster of s.runes the first candidate
// that has all its characters, else the first that has its base.
func (s *Shaper) chooseFonts(k styleKey) {
	n := len(s.runes)
	s.fonts = grow(s.fonts, n)
	for i := 0; i < n; {
		j := clusterEnd(s.runes, i)
		chosen := s.chooseFont(k, s.variantOf(k, s.scripts[i]), s.runes[i:j])
		for ; i < j; i++ {
			s.fonts[i] = chosen
		}
	}
}

func (s *Shaper) chooseFont(k styleKey, script scriptPair, cluster []rune) *slot {
	list := s.candidates(k, script)
	for _, c := range list {
		if s.covers(c, cluster) {
			return c
		}
	}
	for _, c := range list {
		if len(cluster) > 1 && s.covers(c, cluster[:1]) {
			return c
		}
	}
	return s.boxFont(k)
}

// clusterEnd is the end of the character at i with what must be drawn in the
// same font: marks, joiners and what they join, variation selectors.
func clusterEnd(rs []rune, i int) int {
	for i++; i < len(rs); i++ {
		if !extends(rs[i]) && !(rs[i-1] == zwj && pictograph(rs[i])) {
			break
		}
	}
	return i
}
