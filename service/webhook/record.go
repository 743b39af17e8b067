package webhook

import (
	"slices"
	"time"
)

// Webhook is a receiver that somebody has registered.
type Webhook struct {
	ID          string    `json:"id" doc:"Its id"`
	URL         string    `json:"url" format:"uri" doc:"Where messages are sent" example:"https://example.org/hooks/communique"`
	Description string    `json:"description,omitempty" doc:"For people" example:"Newsroom"`
	Types       []Type    `json:"types,omitempty" doc:"What it is told of; everything if it names none"`
	CreatedAt   time.Time `json:"created_at" doc:"When it was registered"`
	Enabled     bool      `json:"enabled" doc:"Whether it is sent messages"`
	// FailedAt is when a message was last given up; zero once one arrives again.
	FailedAt time.Time `json:"failed_at,omitzero" doc:"When a message was given up after the last attempt; none once one arrives again"`
	// GoneAt is when the receiver answered 410, which disabled it.
	GoneAt time.Time `json:"gone_at,omitzero" doc:"When the receiver answered 410, which disabled it"`
}

// Wants reports whether the receiver is to be told of events of a type.
func (w *Webhook) Wants(t Type) bool {
	return w.Enabled && (len(w.Types) == 0 || slices.Contains(w.Types, t))
}

// Event is something that receivers are told of. It is made when the public can
// see what it tells, never before.
type Event struct {
	// ID is the webhook-id of all its messages.
	ID   string    `json:"id" doc:"The webhook-id header of its messages"`
	Type Type      `json:"type" doc:"What it tells of"`
	At   time.Time `json:"at" doc:"The instant of what it tells of"`
	// Publication is empty of a ping.
	Publication string `json:"publication,omitempty" doc:"The id of the publication"`
	// Payload is the body of its messages, byte for byte.
	Payload []byte `json:"-"`
}

// State is where a delivery stands.
type State string

// The states of a delivery.
const (
	Pending   State = "pending"   // it is sent, now or later
	Delivered State = "delivered" // the receiver has taken it
	Failed    State = "failed"    // the last attempt has failed
	Dropped   State = "dropped"   // the webhook was disabled meanwhile
)

// Delivery brings one event to one receiver.
type Delivery struct {
	ID      string `json:"id" doc:"Its id"`
	Webhook string `json:"webhook" doc:"The receiver's id"`
	Event   Event  `json:"event" doc:"What the receiver is told"`
	State   State  `json:"state" enum:"pending,delivered,failed,dropped" doc:"Where it stands"`
	// Tries counts the attempts since it was last asked for; back-off follows it.
	Tries int       `json:"tries" minimum:"0" doc:"Attempts since it was asked for"`
	DueAt time.Time `json:"due_at,omitzero" doc:"When it is sent next, while it is pending"`
	// Round changes with every attempt and every redelivery, so that a job of an
	// earlier round knows that it is late.
	Round int `json:"-"`
}

// Attempt is one line of the delivery log.
type Attempt struct {
	ID        string        `json:"id" doc:"Its id"`
	StartedAt time.Time     `json:"started_at" doc:"When it began, as its webhook-timestamp says"`
	Duration  time.Duration `json:"duration_ns" doc:"How long it took, in nanoseconds"`
	Status    int           `json:"status,omitempty" doc:"The status of the answer; none without an answer"`
	// Class is Interrupted for an attempt whose process ended before it did.
	Class   Class  `json:"error,omitempty" doc:"Why it failed, in a word; none if it arrived"`
	Detail  string `json:"detail,omitempty" doc:"Why it failed, and what to do"`
	Excerpt string `json:"excerpt,omitempty" doc:"The beginning of the answer's body"`
	// Open tells that there is no outcome yet.
	Open bool `json:"open,omitempty" doc:"There is no outcome yet"`
}
