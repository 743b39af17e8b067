package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/kind"
	"communique/render/locale"
	"communique/render/theme"
	"communique/service/access"
	"communique/service/files"
	"communique/service/office"
	"communique/service/site"
	"communique/service/store"
	"communique/templates"
)

// newsroom is a server with an office and its public face, over real HTTP.
type newsroom struct {
	*service
	office *office.Office
	key    string
}

// newsroomOptions change what a test needs otherwise.
type newsroomOptions struct {
	trust  time.Duration
	hidden bool // no public address
	rates  access.LimitOptions
	log    io.Writer
	// origins are those whose scripts may read.
	origins []string
}

// orFail ends a test whose surroundings do not work.
func orFail(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// openHouse makes the server of a newsroom, and a key to it.
func openHouse(t testing.TB, o newsroomOptions) (*Server, *office.Office, string) {
	t.Helper()
	renderer, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test"})
	orFail(t, err)
	themes, err := theme.Load(templates.FS)
	orFail(t, err)
	look, _ := themes.Get("")
	catalog, err := locale.Load(locales.FS)
	orFail(t, err)
	kinds, err := kind.Load(templates.FS)
	orFail(t, err)
	database, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "communique.db"), store.Options{})
	orFail(t, err)
	t.Cleanup(func() { orFail(t, database.Close()) })
	orFail(t, database.Migrate(t.Context(), nil))
	blobs, err := files.Open(t.Context(), t.TempDir(), files.Options{})
	orFail(t, err)
	t.Cleanup(func() { orFail(t, blobs.Close()) })
	address := "https://press.example.org"
	if o.hidden {
		address = ""
	}
	kept, err := office.Open(t.Context(), office.Options{Store: database, Files: blobs, Renderer: renderer, Locales: catalog, Zone: "Europe/London", Address: address, Trust: o.trust})
	orFail(t, err)
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var done sync.WaitGroup
	done.Go(func() { kept.Keep(ctx) })
	t.Cleanup(func() { stop(); done.Wait() })
	face, err := site.New(site.Resources{Locales: catalog, Kinds: kinds, Theme: look}, site.Site{Name: "Ministry of Mines", BaseURL: address, Languages: []string{"en", "ar", "fr", "zh-Hans"}})
	orFail(t, err)
	if o.log == nil {
		o.log = io.Discard
	}
	server, err := New(Options{Renderer: renderer, Theme: look, Version: "test", Office: kept, Face: face, Rates: o.rates, Origins: o.origins, Logger: slog.New(slog.NewJSONHandler(o.log, nil)),
		Authenticator: &access.Authenticator{Find: kept.FindKey, Used: kept.KeyUsed}})
	orFail(t, err)
	secret, err := kept.FirstKey(t.Context())
	orFail(t, err)
	return server, kept, secret
}

func openNewsroom(t *testing.T, o newsroomOptions) *newsroom {
	t.Helper()
	n := &newsroom{service: &service{t: t, log: &bytes.Buffer{}}}
	n.api, n.office, n.key = openHouse(t, o)
	encoded, err := n.openAPI()
	orFail(t, err)
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	orFail(t, err)
	n.document, err = gorillamux.NewRouter(document)
	orFail(t, err)
	n.Server = httptest.NewServer(n.api.Handler())
	t.Cleanup(func() {
		n.Client().CloseIdleConnections()
		n.Close()
	})
	n.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	n.Client().Transport.(*http.Transport).DisableCompression = true
	return n
}

// desk sends a request of the press desk that must succeed.
func (n *newsroom) desk(method, path, contentType, body string) []byte {
	n.t.Helper()
	a := n.call(method, path, strings.NewReader(body), "Authorization", "Bearer "+n.key, "Content-Type", contentType)
	if a.StatusCode >= 300 {
		n.t.Fatalf("%s %s: status %d: %.500s", method, path, a.StatusCode, a.body)
	}
	return a.body
}

func (n *newsroom) save(slug string, files ...string) {
	n.t.Helper()
	body, contentType := form(files...)
	data, err := io.ReadAll(body)
	orFail(n.t, err)
	n.desk(http.MethodPut, "/v1/publications/"+slug, contentType, string(data))
}

func (n *newsroom) move(slug, move, body string) {
	n.t.Helper()
	n.desk(http.MethodPost, "/v1/publications/"+slug+"/"+move, "application/json", body)
}

