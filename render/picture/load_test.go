package picture

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"communique/render/diag"
	"communique/render/doc"
	"communique/render/picture/testcard"
)

// naming makes a document with a figure for each source.
func naming(sources ...string) *doc.Document {
	d := &doc.Document{}
	for i, s := range sources {
		d.Blocks = append(d.Blocks, &doc.Figure{Image: doc.Image{Source: s, Alt: "x", Pos: diag.Pos{File: "a.md", Line: i + 1, Column: 1}}})
	}
	return d
}

func loaded(d *doc.Document, files fs.FS) (*Set, []diag.Problem) {
	var l diag.List
	s := NewStore(Budget).Load(context.Background(), d, files, &l)
	return s, l.Sorted()
}

func image0(d *doc.Document) *doc.Image { return &d.Blocks[0].(*doc.Figure).Image }

var seal = testcard.PNG(testcard.Seal(30))

func TestPicturesAreFoundBelowTheFolderOfTheSource(t *testing.T) {
	files := fstest.MapFS{"seal.png": {Data: seal}, "pictures/big seal.png": {Data: seal}}
	for _, source := range []string{"seal.png", "./seal.png", "pictures/../seal.png", "pictures/big%20seal.png", "pictures/big seal.png"} {
		d := naming(source)
		s, problems := loaded(d, files)
		if w, h := s.Size(image0(d)); w != 30 || h != 30 || len(problems) > 0 {
			t.Errorf("%s: %d × %d, %v", source, w, h, problems)
		}
	}
}

func TestPicturesFromElsewhereAreRefused(t *testing.T) {
	files := fstest.MapFS{"seal.png": {Data: seal}, "folder/seal.png": {Data: seal}}
	for source, want := range map[string]string{
		"https://example.org/seal.png": "not fetched from the network", "//example.org/seal.png": "not fetched from the network",
		"file:///seal.png": "not fetched from the network", "data:image/png;base64,AAAA": "not fetched from the network",
		"/seal.png": "the path is absolute", "C:/seal.png": "the path is absolute", "../seal.png": "leads out of the folder",
		"folder/../../seal.png": "leads out of the folder", "%2e%2e/seal.png": "leads out of the folder", "..": "leads out of the folder",
		`folder\seal.png`: "no backslashes", "#seal": "no path of a file", "seal.png%00": "no path of a file",
		"none.png": "no such file", "Seal.png": "no such file", "folder": "this is no file",
	} {
		d := naming(source)
		s, problems := loaded(d, files)
		if w, _ := s.Size(image0(d)); w != 0 || len(problems) != 1 || problems[0].Severity != diag.Error ||
			!strings.Contains(problems[0].Message, want) || problems[0].Line != 1 || problems[0].Expected == "" || problems[0].Fix == "" {
			t.Errorf("%s: want %q, got %+v", source, want, problems)
		}
	}
	if _, problems := loaded(naming("seal.png"), nil); len(problems) != 1 || problems[0].Code != "image-address" {
		t.Errorf("without a folder: %v", problems)
	}
}

// strange is a folder whose files cannot be read, or have no end.
type strange struct{ err error }

func (s strange) Open(string) (fs.File, error) {
	if s.err != nil {
		return nil, s.err
	}
	return endless{}, nil
}

type endless struct{ fs.FileInfo }

func (endless) Stat() (fs.FileInfo, error) { return endless{}, nil }
func (endless) Mode() fs.FileMode          { return 0 }
func (endless) Read(b []byte) (int, error) { return len(b), nil }
func (endless) Close() error               { return nil }

func TestFilesThatCannotBeReadAreProblems(t *testing.T) {
	for code, files := range map[string]fs.FS{
		"image-too-big": strange{}, "image-address": strange{&fs.PathError{Op: "open", Path: "x", Err: ErrOutside}},
		"image-missing": strange{errors.Join(io.ErrClosedPipe)},
	} {
		if _, problems := loaded(naming("x.png"), files); len(problems) != 1 || problems[0].Code != code {
			t.Errorf("want %s, got %v", code, problems)
		}
	}
	if _, problems := loaded(naming("x.png"), strange{fs.ErrPermission}); len(problems) != 1 || !strings.Contains(problems[0].Message, "may not be read") {
		t.Errorf("%v", problems)
	}
}

func TestADocumentHasOnlySoManyPictures(t *testing.T) {
	files := fstest.MapFS{}
	var names []string
	for i := range MaxCount + 5 {
		name := "p" + strings.Repeat("x", i) + ".png"
		files[name] = &fstest.MapFile{Data: seal}
		names = append(names, name, name)
	}
	_, problems := loaded(naming(names...), files)
	if len(problems) != 1 || problems[0].Code != "image-too-big" || problems[0].Line != 2*MaxCount+1 {
		t.Errorf("%v", problems)
	}
}

func TestADocumentWithoutPicturesLoadsNothing(t *testing.T) {
	if s, problems := loaded(naming(), strange{}); s != nil || len(problems) > 0 {
		t.Errorf("%v, %v", s, problems)
	}
	var none *Set
	if w, h := none.Size(&doc.Image{}); w != 0 || h != 0 || none.Print(&doc.Image{}, 10) != nil || none.Web(&doc.Image{}, 10) != nil {
		t.Error("a nil Set has pictures")
	}
}

func TestPrintIsReducedToThreeHundredDots(t *testing.T) {
	d := naming("big.png")
	s, _ := loaded(d, fstest.MapFS{"big.png": {Data: testcard.PNG(testcard.Chart(1200, 600))}})
	for points, want := range map[float64]int{72: 300, 144: 600, 192: 1200, 288: 1200, 400: 1200} { // 192 points: 450 dots
		if m := s.Print(image0(d), points); m.Width != want || m.Height != want/2 {
			t.Errorf("%v points: %d × %d, want %d", points, m.Width, m.Height, want)
		}
	}
	if m := s.Web(image0(d), 500); m.Width != 500 || m.Height != 250 || m.MediaType != "image/png" || m.Translucent {
		t.Errorf("web: %+v", m)
	}
}

func TestTheStoreKeepsToItsBudgetAndGivesTheSame(t *testing.T) {
	store := NewStore(40_000)
	files := fstest.MapFS{}
	var names []string
	for i := range 12 {
		name := string(rune('a'+i)) + ".png"
		files[name] = &fstest.MapFile{Data: testcard.PNG(testcard.Chart(100, 40+i))}
		names = append(names, name)
	}
	d := naming(names...)
	var first [12][32]byte
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			var l diag.List
			s := store.Load(context.Background(), d, files, &l)
			for i := range names {
				if s.Print(&d.Blocks[i].(*doc.Figure).Image, 20) == nil {
					t.Error("no picture")
				}
			}
		})
	}
	wait.Wait()
	for round := range 2 {
		var l diag.List
		s := store.Load(context.Background(), d, files, &l)
		for i := range names {
			m := s.Print(&d.Blocks[i].(*doc.Figure).Image, 20)
			if round == 0 {
				first[i] = m.Sum
			} else if m.Sum != first[i] {
				t.Errorf("picture %d differs", i)
			}
		}
	}
	if store.used > store.budget || len(store.items) == 0 || len(store.items) != store.order.Len() {
		t.Errorf("%d bytes of %d in %d items", store.used, store.budget, len(store.items))
	}
}
