package api

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestPlainCurlGetsAPDF(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, contentType := range []string{"application/x-www-form-urlencoded", "", "text/markdown", "text/markdown; charset=UTF-8", "text/plain", "application/octet-stream"} {
		t.Run(contentType, func(t *testing.T) {
			a := s.call("POST", "/v1/render", strings.NewReader(english), "Content-Type", contentType, "Accept", "*/*")
			if a.StatusCode != 200 || !bytes.HasPrefix(a.body, []byte("%PDF-")) {
				t.Fatalf("status %d: %.200s", a.StatusCode, a.body)
			}
			for name, want := range map[string]string{
				"Content-Type":        "application/pdf",
				"Content-Disposition": `attachment; filename="statement.pdf"`,
				"Content-Language":    "en",
				"Communique-Warnings": "0",
				"Cache-Control":       "no-store",
				"Vary":                "Accept",
			} {
				if got := a.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestFormatsAndNegotiation(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, c := range []struct {
		query, accept string
		want          string // media type, empty for 406
		files         []string
	}{
		{"", "", "application/pdf", nil},
		{"", "text/html", "text/html; charset=utf-8", nil},
		{"", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", nil},
		{"", "application/pdf;q=0.5, text/html;q=0.9", "text/html; charset=utf-8", nil},
		{"", "application/*", "application/pdf", nil},
		{"", "application/pdf;q=0, */*", "text/html; charset=utf-8", nil},
		{"", "application/zip", "application/zip", []string{"statement.pdf"}},
		{"", "image/png", "", nil},
		{"", "*/*;q=0", "", nil},
		{"?format=html", "", "text/html; charset=utf-8", nil},
		{"?format=HTML", "*/*", "text/html; charset=utf-8", nil},
		{"?format=html", "application/pdf", "", nil},
		{"?format=pdf,html", "", "application/zip", []string{"statement.pdf", "statement.html"}},
		{"?format=html,pdf", "application/*", "application/zip", []string{"statement.html", "statement.pdf"}},
		{"?format=pdf,html", "application/pdf", "", nil},
		{"", "text/plain", "text/plain; charset=utf-8", nil},
		{"", "application/json", "application/json", nil},
		{"", "application/json, text/plain, */*", "application/pdf", nil},
		{"?page=1", "image/png", "image/png", nil},
		{"?page=1-2", "image/png", "", nil},
		{"?format=png", "", "application/zip", []string{"statement-1.png"}},
		{"?format=png&page=1&dpi=36", "", "image/png", nil},
		{"?format=png&page=1", "application/zip", "application/zip", []string{"statement-1.png"}},
		{"?format=card", "", "image/png", nil},
		{"?format=html,card,txt,json", "", "application/zip", []string{"statement.html", "statement.card.png", "statement.txt", "statement.json"}},
	} {
		t.Run(c.query+" "+c.accept, func(t *testing.T) {
			a := s.call("POST", "/v1/render"+c.query, strings.NewReader(english), "Accept", c.accept)
			if c.want == "" {
				if p := s.problem(a, notAcceptable); !strings.Contains(p.Detail, "application/zip") {
					t.Errorf("detail does not list the types: %s", p.Detail)
				}
				return
			}
			if got := a.Header.Get("Content-Type"); a.StatusCode != 200 || got != c.want {
				t.Fatalf("status %d, %s: %.200s", a.StatusCode, got, a.body)
			}
			if c.files != nil {
				if names := zipNames(t, a.body); !slices.Equal(names, c.files) {
					t.Errorf("the zip holds %q, want %q", names, c.files)
				}
			}
		})
	}
}

func TestAPictureOfAPageIsNotTheCard(t *testing.T) {
	s := newService(t, serviceOptions{})
	want := s.call("POST", "/v1/render?format=png&page=1", strings.NewReader(english))
	got := s.call("POST", "/v1/render?page=1", strings.NewReader(english), "Accept", "image/png")
	if got.StatusCode != 200 || !bytes.Equal(got.body, want.body) || got.Header.Get("Content-Disposition") != want.Header.Get("Content-Disposition") {
		t.Errorf("status %d, %s, want %s", got.StatusCode, got.Header.Get("Content-Disposition"), want.Header.Get("Content-Disposition"))
	}
}

func TestTheSourceTravelsInItsPDF(t *testing.T) {
	s := newService(t, serviceOptions{})
	with := s.call("POST", "/v1/render?attach=source", strings.NewReader(english))
	without := s.call("POST", "/v1/render", strings.NewReader(english))
	if with.StatusCode != 200 || !bytes.Contains(with.body, []byte("<pdfaid:part>3<")) || !bytes.Contains(with.body, []byte("/Subtype/text#2Fmarkdown")) {
		t.Errorf("status %d, and no attachment", with.StatusCode)
	}
	if !bytes.Contains(without.body, []byte("<pdfaid:part>2<")) {
		t.Error("a PDF without an attachment does not claim part 2")
	}
}

func TestPagesThatAreNotThere(t *testing.T) {
	s := newService(t, serviceOptions{})
	a := s.call("POST", "/v1/render?format=png&page=9", strings.NewReader(english))
	if p := s.problem(a, invalidSource); len(p.Problems) != 1 || p.Problems[0].Code != "no-such-page" {
		t.Errorf("problems: %+v", p.Problems)
	}
}

func zipNames(t *testing.T, data []byte) []string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if year := f.Modified.Year(); year > 1980 {
			t.Errorf("%s carries a time: %v", f.Name, f.Modified)
		}
	}
	return names
}

func TestSeveralLanguagesComeAsOneZip(t *testing.T) {
	s := newService(t, serviceOptions{})
	body, contentType := form("plenary.en.md", english, "plenary.fr.md", french)
	a := s.call("POST", "/v1/render?format=pdf,html", body, "Content-Type", contentType)
	want := []string{"plenary.en.pdf", "plenary.en.html", "plenary.fr.pdf", "plenary.fr.html"}
	if a.StatusCode != 200 || !slices.Equal(zipNames(t, a.body), want) {
		t.Fatalf("status %d: %.300s", a.StatusCode, a.body)
	}
	if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="plenary.zip"` {
		t.Errorf("Content-Disposition %s", got)
	}
	if got := a.Header.Get("Content-Language"); got != "en, fr" {
		t.Errorf("Content-Language %s", got)
	}
	r, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.Open("plenary.en.html")
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(html, []byte("plenary.fr.html")) {
		t.Error("the English page does not name the French one")
	}
	body, contentType = form("plenary.en.md", english, "plenary.fr.md", french)
	if again := s.call("POST", "/v1/render?format=pdf,html", body, "Content-Type", contentType); !bytes.Equal(a.body, again.body) {
		t.Error("the same request gave other bytes")
	}
}

func TestNamesAndLanguages(t *testing.T) {
	s := newService(t, serviceOptions{})
	untagged := strings.Replace(english, "lang: en\n", "", 1)
	for _, c := range []struct{ query, source, disposition, language string }{
		{"?name=a.fr.md", untagged, `attachment; filename="a.fr.pdf"`, "fr"},
		{"?lang=fr", untagged, `attachment; filename="statement.fr.pdf"`, "fr"},
		{"?name=d%C3%A9claration.md", french, `attachment; filename="d_claration.pdf"; filename*=UTF-8''d%C3%A9claration.pdf`, "fr"},
	} {
		a := s.call("POST", "/v1/render"+c.query, strings.NewReader(c.source))
		if got := a.Header.Get("Content-Disposition"); a.StatusCode != 200 || got != c.disposition {
			t.Errorf("%s: status %d, %s: %.200s", c.query, a.StatusCode, got, a.body)
		}
		if got := a.Header.Get("Content-Language"); got != c.language {
			t.Errorf("%s: language %s", c.query, got)
		}
	}
}

func TestSourcesWithErrorsAreRefusedWithTheirPlaces(t *testing.T) {
	s := newService(t, serviceOptions{})
	p := s.problem(s.call("POST", "/v1/render?name=a.en.md", strings.NewReader(wrong)), invalidSource)
	i := slices.IndexFunc(p.Problems, func(q SourceProblem) bool { return q.Severity == "error" })
	if i < 0 || p.Problems[i].File != "a.en.md" || p.Problems[i].Line == 0 || p.Problems[i].Message == "" || p.Problems[i].Code == "" {
		t.Errorf("problems %+v", p.Problems)
	}
	s.problem(s.call("POST", "/v1/render", strings.NewReader("\xff\xfe")), invalidSource)
}

func TestWarningsAreCountedAndStrictRefusesThem(t *testing.T) {
	s := newService(t, serviceOptions{})
	a := s.call("POST", "/v1/render", strings.NewReader(warned))
	if got := a.Header.Get(warningsHeader); a.StatusCode != 200 || got != "1" {
		t.Errorf("status %d, %s warnings: %.200s", a.StatusCode, got, a.body)
	}
	for _, query := range []string{"?strict", "?strict=true"} {
		s.problem(s.call("POST", "/v1/render"+query, strings.NewReader(warned)), invalidSource)
	}
	if a := s.call("POST", "/v1/render?strict=false", strings.NewReader(warned)); a.StatusCode != 200 {
		t.Errorf("status %d", a.StatusCode)
	}
}

func TestWrongQueriesNameTheNearest(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, c := range []struct{ query, path, fix string }{
		{"formt=pdf", "query.formt", "write format"},
		{"format=pfd", "query.format", "write format=pdf"},
		{"format=pdf,pdf", "query.format", ""},
		{"format=", "query.format", ""},
		{"format=pdf&format=html", "query.format", ""},
		{"theme=offical", "query.theme", "write theme=official"},
		{"paper=A4", "query.paper", "write paper=a4"},
		{"strict=yes", "query.strict", ""},
		{"attach=sauce", "query.attach", ""},
		{"page=0", "query.page", ""},
		{"page=3-2", "query.page", ""},
		{"dpi=9999", "query.dpi", ""},
		{"dpi=x", "query.dpi", ""},
		{"lang=e", "query.lang", ""},
		{"lang=%00", "query.lang", ""},
		{"name=..%2Fa.md", "query.name", ""},
		{"name=" + strings.Repeat("a", 201), "query.name", ""},
		{"name=a%0d%0ab", "query.name", ""},
	} {
		p := s.problem(s.call("POST", "/v1/render?"+c.query, strings.NewReader(english)), invalidParameter)
		if len(p.Problems) != 1 || p.Problems[0].Path != c.path || p.Problems[0].Fix != c.fix || p.Problems[0].Expected == "" {
			t.Errorf("%s: problems %+v", c.query, p.Problems)
		}
	}
	for _, query := range []string{"%zz", "format=pdf;theme=x"} {
		s.problem(s.call("POST", "/v1/render?"+query, strings.NewReader(english)), invalidParameter)
	}
}

func TestBodiesThatCannotBeRead(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{Files: 2}})
	two, twoType := form("a.md", english, "a.md", english)
	same, sameType := form("a.md", english, "a.txt", english)
	three, threeType := form("a.en.md", english, "b.en.md", english, "c.en.md", english)
	none, noneType := form()
	field := "--x\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n%s\r\nbody\r\n--x--\r\n"
	part := func(name, file, header string) io.Reader {
		return strings.NewReader(strings.NewReplacer("%s\"%s", name+`"`+file, "%s", header).Replace(field))
	}
	for _, c := range []struct {
		name        string
		kind        *problemType
		body        io.Reader
		contentType string
		header      []string
	}{
		{"empty", malformedBody, strings.NewReader(""), "text/markdown", nil},
		{"line ends lost", malformedBody, strings.NewReader(strings.ReplaceAll(english, "\n", "")), "application/x-www-form-urlencoded", nil},
		{"XML", unsupportedMediaType, strings.NewReader("<a/>"), "application/xml", nil},
		{"not a type", unsupportedMediaType, strings.NewReader(english), "markdown;;", nil},
		{"Latin 1", unsupportedMediaType, strings.NewReader(english), "text/markdown; charset=iso-8859-1", nil},
		{"compressed", unsupportedMediaType, strings.NewReader(english), "text/markdown", []string{"Content-Encoding", "gzip"}},
		{"form without boundary", malformedBody, strings.NewReader(english), "multipart/form-data", nil},
		{"form that is none", malformedBody, strings.NewReader(english), "multipart/form-data; boundary=x", nil},
		{"form cut off", malformedBody, strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.md\"\r\n\r\nabc"), "multipart/form-data; boundary=x", nil},
		{"form without files", malformedBody, none, noneType, nil},
		{"two files of one name", malformedBody, two, twoType, nil},
		{"two files of one output", malformedBody, same, sameType, nil},
		{"too many files", bodyTooLarge, three, threeType, nil},
		{"other field", malformedBody, part("format", "", ""), "multipart/form-data; boundary=x", nil},
		{"file without a name", malformedBody, part("file", "", ""), "multipart/form-data; boundary=x", nil},
		{"file of another type", unsupportedMediaType, part("file", `; filename="a.md"`, "Content-Type: image/png\r\n"), "multipart/form-data; boundary=x", nil},
		{"form in a form", unsupportedMediaType, part("file", `; filename="a.md"`, "Content-Type: multipart/form-data; boundary=y\r\n"), "multipart/form-data; boundary=x", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s.problem(s.call("POST", "/v1/render", c.body, append(c.header, "Content-Type", c.contentType)...), c.kind)
		})
	}
	body, contentType := form("a.md", english)
	s.problem(s.call("POST", "/v1/render?name=b.md", body, "Content-Type", contentType), invalidParameter)
}

func TestUploadedPathsLoseTheirFolders(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, name := range []string{`C:\press\a.en.md`, "../../etc/a.en.md"} {
		body, contentType := form(name, english)
		a := s.call("POST", "/v1/render", body, "Content-Type", contentType)
		if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="a.en.pdf"` {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestOversizeBodies(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{Body: 1000}})
	big := english + strings.Repeat("word ", 1000)
	s.problem(s.call("POST", "/v1/render", strings.NewReader(big)), bodyTooLarge)
	chunked := struct{ io.Reader }{strings.NewReader(big)} // hides its length
	s.problem(s.call("POST", "/v1/render", chunked), bodyTooLarge)
	body, contentType := form("a.md", big)
	s.problem(s.call("POST", "/v1/render", struct{ io.Reader }{body}, "Content-Type", contentType), bodyTooLarge)
	if a := s.call("POST", "/v1/render", strings.NewReader(english)); a.StatusCode != http.StatusOK {
		t.Errorf("a small body afterwards: status %d", a.StatusCode)
	}
}
