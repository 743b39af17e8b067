package api

import (
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
	"communique/service/webhook"
)

const (
	webhooksPath   = "/v1/webhooks"
	webhookPath    = webhooksPath + "/{id}"
	deliveriesPath = webhookPath + "/deliveries"
)

// WebhookOrder is the body that registers a receiver.
type WebhookOrder struct {
	URL         *string         `json:"url" format:"uri" maxLength:"2048" doc:"Where messages are sent: an https address that the public internet can reach" example:"https://example.org/hooks/communique"`
	Description *string         `json:"description,omitempty" maxLength:"200" doc:"For people" example:"Newsroom"`
	Types       *[]webhook.Type `json:"types,omitempty" enum:"publication.published,publication.corrected,publication.language_added,publication.withdrawn,publication.reinstated" doc:"What it is told of; everything if left out or empty"`
	Enabled     *bool           `json:"enabled,omitempty" doc:"Whether it is sent messages; true if left out"`
}

// WebhookChange is the body that changes a receiver.
type WebhookChange struct {
	URL         *string         `json:"url,omitempty" format:"uri" maxLength:"2048" doc:"Another address" example:"https://example.org/hooks/press"`
	Description *string         `json:"description,omitempty" maxLength:"200" doc:"For people" example:"Newsroom"`
	Types       *[]webhook.Type `json:"types,omitempty" enum:"publication.published,publication.corrected,publication.language_added,publication.withdrawn,publication.reinstated" doc:"What it is told of; everything if empty"`
	Enabled     *bool           `json:"enabled,omitempty" doc:"Whether it is sent messages" example:"true"`
}

// NewWebhook is a receiver with its secret, which is shown once.
type NewWebhook struct {
	webhook.Webhook
	Secret string `json:"secret" doc:"By which the receiver checks signatures (Standard Webhooks). It is shown this once" example:"whsec_…"`
}

// Webhooks are all receivers.
type Webhooks struct {
	Items []*webhook.Webhook `json:"items" nullable:"false" doc:"The oldest first; their secrets are not shown again"`
}

// LoggedDelivery is a delivery with its attempts.
type LoggedDelivery struct {
	webhook.Delivery
	Attempts []webhook.Attempt `json:"attempts" nullable:"false" doc:"The first one first"`
}

// Deliveries are a page of the log.
type Deliveries struct {
	Items []LoggedDelivery `json:"items" nullable:"false" doc:"The newest first"`
	Next  string           `json:"next,omitempty" doc:"The cursor of the next page; absent on the last" example:"06ey3qhx8p9v7sj4m2kd0t1a5w"`
}

const exampleID = "06ey3qhx8p9v7sj4m2kd0t1a5w"

func exampleWebhook() webhook.Webhook {
	return webhook.Webhook{ID: exampleID, URL: "https://example.org/hooks/communique", Description: "Newsroom", Types: []webhook.Type{webhook.Published, webhook.Corrected}, CreatedAt: exampleTime, Enabled: true}
}

func exampleDelivery() webhook.Delivery {
	return webhook.Delivery{ID: exampleID, Webhook: exampleID, State: webhook.Delivered, Tries: 1,
		Event: webhook.Event{ID: exampleID, Type: webhook.Published, At: exampleTime, Publication: exampleID}}
}

