package plain

import (
	"strings"
)

// head writes what stands above the text. Notices come first: no reader of a mail
// may overlook them.
func (w *writer) head() {
	f := w.d.Front
	for _, band := range f.Bands {
		w.space(1)
		w.line(strings.Repeat("*", Width))
		if band.Content != nil {
			w.wrap(w.inlines(band.Content))
		} else {
			w.wrap(band.Text)
		}
		w.line(strings.Repeat("*", Width))
		w.space(1)
	}
	symbol := f.Symbol
	if f.Letterhead != "" {
		w.pair(f.Letterhead, symbol)
		symbol = ""
		w.wrap(f.Unit)
		if url := w.d.Meta.Issuer.URL; url != "" {
			w.line(w.leftToRight(url))
		}
		w.line(strings.Repeat("-", Width))
		w.space(1)
	}
	w.pair(f.Label, symbol)
	if len(w.d.Title) > 0 {
		w.space(1)
		w.underlined(w.inlines(w.d.Title), "=")
	}
	w.space(1)
	if len(w.d.Summary) > 0 {
		w.wrap(w.inlines(w.d.Summary))
		w.space(1)
	}
	w.wrap(f.Dateline)
	w.contents()
}

// pair writes words at the start of a line and others at its end, below each
// other where they have no room.
func (w *writer) pair(start, end string) {
	if end != "" {
		end = w.leftToRight(end)
	}
	room := Width - columns(start) - columns(end)
	if start == "" || end == "" || room < 2 {
		w.wrap(start)
		w.wrap(end)
		return
	}
	w.line(start + strings.Repeat(" ", room) + end)
}

// underlined writes a headline.
func (w *writer) underlined(text, sign string) {
	widest := w.wrap(text)
	w.line(strings.Repeat(sign, max(3, min(widest, Width-w.indent)))) // "-- " would begin a mail's signature
}

// tail writes what stands below: the page's address and those of the links.
func (w *writer) tail() {
	page := w.d.Meta.Canonical
	if page == "" && len(w.links) == 0 {
		return
	}
	w.space(1)
	w.line(strings.Repeat("-", Width))
	if page != "" {
		w.line(w.leftToRight(page))
	}
	w.notes()
}
