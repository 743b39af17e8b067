package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/service/doctor"
	"communique/service/files"
	"communique/service/outside"
	"communique/service/press"
	"communique/service/store"
)

// called runs the program and returns its status and what it said.
func called(args ...string) (status int, out, errs string) {
	var stdout, stderr bytes.Buffer
	status = run(args, strings.NewReader(""), &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// kept makes an office with one draft in a data folder.
func kept(t *testing.T) (folder string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "data")
	f := &officeFlags{data: folder}
	o, err := f.open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	digest, err := o.files.Put(context.Background(), []byte("source"))
	if err != nil {
		t.Fatal(err)
	}
	err = o.store.Write(context.Background(), func(tx *store.Tx) error {
		now, err := tx.Now()
		if err != nil {
			return err
		}
		p := &press.Publication{Slug: "a", CreatedAt: now}
		if err := p.Do(press.Command{Action: press.Save, Now: now}); err != nil {
			return err
		}
		p.Open().Sources = []press.Source{{Digest: digest.String()}}
		return tx.Insert(p)
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestBackupRestoreAndDoctor(t *testing.T) {
	folder := kept(t)
	archive := filepath.Join(t.TempDir(), "backup.tar")
	if status, out, errs := called("backup", "--data", folder, "-o", archive); status != exitDone || !strings.Contains(out, "1 files of 6 bytes") {
		t.Fatalf("backup: %d %s %s", status, out, errs)
	}
	for name, place := range map[string][]string{
		"a folder":          {"--data", filepath.Join(t.TempDir(), "new")},
		"PostgreSQL and S3": {"--database", outside.PostgreSQL(t), "--files", outside.S3(t)},
	} {
		t.Run(name, func(t *testing.T) {
			if status, out, errs := called(append([]string{"restore", archive}, place...)...); status != exitDone || !strings.Contains(out, "restored the office of") {
				t.Fatalf("restore: %d %s %s", status, out, errs)
			}
			if status, _, errs := called(append([]string{"restore", archive}, place...)...); status == exitDone || !strings.Contains(errs, "not empty") {
				t.Errorf("restored over an office: %d %s", status, errs)
			}
			status, out, errs := called(append([]string{"doctor", "--json", "--deep"}, place...)...)
			var all []doctor.Finding
			if err := json.Unmarshal([]byte(out), &all); err != nil || status != exitDone {
				t.Fatalf("doctor: %d %s %s %v", status, out, errs, err)
			}
			for _, f := range all {
				if f.Check == "content" && f.Level != doctor.Well {
					t.Errorf("%+v", f)
				}
			}
		})
	}
}

func TestARestoreThatFailsCanBeTriedAgain(t *testing.T) {
	folder := kept(t)
	archive := filepath.Join(t.TempDir(), "backup.tar")
	if status, _, errs := called("backup", "--data", folder, "-o", archive); status != exitDone {
		t.Fatal(errs)
	}
	whole, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(t.TempDir(), "new")
	damaged := bytes.Clone(whole)
	damaged[bytes.LastIndex(damaged, []byte("source"))] ^= 1
	if err := os.WriteFile(archive, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := called("restore", archive, "--data", place); status != exitInput || !strings.Contains(errs, files.Sum([]byte("source")).String()) {
		t.Errorf("a damaged backup: %d %s", status, errs)
	}
	if err := os.WriteFile(archive, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	blocked := filepath.Join(place, "files")
	if err := os.MkdirAll(blocked, 0o700); err != nil {
		t.Fatal(err)
	}
	other, err := files.Open(context.Background(), blocked, files.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := other.Put(context.Background(), []byte("another office's"))
	if err != nil {
		t.Fatal(err)
	}
	if status, _, errs := called("restore", archive, "--data", place); status != exitFault || !strings.Contains(errs, "name an empty one") {
		t.Errorf("files of another office: %d %s", status, errs)
	}
	if _, err := os.Stat(filepath.Join(place, "communique.db")); err == nil {
		t.Error("a database was left behind")
	}
	if err := other.Delete(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := called("restore", archive, "--data", place); status != exitDone {
		t.Errorf("the second try: %d %s", status, errs)
	}
}

func TestDoctorSaysItInLines(t *testing.T) {
	folder := kept(t)
	status, out, errs := called("doctor", "--data", folder, "--public-url", "https://press.example.org", "--zone", "Europe/London")
	if status != exitDone || !strings.Contains(out, "✓ database: SQLite answers") || !strings.Contains(out, "! keys: no admin key is valid → ") {
		t.Errorf("%d %s %s", status, out, errs)
	}
	if err := os.RemoveAll(filepath.Join(folder, "files")); err != nil {
		t.Fatal(err)
	}
	if status, out, _ = called("doctor", "--data", folder); status != exitInput || !strings.Contains(out, "✗ files: ") {
		t.Errorf("without files: %d %s", status, out)
	}
	if _, err := os.Stat(filepath.Join(folder, "files")); err == nil {
		t.Error("the doctor made a folder")
	}
}

func TestPlacesThatAreNone(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "none")
	for _, args := range [][]string{{"backup", "--data", empty, "-o", filepath.Join(t.TempDir(), "b.tar")}, {"backup"}, {"restore"}, {"restore", "a", "b"}} {
		if status, _, errs := called(args...); status != exitUsage || errs == "" {
			t.Errorf("%v: %d %s", args, status, errs)
		}
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("a place was made")
	}
	if status, _, errs := called("restore", empty); status != exitInput || !strings.Contains(errs, "cannot be used") {
		t.Errorf("no archive: %d %s", status, errs)
	}
	status, out, _ := called("doctor", "--data", empty)
	if status != exitInput || !strings.Contains(out, "✗ database: ") {
		t.Errorf("doctor: %d %s", status, out)
	}
}
