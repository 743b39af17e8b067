package markdown

import (
	"fmt"

	"communique/render/diag"
	"communique/render/source"
)

// otherSystems are keys of other systems and what they mostly mean here.
var otherSystems = map[string]string{
	"type": "kind", "layout": "kind", "category": "kind",
	"headline": "title", "name": "title", "subject": "title",
	"description": "summary", "abstract": "summary", "lead": "summary", "standfirst": "summary", "subtitle": "summary", "excerpt": "summary",
	"language": "lang", "locale": "lang", "direction": "dir",
	"author": "issuer", "authors": "issuer", "organisation": "issuer", "organization": "issuer", "publisher": "issuer",
	"tags": "keywords", "categories": "keywords",
	"reference": "symbol", "ref": "symbol", "number": "symbol", "slug": "id",
	"location": "place", "city": "place",
	"published": "date", "release_date": "date", "release_time": "embargo", "embargo_until": "embargo",
	"source": "canonical", "url": "canonical", "permalink": "canonical", "link": "canonical",
	"contact": "contacts", "draft": "status",
}

// unknown reports a key that means nothing.
func (f *front) unknown(e *source.Entry, path string, known []string) {
	near := ""
	if path == "" {
		near = otherSystems[e.Key]
	}
	if near == "" {
		near = diag.Nearest(e.Key, known)
	}
	p := diag.Problem{Severity: diag.Warning, Code: "unknown-key", Pos: e.Pos, Path: join(path, e.Key),
		Message: "the key " + quoted(e.Key) + " is unknown and not used"}
	if near != "" {
		p.Expected = near
		p.Fix = fmt.Sprintf("write %s: if that is meant; ", near)
	}
	if path == "" {
		p.Fix += "to keep it for themes, indent it under a line extra:"
	} else if near == "" {
		p.Fix = "remove it"
	} else {
		p.Fix += "else remove it"
	}
	f.add(p)
}

func quoted(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "“" + s + "”"
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
