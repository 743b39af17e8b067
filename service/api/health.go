package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// Health is the answer to a probe.
type Health struct {
	Status string `json:"status" enum:"ok,ready" doc:"ok: the process lives; ready: it takes work"`
}

func (s *Server) registerHealth(api huma.API) {
	answers := func(example string) map[string]*huma.Response {
		return map[string]*huma.Response{"200": {Description: "Yes", Headers: commonHeaders(),
			Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(Health{}), Example: Health{example}}}}}
	}
	huma.Register(api, huma.Operation{
		OperationID: "health", Method: http.MethodGet, Path: healthPath, Tags: []string{"Operation"},
		Summary:   "Does the process live?",
		Responses: s.responses(answers("ok"), internalError),
	}, s.handle(func(c *gin.Context) *Problem { return alive(c, "ok") }))
	huma.Register(api, huma.Operation{
		OperationID: "ready", Method: http.MethodGet, Path: readyPath, Tags: []string{"Operation"},
		Summary:     "Does the server take work?",
		Description: "It does not while starting, while the database, the files or the index in memory fail, and no longer once it has been told to stop; requests in flight are finished all the same.",
		Responses:   s.responses(answers("ready"), internalError, notReady),
	}, s.handle(func(c *gin.Context) *Problem {
		if reason := s.unready(c.Request.Context()); reason != "" {
			return notReady.because(reason)
		}
		return alive(c, "ready")
	}))
}

// unready says why the server takes no work; nothing if it does.
func (s *Server) unready(ctx context.Context) string {
	switch {
	case !s.ready.Load():
		return "the server is starting or stopping"
	case s.health != nil && s.health.check(ctx) != nil:
		return "the database, the files or the index in memory fail; the server's log says which"
	}
	return ""
}

// Bounds of a checkup.
const (
	checkEvery = time.Second
	checkTime  = 2 * time.Second
)

// checkup asks whether what the server stands on works, once in checkEvery however
// many probes come: those that come meanwhile wait for the answer, or get the last one.
type checkup struct {
	ask func(context.Context) error
	log *slog.Logger

	mu  sync.Mutex
	at  time.Time
	err error
}

func (k *checkup) check(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !k.at.IsZero() && time.Since(k.at) < checkEvery {
		return k.err
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), checkTime) // the answer is for everyone
	defer cancel()
	before := k.err
	k.err = k.ask(limit)
	k.at = time.Now()
	switch {
	case k.err != nil && before == nil:
		k.log.Error("not ready", "error", k.err)
	case k.err == nil && before != nil:
		k.log.Info("ready again")
	}
	return k.err
}

func alive(c *gin.Context, status string) *Problem {
	c.Header("Content-Type", "application/json")
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	writeJSON(c, Health{status})
	return nil
}
