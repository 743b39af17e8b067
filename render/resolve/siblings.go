package resolve

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// SameWork reports whether two documents are translations of each other: they
// have the same id, or slug.en.md and slug.fr.md stand in one folder, or they are
// the same product of what is published as one.
func SameWork(a, b *doc.Document) bool {
	if a == nil || b == nil { // the place of a source that is no statement
		return false
	}
	if a.Meta.Lang == b.Meta.Lang {
		return false
	}
	if a.Release != nil && b.Release != nil {
		return a.Release.Product == b.Release.Product
	}
	if a.Meta.ID != "" || b.Meta.ID != "" {
		return a.Meta.ID == b.Meta.ID || names(a, b) || names(b, a)
	}
	x, okX := slug(a)
	y, okY := slug(b)
	return okX && okY && x == y
}

// Work lists the documents that are the same work as d, d among them, in order.
func Work(d *doc.Document, docs []*doc.Document) []*doc.Document {
	var out []*doc.Document
	for _, o := range docs {
		if o == d || SameWork(o, d) {
			out = append(out, o)
		}
	}
	return out
}

// Works groups documents that are the same work, in the order of their first
// ones; the numbers are indices of docs. Only file name and metadata count.
func Works(docs []*doc.Document) [][]int {
	var works [][]int
	at := map[string]int{} // the work of a key
	for i, d := range docs {
		work := -1
		for _, key := range keys(d) {
			if w, ok := at[key]; ok && work >= 0 && w != work { // d joins two
				works[work], works[w] = append(works[work], works[w]...), nil
				for k, v := range at {
					if v == w {
						at[k] = work
					}
				}
			} else if ok {
				work = w
			}
		}
		if work < 0 {
			work = len(works)
			works = append(works, nil)
		}
		works[work] = append(works[work], i)
		for _, key := range keys(d) {
			at[key] = work
		}
	}
	works = slices.DeleteFunc(works, func(w []int) bool { return w == nil })
	for _, w := range works {
		slices.Sort(w)
	}
	slices.SortFunc(works, func(a, b []int) int { return a[0] - b[0] })
	return works
}

// keys are what documents of one work share, any one of them: SameWork's rules.
func keys(d *doc.Document) (keys []string) {
	m := &d.Meta
	if m.Translation.Of != "" {
		keys = append(keys, "id "+m.Translation.Of)
	}
	if m.ID != "" {
		keys = append(keys, "id "+m.ID)
	} else if s, ok := slug(d); ok {
		keys = append(keys, "slug "+s)
	}
	return keys
}

// Original is the document of a work that the others translate: the first that
// says so, or else the first that is not said to be a translation; nil if there is none.
func Original(work []*doc.Document) *doc.Document {
	for _, is := range []func(*doc.Meta) bool{
		func(m *doc.Meta) bool { return m.Original },
		func(m *doc.Meta) bool { return m.Translation == doc.Translation{} },
	} {
		for _, d := range work {
			if is(&d.Meta) {
				return d
			}
		}
	}
	return nil
}

// names reports that a names b as its original.
func names(a, b *doc.Document) bool { return b.Meta.ID != "" && a.Meta.Translation.Of == b.Meta.ID }

// slug is the file's path without ".lang.md"; false when the name has no language.
func slug(d *doc.Document) (string, bool) {
	file := path.Clean(strings.ReplaceAll(d.File, `\`, "/"))
	base := strings.TrimSuffix(file, path.Ext(file))
	ext := path.Ext(base)
	if len(ext) < 3 {
		return "", false
	}
	return strings.TrimSuffix(base, ext), true
}

// shared lists what must be the same in every language of a work.
var shared = []struct {
	key   string
	value func(*doc.Meta) string
}{
	{"date", func(m *doc.Meta) string {
		if m.Date.IsZero() {
			return ""
		}
		if m.Date.Instant {
			return m.Date.Time.UTC().Format("2006-01-02T15:04:05Z")
		}
		return m.Date.Time.Format("2006-01-02")
	}},
	{"embargo", func(m *doc.Meta) string {
		if m.Embargo.Until.IsZero() {
			return ""
		}
		return m.Embargo.Until.UTC().Format("2006-01-02T15:04:05Z")
	}},
	{"symbol", func(m *doc.Meta) string { return m.Symbol }},
	{"kind", func(m *doc.Meta) string { return m.Kind }},
	{"contacts", func(m *doc.Meta) string { // names and roles are translated, numbers are not
		var b strings.Builder
		for _, c := range m.Contacts {
			b.WriteString(dial(c.Phone) + " " + c.Email + "; ")
		}
		return strings.TrimSuffix(b.String(), "; ")
	}},
}

// Siblings reports, at both places, where translations of one work disagree on
// what must be the same. lists[i] belongs to docs[i].
func Siblings(docs []*doc.Document, lists []*diag.List) {
	for i, a := range docs {
		for j := i + 1; j < len(docs); j++ {
			if b := docs[j]; SameWork(a, b) {
				compare(a, b, lists[i], lists[j])
				compareAnchors(a, b, lists[i])
				compareAnchors(b, a, lists[j])
			}
		}
	}
}

func compare(a, b *doc.Document, la, lb *diag.List) {
	for _, s := range shared {
		va, vb := s.value(&a.Meta), s.value(&b.Meta)
		if va == vb {
			continue
		}
		disagree := func(at, other *doc.Document, l *diag.List, mine, theirs string) {
			pos, ok := at.Meta.Pos[s.key]
			if !ok {
				pos = diag.Pos{File: at.File, Line: 1, Column: 1}
			}
			l.Add(diag.Problem{
				Severity: diag.Error, Code: "translations-disagree", Pos: pos, Path: s.key,
				Message:  s.key + " is " + shown(mine) + " here and " + shown(theirs) + " in " + other.File,
				Expected: "the same " + s.key + " in every language of a publication",
				Fix:      "correct one of the two",
			})
		}
		disagree(a, b, la, va, vb)
		disagree(b, a, lb, vb, va)
	}
}

// anchorsShown is how many missing anchors are named in one problem.
const anchorsShown = 5

// compareAnchors reports the ids that an author gave in the other language and not
// here: an address that somebody quotes must lead to the same place in all of them.
func compareAnchors(d, other *doc.Document, l *diag.List) {
	var missing []string
	for id := range other.Anchors {
		if _, ok := d.Anchors[id]; !ok {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return
	}
	slices.SortFunc(missing, func(a, b string) int {
		x, y := other.Anchors[a], other.Anchors[b]
		return cmp.Or(x.Line-y.Line, x.Column-y.Column, strings.Compare(a, b))
	})
	first := missing[0]
	line := strconv.Itoa(other.Anchors[first].Line)
	rest := ""
	if len(missing) > anchorsShown {
		rest = " and " + strconv.Itoa(len(missing)-anchorsShown) + " more"
		missing = missing[:anchorsShown]
	}
	l.Add(diag.Problem{
		Severity: diag.Warning, Code: "anchors-differ", Pos: diag.Pos{File: d.File, Line: 1, Column: 1},
		Message:  "not here, but in " + other.File + ": #" + strings.Join(missing, ", #") + rest,
		Expected: "the same ids in every language of a publication",
		Fix:      "put {#" + first + "} at the same place as in line " + line + " of " + other.File,
	})
}

func shown(v string) string {
	if v == "" {
		return "not given"
	}
	return v
}
