package pdf

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"communique/render/page"
)

// tags joins the structure tree with the pages' marked content (ISO 32000-1, 14.7).
type tags struct {
	places map[*page.Content]place
	// parents are, by page and MCID, the numbers of the elements' objects.
	parents [][]int
	links   []link
}

// place is where a marked-content sequence stands. Structure is written once,
// so seen tells that the tree has it.
type place struct {
	page, mcid int
	seen       bool
}

// numberContents numbers each page's marked-content sequences in painting order.
func numberContents(d *page.Document) (*tags, error) {
	t := &tags{places: make(map[*page.Content]place, 64*len(d.Pages)), parents: make([][]int, len(d.Pages))}
	for i, pg := range d.Pages {
		n := 0
		for _, c := range pg.Contents {
			if c.Element == nil {
				continue
			}
			if old, ok := t.places[c]; ok {
				return nil, fmt.Errorf("content of a %s stands on page %d and again on page %d", c.Element.Type, old.page+1, i+1)
			}
			t.places[c] = place{page: i, mcid: n}
			n++
		}
		t.parents[i] = make([]int, n)
	}
	return t, nil
}

// structure writes the structure tree and returns the number of its root.
type structure struct {
	*finisher
	root int
	ids  []namedElement
}

type namedElement struct {
	id     string
	object int
}

func (f *finisher) structure() (int, error) {
	s := &structure{finisher: f, root: f.builder.alloc()}
	document := f.builder.alloc()
	if err := s.element(f.doc.Root, document, s.root); err != nil {
		return 0, err
	}
	if err := s.allPlaced(); err != nil {
		return 0, err
	}
	parentTree := s.parentTree()
	o := f.builder.object(s.root).raw("<</Type/StructTreeRoot/K ").ref(document).raw("/ParentTree ").ref(parentTree).
		raw("/ParentTreeNextKey ").int(len(f.doc.Pages) + len(f.tags.links))
	if err := s.idTree(o); err != nil {
		return 0, err
	}
	o.raw(">>")
	return s.root, nil
}

// element writes an element and then what is in it.
func (s *structure) element(e *page.Element, object, parent int) error {
	if e.Type == "" {
		return errors.New("a structure element without a type")
	}
	kids, err := s.kids(e, object)
	if err != nil {
		return err
	}
	o := s.builder.object(object).raw("<</S/").raw(string(e.Type)).raw("/P ").ref(parent)
	if kids.page >= 0 {
		o.raw("/Pg ").ref(s.pages[kids.page])
	}
	if len(e.Kids) > 0 {
		o.raw("/K[").raw(string(kids.source)).raw("]")
	}
	if e.Lang != "" {
		o.raw("/Lang").text(e.Lang)
	}
	if e.Alt != "" {
		o.raw("/Alt").text(e.Alt)
	}
	if e.Expansion != "" {
		o.raw("/E").text(e.Expansion)
	}
	if e.ID != "" {
		o.raw("/ID").bytes(e.ID)
		s.ids = append(s.ids, namedElement{e.ID, object})
	}
	attributes(o, e)
	if e.Box != (page.Box{}) && kids.page >= 0 {
		box(o, e.Box, s.doc.Pages[kids.page].Height)
	}
	o.raw(">>")
	for i, child := range kids.elements {
		if err := s.element(child, kids.objects[i], object); err != nil {
			return err
		}
	}
	return nil
}

// kidList is the value of K (table 323), and the elements in it to be written.
type kidList struct {
	source   syntax
	page     int // of the first marked content; -1 if there is none
	elements []*page.Element
	objects  []int
}

func (s *structure) kids(e *page.Element, object int) (kidList, error) {
	l := kidList{page: -1}
	for i, k := range e.Kids {
		if i > 0 {
			l.source.raw(" ")
		}
		var err error
		switch {
		case k.Element != nil:
			n := s.builder.alloc()
			l.elements, l.objects = append(l.elements, k.Element), append(l.objects, n)
			l.source.ref(n)
		case k.Content != nil:
			err = s.content(&l, e, k.Content, object)
		case k.Link != nil:
			err = s.link(&l, k.Link, object)
		default:
			err = fmt.Errorf("an empty kid in a %s", e.Type)
		}
		if err != nil {
			return l, err
		}
	}
	return l, nil
}

