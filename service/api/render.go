package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/render/diag"
	"communique/service/access"
)

const (
	renderPath = "/v1/render"
	zipType    = "application/zip"
	// warningsHeader counts the warnings of a successful render.
	warningsHeader = "Communique-Warnings"
)

func (s *Server) registerRender(api huma.API) {
	huma.Register(api, huma.Operation{
		OperationID: "render", Method: http.MethodPost, Path: renderPath, Tags: []string{"Rendering"},
		Summary: "Render statements and records of meetings",
		Description: "Send one Markdown source or record as the body, or several languages of a publication as files of a form, and get PDF, HTML, plain text, the document as JSON, or pictures back.\n\n" +
			"A record becomes each product of ?product in each language of ?lang, or of its headline; with one language and at most one product it is one artifact. " +
			"One artifact comes as it is; several (?format=pdf,html, more than one file, or pictures of pages without ?page) come as one zip, which an Accept header must allow. " +
			"Sources with errors are answered with 422 and the list of problems; warnings are counted in " + warningsHeader + ", and POST " + checkPath + " tells what they are. " +
			"Nothing is stored. The same sources give the same bytes.",
		Security:   []map[string][]string{{}, {"key": {string(access.Render)}}},
		Parameters: append(documented(s.renderParameters()), requestIDParameter()),
		Responses: s.responses(map[string]*huma.Response{"200": s.artifactResponse()},
			invalidParameter, unauthorized, forbidden, tooManyRequests, malformedBody, notAcceptable, slowBody, bodyTooLarge, unsupportedMediaType, invalidSource, internalError, busy, renderTooLong),
	}, s.handle(s.admitted(access.Render, s.postRender)))
	api.OpenAPI().Paths[renderPath].Post.RequestBody = sourcesBody()
}

// input gives a handler the request as Gin has it: bodies are streamed and
// queries read by tables of our own, for errors with the nearest name.
type input struct{ request *gin.Context }

// Resolve is huma's hook to reach the request.
func (in *input) Resolve(ctx huma.Context) []error {
	in.request = humagin.Unwrap(ctx)
	return nil
}

// handle makes a huma handler of one that answers by itself or returns why not.
func (s *Server) handle(serve func(*gin.Context) *Problem) func(context.Context, *input) (*huma.StreamResponse, error) {
	return func(_ context.Context, in *input) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(huma.Context) {
			if problem := serve(in.request); problem != nil {
				fail(in.request, problem)
			}
		}}, nil
	}
}

func (s *Server) postRender(c *gin.Context, _ access.Identity) *Problem {
	p, problem := readParameters(c.Request.URL.RawQuery, s.renderParameters())
	if problem != nil {
		return problem
	}
	if s.gate.admit() != nil {
		return busy.because("the queue is full")
	}
	defer s.gate.leave()
	if p.request.Sources, problem = s.readSources(c, p); problem != nil {
		return problem
	}
	mediaType, problem := s.chooseType(c.Request.Header.Values("Accept"), &p.request)
	if problem != nil {
		return problem
	}
	result, problem := s.run(c, p.request)
	if problem != nil {
		return problem
	}
	if diag.HasErrors(result.Problems) {
		return sourcesHaveErrors(result.Problems)
	}
	return answer(c, result, mediaType)
}

// chooseType decides what the answer is, and so which formats are made: those
// of ?format, or else what the client accepts, or else PDF.
func (s *Server) chooseType(accept []string, request *render.Request) (string, *Problem) {
	offers := s.offers(request)
	chosen, ok := negotiate(accept, offers)
	if !ok {
		return "", notAcceptable.because("this request can be answered with " + strings.Join(offers, ", "))
	}
	if len(request.Formats) == 0 {
		formats := s.options.Renderer.Formats()
		first := max(0, slices.IndexFunc(formats, func(f render.Format) bool { return bareType(f) == chosen })) // a page's type comes before the card's
		request.Formats = formats[first : first+1]
	}
	return chosen, nil
}

