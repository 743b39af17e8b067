package locale

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"time"
)

// zones reads IANA time zones from zoneinfo.zip in the locales folder. The
// machine's own zone files are not asked: a render must give the same words
// everywhere.
type zones struct {
	open func() (*zip.Reader, error)
}

func newZones(locales fs.FS) *zones {
	return &zones{sync.OnceValues(func() (*zip.Reader, error) {
		b, err := fs.ReadFile(locales, "zoneinfo.zip")
		if err != nil {
			return nil, err
		}
		return zip.NewReader(bytes.NewReader(b), int64(len(b)))
	})}
}

// Zone finds an IANA time zone, such as "Africa/Harare".
func (c *Catalog) Zone(name string) (*time.Location, error) {
	z, err := c.zones.open()
	if err != nil {
		return nil, err
	}
	if name == "UTC" {
		return time.UTC, nil
	}
	f, err := z.Open(name)
	if err != nil {
		return nil, fmt.Errorf("there is no time zone %q", name)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil || len(data) == 0 {
		return nil, fmt.Errorf("there is no time zone %q", name)
	}
	return time.LoadLocationFromTZData(name, data)
}
