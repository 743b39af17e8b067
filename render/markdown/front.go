package markdown

import (
	"bytes"
	"fmt"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/source"
)

// front is the front matter of a file.
type front struct {
	*reporter
	src  *file
	meta doc.Meta
	// present tells that there is front matter, lines how many lines it takes.
	present bool
	// broken tells that it could not be read: then what it lacks is not reported.
	broken bool
	lines  int
	// values are what was written. Title, summary and language are read once
	// the language is known.
	values frontMatter
	opts   Options
}

var fence = []byte("---")

// readFront reads the YAML between the fences at the start of the file.
func readFront(s *file, opts Options, r *reporter) *front {
	f := &front{reporter: r, src: s, opts: opts}
	f.meta.Pos = map[string]diag.Pos{}
	yaml, ok := f.split()
	if !ok {
		return f
	}
	var found diag.List
	root := source.YAML(s.name, yaml, 1, source.FrontMatter, &found)
	for _, p := range found.Sorted() {
		f.add(p)
	}
	if root == nil {
		f.broken = found.HasErrors()
		return f
	}
	if root.Kind != source.Map {
		f.broken = true
		f.error("yaml-syntax", root.Pos, "the front matter is "+root.Kind.String(), "key: value, one a line", "title: The headline")
		return f
	}
	f.keys(root)
	return f
}

// line is the text of a line, counted from 0, without its end.
func (s *file) line(i int) []byte {
	end := len(s.text)
	if i+1 < len(s.lines) {
		end = s.lines[i+1] - 1
	}
	return s.text[s.lines[i]:end]
}

// split finds the YAML between the fences.
func (f *front) split() (yaml []byte, ok bool) {
	s := f.src
	first := s.line(0)
	if !bytes.HasPrefix(first, fence) {
		return nil, false
	}
	if rest := bytes.TrimRight(first[len(fence):], " \t"); len(rest) > 0 {
		if len(bytes.Trim(rest, "- ")) > 0 {
			f.broken = true
			f.error("front-matter-fence", s.pos(len(fence)), "there is text after the fence that opens the front matter", "--- alone on the first line", "put the text on a line of its own")
		}
		return nil, false
	}
	f.present = true
	for i := 1; i < len(s.lines); i++ {
		line := s.line(i)
		start := s.lines[i]
		if !bytes.HasPrefix(line, fence) {
			continue
		}
		f.lines = i + 1
		if len(bytes.TrimRight(line[len(fence):], " \t")) > 0 {
			f.error("front-matter-fence", s.pos(start+len(fence)), "there is text after the fence that closes the front matter", "--- alone on its line", "put the text on a line of its own")
			f.lines = i
		}
		if start > MaxFrontMatter {
			f.broken = true
			f.error("front-matter-too-big", diag.Pos{File: s.name, Line: 1, Column: 1}, fmt.Sprintf("the front matter has %d bytes", start),
				fmt.Sprintf("at most %d bytes", MaxFrontMatter), "move text into the body")
			return nil, false
		}
		return s.text[s.lines[1]:start], true
	}
	f.broken = true
	f.error("front-matter-fence", diag.Pos{File: s.name, Line: 1, Column: 1}, "the front matter is not closed", "a line --- after it", "")
	return nil, false
}
