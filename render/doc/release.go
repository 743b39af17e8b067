package doc

import "time"

// Release is what the publisher, not the source, says about a revision of a publication.
type Release struct {
	// Revision counts the revisions of the publication from 1; 0 is unsaid.
	Revision int
	// Product is the kind of what was made of the record of a meeting; empty for a statement.
	Product string
	// Reader is whom a preview is for; empty for what is no preview.
	Reader string
	// Correction is zero for what is not corrected.
	Correction Correction
}

// Correction tells when and why a publication was corrected.
type Correction struct {
	// At is the instant, with the offset of the zone in which it is shown.
	At time.Time
	// Note says what was corrected, in one line; it may be empty. Lang and Dir are its own.
	Note string
	Lang string
	Dir  Direction
}
