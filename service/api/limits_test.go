package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"communique/render"
)

// held is a renderer that starts renders and keeps them until it is told to go on.
type held struct {
	started chan struct{}
	release chan struct{}
}

func newHeld() *held { return &held{make(chan struct{}, 100), make(chan struct{})} }

func (h *held) render(ctx context.Context, _ render.Request) (*render.Result, error) {
	h.started <- struct{}{}
	select {
	case <-h.release:
		return &render.Result{Artifacts: []render.Artifact{{Name: "a.pdf", Lang: "en", Format: render.PDF, MediaType: "application/pdf", Data: []byte("%PDF-1.7")}}}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func TestRequestsBeyondSlotsAndQueueAreToldToComeBack(t *testing.T) {
	h := newHeld()
	s := newService(t, serviceOptions{limits: Limits{Slots: 2, Queue: 1}, render: h.render})
	results := make(chan answered, 3)
	for range 3 {
		go func() { results <- s.call("POST", "/v1/render", strings.NewReader(english)) }()
	}
	<-h.started
	<-h.started
	for len(s.api.gate.admitted) < 3 {
		time.Sleep(time.Millisecond)
	}
	refused := s.call("POST", "/v1/render", strings.NewReader(english))
	s.problem(refused, busy)
	if refused.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if len(h.started) != 0 {
		t.Error("more renders than slots")
	}
	close(h.release)
	for range 3 {
		if a := <-results; a.StatusCode != http.StatusOK {
			t.Errorf("status %d: %s", a.StatusCode, a.body)
		}
	}
	if a := s.call("POST", "/v1/render", strings.NewReader(english)); a.StatusCode != http.StatusOK {
		t.Errorf("afterwards: status %d", a.StatusCode)
	}
}

func TestWaitingForASlotEnds(t *testing.T) {
	h := newHeld()
	s := newService(t, serviceOptions{limits: Limits{Slots: 1, RenderTime: 50 * time.Millisecond}, render: func(_ context.Context, r render.Request) (*render.Result, error) {
		return h.render(context.Background(), r) // a render that does not notice its time
	}})
	first := make(chan answered)
	go func() { first <- s.call("POST", "/v1/render", strings.NewReader(english)) }()
	<-h.started
	s.problem(s.call("POST", "/v1/render", strings.NewReader(english)), busy)
	close(h.release)
	if a := <-first; a.StatusCode != http.StatusOK {
		t.Errorf("status %d", a.StatusCode)
	}
}

func TestTooLongRenders(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{RenderTime: 20 * time.Millisecond}, render: newHeld().render})
	s.problem(s.call("POST", "/v1/render", strings.NewReader(english)), renderTooLong)
	s.problem(s.call("POST", "/v1/check", strings.NewReader(english)), renderTooLong)
}

func TestACancelledRequestFreesItsSlot(t *testing.T) {
	h := newHeld()
	s := newService(t, serviceOptions{limits: Limits{Slots: 1}, render: h.render})
	ctx, cancel := context.WithCancel(t.Context())
	gone := make(chan error)
	go func() {
		request, err := http.NewRequestWithContext(ctx, "POST", s.URL+"/v1/render", strings.NewReader(english))
		if err == nil {
			var response *http.Response
			if response, err = s.Client().Do(request); err == nil {
				response.Body.Close()
			}
		}
		gone <- err
	}()
	<-h.started
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatalf("the cancelled request: %v", err)
	}
	close(h.release)
	if a := s.call("POST", "/v1/render", strings.NewReader(english)); a.StatusCode != http.StatusOK {
		t.Errorf("status %d: %s", a.StatusCode, a.body)
	}
}

func TestSlowBodies(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{BodyTime: 50 * time.Millisecond}})
	body, writer := io.Pipe()
	defer writer.Close()
	go writer.Write([]byte("---\n"))
	s.problem(s.call("POST", "/v1/render", body), slowBody)
}

func TestABodysTimeDoesNotEndItsRender(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{BodyTime: 200 * time.Millisecond}, render: func(ctx context.Context, r render.Request) (*render.Result, error) {
		select {
		case <-time.After(400 * time.Millisecond):
			h := newHeld()
			close(h.release)
			return h.render(ctx, r)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}})
	if a := s.call("POST", "/v1/render", strings.NewReader(english)); a.StatusCode != http.StatusOK {
		t.Errorf("status %d: %s", a.StatusCode, a.body)
	}
}

