//go:build !race

package api

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/press"
)

// A route of the walk tells who may know that a publication exists whose time has
// not come: holders of a scope, or nobody at all.
type route struct {
	// knows is the scope of those who may know; nobody means that nobody does.
	knows access.Scope
	// body is what is sent with it.
	body string
	// still tells routes whose address names no publication: what they answer must not
	// change because of one that waits.
	still bool
}

// walk has a row for each route of the server: a new route has to say here who may
// see through it what waits.
var walk = map[string]route{
	"GET /v1/publications":                                        {knows: access.Read, still: true},
	"GET /v1/publications/:slug":                                  {knows: access.Read},
	"PUT /v1/publications/:slug":                                  {knows: access.Draft, body: english},
	"DELETE /v1/publications/:slug":                               {knows: access.Draft},
	"PUT /v1/publications/:slug/languages/:lang":                  {knows: access.Translate, body: french},
	"GET /v1/publications/:slug/revisions":                        {knows: access.Read},
	"GET /v1/publications/:slug/revisions/:number":                {knows: access.Read},
	"GET /v1/publications/:slug/revisions/:number/sources/:name":  {knows: access.Read},
	"GET /v1/publications/:slug/revisions/:number/editions/:name": {knows: access.Read},
	"GET /v1/publications/:slug/revisions/:number/difference":     {knows: access.Read},
	"GET /v1/publications/:slug/audit":                            {knows: access.Read},
	"GET /v1/publications/:slug/previews":                         {knows: access.Read},
	"POST /v1/publications/:slug/previews":                        {knows: access.Publish, body: `{"reader": "A", "expires_at": "2026-12-01T10:00:00Z"}`},
	"DELETE /v1/publications/:slug/previews/:id":                  {knows: access.Publish},
	"POST /v1/publications/:slug/submit":                          {knows: access.Draft},
	"POST /v1/publications/:slug/return":                          {knows: access.Publish},
	"POST /v1/publications/:slug/approve":                         {knows: access.Publish},
	"POST /v1/publications/:slug/publish":                         {knows: access.Publish},
	"POST /v1/publications/:slug/schedule":                        {knows: access.Publish, body: `{"at": "2026-12-01T10:00:00Z"}`},
	"POST /v1/publications/:slug/unschedule":                      {knows: access.Publish},
	"POST /v1/publications/:slug/correct":                         {knows: access.Draft, body: `{"notes": {"en": "Why."}}`},
	"POST /v1/publications/:slug/discard":                         {knows: access.Draft},
	"POST /v1/publications/:slug/withdraw":                        {knows: access.Publish, body: `{"notes": {"en": "Why."}}`},
	"POST /v1/publications/:slug/reinstate":                       {knows: access.Publish},
	"POST /v1/publications/:slug/rename":                          {knows: access.Publish, body: `{"slug": "zzz"}`},
	"POST /v1/publications/:slug/erase":                           {knows: access.Admin, body: `{"reason": "x"}`},
	"GET /v1/audit":                                               {knows: access.Admin, still: true},
	"GET /v1/keys":                                                {knows: access.Admin, still: true},
	"POST /v1/keys":                                               {knows: access.Admin, still: true},
	"GET /v1/keys/:id":                                            {knows: access.Admin, still: true},
	"DELETE /v1/keys/:id":                                         {knows: access.Admin, still: true},
	"POST /v1/keys/:id/rotate":                                    {knows: access.Admin, still: true},
	"GET /metrics":                                                {knows: access.Admin, still: true},
	"GET /v1/webhooks":                                            {knows: access.Admin, still: true},
	"POST /v1/webhooks":                                           {knows: access.Admin, still: true},
	"GET /v1/webhooks/:id":                                        {knows: access.Admin, still: true},
	"PATCH /v1/webhooks/:id":                                      {knows: access.Admin, still: true},
	"DELETE /v1/webhooks/:id":                                     {knows: access.Admin, still: true},
	"POST /v1/webhooks/:id/rotate-secret":                         {knows: access.Admin, still: true},
	"POST /v1/webhooks/:id/ping":                                  {knows: access.Admin, still: true},
	"GET /v1/webhooks/:id/deliveries":                             {knows: access.Admin, still: true},
	"POST /v1/webhooks/:id/deliveries/:delivery/redeliver":        {knows: access.Admin, still: true},
	"GET /v1/verify":                                              {still: true},
	"POST /v1/verify":                                             {still: true},
	"POST /v1/render":                                             {still: true},
	"POST /v1/check":                                              {still: true},

	"GET /p/:slug":              {},
	"GET /p/:slug/":             {},
	"GET /p/:slug/:file":        {},
	"GET /p/:slug/:file/":       {},
	"GET /p/:slug/:file/:name":  {},
	"GET /":                     {still: true},
	"GET /search":               {still: true},
	"GET /verify":               {still: true},
	"POST /verify":              {still: true},
	"GET /feeds/:file":          {still: true},
	"GET /sitemap.xml":          {still: true},
	"GET /robots.txt":           {still: true},
	"GET /preview/:token":       {still: true},
	"GET /preview/:token/":      {still: true},
	"GET /preview/:token/:file": {still: true},

	"GET /healthz":       {still: true},
	"GET /readyz":        {still: true},
	"GET /openapi.json":  {still: true},
	"GET /docs":          {still: true},
	"GET /problems":      {still: true},
	"GET /schemas/:name": {still: true},
}

