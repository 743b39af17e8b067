package plain

// contents lists the headings; lines of a mail have no pages.
func (w *writer) contents() {
	c := w.d.Front.Contents
	if c == nil {
		return
	}
	w.space(2)
	w.underlined(c.Title, "-")
	w.space(1)
	for i := range c.Entries {
		e := &c.Entries[i]
		const step = 2
		w.indented(step*(e.Heading.Level-2), "", func() {
			w.numbered(e.Heading.Number, func() { w.wrap(w.inlines(e.Content)) })
		})
	}
	w.space(2)
}
