package render

import (
	"errors"
	"fmt"

	"communique/render/doc"
	"communique/render/picture"
	"communique/render/theme"
)

// themeLogo names the logo of a theme among pictures: no picture of a document
// can have such an address.
const themeLogo = "theme:logo"

// checkLogos decodes the logos of all themes, so that a broken one is told at the
// start and not by the first statement.
func checkLogos(themes *theme.Set, store *picture.Store) error {
	var wrong []error
	for _, name := range themes.Names() {
		t, _ := themes.Get(name)
		if t.Logo.Data == nil {
			continue
		}
		if _, err := store.Logo(nil, &doc.Image{Source: themeLogo}, t.Logo.Data); err != nil {
			wrong = append(wrong, fmt.Errorf("themes/%s: logo.file is %q: %w", name, t.Logo.File, err))
		}
	}
	return errors.Join(wrong...)
}

// logo puts the logo of the theme among the pictures of a document with a
// letterhead and none of its own.
func (r *Renderer) logo(e *edition) error {
	f, data := e.doc.Front, e.theme.Logo.Data
	if data == nil || f == nil || f.Logo != nil || f.Letterhead == "" {
		return nil
	}
	e.logo = &doc.Image{Source: themeLogo, Alt: f.Letterhead}
	var err error
	e.pictures, err = r.pictures.Logo(e.pictures, e.logo, data)
	return err
}
