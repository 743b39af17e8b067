package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
)

// change reads what every request to change a publication has: its conditions,
// and its idempotency key with a fingerprint of all else that it says.
func (s *Server) change(c *gin.Context, who access.Identity, said ...string) (office.Change, *Problem) {
	change := office.Change{Slug: c.Param("slug"), Caller: caller(c, who)}
	var problem *Problem
	if change.IfMatch, problem = condition(c, "If-Match", false); problem != nil {
		return change, problem
	}
	if change.IfNone, problem = condition(c, "If-None-Match", true); problem != nil {
		return change, problem
	}
	keys := c.Request.Header.Values(idempotencyKey)
	if keys == nil {
		return change, nil
	}
	key := strings.Trim(strings.Join(keys, ", "), `"`)
	if !harmlessID(key) {
		return change, invalidRequest.because("the Idempotency-Key is not usable: send 1 to 64 letters, digits, dots, dashes and underscores")
	}
	hash := sha256.New()
	conditions := []string{strings.Join(c.Request.Header.Values("If-Match"), ","), strings.Join(c.Request.Header.Values("If-None-Match"), ",")}
	for _, part := range slices.Concat([]string{c.Request.Method, c.Request.URL.Path}, conditions, said) {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	change.Idempotency = office.Idempotency{Key: key, Fingerprint: hex.EncodeToString(hash.Sum(nil))}
	return change, nil
}

// fingerprintOf tells sources and pictures from others.
func fingerprintOf(m office.Material) string {
	hash := sha256.New()
	for _, source := range m.Sources {
		fmt.Fprintf(hash, "%q %d\n", source.Name, len(source.Data))
		hash.Write(source.Data)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Pictures)) {
		fmt.Fprintf(hash, "%q %d\n", name, len(m.Pictures[name]))
		hash.Write(m.Pictures[name])
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// answerChange tells what a change has made.
func (s *Server) answerChange(c *gin.Context, answer *office.Answer, body any) *Problem {
	c.Header("ETag", etag(answer.Publication))
	if answer.Replayed {
		c.Header("Idempotency-Replayed", "true")
	}
	status := http.StatusOK
	if answer.Created {
		status = http.StatusCreated
		c.Header("Location", publicationsPath+"/"+answer.Publication.Slug)
	}
	return answerJSON(c, status, body)
}

// inSlot does work that renders in a slot, within Limits.RenderTime.
func (s *Server) inSlot(c *gin.Context, work func() *Problem) *Problem {
	ctx := c.Request.Context()
	if err := s.gate.begin(ctx, s.limits.RenderTime); err != nil {
		return s.renderProblem(c, err)
	}
	defer s.gate.end()
	limited, cancel := context.WithTimeout(ctx, s.limits.RenderTime)
	defer cancel()
	c.Request = c.Request.WithContext(limited)
	return work()
}
