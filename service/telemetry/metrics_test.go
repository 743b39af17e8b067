package telemetry

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// scrape reads the metrics as Prometheus does.
func scrape(t testing.TB, m *Metrics) (lines map[string]string, mediaType string) {
	t.Helper()
	server := httptest.NewServer(m.Handler())
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", "application/openmetrics-text;version=1.0.0")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || !strings.HasSuffix(string(body), "# EOF\n") {
		t.Fatalf("status %d: %s", answer.StatusCode, body)
	}
	lines = map[string]string{}
	for line := range strings.Lines(string(body)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && name != "#" {
			if at := strings.LastIndex(line, "} "); at > 0 { // label values may hold blanks
				name, value = line[:at+1], strings.TrimSpace(line[at+2:])
			}
			lines[name] = value
		}
	}
	return lines, answer.Header.Get("Content-Type")
}

func TestWhatIsMeasuredIsShown(t *testing.T) {
	m := New("1.2.3")
	m.DeclareRoutes("/p/:slug", "/v1/render")
	m.Begin()("/p/:slug", "GET", 200)
	m.Begin()("/p/:slug", "GET", 304)
	m.Begin()("", "GET", 404)
	open := m.Begin()
	m.Limited(LimitAnonymous)
	m.Rendered("pdf", 30*time.Millisecond, OK)
	m.StoreCall("publish", 2*time.Millisecond, OutcomeOf(nil))
	m.FilesCall("read", time.Millisecond, OutcomeOf(errors.New("away")))
	m.Released(700 * time.Millisecond)
	m.Released(-time.Second)
	m.Delivered(GaveUp)
	waiting := 3
	if err := errors.Join(m.Queue("render", func() int { return waiting }), m.Queue("webhooks", func() int { return 0 }), m.IndexAge(func() time.Duration { return 400 * time.Millisecond })); err != nil {
		t.Fatal(err)
	}
	waiting = 4
	got, mediaType := scrape(t, m)
	if !strings.HasPrefix(mediaType, "application/openmetrics-text") {
		t.Errorf("media type %s", mediaType)
	}
	for name, want := range map[string]string{
		`communique_http_request_duration_seconds_count{method="GET",route="/p/:slug",status="2xx"}`: "1",
		`communique_http_request_duration_seconds_count{method="GET",route="/p/:slug",status="3xx"}`: "1",
		`communique_http_request_duration_seconds_count{method="GET",route="other",status="4xx"}`:    "1",
		`communique_http_requests_in_flight`:                                                                "1.0",
		`communique_http_requests_limited_total{limit="anonymous"}`:                                         "1.0",
		`communique_render_duration_seconds_bucket{format="pdf",outcome="ok",le="0.025"}`:                   "0",
		`communique_render_duration_seconds_bucket{format="pdf",outcome="ok",le="0.05"}`:                    "1",
		`communique_backend_call_duration_seconds_sum{backend="store",operation="publish",outcome="ok"}`:    "0.002",
		`communique_backend_call_duration_seconds_count{backend="files",operation="read",outcome="failed"}`: "1",
		`communique_release_lateness_seconds_bucket{le="0.01"}`:                                             "1",
		`communique_release_lateness_seconds_bucket{le="1.0"}`:                                              "2",
		`communique_webhook_deliveries_total{outcome="gave-up"}`:                                            "1.0",
		`communique_queue_length{queue="render"}`:                                                           "4.0",
		`communique_queue_length{queue="webhooks"}`:                                                         "0.0",
		`communique_index_age_seconds`:                                                                      "0.4",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, not %s", name, got[name], want)
		}
	}
	for _, part := range []string{`communique_build_info{revision="`, "go_goroutines", "process_open_fds"} {
		if !hasPart(got, part) {
			t.Errorf("no %s", part)
		}
	}
	open("/v1/render", "POST", 200)
	if again, _ := scrape(t, m); again["communique_http_requests_in_flight"] != "0.0" {
		t.Error("an ended request is still in flight")
	}
	if m.Queue("render", func() int { return 0 }) == nil {
		t.Error("a queue was registered twice")
	}
}

func hasPart(lines map[string]string, part string) bool {
	for name := range lines {
		if strings.HasPrefix(name, part) {
			return true
		}
	}
	return false
}

// Whatever clients and callers invent, neither the number of labels grows
// nor does a text of theirs show.
func TestLabelsAreBoundedAndTellNothing(t *testing.T) {
	m := New("1")
	m.DeclareRoutes("/p/:slug")
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range 500 {
				secret := fmt.Sprintf("embargoed-%d-%d", worker, i)
				m.Begin()("/p/"+secret, secret, 100+i)
				m.Begin()("/p/:slug", "GET", 200)
				m.StoreCall(fmt.Sprintf("op%d", i), 0, OK)
				m.FilesCall("A Title of "+secret, 0, OK)
			}
		})
	}
	wait.Wait()
	got, _ := scrape(t, m)
	operations := 0
	for name := range got {
		if strings.Contains(name, "embargoed") {
			t.Errorf("%s names a slug", name)
		}
		if strings.HasPrefix(name, "communique_backend_call_duration_seconds_count") {
			operations++
		}
	}
	if operations != maxOperations+2 { // "other" of both backends
		t.Errorf("%d operations", operations)
	}
	if n := got[`communique_http_request_duration_seconds_count{method="GET",route="/p/:slug",status="2xx"}`]; n != "2000" {
		t.Errorf("%s requests of the route", n)
	}
}

func TestTwoMetricsShareNothing(t *testing.T) {
	a, b := New("1"), New("1")
	a.Delivered(OK)
	if got, _ := scrape(t, b); got[`communique_webhook_deliveries_total{outcome="ok"}`] != "" {
		t.Error("one counts for the other")
	}
}

func TestNoMetricsMeasureNothing(t *testing.T) {
	var m *Metrics
	m.DeclareRoutes("/")
	m.Begin()("/", "GET", 200)
	m.Limited(LimitIdentity)
	m.Rendered("pdf", 0, OK)
	m.StoreCall("read", 0, OK)
	m.Released(0)
	m.Delivered(OK)
	if err := errors.Join(m.Queue("a", nil), m.IndexAge(nil)); err != nil {
		t.Error(err)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
}

func BenchmarkBegin(b *testing.B) {
	m := New("1")
	m.DeclareRoutes("/p/:slug")
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			m.Begin()("/p/:slug", "GET", 200)
		}
	})
}
