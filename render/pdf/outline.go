package pdf

// bookmark is an item of the outline with its neighbours, as indices; -1 is none.
type bookmark struct {
	object, parent, previous, next, first, last int
	// open counts the items below it, all of which are shown.
	open int
}

// outline writes the bookmarks (ISO 32000-1, 12.3.3) and returns the number of
// the outline dictionary, 0 if there are none.
func (f *finisher) outline() (int, error) {
	marks := f.doc.Outline
	if len(marks) == 0 {
		return 0, nil
	}
	items := f.arrangeBookmarks()
	link := func(o *syntax, key string, i int) {
		if i >= 0 {
			o.raw(key).ref(items[i].object)
		}
	}
	for i, it := range items {
		o := f.builder.object(it.object)
		if i == len(marks) {
			o.raw("<</Type/Outlines")
		} else {
			o.raw("<</Title").text(marks[i].Title)
			if err := f.destination(o, marks[i].Place); err != nil {
				return 0, err
			}
		}
		link(o, "/Parent ", it.parent)
		link(o, "/Prev ", it.previous)
		link(o, "/Next ", it.next)
		link(o, "/First ", it.first)
		link(o, "/Last ", it.last)
		if it.open > 0 {
			o.raw("/Count ").int(it.open)
		}
		o.raw(">>")
	}
	return items[len(marks)].object, nil
}

// arrangeBookmarks makes a tree of the levels; the last item is its root. A
// bookmark's parent is the nearest one before it with a lower level, so that
// levels may be skipped.
func (f *finisher) arrangeBookmarks() []bookmark {
	marks := f.doc.Outline
	root := len(marks)
	items := make([]bookmark, root+1)
	for i := range items {
		items[i] = bookmark{f.builder.alloc(), -1, -1, -1, -1, -1, 0}
	}
	for i, m := range marks {
		parent := i - 1
		for parent >= 0 && marks[parent].Level >= m.Level {
			parent = items[parent].parent
			if parent == root {
				parent = -1
			}
		}
		if parent < 0 {
			parent = root
		}
		items[i].parent = parent
		if last := items[parent].last; last >= 0 {
			items[last].next, items[i].previous = i, last
		} else {
			items[parent].first = i
		}
		items[parent].last = i
		for up := parent; up >= 0; up = items[up].parent {
			items[up].open++
		}
	}
	return items
}
