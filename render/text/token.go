package text

import (
	"slices"
	"unicode/utf8"

	xbidi "golang.org/x/text/unicode/bidi"

	"communique/render/page"
	"communique/render/text/bidi"
)

// styleKey is what, besides its text, a token's glyphs depend on.
type styleKey struct {
	family, lang string
	bold, italic bool
	tabular      bool
	// rtlBase is the paragraph's direction, rtl the token's own.
	rtlBase, rtl bool
	// hyphened tokens end at a soft hyphen where the line breaks.
	hyphened bool
	// compressed tokens have less room between punctuation marks, see compress.
	compressed bool
	// spaced tokens end beside an ideograph, see widen.
	spaced bool
	// before and after are neighbours to which cursive letters join.
	before, after rune
}

// token is a piece of text that ends at a space, at an ideograph, or where the
// style or the level changes, shaped for one style and direction. It is a pure
// function of styleKey and text, so that a cache of tokens never shows.
type token struct {
	words      []shaped // logical order; none if nothing is drawn
	em         float64  // advance, in ems of the style's size
	trail      float64  // part of em that is white space at the end
	breaks     []inner  // places inside where a line may end
	unknown    []rune   // characters without a glyph
	mixed      bool     // its paragraph needs the bidirectional algorithm
	startSpace bool
	endSpace   bool
	allSpace   bool
	binding    binding
	starts     kind // of the first character
	ends       kind // of the last character
	endSoft    bool // ends with a soft hyphen that is not drawn
	plainStart bool // begins with a letter or digit
	divided    bool // divisions are known
	divisions  []division
	opens      bool // begins with an opening mark and a letter or digit
	firmEnd    bool // ends with a letter, digit, comma or stop, before spaces
	plainEnd   bool // what it ends with, before spaces, does not forbid a break after them
}

// shaped is a word in its font.
type shaped struct {
	word       *page.Word
	font       *fontState
	start, end int // bytes of the token's text
}

// inner is a break opportunity inside a token, at a byte of its text.
type inner struct {
	at   int
	soft bool // after a soft hyphen
}

// lookup finds or makes a token.
func (s *Shaper) lookup(k styleKey, txt string) *token {
	if s.lastMap == nil || s.lastKey != k {
		m := s.tokens[k]
		if m == nil {
			m = map[string]*token{}
			s.tokens[k] = m
		}
		s.lastKey, s.lastMap = k, m
	}
	m := s.lastMap
	t := m[txt]
	if t == nil {
		t = s.newToken(k, txt)
		m[string([]byte(txt))] = t // its own copy: txt may keep a whole document alive
		s.cost += 2*len(txt) + 300
	}
	return t
}

// newToken is the cold path.
func (s *Shaper) newToken(k styleKey, txt string) *token {
	s.decode(txt)
	t := &token{}
	s.classify(t, k)
	t.binding = s.bind(k.lang, txt)
	s.innerBreaks(t, txt)
	clean := s.clean(k, txt)
	if len(s.runes) > 0 {
		s.chooseScripts(k)
		s.chooseFonts(k)
		s.shapeToken(t, k, clean, len(txt))
	}
	if k.compressed && !k.rtl {
		s.compress(t)
	}
	if k.spaced && len(t.words) > 0 {
		s.widen(t)
	}
	t.measure()
	return t
}

// decode fills raw with the text's characters and rawAt with their bytes.
func (s *Shaper) decode(txt string) {
	s.raw, s.rawAt = s.raw[:0], s.rawAt[:0]
	for i, r := range txt {
		s.raw = append(s.raw, r)
		s.rawAt = append(s.rawAt, i)
	}
}

