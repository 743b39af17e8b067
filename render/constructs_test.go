package render_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// files parses the Go files of a folder, tests left out.
func files(t *testing.T, dir string) []*ast.File {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// constructs lists the blocks (types that embed Attr) and inlines (types with
// the method inline) of the document model, and those inlines that resolve
// replaces (with the method generated). Items, rows, cells and definitions
// are parts of their lists and tables.
func constructs(t *testing.T) (blocks, inlines, generated []string) {
	parts := map[string]bool{"Footnote": true, "Item": true, "Row": true, "Cell": true, "Definition": true}
	for _, f := range files(t, "doc") {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					continue
				}
				star, ok := d.Recv.List[0].Type.(*ast.StarExpr)
				if !ok {
					continue
				}
				switch name := star.X.(*ast.Ident).Name; d.Name.Name {
				case "inline":
					inlines = append(inlines, name)
				case "generated":
					generated = append(generated, name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					ts, ok := s.(*ast.TypeSpec)
					if !ok {
						continue
					}
					st, ok := ts.Type.(*ast.StructType)
					if !ok || parts[ts.Name.Name] {
						continue
					}
					for _, field := range st.Fields.List {
						if id, ok := field.Type.(*ast.Ident); ok && len(field.Names) == 0 && id.Name == "Attr" {
							blocks = append(blocks, ts.Name.Name)
						}
					}
				}
			}
		}
	}
	inlines = slices.DeleteFunc(inlines, func(name string) bool { return slices.Contains(generated, name) })
	return blocks, inlines, generated
}

// names lists the types of doc that a stage makes or switches over.
func names(t *testing.T, dir string) map[string]bool {
	out := map[string]bool{}
	for _, f := range files(t, dir) {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "doc" {
					out[s.Sel.Name] = true
				}
			}
			return true
		})
	}
	return out
}

// A construct that one stage knows and another does not would be lost on the
// way: every one is made by a front end, laid out, and written as
// HTML, as text and as JSON. What is generated is made by the front end for
// records, and replaced by resolve.
func TestEveryStageKnowsEveryConstruct(t *testing.T) {
	blocks, inlines, generated := constructs(t)
	if len(blocks) < 8 || len(inlines) < 12 || len(generated) < 5 {
		t.Fatalf("found only blocks %v, inlines %v and generated inlines %v", blocks, inlines, generated)
	}
	for _, stage := range []string{"plenary", "resolve"} {
		known := names(t, stage)
		for _, c := range generated {
			if !known[c] {
				t.Errorf("render/%s does not know doc.%s", stage, c)
			}
		}
	}
	for _, stage := range []string{"markdown", "layout", "html", "plain", "export"} {
		known := names(t, stage)
		if stage == "markdown" { // what is generated comes from resolve
			for _, c := range []string{"EndMark"} {
				known[c] = names(t, "resolve")[c]
			}
			for _, c := range []string{"Badge", "Chart"} { // no Markdown has them
				known[c] = names(t, "plenary")[c]
			}
		}
		for _, c := range append(blocks, inlines...) {
			if !known[c] {
				t.Errorf("render/%s does not know doc.%s", stage, c)
			}
		}
	}
}
