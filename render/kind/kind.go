// Package kind owns document kinds: what metadata a statement or a report must
// carry, how it is labelled, numbered and furnished. Kinds are files in
// templates/kinds; the package reads them and must never know a kind by name.
package kind

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"communique/render/source"
)

// Kind is one kind of document. templates/README.md explains the keys.
type Kind struct {
	// Name is the file's name without its ending.
	Name string `toml:"-"`
	// Default marks the one kind of documents that name none.
	Default bool `toml:"default"`
	// Label is the message key of the label above the headline; empty for none.
	Label string `toml:"label"`
	// Required lists front matter keys that a document must carry besides title.
	Required []string `toml:"required"`
	// Schema is the schema.org type of the web page.
	Schema string `toml:"schema"`
	// Cover puts the front on a page of its own.
	Cover bool `toml:"cover"`
	// UnofficialTranslations marks every translation that does not say otherwise.
	UnofficialTranslations bool `toml:"unofficial_translations"`
	// EndMark is the message key of the line after the text; empty for none.
	EndMark   string    `toml:"end_mark"`
	Contents  Contents  `toml:"contents"`
	Numbering Numbering `toml:"numbering"`
	// Head runs above every page but the first, Foot below every page.
	Head Furniture `toml:"head"`
	Foot Furniture `toml:"foot"`
	// Pages is how many pages documents should have at most; 0 for any number.
	Pages int `toml:"pages"`
	// Record says what is printed of a meeting's record.
	Record Record `toml:"record"`
}

// Record makes a kind a product of the records of meetings.
type Record struct {
	// Default marks the one product that is made where none is named.
	Default bool `toml:"default"`
	// Sections are the parts that are printed, in their order; none for a kind that
	// is no product.
	Sections []Section `toml:"sections"`
}

// Section is a part of a record, and how it is printed.
type Section struct {
	Part Part `toml:"part"`
	// Form is how much is printed, Group what stands together; both have a
	// meaning for some parts only.
	Form  Form  `toml:"form"`
	Group Group `toml:"group"`
	// Most is how many entries are printed at most, 0 for all: what is left out is
	// counted. What the meeting refused is left out last.
	Most int `toml:"most"`
}

// Part names a part of a record.
type Part string

// The parts of a record.
const (
	PartSummary       Part = "summary"
	PartMeeting       Part = "meeting"
	PartCommunique    Part = "communique"
	PartAgenda        Part = "agenda"
	PartOutcomes      Part = "outcomes"
	PartParticipation Part = "participation"
	PartWorkingBodies Part = "working-bodies"
	PartPositions     Part = "positions"
	PartInformation   Part = "information"
	PartClaims        Part = "claims"
	PartElections     Part = "elections"
	PartMembership    Part = "membership"
	PartStatistics    Part = "statistics"
	PartAnnexes       Part = "annexes"
	PartCorrigenda    Part = "corrigenda"
	PartNext          Part = "next"
	PartSources       Part = "sources"
)

// Parts lists all parts of a record.
func Parts() []Part {
	return []Part{PartSummary, PartMeeting, PartCommunique, PartAgenda, PartOutcomes, PartParticipation, PartWorkingBodies, PartPositions, PartInformation,
		PartClaims, PartElections, PartMembership, PartStatistics, PartAnnexes, PartCorrigenda, PartNext, PartSources}
}

// Form is how much of a part is printed.
type Form string

// The forms: everything, a line for each entry, or a table.
const (
	FormFull  Form = ""
	FormList  Form = "list"
	FormTable Form = "table"
)

// Group is what entries stand together by.
type Group string

// The groups: none, or one for each agenda item, type or result.
const (
	GroupNone   Group = ""
	GroupAgenda Group = "agenda"
	GroupType   Group = "type"
	GroupVerb   Group = "verb"
)

// Contents says when a document has a table of contents, and how deep it goes.
type Contents struct {
	// From is the number of headings that make contents worth their room; 0 for never.
	From int `toml:"from"`
	// Level is the deepest level of headings listed, 2 to 6.
	Level int `toml:"level"`
}

// Numbering says what is counted.
type Numbering struct {
	// Headings numbers them 1, 1.1, 1.1.1.
	Headings   bool  `toml:"headings"`
	Paragraphs Count `toml:"paragraphs"`
}

