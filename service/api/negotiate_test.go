package api

import (
	"slices"
	"testing"
)

func TestNegotiate(t *testing.T) {
	offers := []string{"application/pdf", "text/html", "application/zip"}
	for _, c := range []struct {
		accept []string
		want   string
	}{
		{nil, "application/pdf"},
		{[]string{" "}, "application/pdf"},
		{[]string{"*/*"}, "application/pdf"},
		{[]string{"text/html"}, "text/html"},
		{[]string{"TEXT/HTML"}, "text/html"},
		{[]string{"text/html;charset=utf-8"}, "text/html"},
		{[]string{"text/*, application/pdf;q=0.9"}, "text/html"},
		{[]string{"application/pdf;q=0.1", "text/html;q=0.2"}, "text/html"},
		{[]string{"*/*, application/pdf;q=0"}, "text/html"},
		{[]string{"application/*;q=0, */*;q=0.1"}, "text/html"},
		{[]string{"application/pdf;q=0.001"}, "application/pdf"},
		{[]string{"application/pdf;q=2, text/html;q=0.1"}, "text/html"},
		{[]string{"application/pdf;q=x, text/html"}, "text/html"},
		{[]string{"pdf, text/html"}, "text/html"},
		{[]string{"application/pdf;q=0"}, ""},
		{[]string{"image/png, text/plain"}, ""},
		{[]string{";,=,/,q=1"}, ""},
	} {
		got, ok := negotiate(c.accept, offers)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("negotiate(%q) = %q, %v, want %q", c.accept, got, ok, c.want)
		}
	}
}

func FuzzNegotiateChoosesAnOffer(f *testing.F) {
	f.Add("text/html;q=0.5, */*;q=0.1")
	f.Add("application/*;level=1;q=1.000,,;")
	offers := []string{"application/pdf", "text/html", "application/zip"}
	f.Fuzz(func(t *testing.T, accept string) {
		got, ok := negotiate([]string{accept}, offers)
		if ok && !slices.Contains(offers, got) || !ok && got != "" {
			t.Errorf("chose %q, %v", got, ok)
		}
	})
}
