package api

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/press"
)

// statement is a source in a language; the title tells two of them apart.
func statement(lang, title, text string) string {
	return "---\ntitle: " + title + "\nlang: " + lang + "\ndate: 2023-11-14\n---\n\n" + text + "\n"
}

// plenary is one statement in the languages of the day.
var plenary = map[string]string{
	"en":      statement("en", "Statement on the plenary", "The participants met today. There were 12 of them."),
	"fr":      statement("fr", "Déclaration sur la session plénière", "Les participants se sont réunis. Ils étaient 12."),
	"ar":      statement("ar", "بيان بشأن الجلسة العامة", "اجتمع المشاركون اليوم."),
	"zh-Hans": statement("zh-Hans", "关于全体会议的声明", "与会者今天举行了会议。"),
	"ru":      statement("ru", "Заявление о пленарном заседании", "Участники встретились сегодня."),
}

// TestADayAtAPressOffice goes through a day over HTTP: a draft, translations,
// embargoes that are kept, moved and lifted, a preview, a language that comes
// later, a correction under an embargo of its own, a withdrawal. docs/service.md
// tells the same day with curl.
func TestADayAtAPressOffice(t *testing.T) {
	onEach(t, func(t *testing.T, open func(*testing.T, pressOptions) *pressOffice) {
		t.Parallel()
		p := open(t, pressOptions{})
		aRelease(p)
		aMovedRelease(p)
		aLiftedEmbargo(p)
		aLaterLanguage(p)
		aCorrection(p)
		aWithdrawal(p)
		aTrail(p)
	})
}

const dayPath = publicationsPath + "/plenary-2023"

// aRelease drafts a statement, has it translated, schedules it, gives a preview
// and sees it released in all languages at once.
func aRelease(p *pressOffice) {
	p.t.Helper()
	if a := p.as(access.Draft, "PUT", dayPath, plenary["en"], "If-None-Match", "*", "Idempotency-Key", "day-1"); a.StatusCode != 201 || a.Header.Get("Location") != dayPath {
		p.t.Fatalf("draft: %d %s", a.StatusCode, a.body)
	}
	for _, lang := range []string{"fr", "ar", "zh-Hans"} {
		if a := p.as(access.Translate, "PUT", dayPath+"/languages/"+lang, plenary[lang]); a.StatusCode != 200 {
			p.t.Fatalf("%s: %d %s", lang, a.StatusCode, a.body)
		}
	}
	if a := p.as(access.Draft, "POST", dayPath+"/submit", ""); a.StatusCode != 200 {
		p.t.Fatalf("submit: %d %s", a.StatusCode, a.body)
	}
	if a := p.as(access.Publish, "POST", dayPath+"/approve", ""); a.StatusCode != 200 {
		p.t.Fatalf("approve: %d %s", a.StatusCode, a.body)
	}
	scheduled := p.embargo(dayPath)
	if scheduled == nil || scheduled.State != press.Scheduled || len(scheduled.Languages) != 4 {
		p.t.Fatalf("scheduled as %+v", scheduled)
	}
	p.preview(dayPath)
	digests := digestsOf(scheduled)
	for _, digest := range digests {
		if status := p.verified(digest); status != "unknown" {
			p.t.Errorf("before the release a file is %s", status)
		}
	}
	at := p.soon(dayPath)
	first := p.released("plenary-2023", 1)
	if seen := p.now(); seen.Before(at) || first.Before(at) {
		p.t.Errorf("released before %v: %v, %v", at, first, seen)
	}
	p.t.Logf("seen %v after its instant", p.now().Sub(at).Round(time.Millisecond))
	got := p.do(200, "GET", dayPath, "")
	if got.Current() == nil || got.Open() != nil || !got.Current().ReleaseAt.Equal(at) {
		p.t.Fatalf("after the release: %+v", got.Revisions[0])
	}
	if !slices.Equal(digestsOf(got.Current()), digests) {
		p.t.Error("moving a schedule made other files of the same sources")
	}
	for _, digest := range digests {
		if status := p.verified(digest); status != "current" {
			p.t.Errorf("after the release a file is %s", status)
		}
	}
}

