package kind_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"communique/render/kind"
)

func TestEverythingThatIsWrongInSectionsIsTold(t *testing.T) {
	const parts = "summary, meeting, communique, agenda, outcomes, participation, working-bodies, positions, information, claims, elections, membership, statistics, annexes, corrigenda, next, sources"
	for _, c := range []struct{ name, toml, want string }{
		{"a part that is none", "[record]\nsections = [\n  { part = 'summary' },\n  { part = 'outcome' },\n]\n",
			`kinds/a.toml:5:5: part is "outcome": expected one of ` + parts},
		{"no part", "[record]\nsections = [\n  { form = 'list' },\n]\n",
			`kinds/a.toml:4:3: the section has no part: expected one of ` + parts},
		{"a part twice", "[record]\nsections = [\n  { part = 'agenda' },\n  { part = 'outcomes' },\n  { part = 'agenda' },\n]\n",
			`kinds/a.toml:6:5: part "agenda" is printed twice: expected one section for each part`},
		{"a form that is none", "[record]\nsections = [ { part = 'outcomes', form = 'short' } ]\n",
			`kinds/a.toml:3:35: record.sections[0].form is "short": expected one of list, table`},
		{"a group that is none", "[record]\nsections = [ { part = 'outcomes', group = 'method' } ]\n",
			`kinds/a.toml:3:35: record.sections[0].group is "method": expected one of agenda, type, verb`},
		{"a form of another part", "[record]\nsections = [ { part = 'agenda', form = 'table' } ]\n",
			`kinds/a.toml:3:14: form, group and most are for the part outcomes alone`},
		{"a group of another part", "[record]\nsections = [ { part = 'agenda', group = 'type' } ]\n",
			`kinds/a.toml:3:14: form, group and most are for the part outcomes alone`},
		{"a number of another part", "[record]\nsections = [ { part = 'agenda', most = 3 } ]\n",
			`kinds/a.toml:3:14: form, group and most are for the part outcomes alone`},
		{"groups of a table", "[record]\nsections = [ { part = 'outcomes', form = 'table', group = 'type' } ]\n",
			`kinds/a.toml:3:51: record.sections[0].group is "type": a table has no groups`},
		{"fewer than none", "[record]\nsections = [ { part = 'outcomes', most = -1 } ]\n",
			`kinds/a.toml:3:35: record.sections[0].most is -1: expected 1 to 1000, or 0 for all`},
		{"too many", "[record]\nsections = [ { part = 'outcomes', most = 1001 } ]\n",
			`kinds/a.toml:3:35: record.sections[0].most is 1001: expected 1 to 1000, or 0 for all`},
		{"a default of nothing", "[record]\ndefault = true\n",
			`kinds/a.toml:3:1: record.default is true, but there are no sections to print`},
		{"no default", "[record]\nsections = [ { part = 'agenda' } ]\n",
			`kinds: no file says default = true under [record]: what is made of a meeting's record where nothing is asked for`},
		{"fewer pages than none", "pages = -1\n", `kinds/a.toml:2:1: pages is -1: expected 1 to 1000, or 0 for any number`},
		{"too many pages", "pages = 1001\n", `kinds/a.toml:2:1: pages is 1001: expected 1 to 1000, or 0 for any number`},
		{"an unknown key", "[record]\nsections = [ { part = 'outcomes', mots = 2 } ]\n", `kinds/a.toml:3:35: unknown key "record.sections[0].mots": did you mean most?`},
		{"a wrong type", "[record]\nsections = [ { part = 'outcomes', most = 'all' } ]\n", `kinds/a.toml:3:35: record.sections[0].most is the text "all": expected a whole number`},
		{"tables of tables", "[record]\n[[record.sections]]\npart = 'agenda'\n[[record.sections]]\npart = 'agenda'\n",
			`kinds/a.toml:6:1: part "agenda" is printed twice: expected one section for each part`},
	} {
		_, err := kind.Load(fstest.MapFS{"kinds/a.toml": {Data: []byte("default = true\n" + c.toml)}})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got:\n%v\nwant:\n%s", c.name, err, c.want)
		}
	}
}

const product = "[record]\ndefault = true\nsections = [ { part = 'agenda' } ]\n"

func TestOneProductIsTheDefault(t *testing.T) {
	_, err := kind.Load(fstest.MapFS{
		"kinds/a.toml": {Data: []byte("default = true\n" + product)},
		"kinds/b.toml": {Data: []byte(product)},
		"kinds/c.toml": {Data: []byte(product)},
	})
	want := `kinds/b.toml: record.default = true, which kinds/a.toml says too: one product is the default
kinds/c.toml: record.default = true, which kinds/a.toml says too: one product is the default`
	if err == nil || err.Error() != want {
		t.Errorf("got:\n%v\nwant:\n%s", err, want)
	}
}

func TestProductsAreTheKindsWithSections(t *testing.T) {
	set, err := kind.Load(fstest.MapFS{
		"kinds/digest.toml":    {Data: []byte("[record]\nsections = [ { part = 'summary' }, { part = 'outcomes', form = 'list', group = 'verb', most = 12 } ]\n")},
		"kinds/record.toml":    {Data: []byte(product)},
		"kinds/statement.toml": {Data: []byte("default = true\npages = 2\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(set.Products(), " "); got != "record digest" {
		t.Errorf("products %q, the default first", got)
	}
	if k, ok := set.Product(""); !ok || k.Name != "record" {
		t.Errorf("the default is %v", k)
	}
	if _, ok := set.Product("statement"); ok {
		t.Error("a kind without sections is made of records")
	}
	if _, ok := set.Product("treaty"); ok {
		t.Error("a kind that is not there is made of records")
	}
	digest, ok := set.Product("digest")
	want := kind.Section{Part: kind.PartOutcomes, Form: kind.FormList, Group: kind.GroupVerb, Most: 12}
	if !ok || len(digest.Record.Sections) != 2 || digest.Record.Sections[1] != want {
		t.Errorf("the digest is %+v", digest)
	}
	if k, _ := set.Get("statement"); k.Pages != 2 {
		t.Errorf("a statement has %d pages at most, want 2", k.Pages)
	}
	none, err := kind.Load(fstest.MapFS{"kinds/a.toml": {Data: []byte("default = true\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := none.Product(""); ok || len(none.Products()) > 0 {
		t.Error("there is a product where no kind has sections")
	}
}
