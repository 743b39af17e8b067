package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestServeRendersUntilItIsStopped(t *testing.T) {
	reader, writer := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		root := newRoot(&terminal{strings.NewReader(""), io.Discard, writer})
		root.SetArgs([]string{"serve", "--addr", "127.0.0.1:0", "--log", "json", "--max-body", "1KiB", "--data", t.TempDir()})
		err := root.ExecuteContext(ctx)
		writer.CloseWithError(io.EOF)
		done <- err
	}()
	lines := bufio.NewScanner(reader)
	lines.Scan()
	var first struct{ URL string }
	if err := json.Unmarshal(lines.Bytes(), &first); err != nil || first.URL == "" {
		t.Fatalf("the log begins %q: %v", lines.Text(), err)
	}
	go io.Copy(io.Discard, reader)
	for body, want := range map[string]int{"---\ntitle: A\nlang: en\n---\n\nText.\n": 200, strings.Repeat("a", 1025): 413} {
		response, err := http.Post(first.URL+"/v1/render", "", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("status %d, want %d", response.StatusCode, want)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("serve: %v", err)
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
