package doctor_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"communique/locales"
	"communique/render/locale"
	"communique/service/access"
	"communique/service/doctor"
	"communique/service/files"
	"communique/service/jobs"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/store"
	"communique/service/webhook"
)

// ward is an office in which all is well, until a test sees to it.
type ward struct {
	*doctor.Office
	t      *testing.T
	folder string
	id     string
}

func admitted(t *testing.T, database string) *ward {
	t.Helper()
	ctx := context.Background()
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if database == "" {
		database = filepath.Join(folder, "communique.db")
	}
	w := &ward{t: t, folder: folder}
	s, err := store.Open(ctx, database, store.Options{})
	w.must(err)
	t.Cleanup(func() { s.Close() })
	f, err := files.Open(ctx, filepath.Join(folder, "files"), files.Options{Cache: -1})
	w.must(err)
	t.Cleanup(func() { f.Close() })
	q, err := jobs.Open(jobs.Options{Store: s})
	w.must(err)
	w.must(s.Migrate(ctx, q.Migrate))
	catalog, err := locale.Load(locales.FS)
	w.must(err)
	w.Office = &doctor.Office{Folder: folder, Store: s, Files: f, Locales: catalog, Address: "https://press.example.org", Zone: "Europe/London",
		Now: time.Now, Free: func(string) (uint64, error) { return 10 << 30, nil }}
	digest, err := f.Put(ctx, []byte("source"))
	w.must(err)
	w.write(func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		k, _, err := access.New("First", access.AllScopes(), now, time.Time{})
		if err != nil {
			return err
		}
		p := &press.Publication{Slug: "secret-slug", CreatedAt: now}
		if err := p.Do(press.Command{Action: press.Save, Now: now}); err != nil {
			return err
		}
		p.Open().Sources = []press.Source{{Digest: digest.String()}}
		p.Open().Languages = []press.Language{{Lang: "en", Title: "Secret title"}}
		err = errors.Join(tx.AddKey(k), tx.Insert(p))
		w.id = p.ID
		return err
	})
	return w
}

func (w *ward) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *ward) write(do func(*store.Tx) error) {
	w.t.Helper()
	w.must(w.Store.Write(context.Background(), do))
}

func (w *ward) exec(statement string) {
	w.t.Helper()
	_, err := w.Store.DB().Exec(statement)
	w.must(err)
}

// bad are the findings that are not well.
func bad(all []doctor.Finding) (out []string) {
	for _, f := range all {
		if f.Level != doctor.Well {
			out = append(out, string(f.Level)+" "+f.Check)
		}
	}
	return out
}

func TestAHealthyOffice(t *testing.T) {
	for name, database := range map[string]string{"SQLite": "", "PostgreSQL": outside.PostgreSQL(t)} {
		t.Run(name, func(t *testing.T) {
			w := admitted(t, database)
			for _, deep := range []bool{false, true} {
				w.Deep = deep
				all := w.Examine(context.Background())
				if found := bad(all); len(found) > 0 {
					t.Errorf("%v in %+v", found, all)
				}
				if len(all) < 15 {
					t.Errorf("only %d looks", len(all))
				}
			}
		})
	}
}

