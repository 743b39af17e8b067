package text

import (
	"fmt"
	"io/fs"
	"path"
	"sync"

	"communique/render/page"
	"communique/render/text/hyphen"
)

// Library is the font families of a folder. Font files are read when a text
// first needs them, once. It is safe for concurrent use.
type Library struct {
	fsys     fs.FS
	families []*family // by folder name
	byFolder map[string]*family
	slots    []*slot // by page.FontID

	hyphens  *hyphen.Set // nil for none
	bindings *bindings   // nil for none

	mu  sync.Mutex
	err error
}

// slot is a font file's place in the library.
type slot struct {
	id     page.FontID
	file   string
	about  fontDescription
	family *family

	once sync.Once
	font *Font // nil when it cannot be read
	err  error
}

// Load reads the family.toml of every folder. Folders without one are passed
// over. Errors name file and line.
func Load(fonts fs.FS) (*Library, error) {
	files, err := fs.Glob(fonts, "*/family.toml")
	if err != nil {
		return nil, fmt.Errorf("fonts: %w", err)
	}
	l := &Library{fsys: fonts, byFolder: map[string]*family{}}
	text := false
	for _, file := range files { // sorted by Glob
		f, err := readFamily(fonts, path.Dir(file))
		if err != nil {
			return nil, fmt.Errorf("fonts: %w", err)
		}
		for _, x := range f.Files {
			s := &slot{
				id: page.FontID(len(l.slots)), file: path.Join(f.folder, x.File), family: f,
				about: fontDescription{Bold: x.Bold, Italic: x.Italic, Serif: f.Serif, Mono: f.Role == roleMono, Scale: f.Scale},
			}
			f.fonts = append(f.fonts, s)
			l.slots = append(l.slots, s)
		}
		l.families = append(l.families, f)
		l.byFolder[f.folder] = f
		text = text || f.Role == roleText
	}
	if !text {
		return nil, fmt.Errorf("fonts: no folder holds a family.toml with role = \"text\"")
	}
	return l, nil
}

// Languages takes what languages need for their lines from the folder of the
// locales: hyphenation/ (see package hyphen) and breaks/ (see Bindings). It is
// called before the first shaper is made.
func (l *Library) Languages(locales fs.FS) error {
	patterns, err := fs.Sub(locales, "hyphenation")
	if err != nil {
		return err
	}
	if l.hyphens, err = hyphen.Open(patterns); err != nil {
		return err
	}
	breaks, err := fs.Sub(locales, "breaks")
	if err != nil {
		return err
	}
	l.bindings = &bindings{fsys: breaks, read: map[string]map[string]binding{}, fail: l.fail}
	return nil
}

// dictionary is how a language divides its words; nil if it does not.
func (l *Library) dictionary(lang string) *hyphen.Dictionary {
	if l.hyphens == nil {
		return nil
	}
	d, err := l.hyphens.Language(lang)
	if err != nil {
		l.fail(err)
	}
	return d
}

// Family reports whether there is a family of that name (its folder's name).
func (l *Library) Family(name string) bool { return l.byFolder[name] != nil }

// Leading is the factor, 1 or more, by which a language needs more line height
// than Latin when it is set in the family or in what stands in for it.
func (l *Library) Leading(family, lang string) float64 {
	if order := l.order(family, languageScript(lang)); len(order) > 0 {
		return order[0].Leading
	}
	return 1
}

// Font is the font with an ID that a shaper of this library gave out. It is nil
// if there is no such font or it could not be read, see Err.
func (l *Library) Font(id page.FontID) *Font {
	if int(id) >= len(l.slots) {
		return nil
	}
	return l.open(l.slots[id])
}

// Err is the first error met in reading a font or hyphenation file. Text is then
// set in other fonts or without hyphens, so the output is not what it should be.
func (l *Library) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

// Check reads every font and hyphenation file.
func (l *Library) Check() error {
	for _, s := range l.slots {
		l.open(s)
		if s.err != nil {
			return s.err
		}
	}
	if l.hyphens != nil {
		if err := l.hyphens.Check(); err != nil {
			return err
		}
	}
	return l.bindings.check()
}

func (l *Library) open(s *slot) *Font {
	s.once.Do(func() {
		s.font, s.err = openFont(l.fsys, s.file, s.id, s.about)
		if s.err == nil {
			return
		}
		s.font = nil
		l.fail(s.err)
	})
	return s.font
}

// fail keeps the first error.
func (l *Library) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err == nil {
		l.err = err
	}
}
