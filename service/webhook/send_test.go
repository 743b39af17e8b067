package webhook

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	standard "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// quiet hears of handshakes that tests break off.
var quiet = log.New(io.Discard, "", 0)

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// receiver is an https server on an address of this machine; its certificate is
// for 127.0.0.1 and example.com.
func receiver(t *testing.T, host string, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	ln, err := net.Listen("tcp", host+":0")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(h)
	server.Listener.Close()
	server.Listener = ln
	server.Config.ErrorLog = quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func roots(server *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return pool
}

func portOf(server *httptest.Server) string {
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	return port
}

func message() Message {
	return Message{ID: "01event", At: time.Now(), Secrets: []string{NewSecret()}, Payload: []byte(`{"type":"ping"}`)}
}

func TestAReceiverCanVerifyWhatItGets(t *testing.T) {
	m := message()
	server := receiver(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		hook, _ := standard.NewWebhook(m.Secrets[0])
		if err := hook.Verify(body, r.Header); err != nil || string(body) != string(m.Payload) || r.Method != "POST" || r.Header.Get("Content-Type") != "application/json" || r.Header.Get("webhook-id") != m.ID {
			http.Error(w, fmt.Sprint(err), http.StatusBadRequest)
			return
		}
		fmt.Fprint(w, "thanks\x1b[31m \u202egnp\n", strings.Repeat("é", 2000))
	})
	s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(server)})
	r := s.Send(t.Context(), server.URL+"/hooks?a=b", m)
	if !r.Delivered() || r.Status != 200 || r.Detail != "" || r.Duration <= 0 {
		t.Fatalf("%+v", r)
	}
	if !strings.HasPrefix(r.Excerpt, "thanks [31m gnp éé") || len(r.Excerpt) > maxExcerptBytes {
		t.Errorf("excerpt %q", r.Excerpt)
	}
}

// Every forbidden address, behind a name: the name passes the check of the
// address, so only the dialer can refuse.
func TestANameCannotLeadToAForbiddenAddress(t *testing.T) {
	s := NewSender(Options{Policy: Policy{AllowHTTP: true}})
	dns := newNames(t, s)
	for _, address := range forbidden {
		dns.answer(address)
		if r := s.Send(t.Context(), "http://hooks.example.com:8080/", message()); r.Class != RefusedAddress {
			t.Errorf("%s: %+v", address, r)
		}
		if a := netip.MustParseAddr(address); a.Zone() == "" {
			if r := s.Send(t.Context(), "http://"+netip.AddrPortFrom(a, 8080).String()+"/", message()); r.Class != RefusedURL {
				t.Errorf("%s as a host: %+v", address, r)
			}
		}
	}
}

func TestANameThatChangesItsAnswerIsCheckedAgain(t *testing.T) {
	first := receiver(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) {})
	var reached atomic.Bool
	ln, err := net.Listen("tcp", net.JoinHostPort("127.0.0.2", portOf(first)))
	if err != nil {
		t.Skip("this system has one loopback address only: ", err)
	}
	inside := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	inside.Listener.Close()
	inside.Listener = ln
	inside.Config.ConnState = func(net.Conn, http.ConnState) { reached.Store(true) }
	inside.StartTLS()
	defer inside.Close()

	s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(first)})
	dns := newNames(t, s)
	address := "https://example.com:" + portOf(first) + "/"
	dns.answer("127.0.0.1")
	if r := s.Send(t.Context(), address, message()); !r.Delivered() {
		t.Fatalf("%+v", r)
	}
	dns.answer("127.0.0.2")
	if r := s.Send(t.Context(), address, message()); r.Class != RefusedAddress || strings.Contains(r.Detail, "127.") {
		t.Errorf("%+v", r)
	}
	if reached.Load() {
		t.Error("a connection was made")
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	var reached atomic.Bool
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer inside.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		for _, to := range []string{inside.URL, "http://169.254.169.254/", "/elsewhere"} {
			server := receiver(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, status) })
			s := NewSender(Options{Policy: Policy{Networks: loopback, AllowHTTP: true}, Roots: roots(server)})
			if r := s.Send(t.Context(), server.URL, message()); r.Class != Redirect || r.Status != status {
				t.Errorf("%d to %s: %+v", status, to, r)
			}
		}
	}
	if reached.Load() {
		t.Error("a redirect was followed")
	}
}

func TestBodiesThatNeverEndChangeNothing(t *testing.T) {
	for name, h := range map[string]http.HandlerFunc{
		"endless": func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 4096)); err != nil {
					return
				}
			}
		},
		"slow": func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // the server notices that the client left only then
			fmt.Fprint(w, "wait")
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		},
		"broken off": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "short")
		},
	} {
		server := receiver(t, "127.0.0.1", h)
		s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(server), Timeout: time.Second})
		if r := s.Send(t.Context(), server.URL, message()); !r.Delivered() || r.Status != 200 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestAnAnswerThatDoesNotComeIsATimeout(t *testing.T) {
	server := receiver(t, "127.0.0.1", func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // the server notices that the client left only then
		<-r.Context().Done()
	})
	s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(server), Timeout: 200 * time.Millisecond})
	if r := s.Send(t.Context(), server.URL, message()); r.Class != Timeout || r.Status != 0 {
		t.Errorf("%+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := s.Send(ctx, server.URL, message()); r.Class != Cancelled {
		t.Errorf("%+v", r)
	}
}

