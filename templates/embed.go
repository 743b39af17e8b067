// Package templates carries the document kinds and themes inside the binary.
package templates

import "embed"

//go:embed kinds themes
var FS embed.FS
