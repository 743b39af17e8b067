package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"communique/service/backup"
	"communique/service/files"
	"communique/service/store"
)

func newBackup(t *terminal) *cobra.Command {
	f := &officeFlags{}
	out := ""
	c := &cobra.Command{
		Use:   "backup -o FILE",
		Short: "Copy a whole office into one file, while it is at work",
		Long: "Write all tables, of one instant, and all files that publications need into one archive, with a\n" +
			"manifest of digests. It appears under its name once it is whole and on the disk; a file of that\n" +
			"name is replaced. The server need not stop. SQLite and PostgreSQL give the same archive: by\n" +
			"'communique restore' an office can move from one to the other.\n\n" +
			"The archive holds what is under embargo, and the secrets of the office: guard it.",
		Example: `  communique backup -o communique.tar
  communique backup --database postgres://… --files s3://… -o /backups/communique.tar`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error { return runBackup(c.Context(), t, f, out) },
	}
	f.flags(c.Flags())
	c.Flags().StringVarP(&out, "output", "o", "", "`file` to write")
	return c
}

func runBackup(ctx context.Context, t *terminal, f *officeFlags, out string) error {
	if out == "" {
		return &usageError{"there is no file to write.", "Name it: communique backup -o communique.tar"}
	}
	o, err := f.reach(ctx, false)
	if err != nil {
		return err
	}
	defer o.Close()
	found, err := o.store.Condition(ctx)
	if err == nil {
		err = found.Trouble()
	}
	if err != nil {
		return err
	}
	m, err := backup.Write(ctx, o.store, o.files, out, programVersion())
	if err != nil {
		return err
	}
	n, size := m.Files()
	_, err = fmt.Fprintf(t.out, "%s: the office of %s, with %d files of %d bytes\n", out, m.At.Format("2006-01-02 15:04:05 UTC"), n, size)
	return err
}

func newRestore(t *terminal) *cobra.Command {
	f := &officeFlags{}
	c := &cobra.Command{
		Use:   "restore FILE",
		Short: "Make an office of a backup, in an empty place",
		Long: "Verify an archive of 'communique backup' and fill a new database and an empty place for files with\n" +
			"it: another data folder, another PostgreSQL database, another bucket. Ids, keys and the audit\n" +
			"trail stay as they were. If it fails, no server starts on what is there. What was scheduled\n" +
			"is released at its instant, and what was due meanwhile when the server starts.",
		Example: `  communique restore communique.tar --data /srv/communique
  communique restore communique.tar --database postgres://… --files s3://…`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{"restore takes one backup.", "For example: communique restore communique.tar --data /srv/communique"}
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error { return runRestore(c.Context(), t, f, args[0]) },
	}
	f.flags(c.Flags())
	return c
}

func runRestore(ctx context.Context, t *terminal, f *officeFlags, archive string) (err error) {
	if _, err := backup.Verify(archive); err != nil {
		fmt.Fprintf(t.err, "communique: %v\n", err)
		return errInput
	}
	database, _, err := f.places()
	if err != nil {
		return err
	}
	_, missing := os.Stat(database)
	o, err := f.reach(ctx, true)
	if err != nil {
		return err
	}
	m, err := backup.Restore(ctx, archive, o.store, o.files)
	err = errors.Join(err, o.Close())
	if err != nil {
		if !isAddress(database) && errors.Is(missing, os.ErrNotExist) { // so that it can be tried again
			for _, end := range []string{"", "-wal", "-shm", ".migrating"} {
				if gone := os.Remove(database + end); !errors.Is(gone, os.ErrNotExist) {
					err = errors.Join(err, gone)
				}
			}
		}
		return err
	}
	n, size := m.Files()
	_, err = fmt.Fprintf(t.out, "restored the office of %s, with %d files of %d bytes; see it with 'communique doctor'\n", m.At.Format("2006-01-02 15:04:05 UTC"), n, size)
	return err
}

// places are where the office keeps its database and its files.
func (f *officeFlags) places() (database, files string, err error) {
	database, files = cmp.Or(f.database, os.Getenv("COMMUNIQUE_DATABASE")), cmp.Or(f.files, os.Getenv("COMMUNIQUE_FILES"))
	if database != "" && files != "" {
		return database, files, nil
	}
	folder, err := f.folder()
	if err != nil {
		return "", "", err
	}
	return cmp.Or(database, filepath.Join(folder, "communique.db")), cmp.Or(files, filepath.Join(folder, "files")), nil
}

// isAddress tells places that are not on this machine's disk.
func isAddress(place string) bool { return strings.Contains(place, "://") }

// reach opens an office as it is, without bringing its tables up to date; create is
// for one that may not be there yet.
func (f *officeFlags) reach(ctx context.Context, create bool) (_ *opened, err error) {
	database, place, err := f.places()
	if err != nil {
		return nil, err
	}
	o := &opened{}
	if o.store, err = openStore(ctx, database, create); err != nil {
		return nil, err
	}
	if o.files, err = openFiles(ctx, place, create); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	return o, nil
}

func openStore(ctx context.Context, database string, create bool) (*store.Store, error) {
	if err := there(database, create); err != nil {
		return nil, err
	}
	return store.Open(ctx, database, store.Options{})
}

func openFiles(ctx context.Context, place string, create bool) (*files.Store, error) {
	if err := there(place, create); err != nil {
		return nil, err
	}
	return files.Open(ctx, place, files.Options{})
}

// there refuses a place on the disk that does not exist, or makes the folder in
// which it can be made.
func there(place string, create bool) error {
	if isAddress(place) {
		return nil
	}
	if create {
		return os.MkdirAll(filepath.Dir(place), 0o700)
	}
	if _, err := os.Stat(place); err != nil {
		return &usageError{fmt.Sprintf("there is no office at %s.", place), "Name its folder with --data, or its places with --database and --files."}
	}
	return nil
}
