package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"communique/render"
	"communique/render/diag"
	"communique/render/theme"
)

// sourceFlags are the flags that render and check share.
type sourceFlags struct {
	theme, paper, color string
	langs, products     []string
	strict              bool
}

func (f *sourceFlags) add(set *pflag.FlagSet) {
	set.StringVar(&f.theme, "theme", "", "the look, a `name`; the default is "+theme.Default)
	set.StringVar(&f.paper, "paper", "", "a4 or letter; the default is the theme's `paper`")
	set.StringSliceVar(&f.langs, "lang", nil, "`language` of statements (BCP 47), over front matter and file name; languages, separated by commas, to publish records in")
	set.StringSliceVar(&f.products, "product", nil, "`products` to make of the record of a meeting, separated by commas: report, notice, decisions, statistics; the default is report")
	set.BoolVar(&f.strict, "strict", false, "take warnings for errors")
	set.StringVar(&f.color, "color", "auto", "colours, and source lines under problems: --color=auto (on a terminal), =always, =never")
	set.Lookup("color").NoOptDefVal = "always"
}

// request checks the flags and makes a request of them, still without sources.
func (f *sourceFlags) request(r *render.Renderer) (render.Request, error) {
	if err := oneOf("color", f.color, colorModes); err != nil {
		return render.Request{}, err
	}
	if f.theme != "" {
		if err := oneOf("theme", f.theme, r.Themes()); err != nil {
			return render.Request{}, err
		}
	}
	if f.paper != "" {
		if err := oneOf("paper", f.paper, theme.Papers()); err != nil {
			return render.Request{}, err
		}
	}
	for _, p := range f.products {
		if err := oneOf("product", p, r.Products()); err != nil {
			return render.Request{}, err
		}
	}
	return render.Request{Theme: f.theme, Paper: f.paper, Langs: f.langs, Products: f.products, Strict: f.strict}, nil
}

// renderFlags are the flags of render.
type renderFlags struct {
	sourceFlags
	out     string
	formats []string
	quiet   bool
	attach  bool
	dpi     int
	pages   string
}

func newRender(t *terminal, folders *folders) *cobra.Command {
	f := &renderFlags{}
	c := &cobra.Command{
		Use:   "render FILE... [-o DIR|FILE]",
		Short: "Make PDF, HTML and other formats of statements and of records of meetings",
		Long: "Make PDF, HTML and other formats of statements, which are Markdown files. statement.en.md becomes statement.en.pdf\n" +
			"beside it, or in the folder that -o names (made if need be). Existing files are replaced, whole or not at all.\n" +
			"Languages of one publication (statement.en.md, statement.fr.md) given in one call link to each other.\n\n" +
			"The record of a meeting is a YAML or JSON file. It becomes an outcome report, a press notice, a list of decisions or\n" +
			"statistics (--product), in each language of its headline or those of --lang: plenary.yaml becomes plenary.report.en.pdf.\n" +
			"outcomes.csv, statistics.csv and data.json are its data.\n\n" +
			"The path of each file written is printed on standard output, problems on standard error.",
		Example: `  communique render statement.en.md
  communique render statement.*.md -o public/ --format pdf,html
  communique render statement.en.md -o press.html
  communique render statement.en.md --format txt,json,card
  communique render statement.en.md --format png --page 1 --dpi 96
  communique render plenary.yaml --lang en,fr,ru --product report,notice -o public/
  communique render plenary.yaml --format outcomes.csv,statistics.csv,data.json
  communique render - --lang en < draft.md > draft.pdf`,
		RunE: func(c *cobra.Command, args []string) error { return f.run(c.Context(), t, folders, args) },
	}
	c.Flags().StringVarP(&f.out, "output", "o", "", "`path` of a folder, or of the file if there is one output, or - for standard output")
	c.Flags().StringSliceVarP(&f.formats, "format", "f", nil, "`formats` to make, separated by commas: pdf, html, txt, json, png (a picture of each page), card (a picture for shared links); of records alone outcomes.csv, statistics.csv, data.json; the default is that of -o, or pdf")
	c.Flags().BoolVar(&f.attach, "attach-source", false, "put the Markdown file into its PDF, which is then PDF/A-3a")
	c.Flags().IntVar(&f.dpi, "dpi", render.DefaultDPI, fmt.Sprintf("pixels an inch of page pictures, %d to %d", render.MinDPI, render.MaxDPI))
	c.Flags().StringVar(&f.pages, "page", "", "`pages` to make pictures of: 3, 2-5 or 2-; the default is all")
	c.Flags().BoolVarP(&f.quiet, "quiet", "q", false, "do not print the paths of the files written")
	f.add(c.Flags())
	complete(c, f.completions(folders))
	return c
}

