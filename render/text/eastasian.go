package text

import (
	"unicode"

	"communique/render/page"
)

// kind tells the characters between which East Asian text has a little room.
type kind uint8

const (
	other kind = iota
	han        // ideographs and kana
	west       // letters and digits of scripts with spaces
)

func kindOf(r rune) kind {
	switch {
	case r < 0x80:
		if wordy(r) || r == '%' {
			return west
		}
		return other
	case r < 0x1100:
		if r < 0x590 && unicode.IsLetter(r) {
			return west
		}
		return other
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return han
	}
	return other
}

// meets tells that one is an ideograph and the other is not East Asian.
func meets(a, b kind) bool { return a != other && b != other && a != b }

// widen adds a quarter of an em at the end of a token, which an ideograph parts
// from what follows. The room is part of the last character, so that no reader
// takes it for a space; at the end of a line it counts as white space.
func (s *Shaper) widen(t *token) {
	last := &t.words[len(t.words)-1]
	w, f := last.word, last.font
	n := len(w.Glyphs) - 1
	if n < 0 {
		return
	}
	room := f.font.upem / 4
	g := &w.Glyphs[n]
	g.Glyph = f.intern(s, g.Glyph.Parts, g.Glyph.Width+room, g.Glyph.Text)
	g.Advance += room
	w.Advance += room
	w.Trail += room
}

// closesHalf tells full-width closing marks, whose right half may be empty.
func closesHalf(text string) bool {
	switch text {
	case "。", "，", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", "〉", "］", "〕", "”", "’":
		return true
	}
	return false
}

// opensHalf tells full-width opening marks.
func opensHalf(text string) bool {
	switch text {
	case "（", "「", "『", "【", "《", "〈", "［", "〔", "“", "‘":
		return true
	}
	return false
}

// compress takes away the empty half of a closing mark before another mark, so
// that two marks stand as close as one and a half (CLREQ, adjacent punctuation).
func (s *Shaper) compress(t *token) {
	for _, x := range t.words {
		w, f := x.word, x.font
		for i := 0; i+1 < len(w.Glyphs); i++ {
			next := &w.Glyphs[i+1]
			if !closesHalf(next.Glyph.Text) && !opensHalf(next.Glyph.Text) || next.Advance < f.font.upem*9/10 {
				continue
			}
			g := &w.Glyphs[i]
			if half := f.halfEmpty(*g); half > 0 {
				g.Glyph = f.intern(s, g.Glyph.Parts, g.Glyph.Width-half, g.Glyph.Text)
				g.Advance -= half
				w.Advance -= half
			}
		}
	}
}

// halfEmpty is the empty right half of a closing mark: at the end of a line it is
// white space (CLREQ, punctuation at line ends).
func (f *fontState) halfEmpty(g page.Placed) int32 {
	if g.Advance < f.font.upem*9/10 || !closesHalf(g.Glyph.Text) || len(g.Glyph.Parts) != 1 {
		return 0
	}
	part := g.Glyph.Parts[0]
	o, err := f.font.outline(part.GID)
	if err != nil || len(o) < glyphHeader || int32(i16(o[6:]))+int32(part.DX) > g.Advance/2 {
		return 0
	}
	return g.Advance / 2
}
