package plain

// pageBreak parts what stands on two pages: a text has none.
func (w *writer) pageBreak() { w.space(2) }
