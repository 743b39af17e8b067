package api

import (
	"net/http"
	"regexp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/press"
	"communique/service/store"
)

const auditPath = "/v1/audit"

// Trail is a page of the audit trail.
type Trail struct {
	Items []press.Entry `json:"items" nullable:"false" doc:"The oldest first"`
	Next  string        `json:"next,omitempty" doc:"The cursor of the next page; absent on the last" example:"c9"`
}

// trailFilter is a query parameter of the audit trail.
type trailFilter struct {
	doc  huma.Param
	read func(f *store.TrailFilter, value string) bool
}

var (
	trailPages = []trailFilter{
		{huma.Param{Name: "limit", In: "query", Description: "The length of a page", Schema: &huma.Schema{Type: huma.TypeInteger, Default: defaultLimit, Minimum: new(1.0), Maximum: new(float64(maxLimit))}},
			func(f *store.TrailFilter, v string) (ok bool) { f.Limit, ok = readLimit(v); return ok }},
		{huma.Param{Name: "cursor", In: "query", Description: "next of the page before", Example: "c9", Schema: &huma.Schema{Type: huma.TypeString, Pattern: cursorPattern}},
			func(f *store.TrailFilter, v string) (ok bool) { f.After, ok = readCursor(v); return ok }},
	}
	trailFilters = append([]trailFilter{
		{huma.Param{Name: "publication", In: "query", Description: "The id of a publication, which may be deleted or erased", Example: examplePublication().ID, Schema: &huma.Schema{Type: huma.TypeString, Pattern: publicationID.String()}},
			func(f *store.TrailFilter, v string) bool { f.Publication = v; return publicationID.MatchString(v) }},
		{huma.Param{Name: "actor", In: "query", Description: "The id of a key, or the subject of a person", Example: "k3q7x2m5a6vbn4ct", Schema: &huma.Schema{Type: huma.TypeString, MinLength: new(1), MaxLength: new(maxActor), Pattern: `^[^\x00-\x1F\x7F-\x9F]+$`}},
			func(f *store.TrailFilter, v string) bool { f.Actor = v; return actorID(v) }},
	}, trailPages...)
)

// publicationID is what the ids of publications look like, which the store makes.
var publicationID = regexp.MustCompile(`^[0-9a-z]{26}$`)

// maxActor is the longest id of a caller, in characters.
const maxActor = 255

// actorID tells what can be the id of a caller: identity providers make their own.
func actorID(v string) bool {
	return v != "" && utf8.ValidString(v) && utf8.RuneCountInString(v) <= maxActor && !slices.ContainsFunc([]rune(v), unicode.IsControl)
}

func (s *Server) registerTrail(api huma.API) {
	parameters := func(table []trailFilter) (out []*huma.Param) {
		for i := range table {
			out = append(out, &table[i].doc)
		}
		return out
	}
	answers := func() map[string]*huma.Response {
		return map[string]*huma.Response{"200": s.jsonAnswer("A page of the trail", Trail{}, &Trail{Items: []press.Entry{{ID: 12, At: exampleTime, By: press.Actor{Kind: "key", ID: "k3q7x2m5a6vbn4ct", Name: "Press desk"}, Action: press.Publish, Publication: examplePublication().ID, Slug: "kimberley-2023", Revision: 1, RequestID: "5c0f9a7d3b1e4f60"}}})}
	}
	s.operation(api, operationDoc{
		id: "list-audit-of-publication", method: http.MethodGet, path: publicationPath + "/audit", tag: "Revisions", scope: access.Read,
		summary: "Who did what to a publication", description: "The audit trail, the oldest line first. It is only ever added to.",
		parameters: append([]*huma.Param{slugParameter()}, parameters(trailPages)...), answers: answers(), problems: []*problemType{notFound},
	}, s.listTrail)
	s.operation(api, operationDoc{
		id: "list-audit", method: http.MethodGet, path: auditPath, tag: "Administration", scope: access.Admin,
		summary: "Who did what", description: "The whole audit trail, what was deleted or erased and keys included; all of it, or what was done to one publication, or by one key or person.",
		parameters: parameters(trailFilters), answers: answers(),
	}, s.listTrail)
}

// listTrail answers with a page of the trail. Which filters an operation has its document says.
func (s *Server) listTrail(c *gin.Context, _ access.Identity) *Problem {
	f := store.TrailFilter{Limit: defaultLimit}
	query := c.Request.URL.Query()
	for _, row := range trailFilters {
		if name := row.doc.Name; query.Has(name) && !row.read(&f, query.Get(name)) {
			return wrongQuery(wrongParameter(name, "invalid-"+name, name+" cannot be read", row.doc.Description, ""))
		}
	}
	length := f.Limit
	f.Limit++ // one more tells whether there is a next page
	list, err := s.office().Trail(c.Request.Context(), c.Param("slug"), f)
	if err != nil {
		return s.officeProblem(c, err)
	}
	trail := Trail{Items: append([]press.Entry{}, list[:min(length, len(list))]...)}
	if len(list) > length {
		trail.Next = cursor(list[length-1].ID)
	}
	return answerJSON(c, http.StatusOK, trail)
}
