package main

import (
	"regexp"
	"strconv"
	"strings"
)

var months = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}
var days = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func (c cldr) formats(locale string) (string, error) {
	w := &writer{}
	w.comment("Generated from CLDR by locales/cldr/generate. Do not edit: see overrides.toml.")
	script, err := c.script(locale)
	if err != nil {
		return "", err
	}
	layout, err := c.main("cldr-misc-full", locale, "layout.json", "layout", "orientation", "characterOrder")
	if err != nil {
		return "", err
	}
	w.pair("script", script)
	w.pair("direction", map[string]string{"left-to-right": "ltr", "right-to-left": "rtl"}[layout.str()])
	for _, part := range []func(*writer, string) error{c.autonyms, c.dates, c.numbers, c.lists, c.quotes} {
		if err := part(w, locale); err != nil {
			return "", err
		}
	}
	return w.String(), nil
}

// autonyms are the names that a language gives itself and its variants, as in
// a menu of languages.
func (c cldr) autonyms(w *writer, locale string) error {
	names, err := c.main("cldr-localenames-full", locale, "languages.json", "localeDisplayNames", "languages")
	if err != nil {
		return err
	}
	w.section("autonyms")
	base := strings.Split(locale, "-")[0]
	for _, tag := range names.keys() {
		if (tag == base || strings.HasPrefix(tag, base+"-")) && !strings.Contains(tag, "-alt-") {
			w.pair(tag, names.at(tag).str())
		}
	}
	return nil
}

func (c cldr) dates(w *writer, locale string) error {
	g, err := c.main("cldr-dates-full", locale, "ca-gregorian.json", "dates", "calendars", "gregorian")
	if err != nil {
		return err
	}
	long, full := g.at("dateFormats", "long").str(), g.at("dateFormats", "full").str()
	clock := g.at("timeFormats", "short").str()
	ranges := dayRanges(g, long)
	all := strings.Join([]string{long, full, clock, ranges[0], ranges[1], ranges[2]}, " ")
	w.section("dates")
	w.pair("long", long)
	w.pair("full", full)
	w.pair("time", clock)
	w.pair("join", g.at("dateTimeFormats-atTime", "standard", "long").str())
	w.list("months", texts(g.at("months", "format", "wide"), months))
	if hasField(all, 'L') {
		w.list("months-alone", texts(g.at("months", "stand-alone", "wide"), months))
	}
	w.list("days", texts(g.at("days", "format", "wide"), days))
	if hasField(all, 'c') {
		w.list("days-alone", texts(g.at("days", "stand-alone", "wide"), days))
	}
	if hasField(all, 'G') {
		w.pair("era", g.at("eras", "eraAbbr", "1").str())
	}
	if hasField(all, 'a') || hasField(all, 'B') {
		w.list("halves", texts(g.at("dayPeriods", "format", "abbreviated"), []string{"am", "pm"}))
	}
	w.section("dates.range")
	w.pair("day", ranges[0])
	w.pair("month", ranges[1])
	w.pair("year", ranges[2])
	return nil
}

// mediumMonth is a month by its name, long or short.
var mediumMonth = regexp.MustCompile("MMM+|LLL+")

// dayRanges are the patterns of a range of long dates by what differs first
// from the end: the day, the month, the year. CLDR gives long ones for few
// languages; else the medium ones take the month as the long date writes it.
func dayRanges(g node, long string) [3]string {
	intervals := g.at("dateTimeFormats", "intervalFormats")
	set := intervals.at("yMMMMd")
	medium := !set.exists()
	if medium {
		set = intervals.at("yMMMd")
	}
	var out [3]string
	for i, k := range []string{"d", "M", "y"} {
		p := set.at(k).str()
		if medium && (strings.Contains(long, "MMMM") || strings.Contains(long, "LLLL")) {
			p = mediumMonth.ReplaceAllStringFunc(p, func(m string) string { return strings.Repeat(m[:1], 4) })
		}
		// A name that is the number and a suffix ("1月") is written so.
		if name := g.at("months", "format", "abbreviated", "1").str(); strings.HasPrefix(name, "1") && !strings.Contains(p, "MMMM") {
			p = strings.ReplaceAll(p, "MMM", "M"+name[1:])
		}
		out[i] = p
	}
	return out
}

// hasField reports that a date pattern uses a letter outside quoted text.
func hasField(pattern string, letter rune) bool {
	quoted := false
	for _, r := range pattern {
		switch {
		case r == '\'':
			quoted = !quoted
		case !quoted && r == letter:
			return true
		}
	}
	return false
}

func (c cldr) numbers(w *writer, locale string) error {
	n, err := c.main("cldr-numbers-full", locale, "numbers.json", "numbers")
	if err != nil {
		return err
	}
	systems, err := c.read("cldr-core", "supplemental/numberingSystems.json")
	if err != nil {
		return err
	}
	least, err := strconv.Atoi(n.at("minimumGroupingDigits").str())
	if err != nil {
		return err
	}
	native := n.at("otherNumberingSystems", "native").str()
	standard := n.at("defaultNumberingSystem").str()
	w.section("numbers")
	w.pair("system", standard)
	w.number("least-grouped", least)
	seen := map[string]bool{}
	for _, system := range []string{"latn", standard, native} {
		digits := systems.at("supplemental", "numberingSystems", system, "_digits")
		symbols := n.at("symbols-numberSystem-" + system)
		if seen[system] || !digits.exists() || !symbols.exists() {
			continue
		}
		seen[system] = true
		w.section("numbers.systems." + system)
		w.pair("digits", digits.str())
		w.pair("decimal", symbols.at("decimal").str())
		w.pair("group", symbols.at("group").str())
		w.pair("minus", symbols.at("minusSign").str())
		w.pair("percent-sign", symbols.at("percentSign").str())
		w.pair("pattern", n.at("decimalFormats-numberSystem-"+system, "standard").str())
		w.pair("percent", n.at("percentFormats-numberSystem-"+system, "standard").str())
	}
	return nil
}

func (c cldr) lists(w *writer, locale string) error {
	n, err := c.main("cldr-misc-full", locale, "listPatterns.json", "listPatterns")
	if err != nil {
		return err
	}
	for _, l := range [][2]string{{"and", "standard"}, {"or", "or"}} {
		p := n.at("listPattern-type-" + l[1])
		w.section("lists." + l[0])
		for _, part := range [][2]string{{"two", "2"}, {"start", "start"}, {"middle", "middle"}, {"end", "end"}} {
			w.pair(part[0], p.at(part[1]).str())
		}
	}
	return nil
}

func (c cldr) quotes(w *writer, locale string) error {
	d, err := c.main("cldr-misc-full", locale, "delimiters.json", "delimiters")
	if err != nil {
		return err
	}
	w.section("quotes")
	w.pair("open", d.at("quotationStart").str())
	w.pair("close", d.at("quotationEnd").str())
	w.pair("inner-open", d.at("alternateQuotationStart").str())
	w.pair("inner-close", d.at("alternateQuotationEnd").str())
	return nil
}

func texts(n node, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = n.at(k).str()
	}
	return out
}
