package markdown

import (
	"path"
	"strings"

	"golang.org/x/text/language"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/locale"
	"communique/render/source"
)

// language settles the document's language and direction: the option, else the
// front matter, else the file name.
func (f *front) language(opts Options) {
	m := &f.meta
	named := nameLang(f.src.name)
	pos := diag.Pos{File: f.src.name, Line: 1, Column: 1}
	written := ""
	if f.values.Lang.Node != nil {
		pos = f.values.Lang.Pos
		written = f.langText(f.values.Lang.Node)
	}
	switch {
	case opts.Lang != "":
		m.Lang = opts.Lang
	case written != "":
		m.Lang = written
		if named != "" && !sameLanguage(named, written) {
			f.warn("lang-mismatch", pos, "the front matter says "+written+", the file name says "+named, "the same language in both", "rename the file, or correct lang")
		}
	case named != "":
		m.Lang = named
	default:
		if f.values.Lang.Node == nil && !f.broken {
			f.error("missing-lang", pos, "the language of the text is not given", "the key lang in the front matter, or a file name such as statement.fr.md", "lang: en")
		}
		m.Lang = "en"
	}
	tag, err := language.Parse(m.Lang)
	if err != nil || tag == language.Und {
		f.error("bad-lang", pos, "the language "+quoted(m.Lang)+" is not a BCP 47 tag", "a tag such as fr or zh-Hans", "lang: en")
		tag = language.English
	}
	m.Lang = tag.String()
	f.match(tag, pos)
}

// match finds the locale. A tag that means the same as the locale's by likely
// subtags becomes that tag: zh and zh-CN are zh-Hans.
func (f *front) match(tag language.Tag, pos diag.Pos) {
	m := &f.meta
	loc, ok := f.opts.Locales.Match(m.Lang)
	natural := locale.Direction(m.Lang)
	if ok {
		natural = loc.Direction()
		if equivalent(tag, loc.Tag()) {
			m.Lang = loc.Tag()
		}
	} else {
		f.warn("no-locale", pos, "there are no words for the language "+m.Lang+" yet; labels and dates are in English", strings.Join(f.opts.Locales.Tags(), ", "), "")
	}
	if m.Dir == doc.Inherit {
		m.Dir = natural
	} else if m.Dir != natural {
		f.warn("dir-mismatch", m.Pos["dir"], "the language "+m.Lang+" is usually written "+natural.String(), "dir: "+natural.String(), "remove the line dir, or correct lang")
	}
}

func (f *front) langText(n *source.Node) string {
	s := f.text(n, "lang", "fr")
	if strings.Contains(s, "_") {
		f.illTyped(n, "lang", quoted(s), "a BCP 47 tag, with hyphens", "lang: "+strings.ReplaceAll(s, "_", "-"))
		return strings.ReplaceAll(s, "_", "-")
	}
	return s
}

// nameLang is the language in a file name such as "statement.fr.md".
func nameLang(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	ext := strings.TrimPrefix(path.Ext(base), ".")
	if len(ext) < 2 || base == "."+ext {
		return ""
	}
	tag, err := language.Parse(ext)
	if err != nil {
		return ""
	}
	if b, _, _ := tag.Raw(); len(b.String()) > 3 || b.String() == "und" {
		return ""
	}
	return tag.String()
}

// equivalent tells that two tags mean the same script and region too, once the
// likely ones are filled in.
func equivalent(tag language.Tag, other string) bool {
	o, err := language.Parse(other)
	if err != nil {
		return false
	}
	b1, _ := tag.Base()
	b2, _ := o.Base()
	s1, _ := tag.Script()
	s2, _ := o.Script()
	r1, _ := tag.Region()
	r2, _ := o.Region()
	return b1 == b2 && s1 == s2 && r1 == r2 && len(tag.Extensions()) == 0 && len(tag.Variants()) == 0
}

// sameLanguage compares language and script only.
func sameLanguage(a, b string) bool {
	x, err1 := language.Parse(a)
	y, err2 := language.Parse(b)
	if err1 != nil || err2 != nil {
		return err1 != nil // an ill-formed tag is reported elsewhere
	}
	b1, _ := x.Base()
	b2, _ := y.Base()
	s1, _ := x.Script()
	s2, _ := y.Script()
	return b1 == b2 && s1 == s2
}
