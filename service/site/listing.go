package site

import (
	"bytes"
	"slices"
	"strconv"
)

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
	// All is what the choice of no value is called.
	Label, Name, All string
	Choices          []facetChoice
}

type facetChoice struct {
	Value, Name string
	Lang, Dir   string
	Current     bool
}

// facets are the filters, and the values that they can take.
func (f *Face) facets(t *tongue, c *Catalogue, now Filter) []facet {
	year := facet{Label: t.word("site-year"), Name: "year", All: t.word("site-all-years")}
	for _, y := range c.years {
		year.Choices = append(year.Choices, facetChoice{Value: strconv.Itoa(y), Name: t.number("site-in-year", "Year", y), Current: y == now.Year})
	}
	kinds := facet{Label: t.word("site-kind"), Name: "kind", All: t.word("site-all-kinds"), Choices: f.kindChoices(t, c.kinds, now.Kind)}
	languages := facet{Label: t.word("site-language"), Name: "in", All: t.word("site-all-languages")}
	for _, tag := range t.sorted(c.languages) {
		n := t.language(tag)
		choice := facetChoice{Value: tag, Name: n.name, Dir: n.dir, Current: tag == now.Language}
		if wellFormed(tag) {
			choice.Lang = tag
		}
		languages.Choices = append(languages.Choices, choice)
	}
	return []facet{year, kinds, languages}
}

// kindChoices are kinds in the order of their labels; those without a label cannot be chosen.
func (f *Face) kindChoices(t *tongue, kinds []string, now string) []facetChoice {
	var out []facetChoice
	for _, k := range kinds {
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
