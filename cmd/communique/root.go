package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"communique/render/diag"
)

const exitHelp = `Exit status:
  0  done (warnings may have been printed)
  1  the input has errors
  2  wrong usage, or a wrong folder of fonts, locales or templates
  3  our fault, or the machine's: an internal error, a full disk`

const environmentHelp = `Environment:
  COMMUNIQUE_FONTS, COMMUNIQUE_LOCALES, COMMUNIQUE_TEMPLATES
            folders of your own; their files are taken before the built-in ones
  COMMUNIQUE_DATA, COMMUNIQUE_DATABASE, COMMUNIQUE_FILES, and all other flags of
            'communique serve', with underscores for hyphens; a flag goes before
  NO_COLOR  no colours, if set`

// helpTemplate is cobra's, shortened.
const helpTemplate = helpHead + `{{if .HasAvailableLocalFlags}}Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}

{{end}}` + helpTail

const helpHead = `{{with or .Long .Short}}{{. | trimTrailingWhitespaces}}

{{end}}{{if .Runnable}}Usage:
  {{.UseLine}}{{if .HasSubCommands}}  ('communique COMMAND --help' tells more){{end}}

{{end}}{{if .HasExample}}Examples:
{{.Example}}

{{end}}{{if .HasAvailableSubCommands}}Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}

{{end}}`

const helpTail = `{{if .HasAvailableInheritedFlags}}Flags of every command:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}

{{end}}{{if not .HasParent}}` + environmentHelp + `

{{end}}` + exitHelp + `
`

func newRoot(t *terminal) *cobra.Command {
	folders := &folders{}
	root := &cobra.Command{
		Use:   "communique COMMAND",
		Short: "Official Markdown statements into PDF and HTML",
		Long: "communique turns Markdown statements and records of meetings into tagged, archival PDF, accessible\n" +
			"HTML, plain text and pictures, in every language, and keeps and publishes them for a press office.",
		Example: `  communique render statement.en.md                      statement.en.pdf beside it
  communique render *.md -o public --format pdf,html     every language, both formats
  communique check statement.en.md                       only say what is wrong
  communique serve                                       keep and publish them over HTTP`,
		Version:           programVersion(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		Args:              cobra.ArbitraryArgs,
		PersistentPreRunE: func(c *cobra.Command, _ []string) error { return readEnvironment(c.Flags()) },
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return c.Help()
			}
			return unknownCommand(c, args[0])
		},
	}
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(helpTemplate)
	root.SetFlagErrorFunc(flagError)
	root.SetVersionTemplate("communique {{.Version}}\n")
	folders.flags(root.PersistentFlags())
	root.DisableFlagsInUseLine = true
	root.AddCommand(newRender(t, folders), newCheck(t, folders), newServe(t, folders), newKeys(t), newBackup(t), newRestore(t), newDoctor(t, folders), newSchema(t), newVersion(t))
	return root
}

// unknownCommand answers a word that is no command; a file's name means render.
func unknownCommand(root *cobra.Command, word string) error {
	wrong := &usageError{fmt.Sprintf("there is no command %q.", word), "Try 'communique --help'."}
	if _, err := os.Stat(word); err == nil || strings.HasSuffix(word, ".md") {
		wrong.fix = "To render the file: communique render " + word
		return wrong
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	if near := diag.Nearest(word, names); near != "" {
		wrong.fix = "Did you mean '" + root.CommandPath() + " " + near + "'?"
	}
	return wrong
}

// flagError puts the flag parser's errors into a plain line with the fix.
func flagError(c *cobra.Command, err error) error {
	wrong := &usageError{strings.TrimPrefix(err.Error(), "pflag: ") + ".", "Try '" + c.CommandPath() + " --help'."}
	if missing, ok := errors.AsType[*pflag.NotExistError](err); ok {
		name := missing.GetSpecifiedName()
		wrong.message = fmt.Sprintf("%s has no flag %s.", c.CommandPath(), dashed(name))
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := diag.Nearest(name, known); near != "" && len(name) > 1 {
			wrong.fix = "Did you mean --" + near + "?"
		}
	}
	if missing, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		wrong.message = dashed(missing.GetSpecifiedName()) + " needs a value."
	}
	return wrong
}

func dashed(flag string) string {
	if len(flag) == 1 {
		return "-" + flag
	}
	return "--" + flag
}
