package judge

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A judge that never finds anything is worth nothing: each is shown something bad.

func write(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// plain is a PDF that opens and conforms to nothing.
func plain() string {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n")
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"}
	xref := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for i, o := range objects {
		xref += fmt.Sprintf("%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&b, "%[2]strailer\n<</Size %[3]d/Root 1 0 R>>\nstartxref\n%[1]d\n%%%%EOF\n", b.Len(), xref, len(objects)+1)
	return b.String()
}

func TestVeraPDFNamesTheClauseThatIsBroken(t *testing.T) {
	Need(t, VeraPDF)
	file := write(t, "plain.pdf", plain())
	for flavour, clause := range map[string]string{"2a": "ISO 19005-2:2011 clause ", "ua1": "ISO 14289-1:2014 clause "} {
		found, err := Validate(flavour, []string{file})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Fatalf("%s: nothing found in a PDF that conforms to nothing", flavour)
		}
		for _, f := range found {
			if f.File != file || !strings.HasPrefix(f.Rule, clause) || f.Message == "" {
				t.Errorf("%s: finding %+v", flavour, f)
			}
		}
	}
}

func TestVeraPDFReportsAFileThatIsNoPDF(t *testing.T) {
	Need(t, VeraPDF)
	found, err := Validate("2a", []string{write(t, "no.pdf", "this is no PDF")})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Error("nothing found")
	}
}

func TestQpdfReportsAWarning(t *testing.T) {
	Need(t, Qpdf)
	good, bad := plain(), strings.Replace(plain(), "startxref\n", "startxref\n9", 1)
	for name, data := range map[string]string{"good.pdf": good, "bad.pdf": bad} {
		found, err := Check([]string{write(t, name, data)})
		if err != nil {
			t.Fatal(err)
		}
		if want := name == "bad.pdf"; (len(found) > 0) != want {
			t.Errorf("%s: found %v", name, found)
		}
	}
}

func TestHTMLCheckerReportsAnErrorWithItsPlace(t *testing.T) {
	Need(t, HTML)
	file := write(t, "bad.html", "<!DOCTYPE html><html lang=en><title>t</title><p><img src=x>")
	found, err := Conform([]string{file})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 || found[0].File != file || !strings.Contains(found[0].Message, "alt") || !strings.HasPrefix(found[0].Where, "1:") {
		t.Errorf("found %+v", found)
	}
}
