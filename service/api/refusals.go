package api

import (
	"context"
	"errors"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/render/diag"
	"communique/service/press"
	"communique/service/store"
)

// refusals maps what the office refuses to what HTTP says.
var refusals = map[press.Kind]*problemType{
	press.NotFound: notFound, press.WrongState: wrongState, press.Changed: preconditionFailed, press.Taken: slugIsTaken,
	press.Invalid: invalidRequest, press.Unapproved: approvalNeeded, press.Refused: invalidSource, press.Repeated: keyReused,
	press.Forbidden: forbidden, press.Needed: stillNeeded,
}

// officeProblem says why the office did not do it. What is no refusal stays in the log.
func (s *Server) officeProblem(c *gin.Context, err error) *Problem {
	refusal, ok := errors.AsType[*press.Error](err)
	if !ok {
		_, wrong := errors.AsType[*render.RequestError](err)
		if wrong || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errBusy) {
			return s.renderProblem(c, err)
		}
		if errors.Is(err, store.ErrBusy) {
			s.log.Warn("the database is busy", "id", requestID(c), "error", err)
			return busy.because("others keep the database from doing this")
		}
		s.log.Error("the office failed", "id", requestID(c), "error", err)
		return internalError.because("the server could not do it; its log has the reason under this request id")
	}
	problem := refusals[refusal.Kind].because(refusal.Error())
	switch {
	case len(refusal.Problems) > 0:
		problem.Problems = sourceProblems(refusal.Problems)
	case refusal.Field != "":
		return wrongField(refusals[refusal.Kind], refusal.Field, refusal.Detail, refusal.Fix)
	}
	return problem
}

// wrongField is a problem with one field of a request, and how to mend it.
func wrongField(kind *problemType, field, detail, fix string) *Problem {
	problem := kind.because((&press.Error{Detail: detail, Fix: fix}).Error())
	problem.Problems = []SourceProblem{{Path: field, Severity: diag.Error.String(), Code: "invalid-value", Message: detail, Fix: fix}}
	return problem
}
