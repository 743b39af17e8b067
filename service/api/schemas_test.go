package api

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"communique/render"
)

func TestSchemasAreServed(t *testing.T) {
	s := newService(t, serviceOptions{})
	for name, schema := range render.Schemas() {
		a := s.call("GET", schemasPath+name, nil)
		tag := a.Header.Get("ETag")
		if a.StatusCode != 200 || a.Header.Get("Content-Type") != "application/schema+json" || !bytes.Equal(a.body, schema) || a.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: status %d, %v", name, a.StatusCode, a.Header)
		}
		if a := s.call("HEAD", schemasPath+name, nil, "Accept-Encoding", "gzip"); a.StatusCode != 200 || len(a.body) != 0 || a.Header.Get("ETag") != tag {
			t.Errorf("HEAD %s: status %d, %v", name, a.StatusCode, a.Header)
		}
		if a := s.call("GET", schemasPath+name, nil, "If-None-Match", tag); a.StatusCode != 304 || len(a.body) != 0 {
			t.Errorf("%s: status %d for a client that has it", name, a.StatusCode)
		}
		if a := s.call("GET", schemasPath+name, nil, "If-None-Match", `"old"`); a.StatusCode != 200 {
			t.Errorf("%s: status %d for a client that has another", name, a.StatusCode)
		}
	}
	if p := s.problem(s.call("GET", schemasPath+"statment", nil), notFound); !strings.Contains(p.Detail, "statement") {
		t.Errorf("detail %q", p.Detail)
	}
	if a := s.call("HEAD", schemasPath+"statment", nil); a.StatusCode != 404 {
		t.Errorf("HEAD: status %d", a.StatusCode)
	}
}

// Whatever is no page for people is an operation of the OpenAPI document.
func TestEveryRouteIsInTheOpenAPIDocument(t *testing.T) {
	s := newService(t, serviceOptions{})
	operations := 0
	for _, route := range s.api.Handler().(*gin.Engine).Routes() {
		path := strings.Replace(route.Path, ":name", "statement", 1)
		if route.Method == http.MethodHead || route.Path == openAPIPath {
			continue
		}
		if route.Method == http.MethodGet {
			if a := s.call("GET", path, nil); strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				continue
			}
		}
		request, err := http.NewRequest(route.Method, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.document.FindRoute(request); err != nil {
			t.Errorf("%s %s: %v", route.Method, route.Path, err)
		}
		operations++
	}
	if operations != 5 {
		t.Errorf("%d operations, want 5: render, check, schema, health, ready", operations)
	}
}
