package pdf

// scratch is memory for arranging the lines of a page, kept from page to page and,
// on a shelf, from document to document. Its codes stand until the page is reset,
// its pieces until the next line.
type scratch struct {
	line         []code // from left to right, before there are marks
	codes        []code // those of the page's lines so far, with marks
	order, group []int
	bounds       [][2]int
	cut, phrases []piece
	hidden       []piece
	queue        []piece // arranged and not yet shown
}

var scratches = newShelf(func() *scratch { return new(scratch) })

// take is room for n codes.
func (s *scratch) take(n int) []code {
	from := len(s.codes)
	if from+n > cap(s.codes) { // what stands in the old array stays there
		from, s.codes = 0, make([]code, 0, max(n, 2*cap(s.codes), 1024))
	}
	s.codes = s.codes[:from+n]
	return s.codes[from : from : from+n]
}

// drop puts the scratch back on the shelf, without the pieces, which know the document;
// codes know glyphs only, which the shaper keeps anyway. An uncommonly large one is left
// to the collector.
func (s *scratch) drop() {
	const most = 64 << 10 // codes
	if cap(s.codes)+cap(s.line) > most {
		return
	}
	for _, list := range [][]piece{s.cut, s.phrases, s.hidden, s.queue} {
		clear(list[:cap(list)])
	}
	scratches.put(s)
}

// resized is a list with n elements, all zero.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, 2*n)
	}
	list = list[:n]
	clear(list)
	return list
}
