package artifact

import (
	"net/url"
	"path"
	"strconv"
	"strings"
)

// Scheme says what names are made of.
type Scheme uint8

const (
	// BySource names artifacts as their sources are named: "a.en.pdf" of "a.en.md",
	// "a.decisions.en.pdf" of the record "a.yaml".
	BySource Scheme = iota
	// ByLanguage names them as the editions of one publication: "en.pdf",
	// "en.decisions.pdf", "en.outcomes.csv", "data.json".
	ByLanguage
)

// Edition is what names are made of: a document in one language.
type Edition struct {
	// Source is the file name of the source.
	Source, Lang string
	// Product is the kind of a record's product, empty for a statement. Default tells
	// that it is the one which is made when none is asked for.
	Product string
	Default bool
}

// In is the edition as far as a format is of it: data are of no product, and those of
// the whole record in no language.
func (e Edition) In(f Format) Edition {
	if f.OfRecord() {
		e.Product, e.Default = "", false
	}
	if f.Scope() == Once {
		e.Lang = ""
	}
	return e
}

// Name is the file name of an edition in a format.
func (s Scheme) Name(e Edition, f Format) string {
	e = e.In(f)
	var parts []string
	switch {
	case s == ByLanguage && e.Default:
		parts = []string{e.Lang}
	case s == ByLanguage:
		parts = []string{e.Lang, e.Product}
	case e.Product != "" || f.OfRecord():
		parts = []string{Base(e.Source), e.Product, e.Lang}
	default: // its name has the language already, if it has any
		parts = []string{Base(e.Source)}
	}
	name := ""
	for _, p := range parts {
		if p != "" {
			name += "." + p
		}
	}
	return strings.TrimPrefix(name+f.Extension(), ".")
}

// Under is the address of an edition in a format below that of its publication:
// "…/en.pdf". The web page of a language stands at the language itself: "…/en".
// Empty for no publication.
func (s Scheme) Under(publication string, e Edition, f Format) string {
	if publication == "" {
		return ""
	}
	name := s.Name(e, f)
	if s == ByLanguage && f == HTML && (e.Product == "" || e.Default) {
		name = e.Lang
	}
	return strings.TrimSuffix(publication, "/") + "/" + url.PathEscape(name)
}

// Base is the name of a source without its folders and its ending.
func Base(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	switch ext := path.Ext(base); strings.ToLower(ext) {
	case ".md", ".markdown", ".txt", ".yaml", ".yml", ".json":
		base = strings.TrimSuffix(base, ext)
	}
	switch base {
	case "", "-", ".", "..", "/":
		return "publication"
	}
	return base
}

// Page is the name of one page's artifact: "a.en-3.png" for "a.en.png".
func Page(name string, page int) string {
	if page == 0 {
		return name
	}
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + strconv.Itoa(page) + ext
}
