package api

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"communique/render/kind"
	"communique/service/site"
	"communique/templates"
)

func TestMetricsTellNothingOfWhatIsPublished(t *testing.T) {
	d := openDesk(t, deskOptions{})
	path := publicationsPath + "/embargoed-slug"
	d.want(201, nil, "PUT", path, english)
	d.want(200, nil, "GET", path, "")
	d.as("", "GET", "/p/embargoed-slug/en", "")
	d.as("", "BREW", "/embargoed-slug", "")
	d.as(d.admin, "POST", renderPath+"?format=txt", english)
	d.problem(d.as("", "GET", metricsPath, ""), unauthorized)
	var reader NewKey
	d.want(201, &reader, "POST", keysPath, `{"name": "Reader", "scopes": ["publish"]}`)
	d.problem(d.as(reader.Secret, "GET", metricsPath, ""), forbidden)
	a := d.as(d.admin, "GET", metricsPath, "")
	text := string(a.body)
	if a.StatusCode != 200 || strings.Contains(text, "embargoed") || strings.Contains(text, "plenary") || strings.Contains(text, "BREW") || strings.Contains(text, "Administrator") {
		t.Errorf("status %d: %s", a.StatusCode, text)
	}
	for _, line := range []string{
		`communique_http_request_duration_seconds_count{method="PUT",route="/v1/publications/:slug",status="2xx"} 1`,
		`communique_http_request_duration_seconds_count{method="other",route="other",status="4xx"} 1`,
		`communique_render_duration_seconds_count{format="txt",outcome="ok"} 1`,
		`communique_queue_length{queue="render"} 0`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no line %s in %s", line, text)
		}
	}
}

func TestMetricsWhereOnlyTheMachineReaches(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"200": func(o *Options) { o.OpenMetrics = true },
		"404": func(o *Options) { o.ServeMetrics, o.OpenMetrics = false, true },
	} {
		d := openDesk(t, deskOptions{change: change})
		if a := d.as("", "GET", metricsPath, ""); a.Status[:3] != name {
			t.Errorf("status %s, want %s", a.Status, name)
		}
	}
}

func TestOriginsOfOtherSites(t *testing.T) {
	const origin = "https://news.example.org"
	d := openDesk(t, deskOptions{change: func(o *Options) { o.Origins = []string{origin} }})
	preflight := func(from string) answered {
		return d.as("", "OPTIONS", publicationsPath+"/embargoed-slug", "", "Origin", from, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "authorization,if-match")
	}
	a := preflight(origin)
	if a.StatusCode != 204 || a.Header.Get("Access-Control-Allow-Origin") != origin || !strings.Contains(a.Header.Get("Access-Control-Allow-Headers"), "authorization") || a.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("status %d, %v", a.StatusCode, a.Header)
	}
	if got := preflight("https://evil.example.org").Header.Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("another site may: %s", got)
	}
	a = d.as(d.admin, "POST", renderPath, english, "Origin", origin)
	if exposed := a.Header.Get("Access-Control-Expose-Headers"); a.StatusCode != 200 || a.Header.Get("Access-Control-Allow-Origin") != origin || !strings.Contains(exposed, warningsHeader) && !strings.Contains(exposed, "Communique-Warnings") {
		t.Errorf("status %d, %v", a.StatusCode, a.Header)
	}
	if vary := strings.Join(a.Header.Values("Vary"), ","); !strings.Contains(vary, "Origin") || !strings.Contains(vary, "Accept") {
		t.Errorf("Vary %q", vary)
	}
	closed := openDesk(t, deskOptions{})
	if a := closed.as(closed.admin, "GET", publicationsPath, "", "Origin", origin); a.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("without origins %v", a.Header)
	}
	for _, wrong := range []string{"news.example.org", "https://news.example.org/", "https://*.example.org/x", "ftp://example.org", ""} {
		if CheckOrigins([]string{wrong}) == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestReadyMeansThatTheOfficeWorks(t *testing.T) {
	d := openDesk(t, deskOptions{})
	if a := d.as("", "GET", readyPath, ""); a.StatusCode != 200 {
		t.Fatalf("status %d: %s", a.StatusCode, a.body)
	}
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	d.until("it is not ready without a database", func() bool { return d.as("", "GET", readyPath, "").StatusCode == 503 })
	a := d.as("", "GET", readyPath, "")
	p := d.problem(a, notReady)
	if strings.Contains(p.Detail, "sql") || strings.Contains(p.Detail, d.folder) || a.Header.Get("Retry-After") == "" {
		t.Errorf("it says %q", p.Detail)
	}
	if a := d.as("", "GET", healthPath, ""); a.StatusCode != 200 {
		t.Errorf("the process lives: %d", a.StatusCode)
	}
}

func TestManyProbesAskOnce(t *testing.T) {
	var asked atomic.Int32
	away := errors.New("away")
	k := &checkup{log: slog.New(slog.DiscardHandler), ask: func(ctx context.Context) error {
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("a check without a bound in time")
		}
		asked.Add(1)
		return away
	}}
	var all sync.WaitGroup
	gone, cancel := context.WithCancel(t.Context())
	cancel() // a probe that has gone leaves its answer to the others
	for range 50 {
		all.Go(func() {
			if err := k.check(gone); !errors.Is(err, away) {
				t.Errorf("a probe heard %v", err)
			}
		})
	}
	all.Wait()
	if n := asked.Load(); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestMetricsCountWhatLimitsRefuse(t *testing.T) {
	d := openDesk(t, deskOptions{change: func(o *Options) {
		o.OpenMetrics = true
		o.Rates.Failures.Burst, o.Rates.Failures.PerSecond = 1, 0.001
	}})
	d.as("cq_wrong", "GET", keysPath, "")
	d.problem(d.as("cq_wrong", "GET", keysPath, ""), tooManyRequests)
	if a := d.as("", "GET", metricsPath, ""); !strings.Contains(string(a.body), `communique_http_requests_limited_total{limit="failures"} 1`) {
		t.Errorf("not counted: %s", a.body)
	}
}

// What caches keep of a public page for one site must not be given to another.
func TestPublicPagesVaryByOrigin(t *testing.T) {
	const origin = "https://news.example.org"
	kinds, err := kind.Load(templates.FS)
	orFail(t, err)
	face, err := site.New(site.Resources{Locales: equipment().catalog, Kinds: kinds, Theme: equipment().look}, site.Site{Name: "Ministry of Mines", BaseURL: "https://press.example.org", Languages: []string{"en", "fr"}})
	orFail(t, err)
	d := openDesk(t, deskOptions{change: func(o *Options) { o.Face, o.Origins = face, []string{origin} }})
	for range 2 { // made, and from memory
		for _, from := range []string{origin, ""} {
			a := d.as("", "GET", "/", "", "Origin", from)
			if vary := strings.Join(a.Header.Values("Vary"), ", "); a.StatusCode != 200 || a.Header.Get("Access-Control-Allow-Origin") != from || vary != "Origin, Accept-Language, Accept-Encoding" {
				t.Errorf("from %q: status %d, for %q, Vary %q", from, a.StatusCode, a.Header.Get("Access-Control-Allow-Origin"), vary)
			}
		}
	}
}
