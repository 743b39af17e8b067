package store

import (
	"database/sql"
	"strings"
	"time"

	"communique/service/press"
	"communique/service/search"
)

// Filter chooses publications for the press office. Zero fields choose all.
type Filter struct {
	State press.State
	// Withdrawn chooses the withdrawn ones only.
	Withdrawn  bool
	Kind, Lang string
	// Since and Until bound the date of the document, both included: "2023-11-14".
	Since, Until string
	Words        []search.Term
	// Before is the change after which the page begins, 0 for the first page.
	Before int64
	Limit  int
}

// conditions builds the part of a query after WHERE.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(condition string, args ...any) {
	c.parts, c.args = append(c.parts, condition), append(c.args, args...)
}

func (c *conditions) String() string {
	if len(c.parts) == 0 {
		return "1 = 1"
	}
	return strings.Join(c.parts, " AND ")
}

// isOut and isCurrent are the conditions that a revision r is out at an instant,
// which they take as an argument, and that none after it is.
const (
	isOut     = "r.state = 'released' AND (r.out = 1 OR r.release_at <= ?)"
	isCurrent = isOut + " AND NOT EXISTS (SELECT 1 FROM revisions n WHERE n.publication_id = r.publication_id AND n.number > r.number AND n.state = 'released' AND (n.out = 1 OR n.release_at <= ?))"
	isLast    = "r.number = (SELECT max(n.number) FROM revisions n WHERE n.publication_id = r.publication_id)"
	isBack    = "p.withdrawn_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revisions n WHERE n.publication_id = p.id AND n.release_at > p.withdrawn_at AND (n.out = 1 OR n.release_at <= ?))"
)

// List is a page of publications, what has changed last first, and the change
// with which the next page begins: 0 if there is none.
func (t *Tx) List(f Filter) (list []*press.Publication, next int64, err error) {
	now, err := t.Now()
	if err != nil {
		return nil, 0, err
	}
	c := t.listed(f, micros(now))
	var ids []string
	var changes []int64
	err = t.each("SELECT p.id, p.change FROM publications p WHERE "+c.String()+" ORDER BY p.change DESC LIMIT ?", append(c.args, f.Limit+1), func(rows *sql.Rows) error {
		var id string
		var change int64
		err := rows.Scan(&id, &change)
		ids, changes = append(ids, id), append(changes, change)
		return err
	})
	if err != nil {
		return nil, 0, failed("list", err)
	}
	if len(ids) > f.Limit {
		ids, next = ids[:f.Limit], changes[f.Limit-1]
	}
	list, err = t.load(ids)
	return list, next, err
}

// listed are the conditions of a list at an instant.
func (t *Tx) listed(f Filter, at int64) *conditions {
	c := &conditions{}
	r := &conditions{} // of one revision, the last or the one that readers see
	switch f.State {
	case "":
		r.add(isLast)
	case press.Draft, press.Review:
		r.add("r.state = ?", string(f.State))
	case press.Scheduled:
		r.add("r.state = 'released' AND r.out = 0 AND r.release_at > ?", at)
	case press.Published:
		r.add(isCurrent, at, at)
	case press.Superseded:
		r.add(isOut+" AND NOT ("+isCurrent+")", at, at, at)
	}
	if f.Since != "" {
		r.add("r.day >= ?", f.Since)
	}
	if f.Until != "" {
		r.add("r.day <= ?", f.Until)
	}
	t.ofLanguages(r, f.Kind, f.Lang, f.Words)
	// by their publication, never by their state: SQLite, which keeps no statistics, takes the longer way
	ofPublication := strings.ReplaceAll(r.String(), "r.state", t.dialect.unindexed+"r.state")
	c.add("EXISTS (SELECT 1 FROM revisions r WHERE r.publication_id = p.id AND "+ofPublication+")", r.args...)
	if f.Withdrawn {
		c.add(isBack, at)
	}
	if f.Before > 0 {
		c.add("p.change < ?", f.Before)
	}
	return c
}

