package kind_test

import (
	"testing"
	"testing/fstest"

	"communique/locales"
	"communique/render/kind"
	"communique/render/locale"
	"communique/templates"
)

func TestEveryWordOfTheKindsIsThere(t *testing.T) {
	set, err := kind.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	english := words.Get("en")
	for _, name := range set.Names() {
		k, _ := set.Get(name)
		for _, key := range []string{k.Label, k.EndMark} {
			if _, ok := english.Word(key, nil); key != "" && !ok {
				t.Errorf("kinds/%s.toml names the message %s, which locales/en.toml lacks", name, key)
			}
		}
		if k.Label == "" || k.Schema == "" || k.Foot.End != kind.ItemPageOf {
			t.Errorf("the kind %s lacks a label, a schema or page numbers", name)
		}
	}
}

func TestAKindIsAFile(t *testing.T) {
	set, err := kind.Load(fstest.MapFS{
		"kinds/memo.toml":   {Data: []byte("default = true\n")},
		"kinds/treaty.toml": {Data: []byte("cover = true\nrequired = ['date']\n[contents]\nfrom = 2\n[numbering]\nparagraphs = 'section'\n[head]\nend = 'date'\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	memo, _ := set.Get("")
	treaty, ok := set.Get("treaty")
	if memo.Name != "memo" || !ok || !treaty.Cover || treaty.Contents != (kind.Contents{From: 2, Level: 3}) ||
		treaty.Numbering.Paragraphs != kind.CountSection || treaty.Head != (kind.Furniture{End: kind.ItemDate}) {
		t.Errorf("%+v %+v", memo, treaty)
	}
}

func TestEverythingThatIsWrongInKindsIsTold(t *testing.T) {
	_, err := kind.Load(fstest.MapFS{
		"kinds/a.toml": {Data: []byte("default = true\nlabel = 'Kind A'\nrequired = ['date', 'dat']\ncover = 'yes'\nlable = 'x'\n")},
		"kinds/b.toml": {Data: []byte("default = true\n[contents]\nfrom = -1\nlevel = 7\n[numbering]\nparagraphs = 'all'\n[foot]\nend = 'pages'\n")},
		"kinds/c.toml": {Data: []byte("default = true\n")},
		"kinds/d.toml": {Data: []byte("default = true\n")},
	})
	want := `kinds/a.toml:4:1: cover is the text "yes": expected true or false
kinds/a.toml:5:1: unknown key "lable": did you mean label?
kinds/a.toml:2:1: label is "Kind A": expected the key of a message in locales/*.toml, such as kind-statement
kinds/a.toml:3:1: required is "dat": expected one of id, symbol, summary, issuer, place, date, embargo, status, contacts, keywords, canonical, speakers, short_title
kinds/b.toml:3:1: contents.from is -1: expected 1 to 1000 headings, or 0 for no contents
kinds/b.toml:4:1: contents.level is 7: expected 2 to 6, the deepest level listed
kinds/b.toml:6:1: numbering.paragraphs is "all": expected one of document, section
kinds/b.toml:8:1: foot.end is "pages": expected one of title, symbol, issuer, date, page-of
kinds/d.toml: default = true, which kinds/c.toml says too: one kind is the default`
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
	if _, err := kind.Load(fstest.MapFS{"kinds/a.toml": {}}); err == nil {
		t.Error("no default is no error")
	}
}
