package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"communique/render/locale"
)

// typographer turns straight quotes, hyphens and full stops into the marks of
// the text's language. Its state belongs to one paragraph.
type typographer struct {
	locales *locale.Catalog
	lang    string
	// languages are the languages of open spans, innermost last; "" for a span without one.
	languages []string
	// divided tells that some block has a language of its own.
	divided bool
	// trailing are the attributes at the end of paragraphs, by the offset of their
	// last line: goldmark makes other nodes of the lines in lists and headings.
	trailing map[int]*attributes
	open     []openQuote
	cache    map[string]*locale.Quotes
}

// openQuote is a quotation mark that has no partner yet. A single one is an
// apostrophe until its partner comes.
type openQuote struct {
	double bool
	node   *ast.String
	marks  *locale.Quotes
	inner  bool
}

func (t *typographer) reset() {
	t.open = t.open[:0]
	t.languages = t.languages[:0]
}

const apostrophe = "’"

// typographyParser is the typographer within paragraphs.
type typographyParser struct{}

func (typographyParser) Trigger() []byte { return []byte{'\'', '"', '-', '.'} }

func (typographyParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, seg := block.PeekLine()
	st := stateOf(pc)
	if st.isPlain(seg) {
		return nil
	}
	node, n := st.punctuation(block.PrecendingCharacter(), line, func() string { return st.language(parent) })
	if node == nil {
		return nil
	}
	node.SetPos(seg.Start)
	block.Advance(n)
	return node
}

// language is the language at the current place: of the innermost span, else
// of the innermost block that has one, else of the document.
func (t *typographer) language(parent ast.Node) string {
	for i := len(t.languages) - 1; i >= 0; i-- {
		if t.languages[i] != "" {
			return t.languages[i]
		}
	}
	if t.divided {
		for n := parent; n != nil; n = n.Parent() {
			if a := t.attributesOf(n); a != nil && a.lang != "" {
				return a.lang
			}
		}
	}
	return t.lang
}

// attributesOf are the attributes that an author wrote to a block, nil for none.
func (t *typographer) attributesOf(n ast.Node) *attributes {
	if v, ok := n.AttributeString("attributes"); ok {
		return v.(*attributes)
	}
	if t.trailing == nil || n.Type() != ast.TypeBlock {
		return nil
	}
	return t.trailingOf(n.Lines())
}

func (t *typographer) trailingOf(lines *text.Segments) *attributes {
	if lines.Len() == 0 {
		return nil
	}
	return t.trailing[lines.At(lines.Len()-1).Start]
}

// smarten does the same for a text that stands alone.
func (t *typographer) smarten(s string) string {
	if !strings.ContainsAny(s, `'"-.`) {
		return s
	}
	t.reset()
	defer t.reset()
	var pieces []*ast.String
	before, from := ' ', 0
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if strings.ContainsRune(`'"-.`, c) {
			if node, n := t.punctuation(before, []byte(s[i:]), func() string { return t.lang }); node != nil {
				pieces = append(pieces, ast.NewString([]byte(s[from:i])), node)
				before = rune(s[i+n-1])
				i += n
				from = i
				continue
			}
		}
		before = c
		i += size
	}
	var b strings.Builder
	for _, p := range pieces {
		b.Write(p.Value)
	}
	return b.String() + s[from:]
}

// punctuation reads one mark at the start of rest: the node that stands for it
// and its length, or nil if it stays as it is.
func (t *typographer) punctuation(before rune, rest []byte, lang func() string) (*ast.String, int) {
	switch rest[0] {
	case '-':
		return dashes(rest)
	case '.':
		if bytes.HasPrefix(rest, []byte("...")) {
			return mark("…"), 3
		}
		return nil, 0
	}
	after := following(rest, 1)
	left, right := flanking(before, after)
	if rest[0] == '"' {
		return t.double(left, right, before, after, lang)
	}
	return t.single(left, right, before, rest, lang)
}

func mark(s string) *ast.String { return ast.NewString([]byte(s)) }

