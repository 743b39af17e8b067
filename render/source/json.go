package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sort"
	"unicode/utf8"

	"communique/render/diag"
)

// JSON reads one JSON document (RFC 8259) into the same tree as YAML. Syntax errors
// and duplicate keys are problems; the result is nil when nothing could be read.
func JSON(file string, data []byte, limits Limits, problems *diag.List) *Node {
	r := &jsonReader{file: file, data: data, limits: limits, problems: problems, decoder: json.NewDecoder(bytes.NewReader(data))}
	r.decoder.UseNumber()
	for i, c := range data {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	n, err := r.value(0)
	if err == nil {
		if _, err = r.decoder.Token(); err == io.EOF {
			return n
		}
		r.fail(r.at(), "json-syntax", "there is text after the end of the JSON document", "one document", "remove it")
		return nil
	}
	r.syntax(err)
	return nil
}

type jsonReader struct {
	file     string
	data     []byte
	limits   Limits
	lines    []int // offsets at which lines begin, but the first
	problems *diag.List
	decoder  *json.Decoder
}

var errTooDeep = errors.New("too deep")

// at is the place of the next token.
func (r *jsonReader) at() diag.Pos {
	i := int(r.decoder.InputOffset())
	for i < len(r.data) && bytes.IndexByte([]byte(" \t\r\n,:"), r.data[i]) >= 0 {
		i++
	}
	return r.pos(i)
}

func (r *jsonReader) pos(offset int) diag.Pos {
	offset = min(offset, len(r.data))
	line := sort.SearchInts(r.lines, offset+1)
	start := 0
	if line > 0 {
		start = r.lines[line-1]
	}
	return diag.Pos{File: r.file, Line: line + 1, Column: utf8.RuneCount(r.data[start:offset]) + 1}
}

func (r *jsonReader) value(depth int) (*Node, error) {
	if depth > r.limits.Depth {
		return nil, errTooDeep
	}
	n := &Node{Pos: r.at()}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case nil:
	case string:
		n.Kind, n.Text = Text, t
	case json.Number:
		n.Kind, n.Text = Number, t.String()
	case bool:
		n.Kind, n.Text = Bool, fmt.Sprint(t)
	case json.Delim:
		if t == '{' {
			n.Kind = Map
			err = r.entries(n, depth)
		} else {
			n.Kind = List
			err = r.items(n, depth)
		}
	}
	return n, err
}

func (r *jsonReader) items(n *Node, depth int) error {
	for r.decoder.More() {
		v, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, v)
	}
	_, err := r.decoder.Token()
	return err
}

// entries fills a map; the first of two equal keys stays.
func (r *jsonReader) entries(n *Node, depth int) error {
	seen := map[string]diag.Pos{}
	for r.decoder.More() {
		pos := r.at()
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		v, err := r.value(depth + 1)
		if err != nil {
			return err
		}
		if first, dup := seen[key]; dup {
			r.fail(pos, "duplicate-key", fmt.Sprintf("the key %q is given twice", key), "each key once", fmt.Sprintf("remove it here or in line %d", first.Line))
			continue
		}
		seen[key] = pos
		n.Entries = append(n.Entries, Entry{Key: key, Pos: pos, Value: v})
	}
	_, err := r.decoder.Token()
	return err
}

func (r *jsonReader) syntax(err error) {
	if errors.Is(err, errTooDeep) {
		r.fail(r.at(), "json-too-deep", fmt.Sprintf("the JSON is nested deeper than %d levels", r.limits.Depth), "", "flatten it")
		return
	}
	pos := r.at()
	if s, ok := errors.AsType[*json.SyntaxError](err); ok {
		pos = r.pos(max(int(s.Offset)-1, 0))
	}
	message := "the JSON ends too early"
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		message = "the JSON cannot be read: " + err.Error()
	}
	r.fail(pos, "json-syntax", message, "valid JSON", "close every bracket and quote, and put commas between entries")
}

func (r *jsonReader) fail(pos diag.Pos, code, message, expected, fix string) {
	r.problems.Add(diag.Problem{Severity: diag.Error, Code: code, Pos: pos, Message: message, Expected: expected, Fix: fix})
}
