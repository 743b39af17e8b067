package locale

import "golang.org/x/text/language"

// Match finds the language for a BCP 47 tag: the same tag, else its nearest
// parent ("es-MX" is "es"), else a language of the same name and likely script
// ("zh", "zh-CN" are "zh-Hans"; "zh-TW" is not). It is false for a malformed
// tag and for a language that is not there: one language never stands for
// another, however well its readers may know it.
func (c *Catalog) Match(tag string) (*Locale, bool) {
	if l := c.locales[tag]; l != nil {
		return l, true
	}
	// A name within a macrolanguage ("cmn") counts as the macrolanguage only
	// when it has no file of its own ("nb" beside "no").
	for _, canon := range []language.CanonType{language.Default, language.Default | language.Macro} {
		want, err := canon.Parse(tag)
		if err != nil || want == language.Und {
			return nil, false
		}
		if l, ok := c.nearest(want); ok {
			return l, true
		}
	}
	return nil, false
}

// nearest finds the tag, its nearest parent, or a language of its name and script.
func (c *Catalog) nearest(want language.Tag) (*Locale, bool) {
	script, _ := want.Script()
	for t := want; t != language.Und; t = t.Parent() {
		if l := c.locales[t.String()]; l != nil && l.script == script.String() {
			return l, true
		}
	}
	base, _ := want.Base()
	return c.sameLanguage(base, script)
}

// sameLanguage finds the least special language of a name and script: one
// without a region before one with it.
func (c *Catalog) sameLanguage(base language.Base, script language.Script) (*Locale, bool) {
	var found *Locale
	for _, tag := range c.tags {
		l := c.locales[tag]
		if b, _ := l.words.tag.Base(); b != base || l.script != script.String() {
			continue
		}
		if _, _, region := l.words.tag.Raw(); region == (language.Region{}) {
			return l, true
		}
		if found == nil {
			found = l
		}
	}
	return found, found != nil
}
