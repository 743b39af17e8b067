package locale

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

type icuCases map[string][][2]string

func readICU(t *testing.T) (f struct {
	ICU, CLDR     string
	Words, Tables map[string]icuCases
	// Forms are the plural categories, by table.
	Forms map[string][]string
}) {
	t.Helper()
	b, err := os.ReadFile("testdata/icu.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// difference is one way in which we print something other than ICU.
type difference struct {
	tags, kind, reason string
	// ours turns what ICU prints into what we print, or nil to leave the case out.
	ours func(icu string) string
}

func replace(oldnew ...string) func(string) string { return strings.NewReplacer(oldnew...).Replace }

var firstOfMonth = regexp.MustCompile(`(^| )1 ([a-zûé]+ \d)`)

// differences are editorial (each is an override, with its reason), of V8, or
// of versions: the tables are of CLDR 48.2, Node's ICU of 48.0. Each must still
// be needed.
var differences = []difference{
	{"ak", "full", "override: the weekday in full", nil},
	{"am he mn sw th yo", "range", "overrides: ranges that agree with the long date", nil},
	{"ar", "datetime", "override: الساعة before the hour", replace(" في ", " في الساعة ")},
	{"en", "date full datetime range and or", "the table en is American English; ours is en-GB, which the words' cases test", nil},
	{"en-GB en/words", "range", "override: a close dash between days", replace("6 – 10", "6–10")},
	{"es", "datetime", "override: a la 1", replace("las 1:", "la 1:")},
	{"fr", "date full datetime range", "override: 1er", func(s string) string { return firstOfMonth.ReplaceAllString(s, "${1}1er $2") }},
	{"fr", "datetime", "override: 10 h 30", func(s string) string { return clockTime.ReplaceAllString(s, "$1\u00a0h\u00a0$2") }},
	{"ja yue yue-Hans zh zh-Hant zh-Hans", "range", "V8 asks ICU for numeric ranges where the long date's month is a number", nil},
	{"ko", "datetime", "CLDR 48.2 names the halves of the day", replace("AM", "오전", "PM", "오후")},
	{"pt pt-PT", "datetime", "override: à 1", replace("às 01:", "à 01:")},
	{"ru", "datetime", "override: no в before the hour", replace(" в ", ", ")},
	{"uk", "datetime", "override: no о before the hour", replace(" о ", ", ")},
	{"ar en en-GB es fr pt pt-PT ru uk zh zh-Hans", "territory", "overrides: the short names of the United Nations", replace(
		"الكونغو - كينشاسا", "جمهورية الكونغو الديمقراطية", "ميانمار (بورما)", "ميانمار", "Congo - Kinshasa", "Democratic Republic of the Congo",
		"Myanmar (Burma)", "Myanmar", "Myanmar (Birmania)", "Myanmar", "Myanmar (Birmanie)", "Myanmar", "Mianmar (Birmânia)", "Mianmar",
		"Конго - Киншаса", "Демократическая Республика Конго", "Мьянма (Бирма)", "Мьянма", "Конго – Кіншаса", "Демократична Республіка Конго",
		"Мʼянма (Бірма)", "Мʼянма", "刚果（金）", "刚果民主共和国")},
	{"fr", "territory", "the same", replace("Congo-Kinshasa", "République démocratique du Congo")},
	{"pt pt-PT", "territory", "the same", replace("Congo-Kinshasa", "República Democrática do Congo")},
	{"yo", "datetime", "override: two digits for minutes", nil},
}

var clockTime = regexp.MustCompile(`0?(\d+):(\d\d)$`)

// spaces: V8 turns narrow and thin spaces of dates into plain ones, in some cases.
var spaces = strings.NewReplacer("\u202f", " ", "\u2009", " ")

func TestFormatsAreThoseOfICU(t *testing.T) {
	icu := readICU(t)
	needed := make([]bool, len(differences))
	cases := 0
	compare := func(l *Locale, set, kind string, c [2]string) {
		got, want := spaces.Replace(printCase(t, l, kind, c[0])), spaces.Replace(c[1])
		cases++
		if got == want {
			return
		}
		for i, d := range differences {
			applies := func(list, name string) bool { return slices.Contains(strings.Fields(list), name) }
			if !applies(d.tags, l.Tag()) && !applies(d.tags, l.Tag()+set) || !applies(d.kind, kind) || l.Tag() == "en" && set != "" && d.ours == nil {
				continue
			}
			needed[i] = true
			if d.ours == nil {
				return
			}
			want = spaces.Replace(d.ours(want))
		}
		if got != want {
			t.Errorf("%s %s %s: got %q, ICU %q", l.Tag(), kind, c[0], got, c[1])
		}
	}
	each := func(c *Catalog, set string, languages map[string]icuCases) {
		for tag, kinds := range languages {
			l := c.Get(tag)
			if l == nil {
				t.Fatalf("no table for %s", tag)
			}
			for kind, list := range kinds {
				for _, x := range list {
					if kind != "plural" {
						compare(l, set, kind, x)
					}
				}
			}
		}
	}
	each(catalog(t), "/words", icu.Words)
	each(everyTable(t), "", icu.Tables)
	for i, d := range differences {
		if !needed[i] {
			t.Errorf("ICU no longer differs for %s, %s: %s", d.tags, d.kind, d.reason)
		}
	}
	if cases < 4000 {
		t.Errorf("only %d cases", cases)
	}
}

// printCase prints an ICU case as we do.
func printCase(t *testing.T, l *Locale, kind, input string) string {
	t.Helper()
	at := func(s string) time.Time {
		d, err := time.Parse("2006-01-02T15:04Z", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	switch kind {
	case "date":
		return l.Date(at(input))
	case "full":
		return l.FullDate(at(input))
	case "datetime":
		return l.DateTime(at(input))
	case "range":
		from, to, _ := strings.Cut(input, "/")
		return l.DateRange(at(from), at(to))
	case "number":
		return l.Number(input)
	case "percent":
		return l.Percent(input)
	case "and":
		return l.List(strings.Split(input, "|"))
	case "or":
		return l.ListOr(strings.Split(input, "|"))
	case "territory":
		name, _ := l.Territory(input)
		return name
	}
	t.Fatalf("no such kind of case: %s", kind)
	return ""
}
