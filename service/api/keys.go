package api

import (
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
)

const (
	keysPath = "/v1/keys"
	keyPath  = keysPath + "/{id}"
)

// KeyOrder is the body that makes a key.
type KeyOrder struct {
	Name          string    `json:"name" minLength:"1" maxLength:"100" doc:"What the key is for" example:"Newsroom website"`
	Scopes        []string  `json:"scopes" nullable:"false" minItems:"1" enum:"render,read,draft,translate,publish,admin" doc:"What it may do: draft, translate and publish include read, read includes render, admin includes all"`
	ExpiresAt     time.Time `json:"expires_at,omitzero" doc:"From when on it is refused; never if left out" example:"2027-11-25T09:00:00Z"`
	RatePerSecond float64   `json:"rate_per_second,omitempty" minimum:"0" maximum:"10000" doc:"Requests per second that it may make over time; the server's default if left out" example:"50"`
}

// NewKey is a key with its secret, which is shown once.
type NewKey struct {
	access.Key
	Secret string `json:"secret" doc:"The whole key, for Authorization: Bearer. It is shown this once and kept nowhere" example:"cq_k3q7x2m5a6vbn4ct_…"`
}

// Keys are all keys.
type Keys struct {
	Items []*access.Key `json:"items" nullable:"false" doc:"The oldest first, with those that are over; secrets are not shown again"`
}

// Overlap is the body of a rotation.
type Overlap struct {
	Overlap *int `json:"overlap" minimum:"0" maximum:"2592000" doc:"For how many seconds the secret before goes on working: 0 if it has leaked, long enough for all its holders to change otherwise" example:"86400"`
}

func exampleKey() access.Key {
	return access.Key{ID: "k3q7x2m5a6vbn4ct", Name: "Newsroom website", Scopes: access.Scopes{access.Draft, access.Publish}, CreatedAt: exampleTime, CreatedBy: "k7h2m9q4x1w3p5r8"}
}

func (s *Server) registerKeys(api huma.API) {
	id := func() []*huma.Param {
		return []*huma.Param{idParameter("The public id of the key", "k3q7x2m5a6vbn4ct")}
	}
	shown := NewKey{exampleKey(), "cq_k3q7x2m5a6vbn4ct_…"}
	s.operation(api, operationDoc{
		id: "create-key", method: http.MethodPost, path: keysPath, tag: "Administration", scope: access.Admin,
		summary: "Make an API key", description: "The secret is in this answer and never again. Nobody can give a key more than they may do themselves.",
		body:    &KeyOrder{Name: "Newsroom website", Scopes: []string{"draft", "publish"}},
		answers: map[string]*huma.Response{"201": s.jsonAnswer("The key with its secret", NewKey{}, &shown, "Location")},
	}, s.postKey)
	s.operation(api, operationDoc{
		id: "list-keys", method: http.MethodGet, path: keysPath, tag: "Administration", scope: access.Admin,
		summary: "List all keys",
		answers: map[string]*huma.Response{"200": s.jsonAnswer("All of them", Keys{}, &Keys{[]*access.Key{new(exampleKey())}})},
	}, s.listKeys)
	s.operation(api, operationDoc{
		id: "get-key", method: http.MethodGet, path: keyPath, tag: "Administration", scope: access.Admin,
		summary: "Read a key", parameters: id(),
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("The key without its secret", access.Key{}, new(exampleKey()))},
		problems: []*problemType{notFound},
	}, s.getKey)
	s.operation(api, operationDoc{
		id: "rotate-key", method: http.MethodPost, path: keyPath + "/rotate", tag: "Administration", scope: access.Admin,
		summary: "Give a key a new secret", description: "Id, name and scopes stay. The secret before goes on working for the overlap, the one before that ends at once.",
		parameters: id(), body: &Overlap{new(86400)},
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("The key with its new secret", NewKey{}, &shown)},
		problems: []*problemType{notFound, wrongState},
	}, s.rotateKey)
	s.operation(api, operationDoc{
		id: "revoke-key", method: http.MethodDelete, path: keyPath, tag: "Administration", scope: access.Admin,
		summary: "Revoke a key", description: "For good, on every server within a second. The list goes on showing it. The last active key with the scope admin cannot be revoked.",
		parameters: id(),
		answers:    map[string]*huma.Response{"204": {Description: "It is refused from now on", Headers: commonHeaders()}},
		problems:   []*problemType{notFound, stillNeeded},
	}, s.deleteKey)
}

func (s *Server) postKey(c *gin.Context, who access.Identity) *Problem {
	var body KeyOrder
	if problem := s.readJSON(c, &body, false); problem != nil {
		return problem
	}
	scopes, err := access.ParseScopes(body.Scopes)
	if err != nil {
		return wrongField(invalidRequest, "scopes", err.Error(), "")
	}
	key, secret, err := s.office().NewKey(c.Request.Context(), caller(c, who), body.Name, scopes, body.ExpiresAt, body.RatePerSecond)
	if err != nil {
		return s.officeProblem(c, err)
	}
	c.Header("Location", keysPath+"/"+key.ID)
	return answerJSON(c, http.StatusCreated, NewKey{*key, secret})
}

func (s *Server) listKeys(c *gin.Context, _ access.Identity) *Problem {
	list, err := s.office().KeyBook().List(c.Request.Context())
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, Keys{append([]*access.Key{}, list...)})
}

func (s *Server) getKey(c *gin.Context, _ access.Identity) *Problem {
	key, err := s.office().KeyBook().Get(c.Request.Context(), c.Param("id"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, key)
}

func (s *Server) rotateKey(c *gin.Context, who access.Identity) *Problem {
	overlap, problem := s.readOverlap(c)
	if problem != nil {
		return problem
	}
	key, secret, err := s.office().RotateKey(c.Request.Context(), caller(c, who), c.Param("id"), overlap)
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, NewKey{*key, secret})
}

// readOverlap wants it said for how long the secret before is good: nobody should
// be cut off, or a leak go on, because something was left out.
func (s *Server) readOverlap(c *gin.Context) (time.Duration, *Problem) {
	var body Overlap
	if problem := s.readJSON(c, &body, false); problem != nil {
		return 0, problem
	}
	const most = 1 << 31 // of seconds; the office knows the real bound
	if body.Overlap == nil || *body.Overlap > most || *body.Overlap < -most {
		return 0, wrongField(invalidRequest, "overlap", "it is not said for how long the secret before goes on working", `send {"overlap": 0} if it has leaked, else seconds such as {"overlap": 86400}`)
	}
	return time.Duration(*body.Overlap) * time.Second, nil
}

func (s *Server) deleteKey(c *gin.Context, who access.Identity) *Problem {
	if _, err := s.office().RevokeKey(c.Request.Context(), caller(c, who), c.Param("id")); err != nil {
		return s.officeProblem(c, err)
	}
	return noContent(c)
}

// noContent answers that it is done.
func noContent(c *gin.Context) *Problem {
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusNoContent)
	return nil
}