// publish brings out a publication of files.
func (n *newsroom) publish(slug string, files ...string) {
	n.t.Helper()
	n.save(slug, files...)
	n.move(slug, "publish", "")
}

// embargo schedules one for a day that no test sees.
func (n *newsroom) embargo(slug string, files ...string) {
	n.t.Helper()
	n.save(slug, files...)
	n.move(slug, "schedule", `{"at":"`+time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339)+`"}`)
}

func (n *newsroom) get(path string, header ...string) answered {
	n.t.Helper()
	return n.call(http.MethodGet, path, nil, header...)
}

// want fetches what must have a status, and answer HEAD likewise.
func (n *newsroom) want(status int, path string, header ...string) answered {
	n.t.Helper()
	a := n.get(path, header...)
	if a.StatusCode != status {
		n.t.Fatalf("GET %s: status %d, want %d: %.300s", path, a.StatusCode, status, a.body)
	}
	head := n.call(http.MethodHead, path, nil, header...)
	if len(head.body) > 0 || fingerprintHeader(head.Response) != fingerprintHeader(a.Response) {
		n.t.Errorf("HEAD %s is not as GET:\n%s\n%s", path, fingerprintHeader(head.Response), fingerprintHeader(a.Response))
	}
	return a
}

// fingerprintHeader is all that an answer says before its body, but for what differs every time.
func fingerprintHeader(r *http.Response) string {
	h := r.Header.Clone()
	h.Del("X-Request-Id")
	h.Del("Date")
	h.Del("RateLimit")
	if h.Get("Content-Length") == "0" { // net/http says it of no answer to HEAD
		h.Del("Content-Length")
	}
	var b strings.Builder
	fmt.Fprintln(&b, r.StatusCode, r.Proto, r.TransferEncoding)
	if err := h.Write(&b); err != nil {
		panic(err) // memory takes everything
	}
	return b.String()
}

const chinese = "---\ntitle: 全体会议闭幕\nlang: zh-Hans\ndate: 2023-11-14\n---\n\n与会者今日举行了会议。\n"

// three are the languages of a statement.
var three = []string{"a.en.md", english, "a.fr.md", french, "a.zh-Hans.md", chinese}

func TestThePageOfAPublicationSpeaksTheReadersLanguage(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for accept, want := range map[string]string{"": "en", "fr-CA, en;q=0.5": "fr", "zh-CN": "zh-Hans", "ar": "ar", "tlh": "en"} {
		a := n.want(http.StatusOK, "/p/plenary", "Accept-Language", accept)
		if a.Header.Get("Content-Language") != want || !bytes.Contains(a.body, []byte(`<html lang="`+want+`"`)) {
			t.Errorf("Accept-Language %q: Content-Language %q", accept, a.Header.Get("Content-Language"))
		}
		if vary := a.Header.Get("Vary"); vary != "Accept-Language, Accept-Encoding" {
			t.Errorf("Vary: %s", vary)
		}
		if again := n.want(http.StatusNotModified, "/p/plenary", "Accept-Language", accept, "If-None-Match", a.Header.Get("ETag")); len(again.body) > 0 {
			t.Error("304 with a body")
		}
	}
	a := n.want(http.StatusOK, "/p/plenary?lang=fr", "Accept-Language", "ar")
	if a.Header.Get("Content-Language") != "fr" || a.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("?lang=fr: %v", a.Header)
	}
	for _, link := range []string{`</p/plenary/fr>; rel="alternate"; hreflang="fr"; type="text/html"`, `</p/plenary/zh-Hans.pdf>; rel="alternate"; hreflang="zh-Hans"; type="application/pdf"`} {
		if !strings.Contains(a.Header.Get("Link"), link) {
			t.Errorf("Link lacks %s: %s", link, a.Header.Get("Link"))
		}
	}
}