// preview gives an accredited reader a preview of what waits.
func (p *pressOffice) preview(path string) {
	p.t.Helper()
	until := p.now().Add(time.Hour).Format(time.RFC3339)
	a := p.as(access.Publish, "POST", path+"/previews", `{"reader": "Example News Agency", "expires_at": "`+until+`"}`)
	var granted Granted
	p.read(a, &granted)
	token, ok := strings.CutPrefix(granted.URL, p.office.Address+"/preview/")
	if a.StatusCode != http.StatusCreated || !ok || granted.Reader != "Example News Agency" {
		p.t.Fatalf("preview: %d %s", a.StatusCode, a.body)
	}
	view, err := p.office.OpenPreview(p.t.Context(), strings.TrimSuffix(token, "/"))
	must(p.t, err)
	page, err := p.office.RenderPreview(p.t.Context(), view, "fr.html")
	must(p.t, err)
	if got := string(page.Data); !strings.Contains(got, "Example News Agency") || !strings.Contains(got, "Ils étaient 12.") {
		p.t.Errorf("the preview lacks its reader or its text: %s", got)
	}
}

// released waits until the index in memory shows a revision, and tells the instant that it shows.
func (p *pressOffice) released(slug string, number int) (at time.Time) {
	p.t.Helper()
	p.until("release of "+slug, func() bool {
		sight, ok := p.office.Look(slug)
		at = sight.At
		return ok && sight.Number == number
	})
	return at
}

// verified asks anonymously what a file is.
func (p *pressOffice) verified(digest string) string {
	p.t.Helper()
	var v Verification
	p.read(p.as(nobody, "GET", verifyPath+"?sha256="+digest, ""), &v)
	return v.Status
}

func digestsOf(r *press.Revision) (out []string) {
	for _, e := range r.Editions {
		out = append(out, e.Digest)
	}
	return out
}

// aMovedRelease moves a schedule once.
func aMovedRelease(p *pressOffice) {
	p.t.Helper()
	path := publicationsPath + "/moved-release"
	p.do(201, "PUT", path, statement("en", "A moved release", "It was to come earlier."))
	p.embargo(path)
	at := p.soon(path)
	if first := p.released("moved-release", 1); first.Before(at) {
		p.t.Errorf("released at %v, before %v", first, at)
	}
}

// aLiftedEmbargo publishes early what is scheduled.
func aLiftedEmbargo(p *pressOffice) {
	p.t.Helper()
	path := publicationsPath + "/lifted-early"
	p.do(201, "PUT", path, statement("en", "An embargo lifted early", "It was to come later."))
	p.embargo(path)
	if got := p.do(200, "POST", path+"/publish", ""); got.Current() == nil || got.Current().ReleaseAt.After(p.now()) {
		p.t.Errorf("lifted: %+v", got.Revisions[0])
	}
	if _, ok := p.office.Look("lifted-early"); !ok {
		p.t.Error("what is published is not seen at once by the server that did it")
	}
}

// aLaterLanguage adds Russian to what is published.
func aLaterLanguage(p *pressOffice) {
	p.t.Helper()
	if a := p.as(access.Translate, "PUT", dayPath+"/languages/ru", plenary["ru"]); a.StatusCode != 200 {
		p.t.Fatalf("ru: %d %s", a.StatusCode, a.body)
	}
	got := p.do(200, "POST", dayPath+"/publish", "")
	current := got.Current()
	if current.Number != 2 || current.Change != press.LanguageAdded || !slices.Equal(current.Added, []string{"ru"}) || len(current.Languages) != 5 || current.Notes != nil || got.Revisions[0].State != press.Superseded {
		p.t.Errorf("after a language: %+v", current)
	}
}

