package text

import (
	"cmp"
	"slices"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"

	"communique/render/page"
	"communique/render/text/bidi"
	"communique/render/text/hyphen"
)

// Shaper sets text in lines. It is one worker's state and not safe for
// concurrent use. What it remembers never shows in its results, except that
// glyph IDs count on until Begin forgets.
type Shaper struct {
	library *Library

	// Kept while the cache is within its budget, see Begin.
	tokens    map[styleKey]map[string]*token
	fontTable []*fontState // by page.FontID
	pairs     map[[2]rune]bool
	bounds    map[string]bool
	groups    map[string][]int
	cost      int // bytes, about

	arena     arena
	fontLists map[fontKey][]*slot
	langs     map[string]langInfo
	// dictionaries are nil for languages that do not hyphenate
	dictionaries map[string]*hyphen.Dictionary
	bindings     map[string]map[string]binding
	buffer       *harfbuzz.Buffer
	segments     segmenter.Segmenter
	bidi         bidi.Resolver
	missing      map[rune]int

	// Scratch, valid within one call.
	lastKey  styleKey
	lastMap  map[string]*token
	places   []place
	levels   []int8
	lines    []Line
	lineText []rune
	points   []int
	raw      []rune
	rawAt    []int
	runes    []rune
	source   []int
	ends     []int
	scripts  []language.Script
	fonts    []*slot
	parts    []page.Part
	clusters []cluster
	key      []byte
	bound    []rune
	cuts     []cut
	runs     []Run
	// pieces are what a line is ordered by: indices of runs, or -1 for a control
	// between them; pieceLevel are their levels.
	pieces     []int
	pieceLevel []int8
	order      []int
	weights    []int32
	marks      []candidate
	nodes      []node
	chosen     []int32
}

// fontState is a font in use by one shaper, with the glyphs that it has given out.
type fontState struct {
	slot   *slot
	font   *Font
	face   *font.Face
	hb     *harfbuzz.Font
	glyphs map[string]*page.Glyph
	em     float64 // ems of the style's size in one font unit
	box    *box    // nil if the font cannot build one
	boxed  bool    // box has been tried
}

// NewShaper makes a worker's state.
func (l *Library) NewShaper() *Shaper {
	s := &Shaper{library: l, missing: map[rune]int{}}
	s.forget()
	return s
}

// cacheBudget is how many bytes of shaped text a shaper keeps from one document
// to the next; a language's working vocabulary is about 2 MB.
const cacheBudget = 24 << 20

// Begin starts a document: the counts of Missing start anew, and if the cache
// has outgrown its budget it is dropped. Nothing is dropped in between, so that
// the IDs of the glyphs of one document never change their meaning.
func (s *Shaper) Begin() {
	clear(s.missing)
	if s.cost > cacheBudget {
		s.forget()
	}
}

func (s *Shaper) forget() {
	s.tokens = map[styleKey]map[string]*token{}
	s.fontTable = make([]*fontState, len(s.library.slots))
	s.pairs = map[[2]rune]bool{}
	s.bounds = map[string]bool{}
	s.groups = map[string][]int{}
	s.fontLists = map[fontKey][]*slot{}
	s.langs = map[string]langInfo{}
	s.dictionaries = map[string]*hyphen.Dictionary{}
	s.bindings = map[string]map[string]binding{}
	s.buffer = harfbuzz.NewBuffer()
	s.lastMap = nil
	s.cost = 0
}

// Missing lists the characters that Lines drew as boxes since Begin, because no
// font has them, by code point.
func (s *Shaper) Missing() []Missing {
	out := make([]Missing, 0, len(s.missing))
	for r, n := range s.missing {
		out = append(out, Missing{r, n})
	}
	slices.SortFunc(out, func(a, b Missing) int { return cmp.Compare(a.Rune, b.Rune) })
	return out
}

// state is the shaper's own state of a font; nil if the font cannot be read.
func (s *Shaper) state(c *slot) *fontState {
	f := s.fontTable[c.id]
	if f != nil {
		return f
	}
	ft := s.library.open(c)
	if ft == nil {
		return nil
	}
	face := font.NewFace(ft.hb)
	f = &fontState{
		slot: c, font: ft, face: face, hb: harfbuzz.NewFont(face), glyphs: map[string]*page.Glyph{},
		em: 1 / float64(ft.upem),
	}
	repairDigests(f.hb)
	s.fontTable[c.id] = f
	return f
}
