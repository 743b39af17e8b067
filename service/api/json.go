package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"communique/render/diag"
)

// maxJSON is the largest JSON body: it holds notes and settings, no sources.
const maxJSON = 256 << 10

// readJSON reads a JSON object into a struct whose fields are all that it may
// have. An empty body is an empty object if that is allowed.
func (s *Server) readJSON(c *gin.Context, into any, empty bool) *Problem {
	connection := http.NewResponseController(c.Writer)
	_ = connection.SetReadDeadline(time.Now().Add(s.limits.BodyTime)) // as in readSources
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }()
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, maxJSON))
	if err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return bodyTooLarge.because(fmt.Sprintf("the body has more than %d bytes", maxJSON))
		}
		return s.bodyProblem(err)
	}
	text := bytes.TrimSpace(body)
	switch {
	case len(text) == 0 && empty:
		return nil
	case len(text) == 0:
		return malformedBody.because("the body is empty: send a JSON object")
	}
	if mediaType, _, err := mime.ParseMediaType(c.GetHeader("Content-Type")); c.GetHeader("Content-Type") != "" && (err != nil || mediaType != "application/json" && mediaType != "application/x-www-form-urlencoded") {
		problem := unsupportedMediaType.because(fmt.Sprintf("the Content-Type is %q", c.GetHeader("Content-Type")))
		problem.header.Set("Accept", "application/json")
		return problem
	}
	if string(text) == "null" { // which would leave everything as it is
		return invalidRequest.because("the body is null: send a JSON object")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return jsonProblem(body, decoder, err)
	}
	if at, found := nullIn(body); found {
		problem := invalidRequest.because("null is no value here: leave out what you have no value for")
		problem.Problems = []SourceProblem{{Line: lineAt(body, at), Severity: diag.Error.String(), Code: "invalid-value", Message: problem.Detail}}
		return problem
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return malformedBody.because("the body goes on after its JSON object: send one object")
	}
	return nil
}

// jsonProblem says where a JSON body is wrong.
func jsonProblem(body []byte, decoder *json.Decoder, err error) *Problem {
	at := decoder.InputOffset()
	found := SourceProblem{Severity: diag.Error.String(), Code: "invalid-value"}
	var problem *Problem
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		problem, at = malformedBody.because("the body is not JSON: "+syntax.Error()), syntax.Offset
	} else if errors.Is(err, io.ErrUnexpectedEOF) {
		problem, at = malformedBody.because("the body is not JSON: it ends too early"), int64(len(body))
	} else if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		found.Path, at = wrong.Field, wrong.Offset
		problem = invalidRequest.because(fmt.Sprintf("%s is a %s", orBody(wrong.Field), wrong.Value))
		found.Expected = "a " + wrong.Type.String()
	} else if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		found.Path, found.Code = strings.Trim(name, `"`), "unknown-key"
		problem = invalidRequest.because("there is no field " + name)
	} else {
		problem = invalidRequest.because(strings.TrimPrefix(err.Error(), "json: "))
		if _, ok := errors.AsType[*time.ParseError](err); ok || strings.HasPrefix(err.Error(), "Time.") { // what time.Time says of what is no text
			problem.Detail, found.Expected = "an instant cannot be read", "a date and time with its offset, such as 2026-11-25T10:00:00+01:00"
		}
	}
	found.Message = problem.Detail
	found.Line = lineAt(body, at)
	problem.Problems = []SourceProblem{found}
	return problem
}

// lineAt is the line of an offset.
func lineAt(body []byte, at int64) int {
	return 1 + bytes.Count(body[:min(at, int64(len(body)))], []byte("\n"))
}

// nullIn finds a null in JSON that can be read: to Go it is a field left out, and
// to its sender perhaps something else.
func nullIn(body []byte) (at int64, found bool) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	for {
		token, err := decoder.Token()
		if err != nil || token == nil {
			return decoder.InputOffset(), err == nil
		}
	}
}

func orBody(field string) string {
	if field == "" {
		return "the body"
	}
	return field
}

// answerJSON answers with a value of the API's own types.
func answerJSON(c *gin.Context, status int, v any) *Problem {
	h := c.Writer.Header()
	h.Set("Content-Type", "application/json")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-store")
	}
	c.Status(status)
	writeJSON(c, v)
	return nil
}