// offers are the media types that can answer a request.
func (s *Server) offers(request *render.Request) (offers []string) {
	one := request.Pages.First > 0 && request.Pages.First == request.Pages.Last
	// A record makes as many as it has languages, unless the request names one.
	record := slices.ContainsFunc(request.Sources, func(s render.Source) bool { return render.IsRecord(s.Name) })
	switch {
	case record && (len(request.Langs) != 1 || len(request.Products) > 1):
		return []string{zipType}
	case len(request.Sources) > 1 || len(request.Formats) > 1, len(request.Formats) == 1 && request.Formats[0].Paged() && !one:
		return []string{zipType}
	case len(request.Formats) == 1:
		return []string{bareType(request.Formats[0]), zipType}
	}
	for _, f := range s.options.Renderer.Formats() {
		if t := bareType(f); (one || !f.Paged()) && f != render.Card && !f.OfRecord() {
			offers = append(offers, t)
		}
	}
	return append(offers, zipType)
}

// bareType is a format's media type without parameters.
func bareType(f render.Format) string {
	bare, _, _ := strings.Cut(f.MediaType(), ";")
	return bare
}

// run renders in a slot, within Limits.RenderTime. A client that has gone gives
// its slot back as soon as the render notices.
func (s *Server) run(c *gin.Context, request render.Request) (*render.Result, *Problem) {
	ctx := c.Request.Context()
	note(c, "sources", len(request.Sources))
	if err := s.gate.begin(ctx, s.limits.RenderTime); err != nil {
		return nil, s.renderProblem(c, err)
	}
	defer s.gate.end()
	ctx, cancel := context.WithTimeout(ctx, s.limits.RenderTime)
	defer cancel()
	result, err := s.render(ctx, request)
	if err != nil {
		return nil, s.renderProblem(c, err)
	}
	note(c, "problems", len(result.Problems))
	return result, nil
}

// renderProblem says why there is no result. The error's own text stays in the log.
func (s *Server) renderProblem(c *gin.Context, err error) *Problem {
	switch {
	case errors.Is(err, errBusy):
		return busy.because(fmt.Sprintf("no render slot came free within %v", s.limits.RenderTime))
	case errors.Is(err, context.DeadlineExceeded):
		return renderTooLong.because(fmt.Sprintf("the render took longer than %v", s.limits.RenderTime))
	case errors.Is(err, context.Canceled):
		return busy.because("the request was given up") // by a client that reads no answer, or at a forced stop
	}
	if wrong, ok := errors.AsType[*render.RequestError](err); ok && wrong.Reason != "" {
		problem := invalidParameter.because(wrong.Reason)
		problem.Problems = []SourceProblem{*wrongParameter(wrong.Field, "unfit-"+wrong.Field, wrong.Reason, "", "")}
		return problem
	} else if ok {
		parameter := unknownValue(wrong.Field, wrong.Value, wrong.Allowed)
		problem := invalidParameter.because(parameter.Message)
		problem.Problems = []SourceProblem{*parameter}
		return problem
	}
	s.log.Error("render failed", "id", requestID(c), "error", err)
	return internalError.because("the render failed; the server's log has the reason under this request id")
}

func sourcesHaveErrors(problems []diag.Problem) *Problem {
	p := invalidSource.because(diag.Summary(problems))
	p.Problems = sourceProblems(problems)
	return p
}

// answer writes the one artifact, or a zip of all.
func answer(c *gin.Context, result *render.Result, mediaType string) *Problem {
	var body []byte
	var name, full string
	if mediaType == zipType {
		if twice := sameName(result.Artifacts); twice != "" {
			return malformedBody.because(fmt.Sprintf("two of the files would both become %q: give them names of their own", twice))
		}
		packed, err := pack(result.Artifacts)
		if err != nil {
			panic(err) // archive/zip fails only with its writer, which is memory
		}
		body, name, full = packed, archiveName(result.Artifacts), zipType
	} else {
		only := result.Artifacts[0]
		body, name, full = only.Data, only.Name, only.MediaType
	}
	h := c.Writer.Header()
	h.Set("Content-Type", full)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	h.Set("Content-Disposition", attachment(name))
	h.Set("Content-Language", strings.Join(languages(result.Artifacts), ", "))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
	h.Set("Cache-Control", "no-store")
	varies(h, "Accept")
	h.Set(warningsHeader, strconv.Itoa(len(result.Problems)))
	c.Status(http.StatusOK)
	if _, err := c.Writer.Write(body); err != nil {
		note(c, "write", err.Error())
	}
	return nil
}

// languages lists the languages of the artifacts in their order, each once.
func languages(artifacts []render.Artifact) []string {
	var out []string
	for _, a := range artifacts {
		if a.Lang != "" && !slices.Contains(out, a.Lang) {
			out = append(out, a.Lang)
		}
	}
	return out
}
