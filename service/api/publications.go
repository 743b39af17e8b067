package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/access"
	"communique/service/office"
	"communique/service/press"
	"communique/service/search"
	"communique/service/store"
)

const (
	publicationsPath = "/v1/publications"
	publicationPath  = publicationsPath + "/{slug}"
	languagePath     = publicationPath + "/languages/{lang}"
)

// Saved is a publication with the warnings that its sources have.
type Saved struct {
	press.Publication
	Problems []SourceProblem `json:"problems,omitempty" doc:"Warnings about the sources that were sent; errors are refused with 422"`
}

// Summary is a publication in a list.
type Summary struct {
	ID        string            `json:"id" doc:"Stable, also when the slug moves" example:"06ey3qhx8p9v7sj4m2kd0t1a5w"`
	Slug      string            `json:"slug" doc:"The name in addresses" example:"kimberley-2023"`
	Version   int64             `json:"version" minimum:"1" doc:"Counts the changes" example:"7"`
	CreatedAt time.Time         `json:"created_at" doc:"When the first draft came"`
	Withdrawn *press.Withdrawal `json:"withdrawn,omitempty" doc:"Only of a withdrawn publication"`
	Current   *RevisionSummary  `json:"current,omitempty" doc:"The revision that readers see"`
	Open      *RevisionSummary  `json:"open,omitempty" doc:"The revision that can still change or is scheduled"`
}

// RevisionSummary is a revision in a list.
type RevisionSummary struct {
	Number    int              `json:"number" minimum:"1" example:"1" doc:"Counted from 1"`
	State     press.State      `json:"state" enum:"draft,review,scheduled,published,superseded" example:"published" doc:"Where the revision stands"`
	Change    press.Change     `json:"change" enum:"first,correction,language" example:"first" doc:"Why there is this revision"`
	ReleaseAt time.Time        `json:"release_at,omitzero" doc:"The instant from which readers see it"`
	Zone      string           `json:"zone,omitempty" doc:"The time zone in which that instant is shown" example:"Europe/London"`
	Languages []press.Language `json:"languages" nullable:"false" doc:"What it is called in each language, the original first"`
}

// Page is a page of publications.
type Page struct {
	Items []Summary `json:"items" nullable:"false" doc:"What has changed last comes first"`
	Next  string    `json:"next,omitempty" doc:"The cursor of the next page; absent on the last" example:"c9"`
}

func summary(p *press.Publication) Summary {
	return Summary{p.ID, p.Slug, p.Version, p.CreatedAt, p.Withdrawn, revisionSummary(p.Current()), revisionSummary(p.Open())}
}

func revisionSummary(r *press.Revision) *RevisionSummary {
	if r == nil {
		return nil
	}
	return &RevisionSummary{r.Number, r.State, r.Change, r.ReleaseAt, r.Zone, r.Languages}
}