// dashes makes en and em dashes as cmark does: all of one length if the run
// divides evenly, else em dashes first. An arrow (-->) stays.
func dashes(rest []byte) (*ast.String, int) {
	n := run(rest)
	if n < 2 || following(rest, n) == '>' {
		return nil, 0
	}
	em, en := 0, 0
	switch {
	case n%3 == 0:
		em = n / 3
	case n%2 == 0:
		en = n / 2
	case n%3 == 2:
		em, en = n/3, 1
	default:
		em, en = n/3-1, 2
	}
	return mark(strings.Repeat("—", em) + strings.Repeat("–", en)), n
}

// double opens or closes a quotation. Where the characters around tell neither,
// as between Chinese characters, an open quotation closes. Inches stay.
func (t *typographer) double(left, right bool, before, after rune, lang func() string) (*ast.String, int) {
	i := t.last(true)
	switch {
	case !left && !right:
		return nil, 0
	case right && (!left || i >= 0):
		if i < 0 && unicode.IsDigit(before) {
			return nil, 0
		}
		if i < 0 {
			return mark(t.quotes(lang()).Close), 1
		}
		q := t.open[i]
		t.open = t.open[:i]
		if q.inner {
			return mark(q.marks.InnerClose), 1
		}
		return mark(q.marks.Close), 1
	case right && isWord(before) && isWord(after): // both sides, nothing open: 5"x7"
		return nil, 0
	}
	marks := t.quotes(lang())
	q := openQuote{double: true, marks: marks, inner: i >= 0, node: mark(marks.Open)}
	if q.inner {
		q.node = mark(marks.InnerOpen)
	}
	t.open = append(t.open, q)
	return q.node, 1
}

// single reads an apostrophe or an inner quotation mark.
func (t *typographer) single(left, right bool, before rune, rest []byte, lang func() string) (*ast.String, int) {
	after := following(rest, 1)
	if isWord(before) && isWord(after) {
		return mark(apostrophe), 1
	}
	i := t.last(false)
	switch {
	case !left && !right:
		return nil, 0
	case right && (!left || i >= 0):
		if i < 0 {
			return mark(apostrophe), 1
		}
		q := t.open[i]
		t.open = t.open[:i]
		q.node.Value = []byte(q.marks.InnerOpen)
		return mark(q.marks.InnerClose), 1
	}
	node := mark(apostrophe)
	if !elision(rest[1:]) {
		t.open = append(t.open, openQuote{node: node, marks: t.quotes(lang())})
	}
	return node, 1
}

// last finds the open quotation that a mark can close. A single mark does not
// reach beyond an open double one: it is more likely an apostrophe.
func (t *typographer) last(double bool) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		if t.open[i].double == double {
			return i
		}
		if !double {
			return -1
		}
	}
	return -1
}

// elision tells that a mark before such text stands for left-out letters: '90s, 'twas.
func elision(rest []byte) bool {
	if len(rest) > 1 && rest[0] >= '0' && rest[0] <= '9' && rest[1] >= '0' && rest[1] <= '9' {
		return true
	}
	word := rest[:0]
	for i, c := range rest {
		if i > 5 || c < 'A' || c > 'z' {
			break
		}
		word = rest[:i+1]
	}
	switch strings.ToLower(string(word)) {
	case "tis", "twas", "em", "til", "cause", "n":
		return true
	}
	return false
}

// isWord tells letters and digits of scripts that part words by spaces.
func isWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)) && !isWide(r)
}

// quotes are the quotation marks of a language, English ones if it is unknown.
func (t *typographer) quotes(lang string) *locale.Quotes {
	if q, ok := t.cache[lang]; ok {
		return q
	}
	q := &locale.Quotes{Open: "“", Close: "”", InnerOpen: "‘", InnerClose: "’"}
	if loc, ok := t.locales.Match(lang); ok {
		own := loc.Quotes()
		q = &own
	}
	if t.cache == nil {
		t.cache = map[string]*locale.Quotes{}
	}
	t.cache[lang] = q
	return q
}
