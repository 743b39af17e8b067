package html

import (
	"bytes"
	"testing"

	"communique/render/doc"
)

func TestContentsAreListsOfLinksAsDeepAsTheHeadings(t *testing.T) {
	head := func(level int, number, id string) *doc.Heading {
		return &doc.Heading{Attr: doc.Attr{ID: id}, Level: level, Number: number, Content: []doc.Inline{&doc.Text{Value: "About " + id}}}
	}
	blocks := []doc.Block{head(2, "1", "a"), head(3, "1.1", "b"), head(4, "1.1.1", "c"), head(2, "2", "d<"), head(3, "2.1", "e")}
	d := statement(blocks...)
	d.Front.Contents = &doc.Contents{ID: "contents", Title: "Contents & more"}
	for _, b := range blocks {
		h := b.(*doc.Heading)
		d.Front.Contents.Entries = append(d.Front.Contents.Entries, doc.Entry{Heading: h, Content: h.Content})
	}
	page := write(t, d, loaded(t).options("en"))
	wellFormed(t, page)
	from, to := bytes.Index(page, []byte("<nav class=\"contents\"")), bytes.LastIndex(page, []byte("</nav>"))
	if from < 0 {
		t.Fatalf("no contents in %s", page)
	}
	want := `<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents &amp; more</h2>
<ol>
<li><a href="#a"><span class="number">1</span> About a</a><ol>
<li><a href="#b"><span class="number">1.1</span> About b</a><ol>
<li><a href="#c"><span class="number">1.1.1</span> About c</a></li></ol>
</li></ol>
</li>
<li><a href="#d%3C"><span class="number">2</span> About d&lt;</a><ol>
<li><a href="#e"><span class="number">2.1</span> About e</a></li></ol>
</li></ol>
</nav>
`
	if got := page[from : to+len("</nav>\n")]; !bytes.HasPrefix(got, []byte(want)) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}