// ofLanguages asks for a revision that has a language, a kind, a text with words.
func (t *Tx) ofLanguages(r *conditions, kind, lang string, words []search.Term) {
	l := &conditions{}
	if kind != "" {
		l.add("l.kind = ?", kind)
	}
	if lang != "" {
		l.add("l.lang = ?", lang)
	}
	if len(words) > 0 {
		l.add(t.dialect.matches, t.dialect.query(words))
	}
	if len(l.parts) > 0 {
		r.add("EXISTS (SELECT 1 FROM languages l WHERE l.publication_id = r.publication_id AND l.number = r.number AND "+l.String()+")", l.args...)
	}
}

// Shelf chooses publications for readers: what is out at an instant and not withdrawn
// before, by the date of the document. Zero fields choose all.
type Shelf struct {
	// At is the instant of the index in memory. What has been released since waits
	// until the pages that the list leads to are there.
	At         time.Time
	Year       string
	Kind, Lang string
	Words      []search.Term
	Limit      int
	Offset     int
}

func (t *Tx) shelf(s Shelf) *conditions {
	at := micros(s.At)
	r := &conditions{}
	r.add(isCurrent, at, at)
	if s.Year != "" {
		r.add("r.day >= ? AND r.day < ?", s.Year+"-", s.Year+".")
	}
	if len(s.Words) > 0 { // of what is withdrawn only the notice is left: its words would tell what it said
		r.add("NOT EXISTS (SELECT 1 FROM publications p WHERE p.id = r.publication_id AND "+isBack+")", at)
	}
	t.ofLanguages(r, s.Kind, s.Lang, s.Words)
	return r
}

// Shelf lists what readers see, the newest first.
func (t *Tx) Shelf(s Shelf) ([]*press.Publication, error) {
	r := t.shelf(s)
	var ids []string
	err := t.each("SELECT r.publication_id FROM revisions r WHERE "+r.String()+" ORDER BY r.day DESC, r.publication_id DESC LIMIT ? OFFSET ?",
		append(r.args, s.Limit, s.Offset), func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
	if err != nil {
		return nil, failed("shelf", err)
	}
	return t.load(ids)
}

// Facet is a value by which readers can choose, and how many publications have it.
type Facet struct {
	Value string
	Count int
}

// Count tells how many publications a shelf holds.
func (t *Tx) Count(s Shelf) (n int, err error) {
	r := t.shelf(s)
	if err := t.row("SELECT count(*) FROM revisions r WHERE "+r.String(), r.args...).Scan(&n); err != nil {
		return 0, failed("shelf", err)
	}
	return n, nil
}

// Facets are the years, kinds and languages of everything that is out.
func (t *Tx) Facets(at time.Time) (years, kinds, langs []Facet, err error) {
	now := micros(at)
	sorts := map[string]*[]Facet{"y": &years, "k": &kinds, "l": &langs}
	err = t.each(`WITH c AS MATERIALIZED (SELECT r.publication_id, r.number, substr(r.day, 1, 4) AS year FROM revisions r WHERE `+isCurrent+`)
		SELECT 'y', year, count(*) FROM c GROUP BY 2
		UNION ALL SELECT 'k', l.kind, count(DISTINCT c.publication_id) FROM c JOIN languages l ON l.publication_id = c.publication_id AND l.number = c.number GROUP BY 2
		UNION ALL SELECT 'l', l.lang, count(*) FROM c JOIN languages l ON l.publication_id = c.publication_id AND l.number = c.number GROUP BY 2
		ORDER BY 1, 2`, []any{now, now}, func(rows *sql.Rows) error {
		var sort string
		var f Facet
		err := rows.Scan(&sort, &f.Value, &f.Count)
		*sorts[sort] = append(*sorts[sort], f)
		return err
	})
	if err != nil {
		return nil, nil, nil, failed("shelf", err)
	}
	return years, kinds, langs, nil
}
