package api

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"communique/service/outside"
)

// standsAlone tells a child of the tests to serve in a process of its own.
const standsAlone = "FACE_STANDS_ALONE"

// TestFaceStandsAlone is the server that the benchmark measures: it says where it
// is, and ends with its standard input.
func TestFaceStandsAlone(t *testing.T) {
	path := os.Getenv(standsAlone)
	if path == "" {
		t.Skip("this is for the benchmark")
	}
	log, err := os.Create(path)
	orFail(t, err)
	defer log.Close()
	server, _, key := openHouse(t, newsroomOptions{log: log})
	bringOut(t, server.Handler(), key)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	orFail(t, err)
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	fmt.Println("at", listener.Addr())
	orFail(t, server.Serve(ctx, listener))
}

// bringOut publishes a statement of some length in three languages.
func bringOut(t testing.TB, handler http.Handler, key string) {
	t.Helper()
	long := strings.Repeat("\nThe participants adopted the report of the working group, and thanked its members for their work.\n", 60)
	body, contentType := form("a.en.md", english+long, "a.fr.md", french+long, "a.zh-Hans.md", chinese)
	for _, step := range []struct {
		method, path, contentType string
		body                      io.Reader
	}{{http.MethodPut, "/v1/publications/plenary", contentType, body}, {http.MethodPost, "/v1/publications/plenary/publish", "", nil}} {
		r := httptest.NewRequest(step.method, step.path, step.body)
		r.Header.Set("Authorization", "Bearer "+key)
		r.Header.Set("Content-Type", step.contentType)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code >= 300 {
			t.Fatalf("%s: status %d: %s", step.path, w.Code, w.Body)
		}
	}
}

// startAlone starts the server in its own process.
func startAlone(b *testing.B) string {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestFaceStandsAlone$")
	cmd.Env = append(os.Environ(), standsAlone+"="+filepath.Join(b.TempDir(), "access.log"))
	in, err := cmd.StdinPipe()
	orFail(b, err)
	out, err := cmd.StdoutPipe()
	orFail(b, err)
	orFail(b, cmd.Start())
	b.Cleanup(func() {
		in.Close()
		orFail(b, cmd.Wait())
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address, ok := strings.CutPrefix(lines.Text(), "at "); ok {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return address
		}
	}
	b.Fatal("the server did not start")
	return ""
}

// BenchmarkPublicFace sets the public face beside nginx with the same bytes as
// files: the same client, the same machine, one after the other.
//
//	go test ./service/api -run '^$' -bench PublicFace -benchtime 100000x
func BenchmarkPublicFace(b *testing.B) {
	ours := startAlone(b)
	root := b.TempDir()
	for _, file := range []string{"en.html", "en.pdf"} {
		keepAsFile(b, root, "http://"+ours+"/p/plenary/"+file, file)
	}
	theirs := outside.StaticFiles(b, root)
	for _, load := range []struct{ name, path, header string }{{"page", "en.html", ""}, {"page+gzip", "en.html", "Accept-Encoding: gzip\r\n"}, {"pdf", "en.pdf", ""}} {
		b.Run(load.name+"/nginx", func(b *testing.B) { hammer(b, theirs, "/"+load.path, load.header) })
		b.Run(load.name+"/communique", func(b *testing.B) { hammer(b, ours, "/p/plenary/"+load.path, load.header) })
	}
}

// keepAsFile puts what an address answers into a folder, and a compressed form of it.
func keepAsFile(b *testing.B, root, url, name string) {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}}
	answer, err := client.Get(url)
	orFail(b, err)
	data, err := io.ReadAll(answer.Body)
	orFail(b, err)
	orFail(b, answer.Body.Close())
	orFail(b, os.WriteFile(filepath.Join(root, name), data, 0o644))
	if strings.HasSuffix(name, ".html") {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, err := w.Write(data)
		orFail(b, err)
		orFail(b, w.Close())
		orFail(b, os.WriteFile(filepath.Join(root, name+".gz"), out.Bytes(), 0o644))
	}
}

// connections ask at the same time.
const connections = 32

// hammer sends b.N requests over connections that stay open, and reports the rate
// and the time that 99 of 100 took at most.
func hammer(b *testing.B, address, path, header string) {
	request := []byte("GET " + path + " HTTP/1.1\r\nHost: press.example.org\r\n" + header + "\r\n")
	var left atomic.Int64
	left.Store(int64(b.N))
	times := make([][]time.Duration, connections)
	var done sync.WaitGroup
	var size atomic.Int64
	b.ResetTimer()
	for n := range connections {
		done.Go(func() {
			c, err := net.Dial("tcp", address)
			if err != nil {
				b.Error(err)
				return
			}
			defer c.Close()
			r := bufio.NewReaderSize(c, 64<<10)
			for left.Add(-1) >= 0 {
				start := time.Now()
				got, err := exchange(c, r, request)
				if err != nil {
					b.Error(err)
					return
				}
				size.Store(int64(got))
				times[n] = append(times[n], time.Since(start))
			}
		})
	}
	done.Wait()
	b.StopTimer()
	all := slices.Sorted(slices.Values(slices.Concat(times...)))
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	if len(all) > 0 {
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	}
	b.ReportMetric(float64(size.Load()), "body-bytes")
}

// exchange sends a request and reads the whole answer, as cheaply as can be.
func exchange(c net.Conn, r *bufio.Reader, request []byte) (length int, err error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	line, err := r.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 200 ")) {
		return 0, fmt.Errorf("answered %s", line)
	}
	for {
		if line, err = r.ReadSlice('\n'); err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if bytes.HasPrefix(line, []byte("Content-Length: ")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(line[16:]))); err != nil {
				return 0, err
			}
		}
	}
	return r.Discard(length)
}
