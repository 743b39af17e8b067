package text

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-text/typesetting/language"

	"communique/render/source"
)

// role says what a family is for.
type role string

const (
	roleText     role = "text"
	roleMono     role = "mono"
	roleFallback role = "fallback"
)

// family is a folder of the fonts, described by its family.toml; fonts/README.md
// explains the keys.
type family struct {
	folder string

	Name string `toml:"name"`
	Role role   `toml:"role"`
	// Scripts are the scripts that the family covers, with its preference among
	// the families of its role.
	Scripts map[string]int `toml:"scripts"`
	// Preference orders families without scripts.
	Preference int          `toml:"preference"`
	Serif      bool         `toml:"serif"`
	Leading    float64      `toml:"leading"`
	Scale      float64      `toml:"scale"`
	Files      []familyFile `toml:"files"`

	fonts []*slot
}

// familyFile is one font of a family.
type familyFile struct {
	File   string `toml:"file"`
	Bold   bool   `toml:"bold"`
	Italic bool   `toml:"italic"`
}

func readFamily(fsys fs.FS, folder string) (*family, error) {
	f := &family{folder: folder, Leading: 1, Scale: 1}
	file := path.Join(folder, "family.toml")
	if err := source.TOML(fsys, file, f); err != nil {
		return nil, err
	}
	if err := f.check(fsys); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return f, nil
}

func (f *family) check(fsys fs.FS) error {
	switch f.Role {
	case roleText, roleMono, roleFallback:
	default:
		return fmt.Errorf("role is %q: expected text, mono or fallback", f.Role)
	}
	if f.Name == "" {
		return fmt.Errorf("name is missing")
	}
	if f.Leading < 1 || f.Leading > 3 {
		return fmt.Errorf("leading is %g: expected 1 to 3", f.Leading)
	}
	if f.Scale < 0.5 || f.Scale > 2 {
		return fmt.Errorf("scale is %g: expected 0.5 to 2", f.Scale)
	}
	if (len(f.Scripts) == 0) != (f.Role == roleFallback) {
		return fmt.Errorf("scripts: a family for text or mono covers some, a fallback names none")
	}
	for s := range f.Scripts {
		if _, err := language.ParseScript(s); err != nil || s != strings.ToUpper(s[:1])+strings.ToLower(s[1:]) {
			return fmt.Errorf("scripts: %q is no ISO 15924 code such as Latn", s)
		}
	}
	if !slices.ContainsFunc(f.Files, func(x familyFile) bool { return !x.Bold && !x.Italic }) {
		return fmt.Errorf("files: there is no upright regular font")
	}
	for _, x := range f.Files {
		if _, err := fs.Stat(fsys, path.Join(f.folder, x.File)); err != nil {
			return fmt.Errorf("files: %w", err)
		}
	}
	return nil
}

// pick is the font of the family that comes nearest to a style: weight counts
// more than slant, since a script without italics sets upright.
func (f *family) pick(bold, italic bool) *slot {
	best, score := f.fonts[0], -1
	for _, s := range f.fonts {
		n := 0
		if s.about.Bold == bold {
			n += 2
		}
		if s.about.Italic == italic {
			n++
		}
		if n > score {
			best, score = s, n
		}
	}
	return best
}
