package text

import (
	"unicode"
	"unicode/utf8"

	"communique/render/text/hyphen"
)

// The rules for words that patterns know nothing of. A word is hyphenated only
// if it is nothing but letters: no digit, no address, no capitals inside. A word
// with a soft hyphen is divided there and nowhere else.

// division is a place inside a token where its language allows a hyphen.
type division struct {
	at      int  // byte of the token's text
	capital bool // the word begins with a capital that may mean a name
	// head is the advance of the text before, hyphen included, tail that of the
	// text after, in ems; both 0 until optimal needs them.
	head, tail float64
}

// maxHyphens is how many lines in a row may end in a hyphen.
const maxHyphens = 2

// divisions finds where a token may be hyphenated, once.
func (s *Shaper) divisions(t *token, lang, txt string) []division {
	if !t.divided {
		t.divided = true
		if d := s.dictionary(lang); d != nil {
			t.divisions = s.divide(d, txt)
			s.cost += 16 * len(t.divisions)
		}
	}
	return t.divisions
}

// dictionary is how a language divides words, looked up once.
func (s *Shaper) dictionary(lang string) *hyphen.Dictionary {
	d, ok := s.dictionaries[lang]
	if !ok {
		d = s.library.dictionary(lang)
		s.dictionaries[lang] = d
		s.cost += 100
	}
	return d
}

// divide finds the hyphens of a token's words. Words joined by a hyphen are
// divided too, but not near it.
func (s *Shaper) divide(d *hyphen.Dictionary, txt string) (out []division) {
	if !plainWords(txt) {
		return nil
	}
	s.decode(txt)
	const apart = 4 // letters between two hyphens
	for i := 0; i < len(s.raw); {
		j := i
		for j < len(s.raw) && (unicode.IsLetter(s.raw[j]) || j > i && isApostrophe(s.raw[j])) {
			j++
		}
		if j == i {
			i++
			continue
		}
		word := s.raw[i:j]
		if capitals(word[1:]) == 0 {
			s.points = d.Points(s.points[:0], word)
			for _, p := range s.points {
				if i > 0 && joins(s.raw[i-1]) && p < apart || j < len(s.raw) && joins(s.raw[j]) && len(word)-p < apart {
					continue
				}
				out = append(out, division{at: s.rawAt[i+p], capital: unicode.IsUpper(word[0]) && !d.Capitals})
			}
		}
		i = j
	}
	return out
}

// plainWords tells that a token is words and punctuation around and between
// them: no digits, no soft hyphens, and none of the marks of addresses inside.
func plainWords(txt string) bool {
	inner := false // a mark that means an address if a letter follows
	for _, r := range txt {
		switch {
		case r >= '0' && r <= '9', r == '@', r == '/', r == '\\', r == '_', r == softHyphen:
			return false
		case r == '.', r == ':':
			inner = true
		case r >= 'a' && r <= 'z':
			if inner {
				return false
			}
		case r >= 0x80 && unicode.IsDigit(r), r >= 0x80 && isControl(r):
			return false
		case unicode.IsLetter(r):
			if inner {
				return false
			}
		}
	}
	return true
}

func isApostrophe(r rune) bool { return r == '\'' || r == 0x2019 || r == 0x2bc }

// joins tells the hyphens and dashes between words.
func joins(r rune) bool { return r == '-' || r >= 0x2010 && r <= 0x2013 }

func capitals(word []rune) (n int) {
	for _, r := range word {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// hyphens is the divisions of a place that count where it stands. Bytes are
// counted from the place's origin.
func (f *filler) hyphens(k int) []division {
	pl := &f.s.places[k]
	if pl.t == nil || pl.t.allSpace || len(pl.t.words) == 0 {
		return nil
	}
	list := pl.divisions
	if !pl.cut {
		list = f.wholeDivisions(pl)
	}
	if len(list) == 0 || f.partOfWord(k) || list[0].capital && !f.startsSentence(k) {
		return nil
	}
	return list
}

// wholeDivisions is the divisions of a token that no line's end has cut.
func (f *filler) wholeDivisions(pl *place) []division {
	sp := &f.p.Spans[pl.span]
	if f.p.Hyphens == NoHyphens || sp.Style.Whole {
		return nil
	}
	return f.s.divisions(pl.t, sp.Style.Lang, sp.Text[pl.start:pl.end])
}

// partOfWord tells that letters go on beyond the place: its style changes inside a word.
func (f *filler) partOfWord(k int) bool {
	places := f.s.places
	pl := &places[k]
	if pl.glued && k > 0 && places[k-1].t != nil {
		before := &places[k-1]
		r, _ := utf8.DecodeLastRuneInString(f.p.Spans[before.span].Text[before.start:before.end])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	if k+1 < len(places) && places[k+1].glued && places[k+1].t != nil {
		after := &places[k+1]
		r, _ := utf8.DecodeRuneInString(f.p.Spans[after.span].Text[after.start:])
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}

// startsSentence tells that what is before a place ends a sentence, so that a
// capital does not mean a name.
func (f *filler) startsSentence(k int) bool {
	for k--; k >= 0; k-- {
		pl := &f.s.places[k]
		if pl.t == nil {
			return true
		}
		txt := f.p.Spans[pl.span].Text[pl.start:pl.end]
		for txt != "" {
			r, n := utf8.DecodeLastRuneInString(txt)
			switch {
			case r == '.' || r == '!' || r == '?' || r == 0x2026:
				return true
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == ',' || r == ';':
				return false
			}
			txt = txt[:len(txt)-n]
		}
	}
	return true
}

// lastWord tells that no word follows place k before the text ends its line.
func (f *filler) lastWord(k int) bool {
	for k++; k < len(f.s.places) && f.s.places[k].t != nil; k++ {
		if pl := &f.s.places[k]; !pl.t.allSpace && len(pl.t.words) > 0 && !pl.glued {
			return false
		}
	}
	return true
}

// hyphenCuts collects the hyphens inside places [i,j).
func (f *filler) hyphenCuts(i, j int) {
	f.s.cuts = f.s.cuts[:0]
	for k := i; k < j; k++ {
		list := f.hyphens(k)
		pl := &f.s.places[k]
		for _, d := range list {
			if at := pl.origin + d.at; at > pl.start && at < pl.end {
				f.s.cuts = append(f.s.cuts, cut{k, at, true})
			}
		}
	}
}

// zone is how much a line must lack before a word is divided.
func (f *filler) zone(size float64) float64 {
	if f.p.Hyphens == FullHyphens {
		return 0
	}
	return max(f.p.Width/5, 6*size)
}

// divideWord ends the line with a part of the places [i,j), which do not fit, if
// that is worth a hyphen.
func (f *filler) divideWord(i, j int) (next int, ok bool) {
	s := f.s
	alone := i == f.from // wider than the line: it must be broken in any case
	if f.p.Hyphens == NoHyphens || !alone && (f.hyphened >= maxHyphens || f.lastWord(j-1)) {
		return 0, false
	}
	if !alone && f.limit-f.lineNet(i) < f.zone(f.size(&s.places[i])) {
		return 0, false
	}
	f.hyphenCuts(i, j)
	k, ok := f.lastFitting(i)
	if !ok {
		return 0, false
	}
	return f.split(s.cuts[k]), true
}

// lineNet is the width of the line up to a place, without white space at its end.
func (f *filler) lineNet(end int) float64 {
	var e extent
	for k := f.from; k < end; k++ {
		e.add(f.s.places[k].t, f.size(&f.s.places[k]))
	}
	return e.net()
}
