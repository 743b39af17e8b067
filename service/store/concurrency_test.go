package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"communique/service/access"
	"communique/service/outside"
	"communique/service/press"
)

// TestTwentyWriters: each of them makes changes to one publication, and begins
// again when another was faster. No version is lost, none is made twice.
func TestTwentyWriters(t *testing.T) {
	both(t, func(t *testing.T, s *Store) { twentyWriters(t, []*Store{s}) })
	t.Run("two servers on PostgreSQL", func(t *testing.T) {
		address := outside.PostgreSQL(t)
		twentyWriters(t, []*Store{migrated(t, address), migrated(t, address)})
	})
}

func twentyWriters(t *testing.T, stores []*Store) {
	const writers, each = 20, 5
	draft(t, stores[0], "a", text("en", "statement", "", "One"))
	var wg sync.WaitGroup
	var mu sync.Mutex
	versions, refused := map[int64]int{}, 0
	for w := range writers {
		wg.Go(func() {
			s := stores[w%len(stores)]
			for range each {
				for {
					version, err := bump(s, "a", fmt.Sprintf("writer%d", w))
					mu.Lock()
					if err == nil {
						versions[version]++
					} else {
						refused++
					}
					mu.Unlock()
					if err == nil {
						break
					}
					if !errors.Is(err, &press.Error{Kind: press.Changed}) {
						t.Errorf("writer %d: %v", w, err)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	for v := int64(2); v <= writers*each+1; v++ {
		if versions[v] != 1 {
			t.Errorf("version %d was made %d times", v, versions[v])
		}
	}
	if p := bySlug(t, stores[0], "a"); p.Version != writers*each+1 {
		t.Errorf("the publication is at version %d", p.Version)
	}
	c := since(t, stores[len(stores)-1], 0)
	if c.Last != writers*each+1 {
		t.Errorf("%d changes were counted", c.Last)
	}
	t.Logf("%d were refused and tried again", refused)
}

// bump does what the office does: reads, works outside of any transaction, and
// writes if nobody came between.
func bump(s *Store, slug, by string) (version int64, err error) {
	var seen int64
	err = s.Read(context.Background(), func(tx *Tx) error {
		p, err := tx.BySlug(slug)
		if err == nil {
			seen = p.Version
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	err = s.Write(context.Background(), func(tx *Tx) error {
		p, err := tx.BySlug(slug)
		if err != nil {
			return err
		}
		if p.Version != seen {
			return &press.Error{Kind: press.Changed, Detail: "another came between"}
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		if err := p.Do(press.Command{Action: press.Save, Now: now, By: press.Actor{Kind: "key", ID: by}}); err != nil {
			return err
		}
		err = tx.Save(p)
		version = p.Version
		return err
	})
	return version, err
}

// TestManyPublicationsAtOnce: what Since has read up to a change is everything
// up to that change.
func TestManyPublicationsAtOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		const writers, each = 8, 10
		done := make(chan struct{})
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					p := &press.Publication{Slug: fmt.Sprintf("p%d-%d", w, i)}
					if err := s.Write(context.Background(), func(tx *Tx) error { return insertDraft(tx, p, text("en", "statement", "", "x")) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		go func() { wg.Wait(); close(done) }()
		seen, last := map[string]bool{}, int64(0)
		for over := false; !over; {
			select {
			case <-done:
				over = true
			default:
			}
			c := since(t, s, last)
			for _, p := range c.Changed {
				seen[p.ID] = true
			}
			if int64(len(seen)) != c.Last {
				t.Fatalf("up to change %d there are %d publications", c.Last, len(seen))
			}
			last = c.Last
		}
		if len(seen) != writers*each {
			t.Errorf("%d publications", len(seen))
		}
	})
}

// The child processes of the tests: what to do, and where.
const childTask, childPlace = "STORE_TASK", "STORE_PLACE"

func TestMain(m *testing.M) {
	if task := os.Getenv(childTask); task != "" {
		if err := child(task, os.Getenv(childPlace)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child waits for the word, so that all begin together, and does its task.
func child(task, place string) error {
	ctx := context.Background()
	s, err := Open(ctx, place, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Println("ready")
	if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
		return err
	}
	then := 0
	if err := s.Migrate(ctx, func(context.Context) error { then++; return nil }); err != nil {
		return err
	}
	made := ""
	err = s.Write(ctx, func(tx *Tx) error {
		first, err := tx.FirstKey()
		if err != nil || !first {
			return err
		}
		now, err := tx.Now()
		if err != nil {
			return err
		}
		k, _, err := access.New("First key", access.AllScopes(), now, now.AddDate(1, 0, 0))
		if err != nil {
			return err
		}
		made = " first key"
		return tx.AddKey(k)
	})
	fmt.Printf("done %d%s\n", then, made)
	return err
}

// TestFourProcessesStartTogether on an empty database: the tables are made once,
// and so is the first key.
func TestFourProcessesStartTogether(t *testing.T) {
	for name, place := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "communique.db"), "PostgreSQL": outside.PostgreSQL(t)} {
		t.Run(name, func(t *testing.T) {
			const processes = 4
			said := together(t, processes, "migrate", place)
			if got := strings.Count(said, "first key"); got != 1 {
				t.Errorf("%d first keys were made:\n%s", got, said)
			}
			if got := strings.Count(said, "done 1"); got != processes {
				t.Errorf("%d processes got through:\n%s", got, said)
			}
			s := migrated(t, place)
			read(t, s, func(tx *Tx) error {
				var all, distinct int
				err := tx.row("SELECT count(*), count(DISTINCT version_id) FROM goose_db_version").Scan(&all, &distinct)
				if all != distinct || all < 2 {
					t.Errorf("%d migrations were made of %d", all, distinct)
				}
				return err
			})
		})
	}
}

// together runs so many processes of this test, which begin their task at the same time.
func together(t *testing.T, n int, task, place string) string {
	t.Helper()
	var words []io.WriteCloser
	var outs []*bufio.Reader
	var all []*exec.Cmd
	for range n {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childTask+"="+task, childPlace+"="+place)
		cmd.Stderr = os.Stderr
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		words, outs, all = append(words, in), append(outs, bufio.NewReader(out)), append(all, cmd)
	}
	for _, out := range outs {
		if line, err := out.ReadString('\n'); line != "ready\n" {
			t.Fatalf("a process says %q, %v", line, err)
		}
	}
	for _, w := range words {
		io.WriteString(w, "go\n")
	}
	var said strings.Builder
	for i, cmd := range all {
		rest, err := io.ReadAll(outs[i])
		said.Write(rest)
		if err := errors.Join(err, cmd.Wait()); err != nil {
			t.Errorf("process %d: %v: %s", i, err, rest)
		}
	}
	return said.String()
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		if err := s.Migrate(context.Background(), nil); err != nil {
			t.Errorf("a second start: %v", err)
		}
		write(t, s, func(tx *Tx) error {
			_, err := tx.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, " + map[bool]string{true: "true", false: "1"}[tx.dialect.shared] + ")")
			return err
		})
		err := s.Migrate(context.Background(), nil)
		if err == nil || !strings.Contains(err.Error(), "version 9999") || !strings.Contains(err.Error(), "run the newer program") {
			t.Errorf("got %v", err)
		}
	})
}

func TestOneServerOnAFolder(t *testing.T) {
	place := filepath.Join(t.TempDir(), "communique.db")
	first, second := migrated(t, place), migrated(t, place)
	if err := first.Alone(); err != nil {
		t.Fatal(err)
	}
	if err := second.Alone(); err == nil || !strings.Contains(err.Error(), "another communique serves") {
		t.Errorf("got %v", err)
	}
	address := outside.PostgreSQL(t)
	for _, s := range []*Store{migrated(t, address), migrated(t, address)} {
		if err := s.Alone(); err != nil {
			t.Errorf("PostgreSQL is shared: %v", err)
		}
	}
}

func TestAddressesKeepTheirSecrets(t *testing.T) {
	for _, address := range []string{"postgres://u:s3cret@127.0.0.1:1/x", "postgres://u:s3cret@127.0.0.1:port/x", "postgres://u:s3cret@[::1/x"} {
		_, err := Open(context.Background(), address, Options{})
		if err == nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("got %v", err)
		}
	}
}
