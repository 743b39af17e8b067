package api

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/office"
	"communique/service/site"
)

// The addresses of the public face, as Gin and the OpenAPI document write them.
const (
	shownPath = "/p/{slug}"
	filePath  = shownPath + "/{file}"
	fixedPath = shownPath + "/r{number}/{file}"
)

// front is the public face over HTTP. It knows no credentials: everybody sees the
// same, and of what is not out nobody sees anything.
type front struct {
	*Server
	office *office.Office
	face   *site.Face
	kept   *replies
	// stock is everything in order, as of its generation.
	stocking sync.Mutex
	stock    *stock
	// absent is the answer to everything that is not there, by language: the same
	// bytes for what never was and for what waits for its time.
	absent map[string]*reply
}

// keptBytes bounds what replies take in memory.
const keptBytes = 96 << 20

func (s *Server) newFront() *front {
	f := &front{Server: s, office: s.options.Office, face: s.options.Face, kept: newReplies(keptBytes), absent: map[string]*reply{}}
	for _, lang := range f.face.Languages() {
		f.absent[lang] = f.page(http.StatusNotFound, f.face.NotFound(lang), lang, "no-store")
	}
	return f
}

// register serves the public face.
func (f *front) register(router gin.IRoutes) {
	get(router, "/p/:slug", f.publication)
	get(router, "/p/:slug/", f.slashed)
	get(router, "/p/:slug/:file", f.file)
	get(router, "/p/:slug/:file/", f.slashed)
	get(router, "/p/:slug/:file/:name", f.revision)
	f.registerPages(router)
	f.registerPreviews(router)
}

// trusted answers nothing from a memory that has not heard of the database for too
// long: what has been withdrawn meanwhile must not go on being shown.
func (f *front) trusted(c *gin.Context) {
	if f.office.Doubtful() {
		fail(c, notReady.because("the database has not answered for longer than this server may go on without it"))
	}
}

// language is the one that a page is answered in.
func (f *front) language(c *gin.Context) string {
	asked := ""
	if c.Request.URL.RawQuery != "" {
		asked = c.Query("lang")
	}
	return f.face.Language(asked, strings.Join(c.Request.Header.Values("Accept-Language"), ","))
}

// missing answers what is not there.
func (f *front) missing(c *gin.Context) { f.absent[f.language(c)].send(c) }

// page makes a reply of a page.
func (f *front) page(status int, p site.Page, lang, caching string, more ...field) *reply {
	fields := append([]field{oneField("Content-Type", p.MediaType), oneField("Content-Security-Policy", p.Policy),
		oneField("Cache-Control", caching), oneField("Content-Language", lang)}, more...)
	return newReply(status, p.Body, true, "Accept-Language", fields...)
}

// find looks a publication up, and answers itself where its address is another
// one, or where there is none.
func (f *front) find(c *gin.Context) (office.Sight, bool) {
	sight, ok := f.office.Look(c.Param("slug"))
	switch {
	case !ok:
		f.missing(c)
	case sight.Slug != c.Param("slug"):
		rest := strings.TrimPrefix(c.Request.URL.EscapedPath(), "/p/"+c.Param("slug"))
		f.elsewhere(c, http.StatusMovedPermanently, "/p/"+sight.Slug+rest)
		return sight, false
	}
	return sight, ok
}

// elsewhere redirects. The query goes with it: it may hold the language.
func (f *front) elsewhere(c *gin.Context, status int, path string) {
	if c.Request.URL.RawQuery != "" {
		path += "?" + c.Request.URL.RawQuery
	}
	c.Header("Location", path)
	c.Header("Cache-Control", "no-cache") // the way can change again, and what it leads to can be withdrawn
	c.Header("Content-Length", "0")
	c.Status(status)
	c.Writer.WriteHeaderNow()
}

// publication answers with the page of a publication.
func (f *front) publication(c *gin.Context) {
	if sight, ok := f.find(c); ok {
		f.show(c, sight)
	}
}

// show answers with the page, which for a withdrawn publication is the notice.
func (f *front) show(c *gin.Context, sight office.Sight) {
	lang := f.language(c)
	f.answer(c, replyKey{shown: sight.Shown(), lang: lang}, func(ctx context.Context) (*reply, error) {
		p, err := f.office.Seen(ctx, sight)
		if err != nil {
			return nil, err
		}
		page := f.face.Publication(f.whole(p), lang)
		if sight.Withdrawn || p.Withdrawn != nil {
			return f.page(http.StatusGone, page, lang, "no-store"), nil
		}
		return f.page(http.StatusOK, page, lang, "no-cache", alternates(sight.Slug, sight.Files(), nil)).hashed(), nil
	})
}

// buildTime is how long a page may take to be made, whoever waits for it.
const buildTime = 10 * time.Second

// answer sends the reply that is kept, or makes it.
func (f *front) answer(c *gin.Context, k replyKey, build func(context.Context) (*reply, error)) {
	made, err := f.kept.make(k, func() (*reply, error) {
		// whoever asks first may go away while others wait
		ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), buildTime)
		defer cancel()
		return build(ctx)
	})
	if err != nil {
		f.failed(c, err)
		return
	}
	made.send(c)
}

// failed answers where a page could not be made: what has gone meanwhile is not there.
func (f *front) failed(c *gin.Context, err error) {
	problem := f.officeProblem(c, err)
	if problem.kind == notFound {
		f.missing(c)
		return
	}
	fail(c, problem)
}

