package outside

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

var database shared

// PostgreSQL returns the address of a fresh, empty database (UTF-8, locale C)
// for a test. Nothing of it lasts: it does not even wait for the disk.
func PostgreSQL(t testing.TB) string {
	t.Helper()
	postgres, err := program("postgres", "/usr/lib/postgresql/*/bin/postgres")
	need(t, "PostgreSQL", err)
	bin := filepath.Dir(postgres)
	s, n := database.next(t, func() (*server, error) { return startPostgreSQL(bin) })
	name := fmt.Sprintf("test%d", n)
	cmd := exec.Command(filepath.Join(bin, "createdb"), "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-U", owner, "-T", "template0", name)
	cmd.Env = append(os.Environ(), "PGPASSWORD="+s.password)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("createdb: %v: %s", err, out)
	}
	return fmt.Sprintf("postgres://%s:%s@%s/%s?sslmode=disable", owner, s.password, s.address(), name)
}

// owner is the database server's superuser.
const owner = "communique"

func startPostgreSQL(bin string) (*server, error) {
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	return settings{
		as:   as,
		stop: "QUIT",
		prepare: func(s *server) ([]string, error) {
			s.password = rand.Text()
			data := filepath.Join(s.folder, "data")
			if err := initdb(filepath.Join(bin, "initdb"), data, s.password, as); err != nil {
				return nil, err
			}
			return []string{filepath.Join(bin, "postgres"), "-D", data, "-p", strconv.Itoa(s.port), "-h", "127.0.0.1", "-k", s.folder,
				"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
				"-c", "shared_buffers=32MB", "-c", "max_connections=200"}, nil
		},
		ready: func(s *server) bool {
			return exec.Command(filepath.Join(bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port)).Run() == nil
		},
	}.start()
}

// initdb makes the data folder of a server that asks for a password.
func initdb(program, data, password string, as *syscall.Credential) error {
	secret := data + ".password"
	if err := os.WriteFile(secret, []byte(password), 0o600); err != nil {
		return err
	}
	if as != nil {
		if err := os.Chown(secret, int(as.Uid), int(as.Gid)); err != nil {
			return err
		}
	}
	cmd := exec.Command(program, "-D", data, "-U", owner, "-A", "scram-sha-256", "--pwfile="+secret,
		"--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir = filepath.Dir(data)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

// unprivileged is the user to run as, or nil for ours: PostgreSQL refuses to be root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
		gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(uidErr, gidErr); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("PostgreSQL refuses to run as root, and there is no user postgres or nobody")
}
