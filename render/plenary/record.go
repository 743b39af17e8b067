// Package plenary owns the front end for structured outcomes: one record of a
// meeting, in YAML or JSON, is read, checked as a whole, and becomes documents.
// The record holds facts and authentic texts; the package must never know a label,
// which comes from locales by its message key, or how a page looks.
package plenary

import (
	"sync"

	"communique/render/diag"
)

// Record is one meeting of a body that decides. The tags are the model: json names
// the key, jsonschema says what is required and which words are allowed, and the
// description is printed in the published schema and in docs/plenary.md.
type Record struct {
	ID            string        `json:"id,omitempty" jsonschema_description:"Stable identifier of the publication, the same in every language" jsonschema:"example=kp-2023-plenary"`
	Title         Text          `json:"title,omitzero" jsonschema_description:"Headline of the report. Without it, one is made from body and meeting"`
	ShortTitle    Text          `json:"short_title,omitzero" jsonschema_description:"Stands for the title in the running heads of later pages, where a long one is cut"`
	Issuer        Issuer        `json:"issuer,omitzero" jsonschema_description:"Who publishes, for the letterhead. Without it, the body"`
	Status        string        `json:"status,omitempty" jsonschema:"enum=draft,enum=provisional,enum=final,enum=corrected,enum=withdrawn" jsonschema_description:"Editorial status of the record"`
	Date          Date          `json:"date,omitzero" jsonschema_description:"Date of publication"`
	Embargo       Embargo       `json:"embargo,omitzero" jsonschema_description:"Instant before which nothing may be published"`
	Body          Body          `json:"body" jsonschema:"required" jsonschema_description:"The body that meets, and how it decides"`
	Meeting       Meeting       `json:"meeting,omitzero" jsonschema_description:"The meeting: when, where, who chairs. Needed, but for a record of statistics alone, which has a title instead"`
	Languages     Languages     `json:"languages" jsonschema:"required" jsonschema_description:"Which language texts are in, and which texts bind"`
	Parties       []Party       `json:"parties,omitempty" jsonschema_description:"Parties that have no ISO 3166-1 code: observers, coalitions, working bodies, organisations"`
	Participation Participation `json:"participation,omitzero" jsonschema_description:"Who was there"`
	WorkingBodies []WorkingBody `json:"working_bodies,omitempty" jsonschema_description:"Committees and working groups, with their reports"`
	Agenda        []AgendaItem  `json:"agenda,omitempty" jsonschema_description:"Items in the order of the agenda, those that were proposed and not included among them"`
	Outcomes      []Outcome     `json:"outcomes,omitempty" jsonschema_description:"What the meeting did: decisions, resolutions, and what it could not agree on"`
	Positions     []Position    `json:"positions,omitempty" jsonschema_description:"What parties put on record"`
	Information   []Information `json:"information,omitempty" jsonschema_description:"What was reported or happened, neither decided by the meeting nor in dispute"`
	Claims        []Claim       `json:"claims,omitempty" jsonschema_description:"What one side says and the meeting did not agree; printed with its source, apart from agreed facts"`
	Communique    Communique    `json:"communique,omitzero" jsonschema_description:"The communiqué, or why there is none"`
	Elections     []Election    `json:"elections,omitempty" jsonschema_description:"Offices filled or left vacant"`
	Membership    []Membership  `json:"membership,omitempty" jsonschema_description:"Parties admitted, suspended, expelled, readmitted"`
	Statistics    []Statistic   `json:"statistics,omitempty" jsonschema_description:"Tables of figures by party"`
	Annexes       []Annex       `json:"annexes,omitempty" jsonschema_description:"Texts annexed to the report"`
	Corrigenda    []Annex       `json:"corrigenda,omitempty" jsonschema_description:"Corrections to earlier texts"`
	Next          Next          `json:"next,omitzero" jsonschema_description:"The next meeting"`
	Contacts      []Contact     `json:"contacts,omitempty" jsonschema_description:"Whom the press can reach"`
	Sources       []SourceRef   `json:"sources,omitempty" jsonschema_description:"Where the facts were taken from, when the record was not made by the body itself"`
	Gaps          []Text        `json:"gaps,omitempty" jsonschema_description:"What the sources do not tell, each in a sentence, so that nobody takes silence for a no; printed after the sources"`
	Keywords      []string      `json:"keywords,omitempty" jsonschema_description:"Words for the metadata"`
	Canonical     string        `json:"canonical,omitempty" jsonschema:"format=uri" jsonschema_description:"Address at which the report will stand in the original language"`

	// File names the source; places tells where fields stand, by their path.
	File   string `json:"-"`
	places map[string]diag.Pos
	// data is the file, once it has been read as a record; lines are made of it for
	// the first problem within a text.
	data  []byte
	once  sync.Once
	lines []string
}

