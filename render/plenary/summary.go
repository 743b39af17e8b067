package plenary

import (
	"slices"

	"communique/render/doc"
)

// tones are how the frames of states look that are good or bad news for what was
// proposed; all others are neither.
var tones = map[string]doc.BadgeTone{
	"verb-adopted": doc.BadgePositive, "verb-adopted_as_amended": doc.BadgePositive, "verb-agreed": doc.BadgePositive, "verb-approved": doc.BadgePositive,
	"verb-endorsed": doc.BadgePositive, "verb-accepted": doc.BadgePositive, "verb-welcomed": doc.BadgePositive,
	"verb-rejected": doc.BadgeNegative, "verb-no_consensus": doc.BadgeNegative, "verb-blocked": doc.BadgeNegative, "verb-lapsed": doc.BadgeNegative,
	"agenda-adopted": doc.BadgePositive, "agenda-not_included": doc.BadgeNegative,
	"claim-confirmed": doc.BadgePositive, "claim-contested": doc.BadgeNegative,
	"election-elected": doc.BadgePositive, "election-re_elected": doc.BadgePositive, "election-no_consensus": doc.BadgeNegative,
	"membership-admitted": doc.BadgePositive, "membership-readmitted": doc.BadgePositive, "membership-suspended": doc.BadgeNegative, "membership-expelled": doc.BadgeNegative,
}

// badge is a state in a frame.
func badge(group, state string) *doc.Badge {
	tone, ok := tones[group+"-"+state]
	if !ok {
		tone = doc.BadgeNeutral
	}
	return &doc.Badge{Tone: tone, Content: inline(worded(group, state))}
}

// summary is the box at the head: the communiqué, or why there is none, in words to
// quote; how many outcomes there are of each kind; the next meeting.
func (b *builder) summary() {
	box := &doc.Division{Attr: doc.Attr{ID: "summary"}, Role: doc.RoleSummary}
	put := func(content ...doc.Inline) {
		if content != nil {
			box.Blocks = append(box.Blocks, paragraph(content...))
		}
	}
	put(b.communiqueSentences()...)
	put(b.states("part-outcomes", "verb", len(b.r.Outcomes), func(i int) string { return b.r.Outcomes[i].Verb })...)
	put(b.states("part-agenda", "agenda", len(b.r.Agenda), func(i int) string { return b.r.Agenda[i].Status })...)
	if when := dated(b.place(b.r.Next.Place, "next.place"), days(b.r.Next.From, b.r.Next.To)); when != nil {
		put(labelled("part-next", when...))
	}
	if len(box.Blocks) > 0 {
		b.add(box)
	}
}

// states counts the entries of a part by their state, in the order of the model.
func (b *builder) states(label, group string, n int, state func(int) string) []doc.Inline {
	counts := map[string]int{}
	var order []string
	for i := range n {
		s := state(i)
		if s == "" {
			continue
		}
		if counts[s] == 0 {
			order = append(order, s)
		}
		counts[s]++
	}
	if order == nil {
		return nil
	}
	e := &doc.Enumeration{}
	for _, s := range order {
		e.Items = append(e.Items, inline(badge(group, s), text("\u00a0"), count(counts[s])))
	}
	return inline(labelled(label, e))
}

// communiqueSentences says whether there is a communiqué, who blocked it, and why.
func (b *builder) communiqueSentences() (out []doc.Inline) {
	c := &b.r.Communique
	if c.Status == "" {
		return nil
	}
	out = inline(worded("communique", c.Status))
	if len(c.BlockedBy) > 0 {
		out = sentences(out, inline(message("communique-blocked-by", arg("Parties", b.listed(c.BlockedBy, "communique.blocked_by")...))))
	}
	out = sentences(out, b.line(c.Reason, "communique.reason"))
	if c.ItemsAgreed > 0 {
		out = sentences(out, inline(plural("items-agreed", c.ItemsAgreed)))
	}
	return out
}

// sentences follow each other as the language has it; a missing one is left out.
func sentences(first, second []doc.Inline) []doc.Inline {
	if second == nil {
		return first
	}
	return inline(message("sentences", arg("First", first...), arg("Second", second...)))
}

// communique is the final text with its numbered paragraphs, or why there is none.
func (b *builder) communique() {
	c := &b.r.Communique
	if c.Status == "" {
		return
	}
	b.heading()
	b.add(paragraph(b.communiqueSentences()...))
	var issued []doc.Inline
	if !c.Date.IsZero() {
		issued = days(c.Date, Date{})
	}
	b.add(facts([]fact{{"label-symbol", symbol(c.Symbol)}, {"label-date", issued}})...)
	if len(c.Paragraphs) == 0 {
		return
	}
	var text *doc.Division
	counted := false // the division goes on with the number of the next paragraph
	for i, p := range c.Paragraphs {
		id := "paragraph-" + itoa(i+1)
		blocks := b.blocks(p, at("communique.paragraphs", i), 3, id)
		n := slices.IndexFunc(blocks, func(b doc.Block) bool { _, ok := b.(*doc.Paragraph); return ok })
		own := n >= 0 && blocks[n].Attributes().ID != ""
		if !counted || own {
			text = &doc.Division{Role: doc.RoleNumbered, Start: i + 1}
			b.add(text)
		}
		counted = n >= 0
		switch {
		case n < 0: // a list or a table: no paragraph bears the number
			text.Blocks = append(text.Blocks, &doc.Division{Attr: doc.Attr{ID: id}, Blocks: blocks})
			continue
		case own:
			text.ID = id
		default:
			blocks[n].Attributes().ID = id
		}
		text.Blocks = append(text.Blocks, blocks[:n+1]...)
		if rest := blocks[n+1:]; len(rest) > 0 { // only the first paragraph of each has the number
			text.Blocks = append(text.Blocks, &doc.Division{Blocks: rest})
		}
	}
}
