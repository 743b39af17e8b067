package markdown

import (
	"time"

	"communique/render/doc"
	"communique/render/source"
)

// frontMatter is the particulars of a statement as they are written. The tags are
// the model, and the only list of keys: json names a key, enum the words that it
// may have, example is a value in YAML. The reader, the published schema and the
// table of docs/markdown.md follow from them.
type frontMatter struct {
	Title         written        `json:"title" jsonschema:"required" example:"The headline" jsonschema_description:"The headline, the name of the PDF and of the web page. Marks such as * are printed as they stand"`
	ShortTitle    string         `json:"short_title,omitempty" example:"Rules for rough diamonds" jsonschema_description:"Stands for the title in the running heads of later pages, where a long one is cut"`
	Lang          langTag        `json:"lang,omitzero" example:"fr" jsonschema_description:"The language of the statement: its labels, dates, quotation marks and direction. From the file name (slug.fr.md) if left out"`
	Dir           string         `json:"dir,omitempty" jsonschema:"enum=ltr,enum=rtl" example:"rtl" jsonschema_description:"The direction of writing. It follows from the language: leave it out"`
	Kind          kindName       `json:"kind,omitempty" example:"press-release" jsonschema_description:"The label above the headline, and what the document has: a cover, numbers, an end mark. An office can add kinds of its own. statement if left out"`
	ID            string         `json:"id,omitempty" example:"kp-2023-plenary" jsonschema_description:"Not printed. Names the statement for its translations"`
	Symbol        string         `json:"symbol,omitempty" example:"FCDO/2023/118" jsonschema_description:"The reference, at the head of the first page; the kind says whether at the foot of every page too"`
	Summary       written        `json:"summary,omitzero" example:"The parties agreed on rules." jsonschema_description:"One paragraph: the lines under the headline, and the description for search engines. Emphasis, links and spans work"`
	Issuer        issuer         `json:"issuer,omitzero" example:"Foreign, Commonwealth & Development Office" jsonschema_description:"The letterhead: a name, or the keys below"`
	Place         string         `json:"place,omitempty" example:"London" jsonschema_description:"The dateline: “London, 14 November 2023”"`
	Date          doc.Date       `json:"date,omitzero" example:"2023-11-14" jsonschema_description:"The dateline, in the long form of the language"`
	Embargo       embargo        `json:"embargo,omitzero" example:"2023-11-14T10:00:00+00:00" jsonschema_description:"A notice above the headline: an instant, or the keys below. The web page also asks search engines to stay away"`
	Status        string         `json:"status,omitempty" jsonschema:"enum=draft,enum=final,enum=corrected,enum=withdrawn" example:"corrected" jsonschema_description:"A notice above the headline; final prints nothing. draft is said on every later page too, and so is an embargo"`
	Contacts      []contact      `json:"contacts,omitempty" example:"\n  - name: Press office\n    email: press@example.org" jsonschema_description:"A section at the end, under a heading in the language"`
	Keywords      []string       `json:"keywords,omitempty" example:"[diamonds, Kimberley Process]" jsonschema_description:"Not printed. Search engines and archives read them"`
	Canonical     webAddress     `json:"canonical,omitempty" example:"https://www.example.org/statement" jsonschema_description:"The address of the statement on the web. Relative links in a PDF start from it"`
	Original      bool           `json:"original,omitempty" example:"true" jsonschema_description:"Not printed. This language is the original"`
	TranslationOf string         `json:"translation_of,omitempty" example:"kp-2023-plenary" jsonschema_description:"Not printed. The id of the original; not together with original: true"`
	Translation   translation    `json:"translation,omitzero" example:"{by: machine, reviewed: false}" jsonschema_description:"How the text was translated"`
	Speakers      []speaker      `json:"speakers,omitempty" example:"\n  - id: minister\n    name: The Minister" jsonschema_description:"Names for quotes"`
	Extra         map[string]any `json:"extra,omitempty" example:"{theme_note: text}" jsonschema_description:"Keys of your own, kept for the theme, never checked"`
}

type issuer struct {
	Name string     `json:"name" jsonschema:"required" example:"Ministry of Mines" jsonschema_description:"The first line of the letterhead"`
	Unit string     `json:"unit,omitempty" example:"Press Office" jsonschema_description:"The second line"`
	Logo string     `json:"logo,omitempty" example:"logo.png" jsonschema_description:"Path of a picture for the letterhead, in place of the theme’s logo"`
	URL  webAddress `json:"url,omitempty" example:"https://www.example.org/" jsonschema_description:"The link of the letterhead on the web page"`
}

type embargo struct {
	Until time.Time `json:"until" jsonschema:"required" example:"2023-11-14T10:00:00+00:00" jsonschema_description:"The moment"`
	Zone  zoneName  `json:"zone,omitempty" example:"Africa/Harare" jsonschema_description:"The moment is shown as the clocks there show it"`
}

type contact struct {
	Name  string      `json:"name,omitempty" example:"Press office" jsonschema_description:"The first line, in bold"`
	Role  string      `json:"role,omitempty" example:"Spokesperson" jsonschema_description:"Beside the name, or alone"`
	Phone string      `json:"phone,omitempty" example:"\"+44 20 7008 3100\"" jsonschema_description:"A link that dials. With the + and spaces it is text; digits alone need quotation marks"`
	Email mailAddress `json:"email,omitempty" example:"press@example.org" jsonschema_description:"A link"`
	Hours string      `json:"hours,omitempty" example:"Monday to Friday, 09:00 to 17:00" jsonschema_description:"A line of its own"`
}

type translation struct {
	By       string `json:"by,omitempty" jsonschema:"enum=human,enum=machine" example:"machine" jsonschema_description:"machine prints a notice above the headline"`
	Reviewed bool   `json:"reviewed,omitempty" example:"false" jsonschema_description:"The notice says whether somebody has read the translation"`
	Official *bool  `json:"official,omitempty" example:"false" jsonschema_description:"false prints a notice that the translation is not official and the original prevails. true leaves it out where the kind prints it by itself"`
}

type speaker struct {
	ID    speakerID `json:"id,omitempty" example:"minister" jsonschema_description:"The short name that you write below a quote; each only once"`
	Name  string    `json:"name,omitempty" example:"The Minister" jsonschema_description:"Printed for it"`
	Title string    `json:"title,omitempty" example:"Minister of Mines" jsonschema_description:"Printed after the name"`
}

// Texts that only some words can be; a plain string is any text.
type (
	// written is a text that is read when the language is known.
	written struct{ *source.Node }
	// langTag is a BCP 47 tag, which the file name is compared with.
	langTag     struct{ *source.Node }
	kindName    string
	zoneName    string
	webAddress  string
	mailAddress string
	speakerID   string
)