// content adds a marked-content sequence: its number, or a reference (table 324)
// if it stands on another page than the first.
func (s *structure) content(l *kidList, e *page.Element, c *page.Content, object int) error {
	at, ok := s.tags.places[c]
	if !ok || at.seen || c.Element != e {
		return fmt.Errorf("a %s holds content that is not on a page, is held twice, or belongs to another element", e.Type)
	}
	at.seen = true
	s.tags.places[c] = at
	if hasRightToLeft(c) {
		l.source.ref(s.readable(c, at, object))
		return nil
	}
	s.tags.parents[at.page][at.mcid] = object
	if l.page < 0 {
		l.page = at.page
	}
	if at.page == l.page {
		l.source.int(at.mcid)
		return nil
	}
	l.source.raw("<</Type/MCR/Pg ").ref(s.pages[at.page]).raw("/MCID ").int(at.mcid).raw(">>")
	return nil
}

// allPlaced checks that the tree holds all real content of the pages.
func (s *structure) allPlaced() error {
	for i, list := range s.tags.parents {
		if n := slices.Index(list, 0); n >= 0 {
			return fmt.Errorf("page %d: marked content %d is not in the structure tree", i+1, n)
		}
	}
	return nil
}

// parentTree writes the way from content to elements (14.7.4.4): pages have the
// keys from 0, the links the keys after them.
func (s *structure) parentTree() int {
	arrays := make([]int, len(s.tags.parents))
	for i, list := range s.tags.parents {
		arrays[i] = s.builder.alloc()
		s.builder.object(arrays[i]).raw("[").refs(list).raw("]")
	}
	tree := s.builder.alloc()
	o := s.builder.object(tree).raw("<</Nums[")
	for key, n := range arrays {
		o.int(key).raw(" ").ref(n).raw(" ")
	}
	for i, l := range s.tags.links {
		o.int(len(arrays) + i).raw(" ").ref(l.element).raw(" ")
	}
	o.raw("]>>")
	return tree
}

// idTree writes the names of elements (14.7.2), sorted as a name tree must be.
func (s *structure) idTree(o *syntax) error {
	if len(s.ids) == 0 {
		return nil
	}
	slices.SortFunc(s.ids, func(a, b namedElement) int { return strings.Compare(a.id, b.id) })
	o.raw("/IDTree<</Names[")
	for i, e := range s.ids {
		if i > 0 && s.ids[i-1].id == e.id {
			return fmt.Errorf("two structure elements have the ID %q", e.id)
		}
		o.bytes(e.id).ref(e.object)
	}
	o.raw("]>>")
	return nil
}

// attributes writes an element's attribute object (14.7.5): that of a list, or
// that of a table cell.
func attributes(o *syntax, e *page.Element) {
	a := e.Attributes
	switch a.List {
	case page.ListDisc:
		o.raw("/A<</O/List/ListNumbering/Disc>>")
		return
	case page.ListDecimal:
		o.raw("/A<</O/List/ListNumbering/Decimal>>")
		return
	}
	if a.Scope == page.ScopeNone && a.RowSpan < 2 && a.ColSpan < 2 && len(e.Headers) == 0 {
		return
	}
	o.raw("/A<</O/Table")
	switch a.Scope {
	case page.ScopeRow:
		o.raw("/Scope/Row")
	case page.ScopeColumn:
		o.raw("/Scope/Column")
	}
	if a.RowSpan > 1 {
		o.raw("/RowSpan ").int(a.RowSpan)
	}
	if a.ColSpan > 1 {
		o.raw("/ColSpan ").int(a.ColSpan)
	}
	if len(e.Headers) > 0 {
		o.raw("/Headers[")
		for _, id := range e.Headers {
			o.bytes(id)
		}
		o.raw("]")
	}
	o.raw(">>")
}
