package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"
)

// routes makes the router: operations, pages, and answers to everything else.
func (s *Server) routes() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.HandleMethodNotAllowed = true
	router.RedirectTrailingSlash = false
	router.Use(identify, s.measured, s.logged, s.recovered, secured)
	if len(s.options.Origins) > 0 {
		router.Use(s.crossOrigin())
	}
	nothing := func(c *gin.Context) { fail(c, notFound.because("there is nothing at this address")) }
	if s.public() {
		front := s.newFront()
		front.register(router.Group("", front.trusted))
		nothing = front.unrouted
	}
	router.NoRoute(nothing)
	router.NoMethod(func(c *gin.Context) {
		fail(c, methodNotAllowed.because("this address takes "+c.Writer.Header().Get("Allow")))
	})
	document := s.document(router)
	encoded, err := json.Marshal(document)
	if err != nil {
		return nil, fmt.Errorf("OpenAPI document: %w", err)
	}
	get(router, openAPIPath, newConstant("application/openapi+json", encoded).send)
	pages, err := s.pages(document)
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	for _, p := range pages {
		get(router, p.path, p.reply.send)
	}
	if err := s.observe(router); err != nil {
		return nil, fmt.Errorf("metrics: %w", err)
	}
	headLikeGet(router)
	return router, nil
}

// headLikeGet answers HEAD wherever GET is answered; net/http leaves the body out.
func headLikeGet(router *gin.Engine) {
	routes := router.Routes()
	for _, r := range routes {
		known := slices.ContainsFunc(routes, func(o gin.RouteInfo) bool { return o.Method == http.MethodHead && o.Path == r.Path })
		if r.Method == http.MethodGet && !known {
			router.HEAD(r.Path, r.HandlerFunc)
		}
	}
}

// get serves GET, and HEAD with it.
func get(router gin.IRoutes, path string, serve gin.HandlerFunc) {
	router.GET(path, serve)
	router.HEAD(path, serve)
}

const openAPIPath = "/openapi.json"

// document registers the operations and returns what OpenAPI says of them.
func (s *Server) document(router *gin.Engine) *huma.OpenAPI {
	api := humagin.New(router, huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "communique", Version: s.options.Version,
				Description: "Official Markdown statements in, tagged archival PDF, accessible HTML, plain text, JSON and pictures out, in many languages."},
			Servers: []*huma.Server{{URL: "/", Description: "This server"}},
			Tags: []*huma.Tag{
				{Name: "Rendering", Description: "From sources to publications, without storing anything."},
				{Name: "Publications", Description: "Drafts, languages, lists."},
				{Name: "Moves", Description: "From draft to review, schedule, publication, correction and withdrawal."},
				{Name: "Revisions", Description: "History, differences, files, and who did what."},
				{Name: "Previews", Description: "For accredited readers, before the release."},
				{Name: "Verification", Description: "Whether a file was published here, and what has become of it."},
				{Name: "Administration", Description: "Keys, webhooks and the whole audit trail."},
				{Name: "Public face", Description: "What readers see: pages and files of everything that is out, in the language that they prefer. No credentials are looked at."},
				{Name: "Schemas", Description: "What sources and documents consist of, for editors and programs."},
				{Name: "Operation", Description: "For probes and load balancers."},
			},
			Components: &huma.Components{Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
				SecuritySchemes: map[string]*huma.SecurityScheme{"key": {Type: "http", Scheme: "bearer", Description: "An API key, or the token of a person where the office has an identity provider."}}},
		},
		Formats: map[string]huma.Format{"application/json": huma.DefaultJSONFormat},
	})
	s.components = api.OpenAPI().Components.Schemas
	s.registerRender(api)
	s.registerCheck(api)
	s.registerSchemas(api, router)
	s.registerHealth(api)
	if s.office() != nil {
		s.registerPublications(api)
		s.registerMoves(api)
		s.registerRevisions(api)
		s.registerPreviews(api)
		s.registerVerify(api)
		s.registerKeys(api)
		if s.office().Queue != nil {
			s.registerWebhooks(api)
		}
	}
	if s.public() {
		s.documentFace(api.OpenAPI())
	}
	for _, unused := range []string{"ErrorModel", "ErrorDetail"} {
		delete(s.components.Map(), unused) // huma's own errors, which it adds unasked and nothing here sends
	}
	return api.OpenAPI()
}

