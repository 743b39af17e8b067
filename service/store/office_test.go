package store

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"communique/service/access"
	"communique/service/press"
)

func TestAuditIsOnlyAddedTo(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		for i, action := range []press.Action{press.Save, press.Publish, press.Withdraw} {
			write(t, s, func(tx *Tx) error {
				return tx.Note(press.Entry{By: desk, Action: action, Publication: []string{"a", "b", "a"}[i], Slug: "a", Revision: 1, RequestID: "r", Detail: json.RawMessage(`{"x":1}`)})
			})
		}
		for _, statement := range []string{"UPDATE audit SET slug = 'b'", "DELETE FROM audit", "DELETE FROM audit WHERE id = 1"} {
			err := s.Write(context.Background(), func(tx *Tx) error { _, err := tx.exec(statement); return err })
			if err == nil || !strings.Contains(err.Error(), "the audit trail is only added to") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if s.dialect.shared {
			if err := s.Write(context.Background(), func(tx *Tx) error { _, err := tx.exec("TRUNCATE audit"); return err }); err == nil {
				t.Error("the trail was truncated")
			}
		}
		read(t, s, func(tx *Tx) error {
			all, err := tx.Trail(TrailFilter{Limit: 10})
			if err != nil || len(all) != 3 {
				t.Fatalf("%d lines, %v", len(all), err)
			}
			if e := all[0]; e.By != desk || e.Action != press.Save || e.RequestID != "r" || e.At.IsZero() || string(e.Detail) != `{"x":1}` {
				t.Errorf("%+v", e)
			}
			one, err := tx.Trail(TrailFilter{Publication: "a", After: all[0].ID, Limit: 10})
			if err != nil || len(one) != 1 || one[0].Action != press.Withdraw {
				t.Errorf("%+v, %v", one, err)
			}
			for actor, want := range map[string]int{desk.ID: 3, "nobody": 0} {
				if of, err := tx.Trail(TrailFilter{Actor: actor, Limit: 10}); err != nil || len(of) != want {
					t.Errorf("%d lines of %s, %v", len(of), actor, err)
				}
			}
			limited, err := tx.Trail(TrailFilter{Limit: 2})
			if len(limited) != 2 {
				t.Errorf("%d lines", len(limited))
			}
			return err
		})
	})
}

func TestPreviews(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		p := draft(t, s, "a")
		at := now(t, s)
		keep := func(reader string, expires time.Time) *press.Preview {
			v := &press.Preview{Publication: p.ID, Revision: 1, Reader: reader, CreatedAt: at, By: desk, ExpiresAt: expires}
			write(t, s, func(tx *Tx) error { return tx.AddPreview(v) })
			return v
		}
		valid, over, long := keep("Agency", at.Add(time.Hour)), keep("Late", at.Add(-time.Minute)), keep("Past", at.Add(-48*time.Hour))
		read(t, s, func(tx *Tx) error {
			got, err := tx.Preview(valid.ID)
			if err != nil || got.Reader != "Agency" || got.By != desk || !got.ExpiresAt.Equal(valid.ExpiresAt) {
				t.Errorf("%+v, %v", got, err)
			}
			_, err = tx.Preview(over.ID)
			refusedAs(t, err, press.NotFound)
			list, err := tx.Previews(p.ID)
			if len(list) != 3 || list[0].ID != valid.ID {
				t.Errorf("%+v", list)
			}
			return err
		})
		err := s.Write(context.Background(), func(tx *Tx) error { return tx.RevokePreview(NewID(), valid.ID) })
		refusedAs(t, err, press.NotFound) // it belongs to another publication
		write(t, s, func(tx *Tx) error { return tx.RevokePreview(p.ID, valid.ID) })
		err = s.Write(context.Background(), func(tx *Tx) error { return tx.RevokePreview(p.ID, valid.ID) })
		refusedAs(t, err, press.NotFound)
		write(t, s, func(tx *Tx) error { return tx.Forget(at.Add(-24 * time.Hour)) })
		read(t, s, func(tx *Tx) error {
			_, err := tx.Preview(valid.ID)
			refusedAs(t, err, press.NotFound)
			list, err := tx.Previews(p.ID)
			if len(list) != 2 || list[0].RevokedAt.IsZero() {
				t.Errorf("%s should have been forgotten: %+v", long.ID, list)
			}
			return err
		})
	})
}

