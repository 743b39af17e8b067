package locale

import (
	"fmt"
	"testing"
	"time"

	"communique/locales"
)

func TestSmoke(t *testing.T) {
	c, err := Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	d := time.Date(2023, 11, 6, 13, 0, 0, 0, time.UTC)
	for _, tag := range c.Tags() {
		l := c.Get(tag)
		a, _ := l.Language(tag)
		b, _ := l.Language("fr-CA")
		g, _ := l.Territory("CI")
		p, _ := l.Count("page-count", 12345, nil)
		w, _ := l.Word("page-of", map[string]any{"Page": 3, "Pages": 12})
		fmt.Println(tag, l.Script(), l.Direction(), l.Date(d), "|", l.FullDate(d), "|", l.DateTime(d), "|", l.DateRange(d, d.AddDate(0, 0, 4)), "|", l.DateRange(d, d.AddDate(0, 1, 4)), "|", l.DateRange(d, d.AddDate(1, 0, 4)), "|", l.Number("-1234567.891"), l.Number("1234.50"), l.Percent("12.5"), l.List([]string{"A", "B", "Irán"}), l.ListOr([]string{"A", "Omán"}), a, b, g, p, w, l.Quotes())
	}
	for _, x := range []string{"zh", "zh-CN", "zh-TW", "pt-BR", "de", "sr-Latn", "EN-us", "fr_CH", "iw", "", "und", "x-foo", "ar-Latn"} {
		l, ok := c.Match(x)
		if ok {
			fmt.Println(x, l.Tag())
		} else {
			fmt.Println(x, "-")
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(locales.FS); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWord(b *testing.B) {
	c, _ := Load(locales.FS)
	l := c.Get("ru")
	b.ReportAllocs()
	for b.Loop() {
		l.Word("page-of", map[string]any{"Page": 3, "Pages": 12})
	}
}
