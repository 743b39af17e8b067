package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"communique/service/access"
	"communique/service/office"
	"communique/service/press"
	"communique/service/search"
	"communique/service/site"
	"communique/service/store"
)

// stock is everything that readers see, put in order once for all pages of a
// generation. It never changes.
type stock struct {
	generation uint64
	catalogue  *site.Catalogue
	items      []site.Item
	// years, kinds and languages are those by which something can be found.
	years            map[int]bool
	kinds, languages map[string]bool
}

func newStock(items []site.Item, generation uint64) *stock {
	s := &stock{generation: generation, catalogue: site.NewCatalogue(items), items: items,
		years: map[int]bool{0: true}, kinds: map[string]bool{"": true}, languages: map[string]bool{"": true}}
	for i := range items {
		s.years[items[i].Date.Year()], s.kinds[items[i].Kind] = true, true
		for _, t := range items[i].Texts {
			s.languages[t.Lang] = true
		}
	}
	return s
}

// sensible makes one query of all those that find nothing: what anybody can
// invent must not drive out of memory what is asked for.
func (s *stock) sensible(q site.Query, pageSize int) site.Query {
	q.Page = min(max(q.Page, 1), len(s.items)/pageSize+1)
	if f := q.Filter; !s.years[f.Year] || !s.kinds[f.Kind] || !s.languages[f.Language] {
		q.Filter, q.Page = site.Filter{Year: -1}, 1
	}
	return q
}

// registerPages serves the pages of many publications.
func (f *front) registerPages(router gin.IRoutes) {
	get(router, "/", f.index)
	get(router, searchPagePath, f.search)
	get(router, verifyPagePath, f.verify)
	router.POST(verifyPagePath, f.verifyFile)
	get(router, "/robots.txt", f.robots)
	get(router, "/feeds/:file", f.feed)
	get(router, "/sitemap.xml", func(c *gin.Context) { f.sitemap(c, 0) })
}

const (
	searchPagePath = "/search"
	verifyPagePath = "/verify"
	// newest is how many publications a feed has.
	newest = 50
)

// all is what readers see now, in order.
func (f *front) all() *stock {
	f.stocking.Lock()
	defer f.stocking.Unlock()
	if _, generation := f.office.State(); f.stock != nil && f.stock.generation == generation {
		return f.stock
	}
	list, generation := f.office.Listing()
	items := make([]site.Item, len(list))
	for i, l := range list {
		items[i] = f.item(l)
	}
	f.stock = newStock(items, generation)
	return f.stock
}

// index answers with the list of all publications.
func (f *front) index(c *gin.Context) {
	q := site.Query{Lang: f.language(c)}
	query := c.Request.URL.Query()
	q.Filter.Year, _ = strconv.Atoi(query.Get("year")) // what is no year is none that anything has
	q.Filter.Kind, q.Filter.Language = query.Get("kind"), query.Get("in")
	q.Page, _ = strconv.Atoi(query.Get("page"))
	all := f.all()
	q = all.sensible(q, f.face.PageSize())
	name := strings.Join([]string{"index", strconv.Itoa(q.Filter.Year), q.Filter.Kind, q.Filter.Language, strconv.Itoa(q.Page)}, "\x00")
	f.answer(c, replyKey{generation: all.generation, name: name, lang: q.Lang}, func(context.Context) (*reply, error) {
		return f.page(http.StatusOK, f.face.Index(all.catalogue, q), q.Lang, "no-cache").hashed(), nil
	})
}

// search answers with what has all words of a query.
func (f *front) search(c *gin.Context) {
	if problem := f.throttled(c); problem != nil {
		fail(c, problem)
		return
	}
	r := site.Results{Lang: f.language(c), Query: search.Cut(c.Query("q"))}
	r.Page, _ = strconv.Atoi(c.Query("page"))
	r.Page = min(max(r.Page, 1), maxPage)
	words := search.Query(r.Query)
	_, generation := f.office.State()
	key := replyKey{generation: generation, name: "search\x00" + strconv.Itoa(r.Page) + "\x00" + r.Query, lang: r.Lang}
	f.answer(c, key, func(ctx context.Context) (*reply, error) {
		if len(words) > 0 {
			found, err := f.office.Shelf(ctx, store.Shelf{Words: words, Limit: f.face.PageSize(), Offset: (r.Page - 1) * f.face.PageSize()})
			if err != nil {
				return nil, err
			}
			r.Total = found.Count
			for _, p := range found.Publications {
				r.Items = append(r.Items, f.item(office.ListedAs(p)))
			}
		}
		return f.page(http.StatusOK, f.face.Search(r), r.Lang, "no-cache", oneField("X-Robots-Tag", "noindex")).hashed(), nil
	})
}

