package api

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"communique/render"
	"communique/render/diag"
	"communique/render/theme"
)

// parameters are the query of a render or a check.
type parameters struct {
	request render.Request
	// name is what the source of a raw body is called; empty if not said.
	name string
}

// maxNameLength is the longest file name of a source, in characters.
const maxNameLength = 200

// parameter is one row of the table of query parameters: its documentation and
// how to read it. read returns what is wrong, if anything, in words.
type parameter struct {
	doc  huma.Param
	read func(p *parameters, value string) *SourceProblem
}

// renderParameters are the query parameters of a render, in the order of the documentation.
func (s *Server) renderParameters() []parameter {
	return append([]parameter{s.formatParameter(), attachParameter(), pageParameter(), dpiParameter()}, s.checkParameters()...)
}

// checkParameters are those that a check knows too.
func (s *Server) checkParameters() []parameter {
	return []parameter{
		choice("theme", "The look. The default is "+theme.Default+".", s.options.Renderer.Themes(),
			func(p *parameters, v string) { p.request.Theme = v }),
		choice("paper", "The sheet of a PDF. The default is the theme's.", theme.Papers(),
			func(p *parameters, v string) { p.request.Paper = v }),
		langParameter(),
		s.productParameter(),
		nameParameter(),
		strictParameter(),
	}
}

func (s *Server) formatParameter() parameter {
	var names []string
	var enum []any
	for _, f := range s.options.Renderer.Formats() {
		names, enum = append(names, string(f)), append(enum, string(f))
	}
	explode := false
	return parameter{
		huma.Param{Name: "format", In: "query", Style: "form", Explode: &explode,
			Description: "The formats to make, separated by commas; several artifacts come as one zip. txt is for e-mail, json is the document by the schema at " + schemasPath + "document, png is a picture of each page, card a picture for shared links. Without it the Accept header decides, and PDF is the default.",
			Schema:      &huma.Schema{Type: huma.TypeArray, MinItems: new(1), UniqueItems: true, Items: &huma.Schema{Type: huma.TypeString, Enum: enum}}},
		func(p *parameters, value string) *SourceProblem {
			for name := range strings.SplitSeq(value, ",") {
				format := render.Format(strings.ToLower(strings.TrimSpace(name)))
				if !slices.Contains(names, string(format)) {
					return unknownValue("format", name, names)
				}
				if slices.Contains(p.request.Formats, format) {
					return wrongParameter("format", "repeated-value", fmt.Sprintf("format names %s twice", format), "each format once", "")
				}
				p.request.Formats = append(p.request.Formats, format)
			}
			return nil
		},
	}
}

// choice is a parameter with a fixed set of values.
func choice(name, description string, known []string, set func(*parameters, string)) parameter {
	enum := make([]any, len(known))
	for i, k := range known {
		enum[i] = k
	}
	return parameter{
		huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: huma.TypeString, Enum: enum}},
		func(p *parameters, value string) *SourceProblem {
			if !slices.Contains(known, value) {
				return unknownValue(name, value, known)
			}
			set(p, value)
			return nil
		},
	}
}

func langParameter() parameter {
	explode := false
	return parameter{
		huma.Param{Name: "lang", In: "query", Example: []string{"fr"}, Style: "form", Explode: &explode,
			Description: "The language of statements as a BCP 47 tag; without it the front matter tells, or the file name (statement.fr.md). The languages to publish the record of a meeting in, separated by commas; without it those of its headline.",
			Schema: &huma.Schema{Type: huma.TypeArray, MinItems: new(1), MaxItems: new(maxLanguages), UniqueItems: true,
				Items: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", MaxLength: new(64)}}},
		func(p *parameters, value string) *SourceProblem {
			for tag := range strings.SplitSeq(value, ",") {
				switch {
				case !languageTag(tag):
					return wrongParameter("lang", "invalid-language", fmt.Sprintf("%q is not a language tag", tag), "a BCP 47 tag such as fr or zh-Hans", "")
				case slices.Contains(p.request.Langs, tag):
					return wrongParameter("lang", "repeated-value", "lang names "+tag+" twice", "each language once", "")
				case len(p.request.Langs) == maxLanguages:
					return wrongParameter("lang", "too-many-values", fmt.Sprintf("lang names more than %d languages", maxLanguages), "fewer languages in one request", "")
				}
				p.request.Langs = append(p.request.Langs, tag)
			}
			return nil
		},
	}
}

// maxLanguages bounds the editions that one request can ask for.
const maxLanguages = 64

// productParameter chooses what is made of records.
func (s *Server) productParameter() parameter {
	names := s.options.Renderer.Products()
	enum := make([]any, len(names))
	for i, n := range names {
		enum[i] = n
	}
	explode := false
	return parameter{
		huma.Param{Name: "product", In: "query", Style: "form", Explode: &explode,
			Description: "What to make of the record of a meeting, separated by commas. The default is " + names[0] + ".",
			Schema:      &huma.Schema{Type: huma.TypeArray, MinItems: new(1), UniqueItems: true, Items: &huma.Schema{Type: huma.TypeString, Enum: enum}}},
		func(p *parameters, value string) *SourceProblem {
			for name := range strings.SplitSeq(value, ",") {
				if !slices.Contains(names, name) {
					return unknownValue("product", name, names)
				}
				if slices.Contains(p.request.Products, name) {
					return wrongParameter("product", "repeated-value", "product names "+name+" twice", "each product once", "")
				}
				p.request.Products = append(p.request.Products, name)
			}
			return nil
		},
	}
}

// languageTag tells what has the form of a BCP 47 tag; whether there are words
// for it is for the render to say.
func languageTag(tag string) bool {
	for i, sub := range strings.Split(tag, "-") {
		if len(sub) > 8 || len(sub) < 1 || i == 0 && len(sub) < 2 {
			return false
		}
		for _, r := range sub {
			if r > unicode.MaxASCII || !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
				return false
			}
		}
	}
	return len(tag) <= 64
}

func nameParameter() parameter {
	return parameter{
		huma.Param{Name: "name", In: "query", Example: "statement.en.md",
			Description: "The file name of a source sent as the raw body: it names the artifact and stands in problems. It may not have / or \\ or control characters. The default is statement.md, or publication.yaml and publication.json for records. Files of a form have names of their own.",
			Schema:      &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxNameLength), Pattern: `^[^/\\\x00-\x1F\x7F-\x9F]+$`}},
		func(p *parameters, value string) *SourceProblem {
			if !fileName(value) {
				return wrongParameter("name", "invalid-name", "the name cannot be a file name",
					fmt.Sprintf("1 to %d characters without / or \\ or control characters, such as statement.en.md", maxNameLength), "")
			}
			p.name = value
			return nil
		},
	}
}

