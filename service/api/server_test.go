package api

import (
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestUnknownAddressesAndMethods(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, path := range []string{"/nope", "/v1/render/", "/v1", "/problems/nope", "/docs/../etc"} {
		s.problem(s.call("GET", path, nil), notFound)
	}
	for path, allow := range map[string]string{"/v1/render": "POST", "/healthz": "GET, HEAD", "/docs": "GET, HEAD"} {
		a := s.call("DELETE", path, nil)
		s.problem(a, methodNotAllowed)
		if got := a.Header.Get("Allow"); got != allow {
			t.Errorf("%s: Allow %q, want %q", path, got, allow)
		}
	}
}

func TestRequestIDs(t *testing.T) {
	s := newService(t, serviceOptions{})
	random := regexp.MustCompile(`^[0-9a-f]{16}$`)
	for given, kept := range map[string]bool{"abc-1_2.3": true, "": false, "a b": false, "<script>": false, strings.Repeat("a", 65): false} {
		got := s.call("GET", healthPath, nil, "X-Request-Id", given).Header.Get("X-Request-Id")
		if kept && got != given || !kept && !random.MatchString(got) {
			t.Errorf("given %q, got %q", given, got)
		}
	}
}

func TestEveryAnswerIsSecured(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, path := range []string{"/", "/docs", "/problems", "/openapi.json", "/healthz", "/nope"} {
		a := s.call("GET", path, nil)
		if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Referrer-Policy") != "no-referrer" ||
			!strings.HasPrefix(a.Header.Get("Content-Security-Policy"), "default-src 'none'") || a.Header.Get("Server") != "" {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
}

func TestLogsHoldNoSourceAndNoNames(t *testing.T) {
	s := newService(t, serviceOptions{})
	s.call("POST", "/v1/render?name=embargoed.en.md", strings.NewReader(strings.Replace(wrong, "without", "secretly", 1)))
	s.call("GET", "/embargoed", nil)
	s.Close() // lines are written after answers
	log := s.log.String()
	if strings.Contains(log, "secretly") || strings.Contains(log, "embargoed") {
		t.Errorf("the log tells too much: %s", log)
	}
	var line struct {
		Route, Problem, ID, Method string
		Status, Sources            int
	}
	first := slices.IndexFunc(strings.Split(log, "\n"), func(l string) bool { return strings.Contains(l, renderPath) })
	if err := json.Unmarshal([]byte(strings.Split(log, "\n")[first]), &line); err != nil {
		t.Fatal(err)
	}
	if line.Route != renderPath || line.Status != 422 || line.Problem != "invalid-source" || line.ID == "" || line.Sources != 1 || line.Method != "POST" {
		t.Errorf("the log tells too little: %s", log)
	}
}

func TestProblemsHavePages(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, kind := range problemTypes {
		a := s.call("GET", kind.uri(), nil)
		if a.StatusCode != 200 || !strings.Contains(html.UnescapeString(string(a.body)), "<h1>"+kind.title+"</h1>") || a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: status %d", kind.uri(), a.StatusCode)
		}
	}
}

func TestDocsTellEveryOperationAndParameter(t *testing.T) {
	s := newService(t, serviceOptions{})
	page := html.UnescapeString(string(s.call("GET", "/docs", nil).body))
	for _, want := range []string{"<b>POST</b> /v1/render", "<b>POST</b> /v1/check", "<b>GET</b> /healthz", "<b>GET</b> /readyz", "<code>format</code>", "pdf | html", "official",
		"application/problem+json", "Retry-After", "SourceProblem", "multipart/form-data"} {
		if !strings.Contains(page, want) {
			t.Errorf("/docs lacks %s", want)
		}
	}
	for _, path := range []string{"/", "/docs", "/problems"} {
		if page := string(s.call("GET", path, nil).body); strings.Contains(page, "<script") || regexp.MustCompile(`(src|href)="(https?:)?//`).MatchString(page) {
			t.Errorf("%s loads from elsewhere or runs scripts", path)
		}
		if a := s.call("HEAD", path, nil); a.StatusCode != 200 || len(a.body) != 0 {
			t.Errorf("HEAD %s: status %d, %d bytes", path, a.StatusCode, len(a.body))
		}
	}
}

// Every call of an office stands in the contents and has a section of its own.
func TestDocsTellEveryCall(t *testing.T) {
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	page := html.UnescapeString(string(p.call("GET", "/docs", nil).body))
	encoded, err := p.openAPI()
	must(t, err)
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	must(t, err)
	calls := 0
	for path, item := range document.Paths.Map() {
		for method, o := range item.Operations() {
			calls++
			for _, want := range []string{`<a href="#` + o.OperationID + `"><code><b>` + method + "</b> " + path + "</code>", `id="` + o.OperationID + `"`} {
				if strings.Count(page, want) != 1 {
					t.Errorf("%s %s: %d times %s", method, path, strings.Count(page, want), want)
				}
			}
			if body := o.RequestBody; body != nil && body.Value.Content["application/json"] != nil && len(body.Value.Content) == 1 &&
				!strings.Contains(page, `<a href="`+strings.Replace(body.Value.Content["application/json"].Schema.Ref, "#/components/schemas/", "#schema-", 1)+`"`) {
				t.Errorf("%s %s: the page does not tell its body", method, path)
			}
		}
	}
	if got := strings.Count(page, `<h3 class="operation"`); got != calls {
		t.Errorf("the page has %d sections for %d calls", got, calls)
	}
	order := regexp.MustCompile(`<h2 id="tag-([a-z-]+)">`).FindAllStringSubmatch(page, -1)
	for i, tag := range []string{"rendering", "publications", "moves", "revisions", "previews", "verification", "administration"} {
		if i >= len(order) || order[i][1] != tag {
			t.Fatalf("the groups are %v, want %s at %d", order, tag, i)
		}
	}
}

func TestOpenAPIDocument(t *testing.T) {
	s := newService(t, serviceOptions{})
	a := s.call("GET", openAPIPath, nil)
	if got := a.Header.Get("Content-Type"); got != "application/openapi+json" {
		t.Errorf("Content-Type %s", got)
	}
	document, err := openapi3.NewLoader().LoadFromData(a.body)
	if err != nil {
		t.Fatal(err)
	}
	if err := document.Validate(t.Context(), openapi3.IsOpenAPI31OrLater()); err != nil {
		t.Error(err)
	}
	if document.OpenAPI != "3.1.0" || document.Info.Version != "test" {
		t.Errorf("OpenAPI %s of version %s", document.OpenAPI, document.Info.Version)
	}
	for name := range document.Components.Schemas {
		if name != "Health" && name != "Problem" && name != "Report" && name != "SourceProblem" {
			t.Errorf("the schema %s is nobody's", name)
		}
	}
	operation := document.Paths.Value(renderPath).Post
	for _, row := range s.api.renderParameters() {
		if operation.Parameters.GetByInAndName("query", row.doc.Name) == nil {
			t.Errorf("the parameter %s is not documented", row.doc.Name)
		}
	}
	for mediaType := range recordTypes {
		if operation.RequestBody.Value.Content.Get(mediaType) == nil {
			t.Errorf("a body of type %s is not documented", mediaType)
		}
	}
	statuses := operation.Responses.Map()
	for _, status := range []string{"200", "400", "401", "403", "406", "408", "413", "415", "422", "429", "500", "503", "504"} {
		if statuses[status] == nil {
			t.Errorf("status %s is not documented", status)
		}
	}
	if len(statuses) != 13 {
		t.Errorf("%d statuses are documented, want 13", len(statuses))
	}
}

func TestCheck(t *testing.T) {
	s := newService(t, serviceOptions{})
	for _, c := range []struct {
		query, source    string
		errors, warnings int
	}{
		{"", english, 0, 0},
		{"", warned, 0, 1},
		{"?strict", warned, 1, 0},
		{"", wrong, 1, 0},
	} {
		a := s.call("POST", "/v1/check"+c.query, strings.NewReader(c.source), "Accept", "application/json")
		var report Report
		if err := json.Unmarshal(a.body, &report); err != nil || a.StatusCode != 200 {
			t.Fatalf("status %d: %s", a.StatusCode, a.body)
		}
		if report.Errors != c.errors || report.Warnings != c.warnings || report.Problems == nil || len(report.Problems) != c.errors+c.warnings {
			t.Errorf("%s: %s", c.query, a.body)
		}
	}
	p := s.problem(s.call("POST", "/v1/check?format=pdf", strings.NewReader(english)), invalidParameter)
	if !slices.ContainsFunc(p.Problems, func(q SourceProblem) bool { return q.Code == "unknown-parameter" }) {
		t.Errorf("problems %+v", p.Problems)
	}
	s.problem(s.call("POST", "/v1/check", strings.NewReader("")), malformedBody)
}
