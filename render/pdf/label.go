package pdf

import "communique/render/page"

// pageLabels writes the names of pages (ISO 32000-1, 12.4.2), which viewers show
// and go to in place of the pages' indices.
func pageLabels(o *syntax, labels []page.Label) {
	if len(labels) == 0 {
		return
	}
	o.raw("/PageLabels<</Nums[")
	for _, l := range labels {
		o.int(l.Page).raw("<<")
		if l.Start > 0 {
			o.raw("/S/D")
		}
		if l.Start > 1 {
			o.raw("/St ").int(l.Start)
		}
		if l.Prefix != "" {
			o.raw("/P").text(l.Prefix)
		}
		o.raw(">>")
	}
	o.raw("]>>")
}
