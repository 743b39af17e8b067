package doc

import (
	"strings"
	"unicode"
)

// Badge is the status of a thing in a word or two, in a frame: what became of a
// decision, beside its heading. The words say it; the form only helps.
type Badge struct {
	Tone    BadgeTone
	Content []Inline
}

// BadgeTone is how a badge looks; each differs from the others in form as well
// as in colour.
type BadgeTone string

const (
	// BadgePositive is for what was adopted or approved.
	BadgePositive BadgeTone = "positive"
	// BadgeNegative is for what was rejected or blocked.
	BadgeNegative BadgeTone = "negative"
	// BadgeNeutral is for what is neither: noted, deferred.
	BadgeNeutral BadgeTone = "neutral"
)

// BadgeTones lists all tones.
func BadgeTones() []BadgeTone { return []BadgeTone{BadgePositive, BadgeNegative, BadgeNeutral} }

func (*Badge) inline() {}

// Unbadged is inlines without the badges at any depth: a heading as it is called
// elsewhere, in contents, bookmarks, running heads and anchors. Its status may
// change while its name stays.
func Unbadged(in []Inline) []Inline {
	if !badged(in) {
		return in
	}
	var out []Inline
	for _, n := range in {
		switch n := n.(type) {
		case *Badge:
			continue
		case *Emphasis:
			out = append(out, &Emphasis{Content: Unbadged(n.Content)})
		case *Strong:
			out = append(out, &Strong{Content: Unbadged(n.Content)})
		case *Span:
			out = append(out, &Span{Lang: n.Lang, Dir: n.Dir, Content: Unbadged(n.Content)})
		case *Link:
			link := *n
			link.Content = Unbadged(n.Content)
			out = append(out, &link)
		default:
			if badged(Children(n)) { // rare: its words are enough here
				n = &Text{Value: PlainText(Unbadged(Children(n)))}
			}
			out = append(out, n)
		}
	}
	return trimmed(out)
}

// badged reports whether there is a badge at any depth.
func badged(in []Inline) (found bool) {
	WalkInlines(in, func(n Inline) bool {
		if _, ok := n.(*Badge); ok {
			found = true
		}
		return !found
	})
	return found
}

// trimmed is inlines without the white space that parted them from a badge at
// either end.
func trimmed(in []Inline) []Inline {
	for len(in) > 0 {
		t, ok := in[len(in)-1].(*Text)
		if !ok {
			break
		}
		in = in[:len(in)-1]
		if s := strings.TrimRightFunc(t.Value, unicode.IsSpace); s != "" {
			in = append(in, &Text{Value: s})
			break
		}
	}
	for len(in) > 0 {
		t, ok := in[0].(*Text)
		if !ok {
			break
		}
		if s := strings.TrimLeftFunc(t.Value, unicode.IsSpace); s != "" {
			in = append([]Inline{&Text{Value: s}}, in[1:]...)
			break
		}
		in = in[1:]
	}
	return in
}
