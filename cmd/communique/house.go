package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"communique/service/access"
	"communique/service/api"
	"communique/service/files"
	"communique/service/jobs"
	"communique/service/office"
	"communique/service/press"
	"communique/service/store"
	"communique/service/telemetry"
	"communique/service/webhook"
)

// house is what a server stands on. What was opened last is closed first: after the
// requests the jobs finish, then the index rests, then files and database close.
type house struct {
	flags   *serveFlags
	log     *slog.Logger
	metrics *telemetry.Metrics
	closers []func(context.Context) error
}

func (h *house) later(closer func(context.Context) error) { h.closers = append(h.closers, closer) }

// close gives everything back. Each part may take as long as requests may.
func (h *house) close() error {
	var errs []error
	for _, closer := range slices.Backward(h.closers) {
		limit, cancel := context.WithTimeout(context.Background(), h.flags.limits.Stop)
		errs = append(errs, closer(limit))
		cancel()
	}
	return errors.Join(errs...)
}

// observe makes metrics and traces.
func (h *house) observe(ctx context.Context, o *api.Options) error {
	h.metrics = telemetry.New(programVersion())
	o.Metrics, o.ServeMetrics, o.OpenMetrics = h.metrics, h.flags.metricsAddr == "", h.flags.openMetrics()
	var err error
	if o.Tracer, err = telemetry.NewTracer(ctx, programVersion(), h.log); err != nil {
		return err
	}
	h.later(o.Tracer.Close)
	if o.ServeMetrics {
		return nil
	}
	return h.serveMetrics(ctx)
}

// serveMetrics answers /metrics, and nothing else, at an address of its own.
func (h *house) serveMetrics(ctx context.Context) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", h.flags.metricsAddr)
	if err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	routes := http.NewServeMux()
	routes.Handle("GET /metrics", h.metrics.Handler())
	const patience = 10 * time.Second
	server := &http.Server{Handler: routes, ReadTimeout: patience, WriteTimeout: patience, ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelWarn)}
	go func() { _ = server.Serve(listener) }() // it ends when it is closed
	h.later(func(context.Context) error { return server.Close() })
	h.log.Info("metrics", "url", "http://"+listener.Addr().String()+"/metrics")
	return nil
}

// open opens the office with its queue, and makes its first key.
func (h *house) open(ctx context.Context, t *terminal, r resources, o *api.Options) error {
	policy, err := h.flags.receivers.policy()
	if err != nil {
		return err
	}
	people, err := h.flags.people.people()
	if err != nil {
		return err
	}
	kept, err := h.flags.office.connect(ctx, store.Options{Called: h.called(h.metrics.StoreCall)}, files.Options{Called: h.called(h.metrics.FilesCall)})
	if err != nil {
		return err
	}
	h.later(func(context.Context) error { return kept.Close() })
	options, err := h.flags.office.options(kept, r.locales)
	if err != nil {
		return err
	}
	options.Renderer, options.Log, options.Receivers = o.Renderer, h.log, policy
	options.Late = h.metrics.Released
	options.Rendered = func(took time.Duration, err error) {
		h.metrics.Rendered("several", took, telemetry.OutcomeOf(err))
	}
	if options.Queue, err = h.queue(ctx, kept.store); err != nil {
		return err
	}
	if o.Office, err = office.Open(ctx, options); err != nil {
		return err
	}
	if o.Face, err = h.flags.office.face(o.Office, r.templates, o.Theme); err != nil {
		return err
	}
	if err := h.metrics.IndexAge(o.Office.Age); err != nil {
		return err
	}
	o.Authenticator = &access.Authenticator{Find: o.Office.FindKey, Used: o.Office.KeyUsed, People: people}
	h.keep(ctx, o.Office)
	if err := h.work(ctx, options.Queue, o.Office, policy); err != nil {
		return err
	}
	secret, err := o.Office.FirstKey(ctx)
	if err == nil && secret != "" {
		_, err = fmt.Fprintf(t.out, "The first admin key, which is not shown again:\n\n  %s\n\n", secret)
	}
	return err
}

// called tells metrics of a call; what was only refused has not failed.
func (h *house) called(tell func(string, time.Duration, telemetry.Outcome)) func(string, time.Duration, error) {
	return func(operation string, took time.Duration, err error) {
		if _, refused := errors.AsType[*press.Error](err); refused || errors.Is(err, files.ErrNotFound) || errors.Is(err, context.Canceled) {
			err = nil
		}
		tell(operation, took, telemetry.OutcomeOf(err))
	}
}

// queue opens the queue, and brings all tables up to date: on SQLite only once this
// process is the only server.
func (h *house) queue(ctx context.Context, database *store.Store) (*jobs.Queue, error) {
	if err := database.Alone(); err != nil {
		return nil, err
	}
	q, err := jobs.Open(jobs.Options{Store: database, Log: slog.New(troubles{h.log.Handler()})})
	if err != nil {
		return nil, err
	}
	return q, database.Migrate(ctx, q.Migrate)
}

// keep renews the index until everything that needs it has ended.
func (h *house) keep(ctx context.Context, o *office.Office) {
	keep, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		o.Keep(keep)
	}()
	h.later(func(context.Context) error {
		stop()
		<-done
		return nil
	})
}

// forget is the age at which what nobody needs any more is deleted.
const forget = 24 * time.Hour

// work starts the jobs.
func (h *house) work(ctx context.Context, q *jobs.Queue, o *office.Office, policy webhook.Policy) error {
	sender := webhook.NewSender(webhook.Options{Policy: policy, Agent: "communique/" + programVersion()})
	h.later(q.Stop)
	return q.Start(ctx, jobs.Work{
		Release: o.Release,
		Send: func(ctx context.Context, address string, m webhook.Message) webhook.Result {
			r := sender.Send(ctx, address, m)
			h.metrics.Delivered(outcomeOf(r))
			return r
		},
		Sweep: func(ctx context.Context) error { return o.Sweep(ctx, forget) },
	})
}

func outcomeOf(r webhook.Result) telemetry.Outcome {
	switch {
	case r.Delivered():
		return telemetry.OK
	case r.Class == webhook.RefusedURL || r.Class == webhook.RefusedAddress:
		return telemetry.Refused
	}
	return telemetry.Failed
}
