// Package artifact owns what is made: the formats, what artifacts are called, and
// where they stand. It has names and tables, and must never look into a document or
// write one.
package artifact

import "slices"

// Format is a kind of output.
type Format string

// The formats.
const (
	PDF  Format = "pdf"
	HTML Format = "html"
	Text Format = "txt"
	JSON Format = "json"
	// PNG is a picture of each page, Card one for links shared elsewhere.
	PNG  Format = "png"
	Card Format = "card"
	// The data of a record: its outcomes and figures as tables, and all of it.
	OutcomesCSV   Format = "outcomes.csv"
	StatisticsCSV Format = "statistics.csv"
	Data          Format = "data.json"
)

// Scope says how often the data of a record is written: never, as the format is for
// documents; once; or once for each language.
type Scope uint8

// The scopes.
const (
	Documents Scope = iota
	Once
	PerLanguage
)

// row is one row of the table of formats.
type row struct {
	format    Format
	mediaType string
	scope     Scope
}

const csv = "text/csv; charset=utf-8; header=present"

var table = []row{
	{PDF, "application/pdf", Documents},
	{HTML, "text/html; charset=utf-8", Documents},
	{Text, "text/plain; charset=utf-8", Documents},
	{JSON, "application/json", Documents},
	{PNG, "image/png", Documents},
	{Card, "image/png", Documents},
	{OutcomesCSV, csv, PerLanguage},
	{StatisticsCSV, csv, PerLanguage},
	{Data, "application/json", Once},
}

// Formats lists the formats, the default first.
func Formats() (list []Format) {
	for _, r := range table {
		list = append(list, r.format)
	}
	return list
}

// Names are those of the formats, for messages.
func Names() (names []string) {
	for _, r := range table {
		names = append(names, string(r.format))
	}
	return names
}

func (f Format) row() row {
	if i := slices.IndexFunc(table, func(r row) bool { return r.format == f }); i >= 0 {
		return table[i]
	}
	return row{}
}

// Known tells a format from another word.
func (f Format) Known() bool { return f.row().format == f && f != "" }

// MediaType is the media type of a format, with its parameters; empty for an unknown one.
func (f Format) MediaType() string { return f.row().mediaType }

// Scope says how often a format is written.
func (f Format) Scope() Scope { return f.row().scope }

// OfRecord tells a format that is made of the record of a meeting alone.
func (f Format) OfRecord() bool { return f.Scope() != Documents }

// Paged tells a format with an artifact for each page.
func (f Format) Paged() bool { return f == PNG }

// Extension ends the file names of a format's artifacts, as ".pdf" does.
func (f Format) Extension() string {
	if f == Card {
		return ".card.png"
	}
	return "." + string(f)
}