func (s *Shaper) classify(t *token, k styleKey) {
	n := len(s.raw)
	t.startSpace = isSpace(s.raw[0])
	t.endSpace = isSpace(s.raw[n-1])
	t.endSoft = s.raw[n-1] == softHyphen
	t.starts, t.ends = kindOf(s.raw[0]), kindOf(s.raw[n-1])
	first, last := 0, n
	for first < n && isBidiControl(s.raw[first]) {
		first++
	}
	for last > 0 && (isSpace(s.raw[last-1]) || isBidiControl(s.raw[last-1]) || extends(s.raw[last-1])) {
		last--
	}
	t.allSpace = true
	for _, r := range s.raw {
		t.allSpace = t.allSpace && (isSpace(r) || hangs(string(r)))
		t.mixed = t.mixed || changesLevel(r, k.rtlBase)
	}
	t.plainStart = first < n && (wordy(s.raw[first]) || s.raw[first] >= 0x4e00 && s.raw[first] < 0xa000)
	t.plainEnd = last > 0 && closesPlainly(s.raw[last-1])
	t.opens = first == 0 && n > 1 && opensPlainly(s.raw[0]) && wordy(s.raw[1])
	t.firmEnd = last > 0 && (wordy(s.raw[last-1]) || s.raw[last-1] == ',' || s.raw[last-1] == '.')
}

// isSpace tells the characters at which tokens end.
func isSpace(r rune) bool { return r == ' ' || r == '\t' }

// changesLevel tells the characters that can make a paragraph have more levels than its own.
func changesLevel(r rune, rtl bool) bool {
	if r < 0x80 {
		return rtl && wordy(r)
	}
	switch bidi.Class(r) {
	case xbidi.L, xbidi.EN:
		return rtl
	case xbidi.R, xbidi.AL:
		return !rtl
	case xbidi.NSM, xbidi.ON, xbidi.CS, xbidi.ET, xbidi.ES, xbidi.WS, xbidi.BN, xbidi.B, xbidi.S:
		return false
	}
	return true
}

// innerBreaks finds the break opportunities inside the token (UAX #14).
func (s *Shaper) innerBreaks(t *token, txt string) {
	if s.unbreakable() {
		return
	}
	n := len(s.raw)
	last := n
	for last > 0 && isSpace(s.raw[last-1]) {
		last--
	}
	s.segments.Init(s.raw)
	for it := s.segments.LineIterator(); it.Next(); {
		l := it.Line()
		if e := l.Offset + len(l.Text); e < last {
			t.breaks = append(t.breaks, inner{s.rawAt[e], s.raw[e-1] == softHyphen})
		}
	}
}

// unbreakable tells, without the full algorithm, that a token is one word with
// at most closing punctuation and spaces after it.
func (s *Shaper) unbreakable() bool {
	i, n := 0, len(s.raw)
	for i < n && wordy(s.raw[i]) {
		i++
	}
	for i < n && !wordy(s.raw[i]) && closesPlainly(s.raw[i]) && s.raw[i] != '%' {
		i++
	}
	for i < n && isSpace(s.raw[i]) {
		i++
	}
	return i == n || n == 1
}

// clean fills runes with what is drawn of raw, source with the byte of the text
// at which each of them starts, and ends with the byte at which it ends in the
// returned text, which is the source without controls.
func (s *Shaper) clean(k styleKey, txt string) string {
	s.runes, s.ends, s.source = s.runes[:0], s.ends[:0], s.source[:0]
	if !k.hyphened && !slices.ContainsFunc(s.raw, func(r rune) bool { return isControl(r) || r == utf8.RuneError }) {
		s.runes = append(s.runes, s.raw...)
		s.source = append(s.source, s.rawAt...)
		s.ends = append(append(s.ends, s.rawAt[1:]...), len(txt))
		return txt
	}
	b := make([]byte, 0, len(txt)+3)
	for i, r := range s.raw {
		switch {
		case r == '\t':
			r = ' '
		case isControl(r):
			continue
		}
		b = utf8.AppendRune(b, r)
		s.runes = append(s.runes, r)
		s.source = append(s.source, s.rawAt[i])
		s.ends = append(s.ends, len(b))
	}
	if k.hyphened {
		b = utf8.AppendRune(b, softHyphen)
		s.runes = append(s.runes, drawnHyphen)
		s.source = append(s.source, len(txt))
		s.ends = append(s.ends, len(b))
	}
	return string(b)
}

// measure adds up the words.
func (t *token) measure() {
	for _, w := range t.words {
		t.em += float64(w.word.Advance) * w.font.em
	}
	for i := len(t.words) - 1; i >= 0; i-- {
		w := t.words[i]
		t.trail += float64(w.word.Trail) * w.font.em
		if w.word.Trail != w.word.Advance {
			break
		}
	}
}