// Body is who meets.
type Body struct {
	ID           string `json:"id,omitempty" jsonschema:"example=kp" jsonschema_description:"Identifier of the body, for indexes over many meetings"`
	Name         Text   `json:"name" jsonschema:"required" jsonschema_description:"Name of the body"`
	Abbreviation Text   `json:"abbreviation,omitzero" jsonschema_description:"Abbreviation of the name, such as KP"`
	DecisionRule string `json:"decision_rule,omitempty" jsonschema:"enum=consensus,enum=unanimity,enum=two_thirds,enum=three_quarters,enum=majority,enum=absolute_majority,enum=double_majority" jsonschema_description:"How the body decides"`
	Kind         string `json:"kind,omitempty" jsonschema:"enum=plenary,enum=conference,enum=assembly,enum=council,enum=committee,enum=board" jsonschema_description:"What sort of body it is"`
}

// Meeting is the frame of the record.
type Meeting struct {
	Name      Text      `json:"name,omitzero" jsonschema_description:"Name of the meeting, if it has one of its own"`
	Ordinal   int       `json:"ordinal,omitempty" jsonschema:"minimum=1" jsonschema_description:"Which meeting of its kind: 20 for the twentieth"`
	Kind      string    `json:"kind" jsonschema:"required,enum=plenary,enum=intersessional,enum=ministerial,enum=extraordinary,enum=preparatory" jsonschema_description:"Kind of meeting"`
	Symbol    string    `json:"symbol,omitempty" jsonschema:"example=KP/2023/PLENARY" jsonschema_description:"Symbol of the report"`
	From      Date      `json:"from,omitzero" jsonschema_description:"First day. May be missing where it is not known"`
	To        Date      `json:"to,omitzero" jsonschema_description:"Last day"`
	Place     Place     `json:"place,omitzero" jsonschema_description:"Where the meeting took place"`
	Mode      string    `json:"mode,omitempty" jsonschema:"enum=in_person,enum=hybrid,enum=virtual,enum=written" jsonschema_description:"How participants took part"`
	Host      PartyID   `json:"host,omitempty" jsonschema_description:"Party that hosts"`
	Chair     Officer   `json:"chair,omitzero" jsonschema_description:"Who chairs"`
	ViceChair Officer   `json:"vice_chair,omitzero" jsonschema_description:"Who is vice-chair"`
	Sittings  []Sitting `json:"sittings,omitempty" jsonschema_description:"Opened, suspended, resumed, closed"`
}

// Place is where something happens.
type Place struct {
	City    Text    `json:"city,omitzero" jsonschema_description:"City"`
	Region  Text    `json:"region,omitzero" jsonschema_description:"Region or province"`
	Country PartyID `json:"country,omitempty" jsonschema_description:"Country, by ISO 3166-1 code"`
	Venue   Text    `json:"venue,omitzero" jsonschema_description:"Building"`
}

