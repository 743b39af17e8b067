package api

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"communique/render/theme"
	"communique/service/site"
)

//go:embed pages
var pageFiles embed.FS

// page is one of the server's own pages, made at the start.
type page struct {
	path  string
	reply *reply
}

// view is what a page template sees.
type view struct {
	Title, Version, Home string
	// Start tells that the page of the interface is where visitors begin.
	Start     bool
	Style     template.CSS
	Document  *huma.OpenAPI
	Groups    []group
	Schemas   []schemaRow
	Formats   []string
	Themes    []string
	Languages []string
	Problem   *problemPage
	Problems  []problemPage
}

// problemPage is a problem type as its page shows it.
type problemPage struct {
	Name, URI, Title, Meaning, Remedy string
	Status                            int
	StatusText                        string
}

// pages makes the server's own pages from the OpenAPI document and the table of problems.
func (s *Server) pages(document *huma.OpenAPI) ([]page, error) {
	style, err := ownStyle(s.options.Theme)
	if err != nil {
		return nil, err
	}
	policy := style.Policy("'none'")
	base := view{Version: s.options.Version, Style: style.Sheet, Document: document, Groups: groups(document),
		Schemas: schemaRows(document), Themes: s.options.Renderer.Themes(), Languages: s.options.Renderer.Languages()}
	for _, f := range s.options.Renderer.Formats() {
		base.Formats = append(base.Formats, string(f))
	}
	for _, t := range problemTypes {
		base.Problems = append(base.Problems, problemPage{t.name, t.uri(), t.title, t.meaning, t.remedy, t.status, http.StatusText(t.status)})
	}
	var out []page
	add := func(path, file, title string, problem *problemPage) error {
		v := base
		v.Title, v.Problem = title, problem
		body, err := execute(file, v)
		out = append(out, page{path, newReply(http.StatusOK, body, true, "", oneField("Content-Type", "text/html; charset=utf-8"),
			oneField("Content-Security-Policy", policy), oneField("Cache-Control", "no-cache")).hashed()})
		return err
	}
	base.Home = "/"
	if s.public() { // readers have the root: what is said there of the server goes before its interface
		base.Home, base.Start = "/docs", true
	} else if err := add("/", "index.html", "communique", nil); err != nil {
		return nil, err
	}
	if err := cmp.Or(add("/docs", "docs.html", "HTTP interface", nil), add("/problems", "problems.html", "Problems", nil)); err != nil {
		return nil, err
	}
	for _, p := range base.Problems {
		if err := add(p.URI, "problem.html", p.Title, &p); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func execute(file string, v view) ([]byte, error) {
	t, err := template.New("layout.html").Funcs(template.FuncMap{"prose": prose}).ParseFS(pageFiles, "pages/layout.html", "pages/start.html", "pages/"+file)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = t.Execute(&out, v)
	return out.Bytes(), err
}

// ownStyle is the style of the server's own pages.
func ownStyle(t *theme.Theme) (site.Style, error) {
	sheet, err := pageFiles.ReadFile("pages/style.css")
	if err != nil {
		return site.Style{}, err
	}
	return site.NewStyle(t, string(sheet)), nil
}

// prose cuts a description into paragraphs.
func prose(text string) []string { return strings.Split(text, "\n\n") }

// group is the operations of a tag as the page shows them.
type group struct {
	ID, Name, Description string
	Operations            []operation
}

// operation is an operation as the page shows it.
type operation struct {
	ID, Method, Path, Summary, Description string
	Parameters                             []parameterRow
	// Body says what the body is, BodySchema names the schema of a JSON one.
	Body, BodySchema, BodyExample string
	BodyTypes                     []string
	Responses                     []responseRow
}

type parameterRow struct{ Name, In, Type, Description string }

type responseRow struct {
	Status, Description string
	Types               []string
	Headers             []headerRow
	Example             string
}

type headerRow struct{ Name, Description string }

// groups lists the document's operations by tag, in the order of the tags, then by path.
func groups(d *huma.OpenAPI) []group {
	var out []group
	for _, tag := range d.Tags {
		g := group{ID: "tag-" + strings.ReplaceAll(strings.ToLower(tag.Name), " ", "-"), Name: tag.Name, Description: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(d.Paths)) {
			for _, o := range operationsAt(d.Paths[path]) {
				if slices.Contains(o.Tags, tag.Name) {
					g.Operations = append(g.Operations, operationOf(path, o))
				}
			}
		}
		if i := slices.IndexFunc(g.Operations, func(o operation) bool { return o.Path == renderPath }); i > 0 { // what the server is for goes first
			g.Operations = slices.Concat(g.Operations[i:i+1], g.Operations[:i], g.Operations[i+1:])
		}
		if len(g.Operations) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// operationsAt are the operations of a path: reading before writing before deleting.
func operationsAt(p *huma.PathItem) []*huma.Operation {
	return slices.DeleteFunc([]*huma.Operation{p.Get, p.Put, p.Post, p.Patch, p.Delete}, func(o *huma.Operation) bool { return o == nil })
}

func operationOf(path string, o *huma.Operation) operation {
	out := operation{ID: o.OperationID, Method: o.Method, Path: path, Summary: o.Summary, Description: o.Description}
	for _, p := range o.Parameters {
		out.Parameters = append(out.Parameters, parameterRow{p.Name, p.In, schemaText(p.Schema), p.Description})
	}
	if o.RequestBody != nil {
		out.Body = o.RequestBody.Description
		out.BodyTypes = slices.Sorted(maps.Keys(o.RequestBody.Content))
		if content := o.RequestBody.Content["application/json"]; len(out.BodyTypes) == 1 && content != nil {
			out.BodySchema, out.BodyExample = schemaText(content.Schema), exampleText(content.Example)
		}
	}
	for _, status := range slices.Sorted(maps.Keys(o.Responses)) {
		r := o.Responses[status]
		row := responseRow{Status: status, Description: r.Description, Types: slices.Sorted(maps.Keys(r.Content))}
		for _, name := range slices.Sorted(maps.Keys(r.Headers)) {
			row.Headers = append(row.Headers, headerRow{name, r.Headers[name].Description})
		}
		for _, t := range row.Types {
			if t != "application/problem+json" { // problems have pages of their own
				row.Example = cmp.Or(row.Example, exampleText(r.Content[t].Example))
			}
		}
		out.Responses = append(out.Responses, row)
	}
	return out
}

// schemaRow is a component schema as the page shows it.
type schemaRow struct {
	Name   string
	Fields []fieldRow
}

type fieldRow struct {
	Name, Type, Description string
	Required                bool
}

func schemaRows(d *huma.OpenAPI) []schemaRow {
	schemas := d.Components.Schemas.Map()
	var out []schemaRow
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		row := schemaRow{Name: name}
		for _, field := range slices.Sorted(maps.Keys(schemas[name].Properties)) {
			p := schemas[name].Properties[field]
			row.Fields = append(row.Fields, fieldRow{field, schemaText(p), p.Description, slices.Contains(schemas[name].Required, field)})
		}
		out = append(out, row)
	}
	return out
}

// schemaText says a schema in a few words: its type, or the values it allows.
func schemaText(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case s.Ref != "":
		return s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]
	case s.Type == huma.TypeArray:
		return "list of " + schemaText(s.Items)
	case len(s.Enum) > 0:
		values := make([]string, len(s.Enum))
		for i, v := range s.Enum {
			values[i] = fmt.Sprint(v)
		}
		return strings.Join(values, " | ")
	}
	return s.Type
}

// exampleText is an example as indented JSON; empty for none.
func exampleText(example any) string {
	if example == nil {
		return ""
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(example); err != nil {
		return ""
	}
	return strings.TrimSpace(out.String())
}
