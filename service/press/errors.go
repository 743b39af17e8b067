package press

import (
	"errors"

	"communique/render/diag"
)

// Kind sorts the reasons for which a request is refused.
type Kind string

// The kinds of refusal.
const (
	// NotFound: there is no such publication, revision or file.
	NotFound Kind = "not-found"
	// WrongState: the move does not exist from where the publication stands.
	WrongState Kind = "wrong-state"
	// Changed: somebody else was faster; what If-Match names is no longer current.
	Changed Kind = "changed"
	// Taken: the slug belongs to another publication.
	Taken Kind = "taken"
	// Invalid: what was sent cannot be; Fields says where.
	Invalid Kind = "invalid"
	// Unapproved: a second person has to approve first.
	Unapproved Kind = "unapproved"
	// Refused: the sources have errors; Problems lists them.
	Refused Kind = "refused"
	// Repeated: an idempotency key came back with another request.
	Repeated Kind = "repeated"
	// Forbidden: the caller may not do that, whatever else they may.
	Forbidden Kind = "forbidden"
	// Needed: what was to be taken away cannot be done without.
	Needed Kind = "needed"
)

// Error is a refusal that its reader can mend: nothing has changed.
type Error struct {
	Kind Kind
	// Detail says what was wrong, Fix what to do.
	Detail, Fix string
	// Field is where in the request, as a path: "at", "notes.fr".
	Field string
	// Problems are those of the sources.
	Problems []diag.Problem
}

// Error is the detail, with what to do.
func (e *Error) Error() string {
	if e.Fix == "" {
		return e.Detail
	}
	return e.Detail + ": " + e.Fix
}

// Is compares kinds, so that errors.Is(err, &press.Error{Kind: press.NotFound}) works.
func (e *Error) Is(target error) bool {
	other, ok := errors.AsType[*Error](target)
	return ok && other.Kind == e.Kind
}

// Missing is the refusal for what is not there. It never says more.
func Missing() *Error { return &Error{Kind: NotFound, Detail: "there is no such publication"} }