func (s *Server) registerPublications(api huma.API) {
	s.operation(api, operationDoc{
		id: "list-publications", method: http.MethodGet, path: publicationsPath, tag: "Publications", scope: access.Read,
		summary:     "List publications",
		description: "All publications, unpublished ones too, in pages; what has changed last comes first. Link: rel=next names the next page.",
		parameters:  documentedFilter(),
		answers:     map[string]*huma.Response{"200": s.jsonAnswer("A page", Page{}, &Page{Items: []Summary{exampleSummary()}, Next: "c9"}, "Link")},
		problems:    []*problemType{invalidParameter},
	}, s.listPublications)
	s.operation(api, operationDoc{
		id: "get-publication", method: http.MethodGet, path: publicationPath, tag: "Publications", scope: access.Read,
		summary:     "Read a publication",
		description: "With all its revisions. A slug that the publication had before leads to it as well.",
		parameters:  []*huma.Param{slugParameter(), headerParameter("If-None-Match", "ETags of earlier answers")},
		answers: map[string]*huma.Response{"200": s.jsonAnswer("The publication", press.Publication{}, examplePublication(), "ETag"),
			"304": {Description: "It has not changed", Headers: withHeaders(commonHeaders(), "ETag")}},
		problems: []*problemType{notFound},
	}, s.getPublication)
	s.operation(api, operationDoc{
		id: "save-publication", method: http.MethodPut, path: publicationPath, tag: "Publications", scope: access.Draft,
		summary: "Create a publication, or replace its draft",
		description: "Send what POST " + renderPath + " takes: one source as the body, or all languages of the publication and their pictures as files of a form. " +
			"The sources are kept byte for byte and must have no errors. What is published is not replaced: open a correction first.",
		parameters: slices.Concat([]*huma.Param{slugParameter()}, documented(s.draftParameters()), conditions(), []*huma.Param{idempotencyParameter()}),
		answers: map[string]*huma.Response{"200": s.jsonAnswer("The draft was replaced", Saved{}, exampleSaved(), "ETag", "Idempotency-Replayed"),
			"201": s.jsonAnswer("The publication is new", Saved{}, exampleSaved(), "ETag", "Location", "Idempotency-Replayed")},
		problems: append(bodyProblems(), notFound, wrongState, slugIsTaken, preconditionFailed, invalidRequest, keyReused),
		sources:  true,
	}, s.putPublication)
	s.operation(api, operationDoc{
		id: "delete-publication", method: http.MethodDelete, path: publicationPath, tag: "Publications", scope: access.Draft,
		summary:     "Delete a draft",
		description: "Only a publication of which nothing has been published, and nothing is scheduled. The audit trail keeps a line.",
		parameters:  []*huma.Param{slugParameter(), ifMatch()},
		answers:     map[string]*huma.Response{"204": {Description: "It is deleted", Headers: commonHeaders()}},
		problems:    []*problemType{notFound, wrongState, preconditionFailed},
	}, s.deletePublication)
	s.operation(api, operationDoc{
		id: "save-language", method: http.MethodPut, path: languagePath, tag: "Publications", scope: access.Translate,
		summary: "Add a language, or replace it in the draft",
		description: "Send one source, or a form with one source and its pictures. The other languages stay as they are. " +
			"If the publication is published, a new revision is opened that adds the language: publish or schedule it like any other. A publication that does not exist is created, and its original changed, only for callers with the scope draft.",
		parameters: slices.Concat([]*huma.Param{slugParameter(), langPathParameter(), &s.draftParameter("name").doc}, conditions(), []*huma.Param{idempotencyParameter()}),
		answers: map[string]*huma.Response{"200": s.jsonAnswer("The language is in the draft", Saved{}, exampleSaved(), "ETag", "Idempotency-Replayed"),
			"201": s.jsonAnswer("The publication is new", Saved{}, exampleSaved(), "ETag", "Location", "Idempotency-Replayed")},
		problems: append(bodyProblems(), notFound, wrongState, preconditionFailed, invalidRequest, keyReused),
		sources:  true,
	}, s.putLanguage)
}

// draftParameters are the query parameters of a draft: how it is rendered.
func (s *Server) draftParameters() []parameter {
	return slices.DeleteFunc(append(s.checkParameters(), attachParameter()), func(p parameter) bool { return p.doc.Name == "strict" })
}

func (s *Server) draftParameter(name string) *parameter {
	table := s.draftParameters()
	return &table[slices.IndexFunc(table, func(p parameter) bool { return p.doc.Name == name })]
}

func (s *Server) listPublications(c *gin.Context, _ access.Identity) *Problem {
	f, problem := readFilter(c.Request.URL.Query())
	if problem != nil {
		return problem
	}
	list, next, err := s.office().List(c.Request.Context(), f)
	if err != nil {
		return s.officeProblem(c, err)
	}
	page := Page{Items: make([]Summary, len(list))}
	for i, p := range list {
		page.Items[i] = summary(p)
	}
	if next > 0 {
		page.Next = cursor(next)
		query := c.Request.URL.Query()
		query.Set("cursor", page.Next)
		c.Header("Link", "<"+publicationsPath+"?"+query.Encode()+`>; rel="next"`)
	}
	return answerJSON(c, http.StatusOK, page)
}

