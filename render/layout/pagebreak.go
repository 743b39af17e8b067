package layout

// pageBreak begins a new page, unless one has just begun.
func (b *builder) pageBreak() {
	b.add(box{pageBreak: true})
	b.gap = 0
}
