package pdf

import (
	"io"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// level 6 is within 2 % of the smallest files at a third of the time.
const level = 6

// A compressor weighs 800 kB and takes longer to make than a page to compress.
var compressors = sync.Pool{New: func() any {
	w, err := zlib.NewWriterLevel(io.Discard, level)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// buffers are for bytes that do not outlive a function.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, 64<<10)
	return &b
}}

// deflate appends the zlib stream of src to dst.
func deflate(dst, src []byte) []byte {
	out := sliceWriter(dst)
	w := compressors.Get().(*zlib.Writer)
	w.Reset(&out)
	// Writing to a slice cannot fail.
	w.Write(src)
	w.Close()
	compressors.Put(w)
	return out
}

type sliceWriter []byte

func (s *sliceWriter) Write(p []byte) (int, error) {
	*s = append(*s, p...)
	return len(p), nil
}