// cursor names a place in a list; what it looks like is nobody's business.
func cursor(n int64) string { return "c" + strconv.FormatInt(n, 36) }

// cursorPattern is what it looks like all the same; longer ones would not fit into an int64.
const cursorPattern = "^c[1-9a-z][0-9a-z]{0,11}$"

func readCursor(s string) (int64, bool) {
	digits, ok := strings.CutPrefix(s, "c")
	n, err := strconv.ParseInt(digits, 36, 64)
	return n, ok && err == nil && n > 0 && cursor(n) == s
}

// filters are the query parameters of a list.
var filters = []struct {
	doc  huma.Param
	read func(f *store.Filter, value string) bool
}{
	{huma.Param{Name: "state", In: "query", Description: "Those with a revision in this state, or the withdrawn ones", Schema: &huma.Schema{Type: huma.TypeString, Enum: []any{"draft", "review", "scheduled", "published", "superseded", "withdrawn"}}},
		func(f *store.Filter, v string) bool {
			if v == "withdrawn" {
				f.Withdrawn = true
				return true
			}
			f.State = press.State(v)
			return slices.Contains(press.States, f.State)
		}},
	{huma.Param{Name: "kind", In: "query", Description: "Those of a document kind", Example: "statement", Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[a-z0-9-]{1,64}$"}},
		func(f *store.Filter, v string) bool { f.Kind = v; return shortName(v) }},
	{huma.Param{Name: "lang", In: "query", Description: "Those in a language", Example: "fr", Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", MaxLength: new(64)}},
		func(f *store.Filter, v string) bool { f.Lang = v; return languageTag(v) }},
	{huma.Param{Name: "since", In: "query", Description: "Those dated on this day or later", Example: "2023-01-01", Schema: &huma.Schema{Type: huma.TypeString, Format: "date"}},
		func(f *store.Filter, v string) bool { f.Since = v; return isDay(v) }},
	{huma.Param{Name: "until", In: "query", Description: "Those dated on this day or earlier", Example: "2023-12-31", Schema: &huma.Schema{Type: huma.TypeString, Format: "date"}},
		func(f *store.Filter, v string) bool { f.Until = v; return isDay(v) }},
	{huma.Param{Name: "q", In: "query", Description: "Those that have all these words in one language; the last may be the beginning of one", Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxQuery)}},
		func(f *store.Filter, v string) bool {
			f.Words = search.Query(v)
			return v != "" && len(v) <= maxQuery
		}},
	{huma.Param{Name: "limit", In: "query", Description: "The length of a page", Schema: &huma.Schema{Type: huma.TypeInteger, Default: defaultLimit, Minimum: new(1.0), Maximum: new(float64(maxLimit))}},
		func(f *store.Filter, v string) (ok bool) { f.Limit, ok = readLimit(v); return ok }},
	{huma.Param{Name: "cursor", In: "query", Description: "next of the page before", Example: "c9", Schema: &huma.Schema{Type: huma.TypeString, Pattern: cursorPattern}},
		func(f *store.Filter, v string) (ok bool) { f.Before, ok = readCursor(v); return ok }},
}

const (
	maxQuery     = 200
	defaultLimit = 50
	maxLimit     = 200
)

func documentedFilter() []*huma.Param {
	out := make([]*huma.Param, len(filters))
	for i := range filters {
		out[i] = &filters[i].doc
	}
	return out
}

// readFilter reads a query that has nothing else.
func readFilter(query url.Values) (store.Filter, *Problem) {
	f := store.Filter{Limit: defaultLimit}
	for _, row := range filters {
		if query.Has(row.doc.Name) && !row.read(&f, query.Get(row.doc.Name)) {
			return f, wrongQuery(wrongParameter(row.doc.Name, "invalid-"+row.doc.Name, fmt.Sprintf("%s cannot be %q", row.doc.Name, query.Get(row.doc.Name)), row.doc.Description, ""))
		}
	}
	return f, nil
}

