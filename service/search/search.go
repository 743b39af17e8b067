// Package search owns what search takes for a word, in every script, the same
// for texts and for queries. Words are folded (case, accents, vowel points,
// digits); scripts without spaces are cut into pairs of letters; symbols are
// found as a whole and by their parts. Its terms are safe to be handed to a
// database as words. It must never know a database, a document or a right to
// see one.
package search

// most is the largest sum of the lengths of a text's terms, in bytes: what
// PostgreSQL takes in one tsvector, with room to spare.
const most = 1_000_000

// Term is what a text must have to be found.
type Term struct {
	Text string
	// Prefix means that a term which begins so will do.
	Prefix bool
}

// Terms are the terms of a text, each once, in the order in which they occur.
// They consist of letters, digits and characters of private use: SQLite's FTS5
// keeps them as they are, joined with spaces, by the tokenizer "unicode61
// remove_diacritics 0", and PostgreSQL by array_to_tsvector. They can be words
// that mean something to a database, such as "null" and "or": they must be quoted
// wherever they are written. Of an endless text, terms of the beginning are given.
func Terms(text string) []string {
	var all []string
	seen, read, size := map[string]bool{}, map[string]bool{}, 0
	add := func(term string) {
		if !seen[term] && size+len(term) <= most {
			seen[term], size = true, size+len(term)
			all = append(all, term)
		}
	}
	for rest := words(fold(text)); len(rest) > 0; {
		n := symbol(rest)
		for i, w := range rest[:n] {
			if i > 0 {
				add(pair(rest[i-1], w))
			}
			if !read[w.text] { // most words of a text come again
				read[w.text] = true
				index(w, add)
			}
		}
		rest = rest[n:]
	}
	return all
}

// index adds the terms of one word of a text. Of an unspaced run these are the
// pairs of letters and the last letter: every single letter begins one of them.
func index(w word, add func(string)) {
	if !w.dense {
		add(encode(w.text))
		if n := noun(w.text); n != w.text {
			add(encode(n))
		}
		return
	}
	letters := units(w.text)
	for i := range letters[1:] {
		add(encode(letters[i] + letters[i+1]))
	}
	add(encode(letters[len(letters)-1]))
}

// pair is the term for two parts of a symbol that follow each other.
func pair(a, b word) string { return encode(a.text) + joint + encode(b.text) }
