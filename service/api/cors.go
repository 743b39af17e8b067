package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/rs/cors"
)

// CheckOrigins refuses what no browser sends as an origin.
func CheckOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != "*" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Scheme+"://"+u.Host != origin) {
			return fmt.Errorf("%q is not an origin: expected one such as https://newsroom.example.org, without a path, or * for any", origin)
		}
	}
	return nil
}

// crossOrigin lets scripts of other sites use the service, where the options name
// their origins: public pages and the API alike. No cookie is ever involved, so
// that a script can do what the key that it holds allows, and nothing more.
func (s *Server) crossOrigin() gin.HandlerFunc {
	rules := cors.New(cors.Options{
		AllowedOrigins: s.options.Origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "If-Range", "Range", "X-Request-Id"},
		ExposedHeaders: []string{"Content-Disposition", "Content-Language", warningsHeader, "ETag", "Idempotency-Replayed", "Link", "Location",
			"RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"},
		MaxAge: 600,
	})
	return func(c *gin.Context) {
		rules.HandlerFunc(c.Writer, c.Request)
		if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
			c.Abort() // a preflight is answered without looking at what is there
		}
	}
}

// varies adds names to the Vary field of an answer.
func varies(h http.Header, name string) {
	if !slices.Contains(h.Values("Vary"), name) {
		h.Add("Vary", name)
	}
}
