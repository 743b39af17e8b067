package webhook

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Options are what a Sender is made of. The zero value sends with the strictest policy.
type Options struct {
	Policy Policy
	// Timeout is how long one message may take, answer included; 20 s by default.
	Timeout time.Duration
	// Proxy carries all messages when it is set; nothing is read from the
	// environment. The proxy resolves names, so it must refuse addresses that
	// are not public by itself.
	Proxy *url.URL
	// Roots are the authorities that receivers' certificates are checked by; the system's when nil.
	Roots *x509.CertPool
	// Agent is the User-Agent header; "communique" by default.
	Agent string
}

// Sizes and times of one exchange.
const (
	defaultTimeout  = 20 * time.Second
	maxHeaderBytes  = 32 << 10
	maxReadBytes    = 64 << 10
	maxExcerptBytes = 1 << 10
)

// Sender sends messages. It may be used by many goroutines.
type Sender struct {
	policy  Policy
	timeout time.Duration
	agent   string
	dialer  *net.Dialer
	client  *http.Client
}

// NewSender makes a sender with a transport of its own.
func NewSender(o Options) *Sender {
	s := &Sender{policy: o.Policy, timeout: o.Timeout, agent: o.Agent, dialer: &net.Dialer{}}
	if s.timeout <= 0 {
		s.timeout = defaultTimeout
	}
	if s.agent == "" {
		s.agent = "communique"
	}
	transport := &http.Transport{
		DialContext:            s.dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
		DisableCompression:     true, // a compressed answer could be any size
		DisableKeepAlives:      true, // each message resolves and is checked anew
		MaxResponseHeaderBytes: maxHeaderBytes,
	}
	if o.Proxy != nil {
		transport.Proxy = http.ProxyURL(o.Proxy)
	} else {
		s.dialer.Control = o.Policy.control
	}
	s.client = &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return s
}

// Message is one message to one receiver.
type Message struct {
	// ID is the same whenever this message is sent, so that a receiver can drop repeats.
	ID string
	// At is the instant of this attempt, which is signed: receivers refuse old ones.
	At time.Time
	// Secrets sign the message, all of them.
	Secrets []string
	Payload []byte
}

// Send posts a message once and tells what became of it. It never follows a redirect.
func (s *Sender) Send(ctx context.Context, address string, m Message) Result {
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	result := s.exchange(ctx, address, m)
	result.Duration = time.Since(began)
	return result
}

func (s *Sender) exchange(ctx context.Context, address string, m Message) Result {
	u, err := s.policy.parse(address)
	if err != nil {
		return Result{Class: RefusedURL, Detail: err.Error()}
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(m.Payload))
	if err != nil {
		return Result{Class: RefusedURL, Detail: "no request can be made to the address"}
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", s.agent)
	if err := sign(request.Header, m.Secrets, m.ID, m.At, m.Payload); err != nil {
		return Result{Class: Unsigned, Detail: err.Error()}
	}
	response, err := s.client.Do(request)
	if err != nil {
		return failure(ctx, err)
	}
	defer response.Body.Close()
	// The status decides. What follows is for the log, and a body that breaks off changes nothing.
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxReadBytes))
	return answer(response, body, m.At)
}
