package raster

import (
	"encoding/binary"
	"hash/crc32"
	"math"
)

// withResolution adds the chunk that tells the size of a pixel (PNG, 11.3.5.3),
// and that the colours are sRGB (11.3.2.5), after the header chunk.
func withResolution(file []byte, dpi float64) []byte {
	const header = 8 + 25 // signature and IHDR
	perMetre := uint32(math.Round(dpi / 0.0254))
	size := binary.BigEndian.AppendUint32(nil, perMetre)
	size = append(binary.BigEndian.AppendUint32(size, perMetre), 1)
	out := make([]byte, 0, len(file)+34)
	out = append(out, file[:header]...)
	out = chunk(out, "sRGB", []byte{0})
	out = chunk(out, "pHYs", size)
	return append(out, file[header:]...)
}

// chunk appends a PNG chunk (5.3).
func chunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
