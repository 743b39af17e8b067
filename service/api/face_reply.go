package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

// field is a header field, ready to be sent often: its values are shared.
type field struct {
	name   string
	values []string
}

// reply is an answer that can be given many times, from memory. It never changes.
type reply struct {
	status int
	fields []field
	body   []byte
	length []string
	// tag is the entity tag of the body; nil for an answer that is not kept by clients.
	tag []string
	// gzip is the compressed form; nil where it is not worth it.
	gzip *packed
}

// packed is a compressed form, with what the header says of it.
type packed struct {
	once        sync.Once
	body        []byte
	length, tag []string
}

const (
	// smallest is the body that is worth compressing.
	smallest = 512
	// around is what a reply takes beside its bodies, about.
	around = 2048
)

var (
	gzipCoding = []string{"gzip"}
	byteRanges = []string{"bytes"}
)

// newReply makes a reply. Texts can be compressed and say that they vary by it.
func newReply(status int, body []byte, text bool, vary string, fields ...field) *reply {
	r := &reply{status: status, fields: fields, body: body, length: []string{strconv.Itoa(len(body))}}
	if text {
		vary = strings.TrimPrefix(vary+", Accept-Encoding", ", ")
		if len(body) >= smallest {
			r.gzip = &packed{}
		}
	}
	if vary != "" {
		r.fields = append(r.fields, oneField("Vary", vary))
	}
	return r
}

// tagged lets clients keep a reply under the digest of its body.
func (r *reply) tagged(digest string) *reply {
	r.tag = []string{`"` + digest + `"`}
	if r.gzip != nil {
		r.gzip.tag = []string{`"` + digest + `-gzip"`}
	}
	return r
}

// hashed is tagged by the digest of the body itself.
func (r *reply) hashed() *reply {
	sum := sha256.Sum256(r.body)
	return r.tagged(hex.EncodeToString(sum[:16]))
}

func oneField(name, value string) field { return field{http.CanonicalHeaderKey(name), []string{value}} }

// weight is about what a reply takes in memory.
func (r *reply) weight() int {
	if r.gzip == nil {
		return len(r.body) + around
	}
	return len(r.body)*4/3 + around
}

// vary is the reply's own Vary field.
func (r *reply) vary() []string {
	for _, f := range r.fields {
		if f.name == "Vary" {
			return f.values
		}
	}
	return nil
}

// squeezed is the compressed form, made when it is first asked for.
func (r *reply) squeezed() *packed {
	p := r.gzip
	p.once.Do(func() {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write(r.body) // memory takes everything
		_ = w.Close()
		p.body, p.length = out.Bytes(), []string{strconv.Itoa(out.Len())}
	})
	return p
}

// send answers a request: whole, compressed, in part, or with the news that
// nothing is new (RFC 9110, 13 and 14).
func (r *reply) send(c *gin.Context) {
	h := c.Writer.Header()
	varying := h["Vary"] // by the origin, where scripts of other sites are let in
	for _, f := range r.fields {
		h[f.name] = f.values
	}
	if varying != nil {
		h["Vary"] = slices.Concat(varying, r.vary())
	}
	asked := c.Request.Header
	body, length, tag := r.body, r.length, r.tag
	if r.gzip != nil && asked["Range"] == nil && acceptsGzip(asked["Accept-Encoding"]) {
		p := r.squeezed()
		body, length, tag = p.body, p.length, p.tag
		h["Content-Encoding"] = gzipCoding
	}
	if tag != nil {
		h["Etag"], h["Accept-Ranges"] = tag, byteRanges
		if conditional(asked) {
			http.ServeContent(c.Writer, c.Request, "", time.Time{}, bytes.NewReader(body))
			return
		}
	}
	h["Content-Length"] = length
	c.Status(r.status)
	if c.Request.Method == http.MethodHead {
		c.Writer.WriteHeaderNow()
		return
	}
	gather(c.Request.Context(), len(body))
	if _, err := c.Writer.Write(body); err != nil {
		note(c, "write", err.Error())
	}
}

// conditional tells requests that want something else than the whole.
func conditional(h http.Header) bool {
	for _, name := range []string{"If-None-Match", "Range", "If-Range", "If-Match"} {
		if h[name] != nil {
			return true
		}
	}
	return false
}

// acceptsGzip tells whether a client takes gzip (RFC 9110, 12.5.3): what is not
// named is not taken, except by "*".
func acceptsGzip(accept []string) bool {
	named, wild := -1.0, -1.0
	for _, header := range accept {
		for entry := range strings.SplitSeq(header, ",") {
			coding, params, _ := strings.Cut(entry, ";")
			q := 1.0
			if key, value, ok := strings.Cut(strings.TrimSpace(params), "="); ok && strings.EqualFold(strings.TrimSpace(key), "q") {
				q, ok = weight(strings.TrimSpace(value))
				if !ok {
					continue
				}
			}
			switch coding = strings.TrimSpace(coding); {
			case strings.EqualFold(coding, "gzip"), strings.EqualFold(coding, "x-gzip"):
				named = q
			case coding == "*":
				wild = q
			}
		}
	}
	return named > 0 || named < 0 && wild > 0
}