// routesOf are the routes that are registered, by Gin and in the OpenAPI document.
// HEAD goes with GET.
func (p *pressOffice) routesOf() map[string]bool {
	p.t.Helper()
	engine, ok := p.api.Handler().(*gin.Engine)
	if !ok {
		p.t.Fatalf("the handler is a %T: say here how its routes are found", p.api.Handler())
	}
	out := map[string]bool{}
	for _, r := range engine.Routes() {
		if r.Method != http.MethodHead {
			out[r.Method+" "+r.Path] = true
		}
	}
	return out
}

// TestEveryRouteIsWalked fails for a route that has no row in the table, and for a
// row that has no route.
func TestEveryRouteIsWalked(t *testing.T) {
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	routes := p.routesOf()
	for name := range routes {
		if _, ok := rowOf(name); !ok {
			t.Errorf("%s has no row in the table of the embargo walk: say who may see through it what waits", name)
		}
	}
	for name := range walk {
		if !routes[name] {
			t.Errorf("there is no route %s", name)
		}
	}
}

// rowOf finds the row of a route; pages of the documents are the same for all.
func rowOf(name string) (route, bool) {
	if strings.HasPrefix(name, "GET /problems/") || strings.HasPrefix(name, "GET /schemas/") {
		return route{still: true}, true
	}
	r, ok := walk[name]
	return r, ok
}

// waiting are publications that nobody may know of, and what the walk asks of them.
type waiting struct {
	slug, unknown string
	// files are names below the publication, present and future.
	files []string
	// known are the digests of what waits.
	known []string
	// left is a slug that the publication had before readers could see it: it leads nowhere.
	left bool
}

// same compares what is answered about what waits with what is answered about what
// never was.
func (p *pressOffice) same(scope access.Scope, method, path string, w waiting, body string, header ...string) {
	p.t.Helper()
	about := p.raw(scope, method, strings.ReplaceAll(path, "{slug}", w.slug), body, header...)
	none := p.raw(scope, method, strings.ReplaceAll(path, "{slug}", w.unknown), body, header...)
	if about != none {
		p.t.Errorf("with the scope %q, %s %s %v tells what waits:\n%s\nwhat never was:\n%s", scope, method, path, header, about, none)
	}
}

