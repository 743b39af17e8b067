package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"communique/render/kind"
	"communique/render/locale"
	"communique/render/theme"
	"communique/service/files"
	"communique/service/office"
	"communique/service/site"
	"communique/service/store"
)

// officeFlags say where an office keeps its publications, and its rules.
type officeFlags struct {
	data, database, files string
	address, zone         string
	name                  string
	languages             []string
	approval              bool
	trust                 time.Duration
}

// flags are all of them that say where.
func (f *officeFlags) flags(set *pflag.FlagSet) {
	f.databaseFlags(set)
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	own.StringVar(&f.files, "files", "", "`place` of the files in place of the data folder: s3://bucket?region=…, or a folder")
	fromEnvironment(own)
	set.AddFlagSet(own)
}

// databaseFlags are those that say where the database is.
func (f *officeFlags) databaseFlags(set *pflag.FlagSet) {
	own := pflag.NewFlagSet("", pflag.ContinueOnError)
	own.StringVar(&f.data, "data", "", "`folder` of the database and the files; by default communique in the user's data folder")
	own.StringVar(&f.database, "database", "", "`address` of a PostgreSQL database in place of the one in the data folder: postgres://…")
	fromEnvironment(own)
	set.AddFlagSet(own)
}

// folder is the data folder.
func (f *officeFlags) folder() (string, error) {
	if f.data != "" {
		return f.data, nil
	}
	base := os.Getenv("XDG_DATA_HOME")
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", &usageError{"there is no home folder to keep publications in.", "Name a folder with --data."}
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "communique"), nil
}

// opened is what an office stands on.
type opened struct {
	store *store.Store
	files *files.Store
}

// open opens the database and the files, and brings the tables up to date.
func (f *officeFlags) open(ctx context.Context) (*opened, error) {
	o, err := f.connect(ctx, store.Options{}, files.Options{})
	if err != nil {
		return nil, err
	}
	if err := o.store.Migrate(ctx, nil); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

// connect opens the database and the files as they are.
func (f *officeFlags) connect(ctx context.Context, so store.Options, fo files.Options) (_ *opened, err error) {
	o := &opened{}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.Close())
		}
	}()
	database, err := f.place(f.database, "communique.db")
	if err != nil {
		return nil, err
	}
	if o.store, err = store.Open(ctx, database, so); err != nil {
		return nil, err
	}
	place, err := f.place(f.files, "files")
	if err != nil {
		return nil, err
	}
	if o.files, err = files.Open(ctx, place, fo); err != nil {
		return nil, err
	}
	return o, nil
}

// place is what was given, or else something in the data folder, which is made.
func (f *officeFlags) place(given, name string) (string, error) {
	place, err := f.where(given, name)
	if err == nil && given == "" {
		err = os.MkdirAll(filepath.Dir(place), 0o700)
	}
	return place, err
}

// where is place without making anything.
func (f *officeFlags) where(given, name string) (string, error) {
	if given != "" {
		return given, nil
	}
	folder, err := f.folder()
	return filepath.Join(folder, name), err
}

// Close gives everything back.
func (o *opened) Close() error {
	var errs []error
	if o.files != nil {
		errs = append(errs, o.files.Close())
	}
	if o.store != nil {
		errs = append(errs, o.store.Close())
	}
	return errors.Join(errs...)
}

// options are the options of the office on what was opened.
func (f *officeFlags) options(o *opened, locales fs.FS) (office.Options, error) {
	address, err := f.publicAddress()
	if err != nil {
		return office.Options{}, err
	}
	catalog, err := locale.Load(locales)
	if err != nil {
		return office.Options{}, err
	}
	if _, err := catalog.Zone(f.zone); err != nil {
		return office.Options{}, &usageError{fmt.Sprintf("--zone: there is no time zone %s.", f.zone), "Name one of the IANA database, such as Europe/London."}
	}
	return office.Options{Store: o.store, Files: o.files, Locales: catalog, Address: address, Zone: f.zone, Approval: f.approval, Trust: f.trust, Version: programVersion()}, nil
}

// face makes the public pages of an office.
func (f *officeFlags) face(o *office.Office, templates fs.FS, look *theme.Theme) (*site.Face, error) {
	languages := f.languages
	if len(languages) == 0 {
		languages = o.Locales.Tags()
		slices.SortStableFunc(languages, func(a, b string) int { return cmp.Compare(first(a), first(b)) })
	}
	kinds, err := kind.Load(templates)
	if err != nil {
		return nil, err
	}
	zone, err := o.Locales.Zone(o.Zone)
	if err != nil {
		return nil, err
	}
	made, err := site.New(site.Resources{Locales: o.Locales, Kinds: kinds, Theme: look},
		site.Site{Name: f.name, BaseURL: o.Address, Languages: languages, Zone: zone})
	if err != nil {
		return nil, &usageError{"--" + err.Error() + ".", ""}
	}
	return made, nil
}

// first orders English before all others.
func first(lang string) int {
	if lang == "en" {
		return 0
	}
	return 1
}

// publicAddress is the address of the site without a slash at its end.
func (f *officeFlags) publicAddress() (string, error) {
	if f.address == "" {
		return "", nil
	}
	u, err := url.Parse(f.address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || strings.Trim(u.Path, "/") != "" {
		return "", &usageError{fmt.Sprintf("--public-url: %q is not the address of a site.", f.address), "For example: --public-url https://press.example.org"}
	}
	return u.Scheme + "://" + u.Host, nil
}
