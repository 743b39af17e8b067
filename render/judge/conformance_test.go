package judge_test

import (
	"testing"

	"communique/render/judge"
)

func TestEveryPDFIsArchivalAndAccessible(t *testing.T) {
	for _, flavour := range []string{"2a", "ua1"} {
		t.Run(flavour, func(t *testing.T) {
			judge.Need(t, judge.VeraPDF)
			eachGroup(t, func(t *testing.T, all []edition) {
				found, err := judge.Validate(flavour, pdfs(all))
				if err != nil {
					t.Fatal(err)
				}
				judge.Report(t, found)
			})
		})
	}
}

func TestEveryPDFIsSound(t *testing.T) {
	judge.Need(t, judge.Qpdf)
	eachGroup(t, func(t *testing.T, all []edition) {
		found, err := judge.Check(pdfs(all))
		if err != nil {
			t.Fatal(err)
		}
		judge.Report(t, found)
	})
}

func TestEveryPageConformsToHTML(t *testing.T) {
	judge.Need(t, judge.HTML)
	eachGroup(t, func(t *testing.T, all []edition) {
		found, err := judge.Conform(pages(all))
		if err != nil {
			t.Fatal(err)
		}
		judge.Report(t, found)
	})
}
