package locale

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

type icuCases map[string][][2]string

func readICU(t *testing.T) (f struct {
	ICU, CLDR     string
	Words, Tables map[string]icuCases
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
