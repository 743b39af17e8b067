package site

import (
	"time"

	"communique/render/locale"
)

// Item is a publication as lists show it.
type Item struct {
	Slug string
	// Kind is the name of the kind of document.
	Kind string
	// Date is the day that the publication bears, in its own location.
	Date time.Time
	// Updated is the instant of the last thing that readers can notice.
	Updated time.Time
	// Product is the product of a record that the links to its languages lead to;
	// empty for the default one, and for what is no record.
	Product string
	// Original is the tag of the language that the others are translated from.
	Original string
	// Texts are its languages, each of which has a web page unless it was
	// withdrawn; none where even the title was removed.
	Texts []Text
	// Corrected tells that the current revision is not the first wording.
	Corrected bool
	// Withdrawn tells that there are no editions to read any more.
	Withdrawn bool
}

// Text is what a publication says about itself in one language.
type Text struct {
	// Lang is a BCP 47 tag.
	Lang string
	// Title and Summary are plain text, and so is Place, of the dateline.
	Title, Summary, Place string
}

// Note is a public remark in one language.
type Note struct{ Lang, Text string }

// pick finds what is said in a language, else in the second one, else what comes first.
func pick[T any](all []T, lang func(T) string, wanted ...string) (T, bool) {
	for _, w := range wanted {
		for _, x := range all {
			if lang(x) == w {
				return x, true
			}
		}
	}
	if len(all) > 0 {
		return all[0], true
	}
	var none T
	return none, false
}

func textLang(t Text) string { return t.Lang }
func noteLang(n Note) string { return n.Lang }

// foreign is a text with its language, where that is not the page's.
type foreign struct{ Lang, Dir, Text string }

// itemView is a publication in a list.
type itemView struct {
	URL            string
	Title, Summary foreign
	Date           moment
	Kind           string
	Languages      []choice
	Corrected      bool
	Withdrawn      bool
}

// itemView makes the form of a publication that every list shows.
func (f *Face) itemView(t *tongue, i *Item) itemView {
	v := itemView{URL: f.at.publication(i.Slug, t.tag), Date: t.day(i.Date), Kind: f.label(t, i.Kind), Corrected: i.Corrected, Withdrawn: i.Withdrawn}
	v.Title, v.Summary = t.headline(i)
	if !i.Withdrawn {
		v.Languages = t.choices(i.languages(), func(tag string) string {
			return f.at.edition(f.at.current(i.Slug), f.webPage(i, tag))
		})
	}
	return v
}

// languages are the tags of an item's texts.
func (i *Item) languages() []string {
	tags := make([]string, len(i.Texts))
	for n, x := range i.Texts {
		tags[n] = x.Lang
	}
	return tags
}

// headline is title and summary in the page's language, else in the original's.
func (t *tongue) headline(i *Item) (title, summary foreign) {
	x, ok := pick(i.Texts, textLang, t.tag, i.Original)
	if !ok || clean(x.Title) == "" {
		return t.foreign(t.tag, t.word("site-untitled")), foreign{}
	}
	return t.foreign(x.Lang, x.Title), t.foreign(x.Lang, x.Summary)
}

// foreign marks a text with its language and direction. A text in the page's own
// language has its direction, too: it isolates what the text may do to its surroundings.
func (t *tongue) foreign(lang, text string) foreign {
	out := foreign{Text: clean(text), Dir: "auto"}
	if d := locale.Direction(lang).String(); d != "" {
		out.Dir = d
	}
	if lang != t.tag && wellFormed(lang) {
		out.Lang = lang
	}
	return out
}
