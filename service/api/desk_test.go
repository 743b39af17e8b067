package api

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
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
	"communique/render/locale"
	"communique/render/theme"
	"communique/service/access"
	"communique/service/files"
	"communique/service/jobs"
	"communique/service/office"
	"communique/service/press"
	"communique/service/store"
	"communique/service/telemetry"
	"communique/service/webhook"
	"communique/templates"
)

// desk is a server with an office on SQLite, as its administrators meet it.
type desk struct {
	*service
	office *office.Office
	store  *store.Store
	queue  *jobs.Queue
	// folder can be given to a second server.
	folder string
	// admin is the key that may do everything.
	admin string

	mu  sync.Mutex
	now time.Time
}

// deskOptions change what a test needs otherwise.
type deskOptions struct {
	folder  string
	receive webhook.Policy
	change  func(*Options)
}

// equipment is what all desks share, for it never changes.
var equipment = sync.OnceValue(func() (s struct {
	renderer *render.Renderer
	look     *theme.Theme
	catalog  *locale.Catalog
	err      error
}) {
	if s.renderer, s.err = render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test"}); s.err != nil {
		return s
	}
	var themes *theme.Set
	if themes, s.err = theme.Load(templates.FS); s.err != nil {
		return s
	}
	s.look, _ = themes.Get("")
	s.catalog, s.err = locale.Load(locales.FS)
	return s
})

func openDesk(t *testing.T, o deskOptions) *desk {
	t.Helper()
	shared := equipment()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(shared.err)
	if o.folder == "" {
		o.folder = t.TempDir()
	}
	d := &desk{service: &service{t: t, log: &bytes.Buffer{}}, folder: o.folder}
	var err error
	d.store, err = store.Open(t.Context(), filepath.Join(o.folder, "office.db"), store.Options{})
	check(err)
	t.Cleanup(func() { _ = d.store.Close() }) // a test may have closed it
	d.queue, err = jobs.Open(jobs.Options{Store: d.store})
	check(err)
	check(d.store.Migrate(t.Context(), d.queue.Migrate))
	blobs, err := files.Open(t.Context(), filepath.Join(o.folder, "files"), files.Options{})
	check(err)
	t.Cleanup(func() { check(blobs.Close()) })
	d.office, err = office.Open(t.Context(), office.Options{Store: d.store, Files: blobs, Renderer: shared.renderer, Locales: shared.catalog,
		Queue: d.queue, Receivers: o.receive, Version: "test", Address: "https://press.example.org"})
	check(err)
	d.keep()
	options := Options{Renderer: shared.renderer, Theme: shared.look, Version: "test", Office: d.office, Logger: slog.New(slog.NewJSONHandler(d.log, nil)),
		Authenticator: &access.Authenticator{Find: d.office.FindKey, Used: d.office.KeyUsed, Now: d.clock},
		Metrics:       telemetry.New("test"), ServeMetrics: true}
	if o.change != nil {
		o.change(&options)
	}
	d.api, err = New(options)
	check(err)
	d.api.ready.Store(true) // as Serve says
	encoded, err := d.openAPI()
	check(err)
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	check(err)
	d.document, err = gorillamux.NewRouter(document)
	check(err)
	d.Server = httptest.NewServer(d.api.Handler())
	t.Cleanup(func() {
		d.Client().CloseIdleConnections()
		d.Close()
	})
	_, d.admin, err = d.office.NewKey(t.Context(), office.Caller{Actor: press.Actor{Kind: "system", ID: "test"}}, "Administrator", access.Scopes{access.Admin}, time.Time{}, 0)
	check(err)
	return d
}

// keep renews the index until the test ends.
func (d *desk) keep() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		d.office.Keep(ctx)
	}()
	d.t.Cleanup(func() {
		stop()
		<-done
	})
}

// work does the jobs until the test ends.
func (d *desk) work(policy webhook.Policy) {
	d.t.Helper()
	sender := webhook.NewSender(webhook.Options{Policy: policy})
	err := d.queue.Start(d.t.Context(), jobs.Work{Release: d.office.Release, Send: sender.Send, Sweep: func(context.Context) error { return nil }})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := d.queue.Stop(context.Background()); err != nil {
			d.t.Error(err)
		}
	})
}

// clock is the real one until a test sets it.
func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.now.IsZero() {
		return time.Now()
	}
	return d.now
}

func (d *desk) setClock(at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = at
}

// as asks with a key; an empty one is none.
func (d *desk) as(key, method, path, body string, header ...string) answered {
	d.t.Helper()
	if key != "" {
		header = append(header, "Authorization", "Bearer "+key)
	}
	if strings.HasPrefix(body, "{") {
		header = append(header, "Content-Type", "application/json")
	}
	return d.call(method, path, strings.NewReader(body), header...)
}

// want asks as the administrator, wants a status and reads the answer.
func (d *desk) want(status int, into any, method, path, body string) {
	d.t.Helper()
	a := d.as(d.admin, method, path, body)
	if a.StatusCode != status {
		d.t.Fatalf("%s %s: status %d, want %d: %s", method, path, a.StatusCode, status, a.body)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(a.body, into); err != nil {
		d.t.Fatalf("%s %s: %v: %s", method, path, err, a.body)
	}
}

// status asks for a list that every reader may see.
func (d *desk) status(key string) int {
	d.t.Helper()
	return d.as(key, "GET", publicationsPath, "").StatusCode
}

// until asks again until something holds; the test's own time limit ends it.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-d.t.Context().Done():
			d.t.Fatal("never: " + what)
		}
	}
}
