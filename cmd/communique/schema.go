package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"communique/render"
)

func newSchema(t *terminal) *cobra.Command {
	schemas := render.Schemas()
	names := slices.Sorted(maps.Keys(schemas))
	return &cobra.Command{
		Use:   "schema NAME",
		Short: "Print a JSON Schema: " + strings.Join(names, ", "),
		Long: "Print a JSON Schema (2020-12):\n" +
			"  document   the format json, which is the document itself: its text by constructs\n" +
			"  plenary    the record of a meeting, which editors complete and check by it\n" +
			"  statement  the front matter of a statement, the YAML before its Markdown",
		Example:   "  communique schema plenary > plenary.schema.json",
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{"communique schema needs the name of a schema.", "Write communique schema " + strings.Join(names, " or communique schema ") + "."}
			}
			if err := oneOf("schema", args[0], names); err != nil {
				return err
			}
			_, err := t.out.Write(schemas[args[0]])
			return err
		},
	}
}
