package locale

// formats is a file of cldr/formats.
type formats struct {
	Script    string            `toml:"script"`
	Direction string            `toml:"direction"`
	Autonyms  map[string]string `toml:"autonyms"`
	Dates     dateFormats       `toml:"dates"`
	Numbers   numberFormats     `toml:"numbers"`
	Lists     listFormats       `toml:"lists"`
	Quotes    Quotes            `toml:"quotes"`
}

// dateFormats holds date patterns of UTS #35 and the names they need.
type dateFormats struct {
	Long string `toml:"long"`
	Full string `toml:"full"`
	Time string `toml:"time"`
	// Join is how a time {0} follows a date {1}.
	Join string `toml:"join"`
	// JoinHourOne replaces Join when the hour is printed as 1.
	JoinHourOne string `toml:"join-hour-one"`
	// FirstDay is what stands for the day number 1, when it is not "1".
	FirstDay    string     `toml:"first-day"`
	Months      []string   `toml:"months"`
	MonthsAlone []string   `toml:"months-alone"`
	Days        []string   `toml:"days"`
	DaysAlone   []string   `toml:"days-alone"`
	Era         string     `toml:"era"`
	Halves      []string   `toml:"halves"`
	Range       dateRanges `toml:"range"`
}

// dateRanges holds the patterns by the first thing that differs from the end.
type dateRanges struct {
	Day   string `toml:"day"`
	Month string `toml:"month"`
	Year  string `toml:"year"`
}

type numberFormats struct {
	// System is the numbering system that is used.
	System string `toml:"system"`
	// LeastGrouped is how many digits must stand before the first separator.
	LeastGrouped int                        `toml:"least-grouped"`
	Systems      map[string]numberingSystem `toml:"systems"`
}

// numberingSystem is the digits and signs of one numbering system.
type numberingSystem struct {
	Digits      string `toml:"digits"`
	Decimal     string `toml:"decimal"`
	Group       string `toml:"group"`
	Minus       string `toml:"minus"`
	PercentSign string `toml:"percent-sign"`
	Pattern     string `toml:"pattern"`
	Percent     string `toml:"percent"`
}

type listFormats struct {
	And listPattern `toml:"and"`
	Or  listPattern `toml:"or"`
}

// listPattern joins {0} and {1}.
type listPattern struct {
	Two    string `toml:"two"`
	Start  string `toml:"start"`
	Middle string `toml:"middle"`
	End    string `toml:"end"`
	// Before has other joins ahead of an item that begins in a certain way.
	Before *listBefore `toml:"before"`
}

// listBefore replaces Two and End when the last item, in lower case, begins
// with one of Prefixes and none of Except.
type listBefore struct {
	Prefixes []string `toml:"prefixes"`
	Except   []string `toml:"except"`
	Two      string   `toml:"two"`
	End      string   `toml:"end"`
}

// names is a file of cldr/names.
type names struct {
	Characters  string            `toml:"characters"`
	WithRegion  string            `toml:"with-region"`
	Languages   map[string]string `toml:"languages"`
	Territories map[string]string `toml:"territories"`
}