func (f *renderFlags) run(ctx context.Context, t *terminal, folders *folders, files []string) error {
	if err := checkInputs("communique render", files); err != nil {
		return err
	}
	if len(files) == 1 && os.Getenv("GOGC") == "" {
		// A run of 15 ms ends before its garbage matters: three collections fewer save a quarter of it.
		debug.SetGCPercent(400)
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
	if request.Formats, err = chooseFormats(f.formats, f.out, r.Formats()); err != nil {
		return err
	}
	if err := f.pictures(&request); err != nil {
		return err
	}
	plan, err := planOutputs(files, request.Formats, f.out)
	if err != nil {
		return err
	}
	if err := f.namesFormat(len(files), r.Formats()); err != nil {
		return err
	}
	if first := request.Formats[0]; plan[output{files[0], first}] == standard {
		if first.Paged() && !onePage(request.Pages) {
			return &usageError{"standard output takes one artifact, and there would be several.", "Give one page, as in --page 1, or a folder with -o."}
		}
		if binary(first) && isTerminal(t.out) {
			return &usageError{fmt.Sprintf("a %s is not for a terminal.", strings.ToUpper(string(first))), "Give a file with -o, or send the output somewhere with > or |."}
		}
	}
	w := &work{terminal: t, renderer: r, request: request, color: f.color, problemsTo: t.err, fits: plan.fits}
	return w.run(ctx, files, func(a render.Artifact) error { return f.write(t, plan, a) })
}

// write puts an artifact where it belongs and says so.
func (f *renderFlags) write(t *terminal, p plan, a render.Artifact) error {
	path := p[output{a.Source, a.Format}]
	if path == standard {
		_, err := t.out.Write(a.Data)
		return err
	}
	switch {
	case strings.HasSuffix(path, inFolder):
		path = filepath.Join(path, a.Name)
	case filepath.Base(path) == render.OutputName(a.Source, a.Format) || !f.onePage():
		path = render.PageName(path, a.Page)
	}
	if err := writeFile(path, a.Data); err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	if f.quiet {
		return nil
	}
	_, err := fmt.Fprintln(t.out, path)
	return err
}

// chooseFormats are those of --format, or that of the name after -o, or PDF.
func chooseFormats(names []string, out string, known []render.Format) ([]render.Format, error) {
	var all []string
	for _, k := range known {
		all = append(all, string(k))
	}
	named := formatOf(out, known)
	if len(names) == 0 {
		names = []string{all[0]}
		if named != "" {
			names[0] = string(named)
		}
	}
	var formats []render.Format
	for _, name := range names {
		if err := oneOf("format", name, all); err != nil {
			return nil, err
		}
		if format := render.Format(name); !slices.Contains(formats, format) {
			formats = append(formats, format)
		}
	}
	if len(formats) == 1 && named != "" && !strings.HasSuffix(formats[0].Extension(), filepath.Ext(out)) {
		return nil, &usageError{fmt.Sprintf("-o %s is not named like the %s that --format asks for.", out, strings.ToUpper(string(formats[0]))),
			"Leave --format out, or name the file " + formats[0].Extension() + "."}
	}
	return formats, nil
}

// namesFormat refuses a file of a name that promises what is not made: a PDF
// called statement.docx.
func (f *renderFlags) namesFormat(files int, known []render.Format) error {
	end := filepath.Ext(f.out)
	if files != 1 || len(f.formats) > 0 || len(end) < 2 || isFolder(f.out) || formatOf(f.out, known) != "" {
		return nil
	}
	return &usageError{fmt.Sprintf("-o %s: no format has names that end in %s.", f.out, end),
		"Name the file .pdf, say what is meant with --format, or end the name of a folder with a slash."}
}

// formatOf is the format that the name after -o tells; empty for a folder and for
// other names.
func formatOf(out string, known []render.Format) (named render.Format) {
	if isFolder(out) {
		return ""
	}
	for _, k := range known {
		if strings.HasSuffix(out, k.Extension()) && len(k.Extension()) > len(named.Extension()) {
			named = k
		}
	}
	return named
}

// pictures checks the flags of page pictures and of attachments.
func (f *renderFlags) pictures(request *render.Request) (err error) {
	request.AttachSource, request.DPI = f.attach, f.dpi
	if f.dpi < render.MinDPI || f.dpi > render.MaxDPI {
		return &usageError{fmt.Sprintf("--dpi is %d.", f.dpi), fmt.Sprintf("Give %d to %d.", render.MinDPI, render.MaxDPI)}
	}
	if f.attach && !slices.Contains(request.Formats, render.PDF) {
		return &usageError{"--attach-source is for PDFs, and none would be made.", "Add pdf to --format."}
	}
	if f.pages == "" {
		return nil
	}
	if !slices.ContainsFunc(request.Formats, render.Format.Paged) {
		return &usageError{"--page is for page pictures, and none would be made.", "Add png to --format."}
	}
	if request.Pages, err = render.ParsePages(f.pages); err != nil {
		return &usageError{"--page: " + err.Error() + ".", ""}
	}
	return nil
}

func onePage(p render.PageRange) bool { return p.First > 0 && p.First == p.Last }

// onePage tells that one page was asked for, whose picture has the name after -o.
func (f *renderFlags) onePage() bool {
	p, err := render.ParsePages(f.pages)
	return err == nil && onePage(p)
}

// binary tells formats that a terminal cannot show.
func binary(f render.Format) bool {
	return f == render.PDF || strings.HasPrefix(f.MediaType(), "image/")
}

// completions are the values of flags, for the shell.
func (f *sourceFlags) completions(folders *folders) map[string]func() []string {
	with := func(list func(*render.Renderer) []string) func() []string {
		return func() []string {
			opened, err := folders.open()
			if err != nil {
				return nil
			}
			r, err := folders.renderer(opened, 1)
			if err != nil {
				return nil
			}
			return list(r)
		}
	}
	return map[string]func() []string{
		"format": with(func(r *render.Renderer) (names []string) {
			for _, f := range r.Formats() {
				names = append(names, string(f))
			}
			return append(names, "pdf,html")
		}),
		"theme":   with((*render.Renderer).Themes),
		"lang":    with((*render.Renderer).Languages),
		"product": with((*render.Renderer).Products),
		"paper":   theme.Papers,
		"color":   func() []string { return colorModes },
	}
}

// complete registers completions for the flags that a command has.
func complete(c *cobra.Command, values map[string]func() []string) {
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"md", "yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
	}
	for flag, list := range values {
		if c.Flags().Lookup(flag) == nil {
			continue
		}
		err := c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return list(), cobra.ShellCompDirectiveNoFileComp
		})
		if err != nil {
			panic(err) // the flag exists: this is a mistake in the program
		}
	}
}

// workers is the number of groups rendered at the same time.
func workers() int { return runtime.GOMAXPROCS(0) }

// asUsage turns a wrong request into wrong usage.
func asUsage(err error) error {
	if wrong, ok := errors.AsType[*render.RequestError](err); ok {
		if wrong.Reason != "" {
			return &usageError{wrong.Reason + ".", ""}
		}
		return oneOf(wrong.Field, wrong.Value, wrong.Allowed)
	}
	return err
}

// finish prints the count of problems and chooses the end of a run.
func finish(t *terminal, problems []diag.Problem) error {
	if summary := diag.Summary(problems); summary != "" {
		fmt.Fprintln(t.err, summary)
	}
	if diag.HasErrors(problems) {
		return errInput
	}
	return nil
}
