package site

// noticeView is a page that says one thing.
type noticeView struct {
	frame
	Text string
}

// NotFound is the page for everything that is not there: the same bytes for all
// of it, so that nobody learns from it what exists and may not be seen.
func (f *Face) NotFound(lang string) Page {
	return f.notice(lang, "site-not-found", "site-not-found-text")
}

// Gone is the page for what was removed for good.
func (f *Face) Gone(lang string) Page { return f.notice(lang, "site-gone", "site-gone-text") }

// notice links to the index in other languages: its own address is not known to it.
func (f *Face) notice(lang, title, text string) Page {
	t := f.speak(lang)
	v := noticeView{frame: f.frame(t, elsewhere, t.word(title), func(lang string) string { return f.at.index(lang, Filter{}, 1) }), Text: t.word(text)}
	v.Hidden = true
	for i := range v.Switcher {
		v.Switcher[i].Current = false
	}
	return f.write("notice", &v)
}
