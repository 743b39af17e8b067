package outside

import (
	"path/filepath"
	"testing"
)

// Schemathesis is the path of the program that tries out an HTTP service by its
// OpenAPI document.
func Schemathesis(t testing.TB) string {
	t.Helper()
	path, err := program("schemathesis", filepath.Join(folder(), "python", "bin", "schemathesis"))
	need(t, "Schemathesis", err)
	return path
}

// Nginx is the path of the web server that the public face is compared with.
func Nginx(t testing.TB) string {
	t.Helper()
	path, err := program("nginx", "/usr/sbin/nginx")
	need(t, "nginx", err)
	return path
}
