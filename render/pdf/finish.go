package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"communique/render/page"
)

// epoch stands in for the dates that fpdf insists on and the finisher leaves out.
var epoch = time.Unix(0, 0).UTC()

// fpdfFile receives fpdf's finished file, which it hands over in one Write, and
// holds on to it: nobody writes into fpdf's buffer afterwards.
type fpdfFile []byte

func (f *fpdfFile) Write(p []byte) (int, error) {
	if *f != nil {
		return 0, errShape
	}
	*f = p
	return len(p), nil
}

var errShape = errors.New("fpdf's output is not in the expected form")

// contents takes the content streams of all pages out of fpdf's file. fpdf gives
// object 1 to the page tree, 2 to the resources, and then two to each page; then
// follow Info and catalog. Anything else would get lost and is an error.
func (f fpdfFile) contents(pages int) ([][]byte, error) {
	offsets, err := f.offsets()
	if err != nil {
		return nil, err
	}
	if want := 1 + 2 + 2*pages + 2; len(offsets) != want {
		return nil, fmt.Errorf("%w: %d objects, want %d", errShape, len(offsets), want)
	}
	list := make([][]byte, pages)
	for i := range list {
		n := 4 + 2*i
		if list[i], err = f.stream(offsets[n], n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// offsets reads the cross-reference table.
func (f fpdfFile) offsets() ([]int, error) {
	const start, entry = "startxref\n", 20
	i := bytes.LastIndex(f, []byte(start))
	if i < 0 {
		return nil, errShape
	}
	at, _, ok := f.number(i + len(start))
	if !ok || at > len(f) || !bytes.HasPrefix(f[at:], []byte("xref\n0 ")) {
		return nil, errShape
	}
	count, at, ok := f.number(at + len("xref\n0 "))
	at++ // the end of line
	if !ok || count < 0 || count > (len(f)-at)/entry {
		return nil, errShape
	}
	list := make([]int, count)
	for k := range list {
		if list[k], _, ok = f.number(at + entry*k); !ok {
			return nil, errShape
		}
	}
	return list, nil
}

// stream is the data of the stream object that begins at an offset.
func (f fpdfFile) stream(at, number int) ([]byte, error) {
	head := strconv.Itoa(number) + " 0 obj\n<</Length "
	if at > len(f) || !bytes.HasPrefix(f[at:], []byte(head)) {
		return nil, errShape
	}
	length, at, ok := f.number(at + len(head))
	const open, end = ">>\nstream\n", "\nendstream\n"
	if !ok || !bytes.HasPrefix(f[at:], []byte(open)) {
		return nil, errShape
	}
	at += len(open)
	if length > len(f)-at || !bytes.HasPrefix(f[at+length:], []byte(end)) {
		return nil, errShape
	}
	return f[at : at+length], nil
}

// number reads decimal digits and returns where they end.
func (f fpdfFile) number(at int) (v, end int, ok bool) {
	end = at
	for end < len(f) && f[end] >= '0' && f[end] <= '9' {
		end++
	}
	v, err := strconv.Atoi(string(f[min(at, len(f)):min(end, len(f))]))
	return v, end, err == nil
}

// finisher writes the final file around the pages' contents.
type finisher struct {
	doc      *page.Document
	tags     *tags
	fonts    []*fontUse
	programs *programs
	images   *images
	builder  *builder
	pages    []int // object numbers
}

func (f *finisher) finish(contents [][]byte) ([]byte, error) {
	b := f.builder
	catalog, info, tree, metadata := b.alloc(), b.alloc(), b.alloc(), b.alloc()
	f.pages = b.allocs(len(f.doc.Pages))
	streams := b.allocs(len(contents))
	for i, c := range contents {
		b.deflated(streams[i], "", c)
	}
	for _, u := range f.fonts {
		u.object = b.alloc()
		if err := u.write(b, f.programs); err != nil {
			return nil, err
		}
	}
	f.images.write(b)
	structure, err := f.structure()
	if err != nil {
		return nil, err
	}
	annotations, err := f.annotations()
	if err != nil {
		return nil, err
	}
	f.pageTree(tree, streams, annotations)
	outline, err := f.outline()
	if err != nil {
		return nil, err
	}
	b.stream(metadata, "/Type/Metadata/Subtype/XML", xmp(&f.doc.Info, f.part()))
	f.catalog(catalog, catalogEntries{tree, structure, metadata, outline, f.outputProfile(), f.attach()})
	infoDictionary(b.object(info), &f.doc.Info)
	return b.end(catalog, info), nil
}

// pageTree writes the page tree (ISO 32000-1, 7.7.3). All pages share one
// resource dictionary, which each must name itself (ISO 19005-2, 6.2.2).
func (f *finisher) pageTree(tree int, streams []int, annotations [][]int) {
	resources := f.builder.alloc()
	o := f.builder.object(resources).raw("<</Font<<")
	for _, u := range f.fonts {
		o.raw("/").raw(u.name).raw(" ").ref(u.object)
		if u.again {
			o.raw("/").raw(u.name).raw(secondName).raw(" ").ref(u.object)
		}
	}
	o.raw(">>")
	f.images.resources(o)
	o.raw(">>")
	f.builder.object(tree).raw("<</Type/Pages/Count ").int(len(f.pages)).raw("/Kids[").refs(f.pages).raw("]>>")
	for i, pg := range f.doc.Pages {
		o := f.builder.object(f.pages[i]).raw("<</Type/Page/Parent ").ref(tree).
			raw("/MediaBox[0 0 ").nums(pg.Width, pg.Height).raw("]/Resources ").ref(resources).
			raw("/Contents ").ref(streams[i]).raw("/Tabs/S/StructParents ").int(i)
		if f.images.translucent[i] {
			// blending happens in the space of the output intent (ISO 32000-1, 11.6.6)
			o.raw("/Group<</S/Transparency/CS/DeviceRGB>>")
		}
		if len(annotations[i]) > 0 {
			o.raw("/Annots[").refs(annotations[i]).raw("]")
		}
		o.raw(">>")
	}
}

// catalogEntries are numbers of objects; outline and attached may be 0.
type catalogEntries struct{ tree, structure, metadata, outline, profile, attached int }

func (f *finisher) catalog(number int, e catalogEntries) {
	o := f.builder.object(number).raw("<</Type/Catalog/Pages ").ref(e.tree).
		raw("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true")
	if f.doc.Info.RightToLeft {
		o.raw("/Direction/R2L")
	}
	o.raw(">>/Lang").text(f.doc.Info.Lang).
		raw("/StructTreeRoot ").ref(e.structure).raw("/Metadata ").ref(e.metadata).
		raw("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)" +
			"/Info(sRGB IEC61966-2.1)/DestOutputProfile ").ref(e.profile).raw(">>]")
	if e.outline != 0 {
		o.raw("/Outlines ").ref(e.outline)
	}
	if e.attached != 0 {
		o.raw("/AF[").ref(e.attached).raw("]/Names<</EmbeddedFiles<</Names[").text(f.doc.Attachment.Name).raw(" ").ref(e.attached).raw("]>>>>")
	}
	pageLabels(o, f.doc.Labels)
	o.raw(">>")
}
