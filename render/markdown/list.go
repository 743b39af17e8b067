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
		takeID(&item.Attr, item.Blocks, 0)
		if p, ok := first(item.Blocks); ok && l.Tight { // the paragraph is the item itself
			item.Lang, item.Dir = p.Lang, p.Dir
			p.Lang, p.Dir = "", doc.Inherit
		}
		l.Items = append(l.Items, item)
	}
	return l
}

// first is the paragraph that blocks begin with.
func first(blocks []doc.Block) (*doc.Paragraph, bool) {
	if len(blocks) == 0 {
		return nil, false
	}
	p, ok := blocks[0].(*doc.Paragraph)
	return p, ok
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
