package locale

import (
	"os"
	"testing"
	"time"
)

func TestZonesComeFromTheLocalesFolder(t *testing.T) {
	c := &Catalog{zones: newZones(os.DirFS("../../locales"))}
	at := time.Date(2023, 7, 14, 10, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{"Europe/London": "11:00 BST", "Africa/Harare": "12:00 CAT", "UTC": "10:00 UTC", "Asia/Kathmandu": "15:45 +0545"} {
		loc, err := c.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := at.In(loc).Format("15:04 MST"); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	for _, name := range []string{"", "Europe", "Europe/Nowhere", "../etc/passwd", "/Europe/London", "europe/london/"} {
		if _, err := c.Zone(name); err == nil {
			t.Errorf("%q is taken for a time zone", name)
		}
	}
}
