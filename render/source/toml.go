// Package source owns reading structured text (YAML, TOML, JSON) with the
// place of every value, so that what is wrong can be pointed at. It must never
// know what the values mean.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"communique/render/diag"
)

// TOML decodes a file of a resource folder into a map, or a struct whose fields
// have toml tags. Fields that the file does not give keep what they hold. The
// error joins everything that is wrong, unknown keys among it, each with file,
// line and column.
func TOML(fsys fs.FS, file string, into any) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	if toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(into) == nil {
		return nil // the library is faster, but stops at the first fault
	}
	_, err = decode(file, b, into)
	return err
}

// Decode is TOML for files whose values are checked afterwards: it also gives
// the places of the keys. They are nil when the file cannot be read at all.
func Decode(fsys fs.FS, file string, into any) (*Places, error) {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	return decode(file, b, into)
}

func decode(file string, b []byte, into any) (*Places, error) {
	var raw map[string]any
	if err := toml.Unmarshal(b, &raw); err != nil {
		if de, ok := errors.AsType[*toml.DecodeError](err); ok {
			row, col := de.Position()
			return nil, fmt.Errorf("%s:%d:%d: %w", file, row, col, de)
		}
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p := &Places{file: file, source: b}
	d := decoder{places: p}
	d.value("", raw, into)
	return p, d.faults()
}

// Places tells where the keys of a TOML file stand, by their path:
// "paper.side", "files[0].file". The file is searched when a place is first
// asked for: most files are right.
type Places struct {
	file   string
	source []byte
	at     map[string]diag.Pos
}

// Has reports whether the file gives a key.
func (p *Places) Has(path string) bool { return p.Pos(path).Line > 0 }

// Pos is the place of a key; of one that the file lacks the file alone.
func (p *Places) Pos(path string) diag.Pos {
	if p.at == nil {
		p.at = map[string]diag.Pos{}
		c := collector{Places: p, count: map[string]int{}}
		c.file(p.source)
	}
	if pos, ok := p.at[path]; ok {
		return pos
	}
	return diag.Pos{File: p.file}
}

// Errorf is an error that begins with the place of a key.
func (p *Places) Errorf(path, format string, args ...any) error {
	return fmt.Errorf("%s: %w", p.Pos(path), fmt.Errorf(format, args...))
}

// collector notes the places of a file that is known to be sound TOML.
type collector struct {
	*Places
	parser unstable.Parser
	// count is how many tables of an array have been seen.
	count map[string]int
}

func (c *collector) file(b []byte) {
	c.parser.Reset(b)
	table := ""
	for c.parser.NextExpression() {
		e := c.parser.Expression()
		switch e.Kind {
		case unstable.Table:
			table = c.key("", e)
		case unstable.ArrayTable:
			name := c.key("", e)
			table = fmt.Sprintf("%s[%d]", name, c.count[name])
			c.at[table] = c.at[name]
			c.count[name]++
		case unstable.KeyValue:
			c.entry(table, e)
		}
	}
}

// key notes the place of a key and gives its path.
func (c *collector) key(under string, e *unstable.Node) string {
	for it := e.Key(); it.Next(); {
		n := it.Node()
		under = join(under, string(n.Data))
		at := c.parser.Shape(n.Raw).Start
		c.at[under] = diag.Pos{File: c.Places.file, Line: at.Line, Column: at.Column}
	}
	return under
}

func (c *collector) entry(under string, e *unstable.Node) {
	path := c.key(under, e)
	c.inside(path, e.Value())
}

// inside notes what an inline table or an array holds.
func (c *collector) inside(path string, v *unstable.Node) {
	n := 0
	for it := v.Children(); it.Next(); {
		child := it.Node()
		switch {
		case v.Kind == unstable.InlineTable && child.Kind == unstable.KeyValue:
			c.entry(path, child)
		case v.Kind == unstable.Array && child.Kind != unstable.Comment:
			item := fmt.Sprintf("%s[%d]", path, n)
			c.at[item] = c.at[path]
			if child.Kind == unstable.InlineTable {
				at := c.parser.Shape(child.Raw).Start
				c.at[item] = diag.Pos{File: c.Places.file, Line: at.Line, Column: at.Column}
			}
			c.inside(item, child)
			n++
		}
	}
}

func join(under, key string) string {
	if under == "" {
		return key
	}
	return under + "." + key
}
