package store

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"communique/service/press"
)

// TestListsLookUpRevisionsByPublication: SQLite has no statistics to go by, and
// would else go through all drafts for each publication.
func TestListsLookUpRevisionsByPublication(t *testing.T) {
	s := migrated(t, filepath.Join(t.TempDir(), "communique.db"))
	for _, f := range []Filter{{}, {State: press.Draft}, {State: press.Scheduled}, {State: press.Published, Lang: "fr"}, {State: press.Superseded}, {Words: terms("diamonds")}} {
		f.Limit = 50
		read(t, s, func(tx *Tx) error {
			now, err := tx.Now()
			if err != nil {
				return err
			}
			c := tx.listed(f, micros(now))
			used := ""
			err = tx.each("EXPLAIN QUERY PLAN SELECT p.id FROM publications p WHERE "+c.String()+" ORDER BY p.change DESC", c.args, func(rows *sql.Rows) error {
				var id, parent, unused int
				var step string
				err := rows.Scan(&id, &parent, &unused, &step)
				used += step + "\n"
				return err
			})
			_, way, _ := strings.Cut(used, "SEARCH r ")
			if !strings.Contains(strings.SplitN(way, "\n", 2)[0], "revisions_1 (publication_id=?") {
				t.Errorf("%+v is asked so:\n%s", f, used)
			}
			return err
		})
	}
}
