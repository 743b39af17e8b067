package main

import (
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// variable marks a flag that can be given by the environment, and names the variable.
const variable = "communique-environment"

// fromEnvironment lets all flags of a set be given by the environment: --public-url
// by COMMUNIQUE_PUBLIC_URL.
func fromEnvironment(set *pflag.FlagSet) {
	set.VisitAll(func(f *pflag.Flag) {
		f.Annotations = map[string][]string{variable: {"COMMUNIQUE_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))}}
	})
}

// readEnvironment gives flags that are not on the command line the values of their
// variables. What is wrong with one is said without its value, which may be a secret.
func readEnvironment(set *pflag.FlagSet) (wrong error) {
	set.VisitAll(func(f *pflag.Flag) {
		names := f.Annotations[variable]
		if len(names) == 0 || f.Changed || os.Getenv(names[0]) == "" {
			return
		}
		if err := set.Set(f.Name, os.Getenv(names[0])); err != nil && wrong == nil {
			wrong = &usageError{names[0] + ": " + cause(err) + ".", "It stands for --" + f.Name + " " + f.Value.Type() + "."}
		}
	})
	return wrong
}

// cause is what a flag said of a value, without the value.
func cause(err error) string {
	if invalid, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		err = invalid.Unwrap()
	}
	text := err.Error()
	if strings.HasPrefix(text, "strconv.") || strings.HasPrefix(text, "time: ") { // these repeat the value
		return "the value cannot be read"
	}
	return text
}

// flagGroup is some flags of a command under a heading of its help.
type flagGroup struct {
	title string
	set   *pflag.FlagSet
}

func newGroup(title string) flagGroup {
	g := flagGroup{title, pflag.NewFlagSet(title, pflag.ContinueOnError)}
	g.set.SortFlags = false
	return g
}

// addGroups gives a command flags in groups.
func addGroups(c *cobra.Command, after string, groups ...flagGroup) {
	var help strings.Builder
	for _, g := range groups {
		c.Flags().AddFlagSet(g.set)
		help.WriteString(g.title + ":\n" + strings.TrimRight(g.set.FlagUsages(), "\n") + "\n\n")
	}
	c.SetHelpTemplate(helpHead + help.String() + after + helpTail)
}
