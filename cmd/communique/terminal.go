package main

import (
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-isatty"

	"communique/render/diag"
)

// terminal is the three streams of a run.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// isTerminal tells whether a person reads what is written to w.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// colorModes are the values of --color.
var colorModes = []string{"auto", "always", "never"}

// printer chooses how problems look on a stream: with excerpts on a terminal
// or by --color, and in colours unless NO_COLOR (https://no-color.org) or a
// dumb terminal forbids them.
func printer(w io.Writer, color string, source func(string) []byte) *diag.Printer {
	p := &diag.Printer{Source: source}
	switch color {
	case "always":
		p.Excerpt, p.Color = true, true
	case "auto":
		p.Excerpt = isTerminal(w)
		p.Color = p.Excerpt && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return p
}

// oneOf checks the value of a flag that has a fixed set of values.
func oneOf(flag, value string, known []string) error {
	if slices.Contains(known, value) {
		return nil
	}
	fix := "It can be " + strings.Join(known, ", ") + "."
	if near := diag.Nearest(value, known); near != "" {
		fix = "Did you mean --" + flag + "=" + near + "? " + fix
	}
	return &usageError{"there is no " + flag + ` "` + value + `".`, fix}
}