// Officer is a party, a person, or both.
type Officer struct {
	Party PartyID `json:"party,omitempty" jsonschema_description:"The party that holds the office"`
	Name  Text    `json:"name,omitzero" jsonschema_description:"The person, as the body's documents name them"`
	Title Text    `json:"title,omitzero" jsonschema_description:"The person's own office, such as Minister of Mines"`
}

// Sitting is one stretch of the meeting.
type Sitting struct {
	Opened    Instant `json:"opened,omitzero" jsonschema_description:"When the sitting was opened"`
	Suspended Instant `json:"suspended,omitzero" jsonschema_description:"When it was suspended"`
	Resumed   Instant `json:"resumed,omitzero" jsonschema_description:"When it was resumed"`
	Closed    Instant `json:"closed,omitzero" jsonschema_description:"When it was closed"`
}

// Languages says which texts bind.
type Languages struct {
	Original  Lang   `json:"original" jsonschema:"required" jsonschema_description:"Language of every text that is given as a plain string, as a BCP 47 tag"`
	Authentic []Lang `json:"authentic,omitempty" jsonschema_description:"Languages whose texts are equally authentic. Without it, the original"`
}

// Party is who has no ISO 3166-1 code.
type Party struct {
	ID           string    `json:"id" jsonschema:"required,example=wdc" jsonschema_description:"Identifier by which the record refers to the party"`
	Name         Text      `json:"name" jsonschema:"required" jsonschema_description:"Name of the party"`
	Abbreviation Text      `json:"abbreviation,omitzero" jsonschema_description:"Its abbreviation"`
	Kind         string    `json:"kind,omitempty" jsonschema:"enum=participant,enum=observer,enum=working_body,enum=coalition,enum=organisation,enum=office" jsonschema_description:"What the party is to the body; an office is one that acts whoever holds it, such as the Chair"`
	Members      []PartyID `json:"members,omitempty" jsonschema_description:"Members of a coalition, if they are to be named"`
}

// Participation is who was there.
type Participation struct {
	Participants []PartyID `json:"participants,omitempty" jsonschema_description:"Participants present"`
	Observers    []PartyID `json:"observers,omitempty" jsonschema_description:"Observers present"`
	Absent       []PartyID `json:"absent,omitempty" jsonschema_description:"Participants that were absent"`
	Guests       []PartyID `json:"guests,omitempty" jsonschema_description:"Guests of the chair"`
	Applicants   []PartyID `json:"applicants,omitempty" jsonschema_description:"Those that have applied to join"`
	Count        Counts    `json:"count,omitzero" jsonschema_description:"Numbers, where they are known and the names are not"`
	Quorum       int       `json:"quorum,omitempty" jsonschema:"minimum=1" jsonschema_description:"How many participants must be present"`
	Walkouts     []Walkout `json:"walkouts,omitempty" jsonschema_description:"Who left the room, when and why"`
}

// Counts are numbers of those present.
type Counts struct {
	Participants          int  `json:"participants,omitempty" jsonschema:"minimum=0" jsonschema_description:"Participants present"`
	ParticipantsTotal     int  `json:"participants_total,omitempty" jsonschema:"minimum=0" jsonschema_description:"Participants that the body has"`
	ParticipatingStates   int  `json:"participating_states,omitempty" jsonschema:"minimum=0" jsonschema_description:"Participants present that are states; regional organisations are counted apart"`
	Countries             int  `json:"countries,omitempty" jsonschema:"minimum=0" jsonschema_description:"Countries represented; one participant may stand for several"`
	RegionalOrganisations int  `json:"regional_organisations,omitempty" jsonschema:"minimum=0" jsonschema_description:"Regional organisations"`
	Applicants            int  `json:"applicants,omitempty" jsonschema:"minimum=0" jsonschema_description:"Applicant states"`
	Observers             int  `json:"observers,omitempty" jsonschema:"minimum=0" jsonschema_description:"Observers present"`
	Delegates             int  `json:"delegates,omitempty" jsonschema:"minimum=0" jsonschema_description:"Delegates in all"`
	DelegatesInPerson     int  `json:"delegates_in_person,omitempty" jsonschema:"minimum=0" jsonschema_description:"Delegates in the room"`
	DelegatesOnline       int  `json:"delegates_online,omitempty" jsonschema:"minimum=0" jsonschema_description:"Delegates online"`
	AtLeast               bool `json:"at_least,omitempty" jsonschema_description:"The number of delegates is a lower bound (“more than 400”)"`
}

