package markdown

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// decode appends source text as it is printed: backslash escapes taken off,
// character references resolved (CommonMark 0.31.2, 2.4 and 2.5).
func (c *converter) decode(dst, raw []byte, offset int) []byte {
	i := bytes.IndexAny(raw, `\&`)
	if i < 0 {
		return append(dst, raw...)
	}
	from := 0
	for i < len(raw) {
		switch {
		case raw[i] == '\\' && i+1 < len(raw) && util.IsPunct(raw[i+1]):
			dst = append(dst, raw[from:i]...)
			from = i + 1
			i += 2
		case raw[i] == '&':
			chars, n := reference(raw[i:])
			if n == 0 {
				i++
				break
			}
			dst = append(append(dst, raw[from:i]...), c.safe(chars, offset+i)...)
			i += n
			from = i
		default:
			i++
		}
	}
	return append(dst, raw[from:]...)
}

// safe refuses characters that may not be written as references either.
func (c *converter) safe(chars string, offset int) string {
	for _, r := range chars {
		switch {
		case r < ' ' && r != '\t' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff:
			c.error("control-character", c.pos(offset), fmt.Sprintf("the control character %U", r), "text", "remove it")
			return "\ufffd"
		case r == '\n':
			return " "
		case isBidiControl(r):
			c.controls = append(c.controls, bidiControl{r, offset})
		}
	}
	return chars
}

// maxReference is the length of the longest character reference.
const maxReference = 40

// reference reads a character reference: what it stands for and its length, 0 if it is none.
func reference(raw []byte) (string, int) {
	end := bytes.IndexByte(raw[:min(len(raw), maxReference)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(raw[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base, most := name[1:], 10, 7
	if len(digits) > 0 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base, most = digits[1:], 16, 6
	}
	v, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return "", 0
	}
	if v == 0 || !utf8.ValidRune(rune(v)) {
		v = utf8.RuneError
	}
	return string(rune(v)), end + 1
}

// decoded is decode for short texts such as addresses and titles.
func (c *converter) decoded(raw []byte, offset int) string {
	return string(c.decode(nil, raw, offset))
}
