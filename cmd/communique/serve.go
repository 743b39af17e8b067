package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"communique/render/theme"
	"communique/service/access"
	"communique/service/api"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	addr, log      string
	maxBody        byteSize
	limits         api.Limits
	allowAnonymous bool
	stateless      bool
	proxies        []string
	office         officeFlags
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
	set := c.Flags()
	set.StringVar(&f.addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	set.BoolVar(&f.allowAnonymous, "allow-anonymous", false, "let anyone who reaches an address beyond this machine render without a key")
	set.BoolVar(&f.stateless, "stateless", false, "render only, and keep nothing")
	set.StringSliceVar(&f.proxies, "trusted-proxy", nil, "`network` of proxies that tell the client's address, as in 10.0.0.0/8")
	f.office.flags(set)
	f.office.policies(set)
	set.Var(&f.maxBody, "max-body", "largest request body, as in 512KiB or 4MiB")
	set.DurationVar(&f.limits.BodyTime, "body-time", 30*time.Second, "how long a request body may take to arrive")
	set.DurationVar(&f.limits.RenderTime, "render-time", 10*time.Second, "how long one request may render")
	set.IntVar(&f.limits.Slots, "slots", runtime.GOMAXPROCS(0), "`number` of requests rendered at the same time")
	set.IntVar(&f.limits.Queue, "queue", 32, "`number` of further requests that may wait; more are told to come back")
	set.DurationVar(&f.limits.Drain, "drain", 0, "time between being not ready and not listening, for load balancers")
	set.DurationVar(&f.limits.Stop, "stop-time", 20*time.Second, "how long requests in flight may take at the end")
	set.StringVar(&f.log, "log", "auto", "`form` of the log: text, json, or auto (text on a terminal)")
	return c
}

func (f *serveFlags) run(ctx context.Context, t *terminal, folders *folders) error {
	if err := f.check(); err != nil {
		return err
	}
	opened, err := folders.open()
	if err != nil {
		return err
	}
	renderer, err := folders.renderer(opened, f.limits.Slots)
	if err != nil {
		return err
	}
	themes, err := theme.Load(opened.templates)
	if err != nil {
		return err
	}
	look, _ := themes.Get(theme.Default)
	f.limits.Body = int64(f.maxBody)
	if f.limits.Queue == 0 {
		f.limits.Queue = -1 // none, where the zero value means the default
	}
	log := logger(t.err, f.log)
	options := api.Options{Renderer: renderer, Theme: look, Version: programVersion(), Logger: log, Limits: f.limits, Anonymous: f.anonymous()}
	if options.Proxies, err = access.ParseNetworks(f.proxies); err != nil {
		return &usageError{"--trusted-proxy: " + err.Error() + ".", ""}
	}
	if !f.stateless {
		kept, err := f.office.open(ctx)
		if err != nil {
			return err
		}
		defer kept.Close()
		if err := f.open(ctx, t, kept, opened, &options); err != nil {
			return err
		}
		keep, stop := context.WithCancel(context.WithoutCancel(ctx)) // requests in flight still need it
		defer stop()
		go options.Office.Keep(keep)
	}
	server, err := api.New(options)
	if err != nil {
		return err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", f.addr)
	if err != nil {
		return err
	}
	log.Info("listening", "url", "http://"+listener.Addr().String(), "version", programVersion())
	if err := server.Serve(ctx, listener); err != nil && err != http.ErrServerClosed {
		return err
	}
	log.Info("stopped")
	return nil
}

// open makes the office of the server, and its first key.
func (f *serveFlags) open(ctx context.Context, t *terminal, kept *opened, r resources, options *api.Options) (err error) {
	if err := kept.store.Alone(); err != nil {
		return err
	}
	if options.Office, err = f.office.office(ctx, kept, r.locales, options.Renderer, options.Logger); err != nil {
		return err
	}
	if options.Face, err = f.office.face(options.Office, r.templates, options.Theme); err != nil {
		return err
	}
	options.Authenticator = &access.Authenticator{Find: options.Office.FindKey, Used: options.Office.KeyUsed}
	secret, err := options.Office.FirstKey(ctx)
	if err == nil && secret != "" {
		_, err = fmt.Fprintf(t.out, "The first admin key, which is not shown again:\n\n  %s\n\n", secret)
	}
	return err
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
	if f.limits.BodyTime <= 0 || f.limits.RenderTime <= 0 || f.limits.Stop <= 0 || f.limits.Drain < 0 {
		return &usageError{"--body-time, --render-time and --stop-time must be more than 0, --drain 0 or more.", ""}
	}
	if _, _, err := net.SplitHostPort(f.addr); err != nil {
		return &usageError{fmt.Sprintf("%q is not an address with a port.", f.addr), "For example: --addr 127.0.0.1:8080"}
	}
	if f.stateless && !f.anonymous() {
		return &usageError{fmt.Sprintf("%s can be reached from other machines, and without an office there are no keys: anyone who reaches it could render.", f.addr),
			"Listen on 127.0.0.1, or say that this is meant with --allow-anonymous."}
	}
	return nil
}

// loopback tells hosts that only this machine reaches.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func logger(w io.Writer, form string) *slog.Logger {
	if form == "text" || form == "auto" && isTerminal(w) {
		return slog.New(slog.NewTextHandler(w, nil))
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

// byteSize is a number of bytes as a flag: 1048576, 1024KiB or 1MiB.
type byteSize int64

// units of a byteSize, the largest first.
var units = []struct {
	name string
	size int64
}{{"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}}

// Set reads the flag.
func (b *byteSize) Set(s string) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || n < 0 {
			break
		}
		*b = byteSize(n * u.size)
		return nil
	}
	return fmt.Errorf("expected a size such as 512KiB or 4MiB")
}

// String is the shortest exact form.
func (b *byteSize) String() string {
	for _, u := range units {
		if int64(*b)%u.size == 0 {
			return strconv.FormatInt(int64(*b)/u.size, 10) + u.name
		}
	}
	return ""
}

// Type is what the help calls the value.
func (b *byteSize) Type() string { return "size" }
