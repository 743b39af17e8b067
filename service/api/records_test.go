package api

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// A record sent as the raw body is known by its type.
func TestRecordsAreKnownByTheirType(t *testing.T) {
	s := newService(t, serviceOptions{})
	unknown := strings.Replace(exampleRecord, "plenary", "plenery", 1)
	for _, c := range []struct {
		query, mediaType, source string
		name, code               string // of the one problem; none if empty
	}{
		{"", "application/yaml", exampleRecord, "", ""},
		{"", "application/x-yaml", exampleRecord, "", ""},
		{"", "text/yaml; charset=utf-8", exampleRecord, "", ""},
		{"", "application/json", string(exampleRecordJSON), "", ""},
		{"?name=kp.yml", "application/yaml", exampleRecord, "", ""},
		{"?lang=en", "application/yaml", exampleRecord, "", ""},
		{"?lang=en,fr", "application/yaml", exampleRecord, "publication.yaml", "missing-translation"},
		{"", "application/yaml", unknown, "publication.yaml", "bad-value"},
		{"?name=kp.YAML", "text/yaml", unknown, "kp.YAML", "bad-value"},
		{"", "application/json", strings.Replace(string(exampleRecordJSON), "plenary", "plenery", 1), "publication.json", "bad-value"},
		{"", "application/json", exampleRecord, "publication.json", "json-syntax"},
		{"?lang=en", "text/markdown", exampleRecord, "statement.en.md", "missing-key"}, // the type decides, not what it looks like
	} {
		a := s.call("POST", checkPath+c.query, strings.NewReader(c.source), "Content-Type", c.mediaType)
		var report Report
		if err := json.Unmarshal(a.body, &report); err != nil || a.StatusCode != 200 {
			t.Fatalf("%s: status %d: %s", c.mediaType, a.StatusCode, a.body)
		}
		switch {
		case c.code == "" && len(report.Problems) > 0, c.code != "" && len(report.Problems) != 1:
			t.Errorf("%s %s: %s", c.query, c.mediaType, a.body)
		case c.code != "" && (report.Problems[0].File != c.name || report.Problems[0].Code != c.code):
			t.Errorf("%s %s: %+v, want %s in %s", c.query, c.mediaType, report.Problems[0], c.code, c.name)
		}
	}
}

// One language and one product come as they are, all else as a zip.
func TestRecordsAreRendered(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, c := range []struct {
		query, accept string
		status        int
		mediaType     string
		name          string // of the file, or of the files in the zip
	}{
		{"?lang=en", "", 200, "application/pdf", "publication.report.en.pdf"},
		{"?lang=en&product=notice", "text/html", 200, "text/html", "publication.notice.en.html"},
		{"?lang=en&name=kp.yaml&format=outcomes.csv", "", 200, "text/csv", "kp.en.outcomes.csv"},
		{"?lang=en&format=data.json", "", 200, "application/json", "publication.data.json"},
		{"", "", 200, "application/zip", "publication.report.en.pdf"},
		{"?lang=en,fr&product=report,notice&format=txt", "", 200, "application/zip",
			"publication.report.en.txt publication.notice.en.txt publication.report.fr.txt publication.notice.fr.txt"},
		{"", "application/pdf", 406, "", ""},
		{"?product=speech", "", 400, "", ""},
		{"?product=notice,notice", "", 400, "", ""},
		{"?lang=en,en", "", 400, "", ""},
		{"?lang=tlh", "", 400, "", ""},
	} {
		header := []string{"Content-Type", "application/yaml"}
		if c.accept != "" {
			header = append(header, "Accept", c.accept)
		}
		a := s.call("POST", renderPath+c.query, strings.NewReader(exampleRecord), header...)
		if a.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d: %.300s", c.query, a.StatusCode, c.status, a.body)
			continue
		}
		if c.status != 200 {
			continue
		}
		got := a.Header.Get("Content-Disposition")
		if c.mediaType == "application/zip" {
			z, err := zip.NewReader(bytes.NewReader(a.body), int64(len(a.body)))
			if err != nil {
				t.Fatal(err)
			}
			got = ""
			for _, f := range z.File {
				got += f.Name + " "
			}
			got = strings.TrimSpace(got)
			if got != c.name {
				t.Errorf("%s: the zip has %s, want %s", c.query, got, c.name)
			}
		}
		if !strings.HasPrefix(a.Header.Get("Content-Type"), c.mediaType) || !strings.Contains(got, c.name) {
			t.Errorf("%s: %s %s, want %s %s", c.query, a.Header.Get("Content-Type"), got, c.mediaType, c.name)
		}
	}
	s.problem(s.call("POST", renderPath+"?product=report", strings.NewReader("---\ntitle: T\nlang: en\n---\n"), "Content-Type", "text/markdown"), invalidParameter)
	s.problem(s.call("POST", renderPath+"?lang=en,fr", strings.NewReader("---\ntitle: T\nlang: en\n---\n"), "Content-Type", "text/markdown"), invalidParameter)
	s.problem(s.call("POST", renderPath+"?format=data.json", strings.NewReader("---\ntitle: T\nlang: en\n---\n\nText\n"), "Content-Type", "text/markdown"), invalidSource)
}

func TestRecordsMayNotHaveNamesOfStatements(t *testing.T) {
	s := newService(t, serviceOptions{})
	for mediaType, name := range map[string]string{"application/yaml": "kp.en.md", "text/yaml": "kp.json", "application/json": "kp.yaml"} {
		p := s.problem(s.call("POST", checkPath+"?name="+name, strings.NewReader(exampleRecord), "Content-Type", mediaType), invalidParameter)
		if len(p.Problems) != 1 || p.Problems[0].Code != "invalid-name" || p.Problems[0].Expected == "" {
			t.Errorf("%s as %s: %+v", name, mediaType, p)
		}
	}
	body, contentType := partOf(t, "kp.en.md", "application/yaml", exampleRecord)
	s.problem(s.call("POST", checkPath, body, "Content-Type", contentType), malformedBody)
	body, contentType = partOf(t, "kp.yaml", "application/yaml", exampleRecord)
	if a := s.call("POST", checkPath, body, "Content-Type", contentType); a.StatusCode != http.StatusOK || !strings.Contains(string(a.body), `"problems":[]`) {
		t.Errorf("status %d: %s", a.StatusCode, a.body)
	}
}

func TestTheAnswer415NamesEveryType(t *testing.T) {
	s := newService(t, serviceOptions{})
	a := s.call("POST", checkPath, strings.NewReader("<a/>"), "Content-Type", "application/xml")
	s.problem(a, unsupportedMediaType)
	for mediaType := range recordTypes {
		if !strings.Contains(a.Header.Get("Accept"), mediaType) {
			t.Errorf("Accept %q lacks %s", a.Header.Get("Accept"), mediaType)
		}
	}
}

// partOf is a form with one file of a type.
func partOf(t *testing.T, name, mediaType, data string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="file"; filename="` + name + `"`}, "Content-Type": {mediaType}})
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(data)) // a buffer takes everything
	w.Close()
	return &b, w.FormDataContentType()
}
