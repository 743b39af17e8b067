package api

import (
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/press"
)

const previewsPath = publicationPath + "/previews"

// Invitation is the body that makes a preview.
type Invitation struct {
	Reader    string    `json:"reader" minLength:"1" maxLength:"100" doc:"Who the preview is for; the name stands on every page" example:"Example News Agency"`
	ExpiresAt time.Time `json:"expires_at" doc:"When the address ends: within 31 days" example:"2026-12-01T10:00:00+01:00"`
}

// Granted is a preview as it is made; its address is shown once.
type Granted struct {
	press.Preview
	URL string `json:"url" format:"uri-reference" doc:"The address for the reader: who has it can read the revision until it expires" example:"/preview/AQAGHc…/"`
}

// Previews are the previews of a publication.
type Previews struct {
	Items []*press.Preview `json:"items" nullable:"false" doc:"The oldest first; their addresses are not shown again"`
}

func examplePreview() press.Preview {
	return press.Preview{ID: "06ey3qhx8p9v7sj4m2kd0t1a5w", Revision: 1, Reader: "Example News Agency", CreatedAt: exampleTime.Add(-2 * time.Hour),
		By: press.Actor{Kind: "key", ID: "k3q7x2m5a6vbn4ct", Name: "Press desk"}, ExpiresAt: exampleTime}
}

func (s *Server) registerPreviews(api huma.API) {
	s.operation(api, operationDoc{
		id: "create-preview", method: http.MethodPost, path: previewsPath, tag: "Previews", scope: access.Publish,
		summary:     "Give an accredited reader a preview",
		description: "Of the open revision, under embargo or draft. Every page says whose preview it is and that it is not for publication. The address is signed, ends by itself, and can be revoked.",
		parameters:  []*huma.Param{slugParameter()},
		body:        &Invitation{"Example News Agency", exampleTime},
		answers:     map[string]*huma.Response{"201": s.jsonAnswer("The preview with its address", Granted{}, &Granted{examplePreview(), "/preview/AQAGHc/"}, "Location")},
		problems:    []*problemType{notFound, wrongState},
	}, s.postPreview)
	s.operation(api, operationDoc{
		id: "list-previews", method: http.MethodGet, path: previewsPath, tag: "Previews", scope: access.Read,
		summary: "List the previews of a publication", parameters: []*huma.Param{slugParameter()},
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("All of them", Previews{}, &Previews{[]*press.Preview{new(examplePreview())}})},
		problems: []*problemType{notFound},
	}, s.listPreviews)
	s.operation(api, operationDoc{
		id: "revoke-preview", method: http.MethodDelete, path: previewsPath + "/{id}", tag: "Previews", scope: access.Publish,
		summary:    "End a preview",
		parameters: []*huma.Param{slugParameter(), idParameter("The id of the preview", "06ey3qhx8p9v7sj4m2kd0t1a5w")},
		answers:    map[string]*huma.Response{"204": {Description: "Its address leads nowhere now", Headers: commonHeaders()}},
		problems:   []*problemType{notFound},
	}, s.deletePreview)
}

func idParameter(description, example string) *huma.Param {
	return &huma.Param{Name: "id", In: "path", Required: true, Description: description, Example: example, Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z0-9_-]{1,64}$"}}
}

func (s *Server) postPreview(c *gin.Context, who access.Identity) *Problem {
	var body Invitation
	if problem := s.readJSON(c, &body, false); problem != nil {
		return problem
	}
	p, token, err := s.office().GrantPreview(c.Request.Context(), c.Param("slug"), caller(c, who), body.Reader, body.ExpiresAt)
	if err != nil {
		return s.officeProblem(c, err)
	}
	address := "/preview/" + token + "/"
	c.Header("Location", address)
	return answerJSON(c, http.StatusCreated, Granted{*p, s.office().Address + address})
}

func (s *Server) listPreviews(c *gin.Context, _ access.Identity) *Problem {
	list, err := s.office().Previews(c.Request.Context(), c.Param("slug"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	if list == nil {
		list = []*press.Preview{}
	}
	return answerJSON(c, http.StatusOK, Previews{list})
}

func (s *Server) deletePreview(c *gin.Context, who access.Identity) *Problem {
	if err := s.office().RevokePreview(c.Request.Context(), c.Param("slug"), c.Param("id"), caller(c, who)); err != nil {
		return s.officeProblem(c, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusNoContent)
	return nil
}
