// Command gallery renders the files of render/testdata/gallery and writes a sheet of
// their pages in six languages for each construct, sheets of the products of a record,
// and the page that shows them all:
// docs/gallery.md and docs/gallery/*.png; and the README's picture, docs/pages.png.
// It is run by `make gallery`.
package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/txtar"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/templates"
)

const (
	dpi    = 55
	border = 8 // pixels round each page
	inRow  = 3 // pages in a row of a sheet
)

const head = `# Gallery

Every construct in the six languages of the United Nations, as pages. Below each name stands the file that tells its whole
life: the six sources, where every line of the pages stands, the structure tree and the web page. ` + "`make gallery`" + ` makes this page anew.
`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gallery:", err)
		os.Exit(1)
	}
}

func run() error {
	const cases = "render/testdata/gallery"
	r, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Version: "gallery"})
	if err != nil {
		return err
	}
	files, err := filepath.Glob(cases + "/*.txtar")
	if err != nil {
		return err
	}
	if err := os.MkdirAll("docs/gallery", 0o777); err != nil {
		return err
	}
	index := bytes.NewBufferString(head)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			return err
		}
		pages, err := pagesOf(r, a, cases)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		fmt.Fprintf(index, "\n## %s\n\n%s\n\n![Pages in six languages](gallery/%s.png)\n\n[%s](../%s)\n",
			name, strings.TrimSpace(string(a.Comment)), name, filepath.Base(file), filepath.ToSlash(file))
		if err := save("docs/gallery/"+name+".png", sheet(pages, inRow)); err != nil {
			return err
		}
	}
	if err := meeting(r, index); err != nil {
		return err
	}
	if err := os.WriteFile("docs/gallery.md", index.Bytes(), 0o666); err != nil {
		return err
	}
	return front(r)
}

// meeting pictures the products of a record: the report in English and the notice in
// six languages.
func meeting(r *render.Renderer, index *bytes.Buffer) error {
	const file = "render/testdata/plenary/kimberley-2023.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	fmt.Fprintf(index, "\n## The record of a meeting\n\nThe plenary that ended without a communiqué: the report in English, the notice in six languages.\n")
	for _, p := range []struct {
		product string
		langs   []string
		inRow   int
	}{{"report", []string{"en"}, 4}, {"notice", []string{"en", "fr", "es", "ru", "ar", "zh-Hans"}, inRow}} {
		pages, err := pictures(r, render.Request{Formats: []render.Format{render.PNG}, DPI: dpi, Products: []string{p.product}, Langs: p.langs,
			Sources: []render.Source{{Name: file, Data: data}}})
		if err != nil {
			return err
		}
		name := "plenary-" + p.product
		fmt.Fprintf(index, "\n![The %s](gallery/%s.png)\n", p.product, name)
		if err := save("docs/gallery/"+name+".png", sheet(pages, p.inRow)); err != nil {
			return err
		}
	}
	fmt.Fprintf(index, "\n[%s](../%s)\n", filepath.Base(file), file)
	return nil
}

// front pictures the first pages of a sample in English and in Arabic.
func front(r *render.Renderer) error {
	req := render.Request{Formats: []render.Format{render.PNG}, DPI: 100, Pages: render.PageRange{First: 1, Last: 1}}
	for _, lang := range []string{"en", "ar"} {
		name := "kimberley-2023." + lang + ".md"
		data, err := os.ReadFile("render/testdata/samples/" + name)
		if err != nil {
			return err
		}
		req.Sources = append(req.Sources, render.Source{Name: name, Data: data})
	}
	pages, err := pictures(r, req)
	if err != nil {
		return err
	}
	return save("docs/pages.png", sheet(pages, len(pages)))
}

// pagesOf makes the pages of a case's sources, in their order.
func pagesOf(r *render.Renderer, a *txtar.Archive, folder string) ([]image.Image, error) {
	req := render.Request{Formats: []render.Format{render.PNG}, DPI: dpi}
	for _, f := range a.Files {
		if strings.HasSuffix(f.Name, ".md") {
			req.Sources = append(req.Sources, render.Source{Name: f.Name, Data: f.Data, Files: os.DirFS(folder)})
		}
	}
	return pictures(r, req)
}

func pictures(r *render.Renderer, req render.Request) ([]image.Image, error) {
	res, err := r.Render(context.Background(), req)
	if err != nil {
		return nil, err
	}
	if len(res.Problems) > 0 {
		return nil, res.Problems[0]
	}
	pages := make([]image.Image, len(res.Artifacts))
	for i, p := range res.Artifacts {
		if pages[i], err = png.Decode(bytes.NewReader(p.Data)); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// sheet puts pages in rows on grey.
func sheet(pages []image.Image, inRow int) image.Image {
	cell := image.Rectangle{}
	for _, p := range pages {
		cell = cell.Union(p.Bounds())
	}
	w, h := cell.Dx()+border, cell.Dy()+border
	rows := (len(pages) + inRow - 1) / inRow
	out := image.NewRGBA(image.Rect(0, 0, inRow*w+border, rows*h+border))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.Gray{160}), image.Point{}, draw.Src)
	for i, p := range pages {
		at := image.Pt(border+i%inRow*w, border+i/inRow*h)
		draw.Draw(out, p.Bounds().Add(at), p, image.Point{}, draw.Src)
	}
	return out
}

func save(name string, img image.Image) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, img)
	if end := f.Close(); err == nil {
		err = end
	}
	return err
}
