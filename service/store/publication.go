package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"communique/service/press"
)

// BySlug loads the publication that a slug leads to, also one that it had before,
// settled at the transaction's instant. In a Write its rows are kept from others.
func (t *Tx) BySlug(slug string) (*press.Publication, error) {
	if press.CheckSlug(slug) != nil {
		return nil, press.Missing() // PostgreSQL takes neither NUL nor what is not UTF-8
	}
	var id string
	err := t.row("SELECT publication_id FROM slugs WHERE slug = ?", slug).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, press.Missing()
	}
	if err != nil {
		return nil, failed("slug", err)
	}
	return t.ByID(id)
}

// ByID loads a publication by its id.
func (t *Tx) ByID(id string) (*press.Publication, error) {
	list, err := t.load([]string{id})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, press.Missing()
	}
	return list[0], nil
}

// load reads publications in the order of their ids.
func (t *Tx) load(ids []string) ([]*press.Publication, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	byID := map[string]*press.Publication{}
	err := t.each("SELECT id, slug, version, created_at, withdrawn_at, withdrawn_notes FROM publications WHERE id IN ("+marks(len(ids))+")"+t.locking(), args,
		func(rows *sql.Rows) error {
			p, err := scanPublication(rows)
			byID[p.ID] = p
			return err
		})
	if err != nil {
		return nil, failed("publications", err)
	}
	now, err := t.Now() // after the lock: who waited for it must not see an older instant
	if err != nil {
		return nil, err
	}
	err = t.each("SELECT publication_id, state, release_at, out, record FROM revisions WHERE publication_id IN ("+marks(len(ids))+") ORDER BY publication_id, number", args,
		func(rows *sql.Rows) error {
			id, r, err := scanRevision(rows)
			if p := byID[id]; p != nil {
				p.Revisions = append(p.Revisions, r)
			}
			return err
		})
	if err != nil {
		return nil, failed("revisions", err)
	}
	var out []*press.Publication
	for _, id := range ids {
		if p := byID[id]; p != nil {
			p.Settle(now)
			out = append(out, p)
		}
	}
	return out, nil
}

// locking is empty in a transaction that only reads, where no lock can be had.
func (t *Tx) locking() string {
	if t.readOnly {
		return ""
	}
	return t.dialect.lock
}

func scanPublication(rows *sql.Rows) (*press.Publication, error) {
	p := &press.Publication{}
	var created int64
	var withdrawn sql.NullInt64
	var notes sql.NullString
	if err := rows.Scan(&p.ID, &p.Slug, &p.Version, &created, &withdrawn, &notes); err != nil {
		return p, err
	}
	p.CreatedAt = instant(created)
	if !withdrawn.Valid {
		return p, nil
	}
	p.Withdrawn = &press.Withdrawal{At: instant(withdrawn.Int64)}
	return p, json.Unmarshal([]byte(notes.String), &p.Withdrawn.Notes)
}

func scanRevision(rows *sql.Rows) (string, *press.Revision, error) {
	var id, state, record string
	var release sql.NullInt64
	var out int64
	if err := rows.Scan(&id, &state, &release, &out, &record); err != nil {
		return "", nil, err
	}
	r := &press.Revision{}
	if err := json.Unmarshal([]byte(record), r); err != nil {
		return "", nil, err
	}
	r.State, r.ReleaseAt, r.Out = press.State(state), time.Time{}, out != 0
	if release.Valid {
		r.ReleaseAt = instant(release.Int64)
	}
	return id, r, nil
}

// Insert adds a new publication with its slug. It gets an id, and version 1.
func (t *Tx) Insert(p *press.Publication) error {
	change, err := t.change()
	if err != nil {
		return err
	}
	p.ID, p.Version = NewID(), 1
	if err := t.free(p); err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO publications (id, slug, version, created_at, change) VALUES (?, ?, 1, ?, ?)", p.ID, p.Slug, micros(p.CreatedAt), change); err != nil {
		return failed("publication", err)
	}
	return errors.Join(t.saveSlug(p), t.saveRevisions(p))
}

