package main

import (
	"github.com/spf13/cobra"

	"communique/render"
)

func newSchema(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:       "schema document",
		Short:     "Print the JSON Schema of the format json",
		Long:      "Print the JSON Schema (2020-12) of the format json, which is the document itself: its text by constructs.",
		Example:   "  communique schema document > document.schema.json",
		ValidArgs: []string{"document"},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return &usageError{"communique schema needs the name of a schema.", "Write communique schema document."}
			}
			if err := oneOf("schema", args[0], []string{"document"}); err != nil {
				return err
			}
			_, err := t.out.Write(render.DocumentSchema())
			return err
		},
	}
}
