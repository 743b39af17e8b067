package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// strangers are formats that people try, told by their first bytes.
var strangers = []struct {
	at    int
	magic string
	name  string
}{
	{0, "<svg", "SVG"}, {0, "<?xml", "SVG"}, {0, "<!DOCTYPE svg", "SVG"}, {0, "%PDF", "PDF"}, {0, "II*\x00", "TIFF"}, {0, "MM\x00*", "TIFF"},
	{0, "BM", "BMP"}, {4, "ftypheic", "HEIC"}, {4, "ftypheix", "HEIC"}, {4, "ftypmif1", "HEIC"}, {4, "ftypavif", "AVIF"}, {0, "8BPS", "Photoshop"},
}

// readHeader finds out what a file is and refuses what is not taken, before a
// pixel is decoded.
func readHeader(data []byte) (*header, *fault) {
	h := &header{orientation: 1}
	var err error
	var c image.Config
	r := bytes.NewReader(data)
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		h.format = "PNG"
		if c, err = png.DecodeConfig(r); err == nil {
			h.readPNG(data)
		}
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		h.format, h.lossy = "JPEG", true
		if c, err = jpeg.DecodeConfig(r); err == nil {
			err = h.readJPEG(data, c.ColorModel)
		}
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		h.format = "GIF"
		if c, err = gif.DecodeConfig(r); err == nil {
			h.animated = frames(data) > 1
		}
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		h.format = "WebP"
		if f := h.readWebP(data); f != nil {
			return nil, f
		}
		c, err = webp.DecodeConfig(r)
	default:
		return nil, unknown(data)
	}
	if err != nil {
		return nil, broken(h.format, err)
	}
	return h, h.check(c)
}

// unknown says what a file is that is none of the formats.
func unknown(data []byte) *fault {
	f := refuse("image-format", "the file is no picture in a format that is understood", "PNG, JPEG, WebP or GIF", "export the picture as PNG or JPEG")
	text := bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 200)], []byte("\ufeff")), " \t\r\n")
	for _, s := range strangers {
		if at := text[min(s.at, len(text)):]; bytes.HasPrefix(at, []byte(s.magic)) {
			f.message = s.name + " pictures are not supported"
			if s.name == "SVG" {
				f.fix = "export it as PNG, 300 dots an inch at the size in print"
			}
			return f
		}
	}
	if len(data) == 0 {
		return refuse("image-broken", "the file is empty", "a whole file", "export or copy the picture again")
	}
	return f
}

// check refuses what would take too much memory.
func (h *header) check(c image.Config) *fault {
	h.width, h.height = c.Width, c.Height
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model, color.Gray16Model:
		h.deep = true
	}
	most := MaxPixels
	if h.deep {
		most /= 2
	}
	switch {
	case h.width < 1 || h.height < 1:
		return broken(h.format, errors.New("it has no pixels"))
	case h.width > MaxSide || h.height > MaxSide || h.width*h.height > most:
		return refuse("image-too-big", fmt.Sprintf("the picture has %d × %d pixels", h.width, h.height),
			fmt.Sprintf("at most %d million pixels, and %d on a side", most/1_000_000, MaxSide), "reduce it: print shows no more than 2,500 pixels across a page")
	}
	return nil
}

// frames counts the pictures of a GIF, up to two (GIF89a, 15 to 27).
func frames(data []byte) int {
	palette := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	if len(data) < 13 {
		return 0
	}
	count := 0
	for i := 13 + palette(data[10]); i < len(data) && count < 2; {
		switch data[i] {
		case 0x21: // an extension
			i += 2
		case 0x2c: // a picture
			count++
			if i+10 > len(data) {
				return count
			}
			i += 11 + palette(data[i+9])
		default:
			return count
		}
		for i < len(data) && data[i] != 0 {
			i += int(data[i]) + 1
		}
		i++
	}
	return count
}
