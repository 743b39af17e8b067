package text

import (
	"encoding/binary"

	"communique/render/page"
)

// cluster is glyphs of s.buffer [first,last) that draw the characters [from,to)
// of s.runes together.
type cluster struct{ first, last, from, to int }

// findClusters groups the glyphs in s.buffer, which draw s.runes[from:to].
func (s *Shaper) findClusters(rtl bool, from, to, shift int) {
	info := s.buffer.Info
	s.clusters = s.clusters[:0]
	for i := 0; i < len(info); {
		j := i + 1
		for j < len(info) && info[j].Cluster == info[i].Cluster {
			j++
		}
		c := cluster{first: i, last: j, from: info[i].Cluster - shift, to: to}
		// The cluster's text runs to the next greater cluster value.
		if rtl && i > 0 {
			c.to = info[i-1].Cluster - shift
		} else if !rtl && j < len(info) {
			c.to = info[j].Cluster - shift
		}
		s.clusters = append(s.clusters, c)
		i = j
	}
}

// placeCluster appends the PDF glyphs that stand for one cluster: outlines in
// s.parts, its text, the width of the outlines and the distance that the pen moves.
//
// A left-to-right cluster is one glyph with all its text. Readers reverse
// right-to-left text code by code, so there every character gets its own code:
// the first draws, the others only advance.
func (s *Shaper) placeCluster(w *page.Word, f *fontState, c cluster, rtl bool, clean string, width, pen int32) {
	n := int32(c.to - c.from)
	if !rtl || n < 2 || width <= n {
		g := f.intern(s, s.parts, width, s.textOf(clean, c.from, c.to))
		w.Glyphs = append(w.Glyphs, page.Placed{Glyph: g, Advance: pen})
		return
	}
	share := width / n
	for m := n - 1; m >= 0; m-- {
		advance := share
		if m == 0 {
			advance = pen - share*(n-1)
		}
		at := c.from + int(m)
		g := f.intern(s, s.parts, share, s.textOf(clean, at, at+1))
		w.Glyphs = append(w.Glyphs, page.Placed{Glyph: g, Advance: advance})
		s.parts = s.parts[:0]
	}
}

// textOf is the text of s.runes[from:to].
func (s *Shaper) textOf(clean string, from, to int) string {
	start := 0
	if from > 0 {
		start = s.ends[from-1]
	}
	return clean[start:s.ends[to-1]]
}

// intern returns the one glyph of the font with these outlines, width and text.
func (f *fontState) intern(s *Shaper, parts []page.Part, width int32, text string) *page.Glyph {
	k := binary.LittleEndian.AppendUint32(s.key[:0], uint32(width))
	k = append(k, byte(len(parts)))
	for _, p := range parts {
		k = binary.LittleEndian.AppendUint16(k, p.GID)
		k = binary.LittleEndian.AppendUint16(k, uint16(p.DX))
		k = binary.LittleEndian.AppendUint16(k, uint16(p.DY))
	}
	k = append(k, text...)
	s.key = k
	g := f.glyphs[string(k)]
	if g == nil {
		g = &page.Glyph{ID: uint32(len(f.glyphs)), Width: width, Text: string([]byte(text))}
		if len(parts) > 0 {
			g.Parts = append([]page.Part(nil), parts...)
		}
		f.glyphs[string(k)] = g
		s.cost += 150 + len(k)
	}
	return g
}
