package bidi

// The explicit formatting characters (UAX #9, section 2).
const (
	lre, rle, pdf, lro, rlo = 0x202a, 0x202b, 0x202c, 0x202d, 0x202e
	lri, rli, fsi, pdi      = 0x2066, 0x2067, 0x2068, 0x2069
)

// Open reduces text, in place, to the embeddings, overrides and isolates that
// are still open at its end, so that they can go on in another paragraph.
func Open(text []rune) []rune {
	open := text[:0]
	for _, c := range text {
		switch c {
		case lre, rle, lro, rlo, lri, rli, fsi:
			open = append(open, c)
		case pdf:
			if n := len(open); n > 0 && open[n-1] < lri {
				open = open[:n-1]
			}
		case pdi:
			for n := len(open) - 1; n >= 0; n-- {
				if open[n] >= lri {
					open = open[:n]
					break
				}
			}
		}
	}
	return open
}
