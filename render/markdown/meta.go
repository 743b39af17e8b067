package markdown

import (
	"slices"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/source"
)

// keys reads every key of the front matter.
func (f *front) keys(root *source.Node) {
	for i := range root.Entries {
		e := &root.Entries[i]
		if !slices.Contains(knownKeys, e.Key) {
			f.unknown(e, "", knownKeys)
			continue
		}
		if f.given(e, e.Key) {
			f.key(e.Key, e.Value)
		}
	}
	if f.meta.Original && f.meta.Translation.Of != "" {
		f.error("original-and-translation", f.meta.Pos["translation_of"], "a text that is the original is no translation", "original or translation_of", "remove one of them")
	}
}

func (f *front) key(key string, n *source.Node) {
	m := &f.meta
	switch key {
	case "title":
		f.titleNode = n
	case "summary":
		f.summaryNode = n
	case "lang":
		f.langNode = n
	case "dir":
		if f.oneOf(n, key, "ltr", "rtl") == "rtl" {
			m.Dir = doc.RightToLeft
		} else {
			m.Dir = doc.LeftToRight
		}
	case "kind":
		f.kind(n)
	case "id":
		m.ID = f.text(n, key, "kp-2023-plenary")
	case "short_title":
		m.ShortTitle = f.text(n, key, "Rules for rough diamonds")
	case "symbol":
		m.Symbol = f.text(n, key, "FCDO/2023/118")
	case "issuer":
		f.issuer(n)
	case "place":
		m.Place = f.text(n, key, "London")
	case "date":
		m.Date = f.date(n, key)
	case "embargo":
		f.embargo(n)
	case "status":
		m.Status = doc.Status(f.oneOf(n, key, string(doc.StatusDraft), string(doc.StatusFinal), string(doc.StatusCorrected), string(doc.StatusWithdrawn)))
	case "contacts":
		f.contacts(n)
	case "keywords":
		f.list(n, key, "keywords: [diamonds, Kimberley Process]", func(n *source.Node, path string) {
			if s := f.text(n, path, "diamonds"); s != "" {
				m.Keywords = append(m.Keywords, s)
			}
		})
	case "canonical":
		m.Canonical = f.webAddress(n, key)
	case "original":
		m.Original = f.boolean(n, key)
	case "translation_of":
		m.Translation.Of = f.text(n, key, "kp-2023-plenary")
	case "translation":
		f.translation(n)
	case "speakers":
		f.speakers(n)
	case "extra":
		if n.Kind != source.Map {
			f.illTyped(n, key, describe(n), "a map", "extra: {theme_note: text}")
			return
		}
		m.Extra = n.Plain().(map[string]any)
	}
}

func (f *front) kind(n *source.Node) {
	name := f.text(n, "kind", "press-release")
	if name == "" {
		return
	}
	if _, ok := f.opts.Kinds.Get(name); !ok {
		near := diag.Nearest(name, f.opts.Kinds.Names())
		if near == "" {
			near = f.opts.Kinds.Names()[0]
		}
		f.illTyped(n, "kind", quoted(name)+", which does not exist", strings.Join(f.opts.Kinds.Names(), ", "), "kind: "+near)
		return
	}
	f.meta.Kind = name
}

func (f *front) issuer(n *source.Node) {
	const example = "issuer: Foreign, Commonwealth & Development Office"
	m := &f.meta.Issuer
	if n.Kind == source.Text {
		m.Name = f.text(n, "issuer", "Ministry of Mines")
		return
	}
	f.record(n, "issuer", example, []string{"name", "unit", "logo", "url"}, func(key string, n *source.Node, path string) {
		switch key {
		case "name":
			m.Name = f.text(n, path, "Ministry of Mines")
		case "unit":
			m.Unit = f.text(n, path, "Press Office")
		case "logo":
			m.Logo = f.text(n, path, "logo.png")
		case "url":
			m.URL = f.webAddress(n, path)
		}
	})
	if n.Kind == source.Map && n.Get("name") == nil {
		f.illTyped(n, "issuer", "without a name", "the issuer's name", "name: Ministry of Mines")
	}
}

