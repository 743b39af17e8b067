package picture

import "communique/render/doc"

// themeLogo names the logo of a theme among pictures: no picture of a document
// can have such an address.
const themeLogo = "theme:logo"

// Logo adds the logo of a theme to the pictures of a document that has a letterhead
// and no logo of its own, and gives the image that stands for it; otherwise nil and
// the pictures as they are. The file has been decoded when the theme was loaded.
func (s *Store) Logo(set *Set, f *doc.Front, data []byte) (*doc.Image, *Set) {
	if data == nil || f == nil || f.Logo != nil || f.Letterhead == "" {
		return nil, set
	}
	p, fault := s.decoded(data)
	if fault != nil {
		return nil, set
	}
	if set == nil {
		set = &Set{store: s, by: map[string]*Picture{}}
	}
	set.by[themeLogo] = p
	return &doc.Image{Source: themeLogo, Alt: f.Letterhead}, set
}
