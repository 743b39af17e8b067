package release

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"communique/render/doc"
	"communique/render/locale"
)

// Bounds of what the publisher says, in characters.
const (
	MaxReader  = 100
	MaxNote    = 1000
	MaxAddress = 1000
	maxNotes   = 200
)

// Wrong tells what a publication must not say.
type Wrong struct {
	// Field is its path, as "publication.reader"; Reason says what was expected.
	Field, Reason string
}

func (w *Wrong) Error() string { return w.Reason }

func wrong(field, format string, args ...any) error {
	return &Wrong{"publication." + field, fmt.Sprintf(format, args...)}
}

// Check reads a publication, whoever wrote it. The error is a *Wrong.
func Check(p *Publication, locales *locale.Catalog) (*Publisher, error) {
	out := &Publisher{p: *p}
	for _, check := range []func(*Publication, *locale.Catalog) error{
		out.status, out.correction, out.embargo, out.reader, out.address} {
		if err := check(p, locales); err != nil {
			return nil, err
		}
	}
	if p.Revision < 0 {
		return nil, wrong("revision", "the revision is %d: expected a number from 1, or 0 for none", p.Revision)
	}
	return out, nil
}

func (out *Publisher) status(p *Publication, _ *locale.Catalog) error {
	switch p.Status {
	case doc.StatusNone, doc.StatusFinal, doc.StatusCorrected, doc.StatusDraft:
		return nil
	}
	return wrong("status", "there is no status %q of a publication: expected one of final, corrected, draft", shown(string(p.Status)))
}

// correction is of a corrected text, which has one.
func (out *Publisher) correction(p *Publication, locales *locale.Catalog) (err error) {
	c := &p.Correction
	switch corrected := p.Status == doc.StatusCorrected; {
	case !corrected && (!c.At.IsZero() || c.Zone != "" || len(c.Notes) > 0):
		return wrong("correction", "there is a correction of what is not corrected: leave it out, or give the status corrected")
	case !corrected:
		return nil
	case c.At.IsZero():
		return wrong("correction.at", "a corrected publication does not say when it was corrected: give the instant")
	case len(c.Notes) > maxNotes:
		return wrong("correction.notes", "there are notes in %d languages: expected at most %d", len(c.Notes), maxNotes)
	}
	if out.at, err = instant("correction.at", c.At, "correction.zone", c.Zone, locales); err != nil {
		return err
	}
	for _, tag := range c.tags() {
		parsed, err := language.Parse(tag)
		if err != nil {
			return wrong("correction.notes", "the note has the language %q: expected a BCP 47 tag, such as en or zh-Hans", shown(tag))
		}
		text := strings.Join(strings.FieldsFunc(c.Notes[tag], parting), " ")
		if text == "" {
			continue
		}
		if err := line("correction.notes."+tag, "the note in "+tag, text, MaxNote); err != nil {
			return err
		}
		out.notes = append(out.notes, note{parsed.String(), text})
	}
	return nil
}

func (out *Publisher) embargo(p *Publication, locales *locale.Catalog) (err error) {
	switch e := &p.Embargo; {
	case e.Until.IsZero() && e.Zone != "":
		return wrong("embargo.until", "there is a zone of an embargo without its instant: give both, or neither")
	case e.Until.IsZero():
		return nil
	default:
		out.p.Embargo.Until, err = instant("embargo.until", e.Until, "embargo.zone", e.Zone, locales)
		return err
	}
}

// instant is an instant in its zone. Years beyond four digits have no words.
func instant(field string, t time.Time, zoneField, zone string, locales *locale.Catalog) (time.Time, error) {
	const expected = "expected an IANA time zone, such as Europe/London or UTC"
	if zone == "" {
		return t, wrong(zoneField, "there is no zone of the instant: %s", expected)
	}
	l, err := locales.Zone(zone)
	if err != nil {
		return t, wrong(zoneField, "there is no time zone %q: %s", shown(zone), expected)
	}
	if t = t.In(l); t.Year() < 1 || t.Year() > 9999 {
		return t, wrong(field, "the instant is in the year %d: expected 1 to 9999", t.Year())
	}
	return t, nil
}

func (out *Publisher) reader(p *Publication, _ *locale.Catalog) error {
	if p.Reader == "" {
		return nil
	}
	if out.p.Reader = strings.TrimSpace(p.Reader); !strings.ContainsFunc(p.Reader, unicode.IsLetter) {
		return wrong("reader", "the name of the reader has no letter: give a name, or leave it out")
	}
	if err := line("reader", "the name of the reader", out.p.Reader, MaxReader); err != nil {
		return err
	}
	if strings.ContainsFunc(out.p.Reader, directional) {
		return wrong("reader", "the name of the reader has invisible characters of direction: write it without; it is set apart from the words around it anyway")
	}
	return nil
}

// line checks a text that must not leave its line or turn what is around it.
func line(field, what, text string, most int) error {
	switch n := utf8.RuneCountInString(text); {
	case n > most:
		return wrong(field, "%s has %d characters: expected at most %d", what, n, most)
	case !utf8.ValidString(text):
		return wrong(field, "%s is not in UTF-8: expected text", what)
	case strings.ContainsFunc(text, unprintable):
		return wrong(field, "%s has line ends or control characters: expected one line of text", what)
	case !balanced(text):
		return wrong(field, "%s has invisible characters of direction that are not closed: close each of them, or write it without", what)
	}
	return nil
}

// parting are the characters that a line of text takes as one space.
func parting(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029
}

// unprintable are characters that no line has; noncharacters and private ones have no meaning.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF || r >= 0xE0000 && r <= 0xE007F || unicode.Is(unicode.Co, r)
}

// directional are the explicit formatting characters of UAX #9, 2.1 to 2.4.
func directional(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// balanced reports that every directional character is closed, in order.
func balanced(s string) bool {
	var open []rune
	for _, r := range s {
		if !directional(r) {
			continue
		}
		closer := rune(0x202C)
		if r >= 0x2066 {
			closer = 0x2069
		}
		switch {
		case r != closer:
			open = append(open, closer)
		case len(open) == 0 || open[len(open)-1] != r:
			return false
		default:
			open = open[:len(open)-1]
		}
	}
	return len(open) == 0
}

func (out *Publisher) address(p *Publication, _ *locale.Catalog) error {
	const expected = "expected an absolute address without query and fragment, such as https://press.example.org/p/slug"
	if p.Address == "" {
		return nil
	}
	u, err := url.Parse(p.Address)
	if err != nil || len(p.Address) > MaxAddress || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil ||
		strings.ContainsAny(p.Address, "?#\"<>\\ ") || strings.ContainsFunc(p.Address, unprintable) || strings.ContainsFunc(p.Address, directional) {
		return wrong("address", "%q is no address of a publication: %s", shown(p.Address), expected)
	}
	return nil
}

// shown is the head of what somebody has sent.
func shown(s string) string {
	const most = 80
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