func TestAnswersToRepeatedRequests(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		write(t, s, func(tx *Tx) error {
			kept, err := tx.KeepAnswer("desk", "k", "f", "", `{"a":1}`)
			if again, err := tx.KeepAnswer("desk", "k", "f", "", `{"a":2}`); !kept || again || err != nil {
				t.Errorf("kept %v, then %v: %v", kept, again, err)
			}
			return err
		})
		for _, c := range []struct{ identity, key, fingerprint, want string }{{"desk", "k", "f", `{"a":1}`}, {"chief", "k", "f", ""}, {"desk", "l", "f", ""}} {
			read(t, s, func(tx *Tx) error {
				got, found, err := tx.Answer(c.identity, c.key, c.fingerprint)
				if got != c.want || found != (c.want != "") {
					t.Errorf("%+v: %q", c, got)
				}
				return err
			})
		}
		err := s.Read(context.Background(), func(tx *Tx) error { _, _, err := tx.Answer("desk", "k", "other"); return err })
		refusedAs(t, err, press.Repeated)
		write(t, s, func(tx *Tx) error { return tx.Forget(now(t, s).Add(time.Minute)) })
		read(t, s, func(tx *Tx) error {
			got, found, err := tx.Answer("desk", "k", "other")
			if found {
				t.Errorf("not forgotten: %q", got)
			}
			return err
		})
	})
}

func TestSettingsAreMadeOnce(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		for _, made := range []string{"one", "two"} {
			write(t, s, func(tx *Tx) error {
				got, err := tx.Setting("secret", func() string { return made })
				if got != "one" {
					t.Errorf("the setting is %q", got)
				}
				return err
			})
		}
	})
}

func TestKeys(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		at := now(t, s)
		k, _, err := access.New("Newsroom", access.Scopes{access.Read}, at, at.Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		var before, after int64
		read(t, s, func(tx *Tx) (err error) { before, err = tx.KeyChange(); return err })
		write(t, s, func(tx *Tx) error { return tx.AddKey(k) })
		read(t, s, func(tx *Tx) (err error) { after, err = tx.KeyChange(); return err })
		if after <= before {
			t.Error("others do not hear of the key")
		}
		used := at.Add(time.Minute)
		write(t, s, func(tx *Tx) error { return tx.KeyUsed(k.ID, used) })
		write(t, s, func(tx *Tx) error { k.Name = "Website"; return tx.SaveKey(k) })
		read(t, s, func(tx *Tx) error {
			got, err := tx.Key(k.ID)
			if err != nil || got == nil {
				t.Fatal(got, err)
			}
			if got.Name != "Website" || !bytes.Equal(got.Hash, k.Hash) || !got.LastUsedAt.Equal(used) || !got.ExpiresAt.Equal(k.ExpiresAt) {
				t.Errorf("%+v", got)
			}
			if none, err := tx.Key("nobody"); none != nil || err != nil {
				t.Errorf("%+v, %v", none, err)
			}
			all, err := tx.Keys()
			if len(all) != 1 {
				t.Errorf("%d keys", len(all))
			}
			return err
		})
	})
}

func TestFilesNeeded(t *testing.T) {
	both(t, func(t *testing.T, s *Store) {
		draft(t, s, "a", text("en", "statement", "", "One"), text("fr", "statement", "", "Un"))
		want := map[string]bool{digest("aen"): true, digest("afr"): true, digest("b"): false}
		read(t, s, func(tx *Tx) error {
			for d, needed := range want {
				got, err := tx.Needed(d)
				if err != nil || got != needed {
					t.Errorf("%s: %v, %v", d, got, err)
				}
			}
			n := 0
			for d, err := range tx.Files() {
				if err != nil || !want[d] {
					t.Errorf("%s, %v", d, err)
				}
				n++
			}
			if n != 2 {
				t.Errorf("%d files are needed", n)
			}
			return nil
		})
	})
}