func (s *Server) registerWebhooks(api huma.API) {
	id := func() []*huma.Param { return []*huma.Param{idParameter("The id of the webhook", exampleID)} }
	one := func(status string) map[string]*huma.Response {
		return map[string]*huma.Response{status: s.jsonAnswer("The webhook", webhook.Webhook{}, new(exampleWebhook()))}
	}
	shown := NewWebhook{exampleWebhook(), "whsec_…"}
	url, description := "https://example.org/hooks/communique", "Newsroom"
	types := []webhook.Type{webhook.Published, webhook.Corrected}
	s.operation(api, operationDoc{
		id: "create-webhook", method: http.MethodPost, path: webhooksPath, tag: "Administration", scope: access.Admin,
		summary:     "Register a receiver of webhooks",
		description: "It is told of publications, corrections, added languages, withdrawals and reinstatements, each when the public can see it. Messages are signed as Standard Webhooks says; the secret is in this answer and never again.",
		body:        &WebhookOrder{URL: &url, Description: &description, Types: &types},
		answers:     map[string]*huma.Response{"201": s.jsonAnswer("The webhook with its secret", NewWebhook{}, &shown, "Location")},
	}, s.postWebhook)
	s.operation(api, operationDoc{
		id: "list-webhooks", method: http.MethodGet, path: webhooksPath, tag: "Administration", scope: access.Admin,
		summary: "List all receivers of webhooks",
		answers: map[string]*huma.Response{"200": s.jsonAnswer("All of them", Webhooks{}, &Webhooks{[]*webhook.Webhook{new(exampleWebhook())}})},
	}, s.listWebhooks)
	s.operation(api, operationDoc{
		id: "get-webhook", method: http.MethodGet, path: webhookPath, tag: "Administration", scope: access.Admin,
		summary: "Read a webhook", parameters: id(), answers: one("200"), problems: []*problemType{notFound},
	}, s.getWebhook)
	s.operation(api, operationDoc{
		id: "change-webhook", method: http.MethodPatch, path: webhookPath, tag: "Administration", scope: access.Admin,
		summary: "Change a webhook", description: "Fields that are left out stay as they are. Enabling it forgets that it was gone or failing.",
		parameters: id(), body: &WebhookChange{Enabled: new(true)}, answers: one("200"), problems: []*problemType{notFound},
	}, s.patchWebhook)
	s.operation(api, operationDoc{
		id: "delete-webhook", method: http.MethodDelete, path: webhookPath, tag: "Administration", scope: access.Admin,
		summary: "Remove a webhook", description: "With its log. What is still to be sent to it is not sent.",
		parameters: id(), answers: map[string]*huma.Response{"204": {Description: "It is sent nothing any more", Headers: commonHeaders()}}, problems: []*problemType{notFound},
	}, s.deleteWebhook)
	s.operation(api, operationDoc{
		id: "rotate-webhook-secret", method: http.MethodPost, path: webhookPath + "/rotate-secret", tag: "Administration", scope: access.Admin,
		summary: "Give a webhook a new secret", description: "Messages carry the signature of the secret before as well until the overlap has passed.",
		parameters: id(), body: &Overlap{new(86400)},
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("The webhook with its new secret", NewWebhook{}, &shown)},
		problems: []*problemType{notFound},
	}, s.rotateWebhook)
	s.registerDeliveries(api, id)
}

