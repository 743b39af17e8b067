package pdf

import (
	"strings"

	"communique/render/page"
)

const (
	xmpStart = "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` + "\n" +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"` +
		` xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` + "\n" +
		"<pdfaid:part>" // and the part of ISO 19005
	xmpClaims = "</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n" +
		"<dc:format>application/pdf</dc:format>"
	// PDF/A wants schemas that it does not know described (ISO 19005-2, 6.6.2.3).
	xmpEnd = "\n</rdf:Description>\n" +
		`<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">` +
		`<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">` +
		`<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>` +
		`<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>` +
		`<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
		`<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>` +
		`<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>` +
		`<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>` +
		`</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>` +
		"\n</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
)

// xmp is the metadata packet (ISO 16684-1), which also claims the standards: part
// is that of ISO 19005.
func xmp(i *page.Info, part int) []byte {
	var b syntax
	b.raw(xmpStart).int(part).raw(xmpClaims)
	b.element("dc:title", `<rdf:Alt><rdf:li xml:lang="x-default">`, i.Title, "</rdf:li></rdf:Alt>")
	b.element("dc:creator", "<rdf:Seq><rdf:li>", i.Author, "</rdf:li></rdf:Seq>")
	b.element("dc:description", `<rdf:Alt><rdf:li xml:lang="x-default">`, i.Subject, "</rdf:li></rdf:Alt>")
	if len(i.Keywords) > 0 {
		b.raw("<dc:subject><rdf:Bag>")
		for _, k := range i.Keywords {
			b.element("rdf:li", "", k, "")
		}
		b.raw("</rdf:Bag></dc:subject>")
	}
	b.element("dc:language", "<rdf:Bag><rdf:li>", i.Lang, "</rdf:li></rdf:Bag>")
	if !i.Date.IsZero() {
		date := i.Date.UTC().Format("2006-01-02T15:04:05+00:00")
		b.element("xmp:CreateDate", "", date, "")
		b.element("xmp:ModifyDate", "", date, "")
		b.element("xmp:MetadataDate", "", date, "")
	}
	b.element("pdf:Keywords", "", strings.Join(i.Keywords, ", "), "")
	b.element("pdf:Producer", "", i.Producer, "")
	return *b.raw(xmpEnd)
}

var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// element appends an XML element, unless its text is empty.
func (b *syntax) element(name, open, text, end string) {
	if text == "" {
		return
	}
	b.raw("<" + name + ">" + open)
	b.raw(escapeXML.Replace(cleanText(text)))
	b.raw(end + "</" + name + ">")
}
