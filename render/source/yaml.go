package source

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"communique/render/diag"
)

// Kind says what a value of structured text is.
type Kind uint8

const (
	Null Kind = iota
	Text
	Number
	Bool
	Map
	List
)

// String names the kind for messages.
func (k Kind) String() string {
	return [...]string{"nothing", "text", "a number", "true or false", "a map", "a list"}[k]
}

// Node is a value with its place in the source.
type Node struct {
	Kind Kind
	Pos  diag.Pos
	// Text is a scalar's text: without quotes for Text, as written for Number and Bool.
	Text string
	// Entries are the entries of a Map, in source order, each key once.
	Entries []Entry
	// Items are the values of a List.
	Items []*Node
}

// Entry is a key of a map and its value.
type Entry struct {
	Key   string
	Pos   diag.Pos
	Value *Node
}

// Get finds the value of a key in a map; nil if there is none.
func (n *Node) Get(key string) *Node {
	for i := range n.Entries {
		if n.Entries[i].Key == key {
			return n.Entries[i].Value
		}
	}
	return nil
}

// Plain is the value in Go's own types: whole numbers as int64, others as float64.
func (n *Node) Plain() any {
	switch n.Kind {
	case Text:
		return n.Text
	case Bool:
		return strings.EqualFold(n.Text, "true")
	case Number:
		if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
			return i
		}
		if v, err := strconv.ParseFloat(n.Text, 64); err == nil {
			return v
		}
		return n.Text
	case Map:
		m := make(map[string]any, len(n.Entries))
		for _, e := range n.Entries {
			m[e.Key] = e.Value.Plain()
		}
		return m
	case List:
		l := make([]any, len(n.Items))
		for i, item := range n.Items {
			l[i] = item.Plain()
		}
		return l
	}
	return nil
}

// YAML reads one YAML document. The data begins after the given number of
// lines of the file, so that places count from the file's start. Syntax errors,
// duplicate keys, anchors, aliases, tags and merge keys are problems; the
// result is nil when nothing could be read.
func YAML(file string, data []byte, lines int, limits Limits, problems *diag.List) *Node {
	r := &yamlReader{file: file, lines: lines, limits: limits, problems: problems}
	if !r.bounded(data) {
		return nil
	}
	body := r.parse(data)
	if body == nil {
		return nil
	}
	return r.node(body)
}

type yamlReader struct {
	file     string
	lines    int
	limits   Limits
	problems *diag.List
}

// parse runs the YAML parser. A panic of the library is turned into a problem:
// the input is a stranger's, and it must not take the process down.
func (r *yamlReader) parse(data []byte) (body ast.Node) {
	defer func() {
		if v := recover(); v != nil {
			body = nil
			r.fail(diag.Pos{File: r.file, Line: r.lines + 1}, "yaml-syntax",
				"the YAML cannot be read", "lines such as title: The headline", "")
		}
	}()
	// Duplicate keys are allowed here so that all of them can be reported.
	f, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		r.syntax(err)
		return nil
	}
	if len(f.Docs) == 0 {
		return nil
	}
	if len(f.Docs) > 1 && f.Docs[1].Body != nil {
		r.fail(r.pos(f.Docs[1].Body), "yaml-syntax", "there is a second YAML document", "one document", "")
	}
	return f.Docs[0].Body
}

func (r *yamlReader) syntax(err error) {
	pos := diag.Pos{File: r.file, Line: r.lines + 1}
	message := "the YAML cannot be read"
	if se, ok := errors.AsType[*yaml.SyntaxError](err); ok {
		message += ": " + se.Message
		if se.Token != nil && se.Token.Position != nil {
			pos.Line = r.lines + se.Token.Position.Line
			pos.Column = se.Token.Position.Column
		}
	}
	r.fail(pos, "yaml-syntax", message, "key: value, one a line",
		`put text that has a colon, or starts with a special character, in quotes: title: "Minister: we agree"`)
}

func (r *yamlReader) fail(pos diag.Pos, code, message, expected, fix string) {
	r.problems.Add(diag.Problem{Severity: diag.Error, Code: code, Pos: pos, Message: message, Expected: expected, Fix: fix})
}

func (r *yamlReader) pos(n ast.Node) diag.Pos {
	p := diag.Pos{File: r.file}
	if t := n.GetToken(); t != nil && t.Position != nil {
		p.Line, p.Column = r.lines+t.Position.Line, t.Position.Column
	}
	return p
}

