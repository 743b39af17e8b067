package api

import (
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/files"
	"communique/service/office"
)

const verifyPath = "/v1/verify"

// Verification tells what a file is.
type Verification struct {
	Digest string `json:"sha256" doc:"SHA-256 of the file" example:"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"`
	Status string `json:"status" enum:"unknown,current,superseded,withdrawn" doc:"unknown: not published here. current: it holds; later revisions, if any, only added languages. superseded: corrected since. withdrawn: the publication was" example:"current"`
	// The others are absent for an unknown file.
	Slug       string    `json:"slug,omitempty" doc:"The publication" example:"kimberley-2023"`
	Revision   int       `json:"revision,omitempty" minimum:"1" doc:"The revision that the file belongs to" example:"1"`
	Current    int       `json:"current,omitempty" minimum:"1" doc:"The revision that readers see now" example:"1"`
	Name       string    `json:"name,omitempty" doc:"The file's name" example:"en.pdf"`
	Lang       string    `json:"lang,omitempty" doc:"Its language" example:"en"`
	ReleasedAt time.Time `json:"released_at,omitzero" doc:"When that revision was published"`
}

func (s *Server) registerVerify(api huma.API) {
	s.operation(api, operationDoc{
		id: "verify-hash", method: http.MethodGet, path: verifyPath, tag: "Verification", scope: anyone,
		summary: "Is a file ours, by its SHA-256?", description: "Only what readers have been able to see is known here.",
		parameters: []*huma.Param{{Name: "sha256", In: "query", Required: true, Description: "64 hexadecimal digits", Example: exampleDigest, Schema: &huma.Schema{Type: huma.TypeString, Pattern: "^[0-9a-fA-F]{64}$"}}},
		answers:    map[string]*huma.Response{"200": s.jsonAnswer("What the file is", Verification{}, &Verification{Digest: exampleDigest, Status: "current", Slug: "kimberley-2023", Revision: 1, Current: 1, Name: "en.pdf", Lang: "en", ReleasedAt: exampleTime})},
		problems:   []*problemType{invalidParameter},
	}, func(c *gin.Context, _ access.Identity) *Problem {
		digest, err := files.ParseDigest(strings.ToLower(c.Query("sha256")))
		if err != nil {
			return wrongQuery(wrongParameter("sha256", "invalid-sha256", "that is no SHA-256", "64 hexadecimal digits, as sha256sum prints them", ""))
		}
		return answerJSON(c, http.StatusOK, s.verification(digest))
	})
	s.operation(api, operationDoc{
		id: "verify-file", method: http.MethodPost, path: verifyPath, tag: "Verification", scope: anyone,
		summary: "Is this file ours?", description: "Send the file as the body. Nothing of it is kept.", file: true,
		answers:  map[string]*huma.Response{"200": s.jsonAnswer("What the file is", Verification{}, &Verification{Digest: exampleDigest, Status: "unknown"})},
		problems: []*problemType{malformedBody, slowBody, bodyTooLarge},
	}, func(c *gin.Context, _ access.Identity) *Problem {
		digest, problem := s.digestOf(c)
		if problem != nil {
			return problem
		}
		return answerJSON(c, http.StatusOK, s.verification(digest))
	})
}

// fileBody documents a body of whatever bytes.
func fileBody() *huma.RequestBody {
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/pdf":          {Schema: notEmpty(binary("A file, of whatever type"))},
		"application/octet-stream": {Schema: notEmpty(binary("A file"))},
	}}
}

func notEmpty(s *huma.Schema) *huma.Schema {
	s.MinLength = new(1)
	return s
}

// maxVerified is the largest file that is verified: what is larger was not made here.
const maxVerified = files.Largest

// digestOf reads a body and keeps its digest alone.
func (s *Server) digestOf(c *gin.Context) (files.Digest, *Problem) {
	connection := http.NewResponseController(c.Writer)
	_ = connection.SetReadDeadline(time.Now().Add(s.limits.BodyTime)) // as in readSources
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }()
	hash := sha256.New()
	n, err := io.Copy(hash, http.MaxBytesReader(c.Writer, c.Request.Body, maxVerified))
	switch _, large := errors.AsType[*http.MaxBytesError](err); {
	case large:
		return files.Digest{}, bodyTooLarge.because("the file is larger than any that is published here")
	case err != nil:
		return files.Digest{}, s.bodyProblem(err)
	case n == 0:
		return files.Digest{}, malformedBody.because("the body is empty: send the file as the body, as in curl --data-binary @statement.pdf")
	}
	return files.Digest(hash.Sum(nil)), nil
}

func (s *Server) verification(digest files.Digest) Verification {
	v := Verification{Digest: digest.String(), Status: "unknown"}
	found := s.office().Verify(digest)
	if len(found) == 0 {
		return v
	}
	best := found[0]
	v.Slug, v.Revision, v.Current, v.Name, v.Lang, v.ReleasedAt = best.Sight.Slug, best.File.Number, best.Sight.Number, best.File.Name, best.File.Lang, best.File.Since
	v.Status = standing(best)
	return v
}

// standing is what has become of a file.
func standing(f office.Found) string {
	switch {
	case f.Sight.Withdrawn:
		return "withdrawn"
	case f.File.Current:
		return "current"
	}
	return "superseded"
}
