package picture

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"path"
	"strings"

	"communique/render/diag"
	"communique/render/doc"
)

// ErrOutside is the error of a file system that refuses to follow a link out of
// its folder.
var ErrOutside = errors.New("the link leads out of the folder")

// loader is the state of reading one document's pictures.
type loader struct {
	*Set
	files    fs.FS
	problems *diag.List
	total    int // pixels
}

// Load reads the pictures that a document names from the folder of its source;
// files is nil if there is no folder. What is wrong is added to the problems. A
// document without pictures has a nil Set.
func (s *Store) Load(ctx context.Context, d *doc.Document, files fs.FS, problems *diag.List) *Set {
	var l *loader
	d.Images(func(m *doc.Image) {
		if ctx.Err() != nil || m.Source == "" {
			return
		}
		if l == nil {
			l = &loader{Set: &Set{store: s, by: map[string]*Picture{}}, files: files, problems: problems}
		}
		if _, seen := l.by[m.Source]; !seen {
			l.by[m.Source] = l.load(m)
		}
	})
	if l == nil {
		return nil
	}
	return l.Set
}

// load reads one picture, nil if it has an error.
func (l *loader) load(m *doc.Image) *Picture {
	if len(l.by) >= MaxCount {
		if len(l.by) == MaxCount {
			l.fault(m, refuse("image-too-big", "the document has too many pictures", fmt.Sprintf("at most %d", MaxCount), "divide the document"))
		}
		return nil
	}
	data, f := l.read(m.Source)
	if f != nil {
		l.fault(m, f)
		return nil
	}
	p, f := l.store.decoded(data)
	if f != nil {
		l.fault(m, f)
		return nil
	}
	if l.total += p.Width * p.Height; l.total > MaxTotal {
		l.fault(m, refuse("image-too-big", "the pictures of the document have too many pixels",
			fmt.Sprintf("at most %d million together", MaxTotal/1_000_000), "reduce the pictures, or divide the document"))
		return nil
	}
	l.remark(m, p)
	return p
}

// remark warns of what a reader would see.
func (l *loader) remark(m *doc.Image, p *Picture) {
	if p.Animated {
		l.problems.Add(diag.Problem{Severity: diag.Warning, Code: "image-animated", Pos: m.Pos, Path: m.Path,
			Message: "the picture " + m.Source + " moves; only its first frame is shown", Expected: "a still picture", Fix: "export the frame that is meant"})
	}
	if p.Colors != "" {
		l.problems.Add(diag.Problem{Severity: diag.Warning, Code: "image-colours", Pos: m.Pos, Path: m.Path,
			Message: "the colours of " + m.Source + " may come out different: " + p.Colors, Expected: "a picture in sRGB", Fix: "convert it to sRGB, and look at the page"})
	}
}

func (l *loader) fault(m *doc.Image, f *fault) {
	l.problems.Add(diag.Problem{Severity: diag.Error, Code: f.code, Pos: m.Pos, Path: m.Path,
		Message: m.Source + ": " + f.message, Expected: f.expected, Fix: f.fix})
}

// read reads a file, at most as much of it as a picture may have.
func (l *loader) read(source string) ([]byte, *fault) {
	name, f := fileName(source)
	if f != nil {
		return nil, f
	}
	if l.files == nil {
		return nil, refuse("image-address", "there is no folder to take the picture from", "a source that is a file in a folder", "save the source beside its pictures and name it, or send the pictures with it")
	}
	file, err := l.files.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, unreadable(err)
	}
	data, err := io.ReadAll(io.LimitReader(file, MaxBytes+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(data) > MaxBytes {
		return nil, refuse("image-too-big", "the file is too large", fmt.Sprintf("at most %d MiB", MaxBytes>>20), "reduce the picture: print shows no more than 2,500 pixels across a page")
	}
	return data, nil
}

func unreadable(err error) *fault {
	switch {
	case errors.Is(err, ErrOutside):
		return outside("it is a link that leads out of the folder of the source")
	case errors.Is(err, fs.ErrNotExist):
		return refuse("image-missing", "there is no such file", "a file in the folder of the source, or below", "check the spelling, capital letters too; or put the file there")
	case errors.Is(err, fs.ErrInvalid):
		return refuse("image-missing", "this is no file", "a PNG, JPEG, WebP or GIF file", "name the file")
	case errors.Is(err, fs.ErrPermission):
		return refuse("image-missing", "the file may not be read", "a file that can be read", "change its permissions")
	}
	return refuse("image-missing", "the file cannot be read", "a PNG, JPEG, WebP or GIF file", "name the file")
}

func outside(why string) *fault {
	return refuse("image-address", why, "a file in the folder of the source, or below, such as pictures/map.png", "copy the picture there and write its path from there")
}

// fileName turns the address of a picture into the name of a file below the folder
// of the source, slash-separated. Percent signs are read as in every address.
func fileName(source string) (string, *fault) {
	name := source
	if u, err := url.PathUnescape(name); err == nil {
		name = u
	}
	scheme, _, hasScheme := strings.Cut(name, ":")
	switch {
	case strings.Contains(name, `\`):
		return "", outside("a path has slashes (/), no backslashes")
	case strings.HasPrefix(name, "//"), hasScheme && len(scheme) > 1 && !strings.ContainsAny(scheme, "/ "):
		return "", refuse("image-address", "pictures are not fetched from the network", "a file in the folder of the source, or below", "save the picture there and write its path")
	case strings.HasPrefix(name, "/"), hasScheme && len(scheme) == 1:
		return "", outside("the path is absolute")
	case strings.HasPrefix(name, "#"), name == "":
		return "", outside("this is no path of a file")
	}
	clean := path.Clean(name)
	if clean == ".." || strings.HasPrefix(clean, "../") {
		return "", outside("the path leads out of the folder of the source")
	}
	if !fs.ValidPath(clean) || strings.ContainsRune(clean, 0) {
		return "", outside("this is no path of a file")
	}
	return clean, nil
}
