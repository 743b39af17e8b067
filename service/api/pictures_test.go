package api

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"strings"
	"testing"

	"communique/render/picture/testcard"
)

const illustrated = "---\ntitle: A\nlang: en\n---\n\n![A seal](pictures/seal.png)\n\n: Seal\n"

// picturedForm is a form of a source and pictures, given as names and contents.
func picturedForm(source string, files ...string) (body io.Reader, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreateFormFile(pictureField, "unused.gif") // a buffer takes everything
	part.Write(testcard.GIF(testcard.Chart(9, 9)))
	part, _ = w.CreateFormFile(fileField, "a.en.md")
	part.Write([]byte(source))
	for i := 0; i+1 < len(files); i += 2 {
		part, _ = w.CreateFormFile(pictureField, files[i])
		part.Write([]byte(files[i+1]))
	}
	w.Close()
	return &b, w.FormDataContentType()
}

func TestPicturesArePartsOfTheForm(t *testing.T) {
	s := newService(t, serviceOptions{})
	seal := string(testcard.PNG(testcard.Seal(40)))
	body, contentType := picturedForm(illustrated, "seal.png", seal)
	a := s.call("POST", "/v1/render?format=html", body, "Content-Type", contentType)
	if a.StatusCode != 200 || !bytes.Contains(a.body, []byte(`alt="A seal" src="data:image/png;base64,`)) {
		t.Fatalf("status %d: %.300s", a.StatusCode, a.body)
	}
	body, contentType = picturedForm(illustrated, `C:\files\seal.png`, seal)
	if a := s.call("POST", "/v1/render?format=pdf", body, "Content-Type", contentType); a.StatusCode != 200 || !bytes.Contains(a.body, []byte("/Subtype/Image")) {
		t.Errorf("status %d", a.StatusCode)
	}
	for name, c := range map[string]struct{ source, code string }{
		"not sent": {strings.ReplaceAll(illustrated, "seal", "map"), "image-missing"},
		"above":    {strings.ReplaceAll(illustrated, "pictures", ".."), "image-address"},
		"network":  {strings.ReplaceAll(illustrated, "pictures", "https://example.org"), "image-address"},
	} {
		body, contentType = picturedForm(c.source, "seal.png", seal)
		p := s.problem(s.call("POST", "/v1/render", body, "Content-Type", contentType), invalidSource)
		if len(p.Problems) != 1 || p.Problems[0].Code != c.code || p.Problems[0].Line != 6 || p.Problems[0].Fix == "" {
			t.Errorf("%s: %+v", name, p.Problems)
		}
	}
}

func TestPicturesOfARawBodyHaveNoFolder(t *testing.T) {
	s := newService(t, serviceOptions{})
	p := s.problem(s.call("POST", "/v1/render", strings.NewReader(illustrated), "Content-Type", "text/markdown"), invalidSource)
	if len(p.Problems) != 1 || p.Problems[0].Code != "image-address" {
		t.Errorf("%+v", p.Problems)
	}
}

func TestFormsWithTooManyOrEqualPicturesAreRefused(t *testing.T) {
	s := newService(t, serviceOptions{limits: Limits{Pictures: 2}})
	body, contentType := picturedForm(illustrated, "a.png", "x", "b.png", "y")
	if p := s.problem(s.call("POST", "/v1/render", body, "Content-Type", contentType), bodyTooLarge); !strings.Contains(p.Detail, "more than 2 pictures") {
		t.Error(p.Detail)
	}
	body, contentType = picturedForm(illustrated, "unused.gif", "x")
	if p := s.problem(s.call("POST", "/v1/render", body, "Content-Type", contentType), malformedBody); !strings.Contains(p.Detail, `two pictures called "unused.gif"`) {
		t.Error(p.Detail)
	}
}

func TestPicturesAreCheckedToo(t *testing.T) {
	s := newService(t, serviceOptions{})
	body, contentType := picturedForm(illustrated, "seal.png", "<svg/>")
	a := s.call("POST", "/v1/check", body, "Content-Type", contentType)
	var report Report
	if err := json.Unmarshal(a.body, &report); err != nil || report.Errors != 1 || report.Problems[0].Code != "image-format" {
		t.Errorf("%v: %s", err, a.body)
	}
}
