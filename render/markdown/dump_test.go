package markdown

import (
	"fmt"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// dump writes a document as readable text: one line a block, positions in front.
func dump(d *doc.Document) string {
	var b strings.Builder
	dumpMeta(&b, d)
	fmt.Fprintf(&b, "title: %s\n", inlines(d.Title))
	if d.Summary != nil {
		fmt.Fprintf(&b, "summary: %s\n", inlines(d.Summary))
	}
	dumpBlocks(&b, d.Blocks, "")
	for _, n := range d.Footnotes {
		fmt.Fprintf(&b, "%s Footnote %s%s\n", at(n.Pos), n.Name, attrs(&n.Attr))
		dumpBlocks(&b, n.Blocks, "  ")
	}
	return b.String()
}

func dumpMeta(b *strings.Builder, d *doc.Document) {
	m := d.Meta
	fmt.Fprintf(b, "lang: %s %s\n", m.Lang, m.Dir)
	m.Lang, m.Dir, m.Pos = "", doc.Inherit, nil
	field := func(name string, v any, zero bool) {
		if !zero {
			fmt.Fprintf(b, "%s: %+v\n", name, v)
		}
	}
	field("id", m.ID, m.ID == "")
	field("symbol", m.Symbol, m.Symbol == "")
	field("kind", m.Kind, m.Kind == "")
	field("issuer", m.Issuer, m.Issuer == (doc.Issuer{}))
	field("place", m.Place, m.Place == "")
	field("date", m.Date.Time.Format("2006-01-02T15:04:05Z07:00"), m.Date.IsZero())
	field("embargo", m.Embargo.Until.Format("2006-01-02T15:04:05Z07:00")+" "+m.Embargo.Zone, m.Embargo.Until.IsZero())
	field("status", m.Status, m.Status == "")
	for _, c := range m.Contacts {
		field("contact", c, false)
	}
	field("keywords", m.Keywords, m.Keywords == nil)
	field("canonical", m.Canonical, m.Canonical == "")
	field("original", m.Original, !m.Original)
	field("short title", m.ShortTitle, m.ShortTitle == "")
	field("translation", m.Translation, m.Translation == (doc.Translation{}))
	for _, s := range m.Speakers {
		field("speaker", s, false)
	}
	field("extra", m.Extra, m.Extra == nil) // fmt sorts the keys of maps
}

func dumpBlocks(b *strings.Builder, blocks []doc.Block, indent string) {
	for _, n := range blocks {
		a := n.Attributes()
		head := fmt.Sprintf("%s%s %s", indent, at(a.Pos), strings.TrimPrefix(fmt.Sprintf("%T", n), "*doc."))
		head += attrs(a)
		in := indent + "  "
		switch n := n.(type) {
		case *doc.Paragraph:
			fmt.Fprintf(b, "%s: %s\n", head, inlines(n.Content))
		case *doc.Figure:
			size := ""
			if n.Width > 0 {
				size = fmt.Sprintf(" width=%g", n.Width)
			}
			if n.Wide {
				size += " wide"
			}
			fmt.Fprintf(b, "%s%s %s: %s\n", head, size, inlines([]doc.Inline{&n.Image}), inlines(n.Caption))
		case *doc.Heading:
			fmt.Fprintf(b, "%s %d: %s\n", head, n.Level, inlines(n.Content))
		case *doc.Rule, *doc.PageBreak:
			fmt.Fprintln(b, head)
		case *doc.CodeBlock:
			fmt.Fprintf(b, "%s %s\n", head, n.Syntax)
			for _, l := range n.Lines {
				fmt.Fprintf(b, "%s|%s\n", in, l)
			}
		case *doc.Quote:
			fmt.Fprintln(b, head)
			dumpBlocks(b, n.Blocks, in)
			if n.Attribution != nil {
				fmt.Fprintf(b, "%sby: %s\n", in, inlines(n.Attribution))
			}
		case *doc.Division:
			if n.Role != "" {
				head += " " + string(n.Role)
			}
			if n.Start != 0 {
				head += fmt.Sprintf(" from %d", n.Start)
			}
			fmt.Fprintln(b, head)
			dumpBlocks(b, n.Blocks, in)
		case *doc.Callout:
			fmt.Fprintf(b, "%s %s: %s\n", head, n.Kind, inlines(n.Title))
			dumpBlocks(b, n.Blocks, in)
		case *doc.DefinitionList:
			fmt.Fprintln(b, head)
			for _, d := range n.Items {
				fmt.Fprintf(b, "%s%s Definition%s\n", in, at(d.Pos), attrs(&d.Attr))
				for _, t := range d.Terms {
					fmt.Fprintf(b, "%s  term: %s\n", in, inlines(t))
				}
				dumpBlocks(b, d.Blocks, in+"  ")
			}
		case *doc.List:
			if n.Ordered {
				head += fmt.Sprintf(" %d%c", n.Start, n.Delimiter)
			}
			if n.Tight {
				head += " tight"
			}
			fmt.Fprintln(b, head)
			for _, item := range n.Items {
				fmt.Fprintf(b, "%s%s Item%s%s\n", in, at(item.Pos), attrs(&item.Attr), [...]string{"", " open", " done"}[item.Task])
				dumpBlocks(b, item.Blocks, in+"  ")
			}
		case *doc.Table:
			for _, c := range n.Columns {
				head += " " + [...]string{"none", "start", "center", "end", "decimal"}[c.Align]
			}
			fmt.Fprintln(b, head)
			if n.Caption != nil {
				fmt.Fprintf(b, "%s  caption: %s\n", indent, inlines(n.Caption))
			}
			for _, rows := range [][]*doc.Row{n.Head, n.Body} {
				for _, r := range rows {
					name := "Row"
					if r.Total {
						name = "Total"
					}
					fmt.Fprintf(b, "%s%s %s\n", in, at(r.Pos), name)
					for _, c := range r.Cells {
						name := "Cell"
						if c.Header {
							name = "HeaderCell"
						}
						if c.ColSpan != 0 || c.RowSpan != 0 {
							name += fmt.Sprintf(" %dx%d", c.Columns(), c.Rows())
						}
						fmt.Fprintf(b, "%s  %s %s: %s\n", in, at(c.Pos), name, inlines(c.Content))
					}
				}
			}
		default:
			fmt.Fprintf(b, "%s NOT DUMPED\n", head)
		}
	}
}

func at(p diag.Pos) string { return fmt.Sprintf("%d:%d", p.Line, p.Column) }

func attrs(a *doc.Attr) string {
	s := ""
	if a.ID != "" {
		s += " #" + a.ID
	}
	if a.Lang != "" {
		s += " lang=" + a.Lang
	}
	if a.Dir != doc.Inherit {
		s += " dir=" + a.Dir.String()
	}
	return s
}

// inlines writes inlines on one line: name[content].
func inlines(in []doc.Inline) string {
	var b strings.Builder
	for _, n := range in {
		kids := inlines(doc.Children(n))
		switch n := n.(type) {
		case *doc.Text:
			b.WriteString(visible(n.Value))
		case *doc.Code:
			fmt.Fprintf(&b, "code[%s]", n.Value)
		case *doc.FootnoteCall:
			fmt.Fprintf(&b, "call(%s %s)", at(n.Pos), n.Note.Name)
		case *doc.Break:
			b.WriteString("<br>")
		case *doc.Link:
			fmt.Fprintf(&b, "link(%s %s", at(n.Pos), n.URL)
			if n.Title != "" {
				fmt.Fprintf(&b, " %q", n.Title)
			}
			fmt.Fprintf(&b, ")[%s]", kids)
		case *doc.Image:
			fmt.Fprintf(&b, "image(%s %s", at(n.Pos), n.Source)
			if n.Decorative {
				b.WriteString(" decorative")
			}
			fmt.Fprintf(&b, ")[%s]", n.Alt)
		case *doc.Span:
			fmt.Fprintf(&b, "span(%s %s)[%s]", n.Lang, n.Dir, kids)
		case *doc.BidiOverride:
			fmt.Fprintf(&b, "bdo(%s)[%s]", n.Dir, kids)
		case *doc.Abbreviation:
			fmt.Fprintf(&b, "abbr(%s)[%s]", n.Title, kids)
		default:
			fmt.Fprintf(&b, "%s[%s]", strings.ToLower(strings.TrimPrefix(fmt.Sprintf("%T", n), "*doc.")), kids)
		}
	}
	return b.String()
}

// visible shows the characters that cannot be seen.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == 0xa0 || r == 0x202f || r == 0xfffd || isBidiControl(r) || r < ' ' {
			fmt.Fprintf(&b, "{%04x}", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
