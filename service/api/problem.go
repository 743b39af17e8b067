package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"communique/render/diag"
)

// problemType is one row of the table of what can go wrong. Its page is served
// at its address, /problems/<name>, which never changes.
type problemType struct {
	name   string
	status int
	title  string
	// meaning and remedy are the page: when it happens, what to do.
	meaning, remedy string
}

func (t *problemType) uri() string { return "/problems/" + t.name }

// What can go wrong.
var (
	invalidSource = &problemType{"invalid-source", http.StatusUnprocessableEntity, "The sources have errors",
		"At least one Markdown source has an error, so nothing was rendered. With ?strict, warnings count as errors.",
		"Each entry of problems names the file, line and column, says what was expected and how to mend it. Mend the sources and send them again; POST /v1/check tells the problems without rendering."}
	invalidParameter = &problemType{"invalid-parameter", http.StatusBadRequest, "The query has an error",
		"The query string names a parameter or a value that does not exist, repeats one, or cannot be read.",
		"Each entry of problems names the parameter in path and says what was expected. /docs lists all parameters."}
	malformedBody = &problemType{"malformed-body", http.StatusBadRequest, "The body cannot be read",
		"The body is empty, ended early, or is not the multipart/form-data it claims to be.",
		"Send one source as it is (curl --data-binary @statement.en.md), or several as form fields called file (curl -F file=@statement.en.md -F file=@statement.fr.md)."}
	unauthorized = &problemType{"unauthenticated", http.StatusUnauthorized, "Credentials are needed",
		"The request has no credentials, or they are not accepted: unknown, expired or revoked.",
		"Send Authorization: Bearer with an API key, which an administrator makes with POST /v1/keys, or with the token of a person where the office has an identity provider."}
	forbidden = &problemType{"forbidden", http.StatusForbidden, "The credentials do not allow this",
		"The key or the person has no scope for this.", "Ask an administrator for a key with the scope that detail names."}
	tooManyRequests = &problemType{"too-many-requests", http.StatusTooManyRequests, "Too many requests",
		"The key, the person or the address has used up its rate.", "Wait the seconds that the Retry-After header names. The RateLimit headers tell what is left."}
	wrongState = &problemType{"wrong-state", http.StatusConflict, "That cannot follow from how things stand",
		"Each move of a publication is possible from some states only: what is published is corrected, not changed. Keys that are over stay over, and a disabled webhook is sent nothing.",
		"Read it as it is now; detail says what is possible."}
	slugIsTaken = &problemType{"slug-taken", http.StatusConflict, "The slug belongs to another publication",
		"Another publication has this slug, or had it before it moved: its old addresses still lead to it.", "Choose another slug."}
	stillNeeded = &problemType{"still-needed", http.StatusConflict, "The office cannot do without it",
		"What is to be taken away is the last of its kind: without an active admin key nobody could manage keys.",
		"Make another one first; detail says how."}
	approvalNeeded = &problemType{"approval-needed", http.StatusConflict, "A second person has to approve",
		"The office lets nothing out that nobody has approved who did not write it.", "Submit the revision, and let somebody else approve it."}
	preconditionFailed = &problemType{"precondition-failed", http.StatusPreconditionFailed, "The publication has changed meanwhile",
		"If-Match or If-None-Match names a version that is not the current one: somebody else was faster.", "Read the publication again, look at what has changed, and send the new ETag."}
	invalidRequest = &problemType{"invalid-request", http.StatusUnprocessableEntity, "The request asks for something that cannot be",
		"The request can be read, but a value in it is wrong.", "Each entry of problems names the field in path and says what was expected."}
	keyReused = &problemType{"idempotency-key-reused", http.StatusUnprocessableEntity, "The Idempotency-Key belongs to another request",
		"The same key came with another request within the last day.", "Use a new key for every request, and the same key only to repeat it."}
	notFound = &problemType{"not-found", http.StatusNotFound, "There is nothing at this address",
		"No resource has this path.", "See /docs for what there is."}
	methodNotAllowed = &problemType{"method-not-allowed", http.StatusMethodNotAllowed, "The method is not allowed here",
		"The resource exists but does not know this method.", "Use a method that the Allow header names."}
	notAcceptable = &problemType{"not-acceptable", http.StatusNotAcceptable, "No format that you accept can be made",
		"The Accept header rules out everything that this request can be answered with: several artifacts always come as application/zip, and ?format fixes the format.",
		"Accept one of the media types that detail lists, or leave the Accept header out."}
	slowBody = &problemType{"slow-body", http.StatusRequestTimeout, "The body took too long to arrive",
		"The whole body must arrive within a time that the server sets.", "Send it again on a better connection, or in smaller pieces."}
	bodyTooLarge = &problemType{"body-too-large", http.StatusRequestEntityTooLarge, "The body is too large",
		"The body has more bytes, or more files, than the server takes.", "Send fewer languages in one request, or shorter sources."}
	unsupportedMediaType = &problemType{"unsupported-media-type", http.StatusUnsupportedMediaType, "The body's type is not supported",
		"The Content-Type is neither Markdown, plain text, YAML, JSON nor multipart/form-data, names a charset other than UTF-8, or the body is compressed.",
		"Send Markdown in UTF-8, uncompressed, as text/markdown, or without a Content-Type; the record of a meeting as application/yaml or application/json."}
	internalError = &problemType{"internal-error", http.StatusInternalServerError, "The server failed",
		"This is a fault of the server, not of the request.", "Report it with the request id, which instance and the X-Request-Id header carry."}
	busy = &problemType{"busy", http.StatusServiceUnavailable, "The server is busy",
		"Every render slot and every place in the queue is taken.", "Try again after the seconds that the Retry-After header names."}
	notReady = &problemType{"not-ready", http.StatusServiceUnavailable, "The server is not ready",
		"The server is starting or stopping, or something that it stands on fails.", "Ask another one, or again after the seconds that the Retry-After header names."}
	renderTooLong = &problemType{"render-too-long", http.StatusGatewayTimeout, "The render took too long",
		"The sources could not be rendered within the time that the server sets for one request.", "Send fewer or shorter sources in one request. Sending the same again is unlikely to help."}
)

