package html

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"communique/render/theme"
)

// sheet is the style sheet of a theme: its tokens as custom properties, then
// its style.css, without comments and needless white space. Its error begins
// with the line of style.css.
func sheet(t *theme.Theme) (string, error) {
	css, err := minify(t.Sheet)
	if err != nil {
		return "", err
	}
	css = tokens(t) + css
	if i := strings.Index(css, "</"); i >= 0 {
		line := 1 + strings.Count(t.Sheet[:max(0, strings.Index(t.Sheet, "</"))], "\n")
		return "", fmt.Errorf("%d: the style sheet contains %q, which could end the style element", line, "</")
	}
	return css, nil
}

// policy is the content security policy (CSP 3): nothing is loaded or run but
// this style sheet, and pictures that the page carries or that stand beside it.
func policy(css string) string {
	sum := sha256.Sum256([]byte(css))
	return `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-` +
		base64.StdEncoding.EncodeToString(sum[:]) + `'; img-src 'self' data:; base-uri 'none'; form-action 'none'">`
}

// tokens writes a theme's tokens as custom properties. Lengths become multiples
// of the body size (rem), so that the reader's own size and the printed size
// scale all of them; line widths stay points.
func tokens(t *theme.Theme) string {
	var b strings.Builder
	set := func(name, value string) { b.WriteString("--" + name + ":" + value + ";") }
	rem := func(name string, points float64) { set(name, decimal(points/t.Sizes.Body)+"rem") }
	points := func(name string, v float64) { set(name, decimal(v)+"pt") }
	paper, _ := theme.Size(t.Paper.Default)

	b.WriteString(":root{")
	set("text", t.Fonts.TextStack)
	set("mono", t.Fonts.MonoStack)
	points("body", t.Sizes.Body)
	rem("frame", paper.Width-2*t.Paper.Side)
	rem("measure", t.Paper.Measure)
	rem("title", t.Sizes.Title)
	rem("summary", t.Sizes.Summary)
	rem("label", t.Sizes.Label)
	rem("letterhead", t.Sizes.Head)
	rem("table", t.Sizes.Table)
	rem("code", t.Sizes.Code)
	rem("note", t.Sizes.Note)
	for i, size := range t.Sizes.Headings {
		rem("h"+strconv.Itoa(i+2), size)
	}
	set("align", align(t))
	set("leading", decimal(t.Sizes.Leading))
	set("tight-leading", decimal(t.Sizes.TightLeading))
	rem("paragraph", t.Space.Paragraph)
	rem("heading", t.Space.Heading)
	rem("heading-after", t.Space.HeadingAfter)
	rem("item", t.Space.Item)
	rem("tight-item", t.Space.TightItem)
	rem("list-indent", t.Space.ListIndent)
	rem("quote-indent", t.Space.QuoteIndent)
	rem("cell-x", t.Space.CellX)
	rem("cell-y", t.Space.CellY)
	rem("band-pad", t.Space.BandPad)
	rem("letterhead-gap", t.Space.LetterheadGap)
	rem("logo", t.LogoHeight())
	points("thin", t.Rules.Thin)
	points("thick", t.Rules.Thick)
	points("quote", t.Rules.Quote)
	colors(set, &t.Light)
	b.WriteString("}@media screen and (prefers-color-scheme:dark){:root{")
	colors(set, &t.Dark)
	// custom properties do not reach the page's margins (CSS Paged Media 3): print needs the tokens themselves
	fmt.Fprintf(&b, "}}@page{margin:%spt %spt %spt;@bottom-center{content:counter(page);color:%s;font:%spt %s}}",
		decimal(t.Paper.Top), decimal(t.Paper.Side), decimal(t.Paper.Bottom), t.Light.Muted, decimal(t.Sizes.Furn), t.Fonts.TextStack)
	return strings.ReplaceAll(b.String(), ";}", "}")
}

// align is how running text is aligned.
func align(t *theme.Theme) string {
	if t.Lines.Justify {
		return "justify"
	}
	return "start"
}

func colors(set func(name, value string), c *theme.Colors) {
	set("paper", c.Paper.String())
	set("ink", c.Ink.String())
	set("muted", c.Muted.String())
	set("accent", c.Accent.String())
	set("link", c.Link.String())
	set("rule", c.Rule.String())
	set("fill", c.Fill.String())
	set("band", c.Band.String())
}

// decimal writes a number of a style sheet, to a thousandth.
func decimal(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	return s
}