func TestFaultsTellNothingOfTheInside(t *testing.T) {
	for name, fault := range map[string]func(context.Context, render.Request) (*render.Result, error){
		"error": func(context.Context, render.Request) (*render.Result, error) {
			return nil, errors.New("secret at /srv/key")
		},
		"panic": func(context.Context, render.Request) (*render.Result, error) { panic("secret at /srv/key") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newService(t, serviceOptions{render: fault})
			a := s.call("POST", "/v1/render", strings.NewReader(english), "X-Request-Id", "mine-1")
			s.problem(a, internalError)
			if strings.Contains(string(a.body), "secret") {
				t.Errorf("the answer leaks: %s", a.body)
			}
			s.Close() // nothing writes to the log after this
			if log := s.log.String(); !strings.Contains(log, "secret at /srv/key") || !strings.Contains(log, `"id":"mine-1"`) {
				t.Errorf("the log does not tell: %s", log)
			}
			if len(s.api.gate.slots) != 0 || len(s.api.gate.admitted) != 0 {
				t.Error("the slot is not free again")
			}
		})
	}
}

func TestWhatOnlyTheRendererKnowsToBeWrongIsTheCallers(t *testing.T) {
	s := newService(t, serviceOptions{render: func(context.Context, render.Request) (*render.Result, error) {
		return nil, fmt.Errorf("render: %w", &render.RequestError{Field: "theme", Value: "offical", Allowed: []string{"official"}})
	}})
	p := s.problem(s.call("POST", "/v1/render", strings.NewReader(english)), invalidParameter)
	if len(p.Problems) != 1 || p.Problems[0].Path != "query.theme" || p.Problems[0].Fix != "write theme=official" {
		t.Errorf("problems %+v", p.Problems)
	}
}

func TestServeFinishesWhatIsInFlight(t *testing.T) {
	h := newHeld()
	server := newServer(t, Limits{}, io.Discard)
	server.render = h.render
	url, stop, done := serve(t, server)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	if status := statusOf(t, client, url+readyPath); status != http.StatusOK {
		t.Errorf("serving: /readyz is %d", status)
	}
	answer := make(chan int)
	go func() {
		response, err := client.Post(url+renderPath, "text/markdown", strings.NewReader(english))
		if err != nil {
			answer <- 0
			return
		}
		response.Body.Close()
		answer <- response.StatusCode
	}()
	<-h.started
	stop()
	for server.ready.Load() {
		time.Sleep(time.Millisecond)
	}
	close(h.release)
	if status := <-answer; status != http.StatusOK {
		t.Errorf("the request in flight: %d", status)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestServeCutsOffWhatDoesNotFinish(t *testing.T) {
	h := newHeld()
	server := newServer(t, Limits{Stop: 20 * time.Millisecond}, io.Discard)
	server.render = h.render
	url, stop, done := serve(t, server)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	answer := make(chan error)
	go func() {
		response, err := client.Post(url+renderPath, "text/markdown", strings.NewReader(english))
		if err == nil {
			response.Body.Close()
		}
		answer <- err
	}()
	<-h.started
	stop()
	if err := <-done; err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("Serve: %v", err)
	}
	<-answer
}

func TestNotReadyBeforeServe(t *testing.T) {
	s := newService(t, serviceOptions{})
	s.problem(s.call("GET", readyPath, nil), notReady)
	if a := s.call("HEAD", readyPath, nil); a.StatusCode != http.StatusServiceUnavailable || len(a.body) > 0 {
		t.Errorf("HEAD while not ready: status %d, body %q", a.StatusCode, a.body)
	}
	s.api.ready.Store(true)
	if a := s.call("GET", readyPath, nil); a.StatusCode != http.StatusOK || string(a.body) != "{\"status\":\"ready\"}\n" {
		t.Errorf("status %d: %s", a.StatusCode, a.body)
	}
}

func serve(t *testing.T, server *Server) (url string, stop func(), done chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done = make(chan error, 1)
	go func() { done <- server.Serve(ctx, listener) }()
	return "http://" + listener.Addr().String(), stop, done
}

func statusOf(t *testing.T, client *http.Client, url string) int {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	return response.StatusCode
}
