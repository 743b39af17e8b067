package pdf

import (
	"strings"
	"time"

	"communique/render/page"
)

// infoDictionary writes the document information (ISO 32000-1, 14.3.3). It says
// the same as the XMP metadata.
func infoDictionary(o *syntax, i *page.Info) {
	o.raw("<<")
	for _, e := range [...]struct{ key, value string }{
		{"/Title", i.Title},
		{"/Author", i.Author},
		{"/Subject", i.Subject},
		{"/Keywords", strings.Join(i.Keywords, ", ")},
		{"/Producer", i.Producer},
	} {
		if e.value != "" {
			o.raw(e.key).text(e.value)
		}
	}
	if !i.Date.IsZero() {
		date := pdfDate(i.Date)
		o.raw("/CreationDate").bytes(date).raw("/ModDate").bytes(date)
	}
	o.raw(">>")
}

// pdfDate writes an instant (7.9.4). "Z" would do, but some strict readers want
// an offset in full.
func pdfDate(t time.Time) string { return t.UTC().Format("D:20060102150405+00'00'") }
