// Package api is the HTTP face of communique: Gin routes, huma operations and
// the OpenAPI document made from them, one file per resource. It owns requests,
// limits and answers, and must never know how a publication is made: handlers
// see the facade, the vocabulary and the resources, and keep nothing.
package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/net/netutil"

	"communique/render"
	"communique/render/theme"
	"communique/service/access"
	"communique/service/office"
	"communique/service/site"
	"communique/service/telemetry"
)

// Options are what a Server is made of.
type Options struct {
	// Renderer makes the publications.
	Renderer *render.Renderer
	// Theme is the look of the server's own pages.
	Theme *theme.Theme
	// Version is the program's, as the OpenAPI document tells it.
	Version string
	// Logger hears of every request; nil is silence. No source text is logged.
	Logger *slog.Logger
	// Limits bound what requests can take; zero fields have defaults.
	Limits Limits
	// Office keeps publications; nil makes a server that renders and keeps nothing.
	Office *office.Office
	// Face makes the public pages of the office; nil leaves them out.
	Face *site.Face
	// Authenticator tells who asks.
	Authenticator *access.Authenticator
	// Rates are the rates at which requests are taken.
	Rates access.LimitOptions
	// Anonymous lets anyone who reaches the server render.
	Anonymous bool
	// Proxies are the networks whose word about the client's address counts.
	Proxies []netip.Prefix
	// Origins are the sites whose scripts may use the service; * is any, none by default.
	Origins []string
	// Metrics count and measure, Tracer makes spans; nil is neither.
	Metrics *telemetry.Metrics
	Tracer  *telemetry.Tracer
	// ServeMetrics answers /metrics: to administrators, or with OpenMetrics to anyone.
	ServeMetrics, OpenMetrics bool
}

// Server answers HTTP. It is ready from the start of Serve until its end begins.
type Server struct {
	options Options
	limits  Limits
	log     *slog.Logger
	render  func(context.Context, render.Request) (*render.Result, error)
	gate    *gate
	limiter *access.Limits
	handler http.Handler
	ready   atomic.Bool
	health  *checkup
	// components are the schemas of the OpenAPI document.
	components huma.Registry
}

// New makes a server, its OpenAPI document and its pages.
func New(o Options) (*Server, error) {
	s := &Server{options: o, limits: o.Limits.withDefaults(), log: o.Logger, render: o.Renderer.Render}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.limiter = access.NewLimits(o.Rates)
	if s.options.Authenticator == nil { // without an office there are no keys
		s.options.Authenticator = &access.Authenticator{Find: func(context.Context, string) (*access.Key, error) { return nil, nil }}
	}
	s.gate = newGate(s.limits.Slots, s.limits.Queue)
	if o.Office != nil {
		s.health = &checkup{ask: o.Office.Ready, log: s.log}
	}
	if err := CheckOrigins(o.Origins); err != nil {
		return nil, err
	}
	var err error
	if s.handler, err = s.routes(); err != nil {
		return nil, err
	}
	return s, nil
}

// office is where publications are kept. Operations on them are registered only
// where there is one.
func (s *Server) office() *office.Office { return s.options.Office }

// public tells whether readers find pages here.
func (s *Server) public() bool { return s.office() != nil && s.options.Face != nil }

// Handler is the server's routes, for a listener of the caller's own.
func (s *Server) Handler() http.Handler { return s.handler }

// Times and sizes of the connection that nobody needs to set.
const (
	headerTime     = 10 * time.Second
	writeTime      = 30 * time.Second
	idleTime       = 60 * time.Second
	maxHeaderBytes = 32 << 10
	maxConnections = 1024
)

// Serve answers on the listener until the context ends. Then it is no longer
// ready, waits Limits.Drain, stops listening and gives requests in flight
// Limits.Stop to finish; the error tells whether one was cut off.
func (s *Server) Serve(ctx context.Context, ln net.Listener) error {
	requests, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	server := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: headerTime,
		ReadTimeout:       headerTime + s.limits.BodyTime,
		WriteTimeout:      s.limits.BodyTime + 2*s.limits.RenderTime + writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
		BaseContext:       func(net.Listener) context.Context { return requests },
		ConnContext:       withGatherer,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(gathering{netutil.LimitListener(ln, maxConnections)}) }()
	s.ready.Store(true)
	defer s.ready.Store(false)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	s.ready.Store(false)
	s.log.Info("stopping", "drain", s.limits.Drain, "limit", s.limits.Stop)
	time.Sleep(s.limits.Drain)
	limit, cancel := context.WithTimeout(requests, s.limits.Stop)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		cut()
		return errors.Join(fmt.Errorf("requests were cut off after %v", s.limits.Stop), server.Close())
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