// slashed answers an address with a slash too many by the one without.
func (f *front) slashed(c *gin.Context) {
	sight, ok := f.find(c)
	if !ok {
		return
	}
	file := c.Param("file")
	_, isRevision := revisionNumber(file)
	switch {
	case sight.Withdrawn:
		f.show(c, sight)
	case isRevision:
		f.toCurrent(c, sight, file)
	case file == "":
		f.elsewhere(c, http.StatusPermanentRedirect, "/p/"+sight.Slug)
	default:
		if found, ok := lenient(&sight, 0, file); ok {
			f.elsewhere(c, http.StatusPermanentRedirect, addressOf(sight.Slug, 0, found))
			return
		}
		f.missing(c)
	}
}

// toCurrent leads from a revision as a whole to the publication, whose page lists it.
func (f *front) toCurrent(c *gin.Context, sight office.Sight, revision string) {
	if n, _ := revisionNumber(revision); !sight.Out(n) {
		f.missing(c)
		return
	}
	f.elsewhere(c, http.StatusPermanentRedirect, "/p/"+sight.Slug)
}

// file answers with a file of the current revision.
func (f *front) file(c *gin.Context) {
	sight, ok := f.find(c)
	if !ok {
		return
	}
	file := c.Param("file")
	if _, isRevision := revisionNumber(file); isRevision && !sight.Withdrawn {
		f.toCurrent(c, sight, file)
		return
	}
	f.serve(c, sight, "", file)
}

// revision answers with a file of one revision.
func (f *front) revision(c *gin.Context) {
	sight, ok := f.find(c)
	switch {
	case !ok:
	case sight.Withdrawn:
		f.show(c, sight)
	default:
		if _, isRevision := revisionNumber(c.Param("file")); !isRevision {
			f.missing(c)
			return
		}
		f.serve(c, sight, c.Param("file"), c.Param("name"))
	}
}

// serve answers with a file by its name: from memory alone if it was asked for before.
func (f *front) serve(c *gin.Context, sight office.Sight, revision, name string) {
	if sight.Withdrawn {
		f.show(c, sight)
		return
	}
	if f.preferred(c, &sight, revision, name) {
		return
	}
	key := replyKey{shown: sight.Shown(), revision: revision, name: name}
	if kept := f.kept.get(key); kept != nil {
		kept.send(c)
		return
	}
	number, _ := revisionNumber(revision)
	file, ok := sight.File(number, fileNamed(name))
	if !ok || number == 0 && revision != "" {
		if nearest, ok := lenient(&sight, number, name); ok {
			f.elsewhere(c, http.StatusPermanentRedirect, addressOf(sight.Slug, number, nearest))
			return
		}
		f.missing(c)
		return
	}
	f.answer(c, key, func(ctx context.Context) (*reply, error) {
		data, err := f.office.Bytes(ctx, file.Digest)
		if err != nil {
			return nil, err
		}
		return f.fileReply(&sight, file, revision != "", data), nil
	})
}

// preferred leads a client that does not take web pages from the address of a
// language to the format that it takes. Whoever takes anything gets the web page.
func (f *front) preferred(c *gin.Context, sight *office.Sight, revision, name string) bool {
	accept := c.Request.Header["Accept"]
	if len(accept) == 0 || strings.Contains(name, ".") {
		return false
	}
	if header := accept[0]; strings.HasPrefix(header, "text/html,") || header == "*/*" { // every browser, and every program that does not care
		return false
	}
	chosen, ok := negotiate(accept, []string{pageType, bareType(render.PDF), bareType(render.Text), bareType(render.JSON)})
	if !ok || chosen == pageType {
		return false
	}
	number, _ := revisionNumber(revision)
	for _, file := range sight.FilesOf(number) {
		if file.Lang == name && strings.HasPrefix(file.MediaType, chosen) && file.Name == name+render.Format(file.Format).Extension() {
			c.Header("Vary", "Accept")
			f.elsewhere(c, http.StatusSeeOther, addressOf(sight.Slug, number, file))
			return true
		}
	}
	return false
}

// policies are the Content-Security-Policy of files, beside that of all answers: web
// pages bring their style along and a stricter policy of their own; a PDF is shown by
// a program of the browser, which that of all answers would stop.
var policies = map[string]string{
	"html": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"pdf":  "frame-ancestors 'none'",
}

// fileReply makes the reply of a file.
func (f *front) fileReply(sight *office.Sight, file office.File, fixed bool, data []byte) *reply {
	fields := []field{oneField("Content-Type", file.MediaType), oneField("Content-Disposition", disposition("inline", sight.Slug+"."+file.Name)),
		oneField("Cross-Origin-Resource-Policy", "cross-origin")}
	if file.Lang != "" {
		fields = append(fields, oneField("Content-Language", file.Lang))
	}
	if policy := policies[file.Format]; policy != "" {
		fields = append(fields, oneField("Content-Security-Policy", policy))
	}
	if fixed {
		fields = append(fields, oneField("Cache-Control", "public, max-age=31536000, s-maxage=1, immutable"), oneField("X-Robots-Tag", "noindex"), latest(sight, file))
	} else {
		fields = append(fields, oneField("Cache-Control", "no-cache"), alternates(sight.Slug, sight.Files(), &file))
	}
	vary := ""
	if file.Name == file.Lang+render.HTML.Extension() {
		vary = "Accept" // preferred
	}
	return newReply(http.StatusOK, data, isText(file.MediaType), vary, fields...).tagged(file.Digest.String())
}

func isText(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.HasPrefix(mediaType, "application/json")
}