func TestFilesAreServedWithAllThatReadersNeed(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for file, want := range map[string][3]string{"en": {"text/html; charset=utf-8", "en", "plenary.en.html"}, "en.html": {"text/html; charset=utf-8", "en", "plenary.en.html"},
		"fr.pdf": {"application/pdf", "fr", "plenary.fr.pdf"}, "zh-Hans.txt": {"text/plain; charset=utf-8", "zh-Hans", "plenary.zh-Hans.txt"}, "en.json": {"application/json", "en", "plenary.en.json"},
		"en.card.png": {"image/png", "en", "plenary.en.card.png"}} {
		a := n.want(http.StatusOK, "/p/plenary/"+file)
		sum := sha256.Sum256(a.body)
		h := a.Header
		if h.Get("Content-Type") != want[0] || h.Get("Content-Language") != want[1] || h.Get("Content-Disposition") != `inline; filename="`+want[2]+`"` {
			t.Errorf("%s: %v", file, h)
		}
		if h.Get("ETag") != `"`+hex.EncodeToString(sum[:])+`"` || h.Get("Cache-Control") != "no-cache" || h.Get("Accept-Ranges") != "bytes" {
			t.Errorf("%s: %v", file, h)
		}
		fixed := n.want(http.StatusOK, "/p/plenary/r1/"+file)
		if fixed.Header.Get("Cache-Control") != "public, max-age=31536000, s-maxage=1, immutable" || !bytes.Equal(fixed.body, a.body) ||
			!strings.HasPrefix(fixed.Header.Get("Link"), "</p/plenary/"+strings.TrimSuffix(file, ".html")+`>; rel="latest-version"`) {
			t.Errorf("r1/%s: %v", file, fixed.Header)
		}
	}
	a := n.want(http.StatusOK, "/p/plenary/en")
	if link := a.Header.Get("Link"); !strings.Contains(link, `</p/plenary/fr>; rel="alternate"; hreflang="fr"; type="text/html"`) || !strings.Contains(link, `</p/plenary/en.pdf>; rel="alternate"`) || strings.Contains(link, "</p/plenary/en>") {
		t.Errorf("Link: %s", link)
	}
	if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script-src") || !strings.Contains(policy, "style-src 'unsafe-inline'") {
		t.Errorf("policy: %s", policy)
	}
}

func TestPartsAndConditions(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	whole := n.want(http.StatusOK, "/p/plenary/en.txt")
	tag := whole.Header.Get("ETag")
	part := n.want(http.StatusPartialContent, "/p/plenary/en.txt", "Range", "bytes=2-5", "Accept-Encoding", "gzip")
	if !bytes.Equal(part.body, whole.body[2:6]) || part.Header.Get("Content-Encoding") != "" {
		t.Errorf("part %q, %v", part.body, part.Header)
	}
	n.want(http.StatusPartialContent, "/p/plenary/en.txt", "Range", "bytes=2-5", "If-Range", tag)
	n.want(http.StatusOK, "/p/plenary/en.txt", "Range", "bytes=2-5", "If-Range", `"other"`)
	n.want(http.StatusRequestedRangeNotSatisfiable, "/p/plenary/en.txt", "Range", "bytes=999999-")
	n.want(http.StatusNotModified, "/p/plenary/en.txt", "If-None-Match", `"x", `+tag)
	n.want(http.StatusPreconditionFailed, "/p/plenary/en.txt", "If-Match", `"other"`)
}

