package api

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"communique/service/access"
	"communique/service/press"
)

// documentedOperations are all operations of the interface, with addresses of a
// publication of which revision 1 is out.
func documentedOperations(p *pressOffice) (out []struct {
	method, path string
	operation    *openapi3.Operation
}) {
	p.t.Helper()
	encoded, err := p.openAPI()
	must(p.t, err)
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	must(p.t, err)
	names := strings.NewReplacer("{slug}", "kimberley-2023", "{lang}", "en", "{number}", "1", "{name}", "en.pdf", "{id}", strings.Repeat("0", 26))
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			if strings.HasPrefix(path, "/v1/") {
				out = append(out, struct {
					method, path string
					operation    *openapi3.Operation
				}{method, names.Replace(path), operation})
			}
		}
	}
	return out
}

func published(t *testing.T, o pressOptions) *pressOffice {
	t.Helper()
	o.database, o.files = sqliteFile(t), folder(t)
	p := openPress(t, o)
	p.do(201, "PUT", address("kimberley-2023"), english)
	p.do(200, "POST", address("kimberley-2023")+"/publish", "")
	return p
}

func TestWhatNoDocumentHasIsRefused(t *testing.T) {
	p := published(t, pressOptions{})
	for _, o := range documentedOperations(p) {
		problem := p.refused(p.as(access.Admin, o.method, o.path+"?nope=1", ""), invalidParameter, "nope")
		if len(problem.Problems) != 1 || problem.Problems[0].Expected == "" {
			t.Errorf("%s %s: %+v", o.method, o.path, problem.Problems)
		}
		p.refused(p.as(access.Admin, o.method, o.path+"?a=%zz", ""), invalidParameter, "not well formed")
		keyed := o.operation.Parameters.GetByInAndName("header", idempotencyKey) != nil
		harmless := o.method == http.MethodGet || o.operation.RequestBody != nil && (o.path == verifyPath || o.path == renderPath || o.path == checkPath)
		if !keyed && !harmless {
			p.refused(p.as(access.Admin, o.method, o.path, "", idempotencyKey, "mine-1"), invalidRequest, "leave the header out")
		}
	}
	if got := p.do(200, "GET", address("kimberley-2023"), ""); got.Version != 2 {
		t.Errorf("refused requests have made version %d", got.Version)
	}
}

// Who sends an instant to publish means schedule: nothing may go out now.
func TestMovesWithoutABodyTakeNone(t *testing.T) {
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	path := address("bare")
	p.do(201, "PUT", path, english)
	for _, body := range []string{`{"at": "2027-01-01T00:00:00Z"}`, `{"notes": {"en": "Why."}}`, "[]", "null"} {
		p.refused(p.as(access.Admin, "POST", path+"/publish", body, "Content-Type", "application/json"), invalidRequest, "takes no body", "send none, or {}")
		p.refused(p.as(access.Admin, "DELETE", path, body, "Content-Type", "application/json"), invalidRequest)
	}
	p.refused(p.as(access.Admin, "POST", path+"/publish", "{"), malformedBody)
	p.refused(p.as(access.Admin, "POST", path+"/publish", "at=2027-01-01", "Content-Type", "text/plain"), unsupportedMediaType)
	p.refused(p.as(access.Admin, "POST", path+"/publish?at=2027-01-01T00:00:00Z", ""), invalidParameter, "at")
	if got := p.do(200, "GET", path, ""); got.Version != 1 || got.Current() != nil {
		t.Fatalf("a refused request has made version %d", got.Version)
	}
	p.do(200, "POST", path+"/submit", "", "Content-Type", "text/plain")
	p.do(200, "POST", path+"/publish", " {} ")
}

func TestHeadIsAnsweredLikeGet(t *testing.T) {
	p := published(t, pressOptions{})
	for _, o := range documentedOperations(p) {
		if o.method != http.MethodGet {
			continue
		}
		got, head := p.as(access.Admin, "GET", o.path, ""), p.as(access.Admin, "HEAD", o.path, "")
		if head.StatusCode != got.StatusCode || len(head.body) != 0 {
			t.Errorf("HEAD %s: status %d with %d bytes, GET %d", o.path, head.StatusCode, len(head.body), got.StatusCode)
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control"} {
			if head.Header.Get(name) != got.Header.Get(name) {
				t.Errorf("HEAD %s: %s %q, GET %q", o.path, name, head.Header.Get(name), got.Header.Get(name))
			}
		}
		allow := p.as(access.Admin, "TRACE", o.path, "").Header.Get("Allow")
		if !strings.Contains(allow, "GET") || !strings.Contains(allow, "HEAD") {
			t.Errorf("%s: Allow %q", o.path, allow)
		}
	}
}

func TestFinishedFilesNeedNoSlot(t *testing.T) {
	p := published(t, pressOptions{limits: Limits{Slots: 1, Queue: -1}})
	p.do(200, "POST", address("kimberley-2023")+"/correct", `{"notes": {"en": "Why."}}`)
	must(t, p.api.gate.admit()) // somebody renders
	defer p.api.gate.leave()
	of := func(revision int) answered {
		return p.as(access.Read, "GET", fmt.Sprintf("%s/revisions/%d/editions/en.pdf", address("kimberley-2023"), revision), "")
	}
	if a := of(1); a.StatusCode != 200 || !strings.HasPrefix(string(a.body), "%PDF-") {
		t.Errorf("a finished file: status %d %.300s", a.StatusCode, a.body)
	}
	p.refused(of(2), busy)
	p.refused(of(3), notFound)
}

// The document and the rules say the same of a slug.
func TestTheDocumentKnowsSlugs(t *testing.T) {
	field, _ := reflect.TypeFor[Where]().FieldByName("Slug")
	if pattern, length := field.Tag.Get("pattern"), field.Tag.Get("maxLength"); pattern != press.SlugPattern || length != strconv.Itoa(press.MaxSlug) {
		t.Errorf("the body of a rename has %s and %s, the rules %s and %d", pattern, length, press.SlugPattern, press.MaxSlug)
	}
}
