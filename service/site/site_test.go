package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
)

func TestNewSaysWhatIsWrongWithASite(t *testing.T) {
	r, err := resources()
	if err != nil {
		t.Fatal(err)
	}
	for want, s := range map[string]Site{
		`there is none with the tag "tlh": expected some of ar, en,`:                     {Languages: []string{"en", "tlh"}},
		"languages: there is none: expected one or more of ar, en,":                      {},
		`base URL "press.example.org": expected a public address such as https://`:       {Languages: tongues, BaseURL: "press.example.org"},
		`base URL "ftp://example.org": expected a public address such as https://`:       {Languages: tongues, BaseURL: "ftp://example.org"},
		`base URL "https://example.org/?a=b": expected a public address such as https:/`: {Languages: tongues, BaseURL: "https://example.org/?a=b"},
	} {
		if _, err := New(r, s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func TestTheLanguageIsAskedForOrNegotiated(t *testing.T) {
	f := newFace(t)
	for _, tc := range []struct{ asked, accept, want string }{
		{"ar", "fr", "ar"}, {"tlh", "fr-CH, en;q=0.5", "fr"}, {"", "pt-BR", "pt"}, {"", "zh-CN,zh;q=0.9", "zh-Hans"}, {"", "tlh", "en"}, {"", "", "en"},
		{"", "de, uk;q=0.3", "uk"}, {"", ";;;q=\x00", "en"},
	} {
		if got := f.Language(tc.asked, tc.accept); got != tc.want {
			t.Errorf("%q, %q: got %s, want %s", tc.asked, tc.accept, got, tc.want)
		}
	}
}

// The policy admits the very style that the page has, and nothing else.
func TestThePolicyAdmitsTheStyle(t *testing.T) {
	element := regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	for name, p := range everyPage(newFace(t), "zh-Hans") {
		styles := element.FindAllSubmatch(p.Body, -1)
		if len(styles) != 1 || bytes.Contains(p.Body, []byte(" style=")) {
			t.Fatalf("%s: %d style elements, or a style attribute", name, len(styles))
		}
		sum := sha256.Sum256(styles[0][1])
		want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
		if p.Policy != want {
			t.Errorf("%s: policy %s", name, p.Policy)
		}
	}
}

// A right-to-left page needs no second sheet if no property knows left or right.
func TestTheSheetIsLogical(t *testing.T) {
	sheet, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`[;{\s]((margin-|padding-|border-)?(left|right|top|bottom)[a-z-]*|(min-|max-)?(width|height)):|: ?(left|right)[;}]`)
	media := regexp.MustCompile(`@media \([^)]*\)`)
	if found := physical.FindAll(media.ReplaceAll(sheet, nil), -1); found != nil {
		t.Errorf("%q", found)
	}
	if bytes.Contains(sheet, []byte("url(")) || bytes.Contains(sheet, []byte("@import")) {
		t.Error("the sheet asks for a file")
	}
}

func TestEveryWordIsInTheLanguageOfThePage(t *testing.T) {
	f := newFace(t)
	for _, lang := range tongues {
		for name, p := range everyPage(f, lang) {
			if i := bytes.Index(p.Body, []byte("site-")); i >= 0 && !bytes.HasPrefix(p.Body[i:], []byte("site-name")) && !bytes.HasPrefix(p.Body[i:], []byte("site_name")) {
				t.Errorf("%s, %s: a key without a word: %.40s", lang, name, p.Body[i:])
			}
			if bytes.Contains(p.Body, []byte("{{")) || bytes.Contains(p.Body, []byte("{Date}")) || bytes.Contains(p.Body, []byte("ZgotmplZ")) {
				t.Errorf("%s, %s: a hole", lang, name)
			}
		}
	}
}

func TestWhatIsMissingLooksTheSameWhateverItIs(t *testing.T) {
	f := newFace(t)
	if !bytes.Equal(f.NotFound("fr").Body, f.NotFound("fr").Body) || bytes.Equal(f.NotFound("fr").Body, f.NotFound("en").Body) {
		t.Error("the page of what is missing depends on more, or less, than the language")
	}
	if !bytes.Contains(f.NotFound("fr").Body, []byte(`<meta name="robots" content="noindex">`)) {
		t.Error("search engines may list it")
	}
}
