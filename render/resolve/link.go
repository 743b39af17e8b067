package resolve

import (
	"net/url"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// links takes the address from links to anchors that do not exist, and reports
// them: their words stay. Links without words get the name of what they lead to.
func (r *resolver) links() {
	look := func(in []doc.Inline) {
		doc.WalkInlines(in, func(n doc.Inline) bool {
			l, ok := n.(*doc.Link)
			if !ok || !strings.HasPrefix(l.URL, "#") {
				return true
			}
			id := l.URL[1:]
			if u, err := url.PathUnescape(id); err == nil {
				id = u
			}
			if _, ok := r.anchors[id]; ok {
				l.URL = "#" + id
				if len(l.Content) == 0 {
					r.refer(l, id, n == in[0])
				}
				return true
			}
			r.problems.Add(diag.Problem{
				Severity: diag.Warning, Code: "unknown-anchor", Pos: l.Pos,
				Message:  "the link leads to #" + id + ", which is not in this document",
				Expected: "the id of a heading or a block",
				Fix:      "put {#" + id + "} after the heading that is meant, or correct the link",
			})
			l.URL = ""
			if len(l.Content) == 0 {
				l.Content = []doc.Inline{&doc.Text{Value: "#" + id}}
			}
			return true
		})
	}
	look(r.d.Summary)
	r.d.Flows(func(blocks []doc.Block) {
		doc.Inlines(blocks, func(_ doc.Block, in []doc.Inline) { look(in) })
	})
}
