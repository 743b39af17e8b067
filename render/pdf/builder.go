package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// builder writes the objects of one PDF file: large ones as streams, small ones
// packed into object streams, then a cross-reference stream (ISO 32000-1, 7.5).
type builder struct {
	out     []byte
	entries []entry // by object number
	// The object stream being filled: its number, its index, its objects.
	packed int
	index  syntax
	body   syntax
	count  int
}

// entry tells where an object stands (7.5.8.3): kind 1 at byte a, kind 2 in
// object stream a as object b.
type entry struct{ kind, a, b int }

// maxPacked bounds an object stream: a reader unpacks all of it to see one object.
const maxPacked = 1024

// newBuilder starts a file, in memory that is kept for the next one.
func newBuilder() *builder {
	b := &builder{entries: make([]entry, 1, 256)}
	b.out, b.index, b.body = (*buffers.get())[:0], (*buffers.get())[:0], (*buffers.get())[:0]
	// Four bytes above 127 tell transfer programs that the file is binary (7.5.2).
	b.out = append(b.out, "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"...)
	return b
}

// alloc reserves an object number.
func (b *builder) alloc() int {
	b.entries = append(b.entries, entry{})
	return len(b.entries) - 1
}

// allocs reserves n object numbers.
func (b *builder) allocs(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = b.alloc()
	}
	return list
}

// object starts a small object, which ends where the next one starts.
func (b *builder) object(number int) *syntax {
	if b.count == maxPacked {
		b.pack()
	}
	if b.count == 0 {
		b.packed = b.alloc()
	} else {
		b.body.raw("\n")
	}
	b.entries[number] = entry{2, b.packed, b.count}
	b.count++
	b.index.int(number).raw(" ").int(len(b.body)).raw(" ")
	return &b.body
}

// pack writes the object stream (7.5.7).
func (b *builder) pack() {
	if b.count == 0 {
		return
	}
	dict := "/Type/ObjStm/N " + strconv.Itoa(b.count) + "/First " + strconv.Itoa(len(b.index))
	b.index = append(b.index, b.body...)
	b.deflated(b.packed, dict, b.index)
	b.index, b.body, b.count = b.index[:0], b.body[:0], 0
}

// stream writes a stream object; dict is its dictionary without brackets and Length.
func (b *builder) stream(number int, dict string, data []byte) {
	b.entries[number] = entry{1, len(b.out), 0}
	s := (*syntax)(&b.out)
	s.int(number).raw(" 0 obj\n<<").raw(dict).raw("/Length ").int(len(data)).raw(">>\nstream\n")
	b.out = append(b.out, data...)
	s.raw("\nendstream\nendobj\n")
}

// flate is the entry of a stream's dictionary that tells how it is compressed.
const flate = "/Filter/FlateDecode"

// deflated writes a stream object, compressed.
func (b *builder) deflated(number int, dict string, data []byte) {
	z := buffers.get()
	*z = deflate((*z)[:0], data)
	b.stream(number, dict+flate, *z)
	buffers.put(z)
}

// end writes the cross-reference stream and returns the file. Its identifier is
// a digest of the contents, so that equal documents are equal files.
func (b *builder) end(catalog, info int) []byte {
	b.pack()
	number := b.alloc()
	at := len(b.out)
	b.entries[number] = entry{1, at, 0}
	wide := byteWidth(at)
	table := make([]byte, 0, (wide+3)*len(b.entries))
	for i, e := range b.entries {
		if i == 0 {
			e.b = 0xffff // the head of the free list
		}
		table = append(table, byte(e.kind))
		for k := wide - 1; k >= 0; k-- {
			table = append(table, byte(e.a>>(8*k)))
		}
		table = append(table, byte(e.b>>8), byte(e.b))
	}
	sum := sha256.Sum256(b.out)
	id := hex.EncodeToString(sum[:16])
	var dict syntax
	dict.raw("/Type/XRef/Size ").int(len(b.entries)).raw("/W[1 ").int(wide).raw(" 2]/Root ").ref(catalog).
		raw("/Info ").ref(info).raw("/ID[<" + id + "><" + id + ">]")
	b.deflated(number, string(dict), table)
	(*syntax)(&b.out).raw("startxref\n").int(at).raw("\n%%EOF\n")
	return b.out
}

// drop gives the memory back; the file must have been copied.
func (b *builder) drop() {
	keepForNext(b.out)
	keepForNext(b.index)
	keepForNext(b.body)
}

// byteWidth is how many bytes hold offsets up to v; object numbers are smaller.
func byteWidth(v int) int {
	n := 1
	for v >>= 8; v > 0; v >>= 8 {
		n++
	}
	return n
}