// raw is all that an answer tells: status, headers and body, save what differs
// between any two requests.
func (p *pressOffice) raw(scope access.Scope, method, path, body string, header ...string) string {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.URL, strings.NewReader(body))
	must(p.t, err)
	request.URL.Opaque = path // as it is written here
	if i := strings.IndexByte(path, '?'); i >= 0 {
		request.URL.Opaque, request.URL.RawQuery = path[:i], path[i+1:]
	}
	request.URL.Opaque = "//" + request.URL.Host + request.URL.Opaque
	if scope != nobody {
		header = append(header, "Authorization", "Bearer "+p.keys[scope])
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Add(header[i], header[i+1])
	}
	response, err := p.Client().Do(request)
	must(p.t, err)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	must(p.t, err)
	id := response.Header.Get("X-Request-Id")
	for _, name := range []string{"Date", "X-Request-Id", "RateLimit"} {
		response.Header.Del(name)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d bytes\n", response.Status, response.ContentLength)
	for _, name := range slices.Sorted(maps.Keys(response.Header)) {
		fmt.Fprintf(&b, "%s: %q\n", name, response.Header[name])
	}
	b.Write(bytes.ReplaceAll(content, []byte(id), []byte("ID")))
	text := b.String()
	for _, slug := range slugsInTest {
		text = strings.ReplaceAll(text, slug, "SLUG")
	}
	return text
}

// slugsInTest all have the same length.
var slugsInTest = []string{"zurbaran-waits", "zurbaran-draft", "zurbaran-moved", "zurbaran-first", "zurbaran-never", "zurbaran-fixed"}

const hidden = "Zurbaran"

// TestNobodySeesWhatWaits walks all routes, methods and tricks, one after the other:
// the race detector has nothing to see here.
func TestNobodySeesWhatWaits(t *testing.T) {
	for _, b := range backEnds[:2] {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			p := openPress(t, pressOptions{database: b.database(t), files: b.files(t)})
			p.do(201, "PUT", address("zurbaran-fixed"), plenary["en"])
			p.do(200, "POST", address("zurbaran-fixed")+"/publish", "")
			before := p.everythingStill(nil)
			list := p.makeWaiting()
			for _, w := range list {
				p.walkRoutes(w)
				p.walkTricks(w)
			}
			var known []string
			for _, w := range list {
				known = append(known, w.known...)
			}
			p.unknownToVerify(known)
			// a correction and a language wait, too, behind what is out
			p.behind()
			after := p.everythingStill(before)
			for request, was := range before {
				if is := after[request]; is != was {
					t.Errorf("%s has changed because of what waits:\n%s\nbefore:\n%s", request, is, was)
				}
			}
		})
	}
}

// makeWaiting makes publications that wait in every way in which one can.
func (p *pressOffice) makeWaiting() (out []waiting) {
	p.t.Helper()
	add := func(slug string, r *press.Revision) {
		w := waiting{slug: slug, unknown: "zurbaran-never", files: []string{"en", "fr", "en.pdf", "en.html", "fr.html", "en.txt", "en.json", "en.card.png", "data.json", "r1", "ru"}}
		for _, e := range r.Editions {
			w.known = append(w.known, e.Digest)
		}
		for _, s := range r.Sources {
			w.known = append(w.known, s.Digest)
		}
		out = append(out, w)
	}
	draft := func(slug string) {
		p.do(201, "PUT", address(slug), statement("en", "A word on "+hidden, "The word is "+hidden+"."))
		p.do(200, "PUT", address(slug)+"/languages/fr", statement("fr", "Un mot sur "+hidden, "Le mot est "+hidden+"."))
	}
	draft("zurbaran-waits")
	add("zurbaran-waits", p.embargo(address("zurbaran-waits")))
	draft("zurbaran-draft")
	add("zurbaran-draft", p.do(200, "GET", address("zurbaran-draft"), "").Open())
	draft("zurbaran-first")
	p.embargo(address("zurbaran-first"))
	moved := p.do(200, "POST", address("zurbaran-first")+"/rename", `{"slug": "zurbaran-moved"}`)
	add("zurbaran-moved", moved.Open())
	add("zurbaran-first", moved.Open())
	out[len(out)-1].left = true
	return out
}