// node turns a node of the library into ours.
func (r *yamlReader) node(n ast.Node) *Node {
	out := &Node{Pos: r.pos(n)}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		out.Kind, out.Text = Text, n.Value
	case *ast.LiteralNode:
		out.Kind, out.Text = Text, n.Value.Value
	case *ast.BoolNode:
		out.Kind, out.Text = Bool, n.GetToken().Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		out.Kind, out.Text = Number, n.GetToken().Value
	case *ast.MappingNode:
		out.Kind = Map
		r.entries(out, n.Values)
	case *ast.MappingValueNode:
		out.Kind = Map
		r.entries(out, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		out.Kind = List
		for _, v := range n.Values {
			out.Items = append(out.Items, r.node(v))
		}
	case *ast.AnchorNode:
		r.refuse(n, "an anchor (&)")
	case *ast.AliasNode:
		r.refuse(n, "an alias (*)")
	case *ast.TagNode:
		r.refuse(n, "a tag (!)")
		if n.Value != nil {
			return r.node(n.Value)
		}
	default:
		r.refuse(n, fmt.Sprintf("a YAML %v", n.Type()))
	}
	return out
}

func (r *yamlReader) refuse(n ast.Node, what string) {
	r.fail(r.pos(n), "yaml-construct", what+" cannot be used here", "plain values", "write the value itself, in quotes if it is text")
}

// entries fills a map; the first of two equal keys stays. A map's place is its
// first key, not the colon that the library reports.
func (r *yamlReader) entries(out *Node, values []*ast.MappingValueNode) {
	seen := make(map[string]diag.Pos, len(values))
	for i, v := range values {
		pos := r.pos(v.Key)
		if i == 0 {
			out.Pos = pos
		}
		switch v.Key.(type) {
		case *ast.MergeKeyNode:
			r.refuse(v.Key, "a merge key (<<)")
			continue
		case *ast.MappingKeyNode, *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
			r.refuse(v.Key, "this kind of key")
			continue
		}
		key := v.Key.GetToken().Value
		if first, dup := seen[key]; dup {
			r.fail(pos, "duplicate-key", fmt.Sprintf("the key %q is given twice", key),
				"each key once", fmt.Sprintf("remove it here or in line %d", first.Line))
			continue
		}
		seen[key] = pos
		out.Entries = append(out.Entries, Entry{Key: key, Pos: pos, Value: r.node(v.Value)})
	}
}

// Limits bound an input. The YAML library takes quadratic time on deep nesting and
// on long block scalars; within these limits a document takes milliseconds.
type Limits struct{ Depth, Lines, Brackets int }

var (
	// FrontMatter is for the particulars of a statement.
	FrontMatter = Limits{Depth: 32, Lines: 2000, Brackets: 1000}
	// Record is for a whole meeting; it may take a second.
	Record = Limits{Depth: 32, Lines: 100_000, Brackets: 20_000}
)

// bounded refuses what the parser would take too long for. It counts brackets
// and indicators without regard to quotes, so it may refuse text with very many
// of them, but never lets through what would take seconds.
func (r *yamlReader) bounded(data []byte) bool {
	line, depth, brackets := 0, 0, 0
	for text := range strings.Lines(string(data)) {
		line++
		if line > r.limits.Lines {
			r.fail(diag.Pos{File: r.file, Line: r.lines + line}, "yaml-too-big", fmt.Sprintf("the YAML has more than %d lines", r.limits.Lines), "", "shorten it")
			return false
		}
		run := 0
		column := 0
		fresh := true
		for _, c := range text {
			column++
			switch {
			case c == ' ' || c == '\t':
				fresh = true
				continue
			case c == '[' || c == '{':
				depth++
				brackets++
			case c == ']' || c == '}':
				depth = max(depth-1, 0)
			}
			if fresh {
				if strings.ContainsRune("-?&*!", c) {
					run++
				} else {
					run = 0
				}
				fresh = false
			}
			if depth > r.limits.Depth || run > r.limits.Depth || brackets > r.limits.Brackets {
				r.fail(diag.Pos{File: r.file, Line: r.lines + line, Column: column}, "yaml-too-deep",
					fmt.Sprintf("the YAML is nested deeper than %d levels", r.limits.Depth), "", "flatten it")
				return false
			}
		}
	}
	return true
}
