package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
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
	"communique/service/jobs"
	"communique/service/office"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/site"
	"communique/service/store"
	"communique/service/telemetry"
	"communique/templates"
)

// backEnd is one combination of a database and a place for files.
type backEnd struct {
	name            string
	database, files func(*testing.T) string
}

func sqliteFile(t *testing.T) string { return filepath.Join(t.TempDir(), "communique.db") }
func folder(t *testing.T) string     { return t.TempDir() }
func postgreSQL(t *testing.T) string { return outside.PostgreSQL(t) }
func s3(t *testing.T) string         { return outside.S3(t) }

// backEnds are all combinations. The last three skip by name where their servers are missing.
var backEnds = []backEnd{
	{"SQLite+folder", sqliteFile, folder},
	{"PostgreSQL+folder", postgreSQL, folder},
	{"SQLite+S3", sqliteFile, s3},
	{"PostgreSQL+S3", postgreSQL, s3},
}

// onEach runs a suite on every combination; with the race detector, which makes
// renders ten times as slow, on the first: the goroutines are the same on all, and
// TestTwoServersOfOneOffice has the other database.
func onEach(t *testing.T, suite func(t *testing.T, open func(*testing.T, pressOptions) *pressOffice)) {
	list := backEnds
	if underRace {
		list = list[:1]
	}
	for _, b := range list {
		t.Run(b.name, func(t *testing.T) {
			suite(t, func(t *testing.T, o pressOptions) *pressOffice {
				o.database, o.files = b.database(t), b.files(t)
				return openPress(t, o)
			})
		})
	}
}

// nobody has no key.
const nobody access.Scope = ""

// pressOptions say how an office of a test is set up.
type pressOptions struct {
	database, files string
	approval        bool
	limits          Limits
	rates           access.LimitOptions
}

// pressOffice is a whole server with an office, over real HTTP.
type pressOffice struct {
	*service
	office   *office.Office
	location pressOptions
	// keys are by scope; nobody's is empty.
	keys map[access.Scope]string
}

// resources are what every server of the tests shares: they never change.
var resources = sync.OnceValues(func() (*shelf, error) {
	renderer, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test"})
	if err != nil {
		return nil, err
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		return nil, err
	}
	look, _ := themes.Get("")
	catalog, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	kinds, err := kind.Load(templates.FS)
	return &shelf{renderer, look, catalog, kinds}, err
})

type shelf struct {
	renderer *render.Renderer
	look     *theme.Theme
	catalog  *locale.Catalog
	kinds    *kind.Set
}

// quick are rates that no test reaches by accident.
var quick = access.LimitOptions{Identity: access.Rate{PerSecond: 1e6, Burst: 1e6}, Anonymous: access.Rate{PerSecond: 1e6, Burst: 1e6}, Failures: access.Rate{PerSecond: 1e6, Burst: 1e6}}

// openPress starts a server with an office. It ends with the test.
func openPress(t *testing.T, o pressOptions) *pressOffice {
	t.Helper()
	shared, err := resources()
	must(t, err)
	database, err := store.Open(t.Context(), o.database, store.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, database.Close()) })
	queue, err := jobs.Open(jobs.Options{Store: database}) // it takes work and does none
	must(t, err)
	must(t, database.Migrate(t.Context(), queue.Migrate))
	blobs, err := files.Open(t.Context(), o.files, files.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, blobs.Close()) })
	log := &lines{}
	logger := slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	p := &pressOffice{service: &service{t: t, log: &bytes.Buffer{}}, location: o, keys: map[access.Scope]string{}}
	p.office, err = office.Open(t.Context(), office.Options{Store: database, Files: blobs, Renderer: shared.renderer, Locales: shared.catalog,
		Log: logger, Queue: queue, Zone: "Europe/London", Approval: o.approval, Version: "test", Address: "https://press.example.org"})
	must(t, err)
	p.keep(t)
	face, err := site.New(site.Resources{Locales: shared.catalog, Kinds: shared.kinds, Theme: shared.look},
		site.Site{Name: "Ministry of Mines", BaseURL: p.office.Address, Languages: shared.catalog.Tags(), Zone: time.UTC})
	must(t, err)
	if o.rates == (access.LimitOptions{}) {
		o.rates = quick
	}
	p.api, err = New(Options{Renderer: shared.renderer, Theme: shared.look, Version: "test", Limits: o.limits, Logger: logger, Office: p.office, Face: face, Metrics: telemetry.New("test"), ServeMetrics: true,
		Authenticator: &access.Authenticator{Find: p.office.FindKey, Used: p.office.KeyUsed}, Rates: o.rates})
	must(t, err)
	p.api.ready.Store(true) // as Serve says
	p.listen(t)
	for _, scope := range access.AllScopes() {
		p.keys[scope] = p.newKey("Key to "+string(scope), scope)
	}
	t.Cleanup(func() { log.mustHave(t, p) })
	return p
}

// keep renews the index until the test ends.
func (p *pressOffice) keep(t *testing.T) {
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var done sync.WaitGroup
	done.Go(func() { p.office.Keep(ctx) })
	t.Cleanup(func() { stop(); done.Wait() })
}

