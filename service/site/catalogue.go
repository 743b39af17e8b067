package site

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Catalogue is all publications that readers may see at one instant, put in
// order and counted once for many pages. It never changes.
type Catalogue struct {
	items []Item
	// years, newest first, kinds and languages are those that some publication has.
	years            []int
	kinds, languages []string
}

// NewCatalogue takes publications in any order.
func NewCatalogue(items []Item) *Catalogue {
	c := &Catalogue{items: inOrder(items)}
	years, kinds, languages := map[int]bool{}, map[string]bool{}, map[string]bool{}
	for n := range c.items {
		i := &c.items[n]
		if n == 0 || i.Date.Year() != c.items[n-1].Date.Year() {
			years[i.Date.Year()] = true
		}
		kinds[i.Kind] = true
		for _, x := range i.Texts {
			languages[x.Lang] = true
		}
	}
	c.years = slices.SortedFunc(maps.Keys(years), func(a, b int) int { return b - a })
	c.kinds, c.languages = slices.Sorted(maps.Keys(kinds)), slices.Sorted(maps.Keys(languages))
	return c
}

// inOrder are items by the day that they bear, the newest first, the same on every
// machine. What day a time is on is worked out once for
// each: it takes longer than all else.
func inOrder(items []Item) []Item {
	type dated struct {
		day  int
		item *Item
	}
	order := make([]dated, len(items))
	for n := range items {
		order[n] = dated{dayNumber(items[n].Date), &items[n]}
	}
	slices.SortFunc(order, func(a, b dated) int {
		return cmp.Or(cmp.Compare(b.day, a.day), b.item.Updated.Compare(a.item.Updated), cmp.Compare(a.item.Slug, b.item.Slug))
	})
	out := make([]Item, len(items))
	for n, d := range order {
		out[n] = *d.item
	}
	return out
}

// dayNumber orders days as they are printed, whatever their zone.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return (y*12+int(m))*32 + d
}

// Filter narrows the index; a zero field does not.
type Filter struct {
	Year int
	// Kind is the name of a kind of document.
	Kind string
	// Language is the tag of a language that the publications must be available in.
	Language string
}

// choose are the publications that a filter admits.
func (c *Catalogue) choose(f Filter) []*Item {
	var chosen []*Item
	for n := range c.items {
		if f.admits(&c.items[n]) {
			chosen = append(chosen, &c.items[n])
		}
	}
	return chosen
}

func (f Filter) admits(i *Item) bool {
	return (f.Year == 0 || i.Date.Year() == f.Year) && (f.Kind == "" || i.Kind == f.Kind) &&
		(f.Language == "" || slices.ContainsFunc(i.Texts, func(t Text) bool { return t.Lang == f.Language }))
}
