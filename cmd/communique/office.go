package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"communique/render"
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
	address, zone, name   string
	languages             []string
	approval              bool
}

func (f *officeFlags) flags(set *pflag.FlagSet) {
	set.StringVar(&f.data, "data", "", "`folder` of the database and the files; by default communique in the user's data folder")
	set.StringVar(&f.database, "database", "", "`address` of a PostgreSQL database in place of the one in the data folder: postgres://…")
	set.StringVar(&f.files, "files", "", "`place` of the files in place of the data folder: s3://bucket?region=…, or a folder")
}

// policies are the flags of an office that goes about its business.
func (f *officeFlags) policies(set *pflag.FlagSet) {
	set.StringVar(&f.address, "public-url", "", "`address` at which readers reach the site, as in https://press.example.org")
	set.StringVar(&f.name, "name", "Press office", "`name` of the office, as readers see it")
	set.StringSliceVar(&f.languages, "languages", nil, "`tags` of the languages of the public pages, the first for readers of no other; by default all, English first")
	set.StringVar(&f.zone, "zone", "UTC", "IANA time `zone` of the office, as in Europe/London")
	set.BoolVar(&f.approval, "require-approval", false, "let nothing out that no second person has approved")
}

// folder is the data folder.
func (f *officeFlags) folder() (string, error) {
	if given := cmp.Or(f.data, os.Getenv("COMMUNIQUE_DATA")); given != "" {
		return given, nil
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
func (f *officeFlags) open(ctx context.Context) (_ *opened, err error) {
	folder := ""
	if f.database == "" || f.files == "" {
		if folder, err = f.folder(); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
	o := &opened{}
	defer func() {
		if err != nil {
			err = errors.Join(err, o.Close())
		}
	}()
	database := cmp.Or(f.database, os.Getenv("COMMUNIQUE_DATABASE"), filepath.Join(folder, "communique.db"))
	if o.store, err = store.Open(ctx, database, store.Options{}); err != nil {
		return nil, err
	}
	if err = o.store.Migrate(ctx, nil); err != nil {
		return nil, err
	}
	place := cmp.Or(f.files, os.Getenv("COMMUNIQUE_FILES"), filepath.Join(folder, "files"))
	if o.files, err = files.Open(ctx, place, files.Options{}); err != nil {
		return nil, err
	}
	return o, nil
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

// office makes the office on what was opened.
func (f *officeFlags) office(ctx context.Context, o *opened, locales fs.FS, renderer *render.Renderer, log *slog.Logger) (*office.Office, error) {
	address, err := f.publicAddress()
	if err != nil {
		return nil, err
	}
	catalog, err := locale.Load(locales)
	if err != nil {
		return nil, err
	}
	if _, err := catalog.Zone(f.zone); err != nil {
		return nil, &usageError{fmt.Sprintf("--zone: there is no time zone %s.", f.zone), "Name one of the IANA database, such as Europe/London."}
	}
	return office.Open(ctx, office.Options{Store: o.store, Files: o.files, Renderer: renderer, Locales: catalog, Log: log,
		Address: address, Zone: f.zone, Approval: f.approval, Version: programVersion()})
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