// aCorrection waits for its own instant while the revision before stays up.
func aCorrection(p *pressOffice) {
	p.t.Helper()
	before := p.do(200, "POST", dayPath+"/correct", `{"notes": {"en": "There were 21 participants, not 12.", "fr": "Il y avait 21 participants et non 12."}}`).Current()
	p.do(200, "PUT", dayPath+"/languages/en", strings.Replace(plenary["en"], "12", "21", 1))
	p.do(200, "PUT", dayPath+"/languages/fr", strings.Replace(plenary["fr"], "12", "21", 1))
	correction := p.embargo(dayPath)
	if sight, ok := p.office.Look("plenary-2023"); !ok || sight.Number != 2 || p.verified(digestsOf(before)[0]) != "current" {
		p.t.Error("the revision before does not stay up")
	}
	if p.verified(edition(correction, "en.pdf").Digest) != "unknown" {
		p.t.Error("the correction is known before its instant")
	}
	text := p.as(access.Read, "GET", dayPath+"/revisions/3/editions/en.txt", "")
	if got := string(text.body); !strings.Contains(got, "There were 21 of them.") || !strings.Contains(got, "There were 21 participants, not 12.") {
		p.t.Errorf("the correction does not say what it corrects: %s", got)
	}
	at := p.soon(dayPath)
	if first := p.released("plenary-2023", 3); first.Before(at) {
		p.t.Errorf("corrected at %v, before %v", first, at)
	}
	if old, now := p.verified(edition(before, "en.pdf").Digest), p.verified(edition(p.do(200, "GET", dayPath, "").Current(), "en.pdf").Digest); old != "superseded" || now != "current" {
		p.t.Errorf("after the correction the files are %s and %s", old, now)
	}
	difference := p.as(access.Read, "GET", dayPath+"/revisions/3/difference", "")
	if got := string(difference.body); difference.StatusCode != 200 || !strings.Contains(got, "-The participants met today. There were 12 of them.") || !strings.Contains(got, "+The participants met today. There were 21 of them.") {
		p.t.Errorf("difference: %s", got)
	}
}

func edition(r *press.Revision, name string) press.Edition {
	return r.Editions[slices.IndexFunc(r.Editions, func(e press.Edition) bool { return e.Name == name })]
}

// aWithdrawal takes it all back; the notice stays.
func aWithdrawal(p *pressOffice) {
	p.t.Helper()
	got := p.do(200, "POST", dayPath+"/withdraw", `{"notes": {"en": "Published in error."}}`)
	if got.Withdrawn == nil || got.Withdrawn.Notes["en"] != "Published in error." {
		p.t.Errorf("withdrawn: %+v", got.Withdrawn)
	}
	if sight, ok := p.office.Look("plenary-2023"); !ok || !sight.Withdrawn || len(sight.Files()) != 0 {
		p.t.Errorf("after the withdrawal readers see %+v", sight)
	}
	for _, r := range got.Revisions {
		for _, digest := range digestsOf(r) {
			if status := p.verified(digest); status != "withdrawn" {
				p.t.Errorf("a file of revision %d is %s", r.Number, status)
			}
		}
	}
}

// aTrail reads who did what.
func aTrail(p *pressOffice) {
	p.t.Helper()
	var did []string
	for _, e := range p.trail(dayPath + "/audit") {
		did = append(did, e.By.Name+" "+string(e.Action))
		if e.At.IsZero() || e.RequestID == "" || e.By.Kind != "key" || e.Publication == "" || e.Slug != "plenary-2023" {
			p.t.Errorf("a line tells too little: %+v", e)
		}
	}
	want := []string{"Key to draft save", "Key to translate translate", "Key to translate translate", "Key to translate translate", "Key to draft submit", "Key to publish approve",
		"Key to admin schedule", "Key to publish preview", "Key to publish schedule", "Key to translate translate", "Key to admin publish", "Key to admin correct", "Key to admin translate", "Key to admin translate",
		"Key to admin schedule", "Key to publish schedule", "Key to admin withdraw"}
	if !slices.Equal(did, want) {
		p.t.Errorf("the trail tells\n%q, want\n%q", did, want)
	}
}

// trail reads a whole audit trail in pages, which have to be in order.
func (p *pressOffice) trail(path string) (out []press.Entry) {
	p.t.Helper()
	for cursor := ""; ; {
		var page Trail
		a := p.as(access.Admin, "GET", path+"?limit=7"+cursor, "")
		p.read(a, &page)
		out = append(out, page.Items...)
		if page.Next == "" {
			break
		}
		cursor = "&cursor=" + page.Next
	}
	if !slices.IsSortedFunc(out, func(a, b press.Entry) int {
		if a.At.Before(b.At) || a.At.Equal(b.At) && a.ID < b.ID {
			return -1
		}
		return 1
	}) {
		p.t.Error("the trail is not in order")
	}
	return out
}
