package judge

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
)

// Pictures are the pages of a PDF as poppler paints them, in shades of grey.
func Pictures(file string, dpi int) ([]*image.Gray, error) {
	dir, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if _, errs, err := Pdftoppm.run("", "-gray", "-r", fmt.Sprint(dpi), file, filepath.Join(dir, "p")); err != nil || len(errs) > 0 {
		return nil, fmt.Errorf("pdftoppm: %v %s", err, errs)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.pgm"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files) // poppler pads numbers to one length
	var out []*image.Gray
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		picture, err := portableGray(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		out = append(out, picture)
	}
	return out, nil
}

// portableGray reads a binary PGM.
func portableGray(data []byte) (*image.Gray, error) {
	var w, h, most int
	in := bytes.NewReader(data)
	if _, err := fmt.Fscanf(in, "P5\n%d %d\n%d\n", &w, &h, &most); err != nil || most != 255 || in.Len() != w*h {
		return nil, fmt.Errorf("no PGM of 8 bits: %v", err)
	}
	return &image.Gray{Pix: data[len(data)-w*h:], Stride: w, Rect: image.Rect(0, 0, w, h)}, nil
}

// Gray is a picture in shades of grey, by the weights that poppler has.
func Gray(m image.Image) *image.Gray {
	out := image.NewGray(m.Bounds())
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			out.SetGray(x, y, color.Gray{Y: uint8((0.3*float64(r) + 0.59*float64(g) + 0.11*float64(b)) / 257)})
		}
	}
	return out
}

// Ink is how much black two pictures of one size have (each from 0 to 255, as a
// mean of all pixels), and how much of it stands elsewhere: the mean and the
// greatest difference of squares, for which the second picture may be moved by a
// pixel, as programs round the place of a letter as they like.
func Ink(a, b *image.Gray, square int) (inkA, inkB, moved, worst float64) {
	w, h := a.Rect.Dx(), a.Rect.Dy()
	sum := func(m *image.Gray, x0, y0 int) (n float64) {
		for y := max(y0, 0); y < min(y0+square, h); y++ {
			for x := max(x0, 0); x < min(x0+square, w); x++ {
				n += 255 - float64(m.Pix[y*m.Stride+x])
			}
		}
		return n / float64(square*square)
	}
	n := 0.0
	for y := 0; y < h; y += square {
		for x := 0; x < w; x += square {
			ours, theirs := sum(a, x, y), sum(b, x, y)
			least := max(ours-theirs, theirs-ours)
			for i := range 9 {
				other := sum(b, x+i%3-1, y+i/3-1)
				least = min(least, max(ours-other, other-ours))
			}
			inkA, inkB, moved, worst, n = inkA+ours, inkB+theirs, moved+least, max(worst, least), n+1
		}
	}
	return inkA / n, inkB / n, moved / n, worst
}
