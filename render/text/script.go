package text

import (
	"github.com/go-text/typesetting/language"
	xlanguage "golang.org/x/text/language"
)

// scriptPair is a script and the form of it that a language uses (Hani and
// Hans); the variant is empty for scripts without forms.
type scriptPair struct{ script, variant string }

// languageScript is the script in which a language is usually written (CLDR's
// likely subtags), Latin if that is unknown.
func languageScript(lang string) scriptPair {
	tag, err := xlanguage.Parse(lang)
	if err != nil {
		return scriptPair{script: "Latn"}
	}
	sc, _ := tag.Script()
	switch code := sc.String(); code {
	case "Hans", "Hant", "Jpan":
		return scriptPair{"Hani", code}
	case "Kore":
		return scriptPair{"Hang", code}
	case "Zzzz", "Zyyy", "":
		return scriptPair{script: "Latn"}
	default:
		return scriptPair{script: code}
	}
}

// own is the script of a language, looked up once.
func (s *Shaper) own(lang string) (language.Script, scriptPair) {
	o, ok := s.langs[lang]
	if !ok {
		o.pair = languageScript(lang)
		o.script, _ = language.ParseScript(o.pair.script)
		o.tag = language.NewLanguage(lang)
		s.langs[lang] = o
	}
	return o.script, o.pair
}

type langInfo struct {
	script language.Script
	pair   scriptPair
	tag    language.Language
}

// variantOf adds to a script the form of it that the style's language uses.
func (s *Shaper) variantOf(k styleKey, sc language.Script) scriptPair {
	own, pair := s.own(k.lang)
	if sc == own || isEastAsian(sc) && isEastAsian(own) {
		return scriptPair{sc.String(), pair.variant}
	}
	return scriptPair{script: sc.String()}
}

func isEastAsian(s language.Script) bool {
	switch s {
	case language.Han, language.Hiragana, language.Katakana, language.Bopomofo, language.Hangul:
		return true
	}
	return false
}

// sharedPunctuation tells the marks that East Asian and other typography share
// as characters but not as shapes: quotes, dashes, ellipses, middle dots.
func sharedPunctuation(r rune) bool {
	switch r {
	case 0xb7, 0x2014, 0x2015, 0x2018, 0x2019, 0x201c, 0x201d, 0x2025, 0x2026, 0x2027:
		return true
	}
	return false
}

// chooseScripts fills s.scripts for s.runes (UAX #24). Characters without a
// script of their own take that of what is before them, else of what follows.
// Exceptions: Western digits and marks never count as East Asian, shared
// punctuation follows an East Asian language, and Western digits are Latin where
// the language's family has no Latin letters to match them, as in Arabic.
func (s *Shaper) chooseScripts(k styleKey) {
	own, _ := s.own(k.lang)
	western := own
	if isEastAsian(own) {
		western = language.Latin
	}
	latinDigits := s.latinDigits(k)
	n := len(s.runes)
	s.scripts = grow(s.scripts, n)
	before := language.Script(0) // last script that is not East Asian
	lead := 0                    // characters that wait for the first such script
	for i, r := range s.runes {
		sc := language.LookupScript(r)
		switch {
		case sc == language.Inherited && i > 0:
			s.scripts[i] = s.scripts[i-1]
			if lead == i {
				lead++
			}
			continue
		case sc != language.Common && sc != language.Inherited && sc != language.Unknown:
		case latinDigits && r >= '0' && r <= '9':
			sc = language.Latin
		case ideographic(r):
			sc = language.Han
			if isEastAsian(own) {
				sc = own
			}
		case sharedPunctuation(r) && isEastAsian(own) && !s.insideWord(i):
			sc = own
		default:
			if before == 0 && lead == i {
				lead++
			}
			s.scripts[i] = before
			if before == 0 {
				s.scripts[i] = western
			}
			continue
		}
		s.scripts[i] = sc
		if isEastAsian(sc) {
			continue
		}
		if before == 0 {
			for j := 0; j < lead; j++ {
				s.scripts[j] = sc
			}
		}
		before = sc
	}
}

// insideWord tells an apostrophe or dot between two letters that are not East Asian.
func (s *Shaper) insideWord(i int) bool {
	return i > 0 && i+1 < len(s.runes) && wordy(s.runes[i-1]) && wordy(s.runes[i+1])
}

// latinDigits reports whether the family that sets the language lacks Latin.
func (s *Shaper) latinDigits(k styleKey) bool {
	_, pair := s.own(k.lang)
	first := s.candidates(k, pair)[0].family
	return first != s.candidates(k, scriptPair{script: "Latn"})[0].family
}
