package jobs

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"communique/service/outside"
	"communique/service/store"
	"communique/service/webhook"
)

// serving is the variable by which the test binary, started again, is a server on
// the database that it names.
const serving = "COMMUNIQUE_TEST_JOBS_ON"

func TestMain(m *testing.M) {
	if location := os.Getenv(serving); location != "" {
		if err := serve(context.Background(), location); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// serve works until its standard input ends. In the middle of each announcement
// it says so, and waits for a line before the transaction ends.
func serve(ctx context.Context, location string) error {
	q, err := openQueue(ctx, location, serverOptions)
	if err != nil {
		return err
	}
	defer q.store.Close()
	if err := q.store.Alone(); err != nil {
		return err
	}
	lines, ended := make(chan string), make(chan struct{})
	go func() {
		defer close(ended)
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			lines <- in.Text()
		}
	}()
	sender := webhook.NewSender(webhook.Options{Policy: webhook.Policy{AllowHTTP: true, Networks: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}})
	err = q.Start(ctx, Work{
		Send:  sender.Send,
		Sweep: func(context.Context) error { return nil },
		Release: func(ctx context.Context, t *store.Tx, publication string, revision int) (*webhook.Event, error) {
			e, err := release(ctx, t, publication, revision)
			if e != nil {
				fmt.Println("announcing")
				<-lines
			}
			return e, err
		},
	})
	if err != nil {
		return err
	}
	<-ended
	return q.Stop(ctx)
}

var serverOptions = Options{Backoff: []time.Duration{time.Second, time.Second, time.Second, time.Second, time.Second}, JobTime: 4 * time.Second}

// server is a process that does jobs.
type server struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	// announcing says whether the process is in the middle of an announcement.
	announcing chan bool
	once       sync.Once
}

func startServer(t *testing.T, location string) *server {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: exec.Command(program), announcing: make(chan bool, 100)}
	s.cmd.Env = append(os.Environ(), serving+"="+location)
	s.cmd.Stderr = os.Stderr
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(s.announcing)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			s.announcing <- true
		}
	}()
	t.Cleanup(s.kill)
	return s
}

// kill ends the process as a failing machine does.
func (s *server) kill() {
	s.once.Do(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
	})
}

// let lets the process end the announcement that it is in the middle of.
func (s *server) let() { fmt.Fprintln(s.in) }

// letAll lets the process end all announcements that follow.
func (s *server) letAll() {
	go func() {
		for range s.announcing {
			fmt.Fprintln(s.in)
		}
	}()
}

// stop ends the process in its own way.
func (s *server) stop(t *testing.T) {
	t.Helper()
	s.once.Do(func() {
		s.in.Close()
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("a server that was told to stop: %v", err)
		}
	})
}

// inbox is the receiver: it notes what comes and can end the sender meanwhile.
type inbox struct {
	*httptest.Server
	mu sync.Mutex
	// got are the ids of the messages of each publication, in the order of their arrival.
	got map[string][]string
	// arrived is called once, before or after the answer.
	arrived, answered func()
}

func newInbox(t *testing.T) *inbox {
	in := &inbox{got: map[string][]string{}}
	in.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		in.mu.Lock()
		id := publicationOf(t, body)
		in.got[id] = append(in.got[id], r.Header.Get("webhook-id"))
		arrived, answered := in.arrived, in.answered
		in.arrived, in.answered = nil, nil
		in.mu.Unlock()
		if arrived != nil {
			arrived()
		}
		w.WriteHeader(http.StatusNoContent)
		if answered != nil {
			w.(http.Flusher).Flush()
			answered()
		}
	}))
	t.Cleanup(in.Close)
	return in
}