// concrete are the paths of a route about what waits; {slug} stands for the slug.
func (w waiting) concrete(pattern string) []string {
	path := strings.NewReplacer(":slug", "{slug}", ":lang", "fr", ":number", "1", ":id", "06ey3qhx8p9v7sj4m2kd0t1a5w").Replace(pattern)
	switch {
	case strings.Contains(path, ":file"):
		var out []string
		for _, name := range w.files {
			if strings.Contains(path, ":name") {
				out = append(out, strings.NewReplacer(":file", "r1", ":name", name).Replace(path), strings.NewReplacer(":file", "r2", ":name", name).Replace(path))
			} else {
				out = append(out, strings.Replace(path, ":file", name, 1))
			}
		}
		return out
	case strings.Contains(path, "/sources/"):
		return []string{strings.Replace(path, ":name", "statement.en.md", 1), strings.Replace(path, ":name", "publication.md", 1)}
	}
	return []string{strings.Replace(path, ":name", "en.pdf", 1)}
}

// walkRoutes asks every route about what waits, with every key.
func (p *pressOffice) walkRoutes(w waiting) {
	p.t.Helper()
	for name := range p.routesOf() {
		row, _ := rowOf(name)
		method, pattern, _ := strings.Cut(name, " ")
		if !strings.Contains(pattern, ":slug") {
			continue
		}
		for _, path := range w.concrete(pattern) {
			for scope := range p.keysAndNobody() {
				if row.knows != nobody && (access.Scopes{scope}).Allow(row.knows) {
					if method == http.MethodGet && strings.HasSuffix(pattern, ":slug") {
						p.sees(scope, strings.ReplaceAll(path, "{slug}", w.slug), !w.left) // or this walk would prove nothing
					}
					continue
				}
				p.same(scope, method, path, w, row.body)
			}
			p.same(nobody, "HEAD", path, w, "")
			if slices.Contains(closely, path) {
				p.walkConditions(path, w)
			}
		}
	}
}

func (p *pressOffice) keysAndNobody() map[access.Scope]bool {
	out := map[access.Scope]bool{nobody: true}
	for scope := range p.keys {
		out[scope] = true
	}
	return out
}

// sees checks that who may know a publication does, where there is one.
func (p *pressOffice) sees(scope access.Scope, path string, there bool) {
	p.t.Helper()
	if a := p.as(scope, "GET", path, ""); (a.StatusCode == 200) != there || bytes.Contains(a.body, []byte(hidden)) != there {
		p.t.Errorf("%s asks for %s, which is there: %v, and gets %d", scope, path, there, a.StatusCode)
	}
}

// closely are the paths that are asked with every method and condition: one of each kind.
var closely = []string{"/p/{slug}", "/p/{slug}/en", "/p/{slug}/en.pdf", "/p/{slug}/r1/en.pdf", "/v1/publications/{slug}", "/v1/publications/{slug}/revisions/1/editions/en.pdf"}

// walkConditions asks with methods and headers that could tell that something is there.
func (p *pressOffice) walkConditions(path string, w waiting) {
	p.t.Helper()
	for _, method := range []string{"OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECTED", "get"} {
		p.same(nobody, method, path, w, "")
	}
	for _, digest := range append([]string{"x"}, w.known[:min(len(w.known), 2)]...) {
		for _, header := range [][]string{
			{"If-None-Match", `"` + digest + `"`}, {"If-None-Match", `W/"` + digest + `"`}, {"If-Match", `"` + digest + `"`}, {"Range", "bytes=0-0", "If-Range", `"` + digest + `"`},
		} {
			p.same(nobody, "GET", path, w, "", header...)
		}
	}
	for _, header := range [][]string{{"If-None-Match", "*"}, {"If-Match", "*"}, {"Range", "bytes=0-0"}, {"Range", "bytes=9999999-"}, {"If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"},
		{"If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"}, {"Accept-Language", "fr"}, {"Accept-Language", "ar, *;q=0.1"}, {"Accept", "application/pdf"}, {"Accept", "text/html"}, {"Accept", "application/json"},
		{"Accept-Encoding", "gzip"}, {"Origin", "https://example.org"}, {"X-Http-Method-Override", "DELETE"}} {
		p.same(nobody, "GET", path, w, "", header...)
		p.same(nobody, "HEAD", path, w, "", header...)
	}
}

