package text

import (
	"encoding/binary"
	"unicode"

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
// the first that takes room draws, the others only advance. Combining marks have no
// width: pdf.js and MuPDF count none, whatever the file says, and would see a gap.
func (s *Shaper) placeCluster(w *page.Word, f *fontState, c cluster, rtl bool, clean string, width, pen int32) {
	bases := int32(0) // characters that take room
	for _, r := range s.runes[c.from:c.to] {
		if !unicode.Is(unicode.Mn, r) {
			bases++
		}
	}
	if !rtl || c.to-c.from < 2 || bases == 0 || width <= bases {
		g := f.intern(s, s.parts, width, s.textOf(clean, c.from, c.to))
		w.Glyphs = append(w.Glyphs, page.Placed{Glyph: g, Advance: pen})
		return
	}
	share := width / bases
	for at := c.to - 1; at >= c.from; at-- {
		var parts []page.Part
		advance, room := int32(0), int32(0)
		if !unicode.Is(unicode.Mn, s.runes[at]) {
			parts, s.parts = s.parts, s.parts[:0]
			advance, room = share, share
			if bases--; bases == 0 {
				advance = pen
			}
			pen -= advance
		}
		g := f.intern(s, parts, room, s.textOf(clean, at, at+1))
		w.Glyphs = append(w.Glyphs, page.Placed{Glyph: g, Advance: advance})
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
