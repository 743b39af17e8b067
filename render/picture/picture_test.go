package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"communique/render/picture/testcard"
)

func mustDecode(t testing.TB, data []byte) *Picture {
	t.Helper()
	p, f := decode(data)
	if f != nil {
		t.Fatalf("%s: %s", f.code, f.message)
	}
	return p
}

func refused(t *testing.T, data []byte, code, part string) {
	t.Helper()
	_, f := decode(data)
	if f == nil || f.code != code || !strings.Contains(f.message, part) || f.fix == "" || f.expected == "" {
		t.Errorf("got %+v, want %s with %q", f, code, part)
	}
}

func webpFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".webp")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// near tells colours that lossy compression makes of each other.
func near(a, b byte) bool { return int(a)-int(b) < 14 && int(b)-int(a) < 14 }

func (r *raster) at(x, y int) [4]byte {
	i := y*r.width + x
	a := byte(255)
	if r.alpha != nil {
		a = r.alpha[i]
	}
	if r.components == 1 {
		return [4]byte{r.pix[i], r.pix[i], r.pix[i], a}
	}
	return [4]byte{r.pix[3*i], r.pix[3*i+1], r.pix[3*i+2], a}
}

func TestEveryKindOfPixelBecomesEightBits(t *testing.T) {
	rect := image.Rect(0, 0, 3, 2)
	c := color.NRGBA64{0x8080, 0x4040, 0xffff, 0x7fff}
	gray := image.NewGray16(rect)
	deep, straight := image.NewNRGBA64(rect), image.NewNRGBA(rect)
	table := image.NewPaletted(rect, color.Palette{color.NRGBA{1, 2, 3, 0}, color.NRGBA{128, 64, 255, 127}})
	for y := range 2 {
		for x := range 3 {
			gray.SetGray16(x, y, color.Gray16{0x8080})
			deep.SetNRGBA64(x, y, c)
			straight.Set(x, y, c)
			table.SetColorIndex(x, y, 1)
		}
	}
	for name, m := range map[string]image.Image{"16 bits": deep, "8 bits": straight, "palette": table} {
		p := mustDecode(t, testcard.PNG(m))
		if got, want := p.pixels.at(2, 1), [4]byte{128, 64, 255, 127}; got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
	if p := mustDecode(t, testcard.PNG(gray)); p.pixels.components != 1 || p.pixels.at(0, 0) != [4]byte{128, 128, 128, 255} {
		t.Errorf("grey: %d components, %v", p.pixels.components, p.pixels.at(0, 0))
	}
}

func TestWebPIsReadWithItsOpacity(t *testing.T) {
	for name, left := range map[string][4]byte{"lossy": {200, 30, 30, 255}, "translucent": {0, 0, 0, 0}, "lossless": {0, 0, 0, 0}} {
		p := mustDecode(t, webpFile(t, name))
		l, r := p.pixels.at(2, 8), p.pixels.at(20, 8)
		if l[3] != left[3] || l[3] > 0 && !(near(l[0], left[0]) && near(l[2], left[2])) || !near(r[0], 30) || !near(r[2], 200) || r[3] != 255 {
			t.Errorf("%s: left %v, right %v", name, l, r)
		}
		if p.photo == (name == "lossless") || p.Colors != "" {
			t.Errorf("%s: photo %v, colours %q", name, p.photo, p.Colors)
		}
	}
}

func TestTheFirstFrameOfAnAnimationCounts(t *testing.T) {
	p := mustDecode(t, testcard.GIF(testcard.Chart(40, 20), testcard.Seal(20)))
	if !p.Animated || p.Width != 40 || p.Height != 20 {
		t.Errorf("%+v", p)
	}
	if mustDecode(t, testcard.GIF(testcard.Chart(40, 20))).Animated {
		t.Error("a still GIF is said to move")
	}
}

// withEXIF puts an orientation into a JPEG, as a camera does, with a place to hide.
func withEXIF(file []byte, orientation uint16, order binary.AppendByteOrder, mark string) []byte {
	tiff := []byte(mark)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0110), 2), 4), "Cam\x00"...)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, orientation), 0, 0, 0, 0, 0, 0)
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(body)+2)>>8), byte(len(body)+2))
	return append(append(out, body...), file[2:]...)
}

func TestPhotographsStandUpright(t *testing.T) {
	// the dark corner of the landscape, by orientation, in a picture turned the way the camera was held
	base := testcard.Landscape(80, 40)
	for o := uint16(1); o <= 8; o++ {
		w, h := 80, 40
		if o > 4 {
			w, h = 40, 80
		}
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		for y := range h {
			for x := range w {
				dx, dy := turned(x, y, w, h, int(o))
				m.Set(x, y, base.At(dx, dy))
			}
		}
		order, mark := binary.AppendByteOrder(binary.LittleEndian), "II*\x00"
		if o%2 == 0 {
			order, mark = binary.BigEndian, "MM\x00*"
		}
		p := mustDecode(t, withEXIF(testcard.JPEG(m, 95), o, order, mark))
		if p.Width != 80 || p.Height != 40 || p.pixels.at(1, 1)[2] > 90 || p.pixels.at(78, 1)[2] < 150 {
			t.Errorf("orientation %d: %d × %d, corner %v", o, p.Width, p.Height, p.pixels.at(1, 1))
		}
		if (p.file != nil) != (o == 1) {
			t.Errorf("orientation %d: kept as it is: %v", o, p.file != nil)
		}
	}
}

