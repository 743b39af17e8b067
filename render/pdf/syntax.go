package pdf

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// syntax is PDF source being written (ISO 32000-1, 7.3). Its methods append and
// return it, so that an object reads in the order of its bytes.
type syntax []byte

// raw appends PDF source as it is.
func (b *syntax) raw(s string) *syntax {
	*b = append(*b, s...)
	return b
}

func (b *syntax) int(v int) *syntax {
	*b = strconv.AppendInt(*b, int64(v), 10)
	return b
}

// ref appends an indirect reference, the number of an object.
func (b *syntax) ref(object int) *syntax { return b.int(object).raw(" 0 R") }

// refs appends references with spaces between them.
func (b *syntax) refs(objects []int) *syntax {
	for i, n := range objects {
		if i > 0 {
			b.raw(" ")
		}
		b.ref(n)
	}
	return b
}

// num appends a length in points, to a hundredth.
func (b *syntax) num(v float64) *syntax { return b.decimal(hundredths(v), 2) }

// nums appends lengths with spaces between them.
func (b *syntax) nums(v ...float64) *syntax {
	for i, x := range v {
		if i > 0 {
			b.raw(" ")
		}
		b.num(x)
	}
	return b
}

// hundredths rounds a length in points to what num writes.
func hundredths(v float64) int64 { return int64(math.Round(v * 100)) }

// decimal appends v/10^places in the shortest form.
func (b *syntax) decimal(v int64, places int) *syntax {
	if v < 0 {
		b.raw("-")
		v = -v
	}
	unit := int64(1)
	for range places {
		unit *= 10
	}
	whole, rest := v/unit, v%unit
	if whole != 0 || rest == 0 {
		*b = strconv.AppendInt(*b, whole, 10)
	}
	if rest == 0 {
		return b
	}
	b.raw(".")
	for unit /= 10; rest > 0; unit /= 10 {
		*b = append(*b, byte('0'+rest/unit))
		rest %= unit
	}
	return b
}

// bytes appends a byte string (7.9.2.4) as a literal.
func (b *syntax) bytes(s string) *syntax {
	b.raw("(")
	for i := 0; i < len(s); i++ {
		b.literalByte(s[i])
	}
	return b.raw(")")
}

// literalByte appends one byte of a literal string (7.3.4.2). An end of line
// would be read as a line feed whatever it is, so carriage returns are escaped.
func (b *syntax) literalByte(c byte) {
	switch c {
	case '(', ')', '\\':
		*b = append(*b, '\\', c)
	case '\r':
		*b = append(*b, '\\', 'r')
	default:
		*b = append(*b, c)
	}
}

// text appends a text string (7.9.2.2): ASCII as it is, anything else in UTF-16.
func (b *syntax) text(s string) *syntax {
	s = cleanText(s)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return b.raw("<FEFF").utf16(s).raw(">")
		}
	}
	return b.bytes(s)
}

// cleanText takes out of metadata what neither a text string nor XML can hold:
// bad UTF-8 and non-characters become U+FFFD, control characters spaces.
func cleanText(s string) string {
	bad := func(r rune) bool { return mendRune(r) != r }
	if utf8.ValidString(s) && strings.IndexFunc(s, bad) < 0 {
		return s
	}
	return strings.Map(mendRune, s) // Map sees bad UTF-8 as U+FFFD
}

func mendRune(r rune) rune {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return ' '
	case r == 0xfffe, r == 0xffff:
		return utf8.RuneError
	}
	return r
}

const hexDigits = "0123456789ABCDEF"

// hex16 appends four hexadecimal digits.
func (b *syntax) hex16(v uint16) *syntax {
	*b = append(*b, hexDigits[v>>12], hexDigits[v>>8&15], hexDigits[v>>4&15], hexDigits[v&15])
	return b
}

// utf16 appends text as hexadecimal UTF-16, big-endian.
func (b *syntax) utf16(s string) *syntax {
	for _, r := range s {
		if r >= 0x10000 {
			b.hex16(uint16(0xd800 + (r-0x10000)>>10))
			r = 0xdc00 + (r-0x10000)&0x3ff
		}
		b.hex16(uint16(r))
	}
	return b
}
