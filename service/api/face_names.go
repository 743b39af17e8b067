package api

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"communique/render"
	"communique/service/office"
)

// revisionNumber reads "r2".
func revisionNumber(s string) (int, bool) {
	digits, ok := strings.CutPrefix(s, "r")
	if !ok || digits == "" || len(digits) > 6 || digits[0] == '0' || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

// fileNamed is the file of a name in an address: a language alone is its web page.
func fileNamed(name string) string {
	if strings.Contains(name, ".") {
		return name
	}
	return name + ".html"
}

// addressOf is where a file stands: of the current revision for the number 0.
func addressOf(slug string, number int, file office.File) string {
	name := file.Name
	if name == file.Lang+".html" {
		name = file.Lang
	}
	address := "/p/" + slug
	if number > 0 {
		address += "/r" + strconv.Itoa(number)
	}
	return address + "/" + url.PathEscape(name)
}

// lenient finds the one file that a name can mean whose language is written in
// another way: "zh.pdf", "ZH-hans.pdf" and "zh-CN.pdf" are "zh-Hans.pdf" as long
// as no other Chinese is there.
func lenient(sight *office.Sight, number int, name string) (found office.File, ok bool) {
	asked, rest, _ := strings.Cut(fileNamed(name), ".")
	want, err := language.Parse(asked)
	if err != nil {
		return found, false
	}
	matching := 0
	for _, f := range sight.FilesOf(number) {
		lang, itsRest, _ := strings.Cut(f.Name, ".")
		if f.Lang == "" || lang != f.Lang || !strings.EqualFold(rest, itsRest) {
			continue
		}
		if strings.EqualFold(asked, lang) {
			return f, true
		}
		if means(want, language.Make(f.Lang)) {
			found = f
			matching++
		}
	}
	return found, matching == 1
}

// means tells whether a tag can mean another one: the same language in the same
// script, and no other region.
func means(want, have language.Tag) bool {
	a, _ := want.Base()
	b, _ := have.Base()
	x, _ := want.Script()
	y, _ := have.Script()
	_, _, asked := want.Raw()
	_, _, region := have.Raw()
	return a == b && x == y && (asked == language.Region{} || region == language.Region{} || asked == region)
}

// alternates is the Link field (RFC 8288) to a file's other languages and formats;
// for nil, to those of the whole publication. The share card is no reading matter.
func alternates(slug string, files []office.File, of *office.File) field {
	var links []string
	product := mainProduct(files)
	if of != nil {
		product = of.Product
	}
	for _, f := range files {
		if f.Format == string(render.Card) || f.Product != product && f.Product != "" {
			continue
		}
		if of != nil && (f.Name == of.Name || f.Lang != of.Lang && f.Format != of.Format && f.Lang != "") {
			continue
		}
		links = append(links, link(slug, f, "alternate"))
	}
	if of != nil {
		links = append(links, "</p/"+slug+`>; rel="collection"`)
	}
	return oneField("Link", strings.Join(links, ", "))
}

// mainProduct is the product of a record whose web page stands for its language.
func mainProduct(files []office.File) (product string) {
	for _, f := range slices.Backward(files) {
		if f.Format == string(render.HTML) {
			product = f.Product
		}
		if f.Name == f.Lang+".html" {
			return f.Product
		}
	}
	return product
}

func link(slug string, f office.File, rel string) string {
	bare, _, _ := strings.Cut(f.MediaType, ";")
	l := "<" + addressOf(slug, 0, f) + `>; rel="` + rel + `"`
	if f.Lang != "" {
		l += `; hreflang="` + f.Lang + `"`
	}
	return l + `; type="` + bare + `"`
}

// latest leads from a revision's file to what is in force now (RFC 5829), which is
// the page of the publication if there is no such file any more.
func latest(sight *office.Sight, of office.File) field {
	current := sight.Files()
	i := slices.IndexFunc(current, func(f office.File) bool { return f.Name == of.Name })
	if i < 0 {
		return oneField("Link", "</p/"+sight.Slug+`>; rel="latest-version"; type="text/html"`)
	}
	return oneField("Link", link(sight.Slug, current[i], "latest-version"))
}
