package outside

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

// statics is how nginx is set up to serve files as fast as it can: every core works,
// files stay open, connections are kept, and each request is still logged.
const statics = `
daemon off;
worker_processes auto;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 1024; }
http {
	access_log %[1]s/access.log;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	types { text/html html; application/pdf pdf; }
	sendfile on;
	tcp_nopush on;
	open_file_cache max=1000;
	keepalive_requests 100000000;
	gzip_static on;
	server { listen 127.0.0.1:%[2]d; root %[3]s; }
}
`

// StaticFiles is the address of an nginx that serves a folder, to be compared with.
// It ends with the test process.
func StaticFiles(t testing.TB, root string) string {
	t.Helper()
	program := Nginx(t)
	s, err := settings{
		stop: "QUIT",
		prepare: func(s *server) ([]string, error) {
			path := filepath.Join(s.folder, "nginx.conf")
			err := os.WriteFile(path, fmt.Appendf(nil, statics, s.folder, s.port, root), 0o600)
			return []string{program, "-p", s.folder, "-e", filepath.Join(s.folder, "error.log"), "-c", path, "-g", "user " + whoami() + ";"}, err
		},
		ready: func(s *server) bool {
			client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // leaves no goroutine behind
			answer, err := client.Get("http://" + s.address() + "/")
			return err == nil && answer.Body.Close() == nil
		},
	}.start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.alive.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.address()
}

// whoami is the user whose files nginx may read: as root it would serve them as nobody.
func whoami() string {
	if os.Geteuid() == 0 {
		return "root"
	}
	return "nobody" // which is ignored
}
