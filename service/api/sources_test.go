package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// FuzzReadSources sends any body under any Content-Type: what comes back is
// sources with safe names and within the limits, or a problem.
func FuzzReadSources(f *testing.F) {
	body, contentType := form("a.en.md", english, "a.fr.md", french)
	encoded, err := io.ReadAll(body)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(contentType, string(encoded))
	f.Add("text/markdown; charset=utf-8", english)
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=file; filename*=UTF-8''%2e%2e%2fa\r\n\r\nb\r\n--x--")
	f.Add("multipart/form-data; boundary=x", "--x\nContent-Disposition: form-data; name=\"file\"; filename=\"a\\\r\n b\"\nContent-Transfer-Encoding: quoted-printable\n\n=\n--x--")
	s := &Server{limits: Limits{Body: 1 << 16, Files: 3}.withDefaults()}
	f.Fuzz(func(t *testing.T, contentType, body string) {
		c, _ := gin.CreateTestContext(httptest.NewRecorder())
		c.Request = httptest.NewRequest(http.MethodPost, renderPath, strings.NewReader(body))
		c.Request.Header["Content-Type"] = []string{contentType}
		sources, problem := s.readSources(c, &parameters{})
		if (problem == nil) != (len(sources) > 0) || len(sources) > 3 {
			t.Fatalf("%d sources, problem %+v", len(sources), problem)
		}
		for _, source := range sources {
			if !fileName(source.Name) || len(source.Data) > 1<<16 {
				t.Errorf("source %q of %d bytes", source.Name, len(source.Data))
			}
		}
	})
}

// FuzzReadParameters sends any query: it is read or refused with reasons.
func FuzzReadParameters(f *testing.F) {
	f.Add("format=pdf,html&strict&lang=zh-Hans&name=a.en.md")
	f.Add("format=&theme=%00&name=..&lang=-")
	table := []parameter{langParameter(), nameParameter(), strictParameter()}
	f.Fuzz(func(t *testing.T, query string) {
		p, problem := readParameters(query, table)
		if (p == nil) == (problem == nil) {
			t.Fatalf("parameters %+v, problem %+v", p, problem)
		}
		if p != nil && p.name != "" && !fileName(p.name) {
			t.Errorf("unsafe name %q", p.name)
		}
	})
}
