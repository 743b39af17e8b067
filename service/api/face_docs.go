package api

import (
	"maps"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"communique/render"
)

// The addresses of the public face beside those of publications, as the OpenAPI
// document writes them.
const (
	feedPath        = "/feeds/{lang}.atom"
	sitemapPath     = "/sitemap.xml"
	sitemapPartPath = "/sitemap-{number}.xml"
	robotsPath      = "/robots.txt"
	previewPath     = "/preview/{token}/"
	previewFilePath = previewPath + "{file}"
)

// Types of what readers get.
const (
	pageType = "text/html"
	atomType = "application/atom+xml"
	xmlType  = "application/xml"
)

// facePage documents one address of the public face.
type facePage struct {
	id, path             string
	summary, description string
	parameters           []*huma.Param
	types                []string
	// answers are statuses beside 200 and 304; kept tells that clients may keep the answer.
	answers  []int
	kept     bool
	problems []*problemType
}

// answerTexts say what the statuses of the public face mean.
var answerTexts = map[int]string{
	http.StatusPartialContent:               "The part that Range asks for",
	http.StatusMovedPermanently:             "The publication has another slug now",
	http.StatusFound:                        "It has been published: the address that everybody sees",
	http.StatusSeeOther:                     "No file was chosen: the form again; or of a language, the format that Accept asks for",
	http.StatusNotModified:                  "It is what the client has",
	http.StatusPermanentRedirect:            "It has another address, as for another way to write the language",
	http.StatusBadRequest:                   "That is no checksum; the form again",
	http.StatusNotFound:                     "There is nothing here: a page that is the same for what never was and for what waits for its time",
	http.StatusGone:                         "The publication was withdrawn: the page with the notice",
	http.StatusPreconditionFailed:           "If-Match names another version",
	http.StatusRequestedRangeNotSatisfiable: "Range asks for what is beyond the end",
}

// readerTypes are the types of files.
func (s *Server) readerTypes() (types []string) {
	seen := map[string]bool{}
	for _, f := range s.options.Renderer.Formats() {
		seen[bareType(f)] = true
	}
	for t := range maps.Keys(seen) {
		types = append(types, t)
	}
	return types
}

// documentFace adds the public face to the document. It is served by routes of its
// own, which know no credentials.
func (s *Server) documentFace(d *huma.OpenAPI) {
	for _, p := range s.facePages() {
		d.AddOperation(s.faceOperation(http.MethodGet, p))
	}
	post := s.faceOperation(http.MethodPost, facePage{id: "verify-form", path: verifyPagePath, summary: "Tell what a file is, to a person",
		description: "The form of the page. The file is read for its digest alone; nothing of it is kept.", types: []string{pageType},
		answers: []int{http.StatusSeeOther, http.StatusNotFound}, problems: []*problemType{malformedBody, unsupportedMediaType, bodyTooLarge, slowBody, tooManyRequests}})
	post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{Type: huma.TypeObject,
		Properties: map[string]*huma.Schema{fileField: binary("The file"), "lang": {Type: huma.TypeString, Description: "The language of the answer"}}}}}}
	d.AddOperation(post)
}

