package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"communique/render/doc"
)

func (c *converter) list(n *ast.List) doc.Block {
	l := &doc.List{Attr: c.attr(n), Ordered: n.IsOrdered(), Tight: n.IsTight}
	if l.Ordered {
		l.Start, l.Delimiter = n.Start, n.Marker
	}
	for k := n.FirstChild(); k != nil; k = k.NextSibling() {
		item := &doc.Item{Attr: c.attr(k), Task: task(k)}
		item.Blocks = c.blocks(k)
		l.Items = append(l.Items, item)
	}
	return l
}

// task reads the check box that begins an item.
func task(item ast.Node) doc.Task {
	first := item.FirstChild()
	if first == nil {
		return doc.NoTask
	}
	box, ok := first.FirstChild().(*extast.TaskCheckBox)
	switch {
	case !ok:
		return doc.NoTask
	case box.IsChecked:
		return doc.TaskDone
	}
	return doc.TaskOpen
}