// schema is a reference to a type's schema in the document's components.
func (s *Server) schema(v any) *huma.Schema {
	t := reflect.TypeOf(v)
	return s.components.Schema(t, true, t.Name())
}

// documented are the parameters as the document tells them.
func documented(table []parameter) []*huma.Param {
	out := make([]*huma.Param, len(table))
	for i := range table {
		out[i] = &table[i].doc
	}
	return out
}

// requestIDParameter documents the id that a caller can give.
func requestIDParameter() *huma.Param {
	return &huma.Param{Name: "X-Request-Id", In: "header", Description: "Your own id for this request, for logs and support: up to 64 letters, digits, dots, dashes and underscores. Anything else is replaced by a random one.",
		Schema: &huma.Schema{Type: huma.TypeString}}
}

const exampleSource = "---\ntitle: Statement on the plenary\nlang: en\nplace: London\ndate: 2023-11-14\n---\n\nThe participants met today.\n"

// exampleRecord is the least that a record needs.
const exampleRecord = "body: {name: Kimberley Process}\nlanguages: {original: en}\nmeeting: {kind: plenary, from: 2023-11-06, to: 2023-11-10}\n"

var exampleRecordJSON = json.RawMessage(`{"body": {"name": "Kimberley Process"}, "languages": {"original": "en"}, "meeting": {"kind": "plenary", "from": "2023-11-06", "to": "2023-11-10"}}`)

// sourcesBody documents what a body can be. It goes into the document after
// huma.Register, which would otherwise read and check the body by it.
func sourcesBody() *huma.RequestBody {
	content := map[string]*huma.MediaType{}
	for _, t := range markdownTypes {
		if t != "" {
			content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), Description: "One Markdown source in UTF-8, whatever this type says of forms or octets."}, Example: exampleSource}
		}
	}
	for t := range recordTypes {
		schema := &huma.Schema{Type: huma.TypeString, MinLength: new(1), Description: "The record of a meeting in YAML, by the schema at " + schemasPath + "plenary."}
		var example any = exampleRecord
		if t == "application/json" {
			schema = &huma.Schema{Type: huma.TypeObject, Description: "The record of a meeting, by the schema at " + schemasPath + "plenary."}
			example = exampleRecordJSON
		}
		content[t] = &huma.MediaType{Schema: schema, Example: example}
	}
	file := &huma.Schema{Type: huma.TypeString, Description: "A Markdown source with a file name, such as statement.fr.md, or a record, such as plenary.yaml"}
	picture := &huma.Schema{Type: huma.TypeString, Format: "binary", Description: "A PNG, JPEG, WebP or GIF picture with a file name, such as map.png"}
	content["multipart/form-data"] = &huma.MediaType{
		Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{fileField}, AdditionalProperties: false,
			Properties: map[string]*huma.Schema{fileField: {Type: huma.TypeArray, MinItems: new(1), Items: file,
				Description: "The sources, one field each: languages of one publication, or several publications"},
				pictureField: {Type: huma.TypeArray, Items: picture,
					Description: "The pictures that the sources name, one field each. A source finds a picture by its file name, whatever folder it says; nothing is fetched from the network"}}},
		Encoding: map[string]*huma.Encoding{fileField: {ContentType: "text/markdown, application/yaml, application/json"}, pictureField: {ContentType: "image/png, image/jpeg, image/webp, image/gif"}},
	}
	return &huma.RequestBody{Required: true, Content: content,
		Description: "Markdown in UTF-8 with YAML front matter, or the record of a meeting in YAML or JSON. " +
			"A body without a Content-Type, or with curl's application/x-www-form-urlencoded, is Markdown; in a form the names tell records."}
}