// walkTricks writes addresses as nobody should.
func (p *pressOffice) walkTricks(w waiting) {
	p.t.Helper()
	for _, path := range []string{"/p/{slug}", "/p/{slug}/en.pdf", "/p/{slug}/r1/en.pdf", "/v1/publications/{slug}", "/v1/publications/{slug}/revisions/1/editions/en.pdf"} {
		tricks := []string{path + "?lang=fr", path + "?x", path + "/", path + "//", "/" + path, strings.Replace(path, "/{slug}", "//{slug}", 1), strings.Replace(path, "/{slug}", "/./{slug}", 1), strings.Replace(path, "/{slug}", "/x/../{slug}", 1),
			strings.Replace(path, "{slug}", "%2e/{slug}", 1), strings.Replace(path, "{slug}", "{slug};x=y", 1), strings.Replace(path, "{slug}", "{slug}%20", 1), strings.Replace(path, "{slug}", "{slug}%00", 1),
			strings.Replace(path, "{slug}", "{slug}%2f", 1), strings.Replace(path, "{slug}", "{slug}%2fen.pdf", 1), strings.Replace(path, "{slug}", "{slug}.", 1), strings.Replace(path, "/{slug}", "%2f{slug}", 1), strings.ToUpper(path[:3]) + path[3:]}
		for _, trick := range tricks {
			p.same(nobody, "GET", trick, w, "")
			p.same(nobody, "HEAD", trick, w, "")
		}
	}
	upper := waiting{slug: strings.ToUpper(w.slug), unknown: strings.ToUpper(w.unknown)}
	for _, path := range []string{"/p/{slug}", "/p/{slug}/en.pdf", "/v1/publications/{slug}"} {
		a, b := p.raw(nobody, "GET", strings.ReplaceAll(path, "{slug}", upper.slug), ""), p.raw(nobody, "GET", strings.ReplaceAll(path, "{slug}", upper.unknown), "")
		if strings.ReplaceAll(a, upper.slug, "SLUG") != strings.ReplaceAll(b, upper.unknown, "SLUG") {
			p.t.Errorf("%s in upper case tells what waits:\n%s\n%s", path, a, b)
		}
	}
}

// unknownToVerify asks for the digests and bytes of what waits.
func (p *pressOffice) unknownToVerify(digests []string) {
	p.t.Helper()
	if len(digests) == 0 {
		p.t.Fatal("nothing waits")
	}
	for _, digest := range digests {
		got := strings.ReplaceAll(p.raw(nobody, "GET", verifyPath+"?sha256="+digest, ""), digest, exampleDigest)
		if want := p.raw(nobody, "GET", verifyPath+"?sha256="+exampleDigest, ""); got != want {
			p.t.Errorf("a file that waits is verified as %s", got)
		}
	}
	pdf := p.as(access.Read, "GET", address("zurbaran-waits")+"/revisions/1/editions/en.pdf", "")
	a := p.as(nobody, "POST", verifyPath, string(pdf.body), "Content-Type", "application/pdf")
	if !bytes.Contains(a.body, []byte(`"unknown"`)) || bytes.Contains(a.body, []byte("zurbaran")) {
		p.t.Errorf("a file that waits is verified as %s", a.body)
	}
}

