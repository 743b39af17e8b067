package site

import (
	"encoding/json"
	"regexp"
	"testing"

	"communique/render/layout"
)

func TestCardsHaveTheSizeThatIsSaid(t *testing.T) {
	if cardWidth != layout.CardWidth || cardHeight != layout.CardHeight {
		t.Errorf("%d × %d, but cards have %d × %d", cardWidth, cardHeight, layout.CardWidth, layout.CardHeight)
	}
}

func TestLinkedDataSayWhatMachinesNeed(t *testing.T) {
	element := regexp.MustCompile(`<script type="application/ld\+json">(.*?)</script>`)
	f := newFace(t)
	for _, tc := range []struct {
		p            *Publication
		kind, status string
		translations int
		encodings    int
	}{{corrected(), "Report", "", 4, 25}, {withdrawn(), "Report", "withdrawn", 0, 0}} {
		found := element.FindSubmatch(f.Publication(tc.p, "fr").Body)
		if found == nil {
			t.Fatal("none")
		}
		var w work
		if err := json.Unmarshal(found[1], &w); err != nil {
			t.Fatal(err)
		}
		if w.Type != tc.kind || w.Status != tc.status || len(w.Translation) != tc.translations || len(w.Encoding) != tc.encodings || w.InLanguage != "fr" || w.Publisher.Name != "Ministère des Mines" {
			t.Errorf("%+v", w)
		}
	}
}
