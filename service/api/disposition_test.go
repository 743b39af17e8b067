package api

import (
	"mime"
	"testing"
)

func TestAttachment(t *testing.T) {
	for name, want := range map[string]string{
		"a.en.pdf":  `attachment; filename="a.en.pdf"`,
		"a b.pdf":   `attachment; filename="a b.pdf"`,
		`a"b\.pdf`:  `attachment; filename="a_b_.pdf"; filename*=UTF-8''a%22b%5C.pdf`,
		"100%.pdf":  `attachment; filename="100_.pdf"; filename*=UTF-8''100%25.pdf`,
		"声明.zh.pdf": `attachment; filename="__.zh.pdf"; filename*=UTF-8''%E5%A3%B0%E6%98%8E.zh.pdf`,
	} {
		got := attachment(name)
		if got != want {
			t.Errorf("attachment(%q) = %s, want %s", name, got, want)
		}
		if _, params, err := mime.ParseMediaType(got); err != nil || params["filename"] != name {
			t.Errorf("%s reads back as %q, %v", got, params["filename"], err)
		}
	}
}
