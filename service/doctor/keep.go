package doctor

import (
	"context"
	"errors"
	"time"

	"communique/service/files"
	"communique/service/store"
)

func (o *Office) database(ctx context.Context) []Finding {
	const check = "database"
	if o.NoStore != nil {
		return wrong(check, "see that it runs, and that --database and its password are right", "it cannot be opened: %v", o.NoStore)
	}
	c, err := o.Store.Condition(ctx)
	if err != nil {
		return wrong(check, "see that it runs, and that the user may read its tables", "it cannot be read: %v", err)
	}
	if err := c.Trouble(); err != nil {
		return wrong(check, "do that, and ask again", "%v", err)
	}
	return well(check, "%s answers, at version %d", o.Store.Kind(), c.At)
}

// The clocks may differ by so much before somebody is to be told, and before it
// is wrong.
const (
	skew    = 2 * time.Second
	tooSkew = time.Minute
)

// clock compares this machine's clock with that of the database, by which
// everything is released.
func (o *Office) clock(ctx context.Context) []Finding {
	const check = "clock"
	if o.Store == nil {
		return nil
	}
	before := o.Now()
	var at time.Time
	err := o.Store.Read(ctx, func(t *store.Tx) (err error) {
		at, err = t.Now()
		return err
	})
	if err != nil {
		return unknown(check, err)
	}
	after := o.Now()
	off := max(before.Sub(at), at.Sub(after), 0)
	const fix = "let both machines keep their time by NTP (timedatectl): the database's clock decides what is released"
	switch {
	case off >= tooSkew:
		return wrong(check, fix, "this machine's clock and the database's differ by %s", off.Round(time.Second))
	case off >= skew:
		return warning(check, fix, "this machine's clock and the database's differ by %s", off.Round(time.Second/10))
	}
	return well(check, "this machine's clock and the database's agree")
}

func (o *Office) filesWork(ctx context.Context) []Finding {
	const check = "files"
	err := o.NoFiles
	if err == nil {
		err = o.Files.Check(ctx)
	}
	if err != nil {
		return wrong(check, "see to the folder or the bucket that --files names", "%v", err)
	}
	return well(check, "they can be written and read")
}

// sample is how many files are read if not all are.
const sample = 50

// young is the age below which a file that nothing needs may be about to be used.
const young = 24 * time.Hour

// census is what came of counting files.
type census struct {
	needed, read, missing, damaged, orphans int
	size                                    int64
	example                                 string
}

// needed looks for the files of all revisions, and for files of none.
func (o *Office) needed(ctx context.Context) []Finding {
	const check = "content"
	if o.Files == nil {
		return nil
	}
	c, err := o.count(ctx)
	if err != nil {
		return unknown(check, err)
	}
	var out []Finding
	const fix = "restore them from a backup, or publish the same sources again"
	if c.missing > 0 {
		out = append(out, wrong(check, fix, "%d of %d files that revisions need are missing, such as %s", c.missing, c.needed, c.example)...)
	}
	if c.damaged > 0 {
		out = append(out, wrong(check, fix, "%d of %d files that were read are damaged, such as %s", c.damaged, c.read, c.example)...)
	}
	if len(out) == 0 {
		out = well(check, "all %d files that revisions need are there, and the %d that were read are whole", c.needed, c.read)
	}
	if c.orphans > 0 {
		return append(out, warning("orphans", "nothing: the server sweeps them", "%d files of %d KiB belong to no revision", c.orphans, c.size>>10)...)
	}
	return append(out, well("orphans", "no file is without a revision")...)
}

func (o *Office) count(ctx context.Context) (c census, err error) {
	var digests []string
	err = o.Store.Read(ctx, func(t *store.Tx) error {
		for digest, err := range t.Files() {
			if err != nil {
				return err
			}
			digests = append(digests, digest)
		}
		return nil
	})
	if err != nil {
		return c, err
	}
	needed := make(map[string]bool, len(digests))
	c.needed = len(digests)
	step := max(1, len(digests)/sample)
	for i, text := range digests {
		needed[text] = true
		if err := o.lookAt(ctx, &c, text, o.Deep || i%step == 0); err != nil {
			return c, err
		}
	}
	for info, err := range o.Files.List(ctx) {
		if err != nil {
			return c, err
		}
		if !needed[info.Digest.String()] && o.Now().Sub(info.Time) > young {
			c.orphans, c.size = c.orphans+1, c.size+info.Size
		}
	}
	return c, nil
}

// lookAt sees whether a file is there and, if it is to be read, whole.
func (o *Office) lookAt(ctx context.Context, c *census, text string, read bool) error {
	digest, err := files.ParseDigest(text)
	if err != nil {
		return err
	}
	there := true
	if read {
		c.read++
		_, err = o.Files.Get(ctx, digest)
		there = !errors.Is(err, files.ErrNotFound)
	} else {
		there, err = o.Files.Has(ctx, digest)
	}
	switch {
	case !there:
		c.missing, c.example = c.missing+1, text
		return nil
	case errors.Is(err, files.ErrDamaged), errors.Is(err, files.ErrTooLarge):
		c.damaged, c.example = c.damaged+1, text
		return nil
	}
	return err
}
