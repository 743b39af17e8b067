package render

import (
	"path"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/markdown"
	"communique/render/plenary"
	"communique/render/resolve"
)

// FrontMatter is how much of a source Works has to see, in bytes.
const FrontMatter = markdown.MaxFrontMatter + 16

// isRecord tells the record of a meeting, in YAML or JSON, from a statement.
func isRecord(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// record checks the record of a meeting, of which no publication is made.
func (r *Renderer) record(s Source, checkOnly bool, problems *diag.List) {
	plenary.Read(plenary.Source{Name: s.Name, Data: s.Data}, plenary.Options{Locales: r.locales}, problems)
	if !checkOnly {
		problems.Add(diag.Problem{Severity: diag.Error, Code: "not-rendered", Pos: diag.Pos{File: s.Name},
			Message:  "this is the record of a meeting, which can be checked but not rendered",
			Expected: "a statement in Markdown", Fix: "communique check " + s.Name})
	}
}

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
