package markdown

import _ "embed"

//go:embed statement.schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of the front matter of a statement, made from
// the types of this package. It takes what Parse reads without a problem, but for
// what depends on the text below, the file's name or the office's folders.
func Schema() []byte { return schema }
