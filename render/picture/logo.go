package picture

import "communique/render/doc"

// Logo adds a picture that the document does not name, the logo of its theme, to
// the document's set, which may be nil. The error says what is wrong with the file.
func (s *Store) Logo(set *Set, m *doc.Image, data []byte) (*Set, error) {
	p, f := s.decoded(data)
	if f != nil {
		return set, f
	}
	if set == nil {
		set = &Set{store: s, by: map[string]*Picture{}}
	}
	set.by[m.Source] = p
	return set, nil
}
