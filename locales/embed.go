// Package locales carries the words of every language, the CLDR tables,
// hyphenation patterns and the IANA time zones inside the binary.
package locales

import "embed"

//go:embed *.toml zoneinfo.zip cldr/overrides.toml cldr/formats cldr/names hyphenation breaks
var FS embed.FS
