package plain_test

import "testing"

func TestPicturesAreTheirWords(t *testing.T) {
	got := body(t, "en", "The mark ![Seal](s.png) and ![](d.png){decorative}stands.\n\n![Bars that rise](c.png){lang=en}\n: Production, *2023*\n\n![](o.png){decorative}\n\nEnd.\n")
	want := "The mark [Seal] and stands.\n\n[Bars that rise]\nFigure 1  Production, 2023\n\nEnd.\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
