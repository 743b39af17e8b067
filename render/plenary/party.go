package plenary

import "communique/render/doc"

// party is the name of a party: by CLDR for a code, else as the record gives it.
func (b *builder) party(id PartyID, path string) []doc.Inline {
	if id == "" {
		return nil
	}
	if own, ok := b.own[id]; ok {
		return b.line(own.name, own.path+".name")
	}
	return inline(&doc.Territory{Code: string(id)})
}

// fullParty adds the abbreviation to a name that the record gives.
func (b *builder) fullParty(id PartyID, path string) []doc.Inline {
	name := b.party(id, path)
	own, ok := b.own[id]
	if !ok || own.abbreviation.IsZero() {
		return name
	}
	return bracketed(name, b.citation(own.abbreviation, own.path+".abbreviation"))
}

// bracketed is "name (more)", or either of them alone.
func bracketed(name, more []doc.Inline) []doc.Inline {
	switch {
	case more == nil:
		return name
	case name == nil:
		return more
	}
	return inline(message("bracketed", arg("Name", name...), arg("More", more...)))
}

// listed are parties in the order of the record; nil for none.
func (b *builder) listed(ids []PartyID, path string) []doc.Inline {
	return b.enumerated(ids, path, false, b.party)
}

// sorted are parties in the order of the language's dictionaries; nil for none.
func (b *builder) sorted(ids []PartyID, path string) []doc.Inline {
	return b.enumerated(ids, path, true, b.party)
}

func (b *builder) enumerated(ids []PartyID, path string, sorted bool, name func(PartyID, string) []doc.Inline) []doc.Inline {
	if len(ids) == 0 {
		return nil
	}
	e := &doc.Enumeration{Sorted: sorted}
	for i, id := range ids {
		e.Items = append(e.Items, name(id, at(path, i)))
	}
	return inline(e)
}

// officer is a party, and the person in brackets.
func (b *builder) officer(o Officer, path string) []doc.Inline {
	person := b.properName(o.Name, path+".name")
	title := b.line(o.Title, path+".title")
	if person != nil && title != nil {
		person = inline(message("name-title", arg("Name", person...), arg("Title", title...)))
	} else if person == nil {
		person = title
	}
	return bracketed(b.party(o.Party, path+".party"), person)
}
