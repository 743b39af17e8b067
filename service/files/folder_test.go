package files

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAFolderIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s := mustOpen(t, dir, Options{})
	put(t, s, []byte("not for everybody"))
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		if !e.IsDir() {
			files++
		}
		return err
	})
	if err != nil || files != 2 { // the blob and the probe, nothing beside them
		t.Errorf("%d files, %v", files, err)
	}
}

func TestWhatKilledWritersLeftIsSwept(t *testing.T) {
	dir := t.TempDir()
	key := Sum([]byte("x")).key()
	ages := map[string]bool{ // by name: is it swept when it is old?
		key + ".17a8b3c2d1e0f000.tmp":   true,
		probe + ".17a8b3c2d1e0f000.tmp": true,
		key:                             false,
		"somebody's.tmp":                false,
		"ab/notes.1.tmp":                false,
	}
	old := time.Now().Add(-2 * abandoned)
	for name := range ages {
		write(t, filepath.Join(dir, name), old)
	}
	young := filepath.Join(dir, key+".27a8b3c2d1e0f000.tmp")
	write(t, young, time.Now())
	mustOpen(t, dir, Options{})
	for name, swept := range ages {
		if _, err := os.Stat(filepath.Join(dir, name)); os.IsNotExist(err) != swept {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(young); err != nil {
		t.Errorf("a file that may still be written is gone: %v", err)
	}
}

func write(t *testing.T, path string, when time.Time) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, when, when); err != nil {
		t.Fatal(err)
	}
}

// A sweep spares what is young: what is put again must be young again.
func TestPuttingAgainRenewsWhatIsOld(t *testing.T) {
	s := mustOpen(t, t.TempDir(), Options{})
	data := []byte("an old picture")
	d := put(t, s, data)
	write(t, filepath.Join(s.place.folder, d.key()), time.Now().Add(-2*fresh)) // damaged as well
	put(t, s, data)
	all := listed(t, s)
	if len(all) != 1 || time.Since(all[0].Time) > fresh {
		t.Errorf("listed %v", all)
	}
	if got, err := s.Get(t.Context(), d); err != nil || string(got) != string(data) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestAFolderThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, time.Now())
	_, err := Open(t.Context(), file, Options{})
	if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "check that") {
		t.Errorf("got %v", err)
	}
	dir := filepath.Join(t.TempDir(), "gone")
	s := mustOpen(t, "file://"+dir, Options{})
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	write(t, dir, time.Now()) // nobody can write below a file, not even root
	if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("check: %v", err)
	}
}
