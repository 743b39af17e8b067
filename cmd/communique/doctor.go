package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"communique/render/locale"
	"communique/service/doctor"
)

// doctorFlags are the flags of doctor.
type doctorFlags struct {
	office        officeFlags
	address, zone string
	deep, json    bool
}

func newDoctor(t *terminal, folders *folders) *cobra.Command {
	f := &doctorFlags{}
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything that an office stands on",
		Long: "Look at the data folder, the disk, the database, the clocks, the files, what waits and what was missed,\n" +
			"and say in a line each what is well (✓), what will soon not be (!) and what is wrong (✗), with\n" +
			"what to do. Nothing is changed; a server may run. The exit status is 1 if something is wrong.",
		Example: `  communique doctor
  communique doctor --deep --public-url https://press.example.org --zone Europe/London
  communique doctor --json`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return f.run(c.Context(), t, folders) },
	}
	f.office.flags(c.Flags())
	c.Flags().StringVar(&f.address, "public-url", "", "the `address` that the server is given")
	c.Flags().StringVar(&f.zone, "zone", "", "the time `zone` that the server is given; UTC by default")
	c.Flags().BoolVar(&f.deep, "deep", false, "read all files, and not only a sample")
	c.Flags().BoolVar(&f.json, "json", false, "as a JSON array, for programs")
	return c
}

func (f *doctorFlags) run(ctx context.Context, t *terminal, folders *folders) error {
	o := &doctor.Office{Deep: f.deep, Now: time.Now, Free: free,
		Address: cmp.Or(f.address, os.Getenv("COMMUNIQUE_PUBLIC_URL")), Zone: cmp.Or(f.zone, os.Getenv("COMMUNIQUE_ZONE"), "UTC")}
	if err := f.open(ctx, o); err != nil {
		return err
	}
	if o.Store != nil {
		defer o.Store.Close()
	}
	if o.Files != nil {
		defer o.Files.Close()
	}
	o.Locales, o.NoResources = loaded(folders)
	findings := o.Examine(ctx)
	if err := f.print(t, findings); err != nil {
		return err
	}
	for _, found := range findings {
		if found.Level == doctor.Wrong {
			return errInput
		}
	}
	return nil
}

// open opens what can be opened.
func (f *doctorFlags) open(ctx context.Context, o *doctor.Office) error {
	database, files, err := f.office.places()
	if err != nil {
		return err
	}
	for _, place := range []string{database, files} {
		if folder := filepath.Dir(place); !isAddress(place) && o.Folder == "" {
			o.Folder = folder
		}
	}
	o.Store, o.NoStore = openStore(ctx, database, false)
	o.Files, o.NoFiles = openFiles(ctx, files, false)
	return nil
}

// loaded loads fonts, templates and languages as a server does.
func loaded(folders *folders) (*locale.Catalog, error) {
	opened, err := folders.open()
	if err != nil {
		return nil, err
	}
	if _, err := folders.renderer(opened, 1); err != nil {
		return nil, err
	}
	return locale.Load(opened.locales)
}

// signs are how levels are shown to people.
var signs = map[doctor.Level]string{doctor.Well: "✓", doctor.Warning: "!", doctor.Wrong: "✗"}

func (f *doctorFlags) print(t *terminal, findings []doctor.Finding) error {
	if f.json {
		lines := json.NewEncoder(t.out)
		lines.SetIndent("", "  ")
		lines.SetEscapeHTML(false)
		return lines.Encode(findings)
	}
	for _, found := range findings {
		line := fmt.Sprintf("%s %s: %s", signs[found.Level], found.Check, found.Text)
		if found.Fix != "" {
			line += " → " + found.Fix
		}
		if _, err := fmt.Fprintln(t.out, line); err != nil {
			return err
		}
	}
	return nil
}
