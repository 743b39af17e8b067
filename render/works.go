package render

import (
	"communique/render/doc"
	"communique/render/markdown"
	"communique/render/resolve"
)

// FrontMatter is how much of a source Works has to see, in bytes.
const FrontMatter = markdown.MaxFrontMatter + 16

// Works groups sources that are translations of each other, by their names and
// front matter: they belong in one request, so that they name each other and are
// compared. The numbers are indices of sources.
func (r *Renderer) Works(sources []Source) [][]int {
	docs := make([]*doc.Document, len(sources))
	for i, s := range sources {
		docs[i] = markdown.Identify(markdown.Source{Name: s.Name, Data: s.Data}, markdown.Options{Locales: r.locales, Kinds: r.kinds})
	}
	return resolve.Works(docs)
}
