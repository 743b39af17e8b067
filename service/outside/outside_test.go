package outside

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// started tells a child of the tests to start a server and say where.
const started = "OUTSIDE_START"

// child is what happens in a process of its own: it starts a server, says where,
// and waits to be killed.
func child(t *testing.T, name string) {
	var s *server
	if name == "S3" {
		S3(t)
		s = store.server
	} else {
		PostgreSQL(t)
		s = database.server
	}
	os.Stdout.WriteString("at " + s.address() + " " + s.folder + "\n")
	select {}
}

func TestServersEndWithTheirProcess(t *testing.T) {
	if name := os.Getenv(started); name != "" {
		child(t, name)
	}
	_, err := program("postgres", "/usr/lib/postgresql/*/bin/postgres")
	need(t, "PostgreSQL", err)
	_, err = program("versitygw", filepath.Join(folder(), "bin", "versitygw"))
	need(t, "versitygw", err)
	for _, name := range []string{"PostgreSQL", "S3"} {
		t.Run(name, func(t *testing.T) {
			address, dir := killed(t, name)
			for {
				if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
					break // the guard's last act
				}
				time.Sleep(10 * time.Millisecond)
			}
			if c, err := net.Dial("tcp", address); err == nil {
				c.Close()
				t.Errorf("a server is still there, at %s", address)
			}
			if _, err := os.Stat(dir + ".log"); err == nil {
				t.Errorf("%s.log was left", dir)
			}
		})
	}
}

// killed starts a process with a server, sees the server, and kills the process.
func killed(t *testing.T, name string) (address, dir string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServersEndWithTheirProcess$")
	cmd.Env = append(os.Environ(), started+"="+name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) == 3 && f[0] == "at" {
			address, dir = f[1], f[2]
			break
		}
	}
	if c, err := net.Dial("tcp", address); err != nil {
		t.Error(err)
	} else {
		c.Close()
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it says that the process was killed
	if dir == "" {
		t.Fatal("the child did not start a server")
	}
	return address, dir
}

func TestEveryDatabaseIsFresh(t *testing.T) {
	a, b := PostgreSQL(t), PostgreSQL(t)
	if a == b {
		t.Fatal("two tests share a database")
	}
	psql := func(db, statement string) string {
		u, err := url.Parse(db)
		if err != nil {
			t.Fatal(err)
		}
		if host := u.Hostname(); host != "127.0.0.1" {
			t.Fatalf("the database listens at %s", host)
		}
		out, err := exec.Command("psql", db, "-qtAc", statement).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	psql(a, "create table only_here (x int)")
	if got := psql(b, "select count(*) from pg_tables where tablename = 'only_here'"); got != "0" {
		t.Errorf("%s tables of another test", got)
	}
	if got := psql(a, "select current_setting('server_encoding') || ' ' || datcollate from pg_database where datname = current_database()"); got != "UTF8 C" {
		t.Errorf("encoding and locale are %s", got)
	}
}

func TestEveryBucketIsFresh(t *testing.T) {
	a, b := S3(t), S3(t)
	if a == b {
		t.Fatal("two tests share a bucket")
	}
	for _, secret := range []string{os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY")} {
		if secret == "" || strings.Contains(a, secret) {
			t.Errorf("credentials belong into the environment, not into %s", a)
		}
	}
}

func TestAMissingToolIsNamed(t *testing.T) {
	_, err := program("no-such-program", filepath.Join(t.TempDir(), "*"))
	if err == nil || !strings.Contains(err.Error(), "no-such-program") || !strings.Contains(err.Error(), ".ci/tools") {
		t.Errorf("got %v", err)
	}
	for required, call := range map[string]string{"0": "skip", "1": "fail"} {
		t.Setenv("COMMUNIQUE_REQUIRE_TOOLS", required)
		var said outcome
		need(&said, "a tool", err)
		if said.how != call || !strings.HasPrefix(said.what, "missing tool: a tool") {
			t.Errorf("required %s: %+v", required, said)
		}
	}
}

// outcome notes how a test would have ended.
type outcome struct {
	testing.TB
	how, what string
}

func (o *outcome) Helper()           {}
func (o *outcome) Skip(args ...any)  { o.end("skip", args) }
func (o *outcome) Fatal(args ...any) { o.end("fail", args) }

// end keeps the first end: a real test would not go on after it.
func (o *outcome) end(how string, args []any) {
	if o.how == "" {
		o.how, o.what = how, fmt.Sprint(args...)
	}
}

func TestProgramsRun(t *testing.T) {
	for version, find := range map[string]func(testing.TB) string{"--version": Schemathesis, "-v": Nginx} {
		t.Run(version, func(t *testing.T) {
			if out, err := exec.Command(find(t), version).CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