// Save writes what a move has changed: the publication and its last revision.
// Earlier revisions never change, but that they are out. The version grows by one.
func (t *Tx) Save(p *press.Publication) error {
	change, err := t.change()
	if err != nil {
		return err
	}
	var withdrawn time.Time
	var notes sql.NullString
	if p.Withdrawn != nil {
		encoded, err := json.Marshal(p.Withdrawn.Notes)
		if err != nil {
			return err
		}
		withdrawn, notes = p.Withdrawn.At, sql.NullString{String: string(encoded), Valid: true}
	}
	if err := t.free(p); err != nil {
		return err
	}
	result, err := t.exec("UPDATE publications SET slug = ?, version = version + 1, withdrawn_at = ?, withdrawn_notes = ?, change = ? WHERE id = ? AND version = ?",
		p.Slug, nullMicros(withdrawn), notes, change, p.ID, p.Version)
	if err != nil {
		return failed("publication", err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(&press.Error{Kind: press.Changed, Detail: "the publication has changed meanwhile", Fix: "read it again"}, err)
	}
	p.Version++
	if p.Current() == nil { // a name that no reader has seen leads nowhere once it is changed
		if _, err := t.exec("DELETE FROM slugs WHERE publication_id = ? AND slug <> ?", p.ID, p.Slug); err != nil {
			return failed("slug", err)
		}
	}
	return errors.Join(t.saveSlug(p), t.saveRevisions(p))
}

// Claim makes this the only transaction that changes publications until it ends. Who
// reads the clock after it knows that no wait lies between the instant and the change,
// and all who lock a publication do it in the same order.
func (t *Tx) Claim() (err error) {
	if t.claimed == 0 {
		t.claimed, err = t.next()
	}
	return err
}

// change is the number of a change in the order of changes.
func (t *Tx) change() (n int64, err error) {
	if err := t.Claim(); err != nil {
		return 0, err
	}
	n, t.claimed = t.claimed, 0
	return n, nil
}

// next takes the next number of the order of changes. Its lock is held to the end
// of the transaction.
func (t *Tx) next() (n int64, err error) {
	if err = t.row("UPDATE counters SET value = value + 1 WHERE name = 'changes' RETURNING value").Scan(&n); err != nil {
		return 0, failed("changes", err)
	}
	return n, nil
}

// free refuses a slug that leads to another publication. Whoever has taken a
// number of the order of changes is the only one who can give slugs away.
func (t *Tx) free(p *press.Publication) error {
	var owner string
	err := t.row("SELECT publication_id FROM slugs WHERE slug = ?", p.Slug).Scan(&owner)
	switch {
	case err == nil && owner != p.ID:
		return &press.Error{Kind: press.Taken, Field: "slug", Detail: "that slug belongs to another publication, or did before it moved", Fix: "choose another slug"}
	case err == nil || errors.Is(err, sql.ErrNoRows):
		return nil
	}
	return failed("slug", err)
}

func (t *Tx) saveSlug(p *press.Publication) error {
	if _, err := t.exec("INSERT INTO slugs (slug, publication_id) VALUES (?, ?) ON CONFLICT (slug) DO NOTHING", p.Slug, p.ID); err != nil {
		return failed("slug", err)
	}
	return nil
}

// saveRevisions writes the last revision, and takes away one that was discarded.
func (t *Tx) saveRevisions(p *press.Publication) error {
	if _, err := t.exec("DELETE FROM revisions WHERE publication_id = ? AND number > ?", p.ID, len(p.Revisions)); err != nil {
		return failed("revisions", err)
	}
	if len(p.Revisions) == 0 {
		return nil
	}
	r := p.Revisions[len(p.Revisions)-1]
	if _, err := t.exec("UPDATE revisions SET out = 1 WHERE publication_id = ? AND number < ? AND out = 0", p.ID, r.Number); err != nil {
		return failed("revisions", err)
	}
	record, err := json.Marshal(r)
	if err != nil {
		return err
	}
	state := string(r.State)
	if !r.ReleaseAt.IsZero() {
		state = released
	}
	_, err = t.exec(`INSERT INTO revisions (publication_id, number, state, reason, release_at, out, zone, day, created_at, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (publication_id, number) DO UPDATE SET state = excluded.state, release_at = excluded.release_at, out = excluded.out,
		zone = excluded.zone, day = excluded.day, record = excluded.record`,
		p.ID, r.Number, state, string(r.Change), nullMicros(r.ReleaseAt), flag(r.Out), r.Zone, r.Day, micros(r.CreatedAt), string(record))
	if err != nil {
		return failed("revision", err)
	}
	return errors.Join(t.saveLanguages(p, r), t.saveFiles(p, r))
}

// released is how scheduled, published and superseded revisions are kept: which
// of them one is, the clock says.
const released = "released"

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// saveLanguages writes what lists and searches look at. A language that comes
// without terms, as it is loaded, keeps those that it has.
func (t *Tx) saveLanguages(p *press.Publication, r *press.Revision) error {
	gone, args := "", []any{p.ID, r.Number}
	if n := len(r.Languages); n > 0 {
		gone = " AND lang NOT IN (" + marks(n) + ")"
	}
	for _, l := range r.Languages {
		args = append(args, l.Lang)
	}
	if _, err := t.exec("DELETE FROM languages WHERE publication_id = ? AND number = ?"+gone, args...); err != nil {
		return failed("languages", err)
	}
	for _, l := range r.Languages {
		save := t.saveLanguage
		if l.Terms == nil {
			save = t.keepLanguage
		}
		if err := save(p.ID, r.Number, l); err != nil {
			return failed("languages", err)
		}
	}
	return nil
}

// saveLanguage writes a language with the terms that it comes with.
func (t *Tx) saveLanguage(id string, number int, l press.Language) error {
	_, err := t.exec("DELETE FROM languages WHERE publication_id = ? AND number = ? AND lang = ?", id, number, l.Lang)
	if err == nil {
		_, err = t.exec("INSERT INTO languages (publication_id, number, lang, kind, terms) VALUES (?, ?, ?, ?, "+t.dialect.terms+")",
			id, number, l.Lang, l.Kind, t.dialect.words(l.Terms))
	}
	return err
}

// keepLanguage keeps a language's terms: its own, else those of the revision that
// this one began as a copy of, else none.
func (t *Tx) keepLanguage(id string, number int, l press.Language) error {
	result, err := t.exec("UPDATE languages SET kind = ? WHERE publication_id = ? AND number = ? AND lang = ?", l.Kind, id, number, l.Lang)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	result, err = t.exec("INSERT INTO languages (publication_id, number, lang, kind, terms) SELECT publication_id, number + 1, lang, kind, terms FROM languages WHERE publication_id = ? AND number = ? AND lang = ?",
		id, number-1, l.Lang)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return t.saveLanguage(id, number, l)
}

// saveFiles notes which blobs the revision needs.
func (t *Tx) saveFiles(p *press.Publication, r *press.Revision) error {
	if _, err := t.exec("DELETE FROM files WHERE publication_id = ? AND number = ?", p.ID, r.Number); err != nil {
		return failed("files", err)
	}
	seen := map[string]bool{}
	var rows []string
	var args []any
	for digest := range r.Digests() {
		if !seen[digest] {
			seen[digest] = true
			rows, args = append(rows, "(?, ?, ?)"), append(args, digest, p.ID, r.Number)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if _, err := t.exec("INSERT INTO files (digest, publication_id, number) VALUES "+strings.Join(rows, ", "), args...); err != nil {
		return failed("files", err)
	}
	return nil
}

// Remove deletes a publication with everything that the database knows of it,
// save its audit trail.
func (t *Tx) Remove(p *press.Publication) error {
	change, err := t.change()
	if err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM publications WHERE id = ?", p.ID); err != nil {
		return failed("publication", err)
	}
	if _, err := t.exec("INSERT INTO removals (publication_id, change) VALUES (?, ?)", p.ID, change); err != nil {
		return failed("publication", err)
	}
	return t.dropAnswers(p.ID)
}
