package site

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
)

// Filter narrows the index; a zero field does not.
type Filter struct {
	Year int
	// Kind is the name of a kind of document.
	Kind string
	// Language is the tag of a language that the publications must be available in.
	Language string
}

func (f Filter) admits(i *Item) bool {
	return (f.Year == 0 || i.Date.Year() == f.Year) && (f.Kind == "" || i.Kind == f.Kind) &&
		(f.Language == "" || slices.ContainsFunc(i.Texts, func(t Text) bool { return t.Lang == f.Language }))
}

// span is the part of a list that a page shows.
type span struct{ page, pages, from, to int }

// spread finds a page of a list; one that is not there is the nearest that is.
func spread(total, size, page int) span {
	pages := max(1, (total+size-1)/size)
	page = min(max(page, 1), pages)
	return span{page, pages, (page - 1) * size, min(page*size, total)}
}

// facet is a filter as a form shows it.
type facet struct {
	Label, Name string
	Choices     []facetChoice
}

// facetChoice is a value; the empty one is all.
type facetChoice struct {
	Value, Name string
	Lang, Dir   string
	Current     bool
}

// facets are the values that filters can take: those that some publication has.
func (f *Face) facets(t *tongue, items []Item, now Filter) []facet {
	years, kinds, languages := map[int]bool{}, map[string]bool{}, map[string]bool{}
	for n := range items {
		i := &items[n]
		years[i.Date.Year()] = true
		kinds[i.Kind] = true
		for _, x := range i.Texts {
			languages[x.Lang] = true
		}
	}
	byYear := facet{Label: t.word("site-year"), Name: "year"}
	for _, y := range slices.Backward(slices.Sorted(maps.Keys(years))) {
		byYear.Choices = append(byYear.Choices, facetChoice{Value: strconv.Itoa(y), Name: t.number("site-in-year", "Year", y), Current: y == now.Year})
	}
	byKind := facet{Label: t.word("site-kind"), Name: "kind", Choices: f.kindChoices(t, kinds, now.Kind)}
	byLanguage := facet{Label: t.word("site-language"), Name: "in"}
	for _, c := range t.choices(slices.Collect(maps.Keys(languages)), func(string) string { return "" }) {
		byLanguage.Choices = append(byLanguage.Choices, facetChoice{Value: c.Hreflang, Name: c.Name, Lang: c.Lang, Dir: c.Dir, Current: c.Hreflang == now.Language})
	}
	return []facet{byYear, byKind, byLanguage}
}

// kindChoices are kinds in the order of their labels; those without a label cannot be chosen.
func (f *Face) kindChoices(t *tongue, kinds map[string]bool, now string) []facetChoice {
	var out []facetChoice
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		if label := f.label(t, k); label != "" {
			out = append(out, facetChoice{Value: k, Name: label, Current: k == now})
		}
	}
	slices.SortStableFunc(out, func(a, b facetChoice) int {
		return bytes.Compare(t.loc.SortKey(a.Name), t.loc.SortKey(b.Name))
	})
	return out
}

// paging is the way through the pages of a list.
type paging struct {
	Newer, Older, Position string
	Pages                  []choice
}

// nearby is how many pages stand before and after the current one.
const nearby = 2

// paging makes the links; nil for a list of one page.
func (t *tongue) paging(s span, address func(page int) string) *paging {
	if s.pages == 1 {
		return nil
	}
	p := &paging{}
	p.Position, _ = t.loc.Word("page-of", map[string]any{"Page": s.page, "Pages": s.pages})
	if s.page > 1 {
		p.Newer = address(s.page - 1)
	}
	if s.page < s.pages {
		p.Older = address(s.page + 1)
	}
	last := 0
	for n := 1; n <= s.pages; n++ {
		if n != 1 && n != s.pages && (n < s.page-nearby || n > s.page+nearby) {
			continue
		}
		if n > last+1 {
			p.Pages = append(p.Pages, choice{}) // a gap
		}
		p.Pages = append(p.Pages, choice{URL: address(n), Name: t.loc.Number(strconv.Itoa(n)), Current: n == s.page})
		last = n
	}
	return p
}
