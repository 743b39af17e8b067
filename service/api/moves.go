package api

import (
	"fmt"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/press"
)

// Noted is the body of a move that tells readers why.
type Noted struct {
	Notes press.Notes `json:"notes" doc:"The public note by language, as BCP 47 tags" example:"{\"en\":\"The figure in paragraph 3 is 12, not 21.\"}"`
}

// When is the body of a schedule.
type When struct {
	At   time.Time `json:"at" doc:"The instant of release, with its offset" example:"2026-12-01T10:00:00+01:00"`
	Zone string    `json:"zone,omitempty" doc:"The IANA time zone in which it is shown; the office's own if left out" example:"Europe/Paris"`
}

// Where is the body of a move to another slug.
type Where struct {
	Slug string `json:"slug" pattern:"^[a-z0-9]+(-[a-z0-9]+)*$" maxLength:"120" doc:"The new slug; the old one leads to it from then on" example:"kimberley-process-2023"`
}

// Reason is the body of an erasure.
type Reason struct {
	Reason string `json:"reason" minLength:"1" maxLength:"1000" doc:"Why, for the audit trail: a court order, a request of a person" example:"Order 12/2026 of the court"`
}

// moveDoc is one row of the table of moves over HTTP.
type moveDoc struct {
	action               press.Action
	scope                access.Scope
	summary, description string
	body                 any
	read                 func(s *Server, c *gin.Context, command *press.Command) *Problem
	problems             []*problemType
	// renders takes a slot of the renders.
	renders bool
}

func noted(s *Server, c *gin.Context, command *press.Command) *Problem {
	var body Noted
	problem := s.readJSON(c, &body, false)
	command.Notes = body.Notes
	return problem
}

var moveDocs = []moveDoc{
	{action: press.Submit, scope: access.Draft, summary: "Send the draft for review", description: "Changing it makes a draft of it again."},
	{action: press.Return, scope: access.Publish, summary: "Give a revision in review back", description: "It is a draft again."},
	{action: press.Approve, scope: access.Publish, summary: "Approve a revision in review", description: "By somebody who has not worked on it. Where the office asks for a second person, nothing goes out without.", problems: []*problemType{approvalNeeded}},
	{action: press.Publish, scope: access.Publish, summary: "Publish at once", description: "All languages and formats appear together. What is scheduled is released early.", problems: []*problemType{approvalNeeded, invalidSource, busy, renderTooLong}, renders: true},
	{action: press.Schedule, scope: access.Publish, summary: "Schedule the release, or move it", description: "Under embargo until the instant: nothing of it, not even its existence, is shown to anyone who has neither a key nor a preview. Everything is rendered now.",
		body: &When{At: time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), Zone: "Europe/Paris"}, problems: []*problemType{approvalNeeded, invalidSource, busy, renderTooLong}, renders: true,
		read: func(s *Server, c *gin.Context, command *press.Command) *Problem {
			var body When
			problem := s.readJSON(c, &body, false)
			command.At, command.Zone = body.At, body.Zone
			return problem
		}},
	{action: press.Unschedule, scope: access.Publish, summary: "Cancel the schedule", description: "The revision is a draft again, and has to be approved again."},
	{action: press.Correct, scope: access.Draft, summary: "Open a correction", description: "A new revision with the sources of the published one, which stays up meanwhile. The public note stands in the corrected text and in the history. Change the sources, then publish or schedule.",
		body: &Noted{press.Notes{"en": "The figure in paragraph 3 is 12, not 21."}}, read: noted, problems: []*problemType{invalidSource, busy, renderTooLong}, renders: true},
	{action: press.Discard, scope: access.Draft, summary: "Drop the open revision", description: "What is published stays."},
	{action: press.Withdraw, scope: access.Publish, summary: "Withdraw the publication", description: "A notice with the public note takes the place of all its files, within a second. What is scheduled becomes a draft again.",
		body: &Noted{press.Notes{"en": "Published in error."}}, read: noted},
	{action: press.Reinstate, scope: access.Publish, summary: "Take a withdrawal back", description: "The publication is there again as it was."},
	{action: press.Rename, scope: access.Publish, summary: "Move to another slug", description: "The addresses under the old slug lead to the new one.", body: &Where{"kimberley-process-2023"}, problems: []*problemType{slugIsTaken},
		read: func(s *Server, c *gin.Context, command *press.Command) *Problem {
			var body Where
			problem := s.readJSON(c, &body, false)
			command.Slug = body.Slug
			return problem
		}},
}

