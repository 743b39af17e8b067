// Package source owns reading structured text (YAML, TOML, JSON) with the
// place of every value, so that what is wrong can be pointed at. It must never
// know what the values mean.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// TOML decodes a file of a resource folder. Unknown keys are errors; every
// error names file, line and column where the decoder knows them.
func TOML(fsys fs.FS, file string, into any) error {
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return err
	}
	err = toml.NewDecoder(bytes.NewReader(b)).DisallowUnknownFields().Decode(into)
	if err == nil {
		return nil
	}
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		e := strict.Errors[0]
		row, col := e.Position()
		return fmt.Errorf("%s:%d:%d: unknown key %q", file, row, col, strings.Join(e.Key(), "."))
	}
	if de, ok := errors.AsType[*toml.DecodeError](err); ok {
		row, col := de.Position()
		return fmt.Errorf("%s:%d:%d: %w", file, row, col, de)
	}
	return fmt.Errorf("%s: %w", file, err)
}
