package store

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// restore fills a table with what Dump has written of it.
func (t *Tx) restore(name string, r io.Reader) error {
	d, err := tableNamed(name)
	if err != nil {
		return err
	}
	lines := json.NewDecoder(r)
	lines.UseNumber()
	var columns []string
	if err := lines.Decode(&columns); err != nil {
		return fmt.Errorf("%s: its columns cannot be read: %w", name, err)
	}
	known, err := t.columns(d)
	if err != nil {
		return failed(name, err)
	}
	if !slices.Equal(known, columns) { // they become a part of the statement
		return fmt.Errorf("%s: it has the columns %s, and not %s", name, strings.Join(columns, ", "), strings.Join(known, ", "))
	}
	at := slices.Index(columns, d.terms)
	places := slices.Repeat([]string{"?"}, len(columns))
	overriding := ""
	if at >= 0 {
		places[at] = t.dialect.terms
	}
	if d.counted != "" {
		overriding = t.dialect.overriding
	}
	insert, err := t.PrepareContext(t.ctx, t.dialect.bind("INSERT INTO "+name+" ("+strings.Join(columns, ", ")+")"+overriding+" VALUES ("+strings.Join(places, ", ")+")"))
	if err != nil {
		return failed(name, err)
	}
	defer insert.Close()
	for n := 1; ; n++ {
		var values []any
		if err := lines.Decode(&values); err == io.EOF {
			break
		} else if err != nil {
			return fmt.Errorf("%s: row %d cannot be read: %w", name, n, err)
		}
		if len(values) != len(columns) {
			return fmt.Errorf("%s: row %d has %d values, and not %d", name, n, len(values), len(columns))
		}
		if err := t.values(values, at); err != nil {
			return fmt.Errorf("%s: row %d: %w", name, n, err)
		}
		if _, err := insert.ExecContext(t.ctx, values...); err != nil {
			return failed(fmt.Sprintf("%s: row %d", name, n), err)
		}
	}
	if d.counted != "" && t.dialect.recount != "" {
		if _, err := t.exec(fmt.Sprintf(t.dialect.recount, name, d.counted)); err != nil {
			return failed(name, err)
		}
	}
	return nil
}

// values turns what JSON gives into what the database takes: numbers, texts,
// nothing, and terms in its own form.
func (t *Tx) values(values []any, terms int) error {
	for i, v := range values {
		switch v := v.(type) {
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return err
			}
			values[i] = n
		case string:
			if i == terms {
				values[i] = t.dialect.words(strings.Fields(v))
			}
		case nil:
		default:
			return fmt.Errorf("value %d is neither a number nor a text", i+1)
		}
	}
	return nil
}
