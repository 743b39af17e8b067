package api

import (
	"net/http"

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
		Description: "It does not while starting, and no longer once it has been told to stop; requests in flight are finished all the same.",
		Responses:   s.responses(answers("ready"), internalError, notReady),
	}, s.handle(func(c *gin.Context) *Problem {
		if !s.ready.Load() {
			return notReady.because("the server is starting or stopping")
		}
		return alive(c, "ready")
	}))
}

// probes answer HEAD as GET is answered, without a body: some load balancers ask so.
func (s *Server) probes(router *gin.Engine) {
	router.HEAD(healthPath, func(c *gin.Context) { c.Status(http.StatusOK) })
	router.HEAD(readyPath, func(c *gin.Context) {
		if s.ready.Load() {
			c.Status(http.StatusOK)
		} else {
			c.Status(notReady.status)
		}
	})
}

func alive(c *gin.Context, status string) *Problem {
	c.Header("Content-Type", "application/json")
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	writeJSON(c, Health{status})
	return nil
}
