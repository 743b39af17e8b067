package office

import (
	"slices"

	"communique/service/press"
)

// Condition is what a request asks of the version that it finds (RFC 9110, 13.1):
// any at all, or one of a list. An empty list names what no publication has.
type Condition struct {
	Any      bool
	Versions []int64
}

// holds tells whether a publication of a version is meant; 0 is none at all.
func (c *Condition) holds(version int64) bool {
	return version != 0 && (c.Any || slices.Contains(c.Versions, version))
}

// met refuses a change whose conditions do not hold for the version that there is;
// 0 is none at all.
func (c Change) met(version int64) error {
	switch {
	case c.IfMatch != nil && version == 0:
		return &press.Error{Kind: press.Changed, Detail: "there is no such publication yet", Fix: "leave If-Match out to create it"}
	case c.IfMatch != nil && !c.IfMatch.holds(version):
		return &press.Error{Kind: press.Changed, Detail: "the publication has changed since it was read", Fix: "read it again, and send If-Match with its ETag, which is not weak"}
	case c.IfNone != nil && c.IfNone.holds(version) && c.IfNone.Any:
		return &press.Error{Kind: press.Changed, Detail: "the publication exists", Fix: "leave If-None-Match out to replace its draft"}
	case c.IfNone != nil && c.IfNone.holds(version):
		return &press.Error{Kind: press.Changed, Detail: "the publication is at a version that If-None-Match names", Fix: "leave that ETag out"}
	}
	return nil
}
