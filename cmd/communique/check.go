package main

import (
	"github.com/spf13/cobra"

	"communique/render"
)

func newCheck(t *terminal, folders *folders) *cobra.Command {
	f := &sourceFlags{}
	var asJSON bool
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Say what is wrong with statements and records of meetings",
		Long: "Say what is wrong with Markdown files, page layout included, and with the records of\n" +
			"meetings (.yaml, .json), and write nothing.\n" +
			"Problems are printed on standard output, their count on standard error.",
		Example: `  communique check statement.en.md
  communique check --strict *.md
  communique check plenary.yaml
  communique check --json *.md | jq -r .code`,
		RunE: func(c *cobra.Command, files []string) error {
			if err := checkInputs("communique check", files); err != nil {
				return err
			}
			opened, err := folders.open()
			if err != nil {
				return err
			}
			r, err := folders.renderer(opened, 0)
			if err != nil {
				return err
			}
			request, err := f.request(r)
			if err != nil {
				return err
			}
			request.CheckOnly, request.Formats = true, []render.Format{render.PDF, render.HTML} // the others find nothing more
			w := &work{terminal: t, renderer: r, request: request, color: f.color, problemsTo: t.out, json: asJSON}
			return w.run(c.Context(), files, func(render.Artifact) error { return nil })
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print each problem as a line of JSON")
	f.add(c.Flags())
	complete(c, f.completions(folders))
	return c
}
