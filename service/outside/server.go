package outside

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// guard runs a server, stops it by a signal when its standard input ends, and
// then removes the server's folder. Its input is a pipe from the test process,
// which ends with that process, even if it is killed.
const guard = `
dir=$1 signal=$2
shift 2
exec 3<&0
"$@" >"$dir.log" 2>&1 3<&- &
server=$!
{ read -r _ <&3; rm -f "$dir.log"; kill -s "$signal" $server; } &
reader=$!
wait $server
kill $reader 2>/dev/null
rm -rf "$dir"
`

// server is a running server.
type server struct {
	folder   string
	port     int
	password string
	alive    io.WriteCloser // the guard's input: open as long as this process lives
}

// settings are how a kind of server is started.
type settings struct {
	// as is the user that it runs as, or nil for ours.
	as *syscall.Credential
	// prepare fills the folder and returns the command line.
	prepare func(s *server) ([]string, error)
	// stop is the name of the signal that ends it at once.
	stop string
	// ready reports whether it answers.
	ready func(s *server) bool
}

// attempts is how many ports are tried: between being found free and being
// listened on, a port can be taken by another process.
const attempts = 3

func (k settings) start() (*server, error) {
	var errs error
	for range attempts {
		s, err := k.try()
		if err == nil {
			return s, nil
		}
		errs = errors.Join(errs, err)
	}
	return nil, errs
}

func (k settings) try() (*server, error) {
	dir, err := os.MkdirTemp("", "communique-outside-")
	if err != nil {
		return nil, err
	}
	s := &server{folder: dir}
	if k.as != nil {
		err = os.Chown(dir, int(k.as.Uid), int(k.as.Gid))
	}
	var command []string
	if err == nil {
		s.port, err = freePort()
	}
	if err == nil {
		command, err = k.prepare(s)
	}
	if err == nil {
		err = s.run(command, k)
	}
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// run starts the guard with the server, and waits until the server answers.
func (s *server) run(command []string, k settings) error {
	cmd := exec.Command("/bin/sh", append([]string{"-c", guard, "guard", s.folder, k.stop}, command...)...)
	cmd.Dir = s.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: k.as, Setpgid: true} // an interrupt is for the tests, not for their servers
	var err error
	if s.alive, err = cmd.StdinPipe(); err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	for !k.ready(s) {
		if _, err := os.Stat(s.folder); errors.Is(err, os.ErrNotExist) {
			log, _ := os.ReadFile(s.folder + ".log")
			return errors.Join(fmt.Errorf("%s ended: %s", command[0], log), os.Remove(s.folder+".log"))
		}
		time.Sleep(10 * time.Millisecond) // a server says nowhere that it has begun to listen
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

func (s *server) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }
