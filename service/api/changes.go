package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
)

// etag is the entity tag of a version of a publication.
func etag(version int64) string { return `"v` + strconv.FormatInt(version, 10) + `"` }

// matches tells whether a list of entity tags names a tag, compared weakly (RFC 9110, 8.8.3.2).
func matches(list, tag string) bool {
	for entry := range strings.SplitSeq(list, ",") {
		if entry = strings.TrimSpace(entry); entry == "*" || strings.TrimPrefix(entry, "W/") == tag {
			return true
		}
	}
	return false
}

// change reads what every request to change a publication has: its conditions,
// and its idempotency key with a fingerprint of all else that it says.
func (s *Server) change(c *gin.Context, who access.Identity, said ...string) (office.Change, *Problem) {
	change := office.Change{Slug: c.Param("slug"), Caller: caller(c, who)}
	if header, given := headerOf(c, "If-Match"); given && header != "*" {
		digits, ok := strings.CutPrefix(strings.Trim(header, `"`), "v")
		version, err := strconv.ParseInt(digits, 10, 64)
		if !ok || err != nil || version < 1 || etag(version) != header {
			return change, preconditionFailed.because(fmt.Sprintf("If-Match is %s, which is no ETag of a publication: send one as GET gives it", header))
		}
		change.IfMatch = version
	}
	if header, given := headerOf(c, "If-None-Match"); given {
		if header != "*" {
			return change, preconditionFailed.because("If-None-Match can only be *, for what must not exist yet")
		}
		change.IfNone = true
	}
	key, given := headerOf(c, "Idempotency-Key")
	if !given {
		return change, nil
	}
	if !harmlessID(strings.Trim(key, `"`)) {
		return change, invalidRequest.because("the Idempotency-Key is not usable: send 1 to 64 letters, digits, dots, dashes and underscores")
	}
	hash := sha256.New()
	for _, part := range append([]string{c.Request.Method, c.Request.URL.Path, c.GetHeader("If-Match")}, said...) {
		fmt.Fprintf(hash, "%d:%s", len(part), part)
	}
	change.Idempotency = office.Idempotency{Key: strings.Trim(key, `"`), Fingerprint: hex.EncodeToString(hash.Sum(nil))}
	return change, nil
}

// headerOf is a header of a request. One that is given empty says something too:
// who lost the value in a script must not overwrite what somebody else did.
func headerOf(c *gin.Context, name string) (value string, given bool) {
	return c.GetHeader(name), len(c.Request.Header.Values(name)) > 0
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
	c.Header("ETag", etag(answer.Publication.Version))
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
