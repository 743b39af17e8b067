package source_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/source"
)

type sample struct {
	Name  string     `toml:"name"`
	Sizes [2]float64 `toml:"sizes"`
	Tags  []string   `toml:"tags"`
	Table struct {
		On bool `toml:"on"`
		N  int  `toml:"n"`
	} `toml:"table"`
	Files []struct {
		File string `toml:"file"`
	} `toml:"files"`
	More map[string]int `toml:"more"`
}

func decode(text string, into *sample) (*source.Places, error) {
	return source.Decode(fstest.MapFS{"f.toml": {Data: []byte(text)}}, "f.toml", into)
}

func TestTOMLFillsFieldsAndKeepsWhatTheFileDoesNotGive(t *testing.T) {
	s := sample{Name: "before"}
	p, err := decode("sizes = [1, 2.5]\ntags = ['a', 'b']\nmore = {x = 3}\n[table]\non = true\n[[files]]\nfile = 'one'\n[[files]]\nfile = 'two'\n", &s)
	if err != nil || s.Name != "before" || s.Sizes != [2]float64{1, 2.5} || len(s.Tags) != 2 || !s.Table.On || s.More["x"] != 3 || s.Files[1].File != "two" {
		t.Fatalf("%+v %v", s, err)
	}
	for path, want := range map[string]string{"table.on": "f.toml:5:1", "files[1].file": "f.toml:9:1", "tags[1]": "f.toml:2:1", "more.x": "f.toml:3:9", "name": "f.toml"} {
		if got := p.Pos(path).String(); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

func TestTOMLTellsEverythingThatIsWrong(t *testing.T) {
	var s sample
	_, err := decode("nam = 'x'\nname = 4\nsizes = [1]\ntags = 'a'\n[table]\non = 'yes'\nn = 1.5\nunrelated = 1\n[[files]]\nfile = []\n", &s)
	want := `f.toml:1:1: unknown key "nam": did you mean name?
f.toml:2:1: name is the number 4: expected text in quotation marks
f.toml:3:1: sizes has 1 values: expected 2
f.toml:4:1: tags is the text "a": expected a list in square brackets
f.toml:6:1: table.on is the text "yes": expected true or false
f.toml:7:1: table.n is the number 1.5: expected a whole number
f.toml:8:1: unknown key "table.unrelated": expected one of n, on
f.toml:10:1: files[0].file is a list: expected text in quotation marks`
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
}

func TestTOMLSyntaxHasItsPlace(t *testing.T) {
	_, err := decode("name = 'x'\nname 2\n", &sample{})
	if err == nil || !strings.HasPrefix(err.Error(), "f.toml:2:") {
		t.Errorf("got %v", err)
	}
}
