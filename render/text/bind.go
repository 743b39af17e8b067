package text

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"communique/render/source"
)

// Bindings are the words of a language at which a line should not end, though
// UAX #14 lets it: a file <tag>.toml.
type Bindings struct {
	// BeforeNumber are words that stay with the number after them: "p.", "No.".
	BeforeNumber []string `toml:"before_number"`
	// AfterNumber are words that stay with the number before them: "km", "%".
	AfterNumber []string `toml:"after_number"`
	// Short are words that stay with the word after them.
	Short []string `toml:"short"`
	// Initials tells that a capital with a full stop stays with the name after it.
	Initials bool `toml:"initials"`
}

// binding is what a token is to its neighbours.
type binding uint8

const (
	bindsNext    binding = 1 << iota // stays with whatever comes next
	bindsNumber                      // stays with a number that comes next
	boundToPrior                     // stays with a number before
	startsNumber
	endsNumber
)

// binds tells that a line should not end between two tokens.
func binds(a, b *token) bool {
	return a.binding&bindsNext != 0 || a.binding&bindsNumber != 0 && b.binding&startsNumber != 0 ||
		a.binding&endsNumber != 0 && b.binding&boundToPrior != 0
}

// bindings are the files of a folder, each read when a text first needs it.
type bindings struct {
	fsys fs.FS
	mu   sync.Mutex
	read map[string]map[string]binding
	// err is told of a file that cannot be read.
	fail func(error)
}

// initials stands in a table for the rule of that name.
const initials = "\x00"

// language is the words of the longest part of a tag that has a file; nil if none has.
func (b *bindings) language(tag string) map[string]binding {
	if b == nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for {
		if t, ok := b.read[tag]; ok {
			return t
		}
		if f, err := fs.Stat(b.fsys, tag+".toml"); err == nil && f.Mode().IsRegular() {
			t, err := readBindings(b.fsys, tag+".toml")
			if err != nil {
				b.fail(err)
			}
			b.read[tag] = t
			return t
		}
		i := strings.LastIndexByte(tag, '-')
		if i < 0 {
			return nil
		}
		tag = tag[:i]
	}
}

// check reads every file.
func (b *bindings) check() error {
	if b == nil {
		return nil
	}
	files, err := fs.Glob(b.fsys, "*.toml")
	for _, f := range files {
		if _, bad := readBindings(b.fsys, f); bad != nil {
			return bad
		}
	}
	return err
}

func readBindings(fsys fs.FS, file string) (map[string]binding, error) {
	var f Bindings
	if err := source.TOML(fsys, file, &f); err != nil {
		return nil, fmt.Errorf("breaks: %w", err)
	}
	t := map[string]binding{}
	for _, l := range []struct {
		words []string
		as    binding
	}{{f.BeforeNumber, bindsNumber}, {f.AfterNumber, boundToPrior}, {f.Short, bindsNext}} {
		for _, w := range l.words {
			t[w] |= l.as
		}
	}
	if f.Initials {
		t[initials] = bindsNext
	}
	return t, nil
}

// bind finds what a token is to its neighbours, from its text.
func (s *Shaper) bind(lang, txt string) (b binding) {
	core := strings.TrimRight(strings.TrimLeft(txt, "(“«„\"'‘[–— "), " \t")
	if core == "" {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(core); unicode.IsDigit(r) {
		b |= startsNumber
	}
	if r, _ := utf8.DecodeLastRuneInString(core); unicode.IsDigit(r) {
		b |= endsNumber
	}
	words, ok := s.bindings[lang]
	if !ok {
		words = s.library.bindings.language(lang)
		s.bindings[lang] = words
		s.cost += 100
	}
	if words == nil {
		return b
	}
	b |= words[core]
	if b&(bindsNext|bindsNumber|boundToPrior) == 0 {
		b |= words[strings.TrimRight(core, ".,;:!?)”»’")] & boundToPrior
	}
	if r, n := utf8.DecodeRuneInString(core); core[n:] == "." && unicode.IsUpper(r) {
		b |= words[initials]
	}
	return b
}
