package api

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// notesKey is where notes for the log travel with a request.
const notesKey = "communique.notes"

// idHeader carries the id of a request, there and back.
const idHeader = "X-Request-Id"

// identify gives every request an id: the caller's X-Request-Id if it is
// harmless, else a random one. The answer carries it.
func identify(c *gin.Context) {
	id := c.GetHeader(idHeader)
	if !harmlessID(id) {
		var b [8]byte
		rand.Read(b[:]) // never fails (crypto/rand, since Go 1.24)
		id = hex.EncodeToString(b[:])
	}
	c.Header(idHeader, id)
}

// harmlessID tells ids that can stand in logs, headers and addresses.
func harmlessID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == ""
}

func requestID(c *gin.Context) string { return c.Writer.Header().Get(idHeader) }

// note adds an attribute to the request's line in the log.
func note(c *gin.Context, key string, value any) {
	notes, _ := c.Get(notesKey)
	list, _ := notes.([]slog.Attr)
	c.Set(notesKey, append(list, slog.Any(key, value)))
}

// logged writes one line for each request: neither query nor file names nor
// text, for a name can be under embargo too.
func (s *Server) logged(c *gin.Context) {
	start := time.Now()
	c.Next()
	level := slog.LevelInfo
	status := c.Writer.Status()
	switch {
	case status >= 500 && status != http.StatusServiceUnavailable:
		level = slog.LevelError
	case c.FullPath() == healthPath || c.FullPath() == readyPath || c.FullPath() == metricsPath:
		level = slog.LevelDebug
	}
	attrs := []slog.Attr{
		slog.String("id", requestID(c)),
		slog.String("method", c.Request.Method),
		slog.String("route", c.FullPath()),
		slog.Int("status", status),
		slog.Int("bytes", max(c.Writer.Size(), 0)),
		slog.Float64("ms", float64(time.Since(start).Microseconds())/1000),
	}
	notes, _ := c.Get(notesKey)
	list, _ := notes.([]slog.Attr)
	s.log.LogAttrs(c.Request.Context(), level, "request", append(attrs, list...)...)
}

// recovered turns a panic into a problem that tells nothing of the inside.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if err, ok := fault.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(fault) // net/http's own way to cut a connection
		}
		s.log.Error("panic", "id", requestID(c), "fault", fmt.Sprint(fault), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			panic(http.ErrAbortHandler) // half an answer must not look whole
		}
		fail(c, internalError.because("the server failed; its log has the reason under this request id"))
	}()
	c.Next()
}

// safety is in every answer that says nothing else. The values are shared.
var safety = []field{oneField("X-Content-Type-Options", "nosniff"), oneField("Referrer-Policy", "no-referrer"),
	oneField("Cross-Origin-Resource-Policy", "same-origin"), oneField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")}

// secured sets the headers that every answer carries.
func secured(c *gin.Context) {
	h := c.Writer.Header()
	for _, f := range safety {
		h[f.name] = f.values
	}
}
