package backup_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"communique/service/backup"
	"communique/service/files"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/search"
	"communique/service/store"
)

// house is an office's database and files.
type house struct {
	store *store.Store
	files *files.Store
	place string
}

// opened opens a house whose database has no tables yet.
func opened(t *testing.T, database, place string) house {
	t.Helper()
	s, err := store.Open(context.Background(), database, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	f, err := files.Open(context.Background(), place, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return house{s, f, place}
}

func sqlite(t *testing.T) string { return filepath.Join(t.TempDir(), "communique.db") }

// furnished is a house with so many publications, each with a source of its own.
func furnished(t *testing.T, h house, n int) house {
	t.Helper()
	ctx := context.Background()
	if err := h.store.Migrate(ctx, nil); err != nil {
		t.Fatal(err)
	}
	by := press.Actor{Kind: "key", ID: "desk"}
	for i := range n {
		data := []byte(fmt.Sprintf("---\ntitle: Statement %d\n---\n%s", i, strings.Repeat("Text. ", 5000)))
		digest, err := h.files.Put(ctx, data)
		if err != nil {
			t.Fatal(err)
		}
		err = h.store.Write(ctx, func(tx *store.Tx) error {
			now, err := tx.Now()
			if err != nil {
				return err
			}
			p := &press.Publication{Slug: fmt.Sprintf("statement-%d", i), CreatedAt: now}
			if err := p.Do(press.Command{Action: press.Save, By: by, Now: now}); err != nil {
				return err
			}
			r := p.Open()
			r.Sources = []press.Source{{Name: "en.md", Digest: digest.String(), Size: int64(len(data))}}
			r.Languages = []press.Language{{Lang: "en", Title: "Statement", Kind: "statement", Terms: search.Terms("Statement on diamonds")}}
			if err := tx.Insert(p); err != nil {
				return err
			}
			return tx.Note(press.Entry{By: by, Action: press.Save, Publication: p.ID, Slug: p.Slug, Revision: 1})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// tables is everything in a database but the note that it was restored.
func tables(t *testing.T, h house) string {
	t.Helper()
	var b bytes.Buffer
	err := h.store.Read(context.Background(), func(tx *store.Tx) error {
		for _, name := range store.Tables() {
			if err := tx.Dump(name, &b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(b.String(), "[\"restored\",\"1\"]\n", "", 1)
}

func blobs(t *testing.T, h house) (all []string) {
	t.Helper()
	for info, err := range h.files.List(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, info.Digest.String())
	}
	slices.Sort(all)
	return all
}

func saved(t *testing.T, h house) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.tar")
	m, err := backup.Write(context.Background(), h.store, h.files, path, "test")
	if err != nil {
		t.Fatal(err)
	}
	if n, size := m.Files(); n != len(blobs(t, h)) || size == 0 {
		t.Errorf("the manifest has %d files of %d bytes", n, size)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("anybody can read the backup: %v, %v", info, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("more than the backup is left: %v, %v", left, err)
	}
	return path
}

func restored(t *testing.T, path, database, place string) house {
	t.Helper()
	h := opened(t, database, place)
	if _, err := backup.Restore(context.Background(), path, h.store, h.files); err != nil {
		t.Fatal(err)
	}
	if err := h.store.Migrate(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return h
}

// TestOfficesMoveAround: SQLite and a folder, PostgreSQL and S3, and back.
func TestOfficesMoveAround(t *testing.T) {
	first := furnished(t, opened(t, sqlite(t), t.TempDir()), 5)
	want, files := tables(t, first), blobs(t, first)
	second := restored(t, saved(t, first), outside.PostgreSQL(t), outside.S3(t))
	third := restored(t, saved(t, second), sqlite(t), t.TempDir())
	for name, h := range map[string]house{"PostgreSQL": second, "SQLite": third} {
		if got := tables(t, h); got != want {
			t.Errorf("in %s there is\n%s\nwant\n%s", name, got, want)
		}
		if got := blobs(t, h); !slices.Equal(got, files) {
			t.Errorf("in %s there are the files %v, want %v", name, got, files)
		}
	}
}

// member is a part of an archive, as the tests take it to pieces.
type member struct {
	header tar.Header
	data   []byte
}

func taken(t *testing.T, path string) (all []member) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r := tar.NewReader(f); ; {
		h, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, member{*h, data})
	}
}

func rewritten(t *testing.T, all []member) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range all {
		m.header.Size = int64(len(m.data))
		if err := w.WriteHeader(&m.header); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(m.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "backup.tar")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDamageIsNamed: whatever is changed, lost, added or put elsewhere, the refusal
// names the member, and the place stays as empty as it was.
func TestDamageIsNamed(t *testing.T) {
	path := saved(t, furnished(t, opened(t, sqlite(t), t.TempDir()), 2))
	whole := taken(t, path)
	refuse := func(t *testing.T, path, name string) {
		t.Helper()
		database := sqlite(t)
		h := opened(t, database, t.TempDir())
		_, err := backup.Restore(context.Background(), path, h.store, h.files)
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the refusal is %v, and should name %s", err, name)
		}
		if left := blobs(t, h); len(left) > 0 {
			t.Errorf("%d files were restored", len(left))
		}
		if err := h.store.Migrate(context.Background(), nil); err != nil {
			t.Errorf("the database is not as it was: %v", err)
		}
	}
	for i, m := range whole {
		changed := slices.Clone(whole)
		changed[i].data = bytes.Clone(m.data)
		changed[i].data[len(m.data)/2] ^= 1
		name := m.header.Name
		if name == "manifest.json" {
			name = "" // which member it speaks of depends on the bit
		}
		t.Run("changed "+m.header.Name, func(t *testing.T) { refuse(t, rewritten(t, changed), name) })
		t.Run("without "+m.header.Name, func(t *testing.T) {
			refuse(t, rewritten(t, slices.Delete(slices.Clone(whole), i, i+1)), m.header.Name)
		})
	}
	t.Run("something added", func(t *testing.T) {
		refuse(t, rewritten(t, slices.Insert(slices.Clone(whole), 1, member{tar.Header{Name: "tables/evil.jsonl"}, []byte("[]")})), whole[1].header.Name)
	})
	t.Run("something after the end", func(t *testing.T) {
		refuse(t, rewritten(t, append(slices.Clone(whole), member{tar.Header{Name: "last"}, []byte("x")})), "last")
	})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{0, 100, len(data) / 2, len(data) - 4096} {
		t.Run(fmt.Sprintf("cut to %d bytes", length), func(t *testing.T) {
			cut := filepath.Join(t.TempDir(), "cut.tar")
			if err := os.WriteFile(cut, data[:length], 0o600); err != nil {
				t.Fatal(err)
			}
			refuse(t, cut, "cut.tar cannot be used")
		})
	}
}

func TestOnlyEmptyPlacesAreFilled(t *testing.T) {
	path := saved(t, furnished(t, opened(t, sqlite(t), t.TempDir()), 2))
	h := furnished(t, opened(t, sqlite(t), t.TempDir()), 1)
	before := tables(t, h)
	if _, err := backup.Restore(context.Background(), path, h.store, h.files); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("an office was overwritten: %v", err)
	}
	if tables(t, h) != before {
		t.Error("it has changed")
	}
	other := opened(t, sqlite(t), t.TempDir())
	if _, err := other.files.Put(context.Background(), []byte("another office's")); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(context.Background(), path, other.store, other.files); err == nil || !strings.Contains(err.Error(), "files is not empty") {
		t.Errorf("two offices were mixed: %v", err)
	}
}

func TestMissingAndDamagedFilesEndTheBackup(t *testing.T) {
	for name, damage := range map[string]func(house, files.Digest) error{
		"missing": func(h house, d files.Digest) error { return h.files.Delete(context.Background(), d) },
		"damaged": func(h house, d files.Digest) error {
			return os.WriteFile(filepath.Join(h.place, d.String()[:2], d.String()[2:]), []byte("x"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := furnished(t, opened(t, sqlite(t), t.TempDir()), 2)
			d, err := files.ParseDigest(blobs(t, h)[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(h, d); err != nil {
				t.Fatal(err)
			}
			folder := t.TempDir()
			if _, err := backup.Write(context.Background(), h.store, h.files, filepath.Join(folder, "backup.tar"), "test"); err == nil || !strings.Contains(err.Error(), d.String()) {
				t.Errorf("got %v", err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("%v is left, %v", left, err)
			}
		})
	}
}

// The child process of the tests: it makes backups until it is killed.
const childDatabase, childFiles, childTarget = "BACKUP_DATABASE", "BACKUP_FILES", "BACKUP_TARGET"

func TestMain(m *testing.M) {
	if place := os.Getenv(childDatabase); place != "" {
		fmt.Println("failed:", child(place))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func child(place string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, place, store.Options{})
	if err != nil {
		return err
	}
	f, err := files.Open(ctx, os.Getenv(childFiles), files.Options{})
	for err == nil {
		_, err = backup.Write(ctx, s, f, os.Getenv(childTarget), "test")
	}
	return err
}

// TestAKillLeavesNoHalfBackup: under the final name there is nothing, or a whole one.
func TestAKillLeavesNoHalfBackup(t *testing.T) {
	database := sqlite(t)
	h := furnished(t, opened(t, database, t.TempDir()), 40)
	for round := range 5 {
		folder := t.TempDir()
		target := filepath.Join(folder, "backup.tar")
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childDatabase+"="+database, childFiles+"="+h.place, childTarget+"="+target)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for seen := 0; seen <= round; { // a little later each time
			parts, err := filepath.Glob(filepath.Join(folder, ".backup.tar.*.part"))
			if err != nil {
				t.Fatal(err)
			}
			for _, part := range parts {
				if info, err := os.Stat(part); err == nil && info.Size() > int64(round)*100_000 {
					seen++
				}
			}
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it says that the process was killed
		_, err := os.Stat(target)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if _, err := backup.Verify(target); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
	}
}

// TestBackupsAreOfOneInstant: the office goes on while it is copied, and what is
// copied is whole.
func TestBackupsAreOfOneInstant(t *testing.T) {
	for name, database := range map[string]string{"SQLite": sqlite(t), "PostgreSQL": outside.PostgreSQL(t)} {
		t.Run(name, func(t *testing.T) {
			h := furnished(t, opened(t, database, t.TempDir()), 3)
			ctx, stop := context.WithCancel(context.Background())
			done := make(chan error)
			go func() {
				var err error
				for i := 0; ctx.Err() == nil && err == nil; i++ {
					err = h.store.Write(context.Background(), func(tx *store.Tx) error {
						p := &press.Publication{Slug: fmt.Sprintf("new-%d", i)}
						now, err := tx.Now()
						if err == nil {
							err = errors.Join(p.Do(press.Command{Action: press.Save, Now: now}), tx.Insert(p), tx.Note(press.Entry{Action: press.Save, Publication: p.ID}))
						}
						return err
					})
				}
				done <- err
			}()
			path := filepath.Join(t.TempDir(), "backup.tar")
			_, err := backup.Write(context.Background(), h.store, h.files, path, "test")
			stop()
			if err := errors.Join(err, <-done); err != nil {
				t.Fatal(err)
			}
			copied := restored(t, path, sqlite(t), t.TempDir())
			err = copied.store.Read(context.Background(), func(tx *store.Tx) error {
				c, err := tx.Since(0)
				if err != nil {
					return err
				}
				trail, err := tx.Trail(store.TrailFilter{Limit: 1_000_000})
				if n := int64(len(c.Changed)); n != c.Last || n != int64(len(trail)) {
					t.Errorf("%d publications, %d changes, %d lines", n, c.Last, len(trail))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
