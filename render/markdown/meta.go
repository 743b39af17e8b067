package markdown

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/source"
)

// keys reads every key of the front matter.
func (f *front) keys(root *source.Node) {
	f.entries(root, reflect.ValueOf(&f.values).Elem(), "", frontKeys)
	if f.values.Original && f.values.TranslationOf != "" {
		f.error("original-and-translation", f.meta.Pos["translation_of"], "a text that is the original is no translation", "original or translation_of", "remove one of them")
	}
	f.settle()
}

// entries reads a map into a struct.
func (f *front) entries(n *source.Node, v reflect.Value, path string, m *model) {
	for i := range n.Entries {
		e := &n.Entries[i]
		k := slices.Index(m.keys, e.Key)
		if k < 0 {
			f.unknown(e, path, m.keys)
			continue
		}
		if at := join(path, e.Key); f.given(e, at) {
			f.value(e.Value, v.Field(m.fields[k].index), at, &m.fields[k])
		}
	}
}

// value reads a node into v by v's type.
func (f *front) value(n *source.Node, v reflect.Value, path string, k *field) {
	switch to := v.Addr().Interface().(type) {
	case *written:
		to.Node = n
	case *langTag:
		to.Node = n
	case *string:
		if k.words != nil {
			*to = f.oneOf(n, path, k.words)
		} else {
			*to = f.text(n, path, k.example)
		}
	case *kindName:
		*to = f.kind(n, path, k.example)
	case *zoneName:
		*to = f.zone(n, path, k.example)
	case *webAddress:
		*to = f.webAddress(n, path, k.example)
	case *mailAddress:
		*to = f.mailAddress(n, path, k.example)
	case *speakerID:
		*to = f.speakerID(n, path, k.example)
	case *bool:
		*to = f.boolean(n, path)
	case **bool:
		*to = new(f.boolean(n, path))
	case *time.Time:
		*to = f.instant(n, path, k.example)
	case *doc.Date:
		*to = f.date(n, path, k.example)
	case *map[string]any:
		if n.Kind != source.Map {
			f.illTyped(n, path, describe(n), "a map", line(path, k.example))
			return
		}
		*to = n.Plain().(map[string]any)
	case *issuer:
		f.issuer(n, v, path, k)
	case *embargo:
		f.embargo(n, v, path, k)
	default:
		if k.item != nil {
			f.list(n, v, path, k)
		} else {
			f.record(n, v, path, k)
		}
	}
}

// issuer is a name, or a map that has one.
func (f *front) issuer(n *source.Node, v reflect.Value, path string, k *field) {
	if n.Kind == source.Text {
		f.value(n, v.FieldByName("Name"), path, &k.under.fields[0])
		return
	}
	f.record(n, v, path, k)
	if n.Kind == source.Map && n.Get("name") == nil {
		f.illTyped(n, path, "without a name", "the issuer's name", line("name", k.under.fields[0].example))
	}
}

// embargo is an instant, or an instant and the zone in which it is shown.
func (f *front) embargo(n *source.Node, v reflect.Value, path string, k *field) {
	if n.Kind != source.Map {
		f.value(n, v.FieldByName("Until"), path, k)
		return
	}
	f.record(n, v, path, k)
	if n.Get("until") == nil {
		f.illTyped(n, path, "without an instant", instantExpected, line("until", k.example))
	}
}

// list reads every item of a list.
func (f *front) list(n *source.Node, v reflect.Value, path string, k *field) {
	if n.Kind != source.List {
		f.illTyped(n, path, describe(n), "a list", line(path, k.example))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	for i, item := range n.Items {
		at := path + "[" + strconv.Itoa(i) + "]"
		f.meta.Pos[at] = item.Pos
		if k.item.under == nil && isBlank(item) {
			f.empty(item.Pos, at)
			continue
		}
		f.value(item, v.Index(i), at, k.item)
	}
}

// record reads a map with keys of its own.
func (f *front) record(n *source.Node, v reflect.Value, path string, k *field) {
	if n.Kind != source.Map {
		f.illTyped(n, path, describe(n), "a map with "+strings.Join(k.under.keys, ", "), line(path, k.example))
		return
	}
	f.entries(n, v, path, k.under)
}

// settle makes the document's particulars of what was written.
func (f *front) settle() {
	v, m := &f.values, &f.meta
	m.ID, m.Symbol, m.ShortTitle, m.Kind, m.Place, m.Date = v.ID, v.Symbol, v.ShortTitle, string(v.Kind), v.Place, v.Date
	m.Issuer = doc.Issuer{Name: v.Issuer.Name, Unit: v.Issuer.Unit, Logo: v.Issuer.Logo, URL: string(v.Issuer.URL)}
	m.Embargo = doc.Embargo{Until: v.Embargo.Until, Zone: string(v.Embargo.Zone)}
	m.Status, m.Canonical, m.Original, m.Extra = doc.Status(v.Status), string(v.Canonical), v.Original, v.Extra
	switch v.Dir {
	case "ltr":
		m.Dir = doc.LeftToRight
	case "rtl":
		m.Dir = doc.RightToLeft
	}
	m.Translation = doc.Translation{Of: v.TranslationOf, By: v.Translation.By, Reviewed: v.Translation.Reviewed}
	if official := v.Translation.Official; official != nil {
		m.Translation.Standing = doc.StandingUnofficial
		if *official {
			m.Translation.Standing = doc.StandingOfficial
		}
	}
	for _, c := range v.Contacts {
		if c != (contact{}) {
			m.Contacts = append(m.Contacts, doc.Contact{Name: c.Name, Role: c.Role, Phone: c.Phone, Email: string(c.Email), Hours: c.Hours})
		}
	}
	for _, s := range v.Speakers {
		if s != (speaker{}) {
			m.Speakers = append(m.Speakers, doc.Speaker{ID: string(s.ID), Name: s.Name, Title: s.Title})
		}
	}
	for _, word := range v.Keywords {
		if word != "" {
			m.Keywords = append(m.Keywords, word)
		}
	}
}

// given notes where a key stands, and tells whether it has a value.
func (f *front) given(e *source.Entry, path string) bool {
	if isBlank(e.Value) || e.Value.Kind == source.Null {
		f.empty(e.Pos, path)
		return false
	}
	f.meta.Pos[path] = e.Pos
	return true
}

// isBlank tells a text without a letter.
func isBlank(n *source.Node) bool { return n.Kind == source.Text && strings.TrimSpace(n.Text) == "" }

func (f *front) empty(pos diag.Pos, path string) {
	f.add(diag.Problem{Severity: diag.Warning, Code: "empty-value", Pos: pos, Path: path,
		Message: path + " has no value", Fix: "give it one, or remove the line"})
}
