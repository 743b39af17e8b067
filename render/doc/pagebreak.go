package doc

// PageBreak begins a new page in formats that have pages.
type PageBreak struct{ Attr }
