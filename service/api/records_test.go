package api

import (
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
		{"?lang=fr", "application/yaml", exampleRecord, "", ""},
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
