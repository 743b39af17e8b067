package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/doc"
)

// abbreviationTransformer takes the lines *[KP]: Kimberley Process out of
// paragraphs (PHP Markdown Extra, Abbreviations).
type abbreviationTransformer struct{}

func (abbreviationTransformer) Transform(p *ast.Paragraph, r text.Reader, pc parser.Context) {
	lines, src := p.Lines(), r.Source()
	kept := 0
	for i := range lines.Len() {
		seg := lines.At(i)
		line := bytes.TrimLeft(src[seg.Start:seg.Stop], " \t")
		if name, title, ok := shortForm(line); ok {
			st := stateOf(pc)
			st.found = append(st.found, shortFor{name: name, title: title, offset: seg.Stop - len(line)})
			continue
		}
		lines.Set(kept, seg)
		kept++
	}
	switch {
	case kept == lines.Len():
	case kept == 0:
		p.Parent().RemoveChild(p.Parent(), p)
	default:
		lines.SetSliced(0, kept)
		p.SetPos(lines.At(0).Start)
	}
}

// shortForm reads a definition: what stands in the brackets, and behind the colon.
func shortForm(line []byte) (name, title []byte, ok bool) {
	if !bytes.HasPrefix(line, []byte("*[")) {
		return nil, nil, false
	}
	end := bytes.IndexByte(line, ']')
	if end < 0 || end+1 >= len(line) || line[end+1] != ':' {
		return nil, nil, false
	}
	name = bytes.TrimSpace(line[2:end])
	return name, bytes.TrimSpace(line[end+2:]), len(name) > 0 && bytes.IndexByte(name, '[') < 0
}

// abbreviations are the short forms of a document and what they stand for.
type abbreviations struct {
	found []shortFor
	// byName and lengths are made at the first use; lengths tells, by the first
	// word of short forms, how many bytes they have, longest first.
	byName  map[string]*shortFor
	lengths map[string][]int
	// full tells that marking has stopped: there is too much of it.
	full bool
}

type shortFor struct {
	name, title []byte
	offset      int
	expansion   string
	used        bool
}

// index checks the definitions and prepares the search for them.
func (c *converter) index() {
	a := c.short
	a.byName, a.lengths = map[string]*shortFor{}, map[string][]int{}
	for i := range a.found {
		d := &a.found[i]
		pos := c.pos(d.offset)
		name := c.decoded(d.name, d.offset)
		d.expansion = oneLine(c.decoded(d.title, d.offset))
		switch first := a.byName[name]; {
		case len(a.byName) >= MaxAbbreviations || len(name) > MaxAbbreviation:
			c.error("too-complex", pos, "there are too many abbreviations, or this one is too long",
				strconv.Itoa(MaxAbbreviations)+" of at most "+strconv.Itoa(MaxAbbreviation)+" bytes", "leave this one out")
			d.used = true
		case d.expansion == "":
			c.warn("empty-abbreviation", pos, "nothing says what "+quoted(name)+" stands for; the line is left out",
				"*["+name+"]: the full words", "write the words behind the colon, or remove the line")
			d.used = true
		case first != nil:
			c.warn("duplicate-abbreviation", pos, quoted(name)+" is already explained in line "+strconv.Itoa(c.pos(first.offset).Line)+"; this line is not used",
				"one line for each abbreviation", "remove one of them")
			d.used = true
		default:
			a.byName[name] = d
			word := firstWord(name)
			a.lengths[word] = append(a.lengths[word], len(name))
		}
	}
	for _, l := range a.lengths {
		slices.Sort(l)
		slices.Reverse(l)
	}
}

// words appends text, with the abbreviations in it marked.
func (c *converter) words(out []doc.Inline, s string) []doc.Inline {
	if len(c.short.found) == 0 || c.short.full {
		return append(out, &doc.Text{Value: s})
	}
	if c.short.byName == nil {
		c.index()
	}
	from, before := 0, rune(0)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if parted(before, r) && !(size == 1 && r < 0x80 && !inWord(r) && c.short.lengths[s[i:i+1]] == nil) {
			if d, n := c.short.at(s, i); d != nil && c.mayExpand(d) {
				if i > from {
					out = append(out, &doc.Text{Value: s[from:i]})
				}
				out = append(out, &doc.Abbreviation{Title: d.expansion, Content: []doc.Inline{&doc.Text{Value: s[i : i+n]}}})
				i += n
				from = i
				before, _ = utf8.DecodeLastRuneInString(s[:i])
				continue
			}
		}
		before = r
		i += size
	}
	if from < len(s) {
		out = append(out, &doc.Text{Value: s[from:]})
	}
	return out
}

// at finds the longest short form that stands at a place as a whole word.
func (a *abbreviations) at(s string, i int) (*shortFor, int) {
	for _, n := range a.lengths[firstWord(s[i:])] {
		if i+n > len(s) {
			continue
		}
		if d := a.byName[s[i:i+n]]; d != nil && !runsOn(s, i, i+n) {
			return d, n
		}
	}
	return nil, 0
}

// mayExpand bounds what the marks add to the document: an expansion is written at every use.
func (c *converter) mayExpand(d *shortFor) bool {
	d.used = true
	c.expanded += len(d.expansion)
	if c.expanded <= max(len(c.src), minExpansion) {
		return true
	}
	c.short.full = true
	c.error("too-complex", c.pos(d.offset), "the abbreviations of this document are used too often for their length", "", "shorten what they stand for")
	return false
}

// unusedAbbreviations reports the definitions that change nothing.
func (c *converter) unusedAbbreviations() {
	if len(c.short.found) > 0 && c.short.byName == nil {
		c.index()
	}
	for i := range c.short.found {
		if d := &c.short.found[i]; !d.used && !c.short.full {
			c.warn("unused-abbreviation", c.pos(d.offset), quoted(string(d.name))+" stands nowhere in the text as a whole word",
				"the abbreviation as it is written in the text", "correct it, or remove the line")
		}
	}
}

// firstWord is what a text begins with: letters and digits up to the next
// boundary, or one other character.
func firstWord(s string) string {
	before, n := utf8.DecodeRuneInString(s)
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if parted(before, r) {
			break
		}
		before = r
		n += size
	}
	return s[:n]
}

// runsOn reports that what stands from i to j is a part of something longer: of
// a word, or of an address such as kp.example.
func runsOn(s string, i, j int) bool {
	last, _ := utf8.DecodeLastRuneInString(s[:j])
	after, size := utf8.DecodeRuneInString(s[j:])
	if size > 0 && !parted(last, after) {
		return true
	}
	if i > 1 && strings.IndexByte(".@_", s[i-1]) >= 0 {
		if r, _ := utf8.DecodeLastRuneInString(s[:i-1]); inWord(r) {
			return true
		}
	}
	if size > 0 && strings.ContainsRune(".@_", after) {
		next, n := utf8.DecodeRuneInString(s[j+size:])
		return n > 0 && inWord(next)
	}
	return false
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

// parted reports that a word may end between two characters. Scripts that write
// no spaces have no words to see; a change of script ends one.
func parted(a, b rune) bool {
	switch {
	case !inWord(a) || !inWord(b):
		return true
	case unicode.Is(unicode.M, b):
		return false
	case unicode.In(a, unspaced...) || unicode.In(b, unspaced...):
		return true
	case unicode.IsDigit(a) || unicode.IsDigit(b):
		return false
	}
	return a >= 0x80 != (b >= 0x80) && unicode.Is(unicode.Latin, a) != unicode.Is(unicode.Latin, b)
}

// unspaced are the scripts that put no space between words (UAX #29, 4.1).
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
	unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan}
