// Package telemetry says how the service does: Prometheus metrics and
// OpenTelemetry traces. It owns their names and must never learn what is
// published: no slug, title, language or person stands in a label or a span,
// and every label has a bounded number of values. It keeps no global state.
package telemetry

import (
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Outcome is how a call or a delivery ended.
type Outcome string

// The outcomes.
const (
	OK     Outcome = "ok"
	Failed Outcome = "failed"
	// Refused is a delivery to an address that the service does not call.
	Refused Outcome = "refused"
	// GaveUp is a delivery that is not tried again.
	GaveUp Outcome = "gave-up"
)

// OutcomeOf is OK without an error, else Failed.
func OutcomeOf(err error) Outcome {
	if err != nil {
		return Failed
	}
	return OK
}

// Metrics counts and measures. Its methods can be called from everywhere at
// the same time; those of a nil Metrics do nothing.
type Metrics struct {
	registry   *prometheus.Registry
	routes     *names
	operations *names

	requests   *prometheus.HistogramVec
	underway   prometheus.Gauge
	limited    *prometheus.CounterVec
	renders    *prometheus.HistogramVec
	calls      *prometheus.HistogramVec
	lateness   prometheus.Histogram
	deliveries *prometheus.CounterVec
}

// Bounds of durations, in seconds.
var (
	quick = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	slow  = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
	late  = []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600}
)

// maxOperations bounds the names of calls and formats.
const maxOperations = 100

// New makes metrics in a registry of their own, with the program's version and the Go runtime.
func New(version string) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(), routes: newNames(0), operations: newNames(maxOperations)}
	m.requests = histogram("http_request_duration_seconds", "Time to answer a request, by the pattern of its route.", quick, "route", "method", "status")
	m.underway = prometheus.NewGauge(prometheus.GaugeOpts{Name: prefix + "http_requests_in_flight", Help: "Requests being answered."})
	m.limited = counter("http_requests_limited", "Requests refused by a rate limit.", "limit")
	m.renders = histogram("render_duration_seconds", "Time to render an edition.", slow, "format", "outcome")
	m.calls = histogram("backend_call_duration_seconds", "Time of a call to the database or to the files.", quick, "backend", "operation", "outcome")
	m.lateness = prometheus.NewHistogram(prometheus.HistogramOpts{Name: prefix + "release_lateness_seconds", Help: "From the instant of a release to when this process serves it.", Buckets: late})
	m.deliveries = counter("webhook_deliveries", "Attempts to deliver webhooks.", "outcome")
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: prefix + "build_info", Help: "The version of the program; the value is always 1.",
		ConstLabels: prometheus.Labels{"version": version, "revision": revision()},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.underway, m.limited, m.renders, m.calls, m.lateness, m.deliveries, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// prefix begins the name of every metric of ours.
const prefix = "communique_"

func histogram(name, help string, bounds []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: prefix + name, Help: help, Buckets: bounds}, labels)
}

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: prefix + name + "_total", Help: help}, labels)
}

// revision is the commit that the program was built from, if it was told.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
}

// Handler answers /metrics, in OpenMetrics to whoever asks for it.
func (m *Metrics) Handler() http.Handler {
	if m == nil {
		return http.NotFoundHandler()
	}
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{EnableOpenMetrics: true})
}

// DeclareRoutes names the patterns that requests may be counted under, such
// as /p/:slug. What is not declared is counted as "other": so a path can never
// become a label by mistake.
func (m *Metrics) DeclareRoutes(patterns ...string) {
	if m != nil {
		m.routes.declare(patterns...)
	}
}

// Begin counts a request; defer what it returns, which is told the pattern of
// the route ("" if none fits) and the status.
func (m *Metrics) Begin() (end func(route, method string, status int)) {
	if m == nil {
		return func(string, string, int) {}
	}
	start := time.Now()
	m.underway.Inc()
	return func(route, method string, status int) {
		m.underway.Dec()
		m.requests.WithLabelValues(m.routes.known(route), knownMethod(method), statusClass(status)).Observe(time.Since(start).Seconds())
	}
}

// Limit is which rate limit refused a request.
type Limit string

// The limits.
const (
	LimitIdentity  Limit = "identity"
	LimitAnonymous Limit = "anonymous"
	LimitFailures  Limit = "failures"
)

// Limited counts a request that a rate limit has refused.
func (m *Metrics) Limited(by Limit) {
	if m != nil {
		m.limited.WithLabelValues(string(by)).Inc()
	}
}

// Rendered measures the render of one edition in a format of the facade's table.
func (m *Metrics) Rendered(format string, took time.Duration, outcome Outcome) {
	if m != nil {
		m.renders.WithLabelValues(m.operations.known(format), string(outcome)).Observe(took.Seconds())
	}
}

// StoreCall measures a call of the database; the operation is a constant of
// the caller, never a value.
func (m *Metrics) StoreCall(operation string, took time.Duration, outcome Outcome) {
	m.call("store", operation, took, outcome)
}

// FilesCall measures a call of the files, as StoreCall does.
func (m *Metrics) FilesCall(operation string, took time.Duration, outcome Outcome) {
	m.call("files", operation, took, outcome)
}

func (m *Metrics) call(backend, operation string, took time.Duration, outcome Outcome) {
	if m != nil {
		m.calls.WithLabelValues(backend, m.operations.known(operation), string(outcome)).Observe(took.Seconds())
	}
}

// Released measures how long after its instant this process began to serve a release.
func (m *Metrics) Released(after time.Duration) {
	if m != nil {
		m.lateness.Observe(max(after, 0).Seconds())
	}
}

// Delivered counts an attempt to deliver a webhook.
func (m *Metrics) Delivered(outcome Outcome) {
	if m != nil {
		m.deliveries.WithLabelValues(string(outcome)).Inc()
	}
}

// Queue shows the length of a queue, asked for when metrics are read. The
// error tells that the name is taken.
func (m *Metrics) Queue(name string, length func() int) error {
	return m.gauge(prometheus.GaugeOpts{
		Name: prefix + "queue_length", Help: "What waits in a queue.", ConstLabels: prometheus.Labels{"queue": name},
	}, func() float64 { return float64(length()) })
}

// IndexAge shows how old the snapshot of the index in memory is, asked for when metrics are read.
func (m *Metrics) IndexAge(age func() time.Duration) error {
	return m.gauge(prometheus.GaugeOpts{
		Name: prefix + "index_age_seconds", Help: "Age of the index in memory, on the database's clock.",
	}, func() float64 { return age().Seconds() })
}

func (m *Metrics) gauge(o prometheus.GaugeOpts, read func() float64) error {
	if m == nil {
		return nil
	}
	return m.registry.Register(prometheus.NewGaugeFunc(o, read))
}

// statusClass is 2xx and so on.
func statusClass(status int) string {
	if status < 100 || status > 599 {
		return other
	}
	return strconv.Itoa(status/100) + "xx"
}
