package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"io"
)

// maxProfile bounds a colour profile; those that are understood have a few kilobytes.
const maxProfile = 1 << 20

// readPNG takes orientation, profile and animation out of the chunks (PNG, 3rd edition, 11).
func (h *header) readPNG(data []byte) {
	for i := 8; i+12 <= len(data); {
		n := int(binary.BigEndian.Uint32(data[i:]))
		if n < 0 || n > len(data)-i-12 {
			return
		}
		body := data[i+8 : i+8+n]
		switch string(data[i+4 : i+8]) {
		case "IDAT":
			return
		case "acTL":
			h.animated = len(body) >= 4 && binary.BigEndian.Uint32(body) > 1
		case "eXIf":
			h.orientation = orientation(body)
		case "iCCP":
			if k := bytes.IndexByte(body, 0); k >= 0 && k+2 <= len(body) {
				h.profile = inflated(body[k+2:])
			}
		}
		i += 12 + n
	}
}

func inflated(data []byte) []byte {
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(io.LimitReader(z, maxProfile))
	if err != nil {
		return nil
	}
	return out
}

// readWebP goes through the chunks (RFC 9649, 2). A frame may claim another size
// than its canvas, which would get around the limits.
func (h *header) readWebP(data []byte) *fault {
	for i := 12; i+8 <= len(data); {
		name, n := string(data[i:i+4]), int(binary.LittleEndian.Uint32(data[i+4:]))
		if n < 0 || n > len(data)-i-8 {
			return broken(h.format, io.ErrUnexpectedEOF)
		}
		body := data[i+8 : i+8+n]
		switch name {
		case "ANIM", "ANMF":
			return refuse("image-format", "animated WebP pictures are not supported", "a still picture", "export one frame as PNG or JPEG")
		case "EXIF":
			h.orientation = orientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		case "ICCP":
			h.profile = body[:min(len(body), maxProfile)]
		case "VP8 ":
			h.lossy = true
			if len(body) < 10 {
				return broken(h.format, io.ErrUnexpectedEOF)
			}
			w, hh := int(binary.LittleEndian.Uint16(body[6:])&0x3fff), int(binary.LittleEndian.Uint16(body[8:])&0x3fff)
			if f := h.sized(w, hh); f != nil {
				return f
			}
		case "VP8L":
			if len(body) < 5 {
				return broken(h.format, io.ErrUnexpectedEOF)
			}
			bits := binary.LittleEndian.Uint32(body[1:])
			if f := h.sized(int(bits&0x3fff)+1, int(bits>>14&0x3fff)+1); f != nil {
				return f
			}
		case "VP8X":
			if len(body) < 10 {
				return broken(h.format, io.ErrUnexpectedEOF)
			}
			w, hh := int(body[4])|int(body[5])<<8|int(body[6])<<16, int(body[7])|int(body[8])<<8|int(body[9])<<16
			if f := h.sized(w+1, hh+1); f != nil {
				return f
			}
		}
		i += 8 + n + n&1
	}
	return nil
}

// sized takes a size that the file tells; all must agree.
func (h *header) sized(w, hh int) *fault {
	if h.width != 0 && (h.width != w || h.height != hh) {
		return broken(h.format, fmt.Errorf("it says %d × %d pixels and %d × %d", h.width, h.height, w, hh))
	}
	h.width, h.height = w, hh
	return nil
}

// JPEG markers (ISO/IEC 10918-1, table B.1).
const (
	markerSOF0, markerSOF1, markerSOF2 = 0xc0, 0xc1, 0xc2
	markerEOI, markerSOS               = 0xd9, 0xda
	markerAPP0, markerAPP14, markerAPP = 0xe0, 0xee, 0xef
	markerCOM                          = 0xfe
)

var errMarkers = errors.New("its markers are out of order")

// readJPEG goes through the segments: it takes orientation and profile, counts
// the passes, and keeps a copy without the camera's and the editor's notes.
func (h *header) readJPEG(data []byte, model color.Model) error {
	out := append(make([]byte, 0, len(data)), data[:2]...)
	s := &segments{header: h}
	for i := 2; ; {
		for i+1 < len(data) && data[i] == 0xff && data[i+1] == 0xff { // fill bytes
			i++
		}
		if i+4 > len(data) && !(i+2 <= len(data) && data[i+1] == markerEOI) || data[i] != 0xff {
			return errMarkers
		}
		marker := data[i+1]
		if marker == markerEOI {
			out = append(out, data[i:i+2]...)
			break
		}
		n := int(binary.BigEndian.Uint16(data[i+2:]))
		if n < 2 || n > len(data)-i-2 {
			return io.ErrUnexpectedEOF
		}
		end := i + 2 + n
		if err := s.segment(marker, data[i+4:end]); err != nil {
			return err
		}
		if marker == markerSOS {
			end = scanEnd(data, end)
		}
		if marker < markerAPP0 || marker > markerAPP && marker != markerCOM || marker == markerAPP14 || marker == markerAPP0 && s.jfif {
			out = append(out, data[i:end]...)
		}
		i = end
	}
	h.cmyk = model == color.CMYKModel
	if s.common && !s.transformed && (model == color.GrayModel || model == color.YCbCrModel) {
		h.plain = out
	}
	return nil
}

// segments is what the segments so far have told.
type segments struct {
	*header
	scans int
	// common is a frame that all readers know; transformed means colours that are not YCbCr.
	common, transformed, jfif bool
}

func (s *segments) segment(marker byte, body []byte) error {
	switch marker {
	case markerSOS:
		if s.scans++; s.scans > maxScans {
			return fmt.Errorf("it has more than %d scans", maxScans)
		}
	case markerSOF0, markerSOF1, markerSOF2:
		s.common = len(body) > 5 && body[0] == 8
	case markerAPP0:
		s.jfif = bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) >= 14 && body[12] == 0 && body[13] == 0
	case markerAPP14:
		s.transformed = s.transformed || bytes.HasPrefix(body, []byte("Adobe")) && len(body) >= 12 && body[11] == 0
	case markerAPP0 + 1:
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
			s.orientation = orientation(tiff)
		}
	case markerAPP0 + 2:
		// a long profile stands in several segments, in order (ICC.1, B.4)
		if part, ok := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00")); ok && len(part) > 2 && len(s.profile) < maxProfile {
			s.profile = append(s.profile, part[2:]...)
		}
	}
	return nil
}

// scanEnd finds the marker after compressed data: not a stuffed byte, not a restart.
func scanEnd(data []byte, i int) int {
	for {
		k := bytes.IndexByte(data[i:], 0xff)
		if k < 0 || i+k+1 >= len(data) {
			return len(data)
		}
		i += k
		if c := data[i+1]; c != 0 && c != 0xff && (c < 0xd0 || c > 0xd7) {
			return i
		}
		i++
	}
}

// orientation reads the tag of EXIF that says how the camera was held (CIPA
// DC-008, 4.6.4): 1 is upright, as is anything that cannot be read.
func orientation(tiff []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case len(tiff) < 8:
		return 1
	case string(tiff[:4]) == "MM\x00*":
		order = binary.BigEndian
	case string(tiff[:4]) != "II*\x00":
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	list := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(list) < 12 {
			return 1
		}
		const tag, short = 0x0112, 3
		if order.Uint16(list) == tag && order.Uint16(list[2:]) == short {
			if v := int(order.Uint16(list[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		list = list[12:]
	}
	return 1
}