func TestTextsAreCompressed(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for path, packed := range map[string]bool{"/p/plenary/en": true, "/p/plenary": true, "/": true, "/p/none": true, "/p/plenary/en.pdf": false, "/p/plenary/en.card.png": false} {
		plain := n.get(path, "Accept-Encoding", "gzip;q=0")
		a := n.get(path, "Accept-Encoding", "br, gzip")
		if !packed {
			if a.Header.Get("Content-Encoding") != "" || a.Header.Get("Vary") != "" {
				t.Errorf("%s: %v", path, a.Header)
			}
			continue
		}
		if a.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(plain.Header.Get("Vary"), "Accept-Encoding") || !strings.Contains(a.Header.Get("Vary"), "Accept-Encoding") {
			t.Fatalf("%s: %v", path, a.Header)
		}
		r, err := gzip.NewReader(bytes.NewReader(a.body))
		orFail(t, err)
		unpacked, err := io.ReadAll(r)
		orFail(t, err)
		if !bytes.Equal(unpacked, plain.body) || len(a.body) >= len(plain.body) {
			t.Errorf("%s: the compressed form is another, or longer", path)
		}
		if tag := a.Header.Get("ETag"); tag != "" {
			if tag == plain.Header.Get("ETag") {
				t.Errorf("%s: both forms have the ETag %s", path, tag)
			}
			if again := n.get(path, "Accept-Encoding", "gzip", "If-None-Match", tag); again.StatusCode != http.StatusNotModified || again.Header.Get("ETag") != tag {
				t.Errorf("%s: %d %v", path, again.StatusCode, again.Header)
			}
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for header, want := range map[string]bool{"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "*": true, "*;q=0": false, "gzip;q=0, *": false, "identity": false, "br": false, "gzip; q=1": true, "gzip;q=x": false} {
		if got := acceptsGzip([]string{header}); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestOtherAddressesLeadToTheRightOne(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for path, want := range map[string]string{"/p/plenary/": "/p/plenary", "/p/plenary/?lang=fr": "/p/plenary?lang=fr", "/p/plenary/zh": "/p/plenary/zh-Hans", "/p/plenary/ZH-cn.pdf": "/p/plenary/zh-Hans.pdf",
		"/p/plenary/EN": "/p/plenary/en", "/p/plenary/en-GB.txt": "/p/plenary/en.txt", "/p/plenary/r1/": "/p/plenary", "/p/plenary/r1": "/p/plenary", "/p/plenary/r1/zh": "/p/plenary/r1/zh-Hans", "/p/plenary/en/": "/p/plenary/en"} {
		if a := n.want(http.StatusPermanentRedirect, path); a.Header.Get("Location") != want {
			t.Errorf("%s leads to %s", path, a.Header.Get("Location"))
		}
	}
	for _, path := range []string{"/p/plenary/zh-TW", "/p/plenary/de", "/p/plenary/r2/", "/p/plenary/r2/en", "/p/plenary/r0/en", "/p/plenary/r01/en", "/p/plenary/x/en", "/p/plenary/en.doc", "/p/Plenary", "/p/plenary/..%2fen"} {
		n.want(http.StatusNotFound, path)
	}
	n.move("plenary", "rename", `{"slug":"session"}`)
	for path, want := range map[string]string{"/p/plenary": "/p/session", "/p/plenary/fr.pdf?x=1": "/p/session/fr.pdf?x=1", "/p/plenary/r1/en": "/p/session/r1/en"} {
		if a := n.want(http.StatusMovedPermanently, path); a.Header.Get("Location") != want {
			t.Errorf("%s leads to %s", path, a.Header.Get("Location"))
		}
	}
	n.want(http.StatusOK, "/p/session/en")
}

func TestWhatIsNotOutAnswersLikeWhatNeverWas(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("seen", three...)
	n.embargo("secret", three...)
	n.save("draft", three...)
	n.embargo("former", three...)
	n.move("former", "rename", `{"slug":"latter"}`)
	n.move("seen", "correct", `{"notes":{"en":"A number was wrong."}}`)
	n.move("seen", "schedule", `{"at":"`+time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339)+`"}`)
	for _, below := range []string{"", "/", "/en", "/EN", "/en.pdf", "/fr.json", "/zh", "/r1", "/r1/", "/r1/en", "/r1/en.pdf", "/r2/en", "/data.json", "/en/", "?lang=fr"} {
		for _, header := range [][]string{nil, {"Accept-Language", "ar", "Accept-Encoding", "gzip"}, {"Range", "bytes=0-9", "If-None-Match", "*"}, {"Authorization", "Bearer " + n.key}} {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				never := n.call(method, "/p/never0"+below, nil, header...)
				for _, slug := range []string{"secret", "draft0", "draft", "former", "latter"} {
					a := n.call(method, "/p/"+slug+below, nil, header...)
					if a.StatusCode != http.StatusNotFound || fingerprintHeader(a.Response) != fingerprintHeader(never.Response) || !bytes.Equal(a.body, never.body) {
						t.Errorf("%s %s%s %v: not as what never was:\n%s\n%s", method, slug, below, header, fingerprintHeader(a.Response), fingerprintHeader(never.Response))
					}
				}
			}
		}
	}
	for _, file := range []string{"/en", "/en.pdf", "/", ""} { // of a correction that waits
		waits, never := n.get("/p/seen/r2"+file), n.get("/p/seen/r9"+file)
		if waits.StatusCode != http.StatusNotFound || fingerprintHeader(waits.Response) != fingerprintHeader(never.Response) || !bytes.Equal(waits.body, never.body) {
			t.Errorf("r2%s is not as r9", file)
		}
	}
	for _, page := range []string{"/", "/search?q=statement", "/feeds/en.atom", "/sitemap.xml"} {
		if a := n.want(http.StatusOK, page); bytes.Contains(a.body, []byte("secret")) || bytes.Contains(a.body, []byte("draft")) || !bytes.Contains(a.body, []byte("/p/seen")) {
			t.Errorf("%s shows what it must not, or not what it must", page)
		}
	}
}

func TestWithdrawnPublicationsLeaveANotice(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	n.want(http.StatusOK, "/p/plenary/en.pdf")
	n.want(http.StatusOK, "/p/plenary/r1/en.pdf")
	n.move("plenary", "withdraw", `{"notes":{"en":"The figures were wrong.","fr":"Les chiffres étaient faux."}}`)
	page := n.want(http.StatusGone, "/p/plenary?lang=fr")
	if !bytes.Contains(page.body, []byte("Les chiffres étaient faux.")) || page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("ETag") != "" {
		t.Errorf("%v", page.Header)
	}
	for _, file := range []string{"/en", "/en.pdf", "/zh", "/r1/en", "/r1/en.pdf", "/r1", "/r1/", "/", "/never"} {
		if a := n.want(http.StatusGone, "/p/plenary"+file+"?lang=fr"); !bytes.Equal(a.body, page.body) {
			t.Errorf("%s: another page than that of the publication", file)
		}
	}
	if a := n.want(http.StatusOK, "/search?q=participants"); bytes.Contains(a.body, []byte("/p/plenary")) {
		t.Error("the words of what was withdrawn can still be searched")
	}
	n.move("plenary", "reinstate", "")
	n.want(http.StatusOK, "/p/plenary/en.pdf")
}

// verifyForm sends a file as the form of the page does.
func (n *newsroom) verifyForm(lang string, file []byte) answered {
	n.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	orFail(n.t, w.WriteField("lang", lang))
	part, err := w.CreateFormFile("file", "a.pdf")
	orFail(n.t, err)
	_, err = part.Write(file)
	orFail(n.t, err)
	orFail(n.t, w.Close())
	return n.call(http.MethodPost, "/verify", &b, "Content-Type", w.FormDataContentType())
}

func TestFilesCanBeVerified(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	file := n.get("/p/plenary/en.pdf")
	sum := sha256.Sum256(file.body)
	for _, a := range []answered{n.verifyForm("fr", file.body), n.want(http.StatusOK, "/verify?lang=fr&sha256="+strings.ToUpper(hex.EncodeToString(sum[:])))} {
		if a.StatusCode != http.StatusOK || a.Header.Get("Content-Language") != "fr" || a.Header.Get("Cache-Control") != "no-store" || !bytes.Contains(a.body, []byte("/p/plenary?lang=fr")) {
			t.Errorf("%d %v", a.StatusCode, a.Header)
		}
	}
	if a := n.verifyForm("fr", []byte("not ours")); a.StatusCode != http.StatusOK || bytes.Contains(a.body, []byte("/p/plenary")) {
		t.Errorf("an unknown file: %d", a.StatusCode)
	}
	if a := n.verifyForm("fr", nil); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/verify?lang=fr" {
		t.Errorf("no file: %d %v", a.StatusCode, a.Header)
	}
	n.want(http.StatusOK, "/verify")
	n.want(http.StatusBadRequest, "/verify?sha256=abc")
	n.problem(n.call(http.MethodPost, "/verify", strings.NewReader("x"), "Content-Type", "text/plain"), unsupportedMediaType)
	n.problem(n.call(http.MethodPost, "/verify", strings.NewReader("no form"), "Content-Type", "multipart/form-data; boundary=x"), malformedBody)
	n.embargo("secret", "b.en.md", english+"\nIt is secret.\n")
	p, err := n.office.Get(t.Context(), "secret")
	orFail(t, err)
	for _, e := range p.Revisions[0].Editions {
		if a := n.get("/verify?sha256=" + e.Digest); bytes.Contains(a.body, []byte("secret")) {
			t.Errorf("%s is known before its time", e.Name)
		}
	}
}

func TestListsAndMachines(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for path, contentType := range map[string]string{"/": "text/html; charset=utf-8", "/?year=2023&kind=statement&in=fr&page=1": "text/html; charset=utf-8", "/search?q=plenary": "text/html; charset=utf-8",
		"/feeds/fr.atom": "application/atom+xml; charset=utf-8", "/sitemap.xml": "application/xml; charset=utf-8"} {
		a := n.want(http.StatusOK, path)
		if a.Header.Get("Content-Type") != contentType || !bytes.Contains(a.body, []byte("/p/plenary")) {
			t.Errorf("%s: %v", path, a.Header)
		}
		n.want(http.StatusNotModified, path, "If-None-Match", a.Header.Get("ETag"))
	}
	if a := n.want(http.StatusOK, "/robots.txt"); !bytes.Contains(a.body, []byte("Sitemap: https://press.example.org/sitemap.xml")) {
		t.Errorf("%s", a.body)
	}
	for _, path := range []string{"/feeds/de.atom", "/feeds/fr", "/sitemap-1.xml", "/sitemap-01.xml", "/favicon.ico"} {
		if a := n.want(http.StatusNotFound, path, "Accept", "text/html"); !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
	n.problem(n.get("/favicon.ico"), notFound)
	if a := n.want(http.StatusOK, "/docs"); !bytes.Contains(a.body, []byte("curl --fail-with-body")) {
		t.Error("the page of the interface does not say what the server is")
	}
	n.save("plenary2", three...)
	before, generation := n.office.Listing()
	n.move("plenary2", "publish", "")
	if a := n.want(http.StatusOK, "/"); !bytes.Contains(a.body, []byte("/p/plenary2")) {
		t.Error("the index does not follow")
	}
	n.save("plenary3", three...)
	if list, after := n.office.Listing(); len(list) != len(before)+1 || after != generation+1 {
		t.Errorf("%d publications, generation %d after %d: a draft changes nothing that readers see", len(list), after, generation)
	}
}

func TestWithoutAPublicAddressThereIsNothingThatNeedsIt(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{hidden: true})
	n.publish("plenary", three...)
	for _, path := range []string{"/feeds/en.atom", "/sitemap.xml"} {
		n.want(http.StatusNotFound, path)
	}
	for _, path := range []string{"/", "/p/plenary", "/robots.txt", "/p/plenary/en"} {
		if a := n.want(http.StatusOK, path, "X-Forwarded-Host", "evil.example"); bytes.Contains(a.body, []byte(".atom")) || bytes.Contains(a.body, []byte("Sitemap:")) ||
			bytes.Contains(a.body, []byte("evil.example")) || bytes.Contains(a.body, []byte(strings.TrimPrefix(n.URL, "http://"))) {
			t.Errorf("%s names an address that nobody configured", path)
		}
	}
}

func TestReadersArePreviewed(t *testing.T) {
	var log bytes.Buffer
	n := openNewsroom(t, newsroomOptions{log: &log})
	n.embargo("secret", three...)
	var granted Granted
	orFail(t, json.Unmarshal(n.desk(http.MethodPost, "/v1/publications/secret/previews", "application/json",
		`{"reader":"Nadia Example","expires_at":"`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`"}`), &granted))
	address := strings.TrimPrefix(granted.URL, "https://press.example.org")
	token := strings.Split(address, "/")[2]
	for _, file := range []string{"", "en", "fr.pdf", "zh-Hans.txt", "en.json"} {
		a := n.want(http.StatusOK, address+file)
		h := a.Header
		if h.Get("Cache-Control") != "no-store, private" || h.Get("X-Robots-Tag") != "noindex, nofollow" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("ETag") != "" {
			t.Errorf("%s: %v", file, h)
		}
		if (file == "" || file == "en" || file == "zh-Hans.txt") && !bytes.Contains(a.body, []byte("Nadia Example")) {
			t.Errorf("%s does not name its reader", file)
		}
	}
	n.want(http.StatusPermanentRedirect, strings.TrimSuffix(address, "/"))
	nothing := n.get("/p/never")
	wrong := "/preview/" + token[:len(token)-2] + "AA/"
	check := func(path string) {
		t.Helper()
		if a := n.get(path); a.StatusCode != http.StatusNotFound || fingerprintHeader(a.Response) != fingerprintHeader(nothing.Response) || !bytes.Equal(a.body, nothing.body) {
			t.Errorf("status %d, not as what is not there", a.StatusCode)
		}
	}
	check(wrong)
	check(wrong + "en.pdf")
	check("/preview/x/")
	check(address + "de")
	n.desk(http.MethodDelete, "/v1/publications/secret/previews/"+granted.ID, "", "")
	check(address)
	check(address + "en.pdf")
	orFail(t, json.Unmarshal(n.desk(http.MethodPost, "/v1/publications/secret/previews", "application/json",
		`{"reader":"Nadia Example","expires_at":"`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`"}`), &granted))
	address = strings.TrimPrefix(granted.URL, "https://press.example.org")
	n.desk(http.MethodPost, "/v1/publications/secret/publish", "", "")
	if a := n.want(http.StatusFound, address+"en.pdf"); a.Header.Get("Location") != "/p/secret" {
		t.Errorf("a preview of what is out leads to %q", a.Header.Get("Location"))
	}
	n.desk(http.MethodPost, "/v1/publications/secret/withdraw", "application/json", `{"notes":{"en":"Published in error."}}`)
	check(address)
	check(address + "en.pdf")
	n.Close() // lines are written after answers
	if strings.Contains(log.String(), token) || strings.Contains(log.String(), "secret") {
		t.Error("the log has the token or the slug")
	}
}

func TestALanguageComesInTheFormatThatIsAskedFor(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	n.publish("plenary", three...)
	for accept, want := range map[string]string{"application/pdf": "/p/plenary/fr.pdf", "text/html;q=0.5, application/json": "/p/plenary/fr.json", "text/plain": "/p/plenary/fr.txt",
		"": "", "*/*": "", "text/html,application/xhtml+xml,*/*;q=0.8": "", "image/png": "", "application/pdf;q=0.1, text/html": ""} {
		a := n.get("/p/plenary/fr", "Accept", accept)
		if got := a.Header.Get("Location"); got != want || want == "" && a.StatusCode != http.StatusOK || want != "" && a.StatusCode != http.StatusSeeOther || !strings.Contains(a.Header.Get("Vary"), "Accept") {
			t.Errorf("%q: status %d, %s, Vary %q", accept, a.StatusCode, got, a.Header.Get("Vary"))
		}
	}
	if a := n.get("/p/plenary/r1/fr", "Accept", "application/pdf"); a.Header.Get("Location") != "/p/plenary/r1/fr.pdf" {
		t.Errorf("a revision leads to %q", a.Header.Get("Location"))
	}
}

func TestReadersAreNotServedWithoutTheDatabaseForEver(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{trust: time.Hour})
	n.publish("plenary", three...)
	n.want(http.StatusOK, "/p/plenary/en.pdf")
	n = openNewsroom(t, newsroomOptions{trust: time.Nanosecond})
	for _, path := range []string{"/", "/p/plenary", "/p/plenary/en.pdf", "/search", "/verify", "/robots.txt"} {
		if a := n.get(path); a.StatusCode != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: status %d", path, a.StatusCode)
		}
	}
	n.want(http.StatusOK, "/healthz")
}

