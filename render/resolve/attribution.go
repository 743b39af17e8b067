package resolve

import (
	"strings"

	"communique/render/doc"
)

// attributions replaces an attribution that is just a speaker's id by the
// speaker's name and title.
func (r *resolver) attributions() {
	if len(r.d.Meta.Speakers) == 0 {
		return
	}
	r.d.Flows(r.attributed)
}

func (r *resolver) attributed(blocks []doc.Block) {
	doc.WalkBlocks(blocks, func(b doc.Block) bool {
		q, ok := b.(*doc.Quote)
		if !ok || q.Attribution == nil {
			return true
		}
		if s := r.speaker(doc.PlainText(q.Attribution)); s != nil {
			q.Attribution = append([]doc.Inline{&doc.Text{Value: r.named(s.Name, s.Title)}}, calls(q.Attribution)...)
		}
		return true
	})
}

// speaker finds the speaker that a text names by id, nil if there is none.
func (r *resolver) speaker(words string) *doc.Speaker {
	id := strings.TrimSpace(words)
	for i := range r.d.Meta.Speakers {
		if s := &r.d.Meta.Speakers[i]; s.ID != "" && s.ID == id {
			return s
		}
	}
	return nil
}

// named joins a name and a title or role.
func (r *resolver) named(name, title string) string {
	switch {
	case name == "":
		return title
	case title == "":
		return name
	}
	return r.word("name-title", map[string]any{"Name": name, "Title": title})
}