// Count is the stretch through which paragraphs are numbered.
type Count string

// The counts: through the whole text, or from 1 below each heading of level 2.
const (
	CountNone     Count = ""
	CountDocument Count = "document"
	CountSection  Count = "section"
)

// Furniture is a running line: what stands at its start and at its end.
type Furniture struct {
	Start Item `toml:"start"`
	End   Item `toml:"end"`
}

// Item is a piece of a running line; empty for nothing.
type Item string

// The items of running lines.
const (
	ItemNone   Item = ""
	ItemTitle  Item = "title"
	ItemSymbol Item = "symbol"
	ItemIssuer Item = "issuer"
	ItemDate   Item = "date"
	ItemPageOf Item = "page-of"
)

// Set is the kinds of a templates folder.
type Set struct {
	byName map[string]*Kind
	names  []string
	first  *Kind
	// product is what is made of a record where no product is named.
	product *Kind
}

// Load reads kinds/*.toml in the templates folder. The error joins everything
// that is wrong, each with file, line and column.
func Load(templates fs.FS) (*Set, error) {
	files, err := fs.Glob(templates, "kinds/*.toml")
	if err != nil {
		return nil, err
	}
	s := &Set{byName: map[string]*Kind{}}
	var wrong []error
	for _, f := range files { // sorted by Glob
		k, err := load(templates, f)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		s.byName[k.Name] = k
		s.names = append(s.names, k.Name)
		switch {
		case k.Default && s.first != nil:
			wrong = append(wrong, fmt.Errorf("%s: default = true, which kinds/%s.toml says too: one kind is the default", f, s.first.Name))
		case k.Default:
			s.first = k
		}
		switch {
		case k.Record.Default && s.product != nil:
			wrong = append(wrong, fmt.Errorf("%s: record.default = true, which kinds/%s.toml says too: one product is the default", f, s.product.Name))
		case k.Record.Default:
			s.product = k
		}
	}
	slices.Sort(s.names)
	if len(wrong) == 0 && s.first == nil {
		wrong = append(wrong, errors.New("kinds: no file says default = true: the kind of documents that name none"))
	}
	if len(wrong) == 0 && s.product == nil && len(s.Products()) > 0 {
		wrong = append(wrong, errors.New("kinds: no file says default = true under [record]: what is made of a meeting's record where nothing is asked for"))
	}
	if err := errors.Join(wrong...); err != nil {
		return nil, err
	}
	return s, nil
}

// Get finds a kind; the empty name is the default.
func (s *Set) Get(name string) (*Kind, bool) {
	if name == "" {
		return s.first, true
	}
	k, ok := s.byName[name]
	return k, ok
}

// Names lists the kinds.
func (s *Set) Names() []string { return s.names }

// Product finds a kind that is made of records; the empty name is the default one.
func (s *Set) Product(name string) (*Kind, bool) {
	if name == "" {
		return s.product, s.product != nil
	}
	k, ok := s.byName[name]
	return k, ok && len(k.Record.Sections) > 0
}

// Products lists the kinds that are made of records, the default one first.
func (s *Set) Products() (names []string) {
	for _, name := range s.names {
		if k := s.byName[name]; k == s.product {
			names = append([]string{name}, names...)
		} else if len(k.Record.Sections) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// Check tells which kinds want words that are not there: word reports whether
// there is a message of a key.
func (s *Set) Check(word func(key string) bool) error {
	var wrong []error
	for _, name := range s.names {
		k := s.byName[name]
		for _, key := range []string{k.Label, k.EndMark} {
			if key != "" && !word(key) {
				wrong = append(wrong, fmt.Errorf("kinds/%s.toml: there is no message %q: expected a key of locales/en.toml", name, key))
			}
		}
	}
	return errors.Join(wrong...)
}

func load(templates fs.FS, file string) (*Kind, error) {
	k := &Kind{Name: strings.TrimSuffix(path.Base(file), ".toml"), Contents: Contents{Level: 3}}
	places, err := source.Decode(templates, file, k)
	if places == nil {
		return nil, err
	}
	return k, errors.Join(append([]error{err}, k.check(places)...)...)
}