// ailments are what can be wrong, one by one, and what is then found.
var ailments = []struct {
	name string
	does func(*ward)
	want []string
	says string
}{
	{"the folder is open to all", func(w *ward) { w.must(os.Chmod(w.folder, 0o755)) }, []string{"warning folder"}, "chmod 700"},
	{"the folder is gone", func(w *ward) { w.Folder = filepath.Join(w.folder, "gone") }, []string{"wrong folder"}, "--data"},
	{"the folder is a file", func(w *ward) { w.Folder = filepath.Join(w.folder, "communique.db") }, []string{"wrong folder"}, "is no folder"},
	{"the disk is nearly full", func(w *ward) { w.Free = func(string) (uint64, error) { return 500 << 20, nil } }, []string{"warning disk"}, "500 MiB"},
	{"the disk is full", func(w *ward) { w.Free = func(string) (uint64, error) { return 5 << 20, nil } }, []string{"wrong disk"}, "make room now"},
	{"the disk says nothing", func(w *ward) { w.Free = func(string) (uint64, error) { return 0, errors.New("no idea") } }, []string{"wrong disk"}, "no idea"},
	{"the database is away", func(w *ward) { w.Store, w.NoStore = nil, errors.New("connection refused") }, []string{"wrong database"}, "connection refused"},
	{"the database is newer", func(w *ward) { w.exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)") }, []string{"wrong database"}, "newer program"},
	{"the restore was broken off", func(w *ward) { w.exec("CREATE TABLE restoring (x BIGINT)") }, []string{"wrong database"}, "was not finished"},
	{"the clock is slow", func(w *ward) { w.Now = func() time.Time { return time.Now().Add(-5 * time.Second) } }, []string{"warning clock"}, "NTP"},
	{"the clock is wrong", func(w *ward) { w.Now = func() time.Time { return time.Now().Add(3 * time.Minute) } }, []string{"wrong clock"}, "NTP"},
	{"the files are away", func(w *ward) { w.Files, w.NoFiles = nil, errors.New("no such bucket") }, []string{"wrong files"}, "no such bucket"},
	{"a file is missing", func(w *ward) { w.must(w.Files.Delete(context.Background(), files.Sum([]byte("source")))) }, []string{"wrong content"}, "1 of 1 files that revisions need are missing"},
	{"a file is damaged", func(w *ward) {
		name := files.Sum([]byte("source")).String()
		w.must(os.WriteFile(filepath.Join(w.folder, "files", name[:2], name[2:]), []byte("SOURCE"), 0o600))
	}, []string{"wrong content"}, "damaged"},
	{"a file is nobody's", func(w *ward) {
		d, err := w.Files.Put(context.Background(), []byte("nobody's"))
		w.must(err)
		old := time.Now().Add(-48 * time.Hour)
		w.must(os.Chtimes(filepath.Join(w.folder, "files", d.String()[:2], d.String()[2:]), old, old))
	}, []string{"warning orphans"}, "1 files"},
	{"a release was missed", func(w *ward) {
		w.exec("UPDATE revisions SET state = 'released', release_at = 1")
	}, []string{"warning schedule"}, "1 releases were due"},
	{"a language has no words", func(w *ward) { w.exec("UPDATE languages SET lang = 'tlh'") }, []string{"warning languages"}, "tlh"},
	{"nobody is admin", func(w *ward) { w.exec("DELETE FROM keys") }, []string{"warning keys"}, "no admin key"},
	{"a key ends soon", func(w *ward) {
		w.write(func(tx *store.Tx) error {
			now, err := tx.Now()
			if err != nil {
				return err
			}
			k, _, err := access.New("Website", access.Scopes{access.Read}, now, now.AddDate(0, 0, 7))
			return errors.Join(err, tx.AddKey(k))
		})
	}, []string{"warning keys"}, "end soon"},
	{"a receiver is deaf", func(w *ward) {
		hook := &webhook.Webhook{URL: "https://example.org/hooks", Enabled: true}
		w.write(func(tx *store.Tx) error { return tx.AddWebhook(hook, webhook.NewSecret()) })
		hook.FailedAt = time.Now()
		w.write(func(tx *store.Tx) error { return tx.SaveWebhook(hook) })
	}, []string{"warning webhooks"}, "do not reach"},
	{"the resources are broken", func(w *ward) { w.Locales, w.NoResources = nil, errors.New("no fonts") }, []string{"wrong resources"}, "no fonts"},
	{"there is no address", func(w *ward) { w.Address = "" }, []string{"warning address"}, "--public-url"},
	{"the address is open", func(w *ward) { w.Address = "http://press.example.org" }, []string{"warning address"}, "https"},
	{"the address is none", func(w *ward) { w.Address = "press" }, []string{"wrong address"}, "cannot be read"},
	{"the zone is none", func(w *ward) { w.Zone = "London" }, []string{"wrong zone"}, "Europe/London"},
}

func TestAilments(t *testing.T) {
	for _, a := range ailments {
		t.Run(a.name, func(t *testing.T) {
			w := admitted(t, "")
			a.does(w)
			all := w.Examine(context.Background())
			if found := bad(all); !slices.Equal(found, a.want) {
				t.Errorf("found %v, want %v: %+v", found, a.want, all)
			}
			said := false
			for _, f := range all {
				if f.Level == doctor.Well {
					continue
				}
				said = said || strings.Contains(f.Text+f.Fix, a.says)
				if f.Fix == "" {
					t.Errorf("nobody is told what to do: %+v", f)
				}
				if strings.Contains(strings.ToLower(f.Text), "secret") {
					t.Errorf("it tells too much: %s", f.Text)
				}
			}
			if !said {
				t.Errorf("nothing says %q: %+v", a.says, all)
			}
		})
	}
}

func TestStuckJobs(t *testing.T) {
	for name, database := range map[string]string{"SQLite": "", "PostgreSQL": outside.PostgreSQL(t)} {
		t.Run(name, func(t *testing.T) {
			w := admitted(t, database)
			q, err := jobs.Open(jobs.Options{Store: w.Store})
			w.must(err)
			for _, at := range []time.Time{time.Now().Add(time.Hour), time.Now()} {
				w.write(func(tx *store.Tx) error { return q.Announce(context.Background(), tx.Tx, w.id, 1, at) })
			}
			if found := bad(w.Examine(context.Background())); len(found) > 0 {
				t.Errorf("what waits is not stuck: %v", found)
			}
			w.write(func(tx *store.Tx) error {
				return q.Announce(context.Background(), tx.Tx, w.id, 1, time.Now().Add(-time.Hour))
			})
			if found := bad(w.Examine(context.Background())); !slices.Equal(found, []string{"warning jobs"}) {
				t.Errorf("found %v", found)
			}
		})
	}
}

// TestDamageThatOnlyDeepSees: a sample does not read every file.
func TestDamageThatOnlyDeepSees(t *testing.T) {
	w := admitted(t, "")
	w.write(func(tx *store.Tx) error {
		p, err := tx.BySlug("secret-slug")
		if err != nil {
			return err
		}
		for i := range 150 {
			d, err := w.Files.Put(context.Background(), []byte{byte(i), 1})
			if err != nil {
				return err
			}
			p.Open().Sources = append(p.Open().Sources, press.Source{Digest: d.String()})
		}
		return tx.Save(p)
	})
	var digests []string
	w.must(w.Store.Read(context.Background(), func(tx *store.Tx) error {
		for d, err := range tx.Files() {
			if err != nil {
				return err
			}
			digests = append(digests, d)
		}
		return nil
	}))
	w.must(os.WriteFile(filepath.Join(w.folder, "files", digests[1][:2], digests[1][2:]), []byte("x"), 0o600))
	if found := bad(w.Examine(context.Background())); len(found) > 0 {
		t.Errorf("the sample reads the second file: %v", found)
	}
	w.Deep = true
	if found := bad(w.Examine(context.Background())); !slices.Equal(found, []string{"wrong content"}) {
		t.Errorf("found %v", found)
	}
}
