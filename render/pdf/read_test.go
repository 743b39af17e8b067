package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// This file reads PDF files back, independently of the writer, as far as the
// tests need: cross-reference streams, object streams, content, structure.

type (
	name   string
	ref    int
	dict   map[name]any
	stream struct {
		dict
		data []byte // unpacked
	}
)

// source reads PDF syntax.
type source struct {
	t  testing.TB
	b  []byte
	at int
}

func (s *source) space() {
	for s.at < len(s.b) && strings.IndexByte(" \n\r\t\x00\f", s.b[s.at]) >= 0 {
		s.at++
	}
}

func (s *source) has(p string) bool {
	s.space()
	if !bytes.HasPrefix(s.b[s.at:], []byte(p)) {
		return false
	}
	s.at += len(p)
	return true
}

// word reads up to the next delimiter.
func (s *source) word() string {
	start := s.at
	for s.at < len(s.b) && strings.IndexByte(" \n\r\t()<>[]/%", s.b[s.at]) < 0 {
		s.at++
	}
	return string(s.b[start:s.at])
}

var reference = regexp.MustCompile(`^(\d+) 0 R`)

// value reads an object; an operator comes back as error.
func (s *source) value() any {
	switch {
	case s.has("<<"):
		d := dict{}
		for !s.has(">>") {
			k, ok := s.value().(name)
			if !ok || s.at >= len(s.b) {
				s.t.Fatalf("bad dictionary at %d: %q", s.at, s.b[max(0, s.at-40):s.at])
			}
			d[k] = s.value()
		}
		return d
	case s.has("["):
		list := []any{}
		for !s.has("]") {
			if s.at >= len(s.b) {
				s.t.Fatal("endless array")
			}
			list = append(list, s.value())
		}
		return list
	case s.has("("):
		return s.literal()
	case s.has("<"):
		n := bytes.IndexByte(s.b[s.at:], '>')
		var out []byte
		for i := 0; i < n; i += 2 {
			v, err := strconv.ParseUint(string(s.b[s.at+i:s.at+i+2]), 16, 8)
			if err != nil {
				s.t.Fatal(err)
			}
			out = append(out, byte(v))
		}
		s.at += n + 1
		return string(out)
	case s.has("/"):
		return name(s.word())
	}
	if m := reference.FindSubmatch(s.b[s.at:]); m != nil {
		s.at += len(m[0])
		n, _ := strconv.Atoi(string(m[1]))
		return ref(n)
	}
	w := s.word()
	if v, err := strconv.ParseFloat(w, 64); err == nil {
		return v
	}
	return fmt.Errorf("%s", w)
}

func (s *source) literal() string {
	var out []byte
	for depth := 1; ; s.at++ {
		switch c := s.b[s.at]; c {
		case '\\':
			s.at++
			if c = s.b[s.at]; c == 'r' {
				c = '\r'
			}
			out = append(out, c)
			continue
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				s.at++
				return string(out)
			}
		}
		out = append(out, s.b[s.at])
	}
}

// file is a PDF read back.
type file struct {
	t       testing.TB
	objects map[ref]any
	trailer dict
	packed  map[ref]bool // came from an object stream
}

