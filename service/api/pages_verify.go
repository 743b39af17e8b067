package api

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/files"
	"communique/service/site"
)

// verify answers with the form, or with what is known of a checksum.
func (f *front) verify(c *gin.Context) {
	lang := f.language(c)
	typed, given := c.GetQuery("sha256")
	if !given {
		f.answer(c, replyKey{name: "verify", lang: lang}, func(context.Context) (*reply, error) {
			return f.page(http.StatusOK, f.face.Verify(lang, ""), lang, "no-cache").hashed(), nil
		})
		return
	}
	if problem := f.throttled(c); problem != nil {
		fail(c, problem)
		return
	}
	// as sha256sum prints it, and as people copy it
	compact := strings.ToLower(strings.Join(strings.Fields(typed), ""))
	digest, err := files.ParseDigest(compact)
	if err != nil {
		if typed = strings.TrimSpace(typed); typed == "" {
			typed = "–"
		}
		f.page(http.StatusBadRequest, f.face.Verify(lang, typed), lang, "no-store").send(c)
		return
	}
	f.verdict(c, lang, digest)
}

// verdict answers with what is known of a file.
func (f *front) verdict(c *gin.Context, lang string, digest files.Digest) {
	v := site.Verdict{Lang: lang, SHA256: digest.String()}
	if found := f.office.Verify(digest); len(found) > 0 {
		best := found[0]
		p, err := f.office.Seen(c.Request.Context(), best.Sight)
		if err != nil {
			f.failed(c, err)
			return
		}
		current := best.Sight.Number
		if best.File.Current {
			current = best.File.Number
		}
		v.Match = &site.Match{Publication: f.whole(p), Revision: best.File.Number, Released: best.File.Since, Current: current,
			Edition: site.Edition{Lang: best.File.Lang, Product: best.File.Product, Format: render.Format(best.File.Format), Size: best.File.Size, SHA256: digest.String()}}
		if r := p.Revision(best.File.Number); r != nil {
			v.Match.Zone = f.zone(r.Zone)
		}
	}
	f.page(http.StatusOK, f.face.Verdict(v), lang, "no-store").send(c)
}

// What a form may have beside its file.
const (
	maxFormParts = 8
	maxFormText  = 64
)

// verifyFile answers with what is known of a file in a form. The file is read to
// its end, for its digest alone: nothing of it is kept.
func (f *front) verifyFile(c *gin.Context) {
	if problem := f.throttled(c); problem != nil {
		fail(c, problem)
		return
	}
	connection := http.NewResponseController(c.Writer)
	_ = connection.SetReadDeadline(time.Now().Add(f.limits.BodyTime)) // as in readSources
	defer func() { _ = connection.SetReadDeadline(time.Time{}) }()
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxVerified+maxJSON)
	lang, digest, problem := f.digestOfForm(c)
	switch {
	case problem != nil:
		fail(c, problem)
	case digest == nil: // no file was chosen: the form again
		c.Request.URL.RawQuery = "lang=" + url.QueryEscape(lang)
		f.elsewhere(c, http.StatusSeeOther, verifyPagePath)
	default:
		f.verdict(c, lang, *digest)
	}
}

// digestOfForm reads a form: the digest of its file, nil if it has none, and the
// language that it asks for.
func (f *front) digestOfForm(c *gin.Context) (lang string, digest *files.Digest, problem *Problem) {
	lang = f.language(c)
	form, err := c.Request.MultipartReader()
	if err != nil {
		problem = unsupportedMediaType.because("the Content-Type is not that of a form with a file")
		problem.header.Set("Accept", "multipart/form-data")
		return lang, nil, problem
	}
	for range maxFormParts {
		part, err := form.NextPart()
		if err == io.EOF { // bare it is the end; wrapped, the body ended too early
			return lang, digest, nil
		}
		if err != nil {
			return lang, nil, f.formProblem(err)
		}
		switch part.FormName() {
		case "lang":
			text, _ := io.ReadAll(io.LimitReader(part, maxFormText)) // NextPart tells what is wrong with the body
			lang = f.face.Language(string(text), c.GetHeader("Accept-Language"))
		case fileField:
			hash := sha256.New()
			n, err := io.Copy(hash, part)
			if err != nil {
				return lang, nil, f.formProblem(err)
			}
			if n > 0 {
				d := files.Digest(hash.Sum(nil))
				digest = &d
			}
		}
	}
	return lang, nil, malformedBody.because("the form has too many fields: expected one file and a language")
}

func (f *front) formProblem(err error) *Problem {
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return bodyTooLarge.because("the file is larger than any that is published here")
	}
	return f.bodyProblem(err)
}
