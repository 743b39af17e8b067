package site

// Results is what a search found.
type Results struct {
	Lang string
	// Query is what the reader typed.
	Query string
	// Items are those of the page, in the order of the search; Total counts all.
	Items []Item
	Total int
	// Page counts from 1. PageSize tells how many items a page has.
	Page int
}

// PageSize is how many publications stand on a page of a list.
func (f *Face) PageSize() int { return f.site.PageSize }

// searchView is what the results show.
type searchView struct {
	frame
	list
	Query string
	Asked bool
}

// Search is the page of results, or the question alone if nothing was asked.
func (f *Face) Search(r Results) Page {
	t := f.speak(r.Lang)
	text := clean(r.Query)
	s := spread(r.Total, f.site.PageSize, r.Page)
	self := func(lang string) string { return f.at.search(lang, text, s.page) }
	v := searchView{frame: f.frame(t, elsewhere, t.word("site-search"), self), Query: text, Asked: text != ""}
	v.Hidden = true
	v.Count = t.count("site-count", r.Total)
	group := yearGroup{}
	for n := range r.Items {
		group.Items = append(group.Items, f.itemView(t, &r.Items[n]))
	}
	if len(group.Items) > 0 {
		v.Groups = []yearGroup{group}
	}
	v.Paging = t.paging(s, func(page int) string { return f.at.search(t.tag, text, page) })
	return f.write("search", &v)
}
