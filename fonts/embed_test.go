package fonts

import (
	"io/fs"
	"path"
	"strings"
	"testing"
)

func TestEveryFamilyIsEmbeddedWithItsLicence(t *testing.T) {
	files, err := fs.Glob(FS, "*/family.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no family.toml: %v", err)
	}
	for _, f := range files {
		dir := path.Dir(f)
		licence, err := fs.ReadFile(FS, path.Join(dir, "LICENSE"))
		if err != nil || !strings.Contains(string(licence), "SIL OPEN FONT LICENSE") {
			t.Errorf("%s has no LICENSE with the SIL Open Font License: %v", dir, err)
		}
		toml, err := fs.ReadFile(FS, f)
		if err != nil {
			t.Fatal(err)
		}
		fonts, err := fs.Glob(FS, dir+"/*.ttf")
		if err != nil || len(fonts) == 0 {
			t.Errorf("%s has no font: %v", dir, err)
		}
		for _, x := range fonts {
			if !strings.Contains(string(toml), `"`+path.Base(x)+`"`) {
				t.Errorf("%s is not named in %s", x, f)
			}
		}
	}
}
