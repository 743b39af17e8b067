package api

import (
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
	"communique/service/press"
)

const (
	revisionsPath = publicationPath + "/revisions"
	revisionPath  = revisionsPath + "/{number}"
)

// Revisions are all revisions of a publication.
type Revisions struct {
	Items []*press.Revision `json:"items" nullable:"false" doc:"The oldest first"`
}

// Differences are how the sources of two revisions differ.
type Differences struct {
	Items []office.Difference `json:"items" nullable:"false" doc:"One entry for each source that differs"`
}

func (s *Server) registerRevisions(api huma.API) {
	file := func(description string) map[string]*huma.Response {
		return map[string]*huma.Response{"200": {Description: description, Headers: withHeaders(commonHeaders(), "Content-Disposition"),
			Content: map[string]*huma.MediaType{"*/*": {Schema: binary("The bytes")}}}}
	}
	s.operation(api, operationDoc{
		id: "list-revisions", method: http.MethodGet, path: revisionsPath, tag: "Revisions", scope: access.Read,
		summary: "List the revisions of a publication", parameters: []*huma.Param{slugParameter()},
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("All of them", Revisions{}, &Revisions{examplePublication().Revisions})},
		problems: []*problemType{notFound},
	}, s.listRevisions)
	s.operation(api, operationDoc{
		id: "get-revision", method: http.MethodGet, path: revisionPath, tag: "Revisions", scope: access.Read,
		summary: "Read a revision", parameters: []*huma.Param{slugParameter(), numberParameter()},
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("The revision", press.Revision{}, examplePublication().Revisions[0])},
		problems: []*problemType{notFound},
	}, s.getRevision)
	s.operation(api, operationDoc{
		id: "get-source", method: http.MethodGet, path: revisionPath + "/sources/{name}", tag: "Revisions", scope: access.Read,
		summary: "Get a source or a picture as it was posted", parameters: []*huma.Param{slugParameter(), numberParameter(), nameInPath("The file name", "kimberley.en.md")},
		answers: file("The file"), problems: []*problemType{notFound},
	}, s.getSource)
	s.operation(api, operationDoc{
		id: "get-edition", method: http.MethodGet, path: revisionPath + "/editions/{name}", tag: "Revisions", scope: access.Read,
		summary:     "Get a finished file, or one of a draft",
		description: "What is scheduled or published comes as it goes out, byte for byte. A draft is rendered now, and says that it is one.",
		parameters:  []*huma.Param{slugParameter(), numberParameter(), nameInPath("The name of the file: en.pdf, fr.html, ar.txt", "en.pdf")},
		answers:     file("The file"), problems: []*problemType{notFound, invalidSource, busy, renderTooLong},
	}, s.getEdition)
	s.operation(api, operationDoc{
		id: "compare-revisions", method: http.MethodGet, path: revisionPath + "/difference", tag: "Revisions", scope: access.Read,
		summary:     "Compare the sources of a revision with those of another",
		description: "As unified differences that lead from the other revision, earlier or later, to this one. Without ?from the other is the one before; what the first revision has is added.",
		parameters:  []*huma.Param{slugParameter(), numberParameter(), {Name: "from", In: "query", Description: "The number of the other revision", Example: 1, Schema: &huma.Schema{Type: huma.TypeInteger, Minimum: new(1.0), Maximum: new(1_000_000.0)}}},
		answers:     map[string]*huma.Response{"200": s.jsonAnswer("What differs", Differences{}, &Differences{[]office.Difference{{Name: "kimberley.en.md", Change: "changed", Text: "-12 participants\n+21 participants\n"}}})},
		problems:    []*problemType{notFound, invalidParameter},
	}, s.getDifference)
	s.registerTrail(api)
}

func (s *Server) listRevisions(c *gin.Context, _ access.Identity) *Problem {
	p, err := s.office().Get(c.Request.Context(), c.Param("slug"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, Revisions{p.Revisions})
}

// number reads the number of a revision from the path; 0 is none, which no revision has.
func number(c *gin.Context) int {
	n, err := strconv.Atoi(c.Param("number"))
	if err != nil {
		return 0
	}
	return n
}

func (s *Server) getRevision(c *gin.Context, _ access.Identity) *Problem {
	p, err := s.office().Get(c.Request.Context(), c.Param("slug"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	r := p.Revision(number(c))
	if r == nil {
		return s.officeProblem(c, press.Missing())
	}
	return answerJSON(c, http.StatusOK, r)
}

func (s *Server) getSource(c *gin.Context, _ access.Identity) *Problem {
	data, mediaType, err := s.office().Source(c.Request.Context(), c.Param("slug"), number(c), c.Param("name"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerFile(c, data, mediaType, c.Param("name"))
}

func (s *Server) getEdition(c *gin.Context, _ access.Identity) *Problem {
	p, err := s.office().Get(c.Request.Context(), c.Param("slug"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	answer := func() *Problem {
		data, mediaType, err := s.office().Edition(c.Request.Context(), c.Param("slug"), number(c), c.Param("name"))
		if err != nil {
			return s.officeProblem(c, err)
		}
		return answerFile(c, data, mediaType, c.Param("slug")+"."+c.Param("name"))
	}
	if r := p.Revision(number(c)); r == nil || !r.ReleaseAt.IsZero() {
		return answer() // nothing is rendered
	}
	if s.gate.admit() != nil {
		return busy.because("the queue is full")
	}
	defer s.gate.leave()
	return s.inSlot(c, answer)
}

// answerFile answers with a file that is not public.
func answerFile(c *gin.Context, data []byte, mediaType, name string) *Problem {
	h := c.Writer.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Content-Disposition", attachment(name))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
	h.Set("Cache-Control", "no-store")
	c.Status(http.StatusOK)
	if _, err := c.Writer.Write(data); err != nil {
		note(c, "write", err.Error())
	}
	return nil
}

func (s *Server) getDifference(c *gin.Context, _ access.Identity) *Problem {
	to := number(c)
	from := to - 1
	if value, ok := c.GetQuery("from"); ok {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return wrongQuery(wrongParameter("from", "invalid-from", "from is no number of a revision", "a whole number from 1", ""))
		}
		from = n
	}
	list, err := s.office().Compare(c.Request.Context(), c.Param("slug"), from, to)
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, Differences{list})
}
