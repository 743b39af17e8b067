package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"go.uber.org/goleak"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/theme"
	"communique/templates"
)

func TestMain(m *testing.M) {
	for _, t := range []string{"application/pdf", "text/html", "text/plain", "text/csv", "image/png", "application/atom+xml", "application/xml", "multipart/byteranges"} {
		openapi3filter.RegisterBodyDecoder(t, openapi3filter.FileBodyDecoder)
	}
	openapi3filter.RegisterBodyDecoder(schemaType, openapi3filter.JSONBodyDecoder)
	goleak.VerifyTestMain(m)
}

const (
	english = "---\ntitle: Statement on the plenary\nlang: en\ndate: 2023-11-14\n---\n\nThe participants met today.\n"
	french  = "---\ntitle: Déclaration sur la session plénière\nlang: fr\ndate: 2023-11-14\n---\n\nLes participants se sont réunis.\n"
	warned  = "---\ntitle: Statement on the plenary\ntitel: again\nlang: en\n---\n\nText.\n"
	wrong   = "---\nlang: en\n---\n\nA statement without a title.\n"
)

// service is a server under test. Every answer it gives is checked against its
// own OpenAPI document.
type service struct {
	*httptest.Server
	t        *testing.T
	api      *Server
	document routers.Router
	log      *bytes.Buffer
}

// serviceOptions change what a test needs otherwise.
type serviceOptions struct {
	limits Limits
	// render stands in for the renderer's own Render.
	render func(context.Context, render.Request) (*render.Result, error)
}

func newService(t *testing.T, o serviceOptions) *service {
	t.Helper()
	s := &service{t: t, log: &bytes.Buffer{}}
	s.api = newServer(t, o.limits, s.log)
	if o.render != nil {
		s.api.render = o.render
	}
	encoded, err := s.openAPI()
	if err != nil {
		t.Fatal(err)
	}
	document, err := openapi3.NewLoader().LoadFromData(encoded)
	if err != nil {
		t.Fatal(err)
	}
	if s.document, err = gorillamux.NewRouter(document); err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewServer(s.api.Handler())
	t.Cleanup(func() {
		s.Client().CloseIdleConnections()
		s.Close()
	})
	return s
}

func newServer(t *testing.T, limits Limits, log io.Writer) *Server {
	t.Helper()
	renderer, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	look, _ := themes.Get("")
	server, err := New(Options{Renderer: renderer, Theme: look, Version: "test", Limits: limits, Anonymous: true, Logger: slog.New(slog.NewJSONHandler(log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func (s *service) openAPI() ([]byte, error) {
	w := httptest.NewRecorder()
	s.api.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, openAPIPath, nil))
	if w.Code != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", openAPIPath, w.Code)
	}
	return w.Body.Bytes(), nil
}

// answered is an answer with its body read.
type answered struct {
	*http.Response
	body []byte
}

// call sends a request; header is a list of names and values.
func (s *service) call(method, path string, body io.Reader, header ...string) answered {
	s.t.Helper()
	return s.callWith(s.t.Context(), method, path, body, header...)
}

func (s *service) callWith(ctx context.Context, method, path string, body io.Reader, header ...string) answered {
	s.t.Helper()
	request, err := http.NewRequestWithContext(ctx, method, s.URL+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Add(header[i], header[i+1])
	}
	response, err := s.Client().Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.checkAgainstDocument(request, response, data)
	return answered{response, data}
}

// checkAgainstDocument fails the test if an operation answers otherwise than
// its OpenAPI document says.
func (s *service) checkAgainstDocument(request *http.Request, response *http.Response, body []byte) {
	s.t.Helper()
	local := request.Clone(context.Background())
	local.URL.Scheme, local.URL.Host, local.Host = "", "", ""
	route, params, err := s.document.FindRoute(local)
	if err != nil {
		return // not an operation: a page, or no resource at all
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: local, PathParams: params, Route: route},
		Status:                 response.StatusCode, Header: response.Header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	input.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		s.t.Errorf("%s %s: the answer is not as documented: %v", request.Method, request.URL.Path, err)
	}
}

// problem reads an answer that must be a problem of a type, and checks what every problem has.
func (s *service) problem(a answered, kind *problemType) Problem {
	s.t.Helper()
	var p Problem
	if err := json.Unmarshal(a.body, &p); err != nil {
		s.t.Fatalf("status %d, not a problem: %s", a.StatusCode, a.body)
	}
	if a.StatusCode != kind.status || p.Status != kind.status || p.Type != kind.uri() {
		s.t.Errorf("status %d, problem %s (%s), want %d %s", a.StatusCode, p.Type, p.Detail, kind.status, kind.uri())
	}
	if ct := a.Header.Get("Content-Type"); ct != "application/problem+json" {
		s.t.Errorf("Content-Type %q", ct)
	}
	if id := a.Header.Get("X-Request-Id"); id == "" || !strings.HasSuffix(p.Instance, "#"+id) {
		s.t.Errorf("instance %q for request %q", p.Instance, id)
	}
	return p
}

// form is a multipart body of files, given as names and contents.
func form(files ...string) (body io.Reader, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		part, _ := w.CreateFormFile(fileField, files[i]) // a buffer takes everything
		part.Write([]byte(files[i+1]))
	}
	w.Close()
	return &b, w.FormDataContentType()
}
