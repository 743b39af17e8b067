package judge_test

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// unit is a package as the go command sees it.
type unit struct {
	ImportPath, Dir, Name, Doc         string
	Imports, TestImports, XTestImports []string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Module                             *struct{ Path string }
	Standard                           bool
	short                              string
}

const module = "communique"

// units are the packages of this module, by their path below it.
func units(t *testing.T) map[string]*unit {
	t.Helper()
	cmd := exec.Command("go", "list", "-json", "./...")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*unit{}
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		u := &unit{}
		if err := dec.Decode(u); err != nil {
			t.Fatal(err)
		}
		u.short = strings.TrimPrefix(strings.TrimPrefix(u.ImportPath, module), "/")
		all[u.short] = u
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages", len(all))
	}
	return all
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// below reports whether a package is another, or stands in a folder of it.
func below(pkg, folder string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }

// under is below for several folders.
func under(pkg string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return below(pkg, f) })
}

// The floors of the house, from the top. ARCHITECTURE.md says the same in words.
var (
	vocabulary = []string{"render/doc", "render/page", "render/diag"}
	resourced  = []string{"render/source", "render/locale", "render/theme", "render/kind", "render/text", "render/picture", "render/chart"}
	stages     = []string{"render/markdown", "render/plenary", "render/resolve", "render/layout", "render/html", "render/pdf", "render/plain", "render/export", "render/raster", "render/agree", "render/artifact", "render/release"}
	embedded   = []string{"fonts", "locales", "templates"}
	judging    = []string{"render/judge", "service/outside"}
)

// floor is how high a package stands; what stands higher may import what stands lower.
func floor(pkg string) int {
	switch {
	case under(pkg, vocabulary):
		return 0
	case under(pkg, resourced):
		return 1
	case under(pkg, stages):
		return 2
	case pkg == "render":
		return 3
	case below(pkg, "service"):
		return 4
	case below(pkg, "cmd"):
		return 5
	}
	return -1
}

// place names the room that a package belongs to: "render/text/bidi" is in "render/text".
func place(pkg string) string {
	for _, f := range slices.Concat(vocabulary, resourced, stages, embedded, judging) {
		if below(pkg, f) {
			return f
		}
	}
	return pkg
}

// ours strips the module from an import path.
func ours(path string) (string, bool) { return strings.CutPrefix(path, module+"/") }

func TestEveryPackageHasItsPlace(t *testing.T) {
	for pkg := range units(t) {
		if floor(pkg) < 0 && !under(pkg, embedded) && !under(pkg, judging) {
			t.Errorf("%s has no place in the house: add it to the laws and to ARCHITECTURE.md", pkg)
		}
	}
}

// A program started in the wrong way writes into the tree: what git keeps there
// is what somebody has put there.
func TestTheTopOfTheTreeHoldsWhatIsNamed(t *testing.T) {
	cmd := exec.Command("git", "ls-files", "-z")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Skip("no git here: ", err)
	}
	named := []string{".ci", "cmd", "docs", "fonts", "locales", "render", "service", "templates"}
	for file := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		folder, _, deep := strings.Cut(file, "/")
		if deep && !slices.Contains(named, folder) {
			t.Fatalf("%s: no folder of that name belongs there", file)
		}
	}
}

func TestImportsGoDownward(t *testing.T) {
	for pkg, u := range units(t) {
		if under(pkg, judging) {
			continue
		}
		for _, path := range u.Imports {
			to, ok := ours(path)
			if !ok || place(to) == place(pkg) {
				continue
			}
			switch {
			case under(to, judging):
				t.Errorf("%s imports %s, which is for tests", pkg, to)
			case under(to, embedded):
				if !below(pkg, "cmd") {
					t.Errorf("%s imports %s: only cmd and tests may; take an fs.FS", pkg, to)
				}
			case under(pkg, embedded):
				t.Errorf("%s imports %s: a folder that embeds itself does nothing else", pkg, to)
			case floor(to) > floor(pkg):
				t.Errorf("%s imports %s, which stands above it", pkg, to)
			case floor(to) == 2 && floor(pkg) == 2:
				t.Errorf("%s imports %s: a stage never imports a stage", pkg, to)
			case floor(to) == 2 && pkg != "render":
				t.Errorf("%s imports %s: only the facade knows the stages", pkg, to)
			case pkg == "render/diag" || pkg == "render/doc" && to != "render/diag" || pkg == "render/page" && to != "render/diag":
				t.Errorf("%s imports %s: vocabulary stands on nothing but diag", pkg, to)
			}
		}
	}
}

