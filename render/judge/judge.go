// Package judge owns the outside judges of the tests: programs that nobody here
// wrote and that say whether a PDF or a page is good. It finds them, runs each
// over many files at once, and turns what they say into findings a person can
// act on. It is for tests only: nothing that is shipped imports it, and it must
// never judge by the project's own code.
package judge

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Finding is one complaint about one file.
type Finding struct {
	// File is the path that was judged.
	File string
	// Rule names what was broken: a clause and test, a message type, a rule id.
	Rule string
	// Message says it in words, Where names the place in the file.
	Message, Where string
}

func (f Finding) String() string {
	s := filepath.Base(f.File) + ": " + f.Rule + ": " + f.Message
	if f.Where != "" {
		s += " (at " + f.Where + ")"
	}
	return s
}

// Report fails the test with all findings, at most a few for each file and rule.
func Report(t *testing.T, findings []Finding) {
	t.Helper()
	const each = 3
	seen := map[string]int{}
	for _, f := range findings {
		key := f.File + "\x00" + f.Rule
		if seen[key]++; seen[key] <= each {
			t.Error(f)
		}
	}
	for _, key := range slices.Sorted(keys(seen)) {
		if n := seen[key]; n > each {
			file, rule, _ := strings.Cut(key, "\x00")
			t.Errorf("%s: %s: %d more", filepath.Base(file), rule, n-each)
		}
	}
}

func keys(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// Tool is a judge that may be missing on a machine.
type Tool string

// The judges.
const (
	VeraPDF   Tool = "veraPDF"
	Qpdf      Tool = "qpdf"
	Pdftotext Tool = "pdftotext"
	Pdftoppm  Tool = "pdftoppm"
	Pdfdetach Tool = "pdfdetach"
	PDFium    Tool = "PDFium"
	PDFJS     Tool = "pdf.js"
	MuPDF     Tool = "MuPDF"
	PDFBox    Tool = "PDFBox"
	HTML      Tool = "Nu HTML checker"
	Chromium  Tool = "Chromium"
	Axe       Tool = "axe-core"
	HarfBuzz  Tool = "hb-shape"
)

// Folder is where .ci/tools puts what no package manager of the system brings.
func Folder() string {
	if dir := os.Getenv("COMMUNIQUE_TOOLS"); dir != "" {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "communique", "tools")
}

// Need skips the test, by name, if a tool is missing. Where tools are required
// (COMMUNIQUE_REQUIRE_TOOLS=1, as on the build server) it fails instead.
func Need(t testing.TB, tools ...Tool) {
	t.Helper()
	var missing []string
	for _, tool := range tools {
		if _, err := tool.command(); err != nil {
			missing = append(missing, fmt.Sprintf("%s (%v)", tool, err))
		}
	}
	if len(missing) == 0 {
		return
	}
	say := "missing tool: " + strings.Join(missing, ", ")
	if os.Getenv("COMMUNIQUE_REQUIRE_TOOLS") == "1" {
		t.Fatal(say)
	}
	t.Skip(say)
}

// command is how a tool is started, without the files.
func (t Tool) command() ([]string, error) {
	switch t {
	case VeraPDF:
		return t.jar(filepath.Join("verapdf", "greenfield-apps-*.jar"), "-cp", "", "org.verapdf.apps.GreenfieldCliWrapper")
	case HTML:
		return t.jar(filepath.Join("node", "node_modules", "vnu-jar", "build", "dist", "vnu.jar"), "-Xss8m", "-jar", "")
	case PDFBox:
		if _, err := system("javac"); err != nil { // java compiles the program that it is given
			return nil, err
		}
		return t.jar(filepath.Join("verapdf", "pdfbox-app-*.jar"), "-Djava.awt.headless=true", "-cp", "")
	case PDFium, MuPDF:
		python, err := t.file(filepath.Join("python", "bin", "python"))
		return []string{python}, err
	case PDFJS:
		if _, err := t.file(filepath.Join("node", "node_modules", "pdfjs-dist", "legacy", "build", "pdf.mjs")); err != nil {
			return nil, err
		}
		return system("node")
	case Axe:
		script, err := t.file(filepath.Join("node", "node_modules", "axe-core", "axe.min.js"))
		return []string{script}, err
	case Chromium:
		return system("chromium", "chromium-browser", "google-chrome")
	}
	return system(string(t))
}

// jar is a Java command line; the empty argument stands for the jar.
func (t Tool) jar(pattern string, args ...string) ([]string, error) {
	java, err := system("java")
	if err != nil {
		return nil, err
	}
	file, err := t.file(pattern)
	if err != nil {
		return nil, err
	}
	for i, a := range args {
		if a == "" {
			args[i] = file
		}
	}
	return append(java, args...), nil
}

// file finds what .ci/tools installed.
func (t Tool) file(pattern string) (string, error) {
	found, err := filepath.Glob(filepath.Join(Folder(), pattern))
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("no %s in the tools folder: run .ci/tools", filepath.Base(pattern))
	}
	return found[len(found)-1], nil
}

// system finds the first of several programs on the path.
func system(names ...string) ([]string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return []string{path}, nil
		}
	}
	return nil, fmt.Errorf("no %s on the path", strings.Join(names, " or "))
}

// run starts a tool and returns both outputs. An exit status is no error: most
// judges use it to say that they found something.
func (t Tool) run(stdin string, args ...string) (stdout, stderr []byte, err error) {
	command, err := t.command()
	if err != nil {
		return nil, nil, err
	}
	command = append(command, args...)
	cmd := exec.Command(command[0], command[1:]...)
	var out, errs strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	err = cmd.Run()
	if _, ok := err.(*exec.ExitError); ok {
		err = nil
	}
	return []byte(out.String()), []byte(errs.String()), err
}

// Shared is a folder of the material that developers share beside the project
// ("corpus/statements"), found by walking up. The test is skipped without it.
func Shared(t testing.TB, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if found := filepath.Join(dir, "shared", path); isDir(found) {
			return found
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skipf("no folder shared/%s beside the project", path)
		}
		dir = up
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
