package release

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"communique/render/doc"
	"communique/render/locale"
)

func catalog(t testing.TB) *locale.Catalog {
	t.Helper()
	c, err := locale.Load(os.DirFS("../../locales"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var noon = time.Date(2023, 11, 15, 12, 0, 0, 0, time.UTC)

func correction(notes map[string]string) Publication {
	return Publication{Status: doc.StatusCorrected, Correction: Correction{At: noon, Zone: "Africa/Harare", Notes: notes}}
}

func TestWhatIsWrongIsNamedWithItsMending(t *testing.T) {
	locales := catalog(t)
	at := Correction{At: noon, Zone: "UTC"}
	for _, c := range []struct {
		name, field, say string
		p                Publication
	}{
		{"another status", "publication.status", "final, corrected, draft", Publication{Status: "published"}},
		{"a status that the source alone has", "publication.status", "final, corrected, draft", Publication{Status: doc.StatusWithdrawn}},
		{"a correction of a final text", "publication.correction", "status corrected", Publication{Correction: at}},
		{"corrected and never said when", "publication.correction.at", "give the instant", Publication{Status: doc.StatusCorrected}},
		{"no zone", "publication.correction.zone", "IANA", Publication{Status: doc.StatusCorrected, Correction: Correction{At: noon}}},
		{"an unknown zone", "publication.correction.zone", "IANA", Publication{Status: doc.StatusCorrected, Correction: Correction{At: noon, Zone: "Mars/Olympus"}}},
		{"a zone that is a path", "publication.correction.zone", "IANA", Publication{Status: doc.StatusCorrected, Correction: Correction{At: noon, Zone: "../../etc/passwd"}}},
		{"a year beyond words", "publication.correction.at", "1 to 9999", Publication{Status: doc.StatusCorrected, Correction: Correction{At: noon.AddDate(9000, 0, 0), Zone: "UTC"}}},
		{"no language", "publication.correction.notes", "BCP 47", correction(map[string]string{"the english one": "N"})},
		{"a note too long", "publication.correction.notes.en", "at most 1000", correction(map[string]string{"en": strings.Repeat("n", 10_000)})},
		{"a note with a control", "publication.correction.notes.en", "control", correction(map[string]string{"en": "a\x00b"})},
		{"a note that turns the page", "publication.correction.notes.ar", "not closed", correction(map[string]string{"ar": "a\u202eb"})},
		{"a note that leaves its isolate", "publication.correction.notes.ar", "not closed", correction(map[string]string{"ar": "a\u2069b"})},
		{"a note that is not UTF-8", "publication.correction.notes.en", "UTF-8", correction(map[string]string{"en": "a\xff"})},
		{"an embargo without a zone", "publication.embargo.zone", "IANA", Publication{Embargo: doc.Embargo{Until: noon}}},
		{"a zone without an embargo", "publication.embargo.until", "give both", Publication{Embargo: doc.Embargo{Zone: "UTC"}}},
		{"a reader of many lines", "publication.reader", "one line", Publication{Reader: "A\nB"}},
		{"a reader with a paragraph separator", "publication.reader", "one line", Publication{Reader: "A\u2029B"}},
		{"a reader without a letter", "publication.reader", "no letter", Publication{Reader: " \u200b… "}},
		{"a reader too long", "publication.reader", "at most 100", Publication{Reader: strings.Repeat("é", 10_000)}},
		{"a reader that turns the line", "publication.reader", "direction", Publication{Reader: "A\u2067B\u2069"}},
		{"a reader with hidden tags", "publication.reader", "control", Publication{Reader: "A\U000E0041"}},
		{"a revision below none", "publication.revision", "from 1", Publication{Revision: -1}},
		{"a relative address", "publication.address", "https://", Publication{Address: "/p/slug"}},
		{"a script", "publication.address", "https://", Publication{Address: "javascript:alert(1)"}},
		{"an address with a query", "publication.address", "https://", Publication{Address: "https://example.org/p?x=1"}},
		{"an address with a name", "publication.address", "https://", Publication{Address: "https://user:secret@example.org/p"}},
		{"an address without a host", "publication.address", "https://", Publication{Address: "https:///p"}},
	} {
		_, err := Check(&c.p, locales)
		wrong, ok := errors.AsType[*Wrong](err)
		if !ok || wrong.Field != c.field || !strings.Contains(wrong.Reason, c.say) {
			t.Errorf("%s: %v", c.name, err)
		} else if utf8.RuneCountInString(wrong.Reason) > 400 {
			t.Errorf("%s: the reason has %d characters", c.name, utf8.RuneCountInString(wrong.Reason))
		}
	}
}

// over gives what a document of a language and a status becomes.
func over(t *testing.T, p Publication, d *doc.Document) *doc.Document {
	t.Helper()
	publisher, err := Check(&p, catalog(t))
	if err != nil {
		t.Fatal(err)
	}
	publisher.Over(d, "fr", "", "https://press.example.org/p/slug/"+d.Meta.Lang)
	return d
}

func TestThePublisherTakesThePlaceOfTheSource(t *testing.T) {
	for _, c := range []struct{ source, publisher, want doc.Status }{
		{"", "", doc.StatusFinal},
		{doc.StatusDraft, "", doc.StatusFinal},
		{doc.StatusDraft, doc.StatusFinal, doc.StatusFinal},
		{doc.StatusFinal, doc.StatusDraft, doc.StatusDraft},
		{doc.StatusProvisional, doc.StatusFinal, doc.StatusProvisional},
		{doc.StatusWithdrawn, doc.StatusFinal, doc.StatusWithdrawn},
		{doc.StatusProvisional, doc.StatusDraft, doc.StatusDraft},
		{doc.StatusProvisional, doc.StatusCorrected, doc.StatusProvisional},
		{doc.StatusFinal, doc.StatusCorrected, doc.StatusCorrected},
		{doc.StatusDraft, doc.StatusCorrected, doc.StatusCorrected},
	} {
		p := Publication{Status: c.publisher}
		if c.publisher == doc.StatusCorrected {
			p = correction(nil)
		}
		d := over(t, p, &doc.Document{Meta: doc.Meta{Lang: "en", Status: c.source, Embargo: doc.Embargo{Until: noon}}})
		if d.Meta.Status != c.want || !d.Meta.Embargo.Until.IsZero() {
			t.Errorf("%q under %q is %q, embargo %v", c.source, c.publisher, d.Meta.Status, d.Meta.Embargo)
		}
		if corrected := c.publisher == doc.StatusCorrected; d.Release.Correction.At.IsZero() == corrected {
			t.Errorf("%q under %q: %+v", c.source, c.publisher, d.Release.Correction)
		}
	}
	d := over(t, Publication{Embargo: doc.Embargo{Until: noon, Zone: "Africa/Harare"}, Reader: " A. Reader ", Revision: 3},
		&doc.Document{Meta: doc.Meta{Lang: "en", Canonical: "https://example.org/own"}})
	if d.Meta.Embargo.Until.Hour() != 14 || d.Release.Reader != "A. Reader" || d.Release.Revision != 3 || d.Meta.Canonical != "https://example.org/own" {
		t.Errorf("%+v %+v", d.Meta, d.Release)
	}
	if d := over(t, Publication{}, &doc.Document{Meta: doc.Meta{Lang: "en"}}); d.Meta.Canonical != "https://press.example.org/p/slug/en" {
		t.Errorf("canonical is %q", d.Meta.Canonical)
	}
}

func TestNotesFallBack(t *testing.T) {
	for _, c := range []struct {
		name  string
		notes map[string]string
		lang  string
		want  doc.Correction
	}{
		{"its own", map[string]string{"ar": "ن", "fr": "N"}, "ar", doc.Correction{Note: "ن", Lang: "ar", Dir: doc.RightToLeft}},
		{"that of the same script", map[string]string{"zh": "更正"}, "zh-Hans", doc.Correction{Note: "更正", Lang: "zh-Hans", Dir: doc.LeftToRight}},
		{"not that of another script", map[string]string{"zh-Hant": "更正", "en": "N"}, "zh-Hans", doc.Correction{Note: "N", Lang: "en", Dir: doc.LeftToRight}},
		{"the exact one before a near one", map[string]string{"en-GB": "GB", "en": "N"}, "en", doc.Correction{Note: "N", Lang: "en", Dir: doc.LeftToRight}},
		{"the original's", map[string]string{"en": "N", "fr": "F"}, "ar", doc.Correction{Note: "F", Lang: "fr", Dir: doc.LeftToRight}},
		{"the English one", map[string]string{"de": "D", "en": "N"}, "ar", doc.Correction{Note: "N", Lang: "en", Dir: doc.LeftToRight}},
		{"the first", map[string]string{"ur": "ن", "ru": "Н"}, "en", doc.Correction{Note: "Н", Lang: "ru", Dir: doc.LeftToRight}},
		{"another direction", map[string]string{"ar": "ن"}, "en", doc.Correction{Note: "ن", Lang: "ar", Dir: doc.RightToLeft}},
		{"an empty one is none", map[string]string{"en": " \n ", "fr": "F"}, "en", doc.Correction{Note: "F", Lang: "fr", Dir: doc.LeftToRight}},
		{"lines become one", map[string]string{"en": "a\r\n  b\tc\u2029d 3\u00a0000"}, "en", doc.Correction{Note: "a b c d 3\u00a0000", Lang: "en", Dir: doc.LeftToRight}},
		{"none", nil, "en", doc.Correction{}},
	} {
		d := over(t, correction(c.notes), &doc.Document{Meta: doc.Meta{Lang: c.lang, Dir: locale.Direction(c.lang)}})
		got := d.Release.Correction
		if _, offset := got.At.Zone(); !got.At.Equal(noon) || offset != 2*60*60 {
			t.Errorf("%s: at %v", c.name, got.At)
		}
		got.At = time.Time{}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// FuzzCheck: whatever is said, it is refused by its name or stays within one bounded line.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"A. Reader", "أمينة", "<script>", "a\u202eb", "a\u2066b\u2069", "a\nb", "\xff", strings.Repeat("x", 2000), "\u2069\u2066", "https://example.org/p", "\U000E0041"} {
		f.Add(s, s, s, s)
	}
	locales := catalog(f)
	f.Fuzz(func(t *testing.T, reader, tag, note, address string) {
		p := correction(map[string]string{tag: note})
		p.Reader, p.Address = reader, address
		publisher, err := Check(&p, locales)
		if err != nil {
			if wrong, ok := errors.AsType[*Wrong](err); !ok || wrong.Reason == "" || !strings.HasPrefix(wrong.Field, "publication.") {
				t.Errorf("%v", err)
			}
			return
		}
		d := &doc.Document{Meta: doc.Meta{Lang: "en", Dir: doc.LeftToRight}}
		publisher.Over(d, "en", "", "")
		for _, s := range []string{d.Release.Reader, d.Release.Correction.Note} {
			if !utf8.ValidString(s) || utf8.RuneCountInString(s) > MaxNote || strings.ContainsAny(s, "\n\r\x00\u2028\u2029") || !balanced(s) {
				t.Errorf("%q went through", s)
			}
		}
	})
}
