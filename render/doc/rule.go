package doc

// Rule is a thematic break between passages.
type Rule struct{ Attr }
