package pdf

import (
	"crypto/md5"
	"encoding/hex"
	"strconv"
	"strings"
)

// part is the part of ISO 19005 that the file obeys: only the third allows files
// of any kind within.
func (f *finisher) part() int {
	if f.doc.Attachment != nil {
		return 3
	}
	return 2
}

// attach writes the attachment as an embedded file (ISO 32000-1, 7.11.4) that is
// the publication's source (ISO 19005-3, 6.8) and returns the number of its file
// specification; 0 without one. Its date is the publication's: no clock is read.
func (f *finisher) attach() int {
	a := f.doc.Attachment
	if a == nil {
		return 0
	}
	b := f.builder
	file, specification := b.alloc(), b.alloc()
	sum := md5.Sum(a.Data) // the checksum that 7.11.4.2 asks for, no protection
	var dict syntax
	dict.raw("/Type/EmbeddedFile/Subtype/").name(a.MediaType).
		raw("/Params<</Size ").int(len(a.Data)).raw("/CheckSum<").raw(hex.EncodeToString(sum[:])).raw(">")
	if date := f.doc.Info.Date; !date.IsZero() {
		dict.raw("/ModDate").bytes(pdfDate(date))
	}
	dict.raw(">>")
	b.deflated(file, string(dict), a.Data)
	b.object(specification).raw("<</Type/Filespec/AFRelationship/Source/F").text(a.Name).raw("/UF").text(a.Name).
		raw("/EF<</F ").ref(file).raw("/UF ").ref(file).raw(">>/Desc").text(a.Name + " (" + a.MediaType + ", " + strconv.Itoa(len(a.Data)) + " B)").raw(">>")
	return specification
}

// name appends a name without its slash (7.3.5).
func (b *syntax) name(s string) *syntax {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_"
	for i := 0; i < len(s); i++ {
		if c := s[i]; strings.IndexByte(plain, c) >= 0 {
			*b = append(*b, c)
		} else {
			*b = append(*b, '#', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return b
}
