package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// isWide tells the characters of scripts that set no spaces between words and
// are as wide as they are high: Han, kana, bopomofo, Yi and fullwidth forms.
// Hangul is not among them: Korean parts words by spaces.
func isWide(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r <= 0x303f, r >= 0xff01 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6, r >= 0xfe30 && r <= 0xfe4f:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Yi)
}

// joins tells that a line break between two characters is no space: both are
// wide (CSS Text 3, 4.1.3, segment break transformation), or one is and the
// other is a mark that Chinese and Japanese share with other scripts.
func joins(before, after rune) bool {
	switch {
	case isWide(before):
		return isWide(after) || isShared(after)
	case isWide(after):
		return isShared(before)
	}
	return false
}

// isShared tells the marks that are wide among wide characters only.
func isShared(r rune) bool { return strings.ContainsRune("“”‘’—…·", r) }

// nextRune is the first character of the text after a node of a paragraph.
func nextRune(n ast.Node, src []byte) rune {
	for {
		for n.NextSibling() == nil {
			n = n.Parent()
			if n == nil || n.Type() != ast.TypeInline {
				return ' '
			}
		}
		n = n.NextSibling()
		for n.FirstChild() != nil {
			n = n.FirstChild()
		}
		switch n := n.(type) {
		case *ast.Text:
			if v := n.Segment.Value(src); len(v) > 0 {
				r, _ := utf8.DecodeRune(v)
				return r
			}
		case *ast.String:
			if len(n.Value) > 0 {
				r, _ := utf8.DecodeRune(n.Value)
				return r
			}
		case *ast.RawHTML:
		default:
			return ' '
		}
	}
}
