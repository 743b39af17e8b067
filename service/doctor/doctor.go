// Package doctor looks at everything that an office stands on and says in plain
// words what is well, what will soon not be, and what is wrong, each with what to
// do. It owns the list of what is looked at. It must never mend anything, nor say
// a title, a slug or a secret.
package doctor

import (
	"context"
	"fmt"
	"time"

	"communique/render/locale"
	"communique/service/files"
	"communique/service/store"
)

// Level is how bad something is.
type Level string

// The levels.
const (
	Well    Level = "ok"
	Warning Level = "warning"
	Wrong   Level = "wrong"
)

// Finding is what came of one look.
type Finding struct {
	// Check names what was looked at, in one word.
	Check string `json:"check"`
	Level Level  `json:"level"`
	// Text says what was found, Fix what to do; it is empty if all is well.
	Text string `json:"text"`
	Fix  string `json:"fix,omitempty"`
}

// Office is what is looked at.
type Office struct {
	// Folder is the data folder; empty if nothing is kept in it.
	Folder string
	// Store and Files are opened as they are; of one that could not be opened there
	// is the error instead.
	Store            *store.Store
	Files            *files.Store
	NoStore, NoFiles error
	// Locales are the languages that were loaded, or there is NoResources.
	Locales     *locale.Catalog
	NoResources error
	// Address is the public address, Zone the time zone.
	Address, Zone string
	// Deep reads all files, where else a sample is read.
	Deep bool
	// Now is the clock of this machine, Free the free space of a folder's disk.
	Now  func() time.Time
	Free func(folder string) (uint64, error)
}

// Examine looks at everything, in an order in which a fault comes before what
// follows from it.
func (o *Office) Examine(ctx context.Context) []Finding {
	var out []Finding
	for _, look := range []func(context.Context) []Finding{o.folder, o.disk, o.database, o.clock, o.filesWork} {
		out = append(out, look(ctx)...)
	}
	if o.usable(ctx) {
		for _, look := range []func(context.Context) []Finding{o.needed, o.schedule, o.languages, o.keys, o.webhooks, o.jobs} {
			out = append(out, look(ctx)...)
		}
	}
	for _, look := range []func(context.Context) []Finding{o.resources, o.address, o.zone} {
		out = append(out, look(ctx)...)
	}
	return out
}

// usable tells whether tables can be asked.
func (o *Office) usable(ctx context.Context) bool {
	if o.Store == nil {
		return false
	}
	c, err := o.Store.Condition(ctx)
	return err == nil && c.Trouble() == nil
}

func well(check, text string, args ...any) []Finding {
	return []Finding{{check, Well, fmt.Sprintf(text, args...), ""}}
}

func warning(check, fix, text string, args ...any) []Finding {
	return []Finding{{check, Warning, fmt.Sprintf(text, args...), fix}}
}

func wrong(check, fix, text string, args ...any) []Finding {
	return []Finding{{check, Wrong, fmt.Sprintf(text, args...), fix}}
}

// unknown is what could not be looked at.
func unknown(check string, err error) []Finding {
	return wrong(check, "mend that, and ask again", "it cannot be told: %v", err)
}
