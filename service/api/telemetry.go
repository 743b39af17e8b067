package api

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/access"
	"communique/service/telemetry"
)

const metricsPath = "/metrics"

// measured counts and measures a request, and makes a span of it. Neither sees
// more of the address than the pattern of its route.
func (s *Server) measured(c *gin.Context) {
	count := s.options.Metrics.Begin()
	ctx, end := s.options.Tracer.Request(c.Request)
	c.Request = c.Request.WithContext(ctx)
	defer func() { // also when a connection is cut off by a panic
		end(c.FullPath(), c.Writer.Status())
		count(c.FullPath(), c.Request.Method, c.Writer.Status())
	}()
	c.Next()
}

// observe serves the metrics, and lets them see routes, renders and the queue. It
// is called when all routes are made.
func (s *Server) observe(router *gin.Engine) error {
	m := s.options.Metrics
	if m == nil {
		return nil
	}
	if s.options.ServeMetrics {
		serve := m.Handler()
		get(router, metricsPath, func(c *gin.Context) {
			if problem := s.mayObserve(c); problem != nil {
				fail(c, problem)
				return
			}
			c.Header("Cache-Control", "no-store")
			serve.ServeHTTP(c.Writer, c.Request)
		})
	}
	for _, route := range router.Routes() {
		m.DeclareRoutes(route.Path)
	}
	s.render = s.timed(s.render)
	return m.Queue("render", func() int { return len(s.gate.admitted) })
}

// mayObserve lets administrators see the metrics, and anyone where the server's
// options say so: how much is drafted before an announcement tells something.
func (s *Server) mayObserve(c *gin.Context) (problem *Problem) {
	if s.options.OpenMetrics {
		return nil
	}
	return s.admitted(access.Admin, func(*gin.Context, access.Identity) *Problem { return nil })(c)
}

// timed measures the renders of requests that keep nothing.
func (s *Server) timed(next func(context.Context, render.Request) (*render.Result, error)) func(context.Context, render.Request) (*render.Result, error) {
	return func(ctx context.Context, request render.Request) (*render.Result, error) {
		format := "several"
		if len(request.Formats) == 1 {
			format = string(request.Formats[0])
		}
		ctx, end := s.options.Tracer.Span(ctx, "render")
		began := time.Now()
		result, err := next(ctx, request)
		end(err)
		s.options.Metrics.Rendered(format, time.Since(began), telemetry.OutcomeOf(err))
		return result, err
	}
}