// Walkout is a protest by leaving.
type Walkout struct {
	Party  PartyID `json:"party" jsonschema:"required" jsonschema_description:"Who left"`
	At     Instant `json:"at,omitzero" jsonschema_description:"When"`
	Reason Text    `json:"reason,omitzero" jsonschema_description:"The reason given"`
}

// WorkingBody reports to the meeting.
type WorkingBody struct {
	ID            string  `json:"id" jsonschema:"required,example=wgs" jsonschema_description:"Identifier, by which owners refer to the body"`
	Name          Text    `json:"name" jsonschema:"required" jsonschema_description:"Name"`
	Chair         Officer `json:"chair,omitzero" jsonschema_description:"Who chairs it"`
	ViceChair     Officer `json:"vice_chair,omitzero" jsonschema_description:"Who is its vice-chair"`
	Mandate       Text    `json:"mandate,omitzero" jsonschema_description:"What it was set up to do"`
	EstablishedBy string  `json:"established_by,omitempty" jsonschema_description:"The outcome, by id, that set it up, for a body that is new"`
	Parent        PartyID `json:"parent,omitempty" jsonschema_description:"The working body under which it works"`
	Report        Text    `json:"report,omitzero" jsonschema:"blocks" jsonschema_description:"Its report, in Markdown"`
	Symbol        string  `json:"symbol,omitempty" jsonschema_description:"Symbol of the report"`
}

// AgendaItem is a matter that came, or did not come, before the meeting.
type AgendaItem struct {
	No          string    `json:"no" jsonschema:"required,example=4" jsonschema_description:"Number of the item as text: 4, or 7 (a)"`
	Title       Text      `json:"title" jsonschema:"required" jsonschema_description:"Title of the item"`
	ProposedBy  []PartyID `json:"proposed_by,omitempty" jsonschema_description:"Who proposed it"`
	SupportedBy []PartyID `json:"supported_by,omitempty" jsonschema_description:"Who supported it"`
	ObjectedBy  []PartyID `json:"objected_by,omitempty" jsonschema_description:"Who objected to it"`
	Status      string    `json:"status,omitempty" jsonschema:"enum=adopted,enum=not_included,enum=deferred,enum=withdrawn,enum=carried_over" jsonschema_description:"Whether the item was on the agenda"`
	Summary     Text      `json:"summary,omitzero" jsonschema:"blocks" jsonschema_description:"What happened under the item, in Markdown"`
}

