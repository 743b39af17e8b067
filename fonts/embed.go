// Package fonts carries the font families inside the binary: one folder each,
// described by its family.toml. README.md tells how to add one.
package fonts

import "embed"

//go:embed */family.toml */LICENSE */*.ttf
var FS embed.FS