func TestJPEGIsKeptWithoutTheCamerasNotes(t *testing.T) {
	file := testcard.JPEG(testcard.Landscape(60, 40), 80)
	noted := append([]byte{0xff, 0xd8, 0xff, 0xfe, 0, 8}, "secret"...)
	noted = append(withEXIF(append(noted, file[2:]...), 1, binary.LittleEndian, "II*\x00"), "trailer"...)
	p := mustDecode(t, noted)
	if !bytes.Equal(p.file, file) {
		t.Errorf("%d bytes are kept of %d, want the %d without notes", len(p.file), len(noted), len(file))
	}
	if m := p.print(60, 40); !m.JPEG || !bytes.Equal(m.Data, file) || m.Gray {
		t.Errorf("print: %v, %d bytes", m.JPEG, len(m.Data))
	}
	if _, err := jpeg.Decode(bytes.NewReader(p.file)); err != nil {
		t.Error(err)
	}
}

func TestPrintedRowsAreThePixels(t *testing.T) {
	p := mustDecode(t, testcard.PNG(testcard.Seal(40)))
	m := p.print(40, 40)
	for _, part := range []struct {
		data []byte
		n    int
	}{{m.Data, 3}, {m.Alpha, 1}} {
		back, err := png.Decode(bytes.NewReader(container(40, 40, part.n, part.data)))
		if err != nil {
			t.Fatal(err)
		}
		at := reader(back)
		for y := range 40 {
			for x := range 40 {
				r, g, b, _ := at(x, y)
				want := p.pixels.at(x, y)
				if part.n == 1 && r != want[3] || part.n == 3 && (r != want[0] || g != want[1] || b != want[2]) {
					t.Fatalf("pixel %d, %d: %v, want %v", x, y, []byte{r, g, b}, want)
				}
			}
		}
	}
}

func TestStoredPicturesComeBackAsPixels(t *testing.T) {
	for name, file := range map[string][]byte{"PNG": testcard.PNG(testcard.Seal(40)), "JPEG": testcard.JPEG(testcard.Landscape(40, 40), 95)} {
		p := mustDecode(t, file)
		place := map[string][2]int{"PNG": {20, 20}, "JPEG": {30, 8}}[name] // where the colour is even
		for _, size := range []int{20, 40, 80} {
			m, err := Pixels(p.print(40, 40), size, size)
			if err != nil || m.Rect.Dx() != size || m.Rect.Dy() != size {
				t.Fatalf("%s: %v", name, err)
			}
			if c, want := m.NRGBAAt(size*place[0]/40, size*place[1]/40), p.pixels.at(place[0], place[1]); !near(c.R, want[0]) || !near(c.B, want[2]) || c.A != want[3] {
				t.Errorf("%s in %d: %v, want %v", name, size, c, want)
			}
		}
	}
}

func TestBombsAreRefusedBeforeTheyAreDecoded(t *testing.T) {
	refused(t, container(30_000, 30_000, 3, nil), "image-too-big", "30000 × 30000 pixels")
	refused(t, container(MaxSide+1, 1, 3, nil), "image-too-big", "20001 × 1 pixels")
	bomb := testcard.GIF(testcard.Chart(4, 4))
	binary.LittleEndian.PutUint16(bomb[6:], 65535)
	binary.LittleEndian.PutUint16(bomb[8:], 65535)
	refused(t, bomb, "image-too-big", "65535 × 65535 pixels")

	canvas := webpFile(t, "lossy") // a canvas of 24 × 16, a frame that claims more
	i := bytes.Index(canvas, []byte("VP8 "))
	binary.LittleEndian.PutUint16(canvas[i+14:], 0x3fff)
	refused(t, canvas, "image-broken", "it says 24 × 16 pixels and 16383 × 16")

	var scans []byte
	file := testcard.JPEG(testcard.Chart(16, 16), 80)
	i = bytes.Index(file, []byte{0xff, 0xda})
	for range maxScans + 1 {
		scans = append(scans, file[i:len(file)-2]...)
	}
	refused(t, append(append(file[:i:i], scans...), 0xff, 0xd9), "image-broken", "more than 64 scans")
}

func TestBrokenFilesAreRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"PNG": testcard.PNG(testcard.Seal(20)), "JPEG": testcard.JPEG(testcard.Landscape(40, 30), 70),
		"GIF": testcard.GIF(testcard.Chart(20, 20)), "WebP": webpFile(t, "translucent"),
	} {
		for _, n := range []int{len(file) / 4, len(file) / 2, len(file) * 3 / 4} {
			if p, f := decode(file[:n]); f == nil || f.fix == "" {
				t.Errorf("%s cut to %d of %d bytes: %+v", name, n, len(file), p)
			}
		}
	}
	refused(t, nil, "image-broken", "empty")
}

func TestOtherFormatsAreNamed(t *testing.T) {
	refused(t, []byte("<?xml version=\"1.0\"?>\n<svg/>"), "image-format", "SVG pictures are not supported")
	refused(t, []byte("\ufeff  <svg xmlns=\"\"/>"), "image-format", "SVG")
	refused(t, []byte("\x00\x00\x00\x18ftypheic"), "image-format", "HEIC")
	refused(t, []byte("%PDF-1.7"), "image-format", "PDF")
	refused(t, []byte("no picture at all"), "image-format", "no picture")
	moving := append(webpFile(t, "lossy")[:30:30], "ANIM\x00\x00\x00\x00"...)
	refused(t, moving, "image-format", "animated WebP")
}

func TestLargePicturesAreReducedToWhatPrintShows(t *testing.T) {
	p := mustDecode(t, testcard.JPEG(testcard.Landscape(4200, 1400), 60))
	if p.Width != 4200 || p.pixels.width != 3508 || p.pixels.height != 1169 || p.photo != true {
		t.Errorf("%d × %d pixels, of %d × %d", p.pixels.width, p.pixels.height, p.Width, p.Height)
	}
	if m := p.print(500, 167); m.Width != 500 || !m.JPEG {
		t.Errorf("%d × %d, JPEG %v", m.Width, m.Height, m.JPEG)
	}
}

func TestReducingKeepsColoursAndHidesWhatIsTransparent(t *testing.T) {
	r := &raster{width: 64, height: 48, components: 3, pix: bytes.Repeat([]byte{10, 200, 90}, 64*48)}
	r.translucent()
	for i := range r.alpha { // the left half is transparent red
		if i%64 < 32 {
			r.alpha[i] = 0
			copy(r.pix[3*i:], []byte{255, 0, 0})
		}
	}
	s := r.scale(9, 7)
	for y := range 7 {
		if a := s.at(0, y); a[3] != 0 {
			t.Errorf("left %v", a)
		}
		for x := range 9 {
			if c := s.at(x, y); c[3] > 16 && (c[0] > 14 || !near(c[1], 200)) {
				t.Errorf("%d, %d: %v: what is transparent shines through", x, y, c)
			}
		}
	}
	for _, k := range taps(1000, 7) {
		sum := int32(0)
		for _, v := range k.weights {
			sum += v
		}
		if sum != unit {
			t.Errorf("weights add up to %d", sum)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(testcard.PNG(testcard.Seal(9)))
	f.Add(testcard.JPEG(testcard.Landscape(17, 9), 60))
	f.Add(withEXIF(testcard.JPEG(testcard.Landscape(9, 9), 60), 6, binary.BigEndian, "MM\x00*"))
	f.Add(testcard.GIF(testcard.Chart(9, 9), testcard.Chart(9, 9)))
	for _, name := range []string{"lossy", "translucent", "lossless"} {
		f.Add(webpFile(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if h, f := readHeader(data); f == nil && h.width*h.height > 1<<20 {
			t.Skip("within the limits, but slow")
		}
		p, fault := decode(data)
		if (p == nil) == (fault == nil) {
			t.Fatal("neither a picture nor an error")
		}
		if fault != nil {
			if fault.code == "" || fault.message == "" || fault.fix == "" {
				t.Fatalf("%+v", fault)
			}
			return
		}
		w, h := p.pixels.width, p.pixels.height
		if len(p.pixels.pix) != w*h*p.pixels.components || p.pixels.alpha != nil && len(p.pixels.alpha) != w*h {
			t.Fatalf("%d bytes for %d × %d", len(p.pixels.pix), w, h)
		}
		if m := p.print(max(1, w/2), max(1, h/2)); len(m.Data) == 0 {
			t.Fatal("nothing to print")
		}
	})
}

func benchmark(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		mustDecode(b, data)
	}
}

func BenchmarkDecodePhotograph(b *testing.B) {
	benchmark(b, testcard.JPEG(testcard.Landscape(2000, 1333), 85))
}
func BenchmarkDecodeChart(b *testing.B) { benchmark(b, testcard.PNG(testcard.Chart(2000, 1000))) }
func BenchmarkDecodeCamera(b *testing.B) {
	benchmark(b, testcard.JPEG(testcard.Landscape(6000, 4000), 85))
}

func BenchmarkPrintReduced(b *testing.B) {
	p := mustDecode(b, testcard.JPEG(testcard.Landscape(2000, 1333), 85))
	b.ReportAllocs()
	for b.Loop() {
		p.print(1000, 667)
	}
}