// when sets what happens at the next message, and returns a channel that is
// closed when it has.
func (in *inbox) when(arrived, answered func()) chan struct{} {
	done := make(chan struct{})
	then := func(do func()) func() {
		if do == nil {
			return nil
		}
		return func() {
			do()
			close(done)
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.arrived, in.answered = then(arrived), then(answered)
	return done
}

// Servers are killed in the middle of announcements, while a message is under
// way, and between the answer and its note in the log; the last one ends the work.
func TestNoKillLosesOrRepeatsAnEvent(t *testing.T) {
	location := t.TempDir() + "/communique.db"
	b, in := openBench(t, location, serverOptions), newInbox(t)
	hook := b.receiver(in.URL)
	var ids []string
	for round := range 12 {
		ids = append(ids, b.schedule(fmt.Sprint("p", round), 0).ID)
		s := startServer(t, location)
		switch round % 3 {
		case 0:
			if !<-s.announcing {
				t.Fatal("the server has ended by itself")
			}
		case 1:
			hit := in.when(s.kill, nil)
			s.letAll()
			<-hit
		case 2:
			hit := in.when(nil, s.kill)
			s.letAll()
			<-hit
		}
		s.kill()
	}
	last := startServer(t, location)
	last.letAll()
	b.idle()
	last.stop(t)
	if n := b.judge(hook, in, ids); n < 4 {
		t.Errorf("%d attempts were interrupted: servers were not killed where they should be", n)
	}
}

// On PostgreSQL several servers share the work, and take over from each other.
func TestServersTakeOverFromEachOther(t *testing.T) {
	location := outside.PostgreSQL(t)
	b, in := openBench(t, location, serverOptions), newInbox(t)
	hook := b.receiver(in.URL)
	first, second := startServer(t, location), startServer(t, location)
	var ids []string
	for n := range 6 {
		ids = append(ids, b.schedule(fmt.Sprint("p", n), 0).ID)
	}
	if !<-first.announcing || !<-second.announcing {
		t.Fatal("a server has ended by itself")
	}
	first.kill() // in the middle of an announcement
	hit := in.when(second.kill, nil)
	second.let()
	second.letAll()
	<-hit // while a message is under way
	third, fourth := startServer(t, location), startServer(t, location)
	third.letAll()
	fourth.letAll()
	b.idle()
	third.stop(t)
	fourth.stop(t)
	if n := b.judge(hook, in, ids); n == 0 {
		t.Error("no attempt was interrupted")
	}
}

// judge checks that each publication has one event, that it has arrived, under
// the same id each time, and that the log has a line for each arrival. It tells
// how many attempts a kill has interrupted.
func (b *bench) judge(hook *webhook.Webhook, in *inbox, ids []string) (interrupted int) {
	b.t.Helper()
	of := map[string][]*webhook.Delivery{}
	for _, d := range b.deliveries(hook.ID) {
		of[d.Event.Publication] = append(of[d.Event.Publication], d)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if len(of) != len(ids) || len(in.got) != len(ids) {
		b.t.Errorf("%d publications, events of %d, messages of %d", len(ids), len(of), len(in.got))
	}
	for _, id := range ids {
		if len(of[id]) != 1 {
			b.t.Errorf("%s: %d events", id, len(of[id]))
			continue
		}
		d, got := of[id][0], in.got[id]
		if d.State != webhook.Delivered || len(got) == 0 {
			b.t.Errorf("%s: %s after %d messages", id, d.State, len(got))
		}
		for _, message := range got {
			if message != d.Event.ID {
				b.t.Errorf("%s: a message with the id %s, not %s", id, message, d.Event.ID)
			}
		}
		log, delivered := b.attempts(d.ID), 0
		for _, a := range log {
			if a.Open {
				b.t.Errorf("%s: an attempt without an outcome: %+v", id, a)
			}
			switch a.Class {
			case "":
				delivered++
			case webhook.Interrupted:
				interrupted++
			}
		}
		if len(log) < len(got) || delivered != 1 {
			b.t.Errorf("%s: %d messages came, the log says %+v", id, len(got), log)
		}
	}
	return interrupted
}