func (s *Server) registerDeliveries(api huma.API, id func() []*huma.Param) {
	queued := func() map[string]*huma.Response {
		return map[string]*huma.Response{"202": s.jsonAnswer("It is sent now; the log tells what becomes of it", webhook.Delivery{}, new(exampleDelivery()))}
	}
	s.operation(api, operationDoc{
		id: "ping-webhook", method: http.MethodPost, path: webhookPath + "/ping", tag: "Administration", scope: access.Admin,
		summary: "Send a webhook a message that says nothing", description: "To see whether it listens and checks signatures. The type of the message is ping.",
		parameters: id(), answers: queued(), problems: []*problemType{notFound, wrongState},
	}, s.pingWebhook)
	s.operation(api, operationDoc{
		id: "list-deliveries", method: http.MethodGet, path: deliveriesPath, tag: "Administration", scope: access.Admin,
		summary: "What was sent to a webhook", description: "With every attempt, the newest first.",
		parameters: append(id(),
			&huma.Param{Name: "limit", In: "query", Description: "The length of a page", Schema: &huma.Schema{Type: huma.TypeInteger, Default: defaultLimit, Minimum: new(1.0), Maximum: new(float64(maxLimit))}},
			&huma.Param{Name: "cursor", In: "query", Description: "next of the page before", Example: exampleID, Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[0-9a-z]{26}$"}}),
		answers: map[string]*huma.Response{"200": s.jsonAnswer("A page of the log", Deliveries{},
			&Deliveries{Items: []LoggedDelivery{{exampleDelivery(), []webhook.Attempt{{ID: exampleID, StartedAt: exampleTime, Duration: 82_000_000, Status: 204}}}}})},
		problems: []*problemType{notFound, invalidParameter},
	}, s.listDeliveries)
	s.operation(api, operationDoc{
		id: "redeliver", method: http.MethodPost, path: deliveriesPath + "/{delivery}/redeliver", tag: "Administration", scope: access.Admin,
		summary: "Send a delivery again", description: "From the first attempt on and with the same webhook-id, whatever became of it.",
		parameters: append(id(), &huma.Param{Name: "delivery", In: "path", Required: true, Description: "The id of the delivery", Example: exampleID, Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z0-9_-]{1,64}$"}}),
		answers:    queued(), problems: []*problemType{notFound, wrongState, preconditionFailed},
	}, s.redeliver)
}

func (s *Server) postWebhook(c *gin.Context, who access.Identity) *Problem {
	var body WebhookOrder
	if problem := s.readJSON(c, &body, false); problem != nil {
		return problem
	}
	if body.URL == nil {
		return wrongField(invalidRequest, "url", "the webhook has no address", "say where messages are sent, as in https://example.org/hooks/communique")
	}
	w, secret, err := s.office().NewWebhook(c.Request.Context(), caller(c, who), office.WebhookChange(body))
	if err != nil {
		return s.officeProblem(c, err)
	}
	c.Header("Location", webhooksPath+"/"+w.ID)
	return answerJSON(c, http.StatusCreated, NewWebhook{*w, secret})
}

func (s *Server) listWebhooks(c *gin.Context, _ access.Identity) *Problem {
	list, err := s.office().Webhooks(c.Request.Context())
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, Webhooks{append([]*webhook.Webhook{}, list...)})
}

func (s *Server) getWebhook(c *gin.Context, _ access.Identity) *Problem {
	w, err := s.office().Webhook(c.Request.Context(), c.Param("id"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, w)
}

func (s *Server) patchWebhook(c *gin.Context, who access.Identity) *Problem {
	var body WebhookChange
	if problem := s.readJSON(c, &body, false); problem != nil {
		return problem
	}
	w, err := s.office().ChangeWebhook(c.Request.Context(), caller(c, who), c.Param("id"), office.WebhookChange(body))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, w)
}

func (s *Server) deleteWebhook(c *gin.Context, who access.Identity) *Problem {
	if err := s.office().RemoveWebhook(c.Request.Context(), caller(c, who), c.Param("id")); err != nil {
		return s.officeProblem(c, err)
	}
	return noContent(c)
}

func (s *Server) rotateWebhook(c *gin.Context, who access.Identity) *Problem {
	overlap, problem := s.readOverlap(c)
	if problem != nil {
		return problem
	}
	w, secret, err := s.office().RotateWebhook(c.Request.Context(), caller(c, who), c.Param("id"), overlap)
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusOK, NewWebhook{*w, secret})
}

func (s *Server) pingWebhook(c *gin.Context, who access.Identity) *Problem {
	d, err := s.office().PingWebhook(c.Request.Context(), caller(c, who), c.Param("id"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusAccepted, d)
}

func (s *Server) listDeliveries(c *gin.Context, _ access.Identity) *Problem {
	limit, before, problem := readLogPage(c)
	if problem != nil {
		return problem
	}
	list, next, err := s.office().Deliveries(c.Request.Context(), c.Param("id"), before, limit)
	if err != nil {
		return s.officeProblem(c, err)
	}
	page := Deliveries{Items: []LoggedDelivery{}, Next: next}
	for _, d := range list {
		page.Items = append(page.Items, LoggedDelivery{*d.Delivery, append([]webhook.Attempt{}, d.Attempts...)})
	}
	return answerJSON(c, http.StatusOK, page)
}

// readLogPage reads which page of the log is wanted.
func readLogPage(c *gin.Context) (limit int, before string, problem *Problem) {
	limit = defaultLimit
	for name, values := range c.Request.URL.Query() {
		ok := false
		switch name {
		case "limit":
			limit, ok = readLimit(values[0])
		case "cursor":
			before, ok = values[0], len(values[0]) == len(exampleID) && shortName(values[0])
		default:
			return 0, "", wrongQuery(unknownParameter(name, []string{"limit", "cursor"}))
		}
		if !ok || len(values) > 1 {
			return 0, "", wrongQuery(wrongParameter(name, "invalid-"+name, name+" cannot be read", "a number from 1 to "+strconv.Itoa(maxLimit)+", or next of the page before", ""))
		}
	}
	return limit, before, nil
}

func (s *Server) redeliver(c *gin.Context, who access.Identity) *Problem {
	d, err := s.office().Redeliver(c.Request.Context(), caller(c, who), c.Param("id"), c.Param("delivery"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	return answerJSON(c, http.StatusAccepted, d)
}
