package office

import (
	"context"

	"github.com/rogpeppe/go-internal/diff"

	"communique/service/press"
)

// Difference is how one source of a revision differs from that of another.
type Difference struct {
	Name   string `json:"name" doc:"The file name" example:"kimberley.en.md"`
	Change string `json:"change" enum:"added,removed,changed" doc:"What happened to the file" example:"changed"`
	Text   string `json:"text" doc:"The unified difference; empty for pictures"`
}

// Compare tells how the sources of a revision differ from those of another; the
// revision 0 has none.
func (o *Office) Compare(ctx context.Context, slug string, from, to int) ([]Difference, error) {
	p, err := o.Get(ctx, slug)
	if err != nil {
		return nil, err
	}
	before, after := p.Revision(from), p.Revision(to)
	if after == nil || before == nil && from != 0 {
		return nil, press.Missing()
	}
	if before == nil {
		before = &press.Revision{}
	}
	out := []Difference{}
	old := digests(before)
	for _, f := range sourcesOf(after) {
		was, ok := old[f.Name]
		delete(old, f.Name)
		if ok && was == f.Digest {
			continue
		}
		d := Difference{Name: f.Name, Change: "changed"}
		if !ok {
			d.Change = "added"
		}
		if d.Text, err = o.difference(ctx, f, was); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	for _, f := range sourcesOf(before) {
		if was, left := old[f.Name]; left {
			text, err := o.difference(ctx, press.Source{Name: f.Name, MediaType: f.MediaType}, was)
			if err != nil {
				return nil, err
			}
			out = append(out, Difference{f.Name, "removed", text})
		}
	}
	return out, nil
}

// sourcesOf are sources and pictures alike; a picture has no media type.
func sourcesOf(r *press.Revision) []press.Source {
	out := append([]press.Source{}, r.Sources...)
	for _, p := range r.Pictures {
		out = append(out, press.Source{Name: p.Name, Digest: p.Digest})
	}
	return out
}

func digests(r *press.Revision) map[string]string {
	out := map[string]string{}
	for _, s := range sourcesOf(r) {
		out[s.Name] = s.Digest
	}
	return out
}

// difference compares a text with what it was; an empty digest is an empty text.
func (o *Office) difference(ctx context.Context, f press.Source, was string) (string, error) {
	if f.MediaType == "" {
		return "", nil
	}
	var texts [2][]byte
	for i, digest := range []string{was, f.Digest} {
		if digest == "" {
			continue
		}
		var err error
		if texts[i], err = o.bytes(ctx, digest); err != nil {
			return "", err
		}
	}
	return string(diff.Diff("before/"+f.Name, texts[0], "after/"+f.Name, texts[1])), nil
}
