package pdf

import (
	"bytes"
	"io"
	"runtime"

	"github.com/klauspost/compress/zlib"
)

const (
	// level is within 2 % of the smallest files at a third of the time.
	level = 6
	// fontLevel is for large font programs: half the time of level 6 for 2 % more
	// bytes, as outlines hardly repeat.
	fontLevel = 3
	// largeFont is in bytes.
	largeFont = 32 << 10
)

// A compressor weighs 800 kB and takes longer to make than a page to compress.
// They wait on a shelf of fixed size: the collector empties a sync.Pool every few
// documents.
var (
	compressors     = newShelf(func() *zlib.Writer { return newCompressor(level) })
	fontCompressors = newShelf(func() *zlib.Writer { return newCompressor(fontLevel) })
	// buffers are for bytes that do not outlive a function.
	buffers = newShelf(func() *[]byte {
		b := make([]byte, 0, 64<<10)
		return &b
	})
)

// shelf keeps things for later use, as many as there can be writers at work.
type shelf[T any] struct {
	free   chan T
	create func() T
}

// shelved is how many of one kind a writer needs at the same time.
const shelved = 4

func newShelf[T any](create func() T) *shelf[T] {
	return &shelf[T]{make(chan T, shelved*runtime.NumCPU()), create}
}

func (s *shelf[T]) get() T {
	select {
	case x := <-s.free:
		return x
	default:
		return s.create()
	}
}

func (s *shelf[T]) put(x T) {
	select {
	case s.free <- x:
	default:
	}
}

func newCompressor(level int) *zlib.Writer {
	w, err := zlib.NewWriterLevel(io.Discard, level)
	if err != nil {
		panic(err) // the levels are constants
	}
	return w
}

// deflate appends the zlib stream of src to dst.
func deflate(dst, src []byte) []byte { return deflateWith(compressors, dst, src) }

func deflateWith(writers *shelf[*zlib.Writer], dst, src []byte) []byte {
	out := sliceWriter(dst)
	w := writers.get()
	w.Reset(&out)
	// Writing to a slice cannot fail.
	w.Write(src)
	w.Close()
	writers.put(w)
	return out
}

// compressed is the zlib stream of a part of a font in memory of its own.
func compressed(src []byte) []byte {
	writers := compressors
	if len(src) > largeFont {
		writers = fontCompressors
	}
	z := buffers.get()
	*z = deflateWith(writers, (*z)[:0], src)
	out := bytes.Clone(*z)
	buffers.put(z)
	return out
}

// keepForNext gives a buffer back. An uncommonly large one is left to the collector.
func keepForNext(b []byte) {
	const most = 1 << 20
	if b = b[:0]; cap(b) <= most {
		buffers.put(&b)
	}
}

type sliceWriter []byte

func (s *sliceWriter) Write(p []byte) (int, error) {
	*s = append(*s, p...)
	return len(p), nil
}
