package api

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
)

// onlyDocumented refuses what the document of an operation does not have, before
// anything is done: who asked for more than is heard would be given something else.
func (s *Server) onlyDocumented(d operationDoc, serve func(*gin.Context, access.Identity) *Problem) func(*gin.Context, access.Identity) *Problem {
	var query []string
	for _, p := range d.parameters {
		if p.In == "query" {
			query = append(query, p.Name)
		}
	}
	keyed := slices.ContainsFunc(d.parameters, func(p *huma.Param) bool { return p.Name == idempotencyKey })
	return func(c *gin.Context, who access.Identity) *Problem {
		if problem := onlyQuery(c.Request.URL.RawQuery, query); problem != nil {
			return problem
		}
		if d.changes() && !keyed && c.Request.Header.Values(idempotencyKey) != nil {
			return wrongField(invalidRequest, "header."+idempotencyKey, "this request cannot be made repeatable by an "+idempotencyKey, "leave the header out; after a failure, read what has become of it")
		}
		if d.bare() {
			if problem := s.readNothing(c); problem != nil {
				return problem
			}
		}
		return serve(c, who)
	}
}

// changes tells operations after which something is otherwise than before.
func (d *operationDoc) changes() bool { return d.method != http.MethodGet && !d.file }

// bare tells those that take no body, although their method could have one.
func (d *operationDoc) bare() bool { return d.changes() && d.body == nil && !d.sources }

// onlyQuery refuses what is not among the known parameters, or is given twice.
func onlyQuery(rawQuery string, known []string) *Problem {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return invalidParameter.because("the query string is not well formed: " + strings.TrimPrefix(err.Error(), "url: "))
	}
	var wrong []SourceProblem
	for _, name := range slices.Sorted(maps.Keys(query)) {
		switch {
		case len(known) == 0:
			wrong = append(wrong, *wrongParameter(name, "unknown-parameter", fmt.Sprintf("there is no parameter %q", name), "no query at all", "leave the query out"))
		case !slices.Contains(known, name):
			wrong = append(wrong, *unknownParameter(name, known))
		case len(query[name]) > 1:
			wrong = append(wrong, *wrongParameter(name, "repeated-parameter", name+" is given more than once", "one "+name, ""))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	problem := invalidParameter.because(wrong[0].Message)
	problem.Problems = wrong
	return problem
}

// readNothing takes no body, or an empty object.
func (s *Server) readNothing(c *gin.Context) *Problem {
	var nothing struct{}
	problem := s.readJSON(c, &nothing, true)
	if problem != nil && problem.kind == invalidRequest {
		problem.Detail = "this takes no body and would ignore it, so send none, or {}: " + problem.Detail
	}
	return problem
}
