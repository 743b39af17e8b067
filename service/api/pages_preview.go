package api

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"communique/render"
	"communique/service/office"
	"communique/service/press"
	"communique/service/site"
)

// registerPreviews serves what accredited readers may see before its time. The
// token is the address: it stands in no log, and nothing that is answered is kept
// by anybody.
func (f *front) registerPreviews(router gin.IRoutes) {
	get(router, "/preview/:token", func(c *gin.Context) { f.elsewhere(c, http.StatusPermanentRedirect, "/preview/"+c.Param("token")+"/") })
	get(router, "/preview/:token/", f.preview)
	get(router, "/preview/:token/:file", f.previewFile)
}

// secret are the header fields of everything that a preview shows.
var secret = []field{oneField("X-Robots-Tag", "noindex, nofollow"), oneField("Referrer-Policy", "no-referrer"), oneField("Cache-Control", "no-store, private")}

// preview answers with the page of a preview.
func (f *front) preview(c *gin.Context) {
	v, err := f.office.OpenPreview(c.Request.Context(), c.Param("token"))
	if err != nil {
		f.failed(c, err)
		return
	}
	if f.released(c, v) {
		return
	}
	lang := f.language(c)
	l := office.ListedAs(&press.Publication{Slug: v.Publication.Slug, Revisions: []*press.Revision{asCurrent(v.Revision)}})
	page := f.face.Preview(site.Preview{Token: c.Param("token"), Reader: v.Preview.Reader, Embargo: v.Revision.ReleaseAt, Until: v.Preview.ExpiresAt,
		Zone: f.zone(v.Revision.Zone), Item: f.item(l), Editions: planned(v.Revision)}, lang)
	f.page(http.StatusOK, page, lang, "no-store, private", secret...).send(c)
}

// released leads a reader whose preview has meanwhile gone out to what everybody sees.
func (f *front) released(c *gin.Context, v *office.Previewed) bool {
	if v.Revision.Visible() {
		f.elsewhere(c, http.StatusFound, "/p/"+v.Publication.Slug)
	}
	return v.Revision.Visible()
}

// asCurrent is a revision as lists would show it if it were out.
func asCurrent(r *press.Revision) *press.Revision {
	out := *r
	out.State = press.Published
	return &out
}

// planned are the files of a revision: those that are made, else those that will be.
func planned(r *press.Revision) (out []site.Edition) {
	for _, e := range editions(r.Editions) {
		e.Size = 0 // a preview's file has the reader's name, and another size
		out = append(out, e)
	}
	if len(out) > 0 {
		return out
	}
	products := r.Options.Products
	if len(products) == 0 {
		products = []string{""}
	}
	for _, l := range r.Languages {
		for _, p := range products {
			for _, format := range []render.Format{render.HTML, render.PDF, render.Text, render.JSON} {
				out = append(out, site.Edition{Lang: l.Lang, Product: p, Format: format})
			}
		}
	}
	return out
}

// previewFile makes a file for the reader, in the queue and a slot of renders.
func (f *front) previewFile(c *gin.Context) {
	v, err := f.office.OpenPreview(c.Request.Context(), c.Param("token"))
	if err != nil {
		f.failed(c, err)
		return
	}
	if f.released(c, v) {
		return
	}
	if f.gate.admit() != nil {
		fail(c, busy.because("the queue is full"))
		return
	}
	defer f.gate.leave()
	problem := f.inSlot(c, func() *Problem {
		artifact, err := f.office.RenderPreview(c.Request.Context(), v, fileNamed(c.Param("file")))
		if err != nil {
			return f.officeProblem(c, err)
		}
		previewReply(artifact).send(c)
		return nil
	})
	switch {
	case problem != nil && problem.kind == notFound:
		f.missing(c)
	case problem != nil:
		fail(c, problem)
	}
}

func previewReply(a *render.Artifact) *reply {
	fields := slices.Concat([]field{oneField("Content-Type", a.MediaType), oneField("Content-Disposition", disposition("inline", "preview."+a.Name))}, secret)
	if a.Lang != "" {
		fields = append(fields, oneField("Content-Language", a.Lang))
	}
	if policy := policies[string(a.Format)]; policy != "" {
		fields = append(fields, oneField("Content-Security-Policy", policy))
	}
	return newReply(http.StatusOK, a.Data, isText(a.MediaType), "", fields...)
}
