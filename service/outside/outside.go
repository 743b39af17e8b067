// Package outside owns the outside servers of the tests: a database and an
// object store that nobody here wrote, started when a test first asks, on
// loopback, in a temporary folder, and gone with the test process however it
// ends, and the way to the outside programs of the service's tests. It is for
// tests only: nothing that is shipped imports it, and it must never speak to a
// server that it did not start.
package outside

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// program finds what .ci/tools installed: by a pattern, the last of several
// versions, or on the path.
func program(name, pattern string) (string, error) {
	found, err := filepath.Glob(pattern)
	if err == nil && len(found) > 0 {
		return slices.MaxFunc(found, byLength), nil
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return "", fmt.Errorf("no %s: run .ci/tools", name)
	}
	return path, nil
}

// byLength orders versions by number, as far as 9 is shorter than 10.
func byLength(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	if a < b {
		return -1
	}
	return 1
}

// folder is where .ci/tools puts what no package manager of the system brings.
func folder() string {
	if dir := os.Getenv("COMMUNIQUE_TOOLS"); dir != "" {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "communique", "tools")
}

// need skips the test, by name, if a tool is missing. Where tools are required
// (COMMUNIQUE_REQUIRE_TOOLS=1, as on the build server) it fails instead. Both
// are said as render/judge says them, and counted by .ci/report.go.
func need(t testing.TB, tool string, err error) {
	t.Helper()
	if err == nil {
		return
	}
	say := fmt.Sprintf("missing tool: %s (%v)", tool, err)
	if os.Getenv("COMMUNIQUE_REQUIRE_TOOLS") == "1" {
		t.Fatal(say)
	}
	t.Skip(say)
}

// shared is a server that all tests of a process use.
type shared struct {
	once   sync.Once
	server *server
	err    error
	fresh  int
	mu     sync.Mutex
}

// next starts the server if this is the first time, and counts: whoever asks
// gets a number of its own.
func (s *shared) next(t testing.TB, start func() (*server, error)) (*server, int) {
	t.Helper()
	s.once.Do(func() { s.server, s.err = start() })
	if s.err != nil {
		t.Fatal(s.err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fresh++
	return s.server, s.fresh
}
