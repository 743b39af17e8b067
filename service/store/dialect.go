package store

import (
	"database/sql"
	"strconv"
	"strings"

	"communique/service/search"
)

// dialect is where the two databases differ.
type dialect struct {
	name string
	// now is the database's clock as microseconds.
	now string
	// began is that clock at the start of a transaction that only reads, or before.
	began string
	// numbered tells placeholders $1, $2, … instead of ?.
	numbered bool
	// shared tells that several servers use the database at the same time.
	shared bool
	// snapshot is the isolation in which all reads of a transaction see one state.
	snapshot sql.IsolationLevel
	// lock ends a query that keeps other writers away from its rows.
	lock string
	// matches is the condition that a language of a revision has the terms of a query.
	matches string
	// query writes words as the database's own query: all of them.
	query func([]search.Term) string
	// terms is the value of a placeholder as the column of languages by which they
	// are found, and words what to put there.
	terms string
	words func(terms []string) string
	// unindexed keeps the planner from an index on the column that it stands before.
	unindexed string
	// read is that column as a text, whatever the order of the terms.
	read string
	// bytes orders texts by their bytes.
	bytes string
	// catalogue counts the tables of the database, by their name.
	catalogue string
	// overriding lets a numbered column take numbers, from which recount goes on.
	overriding, recount string
}

var (
	sqlite = dialect{
		name:    "SQLite",
		now:     "CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER)",
		began:   "CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER)", // reads no table, so that the snapshot is taken after it
		matches: "l.id IN (SELECT rowid FROM words WHERE words MATCH ?)",
		query:   func(words []search.Term) string { return joined(words, " AND ", `"`, `"*`) },
		terms:   "?",
		words:   func(terms []string) string { return strings.Join(terms, " ") },
		read:    "terms",

		unindexed: "+",
		bytes:     " COLLATE BINARY",

		catalogue: "SELECT count(*) FROM sqlite_master WHERE type = 'table'",
	}
	postgres = dialect{
		name:     "PostgreSQL",
		now:      "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
		began:    "(extract(epoch FROM transaction_timestamp()) * 1000000)::bigint",
		numbered: true,
		shared:   true,
		snapshot: sql.LevelRepeatableRead,
		lock:     " FOR UPDATE",
		matches:  "l.terms @@ CAST(? AS tsquery)",
		query:    func(words []search.Term) string { return joined(words, " & ", "'", "':*") },
		terms:    "array_to_tsvector(CAST(? AS text[]))",
		words:    array,
		read:     "array_to_string(tsvector_to_array(terms), ' ')",
		bytes:    ` COLLATE "C"`,

		catalogue:  "SELECT count(*) FROM (SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()) AS t WHERE 1 = 1",
		overriding: " OVERRIDING SYSTEM VALUE",
		recount:    "SELECT setval(pg_get_serial_sequence('%[1]s', '%[2]s'), greatest((SELECT max(%[2]s) FROM %[1]s), 1), EXISTS (SELECT 1 FROM %[1]s))",
	}
)

// bind writes the placeholders as the database wants them. No query holds a
// question mark that is something else.
func (d dialect) bind(query string) string {
	if !d.numbered {
		return query
	}
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(query, "?") {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}

// marks are the placeholders of a list.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// joined writes words in quotation marks, which no term holds (package search).
func joined(words []search.Term, and, quote, prefix string) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = quote + w.Text + quote
		if w.Prefix {
			parts[i] = quote + w.Text + prefix
		}
	}
	return strings.Join(parts, and)
}

// array is terms as a PostgreSQL array; quoted, or null would be no word.
func array(terms []string) string {
	if len(terms) == 0 {
		return "{}"
	}
	return `{"` + strings.Join(terms, `","`) + `"}`
}
