// Writes what ICU prints, through Intl, for the tests of render/locale:
//
//	node locales/cldr/generate/icu.mjs locales/cldr/formats > render/locale/testdata/icu.json
//
// Written with Node 20.20, ICU 78.2, CLDR 48.0; another version of CLDR will
// differ from the tables. Every language of the tables has a few cases, the
// languages that have words have many.
import { readdirSync } from "node:fs";

const complete = { ar: "ar-u-nu-latn", en: "en-GB", es: "es", fr: "fr", pt: "pt-PT", ru: "ru", uk: "uk", "zh-Hans": "zh-Hans" };
const day = (y, m, d, h = 0, min = 0) => new Date(Date.UTC(y, m - 1, d, h, min));
const iso = (d) => d.toISOString().slice(0, 16) + "Z";

const months = [];
for (let m = 1; m <= 12; m++) months.push(day(2023, m, 1, m, 5), day(2024, m, 28, 23 - m, 59));
const few = [day(2023, 11, 14, 10), day(2024, 2, 1, 13, 5)];
const ranges = [[day(2023, 11, 6), day(2023, 11, 10)], [day(2023, 11, 30), day(2023, 12, 2)], [day(2023, 12, 30), day(2024, 1, 2)], [day(2024, 5, 1), day(2024, 5, 1)]];
const numbers = ["0", "7", "-7", "999", "1000", "1234", "-1234", "9999.5", "10000", "123456", "1234567.891", "-98765432109876543210.12345678901234567890", "0.50", "100000000.00"];
const percents = [["0", "0"], ["12.5", "0.125"], ["-3", "-0.03"], ["1234", "12.34"], ["12345.60", "123.4560"]];
const lists = [["A"], ["A", "B"], ["A", "B", "C"], ["A", "B", "C", "D"], ["Francia", "Italia"], ["Francia", "Hiena"], ["Perú", "Uruguay", "Irlanda"], ["Uruguay", "Omán"], ["A", "B", "Honduras"]];
const countries = ["AF", "BO", "CD", "CI", "CN", "CZ", "EU", "GB", "GE", "HK", "IR", "KP", "KR", "LA", "MK", "MM", "NA", "PS", "RU", "SZ", "TL", "TR", "TW", "TZ", "UA", "UN", "US", "VA", "VE", "VN", "XK", "ZA"];

function cases(locale, full) {
  const out = {};
  const dated = (style) => new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: "UTC", ...style });
  const put = (kind, list, input, print) => { out[kind] = list.map((x) => [input(x), print(x)]); };
  put("date", full ? months : few, iso, (d) => dated({ dateStyle: "long" }).format(d));
  put("full", full ? months : few, iso, (d) => dated({ dateStyle: "full" }).format(d));
  put("datetime", full ? months : few, iso, (d) => dated({ dateStyle: "long", timeStyle: "short" }).format(d));
  put("range", ranges, (r) => r.map(iso).join("/"), (r) => dated({ dateStyle: "long" }).formatRange(...r));
  const digits = (s) => ({ minimumFractionDigits: (s.split(".")[1] || "").length, maximumFractionDigits: 20 });
  put("number", numbers, String, (s) => new Intl.NumberFormat(locale, digits(s)).format(s));
  put("percent", percents, (p) => p[0], (p) => new Intl.NumberFormat(locale, { style: "percent", ...digits(p[0]) }).format(p[1]));
  put("and", full ? lists : lists.slice(0, 4), (l) => l.join("|"), (l) => new Intl.ListFormat(locale, { type: "conjunction" }).format(l));
  put("or", full ? lists : lists.slice(0, 4), (l) => l.join("|"), (l) => new Intl.ListFormat(locale, { type: "disjunction" }).format(l));
  if (full) put("territory", countries, String, (c) => new Intl.DisplayNames(locale, { type: "region" }).of(c));
  return out;
}

// Every n with the plural category of it, by the language alone: a language's
// words have one set of plural forms for all its countries.
function plurals(tag) {
  const rules = new Intl.PluralRules(tag);
  const counts = [...Array(31).keys(), 100, 101, 102, 103, 105, 111, 112, 121, 122, 1000, 1001, 1000000, 2000000];
  return counts.map((n) => [String(n), rules.select(n)]);
}

const out = { icu: process.versions.icu, cldr: process.versions.cldr, words: {}, tables: {}, forms: {} };
for (const [tag, locale] of Object.entries(complete)) out.words[tag] = { ...cases(locale, true), plural: plurals(tag) };
for (const file of readdirSync(process.argv[2]).sort()) {
  const tag = file.replace(/\.toml$/, "");
  out.tables[tag] = cases(tag, false);
  out.forms[tag] = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
}
console.log(JSON.stringify(out, null, 1).replace(/\[\n\s+("[^\n]*),\n\s+("[^\n]*)\n\s+\]/g, "[$1, $2]"));
