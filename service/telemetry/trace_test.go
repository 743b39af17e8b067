package telemetry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
)

// ways are the variables that turn tracing on and off.
var ways = []string{"OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"}

// environment sets the variables, and empties the others.
func environment(t *testing.T, set map[string]string) {
	for _, name := range ways {
		t.Setenv(name, set[name])
	}
}

func inMemory(t *testing.T) (*Tracer, *tracetest.InMemoryExporter) {
	t.Helper()
	spans := tracetest.NewInMemoryExporter()
	tracer, err := newTracer(t.Context(), "1.2.3", sdk.WithSyncer(spans))
	if err != nil {
		t.Fatal(err)
	}
	return tracer, spans
}

const (
	parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	slug   = "embargoed-merger"
)

func TestARequestIsASpanOfItsRoute(t *testing.T) {
	tracer, exported := inMemory(t)
	r := httptest.NewRequest("GET", "/p/"+slug+"?title="+slug, nil)
	r.Header.Set("Traceparent", parent)
	r.Header.Set("Baggage", "title="+slug)
	ctx, end := tracer.Request(r)
	inner, done := tracer.Span(ctx, "render pdf")
	out := http.Header{}
	tracer.Inject(inner, out)
	done(fmt.Errorf("rendering %s: %w", slug, errors.New("no room")))
	end("/p/:slug", 503)

	spans := exported.GetSpans()
	if len(spans) != 2 {
		t.Fatalf("%d spans", len(spans))
	}
	render, request := spans[0], spans[1]
	if request.Name != "GET /p/:slug" || request.SpanKind != trace.SpanKindServer || request.Parent.SpanID().String() != "00f067aa0ba902b7" {
		t.Errorf("request: %s, %v, below %v", request.Name, request.SpanKind, request.Parent.SpanID())
	}
	if got := attributes(request); got != "http.request.method=GET http.route=/p/:slug http.response.status_code=503 error.type=5xx" {
		t.Errorf("request: %s", got)
	}
	if render.Name != "render pdf" || render.Parent.SpanID() != request.SpanContext.SpanID() || attributes(render) != "error.type=*fmt.wrapError" {
		t.Errorf("render: %s, %s", render.Name, attributes(render))
	}
	if want := "00-4bf92f3577b34da6a3ce929d0e0e4736-" + render.SpanContext.SpanID().String() + "-01"; out.Get("Traceparent") != want || out.Get("Baggage") != "" {
		t.Errorf("handed on: %v", out)
	}
	if all := fmt.Sprintf("%+v", spans); strings.Contains(all, slug) {
		t.Errorf("a slug stands in %s", all)
	}
}

func attributes(s tracetest.SpanStub) string {
	var list []string
	for _, a := range s.Attributes {
		list = append(list, string(a.Key)+"="+a.Value.Emit())
	}
	return strings.Join(list, " ")
}

func TestARequestWithoutARouteNamesNothing(t *testing.T) {
	tracer, exported := inMemory(t)
	r := httptest.NewRequest("BREW", "/"+slug, nil)
	_, end := tracer.Request(r)
	end("", 404)
	got := exported.GetSpans()[0]
	if got.Name != "other" || attributes(got) != "http.request.method=_OTHER http.response.status_code=404" || got.Parent.IsValid() {
		t.Errorf("%s: %s", got.Name, attributes(got))
	}
}

func TestLogLinesWithinASpanNameIt(t *testing.T) {
	tracer, exported := inMemory(t)
	var out bytes.Buffer
	log := slog.New(LogHandler(slog.NewJSONHandler(&out, nil))).With("id", "r1")
	ctx, done := tracer.Span(t.Context(), "render pdf")
	log.InfoContext(ctx, "within")
	done(nil)
	log.InfoContext(t.Context(), "without")
	span := exported.GetSpans()[0].SpanContext
	var within, without map[string]any
	lines := json.NewDecoder(&out)
	if err := errors.Join(lines.Decode(&within), lines.Decode(&without)); err != nil {
		t.Fatal(err)
	}
	if within["trace_id"] != span.TraceID().String() || within["span_id"] != span.SpanID().String() || within["id"] != "r1" {
		t.Errorf("within: %v", within)
	}
	if _, ok := without["trace_id"]; ok {
		t.Errorf("without: %v", without)
	}
}

