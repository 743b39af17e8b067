// Package theme owns the design tokens (type scale, spacing, colours, rules,
// fonts, paper) that PDF and HTML both read, so that they cannot drift apart.
// It reads theme folders and must never know how a page is made.
package theme

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"communique/render/page"
	"communique/render/source"
)

// Theme is one look. Lengths are points unless said otherwise.
type Theme struct {
	// Name is the folder's name.
	Name string `toml:"-"`
	// Description says in one line what the theme is for.
	Description string `toml:"description"`
	Paper       Paper  `toml:"paper"`
	Fonts       Fonts  `toml:"fonts"`
	Sizes       Sizes  `toml:"sizes"`
	Space       Space  `toml:"space"`
	Rules       Rules  `toml:"rules"`
	Lines       Lines  `toml:"lines"`
	Light       Colors `toml:"light"`
	Dark        Colors `toml:"dark"`
	// Shell is the HTML page template, Sheet the style sheet template.
	Shell, Sheet string `toml:"-"`
}

// Paper is the sheet and its margins.
type Paper struct {
	// Default is "a4" or "letter".
	Default string  `toml:"default"`
	Top     float64 `toml:"top"`
	Bottom  float64 `toml:"bottom"`
	// Side is the margin left and right.
	Side float64 `toml:"side"`
	// Measure is the greatest line length of running text.
	Measure float64 `toml:"measure"`
	// Head and Foot are the distances of running head and foot from the paper's edge.
	Head float64 `toml:"head"`
	Foot float64 `toml:"foot"`
}

// Fonts names families of the fonts folder by role, and the reader's own fonts for HTML.
type Fonts struct {
	Text string `toml:"text"`
	Mono string `toml:"mono"`
	// TextStack and MonoStack are CSS font-family lists.
	TextStack string `toml:"text_stack"`
	MonoStack string `toml:"mono_stack"`
}

// Sizes is the type scale.
type Sizes struct {
	Body     float64    `toml:"body"`
	Title    float64    `toml:"title"`
	Summary  float64    `toml:"summary"`
	Label    float64    `toml:"label"`
	Head     float64    `toml:"letterhead"`
	Headings [5]float64 `toml:"headings"` // levels 2 to 6
	Table    float64    `toml:"table"`
	// TableMin is the size down to which a table shrinks that is too wide for the page.
	TableMin float64 `toml:"table_min"`
	Code     float64 `toml:"code"`
	Furn     float64 `toml:"furniture"`
	// Leading is the line height as a multiple of the size for scripts that need no more.
	Leading float64 `toml:"leading"`
	// TightLeading is for headlines and headings.
	TightLeading float64 `toml:"tight_leading"`
}

// Space is the vertical rhythm and the indents.
type Space struct {
	Paragraph     float64 `toml:"paragraph"`
	Heading       float64 `toml:"heading"`       // above a level-2 heading
	HeadingAfter  float64 `toml:"heading_after"` // below any heading
	Item          float64 `toml:"item"`          // between loose list items
	TightItem     float64 `toml:"tight_item"`
	ListIndent    float64 `toml:"list_indent"`
	QuoteIndent   float64 `toml:"quote_indent"`
	CellX         float64 `toml:"cell_x"`
	CellY         float64 `toml:"cell_y"`
	BandPad       float64 `toml:"band_pad"`
	LetterheadGap float64 `toml:"letterhead_gap"`
}

// Rules is the widths of lines.
type Rules struct {
	Thin  float64 `toml:"thin"`
	Thick float64 `toml:"thick"`
	Quote float64 `toml:"quote"`
}

// Lines is how paragraphs are broken into lines.
type Lines struct {
	// Justify makes running text even at both sides.
	Justify bool `toml:"justify"`
	// Hyphenation is "none", "sparing" or "full"; empty is full where text is
	// justified and none where it is not.
	Hyphenation string `toml:"hyphenation"`
	// Optimal weighs all lines of a paragraph against each other.
	Optimal bool `toml:"optimal"`
	// Balance makes the lines of headlines nearly equal in length.
	Balance bool `toml:"balance"`
}

// Hyphenations lists the values of lines.hyphenation.
var Hyphenations = []string{"none", "sparing", "full"}

// Colors is a palette; PDF uses the light one.
type Colors struct {
	Paper  Hex `toml:"paper"`
	Ink    Hex `toml:"ink"`
	Muted  Hex `toml:"muted"`
	Accent Hex `toml:"accent"`
	Link   Hex `toml:"link"`
	Rule   Hex `toml:"rule"`
	Fill   Hex `toml:"fill"` // table heads, code
	Band   Hex `toml:"band"`
}

// Hex is a colour written #rrggbb.
type Hex page.Color

// UnmarshalText reads #rrggbb.
func (h *Hex) UnmarshalText(b []byte) error {
	var v [3]byte
	if len(b) != 7 || b[0] != '#' {
		return fmt.Errorf("colour %q: expected # and six hexadecimal digits, such as #1d4f91", b)
	}
	if _, err := hex.Decode(v[:], b[1:]); err != nil {
		return fmt.Errorf("colour %q: expected # and six hexadecimal digits, such as #1d4f91", b)
	}
	h.R, h.G, h.B = v[0], v[1], v[2]
	return nil
}

