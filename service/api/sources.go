package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/office"
)

// markdownTypes are the media types of a statement. A body sent as
// form-urlencoded or without a type is what plain curl makes of a file.
var markdownTypes = []string{"text/markdown", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded", ""}

// recordTypes are the media types of the record of a meeting, and the endings of
// the names by which a render knows one. The first ending is given to a raw body.
var recordTypes = map[string][]string{
	"application/json":   {".json"},
	"application/yaml":   {".yaml", ".yml"}, // RFC 9512, and what was said before it
	"application/x-yaml": {".yaml", ".yml"},
	"text/yaml":          {".yaml", ".yml"},
}

// fileField is the name of the form fields that hold sources.
const fileField = "file"

// pictureField is the name of the form fields that hold pictures.
const pictureField = "picture"

// acceptedTypes is what an answer 415 says it would have taken.
const acceptedTypes = "text/markdown, text/plain, application/octet-stream, application/yaml, application/x-yaml, text/yaml, application/json, multipart/form-data"

// readSources reads the body, at most Limits.Body bytes within Limits.BodyTime.
func (s *Server) readSources(c *gin.Context, p *parameters) ([]render.Source, *Problem) {
	mediaType, params, problem := contentType(c.GetHeader("Content-Type"))
	if problem != nil {
		return nil, problem
	}
	if coding := c.GetHeader("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		problem := unsupportedMediaType.because(fmt.Sprintf("the body is compressed (Content-Encoding: %s)", coding))
		problem.header.Set("Accept-Encoding", "identity")
		return nil, problem
	}
	if c.Request.ContentLength > s.limits.Body {
		return nil, s.tooLarge()
	}
	if problem := namedRecord(mediaType, p.name); problem != nil {
		return nil, problem
	}
	connection := http.NewResponseController(c.Writer)
	// A writer without deadlines is a test's recorder, whose body is there already.
	_ = connection.SetReadDeadline(time.Now().Add(s.limits.BodyTime))
	// The deadline ends with the body, or it would end the request during its render.
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }()
	body := http.MaxBytesReader(c.Writer, c.Request.Body, s.limits.Body)
	if mediaType == "multipart/form-data" {
		if p.name != "" {
			return nil, invalidParameter.because("name is for a source sent as the raw body; files of a form have names of their own")
		}
		return s.readForm(body, params["boundary"])
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, s.bodyProblem(err)
	}
	if problem := checkRaw(mediaType, data); problem != nil {
		return nil, problem
	}
	return []render.Source{{Name: rawName(mediaType, p), Data: data}}, nil
}

// contentType reads a Content-Type and refuses what no source can be.
func contentType(header string) (mediaType string, params map[string]string, problem *Problem) {
	if header == "" {
		return "", nil, nil
	}
	mediaType, params, err := mime.ParseMediaType(header)
	if err != nil || mediaType != "multipart/form-data" && !slices.Contains(markdownTypes, mediaType) && recordTypes[mediaType] == nil {
		problem = unsupportedMediaType.because(fmt.Sprintf("the Content-Type is %q", header))
		problem.header.Set("Accept", acceptedTypes)
		return "", nil, problem
	}
	switch charset := strings.ToLower(params["charset"]); charset {
	case "", "utf-8", "utf8", "us-ascii":
		return mediaType, params, nil
	default:
		problem = unsupportedMediaType.because(fmt.Sprintf("the charset is %q, and sources are UTF-8", charset))
		problem.header.Set("Accept", "text/markdown; charset=utf-8")
		return "", nil, problem
	}
}

// checkRaw finds what plain curl does to a file when it is told wrongly.
func checkRaw(mediaType string, data []byte) *Problem {
	if len(data) == 0 {
		return malformedBody.because("the body is empty: send the source as the body, as in curl --data-binary @statement.en.md")
	}
	if mediaType == "application/x-www-form-urlencoded" && bytes.HasPrefix(data, []byte("---")) && bytes.IndexByte(data, '\n') < 0 {
		return malformedBody.because("the source has lost its line ends, as curl -d and --data make of a file: use curl --data-binary @statement.en.md")
	}
	return nil
}

// namedRecord refuses a name that would make a statement of a record.
func namedRecord(mediaType, name string) *Problem {
	endings := recordTypes[mediaType]
	if name == "" || len(endings) == 0 || slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		return nil
	}
	problem := wrongParameter("name", "invalid-name", fmt.Sprintf("%q is no name for a body that is %s", name, mediaType),
		"a name that ends in "+strings.Join(endings, " or "), "name=publication"+endings[0])
	answer := invalidParameter.because(problem.Message)
	answer.Problems = []SourceProblem{*problem}
	return answer
}

