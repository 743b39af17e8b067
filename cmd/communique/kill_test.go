package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/press"
)

// kills is how often the server is killed in the course of one test.
const kills = 50

// TestKilledServersLoseNothing kills the server at random instants while a press
// office drafts, publishes, corrects and withdraws, and repeats what was not
// answered. In the end everything has happened exactly once, and is whole; and who
// is told of it by webhooks has heard of nothing under two ids.
func TestKilledServersLoseNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		v, slugs := killedServersLoseNothing(t, "--data", t.TempDir())
		v.told(slugs)
	})
	// there a server that takes over waits two minutes for what a killed one had begun
	// to deliver (package jobs tests it): what has come is looked at, and not waited for
	t.Run("PostgreSQL", func(t *testing.T) {
		killedServersLoseNothing(t, "--database", outside.PostgreSQL(t), "--files", t.TempDir())
	})
}

func killedServersLoseNothing(t *testing.T, where ...string) (*victim, []string) {
	v := &victim{t: t, args: append([]string{"communique", "serve", "--addr", "127.0.0.1:0", "--log", "json", "--rate", "10000", "--burst", "10000",
		"--webhook-allow-network", "127.0.0.0/8", "--webhook-allow-http"}, where...), heard: map[string]map[string]bool{}}
	receiver := httptest.NewServer(http.HandlerFunc(v.hear))
	t.Cleanup(receiver.Close)
	v.start()
	t.Cleanup(v.kill)
	if status, data, err := v.once("POST", "/v1/webhooks", fmt.Sprintf(`{"url": %q}`, receiver.URL), ""); err != nil || status != http.StatusCreated {
		t.Fatalf("status %d %s, %v", status, data, err)
	}
	var over atomic.Bool
	var desks sync.WaitGroup
	done := make([][]string, 3)
	for i := range done {
		desks.Go(func() {
			for n := 0; !over.Load(); n++ {
				slug := fmt.Sprintf("desk-%d-%d", i, n)
				v.day(slug)
				done[i] = append(done[i], slug)
			}
		})
	}
	for range kills {
		time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
		v.kill()
		v.start()
	}
	over.Store(true)
	desks.Wait()
	slugs := slices.Concat(done...)
	if len(slugs) < 3 {
		t.Fatalf("only %d publications were finished", len(slugs))
	}
	for _, slug := range slugs {
		v.audit(slug)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for what, ids := range v.heard {
		if len(ids) > 1 {
			t.Errorf("%s was told under %d ids", what, len(ids))
		}
	}
	t.Logf("%d kills, %d publications, %d events told", kills, len(slugs), len(v.heard))
	return v, slugs
}

// victim is a server that is killed and started again.
type victim struct {
	t    *testing.T
	args []string
	cmd  *exec.Cmd
	// key is the first admin key, url where the server is now.
	key string
	url atomic.Value
	// heard are the ids under which the receiver of webhooks was told of an event.
	mu    sync.Mutex
	heard map[string]map[string]bool
}

// hear is the receiver of webhooks.
func (v *victim) hear(_ http.ResponseWriter, r *http.Request) {
	var message struct {
		Type string
		Data struct {
			Slug     string
			Revision int
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&message); err != nil {
		return // the sender was killed in the middle, and will send it again
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	what := fmt.Sprintf("%s of %s, revision %d", message.Type, message.Data.Slug, message.Data.Revision)
	if v.heard[what] == nil {
		v.heard[what] = map[string]bool{}
	}
	v.heard[what][r.Header.Get("webhook-id")] = true
}

// told waits until the withdrawal of every publication has been told: it is the last
// event of each, and the only one that nothing later makes needless.
func (v *victim) told(slugs []string) {
	for _, slug := range slugs {
		for !v.knows("publication.withdrawn of " + slug + ", revision 2") {
			time.Sleep(20 * time.Millisecond) // the test's own time limit ends it
		}
	}
}

func (v *victim) knows(what string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return len(v.heard[what]) > 0
}

var anyKey = regexp.MustCompile(`cq_\w+`)

func (v *victim) start() {
	v.cmd = &exec.Cmd{Path: os.Args[0], Args: v.args, Env: os.Environ()}
	stdout, err := v.cmd.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	stderr, err := v.cmd.StderrPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		v.t.Fatal(err)
	}
	for lines := bufio.NewScanner(stdout); v.key == "" && lines.Scan(); { // printed once, before the server listens
		v.key = anyKey.FindString(lines.Text())
	}
	go io.Copy(io.Discard, stdout)
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		var line struct{ Msg, URL string }
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
			v.url.Store(line.URL)
			go io.Copy(io.Discard, stderr)
			return
		}
		v.t.Log(lines.Text())
	}
	v.t.Fatal("the server did not start")
}

