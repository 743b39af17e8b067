package text

import (
	"unicode/utf8"

	"communique/render/text/bidi"
)

// place is a token where it stands in its paragraph, before lines are filled.
type place struct {
	t          *token // nil for a line end that the text asks for
	span       int
	start, end int // bytes of the span's text
	level      int8
	brk        bool       // a line may end after it
	bound      bool       // it should not, though UAX #14 lets it
	glued      bool       // no space or ideograph parts it from the place before
	spaced     bool       // room parts an ideograph and another character after it
	unsure     bool       // whether a line may end before it takes a look at the text around
	breaks     []inner    // where a line may end inside, counted from byte origin
	divisions  []division // what is left of a token that the line's end cut: those of the whole
	cut        bool
	origin     int // where the place started before the line's end cut it
	// before and after are the neighbours to which its letters join.
	before, after rune
}

// scanner walks over a paragraph's text and fills Shaper.places.
type scanner struct {
	s      *Shaper
	p      *Paragraph
	levels []int8 // by character of the paragraph; nil if all have the paragraph's
	base   int8
	at     int  // characters so far, when there are levels
	plain  bool // the last word and the spaces after it do not forbid a break
	prev   rune // the last character, if letters may join to it
	// known is the tokens of the span's style at the paragraph's level, which join
	// to nothing.
	known map[string]*token
	firm  bool // a line may end before an opening mark, too
}

// scan fills s.places with the paragraph's tokens.
func (s *Shaper) scan(p *Paragraph) {
	c := scanner{s: s, p: p}
	if p.RTL {
		c.base = 1
	}
	if !c.run() {
		c.levels = s.resolveLevels(p)
		c.run()
	}
	s.settleBreaks(p)
}

// run places all tokens. It gives up, false, if there are no levels yet and a
// token needs them.
func (c *scanner) run() bool {
	c.s.places = c.s.places[:0]
	c.plain, c.firm, c.prev, c.at = true, false, 0, 0
	for i := range c.p.Spans {
		txt := c.p.Spans[i].Text
		c.known = c.s.tokens[c.p.key(&place{span: i, level: c.base})]
		for a := 0; a < len(txt); {
			if n := lineEnd(txt[a:]); n > 0 {
				c.s.places = append(c.s.places, place{span: i, start: a, end: a + n})
				c.plain, c.firm, c.prev = true, false, 0
				c.at += utf8.RuneCountInString(txt[a : a+n])
				a += n
				continue
			}
			b, ideograph := c.s.chunk(txt, a)
			if !c.add(i, a, b, ideograph) {
				return false
			}
			a = b
		}
	}
	return true
}

// add places a chunk of a span, as one token or, where the level changes, several.
func (c *scanner) add(span, a, b int, ideograph bool) bool {
	txt := c.p.Spans[span].Text
	if c.levels == nil {
		pl := place{span: span, start: a, end: b, level: c.base}
		c.neighbours(&pl, txt)
		if pl.before|pl.after == 0 {
			pl.t = c.known[txt[a:b]]
		}
		if pl.t == nil {
			pl.t = c.s.tokenAt(c.p, &pl, a, b, false)
		}
		if pl.t.mixed {
			return false
		}
		c.push(pl, ideograph)
		return true
	}
	for a < b {
		// Cut where the level changes, and around white space that rule L1 may move.
		level, e := c.levels[c.at], a
		first, n := utf8.DecodeRuneInString(txt[a:])
		blank := isBlank(first)
		for e < b && c.levels[c.at] == level && (level == c.base || isBlank(first) == blank) {
			e += n
			c.at++
			if e < b {
				first, n = utf8.DecodeRuneInString(txt[e:])
			}
		}
		pl := place{span: span, start: a, end: e, level: level}
		c.neighbours(&pl, txt)
		pl.t = c.s.tokenAt(c.p, &pl, a, e, false)
		c.push(pl, ideograph && e == b)
		a = e
	}
	return true
}

func isBlank(r rune) bool { return isSpace(r) || r >= 0x1680 && hangs(string(r)) }

// push appends a place. Whether a line may end before it is settled at once in
// the usual case, a letter after a space; else settleBreaks looks at it.
func (c *scanner) push(pl place, ideograph bool) {
	if n := len(c.s.places); n > 0 {
		switch prev := &c.s.places[n-1]; {
		case prev.t == nil || prev.brk:
		case !prev.t.endSpace:
			pl.glued = true
		case !pl.t.startSpace:
			prev.brk = c.plain && pl.t.plainStart || c.firm && pl.t.opens
			pl.unsure = !prev.brk
		}
	}
	if c.p.Autospace && pl.t.starts != other {
		c.autospace(&pl)
	}
	if !pl.t.allSpace {
		c.plain, c.firm = pl.t.plainEnd, pl.t.firmEnd
	}
	pl.brk, pl.breaks, pl.origin = ideograph, pl.t.breaks, pl.start
	c.s.places = append(c.s.places, pl)
}

