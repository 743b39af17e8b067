package markdown

// Limits on hostile input. Each bounds time or memory that would otherwise grow
// faster than the source; what goes beyond a limit is a Problem of severity
// error, and its text stays text.
const (
	// MaxSource is the size of a source file in bytes.
	MaxSource = 8 << 20
	// MaxLines is the number of lines of a source file.
	MaxLines = 500_000
	// MaxFrontMatter is the size of the front matter in bytes.
	MaxFrontMatter = 64 << 10
	// MaxBlockDepth is how deep quotes, lists, items and containers may nest.
	MaxBlockDepth = 100
	// MaxInlineDepth is how deep emphasis, links and spans may nest.
	MaxInlineDepth = 100
	// MaxMarks is the number of emphasis marks and open brackets in one
	// paragraph: matching them takes quadratic time.
	MaxMarks = 1000
	// MaxFailures is the number of links in one paragraph that may lack their
	// end on a line of more than longLine bytes: each search reads all of it.
	MaxFailures = 30
	longLine    = 4 << 10
	// MaxRun is the length of a run of equal emphasis marks or backticks.
	MaxRun = 100
	// MaxSteps is the number of times that open lists, quotes and containers
	// are carried on to a next line, in the whole document.
	MaxSteps = 2_000_000
	// MaxColumns and MaxCells bound tables: short rows are filled up with cells.
	MaxColumns = 100
	MaxCells   = 250_000
	// MaxDefinitions is the number of link definitions in one paragraph.
	MaxDefinitions = 2000
	// MaxAttributes is the length of an attribute list {...} in bytes.
	MaxAttributes = 1000
	// MaxAbbreviations is the number of abbreviations of a document,
	// MaxAbbreviation the length of one in bytes: each word of the text is compared with them.
	MaxAbbreviations = 500
	MaxAbbreviation  = 60
	// MaxReported is the number of problems of one code that are reported
	// one by one; the rest is counted.
	MaxReported = 100
)
