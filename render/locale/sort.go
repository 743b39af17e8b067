package locale

import (
	"strings"
	"sync"

	"golang.org/x/text/collate"
)

// collators are for one goroutine each: collating uses buffers.
type collators struct{ pool sync.Pool }

type collator struct {
	collate.Buffer
	*collate.Collator
}

// SortKey is the key of a text in the order of the language's dictionaries (Unicode
// Collation Algorithm with CLDR's tailorings): texts stand in the order of
// the bytes of their keys.
func (l *Locale) SortKey(s string) []byte {
	c, ok := l.collators.pool.Get().(*collator)
	if !ok {
		c = &collator{Collator: collate.New(l.words.tag)}
	}
	defer l.collators.pool.Put(c)
	defer c.Reset()
	key := append([]byte(nil), c.KeyFromString(&c.Buffer, bareLetters.Replace(s))...)
	return append(key, c.KeyFromString(&c.Buffer, s)...)
}

// bareLetters are letters of the Arabic script that are alef with a hamza, which CLDR
// tells apart only where all else is equal; the tables of the collator do so before.
var bareLetters = strings.NewReplacer("أ", "ا", "إ", "ا")
