// Package hyphen finds where the words of a language may be divided, by the
// algorithm of F. M. Liang ("Word Hy-phen-a-tion by Com-put-er", 1983): patterns
// of letters with digits between them, of which at every place the greatest
// counts, and odd ones allow a hyphen. It knows words and nothing of lines.
package hyphen

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Dictionary divides the words of one language. It is immutable.
type Dictionary struct {
	// Left and Right are the fewest letters before and after a hyphen.
	Left, Right int
	// Capitals tells that the language writes its nouns with a capital, so that a
	// capital inside a sentence does not mean a name.
	Capitals bool

	vowels     string            // of which both parts must have one; "" for no such rule
	patterns   map[string]string // letters to the digits of the pattern
	exceptions map[string][]int
	longest    int // letters of a pattern
}

// maxWord is the number of letters from which on a word is no word.
const maxWord = 64

// edge stands for the start and the end of a word in patterns.
const edge = '.'

// Points appends the letters of a word before which a hyphen may stand, in order.
// The word consists of letters and apostrophes, in any case.
func (d *Dictionary) Points(dst []int, word []rune) []int {
	if len(word) < d.Left+d.Right || len(word) > maxWord {
		return dst
	}
	var buf [4 * (maxWord + 2)]byte
	var at [maxWord + 3]int // bytes of buf at which the letters start
	b := append(buf[:0], edge)
	for i, r := range word {
		at[i+1] = len(b)
		b = utf8.AppendRune(b, fold(r))
	}
	n := len(word) + 1
	at[n] = len(b)
	b = append(b, edge)
	at[n+1] = len(b)
	if known, ok := d.exceptions[string(b[1:len(b)-1])]; ok {
		return d.keep(dst, known, word)
	}
	var values [maxWord + 3]byte
	for i := 0; i <= n; i++ {
		for j := i + 1; j <= n+1 && j-i <= d.longest; j++ {
			p, ok := d.patterns[string(b[at[i]:at[j]])]
			for k := 0; ok && k < len(p); k++ {
				values[i+k] = max(values[i+k], p[k]-'0')
			}
		}
	}
	var found [maxWord]int
	points := found[:0]
	for i := 1; i < len(word); i++ {
		if values[i+1]&1 == 1 {
			points = append(points, i)
		}
	}
	return d.keep(dst, points, word)
}

// keep appends the points that leave enough at both sides.
func (d *Dictionary) keep(dst, points []int, word []rune) []int {
	first, last := 0, len(word)
	if d.vowels != "" {
		first, last = d.vowelRange(word)
	}
	for _, i := range points {
		if i >= d.Left && len(word)-i >= d.Right && i > first && i <= last {
			dst = append(dst, i)
		}
	}
	return dst
}

// vowelRange is the first and the last vowel of a word.
func (d *Dictionary) vowelRange(word []rune) (first, last int) {
	first, last = len(word), -1
	for i, r := range word {
		if strings.ContainsRune(d.vowels, fold(r)) {
			first, last = min(first, i), i
		}
	}
	return first, last
}

// fold makes a letter what it is in patterns: small, with one kind of apostrophe.
func fold(r rune) rune {
	switch r {
	case '\'', 0x2bc:
		return 0x2019
	}
	return unicode.ToLower(r)
}

// Parse reads a dictionary: lines "left 2", "right 3", "vowels aeiou" and
// "capitals yes"; "patterns" and, below, patterns; "exceptions" and, below,
// words with hyphens. A line that begins with # is a comment.
func Parse(src string) (*Dictionary, error) {
	d := &Dictionary{Left: 2, Right: 2, exceptions: map[string][]int{}}
	d.patterns = make(map[string]string, len(src)/6)
	letters, digits := make([]byte, 0, 64), make([]byte, 0, 64)
	add := (func(string))(nil)
	number := 0
	for line := range strings.Lines(src) {
		number++
		line = strings.TrimSpace(line)
		key, value, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
		case line == "patterns":
			add = func(p string) { letters, digits = d.pattern(p, letters[:0], digits[:0]) }
		case line == "exceptions":
			add = d.exception
		case add != nil:
			for p := range strings.FieldsSeq(line) {
				add(p)
			}
		case !d.set(key, value):
			return nil, fmt.Errorf("line %d: %q: expected left, right, vowels, capitals, patterns or exceptions", number, line)
		}
	}
	if len(d.patterns) == 0 {
		return nil, fmt.Errorf("there is no line %q with patterns below it", "patterns")
	}
	return d, nil
}

// set reads one setting.
func (d *Dictionary) set(key, value string) bool {
	switch key {
	case "left", "right":
		if len(value) != 1 || value[0] < '1' || value[0] > '9' {
			return false
		}
		if key == "left" {
			d.Left = int(value[0] - '0')
		} else {
			d.Right = int(value[0] - '0')
		}
	case "vowels":
		d.vowels = value
	case "capitals":
		d.Capitals = value == "yes"
	default:
		return false
	}
	return true
}

// pattern adds a pattern; the two slices are scratch.
func (d *Dictionary) pattern(p string, letters, digits []byte) (l, v []byte) {
	digits = append(digits, '0')
	n := 0
	for _, r := range p {
		if r >= '0' && r <= '9' {
			digits[len(digits)-1] = byte(r)
			continue
		}
		letters = utf8.AppendRune(letters, r)
		digits = append(digits, '0')
		n++
	}
	d.longest = max(d.longest, n)
	if old, ok := d.patterns[string(letters)]; ok { // the same letters twice: the greater digits
		for i := range digits {
			digits[i] = max(digits[i], old[i])
		}
	}
	d.patterns[string(letters)] = string(digits)
	return letters, digits
}

// exception adds a word that is divided at its hyphens only.
func (d *Dictionary) exception(w string) {
	var points []int
	n := 0
	for _, r := range w {
		if r == '-' {
			points = append(points, n)
		} else {
			n++
		}
	}
	d.exceptions[strings.ReplaceAll(w, "-", "")] = points
}
