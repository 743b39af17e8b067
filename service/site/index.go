package site

// Query is what a reader asks of the index.
type Query struct {
	Lang   string
	Filter Filter
	// Page counts from 1.
	Page int
}

// yearGroup is the publications of a year on a page of a list.
type yearGroup struct {
	Year  string
	Items []itemView
}

// list is what index and search share.
type list struct {
	Count  string
	Groups []yearGroup
	Paging *paging
}

// indexView is what the index shows.
type indexView struct {
	frame
	list
	Facets   []facet
	Filtered bool
	Empty    string
}

// Index is the list of all publications, narrowed by what the reader asks.
func (f *Face) Index(c *Catalogue, q Query) Page {
	t := f.speak(q.Lang)
	chosen := c.choose(q.Filter)
	s := spread(len(chosen), f.site.PageSize, q.Page)
	self := func(lang string) string { return f.at.index(lang, q.Filter, s.page) }
	v := indexView{frame: f.frame(t, roomIndex, "", self), Filtered: q.Filter != Filter{}}
	f.found(&v.frame, self)
	if v.Filtered || s.page > 1 {
		v.Title = t.word("site-publications")
	}
	v.Description = isolate(t.name) + " – " + t.word("site-publications")
	v.Count = t.count("site-count", len(chosen))
	v.Facets = f.facets(t, c, q.Filter)
	v.Groups = f.byYear(t, chosen[s.from:s.to])
	v.Paging = t.paging(s, func(page int) string { return f.at.index(t.tag, q.Filter, page) })
	switch {
	case len(c.items) == 0:
		v.Empty = t.word("site-empty")
	case len(chosen) == 0:
		v.Empty = t.word("site-empty-filter")
	}
	return f.write("index", &v)
}

// byYear groups what stands in a row and bears the same year.
func (f *Face) byYear(t *tongue, items []*Item) []yearGroup {
	var groups []yearGroup
	last := 0
	for n, i := range items {
		if y := i.Date.Year(); n == 0 || y != last {
			groups = append(groups, yearGroup{Year: t.number("site-in-year", "Year", y)})
			last = y
		}
		g := &groups[len(groups)-1]
		g.Items = append(g.Items, f.itemView(t, i))
	}
	return groups
}
