package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/files"
	"communique/service/press"
)

// TestPublications goes through every operation of the office on every store and files.
func TestPublications(t *testing.T) {
	onEach(t, func(t *testing.T, open func(*testing.T, pressOptions) *pressOffice) {
		t.Parallel()
		p := open(t, pressOptions{})
		for _, c := range []struct {
			name string
			run  func(*pressOffice)
		}{
			{"drafts", drafts}, {"forms", forms}, {"records", records}, {"errors in sources", sourceErrors}, {"conditions", underConditions}, {"tags at a release", tagsAtARelease},
			{"repeated requests", repeated}, {"repeated at the same time", repeatedAtOnce}, {"wrong states", wrongStates}, {"moves", everyMove}, {"schedules", schedules},
			{"renames", renames}, {"erasure", erasure}, {"previews", previews}, {"lists", lists}, {"files", sourcesAndEditions}, {"verification", verification},
			{"bodies", bodies}, {"names that no database takes", oddNames},
		} {
			t.Run(c.name, func(t *testing.T) {
				p.t, p.service.t = t, t
				c.run(p)
			})
		}
		p.t, p.service.t = t, t
		everyRefusalHelps(p)
	})
}

// address is that of a publication; each part of the suite has its own.
func address(slug string) string { return publicationsPath + "/" + slug }

// refused checks a refusal, and that it says how to mend what was wrong.
func (p *pressOffice) refused(a answered, kind *problemType, says ...string) Problem {
	p.t.Helper()
	problem := p.problem(a, kind)
	for _, want := range says {
		if !strings.Contains(string(a.body), want) {
			p.t.Errorf("%s %s: the problem does not say %q: %s", a.Request.Method, a.Request.URL.Path, want, a.body)
		}
	}
	return problem
}

func drafts(p *pressOffice) {
	path := address("drafts")
	created := p.as(access.Draft, "PUT", path, english)
	if created.StatusCode != 201 || created.Header.Get("ETag") != `"v1"` || created.Header.Get("Location") != path {
		p.t.Fatalf("created: %d %v", created.StatusCode, created.Header)
	}
	replaced := p.do(200, "PUT", path, strings.Replace(english, "met", "assembled", 1))
	if replaced.Version != 2 || len(replaced.Revisions) != 1 || len(replaced.Open().Authors) != 2 {
		p.t.Errorf("replaced: %+v", replaced)
	}
	var saved Saved
	p.read(p.as(access.Draft, "PUT", path, strings.Replace(warned, "lang: en", "lang: en\ndate: 2023-11-14", 1)), &saved)
	if len(saved.Problems) != 1 || saved.Problems[0].Severity != "warning" || saved.Problems[0].Line == 0 {
		p.t.Errorf("a warning is told as %+v", saved.Problems)
	}
	french := p.as(access.Translate, "PUT", path+"/languages/fr", french)
	p.read(french, &saved)
	if french.StatusCode != 200 || len(saved.Open().Languages) != 2 || saved.Open().Change != press.First {
		p.t.Errorf("translated: %s", french.body)
	}
	p.refused(p.as(access.Translate, "PUT", path+"/languages/de_DE", english), invalidRequest, "BCP 47")
	p.refused(p.as(access.Translate, "PUT", path, english), forbidden, "draft")
	if a := p.as(access.Draft, "DELETE", path, ""); a.StatusCode != 204 {
		p.t.Errorf("deleted: %d %s", a.StatusCode, a.body)
	}
	p.refused(p.as(access.Read, "GET", path, ""), notFound)
	if line := last(p.trail(auditPath)); line.Action != press.Delete || line.Slug != "drafts" {
		p.t.Errorf("the trail ends with %+v", line)
	}
}

func last[T any](list []T) T { return list[len(list)-1] }