// fileName tells names that are safe in headers, archives and logs.
func fileName(name string) bool {
	return name != "" && utf8.RuneCountInString(name) <= maxNameLength && utf8.ValidString(name) &&
		strings.IndexFunc(name, func(r rune) bool { return r == '/' || r == '\\' || unicode.IsControl(r) }) < 0
}

func attachParameter() parameter {
	return choice("attach", "source puts the Markdown into its PDF, which is then PDF/A-3a.", []string{"source"},
		func(p *parameters, _ string) { p.request.AttachSource = true })
}

func pageParameter() parameter {
	return parameter{
		huma.Param{Name: "page", In: "query", Example: "1",
			Description: "The pages that pictures show: 3, 2-5 or 2-. One page comes as it is, several as a zip. Without it all pages are shown.",
			Schema:      &huma.Schema{Type: huma.TypeString, Pattern: "^[1-9][0-9]*(-([1-9][0-9]*)?)?$", MaxLength: new(20)}},
		func(p *parameters, value string) *SourceProblem {
			pages, err := render.ParsePages(value)
			if err != nil {
				return wrongParameter("page", "invalid-page", fmt.Sprintf("%q is no page or range of pages", value), "a page such as 3, or pages such as 2-5 or 2-", "")
			}
			p.request.Pages = pages
			return nil
		},
	}
}

func dpiParameter() parameter {
	return parameter{
		huma.Param{Name: "dpi", In: "query", Description: "The resolution of page pictures in pixels an inch.",
			Schema: &huma.Schema{Type: huma.TypeInteger, Default: render.DefaultDPI, Minimum: new(float64(render.MinDPI)), Maximum: new(float64(render.MaxDPI))}},
		func(p *parameters, value string) *SourceProblem {
			n, err := strconv.Atoi(value)
			if err != nil || n < render.MinDPI || n > render.MaxDPI {
				return wrongParameter("dpi", "invalid-dpi", fmt.Sprintf("%q is no resolution", value), fmt.Sprintf("a whole number from %d to %d", render.MinDPI, render.MaxDPI), "")
			}
			p.request.DPI = n
			return nil
		},
	}
}

func strictParameter() parameter {
	return parameter{
		huma.Param{Name: "strict", In: "query", AllowEmptyValue: true, Description: "Take warnings for errors. A bare ?strict is true.",
			Schema: &huma.Schema{Type: huma.TypeBoolean, Default: false}},
		func(p *parameters, value string) *SourceProblem {
			switch value {
			case "", "true":
				p.request.Strict = true
			case "false":
			default:
				return unknownValue("strict", value, []string{"true", "false"})
			}
			return nil
		},
	}
}

// readParameters reads a query by its table.
func readParameters(rawQuery string, table []parameter) (*parameters, *Problem) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, invalidParameter.because("the query string is not well formed: " + strings.TrimPrefix(err.Error(), "url: "))
	}
	known := make([]string, len(table))
	byName := map[string]parameter{}
	for i, p := range table {
		known[i], byName[p.doc.Name] = p.doc.Name, p
	}
	p := &parameters{}
	var wrong []SourceProblem
	for _, name := range slices.Sorted(maps.Keys(query)) {
		var problem *SourceProblem
		switch row, ok := byName[name]; {
		case !ok:
			problem = unknownParameter(name, known)
		case len(query[name]) > 1:
			problem = wrongParameter(name, "repeated-parameter", name+" is given more than once", "one "+name, "")
		default:
			problem = row.read(p, query[name][0])
		}
		if problem != nil {
			wrong = append(wrong, *problem)
		}
	}
	if len(wrong) > 0 {
		failure := invalidParameter.because(wrong[0].Message)
		failure.Problems = wrong
		return nil, failure
	}
	return p, nil
}

func unknownParameter(name string, known []string) *SourceProblem {
	fix := ""
	if near := diag.Nearest(name, known); near != "" {
		fix = "write " + near
	}
	return wrongParameter(name, "unknown-parameter", fmt.Sprintf("there is no parameter %q", name), "one of "+strings.Join(known, ", "), fix)
}

func unknownValue(name, value string, known []string) *SourceProblem {
	fix := ""
	if near := diag.Nearest(value, known); near != "" {
		fix = fmt.Sprintf("write %s=%s", name, near)
	}
	return wrongParameter(name, "unknown-"+name, fmt.Sprintf("there is no %s %q", name, value), "one of "+strings.Join(known, ", "), fix)
}

func wrongParameter(name, code, message, expected, fix string) *SourceProblem {
	return &SourceProblem{Path: "query." + name, Severity: diag.Error.String(), Code: code, Message: message, Expected: expected, Fix: fix}
}