// Outcome is what the meeting did.
type Outcome struct {
	ID         string    `json:"id" jsonschema:"required,example=secretariat" jsonschema_description:"Identifier; the anchor in every language is outcome- and this"`
	Symbol     string    `json:"symbol,omitempty" jsonschema_description:"Symbol of the decision"`
	Title      Text      `json:"title,omitzero" jsonschema_description:"Short title"`
	Agenda     string    `json:"agenda,omitempty" jsonschema_description:"Number of the agenda item under which it was taken"`
	Type       string    `json:"type" jsonschema:"required,enum=decision,enum=resolution,enum=recommendation,enum=declaration,enum=statement,enum=election,enum=admission,enum=listing,enum=amendment,enum=report" jsonschema_description:"What it is"`
	Verb       string    `json:"verb" jsonschema:"required,enum=adopted,enum=adopted_as_amended,enum=agreed,enum=approved,enum=endorsed,enum=accepted,enum=noted,enum=welcomed,enum=referred,enum=deferred,enum=withdrawn,enum=rejected,enum=no_consensus,enum=blocked,enum=suspended,enum=lapsed" jsonschema_description:"What the meeting did with it"`
	Method     string    `json:"method,omitempty" jsonschema:"enum=consensus,enum=recorded_vote,enum=show_of_hands,enum=secret_ballot,enum=silence_procedure,enum=written_procedure" jsonschema_description:"How it was decided"`
	Tally      Tally     `json:"tally,omitzero" jsonschema_description:"The vote"`
	Threshold  string    `json:"threshold,omitempty" jsonschema:"enum=simple_majority,enum=absolute_majority,enum=two_thirds,enum=three_quarters,enum=unanimity" jsonschema_description:"The majority that was needed"`
	Sponsors   []PartyID `json:"sponsors,omitempty" jsonschema_description:"Who sponsored it"`
	BlockedBy  []PartyID `json:"blocked_by,omitempty" jsonschema_description:"Who prevented consensus"`
	Text       Text      `json:"text,omitzero" jsonschema:"blocks" jsonschema_description:"The text, in Markdown"`
	Effective  Effective `json:"effective,omitzero" jsonschema_description:"From when it applies, or under which condition"`
	Supersedes []string  `json:"supersedes,omitempty" jsonschema_description:"Outcomes, by id or symbol, that it replaces"`
	Amends     []string  `json:"amends,omitempty" jsonschema_description:"Outcomes, by id or symbol, that it changes"`
	References []Text    `json:"references,omitempty" jsonschema_description:"Acts and documents of others on which it rests, such as Security Council resolution 1893 (2009)"`
	Concerns   []PartyID `json:"concerns,omitempty" jsonschema_description:"The parties that it is about"`
	Partners   []PartyID `json:"partners,omitempty" jsonschema_description:"With whom it was agreed, or is to be carried out"`
	Owner      PartyID   `json:"owner,omitempty" jsonschema_description:"Who is to carry it out: a party, an office or a working body"`
	Deadline   Date      `json:"deadline,omitzero" jsonschema_description:"By when"`
	Period     string    `json:"period,omitempty" jsonschema:"example=2008-Q1" jsonschema_description:"When it is to be carried out, where no day is set: 2022, 2008-Q1 and so on, as in statistics"`
}

// Tally is a vote. Each number may be given as the list of parties, for a roll call.
type Tally struct {
	For       Votes `json:"for,omitzero" jsonschema_description:"Votes for: a number, or the parties"`
	Against   Votes `json:"against,omitzero" jsonschema_description:"Votes against: a number, or the parties"`
	Abstain   Votes `json:"abstain,omitzero" jsonschema_description:"Abstentions: a number, or the parties"`
	NotVoting Votes `json:"not_voting,omitzero" jsonschema_description:"Present and not voting: a number, or the parties"`
	Total     int   `json:"total,omitempty" jsonschema:"minimum=0" jsonschema_description:"Number of those entitled to vote; the four must add up to it"`
}

// Effective is a date or a condition.
type Effective struct {
	Date      Date `json:"date,omitzero" jsonschema_description:"Day from which it applies"`
	Condition Text `json:"condition,omitzero" jsonschema_description:"Condition on which it applies"`
}

// Position is what parties put on record.
type Position struct {
	ID      string    `json:"id,omitempty" jsonschema_description:"Identifier, for references"`
	Kind    string    `json:"kind" jsonschema:"required,enum=reservation,enum=interpretative_statement,enum=explanation_of_vote,enum=right_of_reply,enum=dissociation,enum=statement" jsonschema_description:"What it is"`
	By      []PartyID `json:"by" jsonschema:"required" jsonschema_description:"Whose position it is"`
	On      string    `json:"on,omitempty" jsonschema_description:"The outcome (by id), or the agenda item (by number), that it is about"`
	Aligned []PartyID `json:"aligned,omitempty" jsonschema_description:"Who aligned themselves with it"`
	Text    Text      `json:"text" jsonschema:"required,blocks" jsonschema_description:"The text, in Markdown"`
	Speaker Officer   `json:"speaker,omitzero" jsonschema_description:"Who spoke for them, by name or by office"`
	Source  string    `json:"source,omitempty" jsonschema:"format=uri" jsonschema_description:"Address at which it can be read"`
}