func (v *victim) kill() {
	if v.cmd != nil {
		_ = v.cmd.Process.Kill() // it may be gone
		_ = v.cmd.Wait()
		v.cmd = nil
	}
}

// client makes a connection for each request: those of a killed server are no use.
var client = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: time.Minute}

// call repeats a request under one idempotency key until a server has answered it.
func (v *victim) call(method, path, body string) (int, []byte) {
	key := fmt.Sprintf("%x", rand.Uint64())
	for {
		status, data, err := v.once(method, path, body, key)
		if err == nil && status != http.StatusServiceUnavailable && status != http.StatusTooManyRequests {
			return status, data
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (v *victim) once(method, path, body, key string) (int, []byte, error) {
	request, err := http.NewRequest(method, v.url.Load().(string)+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+v.key)
	if key != "" && method != http.MethodGet {
		request.Header.Set("Idempotency-Key", key)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	return response.StatusCode, data, err
}

// must is call for a request that has to succeed.
func (v *victim) must(method, path, body string) []byte {
	status, data := v.call(method, path, body)
	if status >= 300 {
		v.t.Errorf("%s %s: %d %s", method, path, status, data)
	}
	return data
}

// words is the source of a publication.
func words(slug, lang, figure string) string {
	return fmt.Sprintf("---\ntitle: %s\nlang: %s\ndate: 2026-11-25\n---\n\n%s\n", slug, lang, figure)
}

// steps are the actions that the audit trail of a day has.
var steps = []press.Action{press.Save, press.Translate, press.Publish, press.Correct, press.Translate, press.Publish, press.Withdraw}

// day is the life of one publication.
func (v *victim) day(slug string) {
	at := "/v1/publications/" + slug
	v.must("PUT", at, words(slug, "en", "Twelve participants."))
	v.must("PUT", at+"/languages/fr", words(slug, "fr", "Douze participants."))
	v.must("POST", at+"/publish", "")
	v.must("POST", at+"/correct", `{"notes": {"en": "Twenty-one, not twelve."}}`)
	v.must("PUT", at+"/languages/en", words(slug, "en", "Twenty-one participants."))
	v.must("POST", at+"/publish", "")
	v.must("POST", at+"/withdraw", `{"notes": {"en": "Published in error."}}`)
}

// audit finds what is lost, there twice, or half there.
func (v *victim) audit(slug string) {
	at := "/v1/publications/" + slug
	var p press.Publication
	if err := json.Unmarshal(v.must("GET", at, ""), &p); err != nil {
		v.t.Fatal(err)
	}
	if len(p.Revisions) != 2 || p.Withdrawn == nil || p.Version != int64(len(steps)) {
		v.t.Errorf("%s: %d revisions, version %d, withdrawn: %v", slug, len(p.Revisions), p.Version, p.Withdrawn != nil)
	}
	var trail struct{ Items []press.Entry }
	if err := json.Unmarshal(v.must("GET", at+"/audit", ""), &trail); err != nil {
		v.t.Fatal(err)
	}
	var did []press.Action
	for _, e := range trail.Items {
		did = append(did, e.Action)
	}
	if !slices.Equal(did, steps) {
		v.t.Errorf("%s: the audit trail is %v", slug, did)
	}
	for _, r := range p.Revisions {
		if len(r.Editions) != 10 { // five formats in two languages
			v.t.Errorf("%s: revision %d has %d editions", slug, r.Number, len(r.Editions))
		}
		for _, e := range r.Editions {
			sum := sha256.Sum256(v.must("GET", fmt.Sprintf("%s/revisions/%d/editions/%s", at, r.Number, e.Name), ""))
			if hex.EncodeToString(sum[:]) != e.Digest {
				v.t.Errorf("%s: %s of revision %d is damaged", slug, e.Name, r.Number)
			}
		}
	}
}