func wrongQuery(p *SourceProblem) *Problem {
	problem := invalidParameter.because(p.Message)
	problem.Problems = []SourceProblem{*p}
	return problem
}

func readLimit(v string) (int, bool) {
	n, err := strconv.Atoi(v)
	return n, err == nil && n >= 1 && n <= maxLimit
}

func shortName(v string) bool {
	return v != "" && len(v) <= 64 && strings.Trim(v, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func isDay(v string) bool {
	_, err := time.Parse(time.DateOnly, v)
	return err == nil
}

func (s *Server) getPublication(c *gin.Context, _ access.Identity) *Problem {
	p, err := s.office().Get(c.Request.Context(), c.Param("slug"))
	if err != nil {
		return s.officeProblem(c, err)
	}
	tag := etag(p)
	c.Header("ETag", tag)
	c.Header("Cache-Control", "no-store")
	if list, ok := readTags(c.Request.Header.Values("If-None-Match")); ok && list.name(tag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	return answerJSON(c, http.StatusOK, p)
}

func (s *Server) putPublication(c *gin.Context, who access.Identity) *Problem {
	p, problem := readParameters(c.Request.URL.RawQuery, s.draftParameters())
	if problem != nil {
		return problem
	}
	return s.withSources(c, who, p, func(change office.Change, m office.Material) (*office.Answer, error) {
		options := press.Options{Theme: p.request.Theme, Paper: p.request.Paper, Products: p.request.Products, Attach: p.request.AttachSource}
		if render.IsRecord(m.Sources[0].Name) {
			options.Langs = p.request.Langs
		}
		return s.office().Save(c.Request.Context(), change, m, options)
	})
}

func (s *Server) putLanguage(c *gin.Context, who access.Identity) *Problem {
	p, problem := readParameters(c.Request.URL.RawQuery, []parameter{*s.draftParameter("name")})
	if problem != nil {
		return problem
	}
	lang := c.Param("lang")
	if !languageTag(lang) {
		return wrongField(invalidRequest, "lang", "that is no language tag", "use a BCP 47 tag such as fr or zh-Hans")
	}
	p.request.Langs = []string{lang}
	return s.withSources(c, who, p, func(change office.Change, m office.Material) (*office.Answer, error) {
		if len(m.Sources) != 1 {
			return nil, &press.Error{Kind: press.Invalid, Field: "file", Detail: "one language has one source", Fix: "send several languages to the publication itself"}
		}
		return s.office().Translate(c.Request.Context(), change, lang, m)
	})
}

// withSources reads the sources of a body, in the queue and a slot of renders, and
// answers with what became of them.
func (s *Server) withSources(c *gin.Context, who access.Identity, p *parameters, save func(office.Change, office.Material) (*office.Answer, error)) *Problem {
	if s.gate.admit() != nil {
		return busy.because("the queue is full")
	}
	defer s.gate.leave()
	sources, problem := s.readSources(c, p)
	if problem != nil {
		return problem
	}
	m := office.Material{Sources: sources}
	if pictures, ok := sources[0].Files.(office.Pictures); ok {
		m.Pictures = pictures
	}
	change, problem := s.change(c, who, c.Request.URL.RawQuery, fingerprintOf(m))
	if problem != nil {
		return problem
	}
	return s.inSlot(c, func() *Problem {
		answer, err := save(change, m)
		if err != nil {
			return s.officeProblem(c, err)
		}
		return s.answerChange(c, answer, Saved{*answer.Publication, sourceProblems(answer.Problems)})
	})
}

func (s *Server) deletePublication(c *gin.Context, who access.Identity) *Problem {
	change, problem := s.change(c, who)
	if problem != nil {
		return problem
	}
	change.Command.Action = press.Delete
	if err := s.office().Remove(c.Request.Context(), change, ""); err != nil {
		return s.officeProblem(c, err)
	}
	c.Header("Cache-Control", "no-store")
	c.Status(http.StatusNoContent)
	return nil
}