// Information is a fact that the report states without the meeting having acted on it.
type Information struct {
	ID     string    `json:"id,omitempty" jsonschema_description:"Identifier, for references"`
	By     []PartyID `json:"by,omitempty" jsonschema_description:"Who did or reported it"`
	On     string    `json:"on,omitempty" jsonschema_description:"The outcome (by id), or the agenda item (by number), that it bears on"`
	Text   Text      `json:"text" jsonschema:"required,blocks" jsonschema_description:"The text, in Markdown"`
	Source string    `json:"source,omitempty" jsonschema:"format=uri" jsonschema_description:"Address at which it can be read"`
}

// Claim is what one side says.
type Claim struct {
	ID          string    `json:"id,omitempty" jsonschema_description:"Identifier, for references"`
	Text        Text      `json:"text" jsonschema:"required" jsonschema_description:"The claim, as reported speech"`
	By          PartyID   `json:"by" jsonschema:"required" jsonschema_description:"Who makes it"`
	Source      string    `json:"source,omitempty" jsonschema:"format=uri" jsonschema_description:"Address at which it can be read"`
	Status      string    `json:"status,omitempty" jsonschema:"enum=asserted,enum=contested,enum=confirmed" jsonschema_description:"Whether others agree"`
	ContestedBy []PartyID `json:"contested_by,omitempty" jsonschema_description:"Who contests it"`
}

// Communique is the final text of the meeting, or why there is none.
type Communique struct {
	Status      string    `json:"status" jsonschema:"required,enum=issued,enum=issued_with_divergent_views,enum=provisional,enum=not_issued,enum=replaced_by_chair_statement" jsonschema_description:"Whether there is a communiqué"`
	Reason      Text      `json:"reason,omitzero" jsonschema_description:"Why it was not issued, or not as one text"`
	BlockedBy   []PartyID `json:"blocked_by,omitempty" jsonschema_description:"Who prevented it"`
	Date        Date      `json:"date,omitzero" jsonschema_description:"When it was issued"`
	Symbol      string    `json:"symbol,omitempty" jsonschema_description:"Its symbol"`
	Paragraphs  []Text    `json:"paragraphs,omitempty" jsonschema:"blocks" jsonschema_description:"Its paragraphs, in Markdown; they are numbered from 1"`
	ItemsAgreed int       `json:"items_agreed,omitempty" jsonschema:"minimum=0" jsonschema_description:"How many items had been agreed"`
}

// Election fills an office, or does not.
type Election struct {
	Office Text    `json:"office" jsonschema:"required" jsonschema_description:"The office, such as Chair for 2024"`
	Party  PartyID `json:"party,omitempty" jsonschema_description:"The party elected"`
	Name   Text    `json:"name,omitzero" jsonschema_description:"The person elected"`
	Result string  `json:"result,omitempty" jsonschema:"enum=elected,enum=re_elected,enum=vacant,enum=no_consensus" jsonschema_description:"What came of it; without it, elected"`
	From   Date    `json:"from,omitzero" jsonschema_description:"Beginning of the term"`
	To     Date    `json:"to,omitzero" jsonschema_description:"End of the term"`
}

// Membership is a change in who belongs to the body.
type Membership struct {
	Party   PartyID `json:"party" jsonschema:"required" jsonschema_description:"The party concerned"`
	Result  string  `json:"result" jsonschema:"required,enum=admitted,enum=suspended,enum=expelled,enum=readmitted,enum=withdrew,enum=applied" jsonschema_description:"What happened"`
	From    Date    `json:"from,omitzero" jsonschema_description:"From when"`
	To      Date    `json:"to,omitzero" jsonschema_description:"Until when"`
	Period  string  `json:"period,omitempty" jsonschema:"example=2005" jsonschema_description:"When it happened, where the day is not known: 2005, 2005-Q3 and so on, as in statistics"`
	Outcome string  `json:"outcome,omitempty" jsonschema_description:"The outcome, by id, by which the meeting decided it; none for a change that it did not decide"`
	Note    Text    `json:"note,omitzero" jsonschema_description:"A remark"`
}

