package api

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/render"
)

// schemasPath is where the schemas are, by name.
const schemasPath = "/schemas/"

const schemaType = "application/schema+json"

func (s *Server) registerSchemas(api huma.API, router *gin.Engine) {
	schemas := map[string]*reply{}
	for name, data := range render.Schemas() {
		schemas[name] = newConstant(schemaType, data)
	}
	names := slices.Sorted(maps.Keys(schemas))
	var enum []any
	for _, name := range names {
		enum = append(enum, name)
	}
	serve := func(c *gin.Context) *Problem {
		schema, ok := schemas[c.Param("name")]
		if !ok {
			return notFound.because("there is no such schema, only " + strings.Join(names, ", "))
		}
		schema.send(c)
		return nil
	}
	headers := func() map[string]*huma.Header {
		h := commonHeaders()
		h["Cache-Control"], h["ETag"] = text("no-cache: ask again with If-None-Match"), text("Changes with the schema")
		return h
	}
	huma.Register(api, huma.Operation{
		OperationID: "schema", Method: http.MethodGet, Path: schemasPath + "{name}", Tags: []string{"Schemas"},
		Summary:     "Get a JSON Schema (2020-12)",
		Description: "document is the format json, plenary the record of a meeting, statement the front matter of a statement.",
		Parameters: []*huma.Param{
			{Name: "name", In: "path", Required: true, Description: "Which schema", Schema: &huma.Schema{Type: huma.TypeString, Enum: enum}},
			{Name: "If-None-Match", In: "header", Description: "The ETag of an earlier answer", Schema: &huma.Schema{Type: huma.TypeString}},
			requestIDParameter(),
		},
		Responses: s.responses(map[string]*huma.Response{
			"200": {Description: "The schema", Headers: headers(), Content: map[string]*huma.MediaType{schemaType: {Schema: &huma.Schema{Type: huma.TypeObject}}}},
			"304": {Description: "It has not changed", Headers: headers()},
		}, notFound, internalError),
	}, s.handle(serve))
	router.HEAD(schemasPath+":name", func(c *gin.Context) {
		if problem := serve(c); problem != nil {
			fail(c, problem)
		}
	})
}

// newConstant is the reply of data that stay the same while the server runs.
func newConstant(mediaType string, data []byte) *reply {
	return newReply(http.StatusOK, data, true, "", oneField("Content-Type", mediaType), oneField("Cache-Control", "no-cache")).hashed()
}
