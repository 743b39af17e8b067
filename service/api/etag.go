package api

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"communique/service/office"
	"communique/service/press"
)

// etag is the entity tag of a publication: "v7" for its version, which counts the
// changes, and "v7.r2" or "v7.r2.w" once readers see revision 2 or its withdrawal.
// That part changes at the instant of a release, which is no change of a version.
func etag(p *press.Publication) string {
	tag := "v" + strconv.FormatInt(p.Version, 10)
	if current := p.Current(); current != nil {
		tag += ".r" + strconv.Itoa(current.Number)
	}
	if p.Withdrawn != nil {
		tag += ".w"
	}
	return `"` + tag + `"`
}

// tagPattern is what an entity tag of a publication looks like.
const tagPattern = `"v[1-9][0-9]{0,17}(\.r[1-9][0-9]{0,5}(\.w)?)?"`

var tagForm = regexp.MustCompile("^" + tagPattern + "$")

// entityTag is one tag of a list: its opaque part in quotes, and whether it is weak.
type entityTag struct {
	opaque string
	weak   bool
}

// version is that of a publication's tag; 0 for the tags of others.
func (t entityTag) version() int64 {
	if !tagForm.MatchString(t.opaque) {
		return 0
	}
	digits, _, _ := strings.Cut(strings.Trim(t.opaque, `"`)[1:], ".")
	version, _ := strconv.ParseInt(digits, 10, 64) // the form keeps it in bounds
	return version
}

// tags are what If-Match and If-None-Match hold: any, or a list of tags.
type tags struct {
	any  bool
	list []entityTag
}

// name tells whether a tag is among them, compared weakly (RFC 9110, 8.8.3.2).
func (t tags) name(tag string) bool {
	for _, entry := range t.list {
		if entry.opaque == tag {
			return true
		}
	}
	return t.any
}

// tagEntry is the beginning of a list with one element (RFC 9110, 5.6.1.2 and 8.8.3).
var tagEntry = regexp.MustCompile(`^[ \t]*(?:(W/)?("[^"\x00-\x20\x7F]*"))?[ \t]*(?:,|$)`)

// readTags reads all lines of a field as the one list that they are; false if they
// are none. An empty field is none: who lost the value in a script must not
// overwrite what somebody else did.
func readTags(lines []string) (t tags, ok bool) {
	rest := strings.Join(lines, ",")
	if strings.Trim(rest, " \t") == "*" {
		return tags{any: true}, true
	}
	for rest != "" {
		found := tagEntry.FindStringSubmatch(rest)
		if found == nil {
			return tags{}, false
		}
		if found[2] != "" {
			t.list = append(t.list, entityTag{found[2], found[1] != ""})
		}
		rest = rest[len(found[0]):]
	}
	return t, len(t.list) > 0
}

// condition reads a condition on versions; nil if the request has none. Weak tags
// count only where the comparison is weak.
func condition(c *gin.Context, name string, weakly bool) (*office.Condition, *Problem) {
	lines := c.Request.Header.Values(name)
	if lines == nil {
		return nil, nil
	}
	t, ok := readTags(lines)
	if !ok {
		return nil, preconditionFailed.because(fmt.Sprintf("%s is %s, which is no list of ETags: send them as GET gives them, in quotes, or *", name, strings.Join(lines, ", ")))
	}
	condition := &office.Condition{Any: t.any}
	for _, tag := range t.list {
		if version := tag.version(); version > 0 && (weakly || !tag.weak) {
			condition.Versions = append(condition.Versions, version)
		}
	}
	return condition, nil
}