func (s *Server) facePages() []facePage {
	slug, file := slugParameter(), &huma.Param{Name: "file", In: "path", Required: true, Example: "en.pdf", Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1)},
		Description: "A language, for its web page; or a file: en.pdf, en.txt, en.json, en.card.png, en.decisions.pdf for another product of a record, data.json"}
	token := &huma.Param{Name: "token", In: "path", Required: true, Description: "The secret of the preview", Schema: &huma.Schema{Type: huma.TypeString}}
	query := func(name, description string) *huma.Param {
		return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: huma.TypeString}}
	}
	page := query("page", "The page of the list, counted from 1")
	ofFiles := []int{206, 301, 303, 308, 404, 410, 412, 416}
	return []facePage{
		{id: "read-index", path: "/", summary: "All publications", types: []string{pageType}, kept: true,
			parameters: []*huma.Param{query("year", "Those of a year"), query("kind", "Those of a kind of document"), query("in", "Those in a language"), page}},
		{id: "read-publication", path: shownPath, summary: "The page of a publication", types: []string{pageType}, parameters: []*huma.Param{slug}, kept: true, answers: []int{301, 404, 410},
			description: "With all its languages and formats, its history and its checksums. Link names every language and format."},
		{id: "read-file", path: filePath, summary: "A language or file of a publication", types: s.readerTypes(), parameters: []*huma.Param{slug, file}, kept: true, answers: ofFiles,
			description: "Of the current revision; of a language alone the web page, or the format that Accept asks for. The ETag is made of the file's SHA-256. Link names its other languages and formats."},
		{id: "read-revision-file", path: fixedPath, summary: "A language or file of one revision", types: s.readerTypes(), parameters: []*huma.Param{slug, numberParameter(), file}, kept: true, answers: ofFiles,
			description: "It never changes: readers can keep it for ever, caches between ask again, as it can be withdrawn. Link leads to the latest version."},
		{id: "read-search", path: searchPagePath, summary: "Search publications, as a page", types: []string{pageType}, kept: true,
			parameters: []*huma.Param{query("q", "Words, all of which a text must have"), page}, problems: []*problemType{tooManyRequests}},
		{id: "read-verify", path: verifyPagePath, summary: "The form that verifies a file, or what is known of a checksum", types: []string{pageType}, kept: true,
			parameters: []*huma.Param{query("sha256", "64 hexadecimal digits")}, answers: []int{400, 404}, problems: []*problemType{tooManyRequests}},
		{id: "read-feed", path: feedPath, summary: "The Atom feed of a language", types: []string{atomType}, parameters: []*huma.Param{langPathParameter()}, kept: true, answers: []int{404},
			description: "What has changed last, where the site's public address is known."},
		{id: "read-sitemap", path: sitemapPath, summary: "The site map", types: []string{xmlType}, kept: true, answers: []int{404}},
		{id: "read-sitemap-part", path: sitemapPartPath, summary: "A part of a large site map", types: []string{xmlType}, parameters: []*huma.Param{numberParameter()}, kept: true, answers: []int{404}, problems: []*problemType{notFound}},
		{id: "read-robots", path: robotsPath, summary: "What crawlers may read", types: []string{"text/plain"}, kept: true},
		{id: "read-preview", path: previewPath, summary: "The page of a reader's preview", types: []string{pageType}, parameters: []*huma.Param{token}, answers: []int{302, 404}},
		{id: "read-preview-file", path: previewFilePath, summary: "A language or file of a reader's preview", types: s.readerTypes(), parameters: []*huma.Param{token, file}, answers: []int{302, 404},
			description: "Made when it is asked for: the reader's name stands on every page.", problems: []*problemType{invalidSource, busy, renderTooLong}},
	}
}

func (s *Server) faceOperation(method string, p facePage) *huma.Operation {
	o := &huma.Operation{OperationID: p.id, Method: method, Path: p.path, Tags: []string{"Public face"}, Summary: p.summary, Description: p.description,
		Parameters: append(p.parameters, languageParameter(), headerParameter("Accept-Language", "The languages that the reader prefers"), requestIDParameter()),
		Responses:  map[string]*huma.Response{"200": {Description: "The page or file", Headers: faceHeaders(true), Content: contentOf(p.types)}}}
	statuses := p.answers
	if p.kept {
		statuses = append([]int{http.StatusNotModified}, statuses...)
	}
	for _, status := range statuses {
		r := &huma.Response{Description: answerTexts[status], Headers: faceHeaders(status != 416 && status != 412)}
		switch status {
		case http.StatusPartialContent:
			r.Content = contentOf(append([]string{"multipart/byteranges"}, p.types...))
		case http.StatusNotFound, http.StatusGone, http.StatusBadRequest:
			r.Content = contentOf([]string{pageType})
		case http.StatusRequestedRangeNotSatisfiable:
			r.Content = contentOf([]string{"text/plain"})
		}
		o.Responses[strconv.Itoa(status)] = r
	}
	o.Responses = s.responses(o.Responses, append(p.problems, internalError, notReady)...)
	return o
}

func contentOf(types []string) map[string]*huma.MediaType {
	content := map[string]*huma.MediaType{}
	for _, t := range types {
		schema := &huma.Schema{Type: huma.TypeString}
		switch t {
		case render.PDF.MediaType(), "image/png":
			schema.Format = "binary"
		case "application/json":
			schema = &huma.Schema{Type: huma.TypeObject}
		}
		content[t] = &huma.MediaType{Schema: schema}
	}
	return content
}

// faceHeaders are those of the public face; caching tells whether an answer says how long it keeps.
func faceHeaders(caching bool) map[string]*huma.Header {
	headers := map[string]*huma.Header{"X-Request-Id": text("The id of this request: yours, or a random one")}
	if caching {
		headers["Cache-Control"] = text("How long the answer may be kept")
	}
	return headers
}

func languageParameter() *huma.Param {
	return &huma.Param{Name: "lang", In: "query", Description: "The language of the page, before those that Accept-Language names", Schema: &huma.Schema{Type: huma.TypeString}}
}
