package artifact

import "testing"

func TestNames(t *testing.T) {
	statement := Edition{Source: "posted/by hand.fr.md", Lang: "fr"}
	report := Edition{Source: "kp.yaml", Lang: "ar", Product: "report", Default: true}
	decisions := Edition{Source: "kp.yaml", Lang: "zh-Hans", Product: "decisions"}
	for _, c := range []struct {
		e                    Edition
		f                    Format
		bySource, byLanguage string
		under                string
	}{
		{statement, PDF, "by hand.fr.pdf", "fr.pdf", "https://p.example.org/p/s/fr.pdf"},
		{statement, HTML, "by hand.fr.html", "fr.html", "https://p.example.org/p/s/fr"},
		{statement, Card, "by hand.fr.card.png", "fr.card.png", "https://p.example.org/p/s/fr.card.png"},
		{report, HTML, "kp.report.ar.html", "ar.html", "https://p.example.org/p/s/ar"},
		{decisions, HTML, "kp.decisions.zh-Hans.html", "zh-Hans.decisions.html", "https://p.example.org/p/s/zh-Hans.decisions.html"},
		{decisions, PDF, "kp.decisions.zh-Hans.pdf", "zh-Hans.decisions.pdf", "https://p.example.org/p/s/zh-Hans.decisions.pdf"},
		{report, OutcomesCSV, "kp.ar.outcomes.csv", "ar.outcomes.csv", "https://p.example.org/p/s/ar.outcomes.csv"},
		{report, Data, "kp.data.json", "data.json", "https://p.example.org/p/s/data.json"},
	} {
		if got := BySource.Name(c.e, c.f); got != c.bySource {
			t.Errorf("by source %q, want %q", got, c.bySource)
		}
		if got := ByLanguage.Name(c.e, c.f); got != c.byLanguage {
			t.Errorf("by language %q, want %q", got, c.byLanguage)
		}
		for _, publication := range []string{"https://p.example.org/p/s", "https://p.example.org/p/s/"} {
			if got := ByLanguage.Under(publication, c.e, c.f); got != c.under {
				t.Errorf("under the publication %q, want %q", got, c.under)
			}
		}
	}
	if got, want := BySource.Under("https://p.example.org/p", statement, PDF), "https://p.example.org/p/by%20hand.fr.pdf"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := ByLanguage.Under("", statement, PDF); got != "" {
		t.Errorf("below no publication there is %q", got)
	}
}