// keepers is the one package that knows each outside library.
var keepers = map[string]string{
	"github.com/gin-gonic/gin":              "service/api",
	"github.com/danielgtaylor/huma":         "service/api",
	"github.com/getkin/kin-openapi":         "service/api",
	"github.com/yuin/goldmark":              "render/markdown",
	"github.com/go-text/typesetting":        "render/text",
	"codeberg.org/go-pdf/fpdf":              "render/pdf",
	"github.com/klauspost/compress":         "render/pdf",
	"github.com/nicksnyder/go-i18n":         "render/locale",
	"github.com/pelletier/go-toml":          "render/source",
	"github.com/goccy/go-yaml":              "render/source",
	"github.com/rivo/uniseg":                "render/plain",
	"github.com/invopop/jsonschema":         "render/export", // and the tests of render/markdown and render/plenary
	"github.com/santhosh-tekuri/jsonschema": "render/export",
	"github.com/spf13/cobra":                "cmd/communique",
	"github.com/spf13/pflag":                "cmd/communique",
	"github.com/mattn/go-isatty":            "cmd/communique",
	"github.com/chromedp":                   "render/judge",
	"gocloud.dev":                           "service/files",
	"modernc.org/sqlite":                    "service/store",
	"github.com/jackc/pgx":                  "service/store",
	"github.com/riverqueue/river":           "service/jobs",
	"github.com/standard-webhooks":          "service/webhook",
	"github.com/pressly/goose":              "service/store",
	"github.com/gofrs/flock":                "service/store",
	"github.com/rogpeppe/go-internal":       "service/office",
	"github.com/coreos/go-oidc":             "service/access",
	"github.com/go-jose/go-jose":            "service/access",
	"github.com/prometheus/client_golang":   "service/telemetry",
	"go.opentelemetry.io/otel":              "service/telemetry",
	"github.com/rs/cors":                    "service/api",
}

// anywhere are the standard library's own annexes and test helpers.
var anywhere = []string{"golang.org/x/", "pgregory.net/rapid", "go.uber.org/goleak", "github.com/rogpeppe/go-internal"}

func TestEachOutsideLibraryHasOneKeeper(t *testing.T) {
	for pkg, u := range units(t) {
		for _, path := range slices.Concat(u.Imports, u.TestImports, u.XTestImports) {
			if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
				continue // the standard library or ours
			}
			if slices.ContainsFunc(anywhere, func(p string) bool { return strings.HasPrefix(path, p) }) {
				continue
			}
			keeper := ""
			for lib, k := range keepers {
				if below(path, lib) {
					keeper = k
				}
			}
			switch {
			case keeper == "":
				t.Errorf("%s imports %s, which has no keeper: name one in the laws", pkg, path)
			case keeper == "render/export" && (pkg == "render/plenary" || pkg == "render/markdown") && !slices.Contains(u.Imports, path): // their schemas are made the same way
			case !below(pkg, keeper):
				t.Errorf("%s imports %s: only %s may know it", pkg, path, keeper)
			}
		}
	}
}

// asleep are imports that a render must not have: no clock is read, no network
// or environment is asked.
var asleep = []string{"net", "net/http", "os/exec", "math/rand", "math/rand/v2", "crypto/rand", "syscall"}

func TestARenderAsksNothingOfTheWorld(t *testing.T) {
	calls := regexp.MustCompile(`\b(time\.(Now|Since|Until)|os\.(Getenv|LookupEnv|Environ|Hostname|ReadFile|Open))\(`)
	for pkg, u := range units(t) {
		if floor(pkg) < 0 || floor(pkg) > 3 || u.Name == "main" {
			continue
		}
		for _, path := range u.Imports {
			if slices.Contains(asleep, path) {
				t.Errorf("%s imports %s", pkg, path)
			}
		}
		for _, f := range u.GoFiles {
			data, err := os.ReadFile(filepath.Join(u.Dir, f))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range calls.FindAllString(string(data), -1) {
				t.Errorf("%s/%s calls %s)", pkg, f, m)
			}
		}
	}
}

func TestEveryPackageSaysWhatItOwns(t *testing.T) {
	forbidden := []string{"util", "utils", "common", "helpers", "helper", "types", "misc"}
	for pkg, u := range units(t) {
		if len(u.GoFiles) > 0 && strings.TrimSpace(u.Doc) == "" {
			t.Errorf("%s has no package comment", pkg)
		}
		for _, part := range append(strings.Split(pkg, "/"), u.Name) {
			if slices.Contains(forbidden, part) {
				t.Errorf("%s: a package is named by what it provides, not %q", pkg, part)
			}
		}
		comments := 0
		for _, f := range u.GoFiles {
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(u.Dir, f), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if file.Doc != nil {
				comments++
			}
			for _, d := range file.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s/%s has an init function", pkg, f)
				}
			}
		}
		if comments > 1 {
			t.Errorf("%s has %d package comments", pkg, comments)
		}
	}
}

func TestTheFacadeStaysThin(t *testing.T) {
	const most = 650 // the table of formats and a writer for each of them; the editions of records
	lines := 0
	for _, f := range units(t)["render"].GoFiles {
		data, err := os.ReadFile(filepath.Join(root(t), "render", f))
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			if line = bytes.TrimSpace(line); len(line) > 0 && !bytes.HasPrefix(line, []byte("//")) {
				lines++
			}
		}
	}
	if lines > most {
		t.Errorf("the facade has %d lines of code, %d at most", lines, most)
	}
}

// strangers are what no file of the project may name: places on one machine,
// and the hosts that packages come from (each tool knows its own).
var strangers = regexp.MustCompile(`/(?:root|home/[a-z]\w*|work/main|work/shared)/|registry\.(?:npmjs|yarnpkg)\.|repo1?\.maven\.|proxy\.golang\.org|\bpypi\.org|files\.pythonhosted`)

func TestNoFileNamesAMachineOrARegistry(t *testing.T) {
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		t.Skip("not a git checkout")
	}
	for name := range strings.SplitSeq(string(out), "\x00") {
		if name == "" || strings.HasSuffix(name, "laws_test.go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root(t), name))
		if err != nil || bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0 {
			continue // gone from the work tree, or binary
		}
		for i, line := range strings.Split(string(data), "\n") {
			if m := strangers.FindString(line); m != "" {
				t.Errorf("%s:%d names %s", name, i+1, m)
			}
		}
	}
}
