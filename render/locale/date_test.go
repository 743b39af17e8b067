package locale

import (
	"testing"
	"time"
)

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func TestDateIsTheLanguagesLongForm(t *testing.T) {
	c := catalog(t)
	for tag, want := range map[string]string{
		"ar": "14 نوفمبر 2023", "en": "14 November 2023", "es": "14 de noviembre de 2023", "fr": "14 novembre 2023",
		"pt": "14 de novembro de 2023", "ru": "14 ноября 2023\u202fг.", "uk": "14 листопада 2023\u202fр.", "zh-Hans": "2023年11月14日",
	} {
		if got := c.Get(tag).Date(day(2023, 11, 14)); got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestDateIsInItsOwnPlaceAndCalendar(t *testing.T) {
	l := catalog(t).Get("en")
	east := time.FixedZone("", 14*3600)
	for got, want := range map[string]string{
		l.Date(time.Date(2023, 11, 14, 23, 0, 0, 0, time.UTC).In(east)): "15 November 2023",
		l.Date(day(1582, 10, 10)):  "10 October 1582",
		l.Date(day(1, 1, 1)):       "1 January 1",
		l.Date(day(2024, 2, 29)):   "29 February 2024",
		l.Date(day(12024, 12, 31)): "31 December 12024",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDateRangeSaysNothingTwice(t *testing.T) {
	c := catalog(t)
	for _, tc := range []struct {
		tag      string
		from, to time.Time
		want     string
	}{
		{"en", day(2023, 11, 6), day(2023, 11, 6), "6 November 2023"},
		{"en", day(2023, 11, 6), day(2023, 11, 10), "6–10 November 2023"},
		{"en", day(2023, 11, 30), day(2023, 12, 2), "30 November\u2009–\u20092 December 2023"},
		{"en", day(2023, 12, 30), day(2024, 1, 2), "30 December 2023\u2009–\u20092 January 2024"},
		{"en", day(2023, 5, 6), day(2024, 5, 6), "6 May 2023\u2009–\u20096 May 2024"},
		{"en", day(2023, 11, 6).Add(8 * time.Hour), day(2023, 11, 6).Add(18 * time.Hour), "6 November 2023"},
		{"fr", day(2023, 11, 1), day(2023, 11, 10), "1er–10 novembre 2023"},
		{"fr", day(2023, 10, 30), day(2023, 11, 1), "30 octobre\u2009–\u20091er novembre 2023"},
		{"es", day(2023, 11, 30), day(2023, 12, 2), "30 de noviembre\u2009–\u20092 de diciembre de 2023"},
		{"ru", day(2023, 11, 6), day(2023, 11, 10), "6–10 ноября 2023\u202fг."},
		{"zh-Hans", day(2023, 11, 6), day(2023, 11, 10), "2023年11月6日至10日"},
		{"zh-Hans", day(2023, 11, 30), day(2023, 12, 2), "2023年11月30日至12月2日"},
		{"zh-Hans", day(2023, 12, 30), day(2024, 1, 2), "2023年12月30日至2024年1月2日"},
	} {
		if got := c.Get(tc.tag).DateRange(tc.from, tc.to); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.tag, got, tc.want)
		}
	}
}

func TestDateTimeJoinsAsTheLanguageDoes(t *testing.T) {
	c := catalog(t)
	at := func(hour, minute int) time.Time {
		return day(2023, 11, 14).Add(time.Duration(hour*60+minute) * time.Minute)
	}
	for _, tc := range []struct {
		tag  string
		t    time.Time
		want string
	}{
		{"en", at(10, 0), "14 November 2023 at 10:00"},
		{"fr", at(0, 5), "14 novembre 2023 à 0\u00a0h\u00a005"},
		{"es", at(10, 0), "14 de noviembre de 2023 a las 10:00"},
		{"es", at(1, 30), "14 de noviembre de 2023 a la 1:30"},
		{"es", at(13, 30), "14 de noviembre de 2023 a las 13:30"},
		{"ar", at(0, 0), "14 نوفمبر 2023 في الساعة 12:00 ص"},
		{"ar", at(12, 0), "14 نوفمبر 2023 في الساعة 12:00 م"},
		{"zh-Hans", at(9, 0), "2023年11月14日 09:00"},
	} {
		if got := c.Get(tc.tag).DateTime(tc.t); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.tag, got, tc.want)
		}
	}
}

func BenchmarkDate(b *testing.B) {
	l := catalog(b).Get("ru")
	b.ReportAllocs()
	for b.Loop() {
		l.Date(day(2023, 11, 14))
	}
}