func inflate(t testing.TB, b []byte) []byte {
	t.Helper()
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readFile(t testing.TB, b []byte) *file {
	t.Helper()
	f := &file{t: t, objects: map[ref]any{}, packed: map[ref]bool{}}
	i := bytes.LastIndex(b, []byte("startxref\n"))
	at, err := strconv.Atoi(strings.TrimSuffix(string(b[i+10:]), "\n%%EOF\n"))
	if err != nil {
		t.Fatal(err)
	}
	_, x := f.indirect(b, at)
	f.trailer = x.dict
	w := x.dict["W"].([]any)
	field := func(row []byte) (v int) {
		for _, c := range row {
			v = v<<8 | int(c)
		}
		return v
	}
	mid := int(w[1].(float64))
	size := mid + 3
	for n := 0; n*size < len(x.data); n++ {
		row := x.data[n*size : (n+1)*size]
		a, kind := field(row[1:1+mid]), row[0]
		switch kind {
		case 1:
			m, o := f.indirect(b, a)
			if m != n {
				t.Fatalf("object %d stands where %d should", m, n)
			}
			f.objects[ref(n)] = o
		case 2:
			f.packed[ref(n)] = true
		}
	}
	if n := len(x.data) / size; float64(n) != x.dict["Size"] {
		t.Errorf("%d entries, Size %v", n, x.dict["Size"])
	}
	for _, o := range slices.Collect(maps.Values(f.objects)) {
		if s, ok := o.(*stream); ok && s.dict["Type"] == name("ObjStm") {
			f.unpack(s)
		}
	}
	return f
}

func (f *file) indirect(b []byte, at int) (int, *stream) {
	s := &source{t: f.t, b: b, at: at}
	n, err := strconv.Atoi(s.word())
	if err != nil || !s.has("0 obj") {
		f.t.Fatalf("no object at byte %d", at)
	}
	d := s.value().(dict)
	if !s.has("stream\n") {
		f.t.Fatalf("object %d is no stream", n)
	}
	data := b[s.at : s.at+int(d["Length"].(float64))]
	s.at += len(data)
	if !bytes.HasPrefix(b[s.at:], []byte("\nendstream\nendobj\n")) {
		f.t.Fatalf("object %d is not as long as it says", n)
	}
	if d["Filter"] == name("FlateDecode") {
		data = inflate(f.t, data)
	}
	return n, &stream{d, data}
}

func (f *file) unpack(s *stream) {
	index := &source{t: f.t, b: s.data}
	first := int(s.dict["First"].(float64))
	for range int(s.dict["N"].(float64)) {
		n, at := index.value().(float64), index.value().(float64)
		f.objects[ref(n)] = (&source{t: f.t, b: s.data, at: first + int(at)}).value()
	}
}

// get follows references.
func (f *file) get(v any) any {
	if r, ok := v.(ref); ok {
		o, ok := f.objects[r]
		if !ok {
			f.t.Fatalf("no object %d", r)
		}
		return o
	}
	return v
}

func (f *file) dict(v any) dict {
	switch v := f.get(v).(type) {
	case dict:
		return v
	case *stream:
		return v.dict
	}
	f.t.Fatalf("%v is no dictionary", v)
	return nil
}

func (f *file) catalog() dict { return f.dict(f.trailer["Root"]) }

func (f *file) pages() (list []dict) {
	for _, k := range f.dict(f.catalog()["Pages"])["Kids"].([]any) {
		list = append(list, f.dict(k))
	}
	return list
}

// textString decodes a text string.
func textString(v any) string {
	s, _ := v.(string)
	if !strings.HasPrefix(s, "\xfe\xff") {
		return s
	}
	var u []uint16
	for i := 2; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}

// glyph is a shown glyph: its text and where readers draw it.
type glyph struct {
	text string
	x, y float64
	font name
	mcid int // -1 in artifacts
}

var bfchar = regexp.MustCompile(`<([0-9A-F]{4})><([0-9A-F]+)>\n`)

// font reads what extraction needs of a font.
func (f *file) font(d dict) (unicode map[int]string, widths []any) {
	unicode = map[int]string{}
	cmap := f.get(d["ToUnicode"]).(*stream).data
	for _, m := range bfchar.FindAllSubmatch(cmap, -1) {
		code, _ := strconv.ParseUint(string(m[1]), 16, 16)
		s := &source{t: f.t, b: []byte("<FEFF" + string(m[2]) + ">")}
		unicode[int(code)] = textString(s.value())
	}
	down := f.dict(d["DescendantFonts"].([]any)[0])
	return unicode, down["W"].([]any)[1].([]any)
}

// shown interprets a page's content.
func (f *file) shown(p dict) (glyphs []glyph) {
	fonts := f.dict(f.dict(p["Resources"])["Font"])
	s := &source{t: f.t, b: f.get(p["Contents"]).(*stream).data}
	var stack []any
	var x, y, size float64
	var lineX, lineY float64
	var unicode map[int]string
	var widths []any
	font, mcid, depth := name(""), -1, 0
	for s.space(); s.at < len(s.b); s.space() {
		v := s.value()
		op, ok := v.(error)
		if !ok {
			stack = append(stack, v)
			continue
		}
		switch op.Error() {
		case "BDC":
			depth++
			mcid = -1
			if m, ok := stack[1].(dict)["MCID"].(float64); ok {
				mcid = int(m)
			}
		case "EMC":
			depth--
		case "BT":
			lineX, lineY = 0, 0
		case "Tf":
			font, size = stack[0].(name), stack[1].(float64)
			unicode, widths = f.font(f.dict(fonts[font]))
		case "Td":
			lineX, lineY = lineX+stack[0].(float64), lineY+stack[1].(float64)
			x, y = lineX, lineY
		case "TJ":
			for _, part := range stack[0].([]any) {
				if move, ok := part.(float64); ok {
					x -= move * size / 1000
					continue
				}
				codes := part.(string)
				for i := 0; i+1 < len(codes); i += 2 {
					c := int(codes[i])<<8 | int(codes[i+1])
					glyphs = append(glyphs, glyph{unicode[c], x, y, font, mcid})
					x += widths[c-1].(float64) * size / 1000
				}
			}
		}
		if depth != 1 && slices.Contains([]string{"TJ", "re", "f", "m", "l", "S"}, op.Error()) {
			f.t.Errorf("%s outside a marked-content sequence", op)
		}
		stack = stack[:0]
	}
	return glyphs
}

// tagTree prints the structure with the text of its content.
func (f *file) tagTree() string {
	text := map[[2]int]string{} // by page object and MCID
	for _, k := range f.dict(f.catalog()["Pages"])["Kids"].([]any) {
		for _, g := range f.shown(f.dict(k)) {
			text[[2]int{int(k.(ref)), g.mcid}] += g.text
		}
	}
	var b strings.Builder
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		e := f.dict(v)
		fmt.Fprintf(&b, "%*s%s", 2*depth, "", e["S"])
		for _, k := range []name{"Lang", "Alt", "E", "ID"} {
			if e[k] != nil {
				fmt.Fprintf(&b, " %s=%q", k, textString(e[k]))
			}
		}
		if a, ok := e["A"].(dict); ok {
			for _, k := range slices.Sorted(maps.Keys(a)) {
				fmt.Fprintf(&b, " %s=%v", k, a[k])
			}
		}
		b.WriteString("\n")
		kids, _ := e["K"].([]any)
		for _, k := range kids {
			switch k := k.(type) {
			case float64:
				fmt.Fprintf(&b, "%*s%q\n", 2*depth+2, "", text[[2]int{int(e["Pg"].(ref)), int(k)}])
			case ref:
				if p := f.dict(k)["P"]; f.get(p) == nil || fmt.Sprint(f.dict(p)["S"]) != fmt.Sprint(e["S"]) {
					f.t.Errorf("parent of object %d is wrong", k)
				}
				walk(k, depth+1)
			case dict:
				f.reference(&b, k, text, depth)
			}
		}
	}
	walk(f.dict(f.catalog()["StructTreeRoot"])["K"], 0)
	return b.String()
}

func (f *file) reference(b *strings.Builder, k dict, text map[[2]int]string, depth int) {
	if k["Type"] == name("MCR") {
		fmt.Fprintf(b, "%*s%q on another page\n", 2*depth+2, "", text[[2]int{int(k["Pg"].(ref)), int(k["MCID"].(float64))}])
		return
	}
	a := f.dict(k["Obj"])
	fmt.Fprintf(b, "%*slink %q", 2*depth+2, "", textString(a["Contents"]))
	if act, ok := a["A"].(dict); ok {
		fmt.Fprintf(b, " to %s", act["URI"])
	} else {
		fmt.Fprintf(b, " to %v", a["Dest"])
	}
	quads, _ := a["QuadPoints"].([]any)
	fmt.Fprintf(b, ", %d boxes\n", max(1, len(quads)/8))
}
