package site

import (
	"cmp"
	"slices"
	"strings"

	"communique/render"
)

// Edition is one file of a revision.
type Edition struct {
	// Lang is a tag; empty for data that have no language.
	Lang string
	// Product is the kind of document that was made of a record; the default one
	// can be left out.
	Product string
	Format  render.Format
	Size    int64
	// SHA256 is the digest in hexadecimal digits.
	SHA256 string
}

const webPage = render.HTML

// webPage is the page of a publication in a language.
func (f *Face) webPage(i *Item, lang string) Edition {
	return Edition{Lang: lang, Product: f.product(i.Product), Format: webPage}
}

// product is a product as addresses have it: the default one has no name there.
func (f *Face) product(name string) string {
	if k, ok := f.resources.Kinds.Product(""); ok && k.Name == name {
		return ""
	}
	return name
}

// usual are editions with products as addresses have them.
func (f *Face) usual(editions []Edition) []Edition {
	out := slices.Clone(editions)
	for i := range out {
		out[i].Product = f.product(out[i].Product)
	}
	return out
}

// formats are what readers call the formats, in the order in which they are offered.
var formats = []struct {
	format render.Format
	key    string
}{
	{render.HTML, "site-web-page"}, {render.PDF, ""}, {render.Text, "site-plain-text"}, {render.JSON, "site-structured"},
	{render.OutcomesCSV, "site-outcomes-table"}, {render.StatisticsCSV, "site-statistics-table"}, {render.Data, "site-record-data"},
	{render.Card, "site-picture"}, {render.PNG, "site-picture"},
}

func formatRank(f render.Format) int {
	for i, row := range formats {
		if row.format == f {
			return i
		}
	}
	return len(formats)
}

// format names a format; one without a word by its ending, in capitals.
func (t *tongue) format(f render.Format) string {
	if i := formatRank(f); i < len(formats) && formats[i].key != "" {
		return t.word(formats[i].key)
	}
	return strings.ToUpper(clean(string(f)))
}

// fileGroup is the files of one product, and fileRow those of one language in it.
type fileGroup struct {
	Product string
	Rows    []fileRow
}

type fileRow struct {
	Language choice
	Files    []fileView
}

// fileView is a file that can be opened.
type fileView struct {
	URL, Name, Size, Type string
	Hreflang              string
}

// fileGroups orders files by product, language and format. The share card is no
// reading matter. Below is the address that they stand under.
func (f *Face) fileGroups(t *tongue, editions []Edition, below string) []fileGroup {
	var groups []fileGroup
	for _, e := range f.sortedEditions(t, editions) {
		if e.Format == render.Card {
			continue
		}
		product := ""
		if e.Product != "" {
			product = cmp.Or(f.label(t, e.Product), clean(e.Product))
		}
		if n := len(groups); n == 0 || groups[n-1].Product != product {
			groups = append(groups, fileGroup{Product: product})
		}
		g := &groups[len(groups)-1]
		language := t.languageOf(e)
		if n := len(g.Rows); n == 0 || g.Rows[n-1].Language != language {
			g.Rows = append(g.Rows, fileRow{Language: language})
		}
		row := &g.Rows[len(g.Rows)-1]
		media, _, _ := strings.Cut(e.Format.MediaType(), ";")
		size := ""
		if e.Size > 0 { // that of a preview is not known before it is made
			size = t.size(e.Size)
		}
		row.Files = append(row.Files, fileView{f.at.edition(below, e), t.format(e.Format), size, media, language.Hreflang})
	}
	return groups
}

// languageOf names the language of a file by itself.
func (t *tongue) languageOf(e Edition) choice {
	if e.Lang == "" {
		return choice{Name: t.word("site-all-languages"), Dir: t.dir}
	}
	return t.choices([]string{e.Lang}, func(string) string { return "" })[0]
}

// sortedEditions are files by product, the default one first, then by language and format.
func (f *Face) sortedEditions(t *tongue, editions []Edition) []Edition {
	var tags []string
	for _, e := range editions {
		tags = append(tags, e.Lang)
	}
	rank := map[string]int{"": len(tags)} // data of no language stand last
	for i, tag := range t.sorted(tags) {
		if tag != "" {
			rank[tag] = i
		}
	}
	out := slices.Clone(editions)
	slices.SortStableFunc(out, func(a, b Edition) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(rank[a.Lang], rank[b.Lang]), cmp.Compare(formatRank(a.Format), formatRank(b.Format)))
	})
	return out
}

// inFormat are the languages that have a file of a product in a format.
func inFormat(editions []Edition, product string, format render.Format) (tags []string) {
	for _, e := range editions {
		if e.Format == format && e.Product == product && e.Lang != "" {
			tags = append(tags, e.Lang)
		}
	}
	return tags
}

// sumView is a file's checksum.
type sumView struct{ URL, Name, Sum string }

func (f *Face) sums(t *tongue, editions []Edition, below string) []sumView {
	var out []sumView
	for _, e := range f.sortedEditions(t, editions) {
		if sum := clean(e.SHA256); sum != "" {
			out = append(out, sumView{f.at.edition(below, e), fileName(e), sum})
		}
	}
	return out
}

// fileName is what a saved file is called.
func fileName(e Edition) string {
	if e.Format == webPage && e.Product == "" {
		return clean(e.Lang) + ".html"
	}
	return e.Name()
}