// autospace makes room before a place that ideographs part from the one before.
func (c *scanner) autospace(pl *place) {
	n := len(c.s.places)
	if n == 0 || pl.level&1 == 1 {
		return
	}
	prev := &c.s.places[n-1]
	if prev.t != nil && prev.level == pl.level && meets(prev.t.ends, pl.t.starts) {
		prev.spaced = true
		prev.t = c.s.tokenAt(c.p, prev, prev.start, prev.end, false)
	}
}

// neighbours finds the characters beyond the token's ends to which its letters
// join: the style may change inside an Arabic word.
func (c *scanner) neighbours(pl *place, txt string) {
	if txt[pl.start] >= 0xd8 {
		if r, _ := utf8.DecodeRuneInString(txt[pl.start:]); cursive(r) {
			pl.before = c.prev
		}
	}
	c.prev = 0
	if txt[pl.end-1] < 0x80 {
		return
	}
	if r, _ := utf8.DecodeLastRuneInString(txt[:pl.end]); cursive(r) {
		c.prev = r
		pl.after = c.following(pl.span, pl.end)
	}
}

// following is the cursive letter at a byte of a span, or at the start of the
// next one with text; 0 if there is none.
func (c *scanner) following(span, at int) rune {
	for ; span < len(c.p.Spans); span, at = span+1, 0 {
		if txt := c.p.Spans[span].Text[at:]; txt != "" {
			if r, _ := utf8.DecodeRuneInString(txt); cursive(r) {
				return r
			}
			return 0
		}
	}
	return 0
}

// cursive tells the letters of scripts that join: Arabic, Syriac, N'Ko, Mandaic, Mongolian.
func cursive(r rune) bool {
	switch {
	case r < 0x620, r > 0x18aa:
		return r == zwj
	case r < 0x700:
		return r < 0x660 || r > 0x66d && r != 0x6d4 && r < 0x6f0 || r >= 0x6fa
	}
	return r >= 0x710 && r < 0x780 || r >= 0x7ca && r < 0x800 || r >= 0x840 && r < 0x900 || r >= 0x1807
}

// tokenAt is the token of text[from:to] of the span in which pl stands.
func (s *Shaper) tokenAt(p *Paragraph, pl *place, from, to int, hyphened bool) *token {
	k := p.key(pl)
	k.hyphened = hyphened
	k.spaced = pl.spaced && to == pl.end && !hyphened
	if from == pl.start {
		k.before = pl.before
	}
	if to == pl.end && !hyphened {
		k.after = pl.after
	}
	return s.lookup(k, p.Spans[pl.span].Text[from:to])
}

// key is that of a place's tokens which join to nothing.
func (p *Paragraph) key(pl *place) styleKey {
	st := p.Spans[pl.span].Style
	return styleKey{
		family: st.Family, lang: st.Lang, bold: st.Bold, italic: st.Italic, tabular: st.Tabular,
		rtlBase: p.RTL, rtl: pl.level&1 == 1, compressed: p.Autospace,
	}
}

// maxToken bounds a token's bytes, so that hostile words cost linear time.
const maxToken = 600

// chunk finds the end of the token that starts at a: after spaces, between
// ideographs, before a line end. ideograph tells that a line may end there.
func (s *Shaper) chunk(txt string, a int) (end int, ideograph bool) {
	if isSpace(rune(txt[a])) {
		return spacesEnd(txt, a), false
	}
	before := false // the character before b is an ideograph
	for b := a; b < len(txt); {
		c := txt[b]
		switch {
		case c == ' ' || c == '\t':
			return spacesEnd(txt, b), false
		case c < 0x20 || c == 0xc2 || c == 0xe2:
			if lineEnd(txt[b:]) > 0 {
				return b, false
			}
		}
		if c < 0xe2 && !before {
			if b-a > maxToken && utf8.RuneStart(c) {
				return b, false
			}
			b++
			continue
		}
		r, n := utf8.DecodeRuneInString(txt[b:])
		is := ideographic(r)
		if b > a && (is || before) {
			last, _ := utf8.DecodeLastRuneInString(txt[:b])
			if s.pairBreaks(last, r) {
				return b, true
			}
		}
		if b-a > maxToken {
			return b, false
		}
		before = is
		b += n
	}
	return len(txt), false
}

// spacesEnd is the end of the spaces that start at a. Long ones are cut too.
func spacesEnd(txt string, a int) int {
	b := a
	for b < len(txt) && isSpace(rune(txt[b])) && b-a < maxToken {
		b++
	}
	return b
}

// resolveLevels gives every character of the paragraph its level. Every line
// that the text asks for is a paragraph of UAX #9, in which embeddings and
// isolates that are still open go on, as they do in CSS.
func (s *Shaper) resolveLevels(p *Paragraph) []int8 {
	s.levels = s.levels[:0]
	s.lineText = s.lineText[:0]
	prefix := 0
	flush := func() {
		s.levels = append(s.levels, s.bidi.Levels(s.lineText, p.RTL)[prefix:]...)
	}
	for i := range p.Spans {
		for _, r := range p.Spans[i].Text {
			if !isLineEnd(r) {
				s.lineText = append(s.lineText, r)
				continue
			}
			flush()
			s.levels = append(s.levels, 0) // the line end itself
			s.lineText = bidi.Open(s.lineText)
			prefix = len(s.lineText)
		}
	}
	flush()
	return s.levels
}
