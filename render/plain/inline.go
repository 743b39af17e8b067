package plain

import (
	"fmt"
	"strings"
	"unicode"

	"communique/render/doc"
)

// inlines is the text of a line's constructs. Line ends in it are to be kept.
func (w *writer) inlines(in []doc.Inline) string {
	if len(in) == 1 {
		if t, ok := in[0].(*doc.Text); ok {
			return t.Value
		}
	}
	var b strings.Builder
	w.append(&b, in)
	return b.String()
}

func (w *writer) append(b *strings.Builder, in []doc.Inline) {
	for _, n := range in {
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(n.Value)
		case *doc.Break:
			b.WriteByte('\n')
		case *doc.Emphasis:
			w.append(b, n.Content)
		case *doc.Strong:
			w.append(b, n.Content)
		case *doc.Strikethrough: // words that no longer hold must not look as if they did
			b.WriteString("~~" + w.inlines(n.Content) + "~~")
		case *doc.Code:
			b.WriteString(w.leftToRight(n.Value))
		case *doc.Link:
			w.link(b, n)
		case *doc.FootnoteCall:
			w.call(b, n)
		case *doc.Badge:
			w.badge(b, n)
		case *doc.Span:
			b.WriteString(w.isolated(n.Dir, w.inlines(n.Content)))
		case *doc.BidiOverride:
			w.override(b, n)
		case *doc.Subscript:
			b.WriteString(raised(w.inlines(n.Content), subscripts, "_"))
		case *doc.Superscript:
			b.WriteString(raised(w.inlines(n.Content), superscripts, "^"))
		case *doc.Image:
			if !n.Decorative {
				b.WriteString("[" + n.Alt + "]")
			}
		case *doc.Abbreviation:
			w.abbreviation(b, n)
		default:
			w.fail(fmt.Errorf("no way to write the inline %T", n))
		}
	}
}

// isolated puts text between directional isolates where it could otherwise mix
// with the text around.
func (w *writer) isolated(d doc.Direction, s string) string {
	switch {
	case d == doc.LeftToRight && (w.rtl || strings.IndexFunc(s, rightToLeft) >= 0):
		return leftToRightIsolate + s + popIsolate
	case d == doc.RightToLeft:
		return rightToLeftIsolate + s + popIsolate
	}
	return s
}

// leftToRight is text that runs so in every language.
func (w *writer) leftToRight(s string) string { return w.isolated(doc.LeftToRight, s) }

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
}

func (w *writer) override(b *strings.Builder, n *doc.BidiOverride) {
	control := leftToRightOverride
	if n.Dir == doc.RightToLeft {
		control = rightToLeftOverride
	}
	b.WriteString(control + w.inlines(n.Content) + popOverride)
}

// abbreviation gives the full form once, after the first use.
func (w *writer) abbreviation(b *strings.Builder, n *doc.Abbreviation) {
	s := w.inlines(n.Content)
	b.WriteString(s)
	key := s + "\x00" + n.Title
	if n.Title == "" || w.expanded[key] {
		return
	}
	if w.expanded == nil {
		w.expanded = map[string]bool{}
	}
	w.expanded[key] = true
	b.WriteString(" (" + n.Title + ")")
}

// Characters with raised and lowered forms of their own.
var (
	superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹",
		"+", "⁺", "-", "⁻", "−", "⁻", "=", "⁼", "(", "⁽", ")", "⁾")
	subscripts = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉",
		"+", "₊", "-", "₋", "−", "₋", "=", "₌", "(", "₍", ")", "₎")
)

// raised writes raised or lowered text. A number must never look like a part of
// the number beside it: what has no form of its own stands in brackets after a
// sign, but for raised letters, as in "1er".
func raised(s string, forms *strings.Replacer, sign string) string {
	if s == "" {
		return ""
	}
	const known = "0123456789+-−=()"
	if strings.Trim(s, known) == "" {
		return forms.Replace(s)
	}
	if sign == "^" && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' }) < 0 {
		return s
	}
	return sign + "(" + s + ")"
}
