// Package webhook signs messages as the Standard Webhooks specification says
// and sends each of them once, past a guard that lets nothing reach an address
// which is not public. It owns secrets, signatures, the form of a message and
// the rules for addresses. It must never retry, remember or schedule anything,
// and never know what a publication is: its caller does.
package webhook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Type says what a message tells of.
type Type string

// What receivers are told, each at the instant when the public can see it.
const (
	Published     Type = "publication.published"
	Corrected     Type = "publication.corrected"
	LanguageAdded Type = "publication.language_added"
	Withdrawn     Type = "publication.withdrawn"
	Reinstated    Type = "publication.reinstated"
	// Ping is sent by hand only, to see whether a receiver listens.
	Ping Type = "ping"
)

// Types are those that a webhook can be made for, in the order of a publication's life.
func Types() []Type { return []Type{Published, Corrected, LanguageAdded, Withdrawn, Reinstated} }

// Known reports whether messages of this type exist.
func (t Type) Known() bool { return t == Ping || slices.Contains(Types(), t) }

// Payload is the body of a message: its type, the instant of what it tells of,
// and the data. The bytes are signed, so a message that is sent again must be
// sent with these bytes and not with newly made ones.
func Payload(t Type, at time.Time, data any) ([]byte, error) {
	if !t.Known() {
		return nil, fmt.Errorf("webhook: no messages of type %q exist", t)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(struct {
		Type      Type      `json:"type"`
		Timestamp time.Time `json:"timestamp"`
		Data      any       `json:"data"`
	}{t, at.UTC(), data})
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
