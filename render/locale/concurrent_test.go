package locale

import (
	"sync"
	"testing"

	"communique/locales"
)

func TestALocaleServesManyAtOnce(t *testing.T) {
	c, err := Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, tag := range c.Tags() {
				l := c.Get(tag)
				page, ok := l.Word("page-of", map[string]any{"Page": 1, "Pages": 2})
				name, named := l.Territory("FR")
				if !ok || !named || l.Exemplars() == "" {
					t.Errorf("%s: %q %q", tag, page, name)
				}
			}
		})
	}
	wg.Wait()
}