func (s *Server) registerMoves(api huma.API) {
	for _, m := range moveDocs {
		s.operation(api, operationDoc{
			id: string(m.action) + "-publication", method: http.MethodPost, path: publicationPath + "/" + string(m.action), tag: "Moves", scope: m.scope,
			summary: m.summary, description: m.description, body: m.body,
			parameters: []*huma.Param{slugParameter(), ifMatch(), idempotencyParameter()},
			answers:    map[string]*huma.Response{"200": s.jsonAnswer("The publication after the move", press.Publication{}, examplePublication(), "ETag", "Idempotency-Replayed")},
			problems:   slices.Concat(m.problems, []*problemType{notFound, wrongState, preconditionFailed, invalidRequest, keyReused}),
		}, s.postMove(m))
	}
	s.operation(api, operationDoc{
		id: "erase-publication", method: http.MethodPost, path: publicationPath + "/erase", tag: "Moves", scope: access.Admin,
		summary:     "Erase a publication for legal reasons",
		description: "All its bytes, texts and addresses are deleted, published or not; only what another publication has byte for byte stays for that one. The audit trail keeps a line with the reason. It cannot be undone; backups are yours to clean.",
		body:        &Reason{"Order 12/2026 of the court"},
		parameters:  []*huma.Param{slugParameter(), ifMatch()},
		answers:     map[string]*huma.Response{"204": {Description: "It is erased", Headers: commonHeaders()}},
		problems:    []*problemType{notFound, preconditionFailed},
	}, s.postErase)
}

func (s *Server) postMove(m moveDoc) func(*gin.Context, access.Identity) *Problem {
	return func(c *gin.Context, who access.Identity) *Problem {
		command := press.Command{Action: m.action}
		if m.read != nil {
			if problem := m.read(s, c, &command); problem != nil {
				return problem
			}
		}
		change, problem := s.change(c, who, said(command)...)
		if problem != nil {
			return problem
		}
		change.Command = command
		move := func() *Problem {
			answer, err := s.office().Move(c.Request.Context(), change)
			if err != nil {
				return s.officeProblem(c, err)
			}
			return s.answerChange(c, answer, answer.Publication)
		}
		if !m.renders {
			return move()
		}
		if s.gate.admit() != nil {
			return busy.because("the queue is full")
		}
		defer s.gate.leave()
		return s.inSlot(c, move)
	}
}

// said is what a command says, for the fingerprint of its request.
func said(command press.Command) []string {
	out := []string{command.At.UTC().Format(time.RFC3339Nano), command.Zone, command.Slug}
	for lang, note := range command.Notes {
		out = append(out, lang+" "+note)
	}
	slices.Sort(out[3:])
	return out
}

func (s *Server) postErase(c *gin.Context, who access.Identity) *Problem {
	var body Reason
	if problem := s.readJSON(c, &body, false); problem != nil {
		return problem
	}
	if body.Reason == "" || utf8.RuneCountInString(body.Reason) > press.MaxNote {
		return wrongField(invalidRequest, "reason", "an erasure needs a reason for the audit trail", fmt.Sprintf("write 1 to %d characters", press.MaxNote))
	}
	change, problem := s.change(c, who)
	if problem != nil {
		return problem
	}
	change.Command.Action = press.Erase
	if err := s.office().Remove(c.Request.Context(), change, body.Reason); err != nil {
		return s.officeProblem(c, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusNoContent)
	return nil
}
