package resolve

import (
	"maps"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"communique/render/diag"
	"communique/render/doc"
)

// headings gives every heading its outline level and its anchor. The headline
// is level 1; where the source uses other level-1 headings all move down by
// one. No level is skipped (ISO 14289-1, 7.4.2).
func (r *resolver) headings() {
	var hs []*doc.Heading
	shift := 0
	doc.WalkBlocks(r.d.Blocks, func(b doc.Block) bool {
		if h, ok := b.(*doc.Heading); ok {
			hs = append(hs, h)
			if h.Level == 1 {
				shift = 1
			}
		}
		return true
	})
	r.d.Flows(func(blocks []doc.Block) {
		doc.WalkAttributes(blocks, func(a *doc.Attr) {
			if a.ID != "" {
				r.claim(a.ID, a.Pos)
			}
		})
	})
	if len(r.anchors) > 0 {
		r.d.Anchors = maps.Clone(r.anchors)
	}
	last := 1
	for _, h := range hs {
		level := min(h.Level+shift, 6)
		if level > last+1 {
			r.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "heading-level-skipped", Pos: h.Pos,
				Message:  "this heading skips a level; it is set one level below the heading before it",
				Expected: strings.Repeat("#", last+1-shift) + " at most",
				Fix:      "use one # less, or add the heading between",
			})
			level = last + 1
		}
		h.Level, last = level, level
		if h.ID == "" {
			h.ID = r.anchor(h.Content)
		}
	}
	r.d.Front.Headings = hs
}

// claim records an anchor that the author chose; a second use is an error.
func (r *resolver) claim(id string, pos diag.Pos) {
	if first, dup := r.anchors[id]; dup {
		r.problems.Add(diag.Problem{
			Severity: diag.Error, Code: "duplicate-id", Pos: pos,
			Message:  "the id " + id + " is used twice; the first use is in line " + strconv.Itoa(first.Line),
			Expected: "an id that is unique in the document",
			Fix:      "write {#" + id + "-2}, or leave the id out",
		})
		return
	}
	r.anchors[id] = pos
}

// anchor makes a unique anchor from a heading's words, in any script.
func (r *resolver) anchor(content []doc.Inline) string {
	base := Slug(doc.PlainText(doc.Unbadged(content)))
	if base == "" {
		base = "section"
	}
	return r.free(base)
}

// free takes an anchor that nothing else has: base, or base with a number.
func (r *resolver) free(base string) string {
	id := base
	for n := 2; ; n++ {
		if _, taken := r.anchors[id]; !taken {
			break
		}
		id = base + "-" + strconv.Itoa(n)
	}
	r.anchors[id] = diag.Pos{}
	return id
}

// Slug turns words into an anchor: lower-case letters, digits and hyphens, in NFC.
func Slug(s string) string {
	var b strings.Builder
	gap := false
	for _, c := range norm.NFC.String(s) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.M, c):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(c))
		case unicode.IsSpace(c) || unicode.Is(unicode.Pd, c) || c == '_' || c == '/':
			gap = true
		}
	}
	return b.String()
}