// maxPage is the last page of results that anybody can want.
const maxPage = 10_000

// throttled takes a request of an address at the rate of strangers, whoever it says
// it is; what costs more than a page from memory.
func (f *front) throttled(c *gin.Context) *Problem {
	d := f.limiter.Admit(access.Identity{Kind: access.Anonymous}, f.client(c.Request), time.Now())
	policy, limit := d.Fields("default")
	c.Header("RateLimit-Policy", policy)
	c.Header("RateLimit", limit)
	if !d.OK {
		return tooOften(d, "too many requests")
	}
	return nil
}

// feed answers with the newest publications in a language.
func (f *front) feed(c *gin.Context) {
	lang, ok := strings.CutSuffix(c.Param("file"), ".atom")
	if !ok || !f.face.HasBaseURL() || !slices.Contains(f.face.Languages(), lang) {
		f.missing(c)
		return
	}
	all := f.all()
	f.answer(c, replyKey{generation: all.generation, name: "feed", lang: lang}, func(ctx context.Context) (*reply, error) {
		publications, err := f.latest(ctx, all.items, lang)
		if err != nil {
			return nil, err
		}
		page, err := f.face.Feed(lang, publications, time.Unix(0, 0))
		if err != nil {
			return nil, err
		}
		return f.machine(page, oneField("Content-Language", lang)), nil
	})
}

// latest are the publications of a language that have changed last, whole.
func (f *front) latest(ctx context.Context, items []site.Item, lang string) (out []site.Publication, err error) {
	var chosen []site.Item
	for _, i := range items {
		if len(i.Texts) == 0 || slices.ContainsFunc(i.Texts, func(t site.Text) bool { return t.Lang == lang }) {
			chosen = append(chosen, i)
		}
	}
	slices.SortFunc(chosen, func(a, b site.Item) int { return b.Updated.Compare(a.Updated) })
	for _, i := range chosen[:min(len(chosen), newest)] {
		sight, ok := f.office.Look(i.Slug)
		if !ok {
			continue
		}
		p, err := f.office.Seen(ctx, sight)
		if errors.Is(err, press.Missing()) { // it has gone meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, *f.whole(p))
	}
	return out, nil
}

// machine is a reply for programs: the same for readers of every language.
func (f *front) machine(p site.Page, more ...field) *reply {
	return newReply(http.StatusOK, p.Body, true, "", append([]field{oneField("Content-Type", p.MediaType),
		oneField("Content-Security-Policy", p.Policy), oneField("Cache-Control", "no-cache")}, more...)...).hashed()
}

// unrouted answers what no route is for: sitemap-2.xml, since Gin knows no names with
// a number in them, and everything that is not there; as a page for those who
// would rather have one.
func (f *front) unrouted(c *gin.Context) {
	digits, begins := strings.CutPrefix(c.Request.URL.Path, "/sitemap-")
	digits, ends := strings.CutSuffix(digits, ".xml")
	part, err := strconv.Atoi(digits)
	reading := c.Request.Method == http.MethodGet || c.Request.Method == http.MethodHead
	if begins && ends && err == nil && part > 0 && strconv.Itoa(part) == digits && reading {
		f.sitemap(c, part)
		return
	}
	if chosen, _ := negotiate(c.Request.Header.Values("Accept"), []string{"application/problem+json", "text/html"}); chosen == "text/html" && reading {
		f.missing(c)
		return
	}
	fail(c, notFound.because("there is nothing at this address"))
}

// sitemap answers with the site map, or a part of a large one.
func (f *front) sitemap(c *gin.Context, part int) {
	if !f.face.HasBaseURL() {
		f.missing(c)
		return
	}
	all := f.all()
	f.answer(c, replyKey{generation: all.generation, name: "sitemap" + strconv.Itoa(part)}, func(context.Context) (*reply, error) {
		page, ok, err := f.face.Sitemap(all.catalogue, part)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, press.Missing()
		}
		return f.machine(page), nil
	})
}

func (f *front) robots(c *gin.Context) {
	f.answer(c, replyKey{name: "robots"}, func(context.Context) (*reply, error) { return f.machine(f.face.Robots()), nil })
}
