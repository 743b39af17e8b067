package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
)

// running is a server of a test, which ends with it.
type running struct {
	t   *testing.T
	url string
	// out is what it has printed, its first key.
	out  *bytes.Buffer
	log  chan map[string]any
	stop func()
	done chan error
}

func startServe(t *testing.T, flags ...string) *running {
	t.Helper()
	reader, writer := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	r := &running{t: t, out: &bytes.Buffer{}, log: make(chan map[string]any, 1000), stop: stop, done: make(chan error, 1)}
	go func() {
		root := newRoot(&terminal{strings.NewReader(""), r.out, writer})
		root.SetArgs(append([]string{"serve", "--addr", "127.0.0.1:0", "--log", "json"}, flags...))
		err := root.ExecuteContext(ctx)
		writer.CloseWithError(io.EOF)
		r.done <- err
		close(r.done)
	}()
	go func() {
		defer close(r.log)
		for lines := bufio.NewScanner(reader); lines.Scan(); {
			line := map[string]any{}
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Errorf("the log has %q", lines.Text())
			}
			r.log <- line
		}
	}()
	t.Cleanup(func() {
		stop()
		<-r.done
	})
	r.url, _ = r.waits("listening")["url"].(string)
	return r
}

// waits reads the log up to a line.
func (r *running) waits(message string) map[string]any {
	r.t.Helper()
	for line := range r.log {
		if line["msg"] == message {
			return line
		}
	}
	r.t.Fatalf("the server has ended without saying %q", message)
	return nil
}

func (r *running) status(method, path, key string, body io.Reader) int {
	r.t.Helper()
	request, err := http.NewRequestWithContext(r.t.Context(), method, r.url+path, body)
	if err != nil {
		r.t.Fatal(err)
	}
	if key != "" {
		request.Header.Set("Authorization", "Bearer "+key)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}

// command runs the program and returns what it prints.
func command(t *testing.T, args ...string) string {
	t.Helper()
	var out, log bytes.Buffer
	root := newRoot(&terminal{strings.NewReader(""), &out, &log})
	root.SetArgs(args)
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return strings.TrimSpace(out.String())
}

const small = "---\ntitle: A\nlang: en\n---\n\nText.\n"

func TestServeRendersUntilItIsStopped(t *testing.T) {
	r := startServe(t, "--max-body", "1KiB", "--data", t.TempDir())
	for body, want := range map[string]int{small: 200, strings.Repeat("a", 1025): 413} {
		if got := r.status("POST", "/v1/render", "", strings.NewReader(body)); got != want {
			t.Errorf("status %d, want %d", got, want)
		}
	}
	if r.status("GET", "/readyz", "", nil) != 200 || r.status("GET", "/metrics", "", nil) != 200 || r.status("GET", "/v1/keys", "", nil) != 401 {
		t.Error("it is not ready, has no metrics, or shows its keys")
	}
	r.stop()
	if err := <-r.done; err != nil {
		t.Errorf("serve: %v", err)
	}
}

func TestWhatIsAcceptedIsFinished(t *testing.T) {
	folder := t.TempDir()
	r := startServe(t, "--data", folder)
	key := regexp.MustCompile(`cq_\w+`).FindString(r.out.String())
	body, rest := io.Pipe()
	request, err := http.NewRequestWithContext(t.Context(), "PUT", r.url+"/v1/publications/a", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+key)
	request.Header.Set("Expect", "100-continue") // the body is asked for once the request has been accepted
	patient := &http.Transport{ExpectContinueTimeout: time.Hour}
	defer patient.CloseIdleConnections()
	answer := make(chan int, 1)
	go func() {
		response, err := patient.RoundTrip(request)
		if err != nil {
			t.Error(err)
			body.CloseWithError(err)
			answer <- 0
			return
		}
		response.Body.Close()
		answer <- response.StatusCode
	}()
	if _, err := io.WriteString(rest, small); err != nil {
		t.Fatal(err)
	}
	r.stop()
	r.waits("stopping")
	rest.Close()
	if got := <-answer; got != 201 {
		t.Errorf("what was accepted ended with %d", got)
	}
	if err := <-r.done; err != nil {
		t.Errorf("serve: %v", err)
	}
	again := startServe(t, "--data", folder)
	if again.out.Len() > 0 || again.status("GET", "/v1/publications/a", key, nil) != 200 {
		t.Errorf("it was not kept, or there is another first key: %s", again.out)
	}
}

func TestKeysAreMadeWhileTheServerRuns(t *testing.T) {
	folder := t.TempDir()
	r := startServe(t, "--data", folder)
	key := command(t, "keys", "create", "--data", folder, "--name", "Locked-out", "--scope", "admin")
	r.until(200, key)
	command(t, "keys", "revoke", "--data", folder, key)
	r.until(401, key)
}

// until asks with a key until the status is another; the test's time limit ends it.
func (r *running) until(want int, key string) {
	r.t.Helper()
	tick := time.NewTicker(150 * time.Millisecond)
	defer tick.Stop()
	for r.status("GET", "/v1/keys", key, nil) != want {
		<-tick.C
	}
}

func TestMetricsAtAnAddressOfTheirOwn(t *testing.T) {
	t.Setenv("COMMUNIQUE_METRICS_ADDR", loopbackAddress(t))
	t.Setenv("COMMUNIQUE_DATA", t.TempDir())
	r := startServe(t, "--public-url", "https://press.example.org")
	response, err := http.Get("http://" + os.Getenv("COMMUNIQUE_METRICS_ADDR") + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 || !strings.Contains(string(data), "communique_index_age_seconds") || !strings.Contains(string(data), `backend="store",operation="read"`) {
		t.Errorf("status %d, %v: %s", response.StatusCode, err, data)
	}
	if got := r.status("GET", "/metrics", "", nil); got != 404 {
		t.Errorf("the main listener answers %d", got)
	}
}

// loopbackAddress is one at which nothing listens.
func loopbackAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestWhoMaySeeMetrics(t *testing.T) {
	for _, row := range []struct {
		f    serveFlags
		want bool
	}{
		{serveFlags{addr: "127.0.0.1:1"}, true},
		{serveFlags{addr: ":1"}, false},
		{serveFlags{addr: "127.0.0.1:1", proxies: []string{"127.0.0.0/8"}}, false},
		{serveFlags{addr: "127.0.0.1:1", office: officeFlags{address: "https://press.example.org"}}, false},
	} {
		if got := row.f.openMetrics(); got != row.want {
			t.Errorf("%+v: %v", row.f, got)
		}
	}
}

func TestLoopback(t *testing.T) {
	for host, want := range map[string]bool{"127.0.0.1": true, "127.1.2.3": true, "::1": true, "localhost": true,
		"": false, "0.0.0.0": false, "::": false, "10.0.0.1": false, "example.org": false, "localhost.example.org": false} {
		if got := loopback(host); got != want {
			t.Errorf("loopback(%q) = %v", host, got)
		}
	}
}

func TestByteSizes(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "512KiB": 512 << 10, "4MiB": 4 << 20, "0": 0} {
		var b byteSize
		if err := b.Set(text); err != nil || int64(b) != want {
			t.Errorf("%s is %d, %v", text, b, err)
		}
	}
	for _, text := range []string{"", "4MB", "-1", "1.5MiB", "MiB", "99999999999999999999"} {
		if err := new(byteSize).Set(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
	if b := byteSize(4 << 20); b.String() != "4MiB" {
		t.Errorf("4 MiB is written %s", b.String())
	}
}