// everythingStill asks what readers see beyond one publication, and of those that
// are out what must not change because of what waits behind them. The paths of an
// earlier state are asked again.
func (p *pressOffice) everythingStill(before map[string]string) map[string]string {
	p.t.Helper()
	paths := []string{"/", "/?lang=fr", "/?year=2023", "/?kind=statement", "/?in=fr", "/?page=2", "/search?q=" + hidden, "/search?q=zurb", "/search?q=plenary", "/search", "/verify", "/feeds/en.atom", "/feeds/fr.atom", "/feeds/ru.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt",
		"/preview/nothing", "/preview/nothing/", "/preview/nothing/en.pdf", "/healthz", "/readyz", "/openapi.json", "/docs", "/problems",
		"/p/zurbaran-fixed", "/p/zurbaran-fixed?lang=fr", "/p/zurbaran-fixed/", "/p/zurbaran-fixed/en", "/p/zurbaran-fixed/fr", "/p/zurbaran-fixed/ru", "/p/zurbaran-fixed/en.pdf", "/p/zurbaran-fixed/en.json", "/p/zurbaran-fixed/ru.pdf",
		"/p/zurbaran-fixed/r1/en.pdf", "/p/zurbaran-fixed/r2/en.pdf", "/p/zurbaran-fixed/r2/ru.pdf", "/p/zurbaran-fixed/r2", "/p/zurbaran-fixed/r3/en.pdf"}
	out := map[string]string{}
	for _, path := range paths {
		for _, method := range []string{"GET", "HEAD"} {
			out[method+" "+path] = p.raw(nobody, method, path, "")
		}
		out["GET "+path+" as HTML"] = p.raw(nobody, "GET", path, "", "Accept", "text/html", "Accept-Language", "fr")
		for scope := range p.keysAndNobody() { // the public face knows no keys
			if got := p.raw(scope, "GET", path, ""); got != out["GET "+path] {
				p.t.Errorf("%s is another with the scope %q:\n%s\nwithout:\n%s", path, scope, got, out["GET "+path])
			}
		}
	}
	for name, row := range walk { // lists of those who may know, asked by those who may not
		path, reads := strings.CutPrefix(name, "GET ")
		for scope := range p.keysAndNobody() {
			if reads && row.still && row.knows != nobody && !(access.Scopes{scope}).Allow(row.knows) {
				out["GET "+path+" with "+string(scope)] = p.raw(scope, "GET", path, "")
			}
		}
	}
	for request := range before {
		if _, ok := out[request]; !ok {
			p.t.Errorf("%s was asked before only", request)
		}
	}
	return out
}

// behind lets a correction and then a language wait behind what is out, and leaves
// the language waiting.
func (p *pressOffice) behind() {
	p.t.Helper()
	path := address("zurbaran-fixed")
	before := p.everythingStill(nil)
	p.do(200, "POST", path+"/correct", `{"notes": {"en": "The word was not `+hidden+`."}}`)
	p.do(200, "PUT", path+"/languages/en", strings.Replace(plenary["en"], "12", "21", 1))
	correction := p.embargo(path)
	p.unknownToVerify([]string{edition(correction, "en.pdf").Digest, edition(correction, "en.html").Digest})
	for request, is := range p.everythingStill(before) {
		if is != before[request] {
			p.t.Errorf("%s has changed because of a correction that waits:\n%s\nbefore:\n%s", request, is, before[request])
		}
	}
	p.do(200, "POST", path+"/unschedule", "")
	p.do(200, "POST", path+"/discard", "")
	p.do(200, "PUT", path+"/languages/ru", plenary["ru"])
	language := p.embargo(path)
	p.unknownToVerify([]string{edition(language, "ru.pdf").Digest})
}

// TestAnAbsenceTakesItsTime reports how long an answer takes about what waits and
// about what never was. It fails on nothing: a shared machine cannot tell.
func TestAnAbsenceTakesItsTime(t *testing.T) {
	const requests = 300
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	p.do(201, "PUT", address("zurbaran-waits"), statement("en", "A word on "+hidden, "The word is "+hidden+"."))
	p.embargo(address("zurbaran-waits"))
	for _, path := range []string{"/p/{slug}", "/p/{slug}/en.pdf", "/v1/publications/{slug}"} {
		took := map[string][]time.Duration{}
		for range requests {
			for _, slug := range []string{"zurbaran-waits", "zurbaran-never"} {
				start := time.Now()
				p.raw(nobody, "GET", strings.Replace(path, "{slug}", slug, 1), "")
				took[slug] = append(took[slug], time.Since(start))
			}
		}
		for _, list := range took {
			slices.Sort(list)
		}
		t.Logf("%s: the middle of %d answers took %v about what waits, %v about what never was", path, requests, took["zurbaran-waits"][requests/2], took["zurbaran-never"][requests/2])
	}
}
