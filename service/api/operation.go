package api

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/press"
)

// operationDoc is an operation of the office as the document tells it, and what it needs.
type operationDoc struct {
	id, method, path, tag string
	// scope is what a caller must be allowed to; anyone needs no credentials.
	scope                access.Scope
	summary, description string
	parameters           []*huma.Param
	// body is an example of the JSON body; nil if there is none. sources tells a body
	// like that of a render, file one of whatever bytes, which is looked at and not kept.
	body          any
	sources, file bool
	answers       map[string]*huma.Response
	problems      []*problemType
}

// operation registers an operation with its document, which is all that it takes.
func (s *Server) operation(api huma.API, d operationDoc, serve func(*gin.Context, access.Identity) *Problem) {
	o := huma.Operation{OperationID: d.id, Method: d.method, Path: d.path, Tags: []string{d.tag}, Summary: d.summary, Description: d.description,
		Parameters: append(d.parameters, requestIDParameter()), Responses: s.responses(d.answers, d.allProblems()...)}
	if d.scope != anyone {
		o.Security = []map[string][]string{{"key": {string(d.scope)}}}
		o.Description = strings.TrimSpace(o.Description + "\n\nNeeds the scope " + string(d.scope) + ".")
	}
	huma.Register(api, o, s.handle(s.admitted(d.scope, s.onlyDocumented(d, serve))))
	item := api.OpenAPI().Paths[d.path]
	registered := map[string]*huma.Operation{http.MethodGet: item.Get, http.MethodPut: item.Put, http.MethodPost: item.Post, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete}[d.method]
	switch { // after huma.Register, which would read the body by it
	case d.sources:
		registered.RequestBody = sourcesBody()
	case d.file:
		registered.RequestBody = fileBody()
	case d.body != nil:
		registered.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(d.body), Example: d.body}}}
	}
}

// allProblems are those of an operation itself, and what can go wrong with any.
func (d *operationDoc) allProblems() (out []*problemType) {
	list := slices.Concat(d.problems, []*problemType{invalidParameter})
	if d.scope != anyone {
		list = append(list, unauthorized, forbidden)
	}
	if d.body != nil || d.bare() {
		list = append(list, malformedBody, unsupportedMediaType, bodyTooLarge, slowBody, invalidRequest)
	}
	for _, p := range append(list, tooManyRequests, internalError, notReady) {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// bodyProblems are what can be wrong with sources.
func bodyProblems() []*problemType {
	return []*problemType{invalidParameter, malformedBody, slowBody, bodyTooLarge, unsupportedMediaType, invalidSource, busy, renderTooLong}
}

// jsonAnswer documents a JSON answer with headers beside the common ones.
func (s *Server) jsonAnswer(description string, of, example any, headers ...string) *huma.Response {
	return &huma.Response{Description: description, Headers: withHeaders(commonHeaders(), headers...),
		Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(of), Example: example}}}
}

// headerTexts document the headers of answers.
var headerTexts = map[string]string{
	"ETag":                 "The version and, once something is out, what of it readers see; for If-Match and If-None-Match",
	"Location":             "The address of what is new",
	"Link":                 "rel=next: the next page, where there is one",
	"Idempotency-Replayed": "true, where an earlier request with the same key was answered",
	"Content-Disposition":  "The file name (RFC 6266)",
}

func withHeaders(headers map[string]*huma.Header, names ...string) map[string]*huma.Header {
	for _, name := range names {
		h := text(headerTexts[name])
		h.Required = name == "ETag" || name == "Location"
		headers[name] = h
	}
	return headers
}

func slugParameter() *huma.Param {
	return &huma.Param{Name: "slug", In: "path", Required: true, Description: "The slug of the publication", Example: "kimberley-2023",
		Schema: &huma.Schema{Type: huma.TypeString, Pattern: press.SlugPattern, MaxLength: new(press.MaxSlug)}}
}

func langPathParameter() *huma.Param {
	return &huma.Param{Name: "lang", In: "path", Required: true, Description: "The language as a BCP 47 tag", Example: "fr",
		Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", MaxLength: new(64)}}
}

func numberParameter() *huma.Param {
	return &huma.Param{Name: "number", In: "path", Required: true, Description: "The number of the revision", Example: 1,
		Schema: &huma.Schema{Type: huma.TypeInteger, Minimum: new(1.0), Maximum: new(1_000_000.0)}}
}

func nameInPath(description, example string) *huma.Param {
	return &huma.Param{Name: "name", In: "path", Required: true, Description: description, Example: example, Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxNameLength)}}
}

func headerParameter(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "header", Description: description, Schema: &huma.Schema{Type: huma.TypeString}}
}

// ifMatch is the condition on the version.
func ifMatch() *huma.Param {
	return conditionParameter("If-Match", "The ETags that the publication may have, as GET gives them and not weak, or * for any. Only the version in them is compared, which counts changes: a release that the clock brings is none")
}

// conditions are the headers by which nobody overwrites what somebody else did.
func conditions() []*huma.Param {
	return []*huma.Param{ifMatch(), conditionParameter("If-None-Match", "* for a publication that must not exist yet, or the ETags that it must not have")}
}

func conditionParameter(name, description string) *huma.Param {
	p := headerParameter(name, description)
	p.Schema.Pattern = `^(\*|` + tagPattern + `(, *` + tagPattern + `)*)$`
	return p
}

const idempotencyKey = "Idempotency-Key"

func idempotencyParameter() *huma.Param {
	return &huma.Param{Name: idempotencyKey, In: "header", Description: "A key of your own for this request: repeated within a day, the request is answered as the first time and nothing is done twice. Letters, digits, dots, dashes and underscores, at most 64",
		Schema: &huma.Schema{Type: huma.TypeString, Pattern: `^([A-Za-z0-9._-]{1,64}|"[A-Za-z0-9._-]{1,64}")$`}}
}

// Examples of the document.
var exampleTime = time.Date(2023, 11, 14, 10, 0, 0, 0, time.UTC)

func exampleLanguage() press.Language {
	return press.Language{Lang: "en", Dir: "ltr", Title: "Statement on the plenary", Kind: "statement", Date: "2023-11-14", Place: "London", Original: true}
}

const exampleDigest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

func examplePublication() *press.Publication {
	return &press.Publication{ID: "06ey3qhx8p9v7sj4m2kd0t1a5w", Slug: "kimberley-2023", Version: 3, CreatedAt: exampleTime.Add(-24 * time.Hour),
		Revisions: []*press.Revision{{Number: 1, State: press.Published, Change: press.First, ReleaseAt: exampleTime, Zone: "Europe/London", CreatedAt: exampleTime.Add(-24 * time.Hour),
			Authors:   []string{"k3q7x2m5a6vbn4ct"},
			Sources:   []press.Source{{Name: "kimberley.en.md", Lang: "en", MediaType: "text/markdown", Digest: exampleDigest, Size: 4213}},
			Languages: []press.Language{exampleLanguage()},
			Editions:  []press.Edition{{Name: "en.pdf", Lang: "en", Format: "pdf", MediaType: "application/pdf", Digest: exampleDigest, Size: 17012}}}}}
}

func exampleSaved() *Saved { return &Saved{Publication: *examplePublication()} }

func exampleSummary() Summary { return summary(examplePublication()) }
