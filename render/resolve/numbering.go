package resolve

import (
	"strconv"
	"strings"

	"communique/render/doc"
	"communique/render/kind"
)

// numberHeadings numbers the headings 1, 1.1, 1.1.1 if the kind says so.
func (r *resolver) numberHeadings() {
	if !r.kind.Numbering.Headings {
		return
	}
	var count [7]int // by level
	apart := 7       // the level of the heading without a number that is open
	for _, h := range r.d.Front.Headings {
		if h.Level <= apart {
			apart = 7
		}
		if h.Unnumbered {
			apart = min(apart, h.Level)
		}
		if h.Generated || h.Level >= apart {
			continue
		}
		count[h.Level]++
		clear(count[h.Level+1:])
		parts := make([]string, 0, h.Level-1)
		for _, n := range count[2 : h.Level+1] {
			parts = append(parts, r.digits(strconv.Itoa(n)))
		}
		h.Number = strings.Join(parts, ".")
	}
}

// numberParagraphs numbers the paragraphs of the text as the kind says, but not
// those in lists, quotes and callouts, nor those that have a number.
func (r *resolver) numberParagraphs() {
	if count := r.kind.Numbering.Paragraphs; count != kind.CountNone {
		n := 1
		r.countParagraphs(r.d.Blocks, count == kind.CountSection, &n)
	}
}

// countParagraphs counts on among blocks; where sections count for themselves, a
// heading of the top level begins anew.
func (r *resolver) countParagraphs(blocks []doc.Block, sections bool, next *int) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *doc.Heading:
			if sections && b.Level <= r.topLevel() {
				*next = 1
			}
		case *doc.Paragraph:
			if b.Number == "" && len(b.Content) > 0 {
				b.Number = r.digits(strconv.Itoa(*next)) + "."
				*next++
			}
		case *doc.Division:
			switch b.Role {
			case doc.RoleNumbered:
				if b.Start > 0 {
					*next = b.Start
				}
				r.countParagraphs(b.Blocks, sections, next)
			case doc.RoleNone:
				r.countParagraphs(b.Blocks, sections, next)
			case doc.RoleContact, doc.RoleAddress, doc.RoleNotes, doc.RoleSummary, doc.RoleSignature:
			}
		}
	}
}
