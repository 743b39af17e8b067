package judge_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"communique/render"
	"communique/render/judge"
)

// attached renders PDFs with their sources inside.
func attached(t *testing.T) (files []string, sources []render.Source) {
	t.Helper()
	dir := t.TempDir()
	sources = append(samples(t), read(t, "testdata")...)
	sources = append(sources,
		render.Source{Name: "folder/بيان (1).md", Data: []byte("---\ntitle: بيان\nlang: ar\ndate: 2023-11-14\n---\n\nنص.\n")},
		render.Source{Name: "undated.en.md", Data: []byte("\ufeff---\r\ntitle: Undated\r\nlang: en\r\n---\r\n\r\nText.\r\n")})
	for _, s := range sources {
		res, err := mustRenderer(t).Render(context.Background(), render.Request{Sources: []render.Source{s}, AttachSource: true})
		if err != nil || len(res.Artifacts) != 1 {
			t.Fatalf("%s: %v, %v", s.Name, err, res)
		}
		file := filepath.Join(dir, res.Artifacts[0].Name)
		if err := os.WriteFile(file, res.Artifacts[0].Data, 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	return files, sources
}

func TestPDFsWithTheirSourceAreArchivalAndAccessible(t *testing.T) {
	judge.Need(t, judge.VeraPDF, judge.Qpdf)
	files, _ := attached(t)
	for _, flavour := range []string{"3a", "ua1"} {
		found, err := judge.Validate(flavour, files)
		if err != nil {
			t.Fatal(err)
		}
		judge.Report(t, found)
	}
	found, err := judge.Check(files)
	if err != nil {
		t.Fatal(err)
	}
	judge.Report(t, found)
}

func TestTheSourceComesOutOfThePDFUnchanged(t *testing.T) {
	judge.Need(t, judge.Pdfdetach)
	files, sources := attached(t)
	for i, file := range files {
		out := filepath.Join(t.TempDir(), "out.md")
		if said, err := exec.Command("pdfdetach", "-save", "1", "-o", out, file).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", file, err, said)
		}
		got, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, sources[i].Data) {
			t.Errorf("%s: the file inside is not the source", sources[i].Name)
		}
	}
}
