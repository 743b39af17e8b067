package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"communique/render/theme"
	"communique/service/access"
	"communique/service/api"
	"communique/service/telemetry"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	addr, metricsAddr, log string
	maxBody                byteSize
	limits                 api.Limits
	allowAnonymous         bool
	stateless              bool
	proxies, origins       []string
	rate, anonymousRate    float64
	burst                  int
	office                 officeFlags
	people                 peopleFlags
	receivers              receiverFlags
}

func newServe(t *terminal, folders *folders) *cobra.Command {
	f := &serveFlags{maxBody: 4 << 20}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Keep and publish statements over HTTP",
		Long: "Run the press office's service: drafts, translations, reviews, embargoes, publication, corrections,\n" +
			"and the public pages that readers see. The interface is described at /docs and /openapi.json.\n" +
			"The first start makes an admin key and prints it once. SIGINT or SIGTERM stops the server after\n" +
			"the requests in flight. On this machine anyone may render; elsewhere it takes a key.",
		Example: `  communique serve
  curl --data-binary @statement.en.md http://127.0.0.1:8080/v1/render > statement.en.pdf
  communique serve --addr :8080 --public-url https://press.example.org --zone Europe/London
  communique serve --database postgres://… --files s3://…      as many as you need
  communique serve --stateless                                 render only, keep nothing`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.Context(), t, folders) },
	}
	groups := []flagGroup{f.reach(), f.keeping(), newGroup("People, who sign in at an identity provider (OpenID Connect)"), newGroup("Webhooks"), f.rates(), f.bounds(), f.operation()}
	f.people.flags(groups[2].set)
	f.receivers.flags(groups[3].set)
	for _, g := range groups {
		fromEnvironment(g.set)
	}
	addGroups(c, environmentOfServe, groups...)
	return c
}

const environmentOfServe = `Environment:
  Each flag can be given as a variable instead: COMMUNIQUE_ and its name, as in COMMUNIQUE_PUBLIC_URL
  for --public-url. The flag goes before. Addresses with a password, such as COMMUNIQUE_DATABASE, are
  best given so: other users of the machine see flags. Credentials of S3 are AWS_ACCESS_KEY_ID and
  AWS_SECRET_ACCESS_KEY. Traces go where OTEL_EXPORTER_OTLP_ENDPOINT says.

`

func (f *serveFlags) reach() flagGroup {
	g := newGroup("Who reaches it")
	g.set.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	g.set.StringVar(&f.office.address, "public-url", "", "`address` at which readers reach the site, as in https://press.example.org")
	g.set.StringSliceVar(&f.proxies, "trusted-proxy", nil, "`network` of proxies that tell the client's address, as in 10.0.0.0/8")
	g.set.StringSliceVar(&f.origins, "cors-origin", nil, "`origin` of a site whose scripts may use the service, as in https://news.example.org, or *")
	g.set.BoolVar(&f.allowAnonymous, "allow-anonymous", false, "let anyone render who reaches an address beyond this machine")
	return g
}

func (f *serveFlags) keeping() flagGroup {
	g := newGroup("The office")
	f.office.flags(g.set)
	g.set.StringVar(&f.office.name, "name", "Press office", "`name` of the office, as readers see it")
	g.set.StringSliceVar(&f.office.languages, "languages", nil, "`tags` of the languages of the public pages, the default first; all if left out, English first")
	g.set.StringVar(&f.office.zone, "zone", "UTC", "IANA time `zone` of the office, as in Europe/London")
	g.set.BoolVar(&f.office.approval, "require-approval", false, "let nothing out that no second person has approved")
	g.set.BoolVar(&f.stateless, "stateless", false, "render only, and keep nothing")
	return g
}

func (f *serveFlags) rates() flagGroup {
	g := newGroup("Rates")
	g.set.Float64Var(&f.rate, "rate", 20, "requests per `second` of a key or person over time; a key can have its own")
	g.set.IntVar(&f.burst, "burst", 100, "`number` of requests that a key or person can make at once")
	g.set.Float64Var(&f.anonymousRate, "anonymous-rate", 10, "requests per `second` of an address without credentials over time")
	return g
}

func (f *serveFlags) bounds() flagGroup {
	g := newGroup("Bounds")
	g.set.Var(&f.maxBody, "max-body", "largest request body, as in 512KiB or 4MiB")
	g.set.DurationVar(&f.limits.BodyTime, "body-time", 30*time.Second, "how long a request body may take to arrive")
	g.set.DurationVar(&f.limits.RenderTime, "render-time", 10*time.Second, "how long one request may render")
	g.set.IntVar(&f.limits.Slots, "slots", runtime.GOMAXPROCS(0), "`number` of requests rendered at the same time")
	g.set.IntVar(&f.limits.Queue, "queue", 32, "`number` of further requests that may wait; more are told to come back")
	return g
}

