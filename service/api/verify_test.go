package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"communique/service/press"
)

// verification asks what a file is, over the interface.
func (p *pressOffice) verification(digest string) (v Verification) {
	p.t.Helper()
	p.read(p.as(nobody, "GET", verifyPath+"?sha256="+digest, ""), &v)
	return v
}

// What was published in English is no less true for a French text beside it.
func TestAddingALanguageSupersedesNothing(t *testing.T) {
	n := openNewsroom(t, newsroomOptions{})
	publish := func() (page string) {
		t.Helper()
		var p press.Publication
		orFail(t, json.Unmarshal(n.desk("POST", address("languages")+"/publish", "application/json", ""), &p))
		return edition(p.Current(), "en.html").Digest
	}
	verified := func(digest, status string, revision, current int) {
		t.Helper()
		var v Verification
		orFail(t, json.Unmarshal(n.get(verifyPath+"?sha256="+digest).body, &v))
		if v.Status != status || v.Revision != revision || v.Current != current {
			t.Errorf("the interface says %+v, want %s, revision %d of %d", v, status, revision, current)
		}
		class := map[string]string{"current": "genuine"}[status] + map[string]string{"superseded": "superseded"}[status]
		if page := n.get(verifyPagePath + "?lang=en&sha256=" + digest); !bytes.Contains(page.body, []byte(`verdict `+class+`"`)) {
			t.Errorf("the page does not say %s: %s", class, page.body)
		}
	}
	n.save("languages", "kimberley.en.md", english)
	first := publish()
	n.desk("PUT", address("languages")+"/languages/fr", "text/markdown", french)
	second := publish()
	verified(first, "current", 1, 2)
	verified(second, "current", 2, 2)
	n.move("languages", "correct", `{"notes": {"en": "The word was wrong."}}`)
	n.desk("PUT", address("languages")+"/languages/en", "text/markdown", strings.Replace(english, "met", "convened", 1))
	third := publish()
	verified(first, "superseded", 1, 3)
	verified(second, "superseded", 2, 3)
	verified(third, "current", 3, 3)
}

// Two publications share a picture card or a text to the byte: which of them has
// more revisions says nothing about which of them counts.
func TestTheSameBytesInSeveralPublications(t *testing.T) {
	p := openPress(t, pressOptions{database: sqliteFile(t), files: folder(t)})
	old, late := address("translated"), address("standing")
	shared := statement("en", "A statement that two have", "The same bytes.")
	p.do(201, "PUT", old, french)
	p.do(200, "POST", old+"/publish", "")
	p.do(200, "PUT", old+"/languages/en", shared)
	translated := p.do(200, "POST", old+"/publish", "").Current()
	p.do(201, "PUT", late, shared)
	standing := p.do(200, "POST", late+"/publish", "").Current()
	theirs := digestsOf(standing)
	i := slices.IndexFunc(digestsOf(translated), func(d string) bool { return slices.Contains(theirs, d) })
	if i < 0 {
		t.Fatal("no file of theirs has the same bytes")
	}
	digest := digestsOf(translated)[i]
	if v := p.verification(digest); v.Status != "current" || v.Slug != "standing" || v.Revision != 1 {
		t.Errorf("both current: %+v, want what was released last", v)
	}
	p.do(200, "POST", late+"/withdraw", `{"notes": {"en": "Twice."}}`)
	if v := p.verification(digest); v.Status != "current" || v.Slug != "translated" || v.Revision != 2 {
		t.Errorf("one withdrawn: %+v", v)
	}
	p.do(200, "POST", late+"/reinstate", "")
	p.do(200, "POST", old+"/correct", `{"notes": {"en": "Again."}}`)
	p.do(200, "PUT", old, statement("en", "A third title", "Third bytes."))
	p.do(200, "POST", old+"/publish", "")
	if v := p.verification(digest); v.Status != "current" || v.Slug != "standing" || v.Revision != 1 {
		t.Errorf("one superseded: %+v", v)
	}
}
