package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const statement = "---\ntitle: Statement %d\nlang: en\n---\n\nText.\n"

func TestWriteFileReplacesWholly(t *testing.T) {
	folder := t.TempDir()
	path, link := filepath.Join(folder, "a.pdf"), filepath.Join(folder, "latest.pdf")
	if err := os.Symlink("a.pdf", link); err != nil {
		t.Skip(err)
	}
	for _, write := range []struct{ path, data string }{{path, "a long first version"}, {path, "second"}, {link, "third"}} {
		if err := writeFile(write.path, []byte(write.data)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != write.data {
			t.Errorf("the file holds %q, %v, want %q", got, err, write.data)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 {
		t.Errorf("left over: %v, %v", entries, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link was replaced")
	}
}

func TestWriteFileThatFailsLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	taken := filepath.Join(folder, "a.pdf")
	if err := os.Mkdir(taken, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{taken, "/dev/full", filepath.Join(folder, "file", "b.pdf")} {
		if err := os.WriteFile(filepath.Join(folder, "file"), nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := writeFile(path, []byte("data")); err == nil {
			t.Errorf("%s: no error", path)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
		t.Errorf("left over: %v, %v", entries, err)
	}
}

func TestAFullDiskIsNotTheInputsFault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.en.md")
	if err := os.WriteFile(file, fmt.Appendf(nil, statement, 1), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	if status := run([]string{"render", file, "-o", "/dev/full"}, nil, &out, &problems); status != exitFault || !strings.Contains(problems.String(), "no space left") {
		t.Errorf("status %d: %s", status, &problems)
	}
}

func TestManyFilesAreWrittenInTheirOrder(t *testing.T) {
	folder := t.TempDir()
	args, want := []string{"render"}, ""
	for i := range 30 {
		file := filepath.Join(folder, fmt.Sprintf("s%02d.en.md", i))
		if err := os.WriteFile(file, fmt.Appendf(nil, statement, i), 0o666); err != nil {
			t.Fatal(err)
		}
		args, want = append(args, file), want+strings.TrimSuffix(file, "md")+"pdf\n"
	}
	var out, problems bytes.Buffer
	if status := run(args, nil, &out, &problems); status != exitDone || out.String() != want {
		t.Errorf("status %d, printed %s%s", status, &out, &problems)
	}
}

func TestLanguagesOfAPublicationAreOneGroup(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("x", 0o777); err != nil {
		t.Fatal(err)
	}
	fronts := []struct{ file, front string }{
		{"a.en.md", "title: A"}, {"b.en.md", "title: B\nid: kp"}, {"a.fr.md", "title: A"}, {"x/a.ru.md", "title: A"},
		{"./a.zh-Hans.md", "title: A"}, {"notes.md", "title: N"}, {"a.md", "title: A"},
		{"autre.fr.md", "title: B\ntranslation_of: kp"}, {"otra.es.md", "title: B\nid: kp"}, {"broken.ar.md", "title: [\nid: kp"},
	}
	var files []string
	for _, f := range fronts {
		files = append(files, f.file)
		if err := os.WriteFile(f.file, []byte("---\n"+f.front+"\n---\n\nText.\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	shared := &folders{}
	resources, err := shared.open()
	if err != nil {
		t.Fatal(err)
	}
	r, err := shared.renderer(resources, 1)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := groupInputs(r, files)
	want := "[[a.en.md a.fr.md ./a.zh-Hans.md] [b.en.md autre.fr.md otra.es.md] [x/a.ru.md] [notes.md] [a.md] [broken.ar.md]]"
	if got := fmt.Sprint(groups); err != nil || got != want {
		t.Errorf("groups %s, want %s (%v)", got, want, err)
	}
}

func TestAPipeAmongTheFilesIsReadOnce(t *testing.T) {
	if _, err := os.Stat("/dev/fd"); err != nil {
		t.Skip("this system names no pipes")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text := "---\ntitle: From a pipe\nlang: en\n---\n\nText.\n"
	if _, err := w.WriteString(text); err != nil {
		t.Fatal(err)
	}
	w.Close()
	file := filepath.Join(t.TempDir(), "a.en.md")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, problems bytes.Buffer
	if status := run([]string{"check", fmt.Sprintf("/dev/fd/%d", r.Fd()), file}, nil, &out, &problems); status != exitDone {
		t.Errorf("status %d: %s%s", status, &out, &problems)
	}
}