// listen serves the handler, and reads its document.
func (p *pressOffice) listen(t *testing.T) {
	t.Helper()
	encoded, err := p.openAPI()
	must(t, err)
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	must(t, err)
	p.document, err = gorillamux.NewRouter(document)
	must(t, err)
	p.Server = httptest.NewServer(p.api.Handler())
	t.Cleanup(func() {
		p.Client().CloseIdleConnections()
		p.Close()
	})
	p.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}

func (p *pressOffice) newKey(name string, scopes ...access.Scope) string {
	p.t.Helper()
	_, secret, err := p.office.NewKey(p.t.Context(), office.Caller{Actor: press.Actor{Kind: "system", ID: "test"}}, name, scopes, time.Time{}, 10_000)
	must(p.t, err)
	return secret
}

// as sends a request with a key of a scope; of nobody without one.
func (p *pressOffice) as(scope access.Scope, method, path, body string, header ...string) answered {
	p.t.Helper()
	return p.with(p.keys[scope], method, path, body, header...)
}

// with sends a request with a key. JSON bodies get their type, others say it.
func (p *pressOffice) with(key, method, path, body string, header ...string) answered {
	p.t.Helper()
	if key != "" {
		header = append(header, "Authorization", "Bearer "+key)
	}
	var r io.Reader
	if body != "" {
		r = bytes.NewReader([]byte(body))
		if body[0] == '{' {
			header = append([]string{"Content-Type", "application/json"}, header...)
		}
	}
	return p.call(method, path, r, header...)
}

// do sends a request of the administrator's that must succeed with a status, and
// reads the publication in the answer.
func (p *pressOffice) do(status int, method, path, body string, header ...string) *press.Publication {
	p.t.Helper()
	a := p.as(access.Admin, method, path, body, header...)
	if a.StatusCode != status {
		p.t.Fatalf("%s %s: status %d, want %d: %.600s", method, path, a.StatusCode, status, a.body)
	}
	publication := &press.Publication{}
	if len(a.body) > 0 {
		p.read(a, publication)
	}
	return publication
}

// read reads a JSON answer.
func (p *pressOffice) read(a answered, into any) {
	p.t.Helper()
	if err := json.Unmarshal(a.body, into); err != nil {
		p.t.Fatalf("%s: %v: %.300s", a.Request.URL.Path, err, a.body)
	}
}

// now is the instant by the database's clock.
func (p *pressOffice) now() (now time.Time) {
	p.t.Helper()
	must(p.t, p.office.Store.Read(p.t.Context(), func(tx *store.Tx) (err error) {
		now, err = tx.Now()
		return err
	}))
	return now
}

// at is the body of a schedule some time from now.
func (p *pressOffice) at(d time.Duration) (time.Time, string) {
	at := p.now().Add(d).Truncate(time.Millisecond)
	return at, `{"at": "` + at.Format(time.RFC3339Nano) + `"}`
}

// embargo schedules the open revision for an instant that no test lives to see.
func (p *pressOffice) embargo(path string) *press.Revision {
	p.t.Helper()
	_, body := p.at(24 * time.Hour)
	return p.do(200, "POST", path+"/schedule", body).Open()
}

// soon moves a schedule as near as this machine can: everything is rendered again,
// and the instant must be ahead when that is done. It is ahead by more than the
// interval at which servers look, as instants are.
func (p *pressOffice) soon(path string) (at time.Time) {
	p.t.Helper()
	for d := 500 * time.Millisecond; ; d *= 2 {
		at, body := p.at(d)
		a := p.as(access.Publish, "POST", path+"/schedule", body)
		if a.StatusCode == http.StatusOK {
			return at
		}
		if a.StatusCode != http.StatusUnprocessableEntity || !bytes.Contains(a.body, []byte("must be in the future")) {
			p.t.Fatalf("schedule: %d %s", a.StatusCode, a.body)
		}
	}
}

// until waits until a condition holds. The test's own time limit ends it.
func (p *pressOffice) until(what string, holds func() bool) {
	p.t.Helper()
	for !holds() {
		select {
		case <-p.t.Context().Done():
			p.t.Fatal("in vain: " + what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// lines is a log that many goroutines write.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(line)
}

// secrets are words that only sources and slugs of the tests have; no log may tell them.
var secrets = []string{"Zurbaran", "zurbaran"}

// mustHave checks what every log of every test must be: no failure of the server,
// no key, nothing of what was sent.
func (l *lines) mustHave(t *testing.T, p *pressOffice) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range p.keys {
		for _, secret := range append([]string{key}, secrets...) {
			if bytes.Contains(l.b.Bytes(), []byte(secret)) {
				t.Errorf("the log tells %q", secret)
			}
		}
	}
	for line := range bytes.Lines(l.b.Bytes()) {
		if bytes.Contains(line, []byte(`"level":"ERROR"`)) {
			t.Errorf("the server failed: %s", line)
		}
	}
}