// rawName is the name of a source that came as the raw body.
func rawName(mediaType string, p *parameters) string {
	switch endings := recordTypes[mediaType]; {
	case p.name != "":
		return p.name
	case len(endings) > 0:
		return "publication" + endings[0]
	case len(p.request.Langs) == 1:
		return "statement." + p.request.Langs[0] + ".md"
	}
	return "statement.md"
}

// formFiles is what a multipart form holds.
type formFiles struct {
	sources  []render.Source
	pictures office.Pictures
}

// readForm reads the files of a multipart form, part by part.
func (s *Server) readForm(body io.Reader, boundary string) ([]render.Source, *Problem) {
	if boundary == "" {
		return nil, malformedBody.because("the Content-Type multipart/form-data names no boundary")
	}
	reader := multipart.NewReader(body, boundary)
	f := &formFiles{pictures: office.Pictures{}}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, s.bodyProblem(err)
		}
		if problem := s.readPart(f, part); problem != nil {
			return nil, problem
		}
	}
	if len(f.sources) == 0 {
		return nil, malformedBody.because("the form has no file: send sources as fields called file, as in curl -F file=@statement.en.md")
	}
	for i := range f.sources {
		f.sources[i].Files = f.pictures
	}
	return f.sources, nil
}

// readPart reads one form field, which must be a file with a name.
func (s *Server) readPart(f *formFiles, part *multipart.Part) *Problem {
	field := part.FormName()
	if field != fileField && field != pictureField {
		return malformedBody.because(fmt.Sprintf("the form has a field %q: sources are fields called file, pictures fields called picture, and options belong in the query", field))
	}
	name := part.FileName()
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:] // some browsers send whole Windows paths
	}
	if !fileName(name) {
		return malformedBody.because("a field called " + field + " has no usable file name: send it with one, such as statement.en.md or map.png")
	}
	if problem := s.room(f, field, name); problem != nil {
		return problem
	}
	if field == fileField {
		if problem := sourceType(name, part.Header.Get("Content-Type")); problem != nil {
			return problem
		}
	}
	data, err := io.ReadAll(part)
	switch {
	case err != nil:
		return s.bodyProblem(err)
	case field == pictureField:
		f.pictures[name] = data
	default:
		f.sources = append(f.sources, render.Source{Name: name, Data: data})
	}
	return nil
}

// room refuses a file too many, and a second one of a name.
func (s *Server) room(f *formFiles, field, name string) *Problem {
	count, most := len(f.sources), s.limits.Files
	twice := slices.ContainsFunc(f.sources, func(o render.Source) bool { return o.Name == name })
	if field == pictureField {
		count, most = len(f.pictures), s.limits.Pictures
		_, twice = f.pictures[name]
	}
	switch {
	case count == most:
		problem := s.tooLarge()
		problem.Detail = fmt.Sprintf("the form has more than %d %ss", most, field)
		return problem
	case twice:
		return malformedBody.because(fmt.Sprintf("the form has two %ss called %q", field, name))
	}
	return nil
}

// sourceType refuses a part that says it is neither Markdown nor a record, and a
// record whose name would make a statement of it.
func sourceType(name, header string) *Problem {
	mediaType, _, problem := contentType(header)
	if problem == nil && mediaType == "multipart/form-data" {
		return unsupportedMediaType.because(name + ": a form inside a form is not a source")
	}
	if problem != nil {
		problem.Detail = name + ": " + problem.Detail
		if strings.HasPrefix(header, "image/") {
			problem.Detail += "; pictures are fields called picture"
		}
	}
	if problem == nil && namedRecord(mediaType, name) != nil {
		return malformedBody.because(fmt.Sprintf("%s is said to be %s: give it a name that ends in %s", name, mediaType, strings.Join(recordTypes[mediaType], " or ")))
	}
	return problem
}

// bodyProblem says why a body could not be read to its end.
func (s *Server) bodyProblem(err error) *Problem {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return s.tooLarge()
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		problem := slowBody.because(fmt.Sprintf("the body did not arrive within %v", s.limits.BodyTime))
		problem.header.Set("Connection", "close")
		return problem
	}
	return malformedBody.because("the body ended early or is not well-formed multipart/form-data")
}

func (s *Server) tooLarge() *Problem {
	return bodyTooLarge.because(fmt.Sprintf("the body has more than %d bytes", s.limits.Body))
}