// problemTypes is the order of the pages.
var problemTypes = []*problemType{invalidSource, invalidParameter, invalidRequest, malformedBody, unauthorized, forbidden, tooManyRequests, notFound,
	wrongState, slugIsTaken, approvalNeeded, stillNeeded, preconditionFailed, keyReused, methodNotAllowed, notAcceptable, slowBody,
	bodyTooLarge, unsupportedMediaType, internalError, busy, notReady, renderTooLong}

// Problem is the body of every answer that is not a success (RFC 9457).
type Problem struct {
	Type     string          `json:"type" format:"uri-reference" doc:"Stable address of this kind of problem, relative to the server; a page for people is there" example:"/problems/invalid-source"`
	Title    string          `json:"title" doc:"The kind of problem in a few words" example:"The sources have errors"`
	Status   int             `json:"status" minimum:"400" maximum:"599" doc:"The HTTP status" example:"422"`
	Detail   string          `json:"detail" doc:"What happened this time" example:"1 error, 1 warning"`
	Instance string          `json:"instance" format:"uri-reference" doc:"This occurrence: the path and the request id" example:"/v1/render#5c0f9a7d3b1e4f60"`
	Problems []SourceProblem `json:"problems,omitempty" doc:"What is wrong with the sources or the query, in the order of the sources"`

	kind *problemType
	// header is sent with the answer.
	header http.Header
}

// SourceProblem is one thing wrong with a source or a parameter.
type SourceProblem struct {
	File     string `json:"file,omitempty" doc:"The source's file name" example:"statement.en.md"`
	Line     int    `json:"line,omitempty" minimum:"1" doc:"Line, counted from 1" example:"3"`
	Column   int    `json:"column,omitempty" minimum:"1" doc:"Column in Unicode code points, counted from 1" example:"1"`
	Path     string `json:"path,omitempty" doc:"The front matter field or parameter concerned" example:"contacts[0].email"`
	Severity string `json:"severity" enum:"error,warning" doc:"An error forbids output, a warning does not" example:"error"`
	Code     string `json:"code" doc:"Stable name of the problem, for programs" example:"unknown-key"`
	Message  string `json:"message" doc:"What is wrong" example:"unknown key \"titel\""`
	Expected string `json:"expected,omitempty" doc:"What would have been right" example:"a key of the front matter"`
	Fix      string `json:"fix,omitempty" doc:"What to write instead" example:"write title"`
}

// sourceProblems puts the problems of a render into the API's form.
func sourceProblems(problems []diag.Problem) []SourceProblem {
	out := make([]SourceProblem, len(problems))
	for i, p := range problems {
		out[i] = SourceProblem{p.File, p.Line, p.Column, p.Path, p.Severity.String(), p.Code, p.Message, p.Expected, p.Fix}
	}
	return out
}

// because makes a problem of this type; detail says what happened this time.
func (t *problemType) because(detail string) *Problem {
	return &Problem{Type: t.uri(), Title: t.title, Status: t.status, Detail: detail, kind: t, header: http.Header{}}
}

// retryAfter is the number of seconds after which a busy server is worth another try.
const retryAfter = "1"

// fail answers with a problem. Nothing may have been written before.
func fail(c *gin.Context, p *Problem) {
	header := c.Writer.Header()
	for name, values := range p.header {
		header[name] = values
	}
	if p.Status == http.StatusServiceUnavailable && header.Get("Retry-After") == "" {
		header.Set("Retry-After", retryAfter)
	}
	header.Set("Content-Type", "application/problem+json")
	header.Set("Cache-Control", "no-store")
	p.Instance = strings.TrimSuffix(c.Request.URL.EscapedPath(), "#") + "#" + requestID(c)
	note(c, "problem", p.kind.name)
	c.Status(p.Status)
	c.Abort()
	writeJSON(c, p)
}

// writeJSON writes a value of the API's own types, which always encode; a
// failure means that the client has gone, and nobody is left to tell.
func writeJSON(c *gin.Context, v any) {
	encoder := json.NewEncoder(c.Writer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		note(c, "write", err.Error())
	}
}