// Statistic is a table of figures by party.
type Statistic struct {
	ID          string      `json:"id" jsonschema:"required,example=production-2022" jsonschema_description:"Identifier; the anchor in every language is statistic- and this"`
	Title       Text        `json:"title" jsonschema:"required" jsonschema_description:"Title of the table"`
	Period      string      `json:"period,omitempty" jsonschema:"example=2022" jsonschema_description:"The period: 2022, 2022-H1, 2022-Q3, or two dates with a slash (ISO 8601)"`
	Unit        string      `json:"unit,omitempty" jsonschema_description:"Unit of volumes: carat, million carat, or free text"`
	Currency    string      `json:"currency,omitempty" jsonschema:"example=USD" jsonschema_description:"ISO 4217 code of values; a scale may stand before it: million USD"`
	Measure     Text        `json:"measure,omitzero" jsonschema_description:"What the volumes count, as head of their column, where it is no amount of goods: Certificates issued"`
	Series      []Row       `json:"series,omitempty" jsonschema_description:"One row a party. Without it, the total stands alone"`
	Total       Row         `json:"total,omitzero" jsonschema_description:"The total as published, kept beside the computed one"`
	Previous    Previous    `json:"previous,omitzero" jsonschema_description:"The same for the period before"`
	Rounding    Rounding    `json:"rounding,omitzero" jsonschema_description:"To what the figures are rounded, where their zeros do not tell"`
	Variants    []Variant   `json:"variants,omitempty" jsonschema_description:"Other figures that were published for the same, such as a first or a revised total; they count in no sum"`
	Provisional bool        `json:"provisional,omitempty" jsonschema_description:"The figures may still be revised"`
	Incomplete  bool        `json:"incomplete,omitempty" jsonschema_description:"The rows are not all there are: the published total is larger than their sum"`
	Source      Text        `json:"source,omitzero" jsonschema_description:"Where the figures come from"`
	Sources     []SourceRef `json:"sources,omitempty" jsonschema_description:"The same, one by one with addresses, where there are several"`
	Note        Text        `json:"note,omitzero" jsonschema_description:"A remark under the table"`
	Chart       string      `json:"chart,omitempty" jsonschema:"enum=bar,enum=line,enum=none" jsonschema_description:"Chart above the table; without it, none"`
}

// Row is one party's figures.
type Row struct {
	Party       PartyID `json:"party,omitempty" jsonschema_description:"The party; none for the total"`
	Label       Text    `json:"label,omitzero" jsonschema_description:"A label instead of a party, such as Others"`
	Volume      Amount  `json:"volume,omitzero" jsonschema_description:"Volume, in the table's unit"`
	Value       Amount  `json:"value,omitzero" jsonschema_description:"Value, in the table's currency"`
	UnitValue   Amount  `json:"unit_value,omitzero" jsonschema_description:"Value per unit as published, without scales: USD per carat for million USD and million carat; computed when it is not given"`
	Provisional bool    `json:"provisional,omitempty" jsonschema_description:"This row may still be revised"`
	Approximate bool    `json:"approximate,omitempty" jsonschema_description:"The figures are near the true ones (“about”, “close to”, “just under”); they are checked against no other"`
	Note        Text    `json:"note,omitzero" jsonschema_description:"A remark on this row"`
}

// Rounding is the step to which figures are rounded. A figure that is not a multiple
// of it is taken as written.
type Rounding struct {
	Volume Amount `json:"volume,omitzero" jsonschema_description:"Step of volumes, in the table's unit"`
	Value  Amount `json:"value,omitzero" jsonschema_description:"Step of values, in the table's currency: 10 for 2570 million that stands for 2.57 billion"`
}

