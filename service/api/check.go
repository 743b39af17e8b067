package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/render/diag"
	"communique/service/access"
)

const checkPath = "/v1/check"

// Report is what a check finds.
type Report struct {
	Errors   int             `json:"errors" minimum:"0" doc:"Number of errors; with any, a render is refused"`
	Warnings int             `json:"warnings" minimum:"0" doc:"Number of warnings"`
	Problems []SourceProblem `json:"problems" nullable:"false" doc:"All of them, in the order of the sources, then by line and column"`
}

func (s *Server) registerCheck(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "check", Method: http.MethodPost, Path: checkPath, Tags: []string{"Rendering"},
		Summary: "Find the problems of statements and records",
		Description: "Takes the same sources as POST " + renderPath + " and tells their problems, warnings too, layout included. Nothing is rendered for keeps. " +
			"The answer is 200 whatever is found.",
		Security:   []map[string][]string{{}, {"key": {string(access.Render)}}},
		Parameters: append(documented(s.checkParameters()), requestIDParameter()),
		Responses: s.responses(map[string]*huma.Response{"200": {Description: "What was found", Headers: commonHeaders(),
			Content: map[string]*huma.MediaType{"application/json": {Schema: s.schema(Report{}), Example: exampleReport()}}}},
			invalidParameter, unauthorized, forbidden, tooManyRequests, malformedBody, slowBody, bodyTooLarge, unsupportedMediaType, internalError, busy, renderTooLong),
	}, s.handle(s.admitted(access.Render, s.postCheck)))
	api.OpenAPI().Paths[checkPath].Post.RequestBody = sourcesBody()
}

func (s *Server) postCheck(c *gin.Context, _ access.Identity) *Problem {
	p, problem := readParameters(c.Request.URL.RawQuery, s.checkParameters())
	if problem != nil {
		return problem
	}
	if s.gate.admit() != nil {
		return busy.because("the queue is full")
	}
	defer s.gate.leave()
	if p.request.Sources, problem = s.readSources(c, p); problem != nil {
		return problem
	}
	p.request.CheckOnly = true
	p.request.Formats = []render.Format{render.PDF, render.HTML} // the others find nothing more
	result, problem := s.run(c, p.request)
	if problem != nil {
		return problem
	}
	report := Report{Problems: sourceProblems(result.Problems)}
	for _, found := range result.Problems {
		if found.Severity == diag.Error {
			report.Errors++
		} else {
			report.Warnings++
		}
	}
	c.Header("Content-Type", "application/json")
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	writeJSON(c, report)
	return nil
}