func TestTracingIsOffUnlessAnEndpointIsNamed(t *testing.T) {
	const collector = "http://127.0.0.1:4318"
	for name, c := range map[string]struct {
		set map[string]string
		on  bool
	}{
		"nothing":         {nil, false},
		"endpoint":        {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector}, true},
		"traces endpoint": {map[string]string{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": collector}, true},
		"disabled":        {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "OTEL_SDK_DISABLED": "true"}, false},
		"no exporter":     {map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "OTEL_TRACES_EXPORTER": "none"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			environment(t, c.set)
			tracer, err := NewTracer(t.Context(), "1", nil)
			if err != nil {
				t.Fatal(err)
			}
			ctx, done := tracer.Span(t.Context(), "render pdf")
			if on := trace.SpanContextFromContext(ctx).IsValid(); on != c.on {
				t.Errorf("on: %v", on)
			}
			if !c.on { // what is on would export to nobody
				done(nil)
			}
			if err := tracer.Close(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	environment(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
	if _, err := NewTracer(t.Context(), "1", nil); err == nil || !strings.Contains(err.Error(), "http/protobuf") {
		t.Errorf("gRPC: %v", err)
	}
}

func TestSpansReachACollector(t *testing.T) {
	received := make(chan []byte, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != "/v1/traces" || r.Header.Get("X-Tenant") != "press" {
			http.Error(w, "unexpected", http.StatusBadRequest)
			return
		}
		received <- body
	}))
	defer collector.Close()
	environment(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL})
	t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-tenant=press")
	t.Setenv("OTEL_SERVICE_NAME", "press-office")
	tracer, err := NewTracer(t.Context(), "1.2.3", nil)
	if err != nil {
		t.Fatal(err)
	}
	_, done := tracer.Span(t.Context(), "render pdf")
	done(nil)
	if err := tracer.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	body := <-received
	for _, part := range []string{"render pdf", "press-office", "1.2.3"} {
		if !bytes.Contains(body, []byte(part)) {
			t.Errorf("no %q in what was exported", part)
		}
	}
}

func TestALostCollectorIsToldToTheLog(t *testing.T) {
	collector := httptest.NewServer(http.NotFoundHandler())
	defer collector.Close()
	environment(t, map[string]string{"OTEL_EXPORTER_OTLP_ENDPOINT": collector.URL})
	var out bytes.Buffer
	tracer, err := NewTracer(t.Context(), "1", slog.New(slog.NewTextHandler(&out, nil)))
	if err != nil {
		t.Fatal(err)
	}
	_, done := tracer.Span(context.Background(), "render pdf")
	done(nil)
	if err := tracer.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if !strings.Contains(out.String(), "traces are lost") || !strings.Contains(out.String(), "spans=1") {
		t.Errorf("log: %s", out.String())
	}
}

func TestNoTracerDoesNothing(t *testing.T) {
	var tracer *Tracer
	ctx, end := tracer.Request(httptest.NewRequest("GET", "/", nil))
	_, done := tracer.Span(ctx, "render pdf")
	done(nil)
	end("/", 200)
	header := http.Header{}
	tracer.Inject(ctx, header)
	if err := tracer.Close(ctx); err != nil || len(header) != 0 {
		t.Errorf("%v, %v", err, header)
	}
	if n := testing.AllocsPerRun(100, func() {
		_, done := tracer.Span(ctx, "render pdf")
		done(nil)
	}); n != 0 {
		t.Errorf("%v allocations while off", n)
	}
}