// Variant is a figure that was published beside the one in the table.
type Variant struct {
	Party     PartyID `json:"party,omitempty" jsonschema_description:"The party whose row it concerns; none for the total"`
	Kind      string  `json:"kind" jsonschema:"required,enum=first_published,enum=revised,enum=divergent" jsonschema_description:"Published before, published later, or given by another source"`
	Volume    Amount  `json:"volume,omitzero" jsonschema_description:"Volume, in the table's unit"`
	Value     Amount  `json:"value,omitzero" jsonschema_description:"Value, in the table's currency"`
	UnitValue Amount  `json:"unit_value,omitzero" jsonschema_description:"Value per unit"`
	Source    Text    `json:"source,omitzero" jsonschema_description:"Who published it, and when"`
	Note      Text    `json:"note,omitzero" jsonschema_description:"Why the table has the other one"`
}

// Previous is the period before.
type Previous struct {
	Period string `json:"period,omitempty" jsonschema_description:"The period before"`
	Series []Row  `json:"series,omitempty" jsonschema_description:"Its rows"`
	Total  Row    `json:"total,omitzero" jsonschema_description:"Its total as published"`
}

// Annex is a text that goes with the report; a corrigendum has the same form.
type Annex struct {
	ID        string `json:"id,omitempty" jsonschema_description:"Identifier, for references"`
	Symbol    string `json:"symbol,omitempty" jsonschema_description:"Its symbol"`
	Title     Text   `json:"title" jsonschema:"required" jsonschema_description:"Its title"`
	Text      Text   `json:"text,omitzero" jsonschema:"blocks" jsonschema_description:"The text, in Markdown"`
	Languages []Lang `json:"languages,omitempty" jsonschema_description:"Languages in which it exists"`
	Date      Date   `json:"date,omitzero" jsonschema_description:"Its date"`
}

// Next is the next meeting.
type Next struct {
	Place Place   `json:"place,omitzero" jsonschema_description:"Where"`
	From  Date    `json:"from,omitzero" jsonschema_description:"First day"`
	To    Date    `json:"to,omitzero" jsonschema_description:"Last day"`
	Chair Officer `json:"chair,omitzero" jsonschema_description:"Who will chair"`
}

// Issuer is who publishes.
type Issuer struct {
	Name Text   `json:"name" jsonschema:"required" jsonschema_description:"Name"`
	Unit Text   `json:"unit,omitzero" jsonschema_description:"The part of it that speaks"`
	URL  string `json:"url,omitempty" jsonschema:"format=uri" jsonschema_description:"Its address"`
}

// Embargo is an instant and the zone in which it is shown.
type Embargo struct {
	Until Instant `json:"until" jsonschema:"required" jsonschema_description:"The instant, with its offset from UTC"`
	Zone  string  `json:"zone,omitempty" jsonschema:"example=Africa/Harare" jsonschema_description:"IANA time zone in which it is printed"`
}

// Contact is a person or desk for enquiries.
type Contact struct {
	Name  Text   `json:"name,omitzero" jsonschema_description:"Name"`
	Role  Text   `json:"role,omitzero" jsonschema_description:"Role"`
	Phone string `json:"phone,omitempty" jsonschema_description:"Telephone number, in international form"`
	Email string `json:"email,omitempty" jsonschema:"format=email" jsonschema_description:"Mail address"`
	Hours Text   `json:"hours,omitzero" jsonschema_description:"When they can be reached"`
}

// SourceRef is where facts were taken from.
type SourceRef struct {
	URL       string `json:"url,omitempty" jsonschema:"format=uri" jsonschema_description:"Address"`
	Publisher Text   `json:"publisher,omitzero" jsonschema_description:"Who published it"`
	Note      Text   `json:"note,omitzero" jsonschema_description:"What was taken from it, or why it can be trusted"`
}
