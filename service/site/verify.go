package site

import "time"

// verifyView is the question: a file, or its checksum.
type verifyView struct {
	frame
	Action, Typed string
	Wrong         bool
}

// Verify is the page that asks for a file or a checksum. Typed is a checksum
// that was none; empty where nothing was asked yet.
func (f *Face) Verify(lang, typed string) Page {
	t := f.speak(lang)
	v := verifyView{frame: f.frame(t, roomVerify, t.word("site-verify"), f.at.verify), Action: f.at.root + "verify", Typed: clean(typed)}
	v.Wrong = v.Typed != ""
	v.Hidden = v.Wrong
	if !v.Wrong {
		f.found(&v.frame, f.at.verify)
	}
	v.Description = t.word("site-verify-copy")
	return f.write("verify", &v)
}

// Verdict is what is known of a file.
type Verdict struct {
	Lang string
	// SHA256 is the digest of the file.
	SHA256 string
	// Match is where the file was published; nil if it never was.
	Match *Match
}

// Match is a file that was published.
type Match struct {
	Publication *Publication
	Edition     Edition
	// Revision is the one that the file belongs to, Released its instant.
	Revision int
	Released time.Time
	// Zone is that in which the instant is shown; nil is the office's.
	Zone *time.Location
	// Current is the revision whose file is in force now: that of the file, if
	// it stayed the same since.
	Current int
}

// verdictView is the answer.
type verdictView struct {
	frame
	Sum      string
	Sentence string
	// Standing is "genuine", "superseded", "withdrawn" or "unknown".
	Standing string
	Headline foreign
	Page     string
	Language choice
	Format   string
	Revision string
	Released moment
	// Newest leads to what replaced the file.
	Newest     *choice
	Notice     *noticeBand
	Again, All string
}

// Verdict is the page that says whether a file is the office's, and current.
func (f *Face) Verdict(d Verdict) Page {
	t := f.speak(d.Lang)
	v := verdictView{frame: f.frame(t, roomVerify, t.word("site-verify"), f.at.verify), Sum: clean(d.SHA256), Again: f.at.verify(t.tag)}
	v.All = v.Home
	v.Hidden = true
	if d.Match == nil {
		v.Standing, v.Sentence = "unknown", t.word("site-unknown")
		return f.write("verdict", &v)
	}
	f.describe(t, &v, d.Match)
	return f.write("verdict", &v)
}

// newest leads to what replaced a file, or to its publication if the current
// revision has no such file any more.
func (f *Face) newest(t *tongue, p *Publication, old Edition, current int) *choice {
	c := &choice{URL: f.at.publication(p.Slug, t.tag), Name: t.number("site-revision", "Number", current)}
	for _, e := range f.editions(p) {
		if e.Lang == old.Lang && e.Product == old.Product && e.Format == old.Format {
			c.URL, c.Hreflang = f.at.edition(f.at.current(p.Slug), e), t.languageOf(e).Hreflang
		}
	}
	return c
}

// describe says what a file is.
func (f *Face) describe(t *tongue, v *verdictView, m *Match) {
	p := m.Publication
	v.Headline, _ = t.headline(&p.Item)
	v.Page = f.at.publication(p.Slug, t.tag)
	e := f.usual([]Edition{m.Edition})[0]
	v.Language, v.Format = t.languageOf(e), t.format(e.Format)
	v.Revision, v.Released = t.number("site-revision", "Number", m.Revision), t.instant(m.Released, m.Zone)
	switch {
	case p.gone():
		v.Standing, v.Sentence, v.Notice = "withdrawn", t.word("site-recalled"), t.withdrawn(p)
	case m.Current > m.Revision:
		v.Standing, v.Sentence = "superseded", t.word("site-superseded")
		v.Newest = f.newest(t, p, e, m.Current)
	default:
		v.Standing, v.Sentence = "genuine", t.word("site-genuine")
	}
}
