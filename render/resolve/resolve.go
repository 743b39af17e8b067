// Package resolve owns the step between what an author wrote and what every
// format shows: outline levels, anchors, labels, generated words, dates and
// names in the output language. It completes a document in place and must
// never know a page or a tag.
package resolve

import (
	"communique/render/diag"
	"communique/render/doc"
	"communique/render/kind"
	"communique/render/locale"
)

// Resources are what documents are completed with.
type Resources struct {
	Locales *locale.Catalog
	Kinds   *kind.Set
}

// resolver is the state of one document.
type resolver struct {
	d        *doc.Document
	kind     *kind.Kind
	locales  *locale.Catalog
	loc      *locale.Locale
	problems *diag.List
	anchors  map[string]diag.Pos
	missing  map[string]bool
	// cells counts the header cells that have an anchor
	cells int
	// top is the level of generated headings, 0 when not yet looked for.
	top int
	// targets are the names of what references can lead to, made for the first one.
	targets map[string]target
	// captioned counts the tables with a caption that have been named.
	captioned int
	// figured counts the figures with a caption that have been named.
	figured int
	// sortKeys are the keys by which names are put in order, by name.
	sortKeys map[string][]byte
}

// Resolve completes a document. Problems that it finds are added to the list.
func Resolve(d *doc.Document, res Resources, problems *diag.List) {
	loc, ok := res.Locales.Match(d.Meta.Lang)
	if !ok {
		loc, _ = res.Locales.Match("en")
	}
	k, ok := res.Kinds.Get(d.Meta.Kind)
	if !ok {
		k, _ = res.Kinds.Get("")
	}
	r := &resolver{d: d, kind: k, locales: res.Locales, loc: loc, problems: problems,
		anchors: map[string]diag.Pos{}, missing: map[string]bool{}}
	r.required()
	r.generate()
	d.Flows(r.directions)
	for _, n := range d.Footnotes {
		n.Dir = r.direction(n.Lang, n.Dir)
	}
	r.spans(d.Title)
	r.spans(d.Summary)
	r.tables()
	r.attributions()
	r.divisions()
	r.callouts()
	r.numberParagraphs()
	r.endMark()
	r.contacts()
	d.Flows(r.lists)
	r.numberedParts()
	r.front()
	r.headings()
	r.tableHeaders()
	r.numberHeadings()
	r.contents()
	if r.kind.Cover {
		r.d.Front.Cover, r.d.Front.FrontPages = true, r.frontPages()
	}
	r.footnotes()
	r.captions() // behind the footnotes, which are in the order of their calls now
	r.links()
}

// required reports metadata that the kind demands and the source lacks. What a record
// must have its own model says.
func (r *resolver) required() {
	if r.d.Generated {
		return
	}
	for _, key := range r.kind.Required {
		if !r.has(key) {
			r.problems.Add(diag.Problem{
				Severity: diag.Error, Code: "missing-key", Pos: r.position(key), Path: key,
				Message:  "a " + r.kind.Name + " needs " + key,
				Expected: "the key " + key + " in the front matter",
				Fix:      "add a line “" + key + ": …” between the two --- lines",
			})
		}
	}
}

// has reports whether the front matter gave a key.
func (r *resolver) has(key string) bool {
	_, ok := r.d.Meta.Pos[key]
	return ok
}

// position is the place of a key, or the head of the file if the key has none.
func (r *resolver) position(key string) diag.Pos {
	if p, ok := r.d.Meta.Pos[key]; ok {
		return p
	}
	return diag.Pos{File: r.d.File, Line: 1, Column: 1}
}

// word is a generated word; one that the locale lacks is reported once.
func (r *resolver) word(key string, args map[string]any) string { return r.wordIn(r.loc, key, args) }

// wordIn is a generated word in the language of a part of the document.
func (r *resolver) wordIn(loc *locale.Locale, key string, args map[string]any) string {
	w, ok := loc.Word(key, args)
	return r.told(loc, key, w, ok)
}

// countIn is a generated word for a number of things.
func (r *resolver) countIn(loc *locale.Locale, key string, n int, args map[string]any) string {
	w, ok := loc.Count(key, n, args)
	return r.told(loc, key, w, ok)
}

// told is a word; that a locale lacks it is reported once.
func (r *resolver) told(loc *locale.Locale, key, w string, ok bool) string {
	if !ok && !r.missing[key] {
		r.missing[key] = true
		r.problems.Add(diag.Problem{
			Severity: diag.Warning, Code: "missing-word", Pos: diag.Pos{File: r.d.File},
			Message:  "the locale " + loc.Tag() + " has no word " + key + "; the English one is used",
			Expected: "a message " + key + " in locales/" + loc.Tag() + ".toml",
			Fix:      "add it to the locale file",
		})
	}
	return w
}