// String is the CSS spelling.
func (h Hex) String() string { return fmt.Sprintf("#%02x%02x%02x", h.R, h.G, h.B) }

// Set is the themes of a templates folder.
type Set struct {
	byName map[string]*Theme
	names  []string
}

// Default is the theme used when none is named.
const Default = "official"

// Load reads every folder of themes/ in the templates folder. An error names
// the file and, where it can, the line.
func Load(templates fs.FS) (*Set, error) {
	dirs, err := fs.ReadDir(templates, "themes")
	if err != nil {
		return nil, fmt.Errorf("themes: %w", err)
	}
	s := &Set{byName: map[string]*Theme{}}
	for _, d := range dirs {
		if !d.IsDir() {
			continue
		}
		t, err := load(templates, d.Name())
		if err != nil {
			return nil, err
		}
		s.byName[t.Name] = t
		s.names = append(s.names, t.Name)
	}
	slices.Sort(s.names)
	if s.byName[Default] == nil {
		return nil, fmt.Errorf("themes: there is no folder %q", Default)
	}
	return s, nil
}

// Get finds a theme; the empty name is the default.
func (s *Set) Get(name string) (*Theme, bool) {
	if name == "" {
		name = Default
	}
	t, ok := s.byName[name]
	return t, ok
}

// Names lists the themes.
func (s *Set) Names() []string { return s.names }

func load(templates fs.FS, name string) (*Theme, error) {
	t := &Theme{Name: name}
	dir := path.Join("themes", name)
	file := path.Join(dir, "theme.toml")
	if err := source.TOML(templates, file, t); err != nil {
		return nil, err
	}
	if err := t.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, f := range []struct {
		name string
		to   *string
	}{{"page.html", &t.Shell}, {"style.css", &t.Sheet}} {
		b, err := fs.ReadFile(templates, path.Join(dir, f.name))
		if err != nil {
			return nil, err
		}
		*f.to = string(b)
	}
	return t, nil
}

// check refuses tokens that no page can be made with.
func (t *Theme) check() error {
	for _, v := range []struct {
		name     string
		val      float64
		min, max float64
	}{
		{"sizes.body", t.Sizes.Body, 4, 72}, {"sizes.title", t.Sizes.Title, 4, 144},
		{"sizes.summary", t.Sizes.Summary, 4, 72}, {"sizes.label", t.Sizes.Label, 4, 72},
		{"sizes.letterhead", t.Sizes.Head, 4, 72}, {"sizes.table", t.Sizes.Table, 4, 72},
		{"sizes.table_min", t.Sizes.TableMin, 4, t.Sizes.Table},
		{"sizes.code", t.Sizes.Code, 4, 72}, {"sizes.furniture", t.Sizes.Furn, 4, 36},
		{"sizes.leading", t.Sizes.Leading, 1, 3}, {"sizes.tight_leading", t.Sizes.TightLeading, 1, 3},
		{"paper.top", t.Paper.Top, 18, 200}, {"paper.bottom", t.Paper.Bottom, 18, 200}, {"paper.side", t.Paper.Side, 18, 160},
		{"paper.measure", t.Paper.Measure, 144, 1000},
		{"paper.head", t.Paper.Head, 9, t.Paper.Top}, {"paper.foot", t.Paper.Foot, 9, t.Paper.Bottom},
		{"space.list_indent", t.Space.ListIndent, 4, 72}, {"space.quote_indent", t.Space.QuoteIndent, 0, 72},
	} {
		if v.val < v.min || v.val > v.max {
			return fmt.Errorf("%s is %g: expected %g to %g points", v.name, v.val, v.min, v.max)
		}
	}
	for i, v := range t.Sizes.Headings {
		if v < 4 || v > 72 {
			return fmt.Errorf("sizes.headings[%d] is %g: expected 4 to 72 points, five of them for levels 2 to 6", i, v)
		}
	}
	if _, ok := Size(t.Paper.Default); !ok {
		return fmt.Errorf("paper.default is %q: expected a4 or letter", t.Paper.Default)
	}
	if h := &t.Lines.Hyphenation; *h == "" {
		*h = "none"
		if t.Lines.Justify {
			*h = "full"
		}
	} else if !slices.Contains(Hyphenations, *h) {
		return fmt.Errorf("lines.hyphenation is %q: expected none, sparing or full", *h)
	}
	if t.Fonts.Text == "" || t.Fonts.Mono == "" {
		return errors.New("fonts.text and fonts.mono must name folders of fonts/")
	}
	return nil
}

// Papers lists the paper names.
func Papers() []string { return []string{"a4", "letter"} }

// Dimensions is the width and height of a sheet.
type Dimensions struct{ Width, Height float64 }

// Size is the sheet of a paper name: ISO 216 A4, or US Letter.
func Size(paper string) (Dimensions, bool) {
	switch paper {
	case "a4":
		return Dimensions{595.276, 841.89}, true
	case "letter":
		return Dimensions{612, 792}, true
	}
	return Dimensions{}, false
}