// raw is a server that answers each connection with bytes of the test's own.
func raw(t *testing.T, write func(net.Conn)) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				conn.Read(make([]byte, 4096))
				write(conn)
			}()
		}
	}()
	return "http://" + ln.Addr().String()
}

func TestAnswersThatAreNotHTTP(t *testing.T) {
	s := NewSender(Options{Policy: Policy{Networks: loopback, AllowHTTP: true}})
	for name, write := range map[string]func(net.Conn){
		"huge headers": func(c net.Conn) {
			fmt.Fprint(c, "HTTP/1.1 200 OK\r\n")
			for {
				if _, err := fmt.Fprintf(c, "X-A: %s\r\n", strings.Repeat("a", 1000)); err != nil {
					return
				}
			}
		},
		"another protocol": func(c net.Conn) { fmt.Fprint(c, "220 mail.example.org ESMTP\r\n") },
		"nothing":          func(net.Conn) {},
	} {
		if r := s.Send(t.Context(), raw(t, write), message()); r.Class != Malformed && r.Class != Connect || r.Status != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestConnectionsThatCannotBeTrusted(t *testing.T) {
	server := receiver(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) {})
	strict := NewSender(Options{Policy: Policy{Networks: loopback}})
	if r := strict.Send(t.Context(), server.URL, message()); r.Class != TLS {
		t.Errorf("unknown authority: %+v", r)
	}
	old := httptest.NewUnstartedServer(http.NotFoundHandler())
	old.TLS = &tls.Config{MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}
	old.Config.ErrorLog = quiet
	old.StartTLS()
	defer old.Close()
	s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(old)})
	if r := s.Send(t.Context(), old.URL, message()); r.Class != TLS {
		t.Errorf("TLS 1.1: %+v", r)
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	if r := s.Send(t.Context(), strings.Replace(plain.URL, "http:", "https:", 1), message()); r.Class != TLS {
		t.Errorf("no TLS: %+v", r)
	}
}

func TestNobodyThere(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := ln.Addr().String()
	ln.Close()
	s := NewSender(Options{Policy: Policy{Networks: loopback}})
	if r := s.Send(t.Context(), "https://"+address, message()); r.Class != Connect || strings.Contains(r.Detail, address) {
		t.Errorf("%+v", r)
	}
	newNames(t, s).answer("::") // and so no IPv4 address
	s.dialer.Resolver.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, &net.DNSError{Err: "no server"} }
	if r := s.Send(t.Context(), "https://hooks.example.com/", message()); r.Class != Resolve {
		t.Errorf("%+v", r)
	}
}

func TestWhatTheStatusMeans(t *testing.T) {
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		status     int
		retryAfter string
		class      Class
		wait       time.Duration
		gone       bool
	}{
		{204, "", "", 0, false},
		{200, "60", "", 0, false},
		{500, "", Status, 0, false},
		{429, "120", Status, 2 * time.Minute, false},
		{503, at.Add(time.Hour).Format(http.TimeFormat), Status, time.Hour, false},
		{503, at.Add(-time.Hour).Format(http.TimeFormat), Status, 0, false},
		{503, "99999999", Status, maxRetryAfter, false},
		{503, "-5", Status, 0, false},
		{503, "soon", Status, 0, false},
		{410, "", Status, 0, true},
	} {
		server := receiver(t, "127.0.0.1", func(w http.ResponseWriter, _ *http.Request) {
			if c.retryAfter != "" {
				w.Header().Set("Retry-After", c.retryAfter)
			}
			w.WriteHeader(c.status)
		})
		s := NewSender(Options{Policy: Policy{Networks: loopback}, Roots: roots(server)})
		m := message()
		m.At = at
		r := s.Send(t.Context(), server.URL, m)
		if r.Status != c.status || r.Class != c.class || r.RetryAfter != c.wait || r.Gone() != c.gone || r.Delivered() != (r.Detail == "") {
			t.Errorf("%+v: %+v", c, r)
		}
	}
}

func TestOnlyAConfiguredProxyIsUsed(t *testing.T) {
	var asked atomic.Int64
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Host != "hooks.example.com:8080" {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer proxy.Close()
	at, err := url.Parse(proxy.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	direct := NewSender(Options{Policy: Policy{AllowHTTP: true}})
	newNames(t, direct).answer("127.0.0.1")
	if r := direct.Send(t.Context(), "http://hooks.example.com:8080/", message()); r.Class != RefusedAddress || asked.Load() != 0 {
		t.Errorf("the environment's proxy was asked: %+v", r)
	}
	s := NewSender(Options{Policy: Policy{AllowHTTP: true}, Proxy: at})
	if r := s.Send(t.Context(), "http://hooks.example.com:8080/", message()); !r.Delivered() || asked.Load() != 1 {
		t.Errorf("%+v, asked %d times", r, asked.Load())
	}
	if r := s.Send(t.Context(), "http://10.0.0.1:8080/", message()); r.Class != RefusedURL || asked.Load() != 1 {
		t.Errorf("a private address goes to the proxy: %+v", r)
	}
}

func TestUnsignedMessagesStay(t *testing.T) {
	m := message()
	m.Secrets = nil
	if r := NewSender(Options{}).Send(t.Context(), "https://example.com/", m); r.Class != Unsigned {
		t.Errorf("%+v", r)
	}
}
