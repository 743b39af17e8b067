package site

import (
	"encoding/xml"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"
)

// readFeed reads a feed as a reader of feeds does.
func readFeed(t *testing.T, p Page) (f feed) {
	t.Helper()
	if err := xml.Unmarshal(p.Body, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func mustFeed(t *testing.T, f *Face, lang string, all []Publication) feed {
	t.Helper()
	p, err := f.Feed(lang, all, at("2020-01-01 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	return readFeed(t, p)
}

// What RFC 4287 demands of a feed and its entries.
func TestFeedsAreAtom(t *testing.T) {
	f := newFace(t)
	all, _ := catalogue()
	for _, lang := range tongues {
		feed := mustFeed(t, f, lang, all)
		if feed.ID == "" || feed.Title == "" || feed.Author == "" || len(feed.Links) < 2 || feed.Links[0].Rel != "self" || feed.Links[0].Href != "https://press.example.org/feeds/"+lang+".atom" {
			t.Errorf("%s: feed %+v", lang, feed)
		}
		ids, last := map[string]bool{}, "9"
		for _, e := range feed.Entries {
			if u, err := url.Parse(e.ID); err != nil || u.Scheme != "tag" || ids[e.ID] {
				t.Errorf("%s: id %q", lang, e.ID)
			}
			ids[e.ID] = true
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Updated > last || e.Title == "" {
				t.Errorf("%s: entry %+v", lang, e)
			}
			last = e.Updated
			kinds := map[string]bool{}
			for _, l := range e.Links {
				if key := l.Rel + l.Type + l.Hreflang; kinds[key] || !strings.HasPrefix(l.Href, "https://press.example.org/p/") {
					t.Errorf("%s: link %+v", lang, l)
				} else {
					kinds[key] = true
				}
			}
		}
	}
}

func TestAFeedTellsOfCorrectionsAndWithdrawals(t *testing.T) {
	f := newFace(t)
	all, _ := catalogue()
	feed := mustFeed(t, f, "fr", all)
	if len(feed.Entries) != 2 || feed.Updated != "2023-11-16T15:30:00Z" {
		t.Fatalf("%d entries, updated %s", len(feed.Entries), feed.Updated)
	}
	corrected, gone := feed.Entries[0], feed.Entries[1]
	if corrected.ID != "tag:press.example.org,2023-11-14:01jd0000000000000000000000/fr" || corrected.Published != "2023-11-14T08:00:00Z" || corrected.Category.Label != "Rapport" ||
		!strings.Contains(corrected.Summary, "Le nombre de délégués était faux.") || !strings.Contains(corrected.Summary, "Correction (16 novembre 2023)") {
		t.Errorf("%+v", corrected)
	}
	var pdf link
	for _, l := range corrected.Links {
		if l.Type == "application/pdf" && l.Hreflang == "fr" {
			pdf = l
		}
	}
	if pdf.Href != "https://press.example.org/p/plenary-ends/fr.pdf" || pdf.Length != 900 {
		t.Errorf("%+v", pdf)
	}
	if len(gone.Links) != 1 || gone.Updated != "2022-04-02T23:30:00Z" || !strings.Contains(gone.Summary, "retirée le 3 avril 2022") || !strings.Contains(gone.Summary, "une autre année") {
		t.Errorf("%+v", gone)
	}
}

// A new slug and a new revision leave the id as it was: a reader shows no entry twice.
func TestIDsStay(t *testing.T) {
	f := newFace(t)
	p := corrected()
	before := mustFeed(t, f, "en", []Publication{*p}).Entries[0].ID
	p.Slug, p.Updated = "moved", at("2026-01-01 00:00")
	p.Revisions = append(p.Revisions, Revision{Number: 4, At: p.Updated, Change: Correction})
	if after := mustFeed(t, f, "en", []Publication{*p}).Entries[0].ID; after != before {
		t.Errorf("%s became %s", before, after)
	}
}

func TestAnEmptyFeedHasADate(t *testing.T) {
	if feed := mustFeed(t, newFace(t), "en", nil); feed.Updated != "2020-01-01T00:00:00Z" || len(feed.Entries) != 0 {
		t.Errorf("%+v", feed)
	}
}

func TestFeedsAndSiteMapsNeedAnAddress(t *testing.T) {
	f := newFace(t, func(s *Site) { s.BaseURL = "" })
	if _, err := f.Feed("en", nil, time.Time{}); !errors.Is(err, ErrNoBaseURL) {
		t.Errorf("feed: %v", err)
	}
	if _, _, err := f.Sitemap(NewCatalogue(nil), 0); !errors.Is(err, ErrNoBaseURL) {
		t.Errorf("site map: %v", err)
	}
	body := string(f.Publication(corrected(), "en").Body) + string(f.Robots().Body)
	for _, not := range []string{"canonical", "https://press", "atom", "og:url", "og:image", "Sitemap:"} {
		if strings.Contains(body, not) {
			t.Errorf("%q without an address", not)
		}
	}
}
