package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// Tracer makes spans. One that is off, and a nil one, costs a comparison.
type Tracer struct {
	// tracer is nil if tracing is off.
	tracer   trace.Tracer
	provider *sdk.TracerProvider
}

// w3c reads and writes the traceparent field. Baggage is not taken from strangers.
var w3c propagation.TraceContext

// NewTracer makes a tracer that exports over OTLP/HTTP, if the environment
// names where to: OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT.
// The other variables of OpenTelemetry hold too (sampler, headers, resource),
// and OTEL_SDK_DISABLED=true or OTEL_TRACES_EXPORTER=none turn it off. A
// collector that is away is told to the log and disturbs nothing else.
func NewTracer(ctx context.Context, version string, log *slog.Logger) (*Tracer, error) {
	if !wanted() {
		return &Tracer{}, nil
	}
	if p := os.Getenv("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"); p == "grpc" || p == "" && os.Getenv("OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc" {
		return nil, errors.New("traces are asked for over gRPC, which this program does not speak: set OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf and the collector's HTTP endpoint, usually port 4318")
	}
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, fmt.Errorf("tracing by the OTEL_EXPORTER_OTLP_… variables: %w", err)
	}
	return newTracer(ctx, version, sdk.WithBatcher(logged{exporter, log}))
}

// newTracer makes a tracer that is on. What the environment says of the
// resource goes before the defaults.
func newTracer(ctx context.Context, version string, export sdk.TracerProviderOption) (*Tracer, error) {
	about, err := resource.New(ctx,
		resource.WithTelemetrySDK(),
		resource.WithAttributes(semconv.ServiceName("communique"), semconv.ServiceVersion(version)),
		resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("tracing by OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	provider := sdk.NewTracerProvider(export, sdk.WithResource(about), sdk.WithoutPanicRecording())
	return &Tracer{tracer: provider.Tracer("communique"), provider: provider}, nil
}

func wanted() bool {
	off := strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") || os.Getenv("OTEL_TRACES_EXPORTER") == "none"
	return !off && os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")+os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != ""
}

// Close exports what is left. The tracer makes no spans afterwards.
func (t *Tracer) Close(ctx context.Context) error {
	if t.off() {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

func (t *Tracer) off() bool { return t == nil || t.tracer == nil }

// Request begins the span of a request, below the caller's if it sends a
// traceparent. The request goes on with the context that is returned; the end
// is told the pattern of the route ("" if none fits) and the status. Neither
// path nor query is kept: a slug can be under embargo.
func (t *Tracer) Request(r *http.Request) (ctx context.Context, end func(route string, status int)) {
	if t.off() {
		return r.Context(), func(string, int) {}
	}
	method := knownMethod(r.Method)
	ctx = w3c.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
	ctx, span := t.tracer.Start(ctx, method, trace.WithSpanKind(trace.SpanKindServer), trace.WithAttributes(httpMethod(method)))
	return ctx, func(route string, status int) {
		if route != "" {
			span.SetName(method + " " + route)
			span.SetAttributes(semconv.HTTPRoute(route))
		}
		span.SetAttributes(semconv.HTTPResponseStatusCode(status))
		if status >= 500 {
			span.SetStatus(codes.Error, "")
			span.SetAttributes(semconv.ErrorTypeKey.String(statusClass(status)))
		}
		span.End()
	}
}

// httpMethod says _OTHER for invented methods, as the conventions have it.
func httpMethod(method string) attribute.KeyValue {
	if method == other {
		return semconv.HTTPRequestMethodOther
	}
	return semconv.HTTPRequestMethodKey.String(method)
}

// Span begins a span within the one of the context. Its name is a constant of
// the caller, such as "render pdf". Of an error only its type is kept: its
// text may name what is not published.
func (t *Tracer) Span(ctx context.Context, name string) (inner context.Context, end func(error)) {
	if t.off() {
		return ctx, func(error) {}
	}
	ctx, span := t.tracer.Start(ctx, name)
	return ctx, func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, "")
			span.SetAttributes(semconv.ErrorTypeKey.String(fmt.Sprintf("%T", err)))
		}
		span.End()
	}
}

// Inject writes the context's traceparent into an outgoing request.
func (t *Tracer) Inject(ctx context.Context, header http.Header) {
	if !t.off() {
		w3c.Inject(ctx, propagation.HeaderCarrier(header))
	}
}

// logged tells failures of the exporter to the program's log; by itself the
// library has one for the whole process.
type logged struct {
	sdk.SpanExporter
	log *slog.Logger
}

func (l logged) ExportSpans(ctx context.Context, spans []sdk.ReadOnlySpan) error {
	if err := l.SpanExporter.ExportSpans(ctx, spans); err != nil && l.log != nil {
		l.log.Warn("traces are lost", "spans", len(spans), "error", err)
	}
	return nil
}
