package locale

import (
	"testing"

	"communique/render/doc"
)

func TestDirectionFollowsTheLikelyScript(t *testing.T) {
	for tag, want := range map[string]doc.Direction{
		"ar": doc.RightToLeft, "ur": doc.RightToLeft, "he-IL": doc.RightToLeft, "az-Arab": doc.RightToLeft, "dv": doc.RightToLeft,
		"en": doc.LeftToRight, "az": doc.LeftToRight, "zh-Hant": doc.LeftToRight, "not a tag": doc.Inherit,
	} {
		if got := Direction(tag); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}
