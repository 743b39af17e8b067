package resolve

import (
	"strconv"
	"strings"

	"communique/render/doc"
)

// bullets by depth of unordered lists.
var bullets = [...]string{"•", "–", "•", "–"}

// lists gives every item its printed label.
func (r *resolver) lists(blocks []doc.Block) { r.label(blocks, 0) }

func (r *resolver) label(blocks []doc.Block, depth int) {
	doc.WalkBlocks(blocks, func(b doc.Block) bool {
		l, ok := b.(*doc.List)
		if !ok {
			return true
		}
		for i, it := range l.Items {
			switch {
			case l.Ordered:
				it.Label = r.digits(strconv.Itoa(l.Start+i)) + string(rune(l.Delimiter))
			case it.Task == doc.TaskDone:
				it.Label = "☑"
			case it.Task == doc.TaskOpen:
				it.Label = "☐"
			default:
				it.Label = bullets[depth%len(bullets)]
			}
			r.label(it.Blocks, depth+1)
		}
		return false
	})
}

// digits writes ASCII digits in the language's own.
func (r *resolver) digits(s string) string {
	d := r.loc.Digits()
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return d[c-'0']
		}
		return c
	}, s)
}
