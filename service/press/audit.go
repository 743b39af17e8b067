package press

import (
	"encoding/json"
	"time"
)

// Entry is one line of the audit trail, which is only ever added to.
type Entry struct {
	ID          int64     `json:"id" minimum:"1" doc:"Grows with time"`
	At          time.Time `json:"at" doc:"By the database's clock"`
	By          Actor     `json:"by" doc:"Who did it"`
	Action      Action    `json:"action" example:"publish" doc:"What was done"`
	Publication string    `json:"publication,omitempty" doc:"The publication's id"`
	Slug        string    `json:"slug,omitempty" doc:"Its slug at that time"`
	Revision    int       `json:"revision,omitempty" minimum:"1" doc:"The revision concerned"`
	RequestID   string    `json:"request_id,omitempty" doc:"The X-Request-Id of the request"`
	// Detail holds what else belongs to the action; of texts only public notes.
	Detail json.RawMessage `json:"detail,omitempty" doc:"What else belongs to it: instants, languages, digests"`
}