// embargo is an instant, or an instant and the zone in which it is shown.
func (f *front) embargo(n *source.Node) {
	m := &f.meta.Embargo
	if n.Kind != source.Map {
		m.Until = f.instant(n, "embargo")
		return
	}
	f.record(n, "embargo", instantExample, []string{"until", "zone"}, func(key string, n *source.Node, path string) {
		if key == "until" {
			m.Until = f.instant(n, path)
			return
		}
		name := f.text(n, path, "Africa/Harare")
		if name == "" {
			return
		}
		if _, err := f.opts.Locales.Zone(name); err != nil {
			f.illTyped(n, path, quoted(name), "the name of a time zone", "zone: Africa/Harare")
			return
		}
		m.Zone = name
	})
	if n.Get("until") == nil {
		f.illTyped(n, "embargo", "without an instant", instantExpected, "until: "+instantExample)
	}
}

func (f *front) contacts(n *source.Node) {
	f.list(n, "contacts", "contacts:\n  - name: Press office\n    email: press@example.org", func(n *source.Node, path string) {
		var c doc.Contact
		f.record(n, path, "- name: Press office", []string{"name", "role", "phone", "email", "hours"}, func(key string, n *source.Node, path string) {
			switch key {
			case "name":
				c.Name = f.text(n, path, "Press office")
			case "role":
				c.Role = f.text(n, path, "Spokesperson")
			case "phone":
				c.Phone = f.text(n, path, `"+44 20 7008 3100"`)
			case "email":
				c.Email = f.email(n, path)
			case "hours":
				c.Hours = f.text(n, path, "Monday to Friday, 09:00 to 17:00")
			}
		})
		if c != (doc.Contact{}) {
			f.meta.Contacts = append(f.meta.Contacts, c)
		}
	})
}

func (f *front) email(n *source.Node, path string) string {
	s := f.text(n, path, "press@example.org")
	local, domain, ok := strings.Cut(s, "@")
	if s != "" && (!ok || local == "" || domain == "" || strings.ContainsAny(s, " <>()\"',;:\\") || strings.Contains(domain, "@")) {
		f.illTyped(n, path, quoted(s), "one mail address", "email: press@example.org")
		return ""
	}
	return s
}

func (f *front) translation(n *source.Node) {
	m := &f.meta.Translation
	f.record(n, "translation", "translation: {by: machine, reviewed: false}", []string{"by", "reviewed", "official"}, func(key string, n *source.Node, path string) {
		switch key {
		case "by":
			m.By = f.oneOf(n, path, "human", "machine")
		case "reviewed":
			m.Reviewed = f.boolean(n, path)
		case "official":
			m.Standing = doc.StandingUnofficial
			if f.boolean(n, path) {
				m.Standing = doc.StandingOfficial
			}
		}
	})
}

func (f *front) speakers(n *source.Node) {
	seen := map[string]bool{}
	f.list(n, "speakers", "speakers:\n  - id: minister\n    name: The Minister", func(n *source.Node, path string) {
		var s doc.Speaker
		f.record(n, path, "- id: minister", []string{"id", "name", "title"}, func(key string, n *source.Node, path string) {
			switch key {
			case "id":
				s.ID = f.text(n, path, "minister")
				if seen[s.ID] {
					f.illTyped(n, path, "the id of two speakers", "an id of its own for every speaker", "")
				}
				seen[s.ID] = true
			case "name":
				s.Name = f.text(n, path, "The Minister")
			case "title":
				s.Title = f.text(n, path, "Minister of Mines")
			}
		})
		if s != (doc.Speaker{}) {
			f.meta.Speakers = append(f.meta.Speakers, s)
		}
	})
}