func TestOnlyWhatCostsIsThrottled(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{rates: access.LimitOptions{Anonymous: access.Rate{PerSecond: 0.001, Burst: 3}}})
	n.publish("plenary", three...)
	for range 3 {
		n.get("/search?q=plenary")
	}
	n.problem(n.get("/search?q=plenary", "Authorization", "Bearer "+n.key), tooManyRequests)
	n.problem(n.verifyForm("en", []byte("x")), tooManyRequests)
	for range 10 {
		for _, path := range []string{"/", "/p/plenary", "/p/plenary/en.pdf", "/p/never", "/verify"} {
			if a := n.get(path); a.StatusCode == http.StatusTooManyRequests {
				t.Fatalf("%s is throttled", path)
			}
		}
	}
}

func TestAnswersSayAllThatTheyVaryBy(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{origins: []string{"https://news.example.org"}})
	n.publish("plenary", three...)
	for path, want := range map[string]string{"/p/plenary": "Origin, Accept-Language, Accept-Encoding", "/p/plenary/en": "Origin, Accept, Accept-Encoding", "/p/plenary/en.pdf": "Origin"} {
		a := n.want(http.StatusOK, path, "Origin", "https://news.example.org")
		if got := strings.Join(a.Header.Values("Vary"), ", "); got != want || a.Header.Get("Access-Control-Allow-Origin") != "https://news.example.org" {
			t.Errorf("%s: Vary: %s; %v", path, got, a.Header)
		}
	}
}