// commonHeaders are in every answer of an operation.
func commonHeaders() map[string]*huma.Header {
	return map[string]*huma.Header{
		"X-Request-Id":  text("The id of this request: yours, or a random one"),
		"Cache-Control": text("no-store"),
	}
}

func text(description string) *huma.Header {
	return &huma.Header{Description: description, Required: true, Schema: &huma.Schema{Type: huma.TypeString}}
}

// artifactResponse documents a successful render.
func (s *Server) artifactResponse() *huma.Response {
	headers := commonHeaders()
	headers["Content-Disposition"] = text("attachment, with the artifact's file name (RFC 6266)")
	headers["Content-Language"] = text("The languages of the artifacts, in the order of the sources")
	headers["Vary"] = text("Accept")
	headers[warningsHeader] = &huma.Header{Description: "The number of warnings; POST " + checkPath + " tells them", Required: true,
		Schema: &huma.Schema{Type: huma.TypeInteger, Minimum: new(0.0)}}
	content := map[string]*huma.MediaType{zipType: {Schema: binary("Several artifacts; the same artifacts give the same bytes")}}
	for _, f := range s.options.Renderer.Formats() {
		content[bareType(f)] = &huma.MediaType{Schema: binary("One artifact")}
	}
	return &huma.Response{Description: "The artifact, or a zip of the artifacts", Headers: headers, Content: content}
}

func binary(description string) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "binary", Description: description}
}

// responses adds what can go wrong to the answers of an operation.
func (s *Server) responses(answers map[string]*huma.Response, types ...*problemType) map[string]*huma.Response {
	for _, t := range types {
		status := strconv.Itoa(t.status)
		if r := answers[status]; r != nil {
			r.Description += "; " + strings.ToLower(t.title[:1]) + t.title[1:]
			if r.Content["application/problem+json"] == nil { // beside a page for people
				maps.Copy(r.Content, s.problemContent(t))
			}
			continue
		}
		headers := commonHeaders()
		switch t.status {
		case http.StatusServiceUnavailable:
			headers["Retry-After"] = text("Seconds after which to try again")
		case http.StatusUnsupportedMediaType:
			headers["Accept"] = &huma.Header{Description: "The types that are supported, where the type was wrong", Schema: &huma.Schema{Type: huma.TypeString}}
			headers["Accept-Encoding"] = &huma.Header{Description: "identity, where the body was compressed", Schema: &huma.Schema{Type: huma.TypeString}}
		}
		answers[status] = &huma.Response{Description: t.title, Headers: headers,
			Content: s.problemContent(t)}
	}
	return answers
}

func (s *Server) problemContent(t *problemType) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{"application/problem+json": {Schema: s.schema(Problem{}), Example: exampleProblem(t)}}
}

// exampleProblem is a problem as an answer would show it.
func exampleProblem(t *problemType) *Problem {
	p := t.because(t.meaning)
	p.Instance = renderPath + "#5c0f9a7d3b1e4f60"
	switch t {
	case invalidSource:
		p.Detail = "1 error"
		p.Problems = exampleReport().Problems
	case invalidParameter:
		problem := unknownParameter("formt", []string{"format", "attach", "page", "dpi", "theme", "paper", "lang", "name", "strict"})
		p.Detail, p.Problems = problem.Message, []SourceProblem{*problem}
	}
	return p
}

func exampleReport() Report {
	return Report{Errors: 1, Problems: []SourceProblem{{File: "statement.en.md", Line: 3, Column: 7, Path: "date", Severity: "error",
		Code: "invalid-date", Message: `"14 November" is not a date`, Expected: "an ISO date such as 2023-11-14", Fix: "write date: 2023-11-14"}}}
}