func (f *serveFlags) operation() flagGroup {
	g := newGroup("Operation")
	g.set.StringVar(&f.metricsAddr, "metrics-addr", "", "`address` of a listener for /metrics alone, without a key; else it is at --addr")
	g.set.DurationVar(&f.office.trust, "stale-time", time.Minute, "how long readers are served while the database does not answer; 0 is without end")
	g.set.StringVar(&f.log, "log", "auto", "`form` of the log: text, json, or auto (text on a terminal)")
	g.set.DurationVar(&f.limits.Drain, "drain", 0, "time between being not ready and not listening, for load balancers")
	g.set.DurationVar(&f.limits.Stop, "stop-time", 20*time.Second, "how long requests in flight, and then jobs, may take at the end")
	return g
}

func (f *serveFlags) run(ctx context.Context, t *terminal, folders *folders) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	options, opened, err := f.options(t, folders)
	if err != nil {
		return err
	}
	h := &house{flags: f, log: options.Logger}
	defer func() {
		if err = errors.Join(err, h.close()); err == nil {
			h.log.Info("stopped")
		}
	}()
	if err := h.observe(ctx, &options); err != nil {
		return err
	}
	if !f.stateless {
		if err := h.open(ctx, t, opened, &options); err != nil {
			return err
		}
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.addr)
	if err != nil {
		return err
	}
	h.log.Info("listening", "url", "http://"+listener.Addr().String(), "version", programVersion())
	return server.Serve(ctx, listener)
}

// options are those of a server that keeps nothing.
func (f *serveFlags) options(t *terminal, folders *folders) (o api.Options, opened resources, err error) {
	if opened, err = folders.open(); err != nil {
		return o, opened, err
	}
	renderer, err := folders.renderer(opened, f.limits.Slots)
	if err != nil {
		return o, opened, err
	}
	themes, err := theme.Load(opened.templates)
	if err != nil {
		return o, opened, err
	}
	look, _ := themes.Get(theme.Default)
	limits := f.limits
	limits.Body = int64(f.maxBody)
	if limits.Queue == 0 {
		limits.Queue = -1 // none, where the zero value means the default
	}
	o = api.Options{Renderer: renderer, Theme: look, Version: programVersion(), Limits: limits, Anonymous: f.anonymous(), Origins: f.origins,
		Logger: slog.New(telemetry.LogHandler(logger(t.err, f.log))),
		Rates: access.LimitOptions{Identity: access.Rate{PerSecond: f.rate, Burst: f.burst},
			Anonymous: access.Rate{PerSecond: f.anonymousRate, Burst: max(1, int(5*f.anonymousRate))}}}
	if o.Proxies, err = access.ParseNetworks(f.proxies); err != nil {
		return o, opened, &usageError{"--trusted-proxy: " + err.Error() + ".", ""}
	}
	return o, opened, nil
}

// anonymous tells whether strangers may render.
func (f *serveFlags) anonymous() bool {
	host, _, err := net.SplitHostPort(f.addr)
	return f.allowAnonymous || err == nil && loopback(host)
}

// check refuses flags that cannot be meant, and open doors.
func (f *serveFlags) check() error {
	if err := oneOf("log", f.log, []string{"auto", "text", "json"}); err != nil {
		return err
	}
	if f.limits.Slots < 1 || f.limits.Queue < 0 || f.maxBody < 1 {
		return &usageError{"--slots and --max-body must be 1 or more, --queue 0 or more.", ""}
	}
	if f.limits.BodyTime <= 0 || f.limits.RenderTime <= 0 || f.limits.Stop <= 0 || f.limits.Drain < 0 || f.office.trust < 0 {
		return &usageError{"--body-time, --render-time and --stop-time must be more than 0, --drain and --stale-time 0 or more.", ""}
	}
	if !(f.rate > 0 && f.anonymousRate > 0) || f.burst < 1 || f.rate > maxRate || f.anonymousRate > maxRate {
		return &usageError{fmt.Sprintf("--rate and --anonymous-rate must be more than 0 and %d at most, --burst 1 or more.", maxRate), ""}
	}
	for flag, addr := range map[string]string{"addr": f.addr, "metrics-addr": f.metricsAddr} {
		if _, _, err := net.SplitHostPort(addr); err != nil && (flag == "addr" || addr != "") {
			return &usageError{fmt.Sprintf("--%s: %q is not an address with a port.", flag, addr), "For example: --" + flag + " 127.0.0.1:8080"}
		}
	}
	if err := api.CheckOrigins(f.origins); err != nil {
		return &usageError{"--cors-origin: " + err.Error() + ".", ""}
	}
	if f.stateless && !f.anonymous() {
		return &usageError{fmt.Sprintf("%s can be reached from other machines, and without an office there are no keys: anyone who reaches it could render.", f.addr),
			"Listen on 127.0.0.1, or say that this is meant with --allow-anonymous."}
	}
	return nil
}

// maxRate bounds the rates, in requests per second.
const maxRate = 1_000_000

// openMetrics tells whether anyone who reaches the main listener may see metrics:
// only this machine reaches it, and no proxy hands on what comes from elsewhere.
func (f *serveFlags) openMetrics() bool {
	host, _, err := net.SplitHostPort(f.addr)
	return err == nil && loopback(host) && f.office.address == "" && len(f.proxies) == 0
}

// loopback tells hosts that only this machine reaches.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