func forms(p *pressOffice) {
	path := address("forms")
	var picture bytes.Buffer
	must(p.t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
	shown := strings.Replace(english, "met today.", "met today.\n\n![A map of the area](map.png)", 1)
	body, contentType := form("kimberley.en.md", shown, "kimberley.fr.md", french)
	content := new(bytes.Buffer)
	content.ReadFrom(body)
	boundary := strings.TrimPrefix(contentType, "multipart/form-data; boundary=")
	withPicture := strings.TrimSuffix(content.String(), "--"+boundary+"--\r\n") +
		"--" + boundary + "\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"map.png\"\r\nContent-Type: image/png\r\n\r\n" + picture.String() + "\r\n--" + boundary + "--\r\n"
	got := p.do(201, "PUT", path, withPicture, "Content-Type", contentType)
	r := got.Open()
	if len(r.Sources) != 2 || len(r.Pictures) != 1 || r.Pictures[0].Digest != files.Sum(picture.Bytes()).String() || r.Sources[1].Lang != "fr" {
		p.t.Errorf("a form of two languages and a picture: %+v", r)
	}
	for name, want := range map[string]string{"kimberley.en.md": shown, "kimberley.fr.md": french, "map.png": picture.String()} {
		if a := p.as(access.Read, "GET", path+"/revisions/1/sources/"+name, ""); a.StatusCode != 200 || string(a.body) != want {
			p.t.Errorf("%s: status %d, %d bytes of %d", name, a.StatusCode, len(a.body), len(want))
		}
	}
	twice, contentType := form("a.en.md", english, "b.en.md", english)
	content.Reset()
	content.ReadFrom(twice)
	p.refused(p.as(access.Draft, "PUT", path, content.String(), "Content-Type", contentType), invalidSource, "language-twice", "one text for each language")
}

func records(p *pressOffice) {
	for name, c := range map[string][2]string{
		"yaml": {"application/yaml", exampleRecord},
		"json": {"application/json", string(exampleRecordJSON)},
	} {
		path := address("record-" + name)
		got := p.do(201, "PUT", path, c[1], "Content-Type", c[0])
		if source := got.Open().Sources[0]; source.MediaType != c[0] || source.Digest != files.Sum([]byte(c[1])).String() {
			p.t.Errorf("%s: %+v", name, source)
		}
		p.refused(p.as(access.Translate, "PUT", path+"/languages/fr", french), invalidRequest, "holds all its languages")
		out := p.do(200, "POST", path+"/publish", "").Current()
		if !slices.ContainsFunc(out.Editions, func(e press.Edition) bool { return e.Name == "data.json" }) {
			p.t.Errorf("%s: no data among %v", name, out.Editions)
		}
	}
	together, contentType := form("plenary.yaml", exampleRecord, "statement.en.md", english)
	content := new(bytes.Buffer)
	content.ReadFrom(together)
	p.refused(p.as(access.Draft, "PUT", address("record-and-more"), content.String(), "Content-Type", contentType), invalidRequest, "send the record alone")
}

func sourceErrors(p *pressOffice) {
	path := address("errors")
	problem := p.refused(p.as(access.Draft, "PUT", path+"?name=statement.en.md", "---\ntitle: A title\nlang: en\ndate: 14 November\n---\n\nText.\n"), invalidSource)
	if len(problem.Problems) == 0 || problem.Problems[0].File != "statement.en.md" || problem.Problems[0].Line != 4 || problem.Problems[0].Column == 0 || problem.Problems[0].Expected == "" && problem.Problems[0].Fix == "" {
		p.t.Errorf("problems %+v", problem.Problems)
	}
	p.refused(p.as(access.Read, "GET", path, ""), notFound)
	p.refused(p.as(access.Draft, "PUT", path+"?theme=nope", english), invalidParameter, "theme")
	p.refused(p.as(access.Draft, "PUT", path+"?lang=tlh", exampleRecord, "Content-Type", "application/yaml"), invalidParameter, "lang", "zh-Hans")
	p.refused(p.as(access.Draft, "PUT", path+"?nope=1", english), invalidParameter, "nope")
}

func underConditions(p *pressOffice) {
	path := address("conditions")
	for _, header := range []string{`"v1"`, "*", `"v1", "v2"`} {
		p.refused(p.as(access.Draft, "PUT", path, english, "If-Match", header), preconditionFailed, "leave If-Match out")
		p.refused(p.as(access.Admin, "PUT", path+"/languages/fr", french, "If-Match", header), preconditionFailed, "leave If-Match out")
	}
	p.do(201, "PUT", path, english, "If-None-Match", "*")
	p.refused(p.as(access.Draft, "PUT", path, english, "If-None-Match", "*"), preconditionFailed, "the publication exists")
	p.do(200, "PUT", path, english, "If-Match", `"v1"`)
	for _, header := range []string{`"v1"`, `"v99"`, `W/"v2"`, `v2`, `"v02"`, `"v1", "v3"`, `"v1" "v2"`, `"v2"x`, `*, "v2"`, "", ",", `"2"`, `"v2.r"`} {
		p.refused(p.as(access.Draft, "PUT", path, english, "If-Match", header), preconditionFailed)
		p.refused(p.as(access.Publish, "POST", path+"/publish", "", "If-Match", header), preconditionFailed)
		p.refused(p.as(access.Draft, "DELETE", path, "", "If-Match", header), preconditionFailed)
	}
	for _, header := range []string{`"v2"`, `W/"v2"`, `"v1", "v2"`, "", "v2"} {
		p.refused(p.as(access.Draft, "PUT", path, english, "If-None-Match", header), preconditionFailed, "If-None-Match")
	}
	p.do(200, "PUT", path, english, "If-Match", "*")
	p.do(200, "PUT", path, english, "If-Match", `"v9",, "v3" , W/"a,b"`)
	p.do(200, "PUT", path, english, "If-Match", `"v9"`, "If-Match", `"v4"`)
	p.do(200, "PUT", path, english, "If-None-Match", `"v999", "of-another,server"`)
	for header, status := range map[string]int{`"v6"`: 304, `W/"v6"`: 304, `"v1", "v6"`: 304, "*": 304, `"v2"`: 200, "": 200, "v6": 200} {
		a := p.as(access.Read, "GET", path, "", "If-None-Match", header)
		if a.StatusCode != status || a.Header.Get("ETag") != `"v6"` || status == 304 && len(a.body) > 0 {
			p.t.Errorf("If-None-Match %s: status %d, want %d", header, a.StatusCode, status)
		}
	}
	if a := p.as(access.Read, "GET", path, "", "If-None-Match", `"v1"`, "If-None-Match", `"v6"`); a.StatusCode != 304 {
		p.t.Errorf("If-None-Match in two lines: status %d", a.StatusCode)
	}
}

// What a reader of the interface has kept is old when the clock brings a release out,
// although nobody has changed anything.
func tagsAtARelease(p *pressOffice) {
	path := address("tags")
	tag := func() string { return p.as(access.Read, "GET", path, "").Header.Get("ETag") }
	p.do(201, "PUT", path, english)
	p.embargo(path)
	if tag() != `"v2"` {
		p.t.Errorf("under embargo the ETag is %s", tag())
	}
	p.soon(path)
	kept := fmt.Sprintf(`"v%d"`, p.do(200, "GET", path, "").Version) // until the release
	p.until("the release", func() bool { return p.do(200, "GET", path, "").Current() != nil })
	after := p.as(access.Read, "GET", path, "", "If-None-Match", kept)
	if after.StatusCode != 200 || after.Header.Get("ETag") != strings.TrimSuffix(kept, `"`)+`.r1"` {
		p.t.Errorf("after the release of what was %s: status %d, ETag %s", kept, after.StatusCode, after.Header.Get("ETag"))
	}
	for _, step := range []struct{ move, body, want string }{
		{"correct", `{"notes": {"en": "Why."}}`, `.r1"`}, {"publish", "", `.r2"`}, {"withdraw", `{"notes": {"en": "Why."}}`, `.r2.w"`}, {"reinstate", "", `.r2"`},
	} {
		// a change is made on the version that was read, whatever has gone out meanwhile
		a := p.as(access.Admin, "POST", path+"/"+step.move, step.body, "If-Match", kept)
		if a.StatusCode != 200 || !strings.HasSuffix(a.Header.Get("ETag"), step.want) || a.Header.Get("ETag") != tag() {
			p.t.Fatalf("%s under %s: status %d, ETag %s, then %s: %s", step.move, kept, a.StatusCode, a.Header.Get("ETag"), tag(), a.body)
		}
		kept = a.Header.Get("ETag")
	}
}

func repeated(p *pressOffice) {
	path := address("repeated")
	first := p.as(access.Draft, "PUT", path, warned, "Idempotency-Key", "again-1")
	p.do(200, "PUT", path, english) // by somebody else, in between
	for _, key := range []string{"again-1", `"again-1"`} {
		again := p.as(access.Draft, "PUT", path, warned, "Idempotency-Key", key)
		if again.StatusCode != 201 || first.StatusCode != 201 || !bytes.Equal(first.body, again.body) || again.Header.Get("ETag") != first.Header.Get("ETag") ||
			again.Header.Get("Location") != path || again.Header.Get("Idempotency-Replayed") != "true" || first.Header.Get("Idempotency-Replayed") != "" {
			p.t.Errorf("repeated: %d %v %s\nfirst: %d %s", again.StatusCode, again.Header, again.body, first.StatusCode, first.body)
		}
	}
	p.refused(p.as(access.Draft, "PUT", path, english, "Idempotency-Key", "again-1"), keyReused, "new key")
	p.refused(p.as(access.Draft, "PUT", path+"-2", warned, "Idempotency-Key", "again-1"), keyReused)
	for _, key := range []string{"", " ", "a b", strings.Repeat("a", 65), "é"} {
		p.refused(p.as(access.Draft, "PUT", path, english, "Idempotency-Key", key), invalidRequest, "1 to 64 letters")
	}
	if got := p.do(200, "GET", path, ""); got.Version != 2 {
		p.t.Errorf("after repetitions the version is %d", got.Version)
	}
	// keys belong to their callers
	if a := p.as(access.Admin, "POST", path+"/submit", "", "Idempotency-Key", "again-1"); a.StatusCode != 200 || a.Header.Get("Idempotency-Replayed") != "" {
		p.t.Errorf("another caller's key: %d %s", a.StatusCode, a.body)
	}
	p.do(204, "DELETE", path, "")
	p.refused(p.as(access.Draft, "PUT", path, warned, "Idempotency-Key", "again-1"), notFound)
	p.refused(p.as(access.Read, "GET", path, ""), notFound)
}

func repeatedAtOnce(p *pressOffice) {
	const callers = 6
	path := address("at-once")
	for _, step := range []struct{ method, path, body, key string }{
		{"PUT", path, english, "once-1"}, {"POST", path + "/submit", "", "once-2"}, {"POST", path + "/publish", "", "once-3"}, {"PUT", path + "/languages/fr", french, "once-4"},
	} {
		var answers [callers]answered
		var all sync.WaitGroup
		for i := range callers {
			all.Go(func() {
				answers[i] = p.as(access.Admin, step.method, step.path, step.body, "Idempotency-Key", step.key)
			})
		}
		all.Wait()
		fresh := 0
		for _, a := range answers {
			if a.StatusCode != answers[0].StatusCode || a.StatusCode > 201 || !bytes.Equal(a.body, answers[0].body) {
				p.t.Errorf("%s: %d %.300s", step.path, a.StatusCode, a.body)
			}
			if a.Header.Get("Idempotency-Replayed") == "" {
				fresh++
			}
		}
		if fresh != 1 {
			p.t.Errorf("%s was done %d times", step.path, fresh)
		}
	}
	if got := p.do(200, "GET", path, ""); got.Version != 4 || len(p.trail(path+"/audit")) != 4 {
		p.t.Errorf("after four changes the version is %d", got.Version)
	}
	// without keys, who comes second is told so or replaces the draft: nothing fails
	var all sync.WaitGroup
	for i := range callers {
		all.Go(func() {
			a := p.as(access.Admin, "PUT", address("race"), strings.Replace(english, "today", fmt.Sprint("at ", i), 1))
			if a.StatusCode > 201 && a.StatusCode != http.StatusPreconditionFailed {
				p.t.Errorf("race: %d %s", a.StatusCode, a.body)
			}
		})
	}
	all.Wait()
}

func wrongStates(p *pressOffice) {
	path := address("states")
	p.refused(p.as(access.Admin, "POST", path+"/publish", ""), notFound)
	p.do(201, "PUT", path, english)
	for _, action := range []string{"return", "approve", "unschedule", "discard", "reinstate"} {
		p.refused(p.as(access.Admin, "POST", path+"/"+action, ""), wrongState, "cannot take the action "+action)
	}
	for _, action := range []string{"correct", "withdraw"} {
		p.refused(p.as(access.Admin, "POST", path+"/"+action, `{"notes": {"en": "Why."}}`), wrongState, "from here: save, translate, submit")
	}
	p.do(200, "POST", path+"/publish", "")
	p.refused(p.as(access.Admin, "PUT", path, english), wrongState, "open a correction first")
	p.refused(p.as(access.Admin, "PUT", path+"/languages/en", english), wrongState, "open a correction first")
	p.refused(p.as(access.Admin, "DELETE", path, ""), wrongState, "withdraw")
	for _, action := range []string{"submit", "publish", "discard"} {
		p.refused(p.as(access.Admin, "POST", path+"/"+action, ""), wrongState, "from here: ")
	}
	p.embargoed(path)
	p.refused(p.as(access.Admin, "PUT", path, english), wrongState, "unschedule")
	p.refused(p.as(access.Admin, "POST", path+"/discard", ""), wrongState, "unschedule")
}

// embargoed opens a correction of what is published and schedules it.
func (p *pressOffice) embargoed(path string) *press.Revision {
	p.t.Helper()
	p.do(200, "POST", path+"/correct", `{"notes": {"en": "The word was wrong."}}`)
	p.do(200, "PUT", path+"/languages/en", strings.Replace(english, "met", "convened", 1))
	return p.embargo(path)
}

func everyMove(p *pressOffice) {
	path := address("moves")
	p.do(201, "PUT", path, english)
	p.do(200, "POST", path+"/submit", "")
	p.do(200, "POST", path+"/return", "")
	p.do(200, "POST", path+"/submit", "")
	p.refused(p.as(access.Admin, "POST", path+"/approve", ""), approvalNeeded, "somebody else")
	if a := p.as(access.Publish, "POST", path+"/approve", ""); a.StatusCode != 200 {
		p.t.Errorf("approve: %s", a.body)
	}
	p.embargo(path)
	p.do(200, "POST", path+"/unschedule", "")
	p.do(200, "POST", path+"/publish", "")
	p.embargoed(path)
	p.do(200, "POST", path+"/unschedule", "")
	if got := p.do(200, "POST", path+"/discard", ""); len(got.Revisions) != 1 || got.Open() != nil {
		p.t.Errorf("discarded: %+v", got.Revisions)
	}
	waiting := p.embargoed(path)
	if got := p.do(200, "POST", path+"/withdraw", `{"notes": {"en": "Published in error.", "fr": "Publié par erreur."}}`); got.Withdrawn == nil || got.Open().State != press.Draft {
		p.t.Errorf("withdrawn: %+v", got)
	}
	if _, ok := p.office.Look("moves"); !ok || p.verified(edition(waiting, "en.pdf").Digest) != "unknown" {
		p.t.Error("after a withdrawal what waited is known, or the notice is not")
	}
	p.refused(p.as(access.Admin, "POST", path+"/withdraw", `{"notes": {"en": "Again."}}`), wrongState, "reinstate")
	if got := p.do(200, "POST", path+"/reinstate", ""); got.Withdrawn != nil {
		p.t.Errorf("reinstated: %+v", got.Withdrawn)
	}
	p.do(200, "POST", path+"/withdraw", `{"notes": {"en": "Published in error."}}`)
	if got := p.do(200, "POST", path+"/publish", ""); got.Withdrawn != nil || got.Current().Number != 2 {
		p.t.Errorf("a correction after a withdrawal: %+v", got)
	}
}

func schedules(p *pressOffice) {
	path := address("schedules")
	p.do(201, "PUT", path, english)
	for _, body := range []string{`{"at": "2001-01-01T00:00:00Z"}`, `{"at": "2099-01-01T00:00:00Z"}`, `{}`} {
		p.refused(p.as(access.Publish, "POST", path+"/schedule", body), invalidRequest, "within five years", `"path":"at"`)
	}
	p.refused(p.as(access.Publish, "POST", path+"/schedule", `{"at": "tomorrow"}`), invalidRequest, "with its offset")
	p.refused(p.as(access.Publish, "POST", path+"/schedule", `{"at": "2026-12-01T10:00:00+01:00", "zone": "Europe/Nowhere"}`), invalidRequest, "IANA", `"path":"zone"`)
	at := p.now().Add(48 * time.Hour).Truncate(time.Second)
	paris := at.In(time.FixedZone("", 3600)).Format(time.RFC3339)
	got := p.do(200, "POST", path+"/schedule", `{"at": "`+paris+`", "zone": "Europe/Paris"}`).Open()
	if !got.ReleaseAt.Equal(at) || got.Zone != "Europe/Paris" {
		p.t.Errorf("scheduled for %v in %s, want %v", got.ReleaseAt, got.Zone, at)
	}
	p.do(200, "POST", path+"/unschedule", "")
	own := strings.Replace(english, "lang: en\n", "lang: en\nembargo: "+at.Add(time.Hour).Format(time.RFC3339)+"\n", 1)
	p.do(200, "PUT", path, own)
	p.refused(p.as(access.Publish, "POST", path+"/schedule", `{"at": "`+paris+`"}`), invalidRequest, "states an embargo until")
	p.refused(p.as(access.Publish, "POST", path+"/publish", ""), invalidRequest, "states an embargo until")
	p.do(200, "POST", path+"/schedule", `{"at": "`+at.Add(2*time.Hour).Format(time.RFC3339)+`"}`)
	p.refused(p.as(access.Publish, "POST", address("moves")+"/correct", `{"notes": {}}`), forbidden)
}

func renames(p *pressOffice) {
	path := address("old-name")
	p.do(201, "PUT", path, english)
	p.do(200, "POST", path+"/publish", "")
	p.do(201, "PUT", address("other-name"), english)
	p.refused(p.as(access.Publish, "POST", path+"/rename", `{"slug": "other-name"}`), slugIsTaken, "another slug")
	p.refused(p.as(access.Publish, "POST", path+"/rename", `{"slug": "Not A Slug"}`), invalidRequest, "kimberley-2023", `"path":"slug"`)
	if got := p.do(200, "POST", path+"/rename", `{"slug": "new-name"}`); got.Slug != "new-name" {
		p.t.Errorf("renamed to %s", got.Slug)
	}
	for _, slug := range []string{"old-name", "new-name"} {
		sight, ok := p.office.Look(slug)
		if got := p.do(200, "GET", address(slug), ""); got.Slug != "new-name" || !ok || sight.Slug != "new-name" {
			p.t.Errorf("%s leads to %s and %s", slug, got.Slug, sight.Slug)
		}
	}
	p.refused(p.as(access.Publish, "POST", address("other-name")+"/rename", `{"slug": "old-name"}`), slugIsTaken)
	p.do(200, "POST", address("new-name")+"/rename", `{"slug": "old-name"}`)
	if line := last(p.trail(path + "/audit")); line.Action != press.Rename || line.Slug != "old-name" || !strings.Contains(string(line.Detail), "new-name") {
		p.t.Errorf("the trail ends with %+v %s", line, line.Detail)
	}
}

func erasure(p *pressOffice) {
	path, other := address("erased"), address("kept")
	shared := statement("en", "A statement that two have", "The same bytes.")
	p.do(201, "PUT", other, shared)
	p.do(201, "PUT", path, shared)
	p.do(200, "POST", path+"/publish", "")
	p.do(200, "POST", path+"/correct", `{"notes": {"en": "A name."}}`)
	if a := p.as(access.Admin, "PUT", path, statement("en", "A statement about a person", "Private."), "Idempotency-Key", "erased-1"); a.StatusCode != 200 {
		p.t.Fatal(string(a.body))
	}
	p.embargo(path)
	got := p.do(200, "GET", path, "")
	p.refused(p.as(access.Publish, "POST", path+"/erase", `{"reason": "Order 12/2026"}`), forbidden, "admin")
	p.refused(p.as(access.Admin, "POST", path+"/erase", `{"reason": ""}`), invalidRequest, "needs a reason")
	p.do(204, "POST", path+"/erase", `{"reason": "Order 12/2026 of the court"}`)
	p.refused(p.as(access.Read, "GET", path, ""), notFound)
	for _, r := range got.Revisions {
		for text := range r.Digests() {
			digest, err := files.ParseDigest(text)
			must(p.t, err)
			there, err := p.office.Files.Has(p.t.Context(), digest)
			must(p.t, err)
			if there != (digest == files.Sum([]byte(shared))) {
				p.t.Errorf("after the erasure a file of revision %d is there: %v", r.Number, there)
			}
			if status := p.verified(text); status != "unknown" {
				p.t.Errorf("an erased file is %s", status)
			}
		}
	}
	p.refused(p.as(access.Admin, "PUT", path, statement("en", "A statement about a person", "Private."), "Idempotency-Key", "erased-1"), notFound)
	if a := p.as(access.Read, "GET", other+"/revisions/1/sources/publication.md", ""); a.StatusCode == 500 {
		p.t.Errorf("what another publication needs is gone: %s", a.body)
	}
	kept := p.do(200, "GET", other, "").Open().Sources[0]
	if a := p.as(access.Read, "GET", other+"/revisions/1/sources/"+kept.Name, ""); string(a.body) != shared {
		p.t.Errorf("what another publication needs is gone: %d %s", a.StatusCode, a.body)
	}
	line := last(p.trail(auditPath))
	if line.Action != press.Erase || line.Publication != got.ID || !strings.Contains(string(line.Detail), "Order 12/2026") || strings.Contains(string(line.Detail), "person") {
		p.t.Errorf("the trail ends with %+v %s", line, line.Detail)
	}
	p.do(201, "PUT", path, english) // the slug is free again
}

func previews(p *pressOffice) {
	path := address("previews")
	p.do(201, "PUT", path, english)
	p.previewsOf(path)
	for body, says := range map[string]string{
		`{"reader": "", "expires_at": "2026-12-01T10:00:00Z"}`:     "1 to 100 characters",
		`{"reader": "A\nB", "expires_at": "2026-12-01T10:00:00Z"}`: "in one line",
		`{"reader": "A"}`: "within 31 days",
		`{"reader": "A", "expires_at": "2001-01-01T00:00:00Z"}`:           "in the future",
		`{"reader": "A", "expires_at": "2099-01-01T00:00:00Z"}`:           "within 31 days",
		`{"reader": "A", "expires_at": "2026-12-01T10:00:00Z", "x": 1}`:   "no field",
		`{"reader": ["A"], "expires_at": "2026-12-01T10:00:00Z"}`:         "reader",
		`{"reader": "` + strings.Repeat("a", 101) + `", "expires_at":""}`: "",
	} {
		p.refused(p.as(access.Publish, "POST", path+"/previews", body), invalidRequest, says)
	}
	p.do(200, "POST", path+"/publish", "")
	p.refused(p.as(access.Publish, "POST", path+"/previews", `{"reader": "A", "expires_at": "2026-12-01T10:00:00Z"}`), wrongState, "at its own address")
}

// previewsOf grants a preview that ends by itself, and one that is revoked.
func (p *pressOffice) previewsOf(path string) {
	p.t.Helper()
	grant := func(until time.Time) (Granted, string) {
		var granted Granted
		p.read(p.as(access.Publish, "POST", path+"/previews", `{"reader": "Example News Agency", "expires_at": "`+until.Format(time.RFC3339Nano)+`"}`), &granted)
		return granted, strings.Trim(strings.TrimPrefix(granted.URL, p.office.Address+"/preview/"), "/")
	}
	open := func(token string) bool {
		_, err := p.office.OpenPreview(p.t.Context(), token)
		return err == nil
	}
	_, short := grant(p.now().Add(time.Second))
	long, token := grant(p.now().Add(time.Hour))
	if !open(token) || open(token[1:]) || open(token[:len(token)-1]+"A"+"A") {
		p.t.Error("a preview does not open, or opens with another token")
	}
	p.until("end of a preview", func() bool { return !open(short) })
	if !open(token) {
		p.t.Error("a preview has ended before its time")
	}
	var list Previews
	a := p.as(access.Read, "GET", path+"/previews", "")
	p.read(a, &list)
	if len(list.Items) != 2 || strings.Contains(string(a.body), token) {
		p.t.Errorf("previews: %s", a.body)
	}
	p.refused(p.as(access.Publish, "DELETE", path+"/previews/"+strings.Repeat("0", 26), ""), notFound)
	p.do(204, "DELETE", path+"/previews/"+long.ID, "")
	if open(token) {
		p.t.Error("a revoked preview opens")
	}
	p.refused(p.as(access.Publish, "DELETE", path+"/previews/"+long.ID, ""), notFound)
}

func lists(p *pressOffice) {
	for i, lang := range []string{"en", "fr", "ar"} {
		p.do(201, "PUT", address(fmt.Sprintf("listed-%d", i)), strings.Replace(plenary[lang], "2023-11-14", fmt.Sprintf("1999-01-0%d", i+1), 1))
	}
	p.do(200, "POST", address("listed-2")+"/publish", "")
	const these = "since=1999-01-01&until=1999-01-31"
	for query, want := range map[string]string{
		these:                               "listed-2 listed-1 listed-0",
		these + "&lang=fr":                  "listed-1",
		these + "&lang=de":                  "",
		these + "&kind=statement":           "listed-2 listed-1 listed-0",
		these + "&kind=communique":          "",
		these + "&state=draft":              "listed-1 listed-0",
		these + "&state=published":          "listed-2",
		these + "&state=scheduled":          "",
		these + "&state=superseded":         "",
		these + "&state=withdrawn":          "",
		these + "&q=reunis":                 "listed-1",
		these + "&q=PARTIC":                 "listed-1 listed-0",
		these + "&q=" + "المشاركون":         "listed-2",
		these + "&q=nowhere":                "",
		"since=1999-01-02&until=1999-01-02": "listed-1",
	} {
		if got, next := p.list(query); got != want || next != "" {
			p.t.Errorf("%s lists %q, want %q", query, got, want)
		}
	}
	var pages []string
	for cursor := ""; ; {
		got, next := p.list(these + "&limit=2" + cursor)
		pages = append(pages, got)
		if next == "" {
			break
		}
		cursor = "&cursor=" + next
	}
	if !slices.Equal(pages, []string{"listed-2 listed-1", "listed-0"}) {
		p.t.Errorf("pages %q", pages)
	}
	for _, query := range []string{"state=nope", "since=1999", "until=1999-02-30", "limit=0", "limit=201", "limit=x", "cursor=x", "cursor=c0", "cursor=c00", "lang=1", "kind=A", "nope=1", "limit=1&limit=2", "q=", "q=" + strings.Repeat("a", 201)} {
		problem := p.refused(p.as(access.Read, "GET", publicationsPath+"?"+query, ""), invalidParameter)
		if len(problem.Problems) != 1 || problem.Problems[0].Path == "" || problem.Problems[0].Expected == "" && problem.Problems[0].Fix == "" {
			p.t.Errorf("%s: %+v", query, problem.Problems)
		}
	}
	for _, query := range []string{"limit=0", "cursor=x", "nope=1", "limit=1&limit=1"} {
		p.refused(p.as(access.Admin, "GET", auditPath+"?"+query, ""), invalidParameter)
	}
}

// list is the slugs of a page, and the cursor of the next one.
func (p *pressOffice) list(query string) (slugs, next string) {
	p.t.Helper()
	a := p.as(access.Read, "GET", publicationsPath+"?"+query, "")
	var page Page
	p.read(a, &page)
	var list []string
	for _, item := range page.Items {
		list = append(list, item.Slug)
	}
	if link := a.Header.Get("Link"); (link != "") != (page.Next != "") || !strings.Contains(link, page.Next) {
		p.t.Errorf("Link %q for next %q", link, page.Next)
	}
	return strings.Join(list, " "), page.Next
}

func sourcesAndEditions(p *pressOffice) {
	path := address("files")
	p.do(201, "PUT", path+"?name=kimberley.en.md", english)
	if a := p.as(access.Read, "GET", path+"/revisions/1/sources/kimberley.en.md", ""); string(a.body) != english || a.Header.Get("Content-Type") != "text/markdown; charset=utf-8" || a.Header.Get("Cache-Control") != "no-store" {
		p.t.Errorf("source: %v %s", a.Header, a.body)
	}
	for _, c := range []struct{ name, contentType, begins string }{{"en.pdf", "application/pdf", "%PDF-"}, {"en.html", "text/html; charset=utf-8", "<!"}, {"en.txt", "text/plain; charset=utf-8", ""}, {"en.json", "application/json", "{"}, {"en.card.png", "image/png", "\x89PNG"}} {
		draft := p.as(access.Read, "GET", path+"/revisions/1/editions/"+c.name, "")
		if draft.StatusCode != 200 || draft.Header.Get("Content-Type") != c.contentType || !bytes.HasPrefix(draft.body, []byte(c.begins)) {
			p.t.Errorf("draft of %s: %d %v %.60q", c.name, draft.StatusCode, draft.Header, draft.body)
		}
	}
	if a := p.as(access.Read, "GET", path+"/revisions/1/editions/en.txt", ""); !strings.Contains(strings.ToUpper(string(a.body)), "DRAFT") {
		p.t.Errorf("a draft does not say that it is one: %s", a.body)
	}
	out := p.do(200, "POST", path+"/publish", "").Current()
	for _, e := range out.Editions {
		a := p.as(access.Read, "GET", path+"/revisions/1/editions/"+e.Name, "")
		if files.Sum(a.body).String() != e.Digest || int64(len(a.body)) != e.Size || a.Header.Get("Content-Type") != e.MediaType {
			p.t.Errorf("%s is not what was published", e.Name)
		}
	}
	for _, name := range []string{"/revisions/2", "/revisions/0", "/revisions/x", "/revisions/1/sources/nope.md", "/revisions/1/editions/fr.pdf", "/revisions/1/editions/en.exe", "/revisions/9/difference", "/revisions/1/difference?from=7"} {
		p.refused(p.as(access.Read, "GET", path+name, ""), notFound)
	}
	p.refused(p.as(access.Read, "GET", path+"/revisions/1/difference?from=x", ""), invalidParameter, "a whole number")
	var d Differences
	p.read(p.as(access.Read, "GET", path+"/revisions/1/difference", ""), &d)
	if len(d.Items) != 1 || d.Items[0].Change != "added" || !strings.Contains(d.Items[0].Text, "+The participants met today.") {
		p.t.Errorf("the first revision differs from none by %+v", d.Items)
	}
	var revisions Revisions
	p.read(p.as(access.Read, "GET", path+"/revisions", ""), &revisions)
	if len(revisions.Items) != 1 {
		p.t.Errorf("revisions %+v", revisions)
	}
}

func verification(p *pressOffice) {
	path := address("verified")
	p.do(201, "PUT", path, statement("en", "A verified statement", "These bytes are nobody else's."))
	out := p.do(200, "POST", path+"/publish", "").Current()
	pdf := p.as(access.Read, "GET", path+"/revisions/1/editions/en.pdf", "")
	var v Verification
	p.read(p.as(nobody, "POST", verifyPath, string(pdf.body), "Content-Type", "application/pdf"), &v)
	if v.Status != "current" || v.Slug != "verified" || v.Name != "en.pdf" || v.Lang != "en" || v.Revision != 1 || v.Current != 1 || !v.ReleasedAt.Equal(out.ReleaseAt) {
		p.t.Errorf("verified as %+v", v)
	}
	p.do(200, "POST", path+"/correct", `{"notes": {"en": "Better words."}}`)
	p.do(200, "PUT", path, statement("en", "A verified statement", "These are better bytes."))
	p.do(200, "POST", path+"/publish", "")
	p.read(p.as(nobody, "GET", verifyPath+"?sha256="+strings.ToUpper(v.Digest), ""), &v)
	if v.Status != "superseded" || v.Current != 2 || v.Revision != 1 {
		p.t.Errorf("after a correction: %+v", v)
	}
	p.do(200, "POST", path+"/withdraw", `{"notes": {"en": "Wrong."}}`)
	if got := p.verified(v.Digest); got != "withdrawn" {
		p.t.Errorf("after a withdrawal: %s", got)
	}
	for _, query := range []string{"", "?sha256=", "?sha256=abc", "?sha256=" + strings.Repeat("g", 64)} {
		p.refused(p.as(nobody, "GET", verifyPath+query, ""), invalidParameter, "64 hexadecimal digits")
	}
	p.refused(p.as(nobody, "POST", verifyPath, ""), malformedBody, "--data-binary")
}

func bodies(p *pressOffice) {
	path := address("bodies")
	p.do(201, "PUT", path, english)
	for _, c := range []struct {
		path, body string
		kind       *problemType
		says       string
	}{
		{"/schedule", "", malformedBody, "send a JSON object"},
		{"/schedule", "{", malformedBody, "not JSON"},
		{"/schedule", `{"at": "2026-12-01T10:00:00Z"} {}`, malformedBody, "one object"},
		{"/schedule", `{"at": "2026-12-01T10:00:00Z", "when": 1}`, invalidRequest, "when"},
		{"/schedule", `{"at": 5}`, invalidRequest, "offset"},
		{"/schedule", `{"at": "2026-12-01T10:00:00Z", "zone": 5}`, invalidRequest, "zone"},
		{"/correct", `{"notes": "text"}`, invalidRequest, "notes"},
		{"/correct", `{"notes": {"en": 5}}`, invalidRequest, "notes"},
		{"/schedule", "{" + strings.Repeat(" ", maxJSON) + "}", bodyTooLarge, "bytes"},
		{"/rename", `{"slug": null}`, invalidRequest, "null is no value here"},
		{"/rename", "null", invalidRequest, "send a JSON object"},
	} {
		p.refused(p.as(access.Admin, "POST", path+c.path, c.body, "Content-Type", "application/json"), c.kind, c.says)
	}
	for _, header := range []string{"text/plain", "multipart/form-data; boundary=x", "nonsense"} {
		p.refused(p.as(access.Admin, "POST", path+"/schedule", "hello", "Content-Type", header), unsupportedMediaType)
	}
	p.refused(p.as(access.Admin, "PUT", path, ""), malformedBody, "--data-binary")
	p.refused(p.as(access.Admin, "PUT", path, strings.Repeat("a", 4<<20+1)), bodyTooLarge)
	p.refused(p.as(access.Admin, "PUT", path, english, "Content-Encoding", "gzip"), unsupportedMediaType)
	p.refused(p.as(access.Admin, "PUT", path, english, "Content-Type", "image/png"), unsupportedMediaType)
	if got := p.do(200, "GET", path, ""); got.Version != 1 {
		p.t.Errorf("refused requests have made version %d", got.Version)
	}
	p.do(200, "POST", path+"/publish", "")
	for note, says := range map[string]string{
		`{"notes": {}}`:                 "why",
		`{"notes": {"en": ""}}`:         fmt.Sprintf("1 to %d characters", press.MaxNote),
		`{"notes": {"not a tag": "x"}}`: "BCP 47",
		`{"notes": {"en": "` + strings.Repeat("é", press.MaxNote+1) + `"}}`: fmt.Sprintf("1 to %d characters", press.MaxNote),
		`{}`: "why",
	} {
		p.refused(p.as(access.Admin, "POST", path+"/correct", note), invalidRequest, says)
		p.refused(p.as(access.Admin, "POST", path+"/withdraw", note), invalidRequest, says)
	}
}

func oddNames(p *pressOffice) {
	for _, slug := range []string{"%00", "a%00b", "%ff", "%C3%28", "A", "a--b", "-a", strings.Repeat("a", 121), "a%2Fb", "a%20b", "..%2f"} {
		for _, c := range []struct{ method, tail, body string }{{"GET", "", ""}, {"GET", "/audit", ""}, {"GET", "/revisions/1", ""}, {"DELETE", "", ""}, {"POST", "/publish", ""}, {"POST", "/erase", `{"reason": "x"}`},
			{"POST", "/previews", `{"reader": "A", "expires_at": "2026-12-01T10:00:00Z"}`}, {"GET", "/previews", ""}, {"DELETE", "/previews/%00", ""}} {
			p.refused(p.as(access.Admin, c.method, address(slug)+c.tail, c.body), notFound)
		}
		a := p.as(access.Admin, "PUT", address(slug), english)
		if a.StatusCode != 422 && a.StatusCode != 404 {
			p.t.Errorf("PUT %s: %d %s", slug, a.StatusCode, a.body)
		}
	}
	p.do(201, "PUT", address("odd"), english)
	for _, tail := range []string{"/previews/%00", "/previews/%ff"} {
		p.refused(p.as(access.Admin, "DELETE", address("odd")+tail, ""), notFound)
	}
	for _, tail := range []string{"/revisions/1/sources/%00", "/revisions/1/sources/%ff", "/revisions/1/editions/..%2f..%2fetc", "/revisions/99999999999999999999"} {
		p.refused(p.as(access.Admin, "GET", address("odd")+tail, ""), notFound)
	}
	for _, query := range []string{"q=%00", "q=%ff", "q='%20OR%201", `q=%22*`, "q=a%20AND%20NOT", "q=%E2%80%8B"} {
		if a := p.as(access.Admin, "GET", publicationsPath+"?"+query, ""); a.StatusCode != 200 {
			p.t.Errorf("%s: %d %s", query, a.StatusCode, a.body)
		}
	}
	nul, err := json.Marshal(map[string]any{"notes": map[string]string{"en": "a\x00b"}})
	must(p.t, err)
	p.do(200, "POST", address("odd")+"/publish", "")
	p.as(access.Admin, "POST", address("odd")+"/withdraw", string(nul)) // whatever it answers, the log must not tell of a failure
}

// everyRefusalHelps asks what nobody may, and what is not there.
func everyRefusalHelps(p *pressOffice) {
	p.refused(p.as(nobody, "GET", publicationsPath, ""), unauthorized, "Authorization: Bearer")
	p.refused(p.with("cq_wrong_key", "GET", publicationsPath, ""), unauthorized)
	p.refused(p.as(access.Render, "GET", publicationsPath, ""), forbidden, "read")
	a := p.as(access.Admin, "PATCH", publicationsPath, "")
	if p.refused(a, methodNotAllowed); a.Header.Get("Allow") != "GET, HEAD" {
		p.t.Errorf("Allow %q", a.Header.Get("Allow"))
	}
}
