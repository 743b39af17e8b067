package markdown

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"communique/render/diag"
)

func rep(s string, n int) string { return strings.Repeat(s, n) }

// hostile makes inputs that are quadratic or worse for a careless parser.
var hostile = map[string]func(n int) string{
	"quotes":             func(n int) string { return rep(">", n) + " a" },
	"quotes, many lines": func(n int) string { return rep(rep("> ", 90)+"a\n", n/182) },
	"lazy quotes":        func(n int) string { return rep("> ", 90) + "a\n" + rep("b\n", n/2) },
	"lists":              func(n int) string { return rep("- ", n/2) + "a" },
	"lists, blank lines": func(n int) string { return rep("- ", 45) + "a\n" + rep("\n", n) + "b" },
	"numbers":            func(n int) string { return rep("1. ", n/3) + "a" },
	"items":              func(n int) string { return rep("- a\n", n/4) },
	"indented items": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(rep("  ", i) + "- a\n")
		}
		return b.String()
	},
	"containers": func(n int) string {
		var b strings.Builder
		for i := n; b.Len() < n && i > 3; i-- {
			b.WriteString(rep(":", 3+i%1000) + " {#a}\n")
		}
		return b.String()
	},
	"containers in line": func(n int) string { return rep("::: {#a}\n", n/9) },
	"table captions":     func(n int) string { return rep("|a|\n|-|\n|b|\n: c {totals=1}\n\n", n/30) },
	"spans":              func(n int) string { return "|a|b|\n|-|-|\n|a||\n" + rep("|^^||\n", n/6) + "\n: {spans=true}" },
	"caption lines":      func(n int) string { return "|a|\n|-|\n|a|\n" + rep(": b\n", n/4) },
	"brackets":           func(n int) string { return rep("[", n) },
	"brackets closed":    func(n int) string { return rep("[", n/2) + "a" + rep("]", n/2) },
	"images":             func(n int) string { return rep("![", n/2) },
	"bracket pairs":      func(n int) string { return rep("[a]", n/3) },
	"links":              func(n int) string { return rep("[a](b)", n/6) },
	"emphasised links":   func(n int) string { return rep("[*a*](b)", n/8) },
	"deep links":         func(n int) string { return rep("[a](", n/4) },
	"link titles":        func(n int) string { return rep("[a](b '", n/7) },
	"destinations":       func(n int) string { return rep("[a](<b", n/6) },
	"stars":              func(n int) string { return rep("*", n) },
	"stars around":       func(n int) string { return rep("*", n/2) + "a" + rep("*", n/2) },
	"openers":            func(n int) string { return rep("*a ", n/3) },
	"closers":            func(n int) string { return rep("a* ", n/3) },
	"mixed":              func(n int) string { return rep("*a_ ", n/4) },
	"mixed many":         func(n int) string { return rep(rep("*a_ ", 200)+"\n\n", n/802) },
	"under":              func(n int) string { return rep("_a_b", n/4) },
	"nested emphasis":    func(n int) string { return rep("*a **a ", n/14) + rep("b** b*", n/14) },
	"tildes":             func(n int) string { return "a " + rep("~", n) },
	"tilde pairs":        func(n int) string { return rep("~~a ", n/4) },
	"backticks":          func(n int) string { return rep("`", n) },
	"backticks rising": func(n int) string {
		var b strings.Builder
		for i := 1; b.Len() < n; i++ {
			b.WriteString("a" + rep("`", i))
		}
		return b.String()
	},
	"backticks 1 2 3":    func(n int) string { return "```" + rep(" `` `a", n/6) },
	"code spans":         func(n int) string { return rep("[", 99) + rep("`a`", n/3) + rep("]", 99) },
	"less":               func(n int) string { return rep("<", n) },
	"tags":               func(n int) string { return rep("<a ", n/3) },
	"attributes":         func(n int) string { return rep("<a x='", n/6) },
	"attributes long":    func(n int) string { return "<a " + rep("x ", n/2) },
	"open tags":          func(n int) string { return rep("<sub>", n/5) },
	"close tags":         func(n int) string { return rep("</sub>", n/6) },
	"comments":           func(n int) string { return rep("a <!-- ", n/7) },
	"instructions":       func(n int) string { return rep("a <?", n/4) },
	"declarations":       func(n int) string { return rep("a <!A", n/5) },
	"cdata":              func(n int) string { return rep("a <![CDATA[", n/11) },
	"autolinks":          func(n int) string { return rep("<http:a", n/7) },
	"mails":              func(n int) string { return rep("a@", n/2) },
	"mails under":        func(n int) string { return rep("_a@b.c", n/6) },
	"mails dotted":       func(n int) string { return rep("a.", n/2) + "@" },
	"web addresses":      func(n int) string { return "http://a.b/" + rep("(", n) },
	"web addresses 2":    func(n int) string { return rep("(http://a.b/", n/12) },
	"web addresses 3":    func(n int) string { return rep("www.a", n/5) },
	"columns":            func(n int) string { return rep("|a", n/4) + "\n" + rep("|-", n/4) },
	"cells":              func(n int) string { return rep("|a", 99) + "|\n" + rep("|-", 99) + "|\n" + rep("a\n", n/2) },
	"rows":               func(n int) string { return "|a|b|\n|-|-|\n" + rep("|a|b|\n", n/6) },
	"escaped bars":       func(n int) string { return "|a|b|\n|-|-|\n" + rep("|`\\|`|b|\n", n/9) },
	"delimiter rows":     func(n int) string { return rep("|-|\n", n/4) },
	"definitions":        func(n int) string { return rep("[a]: b\n", n/7) },
	"definition titles":  func(n int) string { return rep("[a]: b '\n", n/9) },
	"definition labels":  func(n int) string { return rep("[a\n", n/3) },
	"definitions used":   func(n int) string { return "[a]: /" + rep("b", n/2) + "\n\n" + rep("[a]\n\n", n/10) },
	"footnotes":          func(n int) string { return rep("[^1]: a\n", n/8) },
	"footnote marks":     func(n int) string { return rep("[^", n/2) },
	"braces":             func(n int) string { return "# a " + rep("{", n) + "}" },
	"brace attributes":   func(n int) string { return "# a " + rep("{a=", n/3) + rep("}", 3) },
	"headings":           func(n int) string { return rep("# a\n", n/4) },
	"setext":             func(n int) string { return rep("a\n-\n", n/4) },
	"setext long":        func(n int) string { return rep("a\n", n/2) + "===" },
	"entities":           func(n int) string { return rep("&", n) },
	"entities long":      func(n int) string { return rep("&a", n/2) },
	"backslashes":        func(n int) string { return rep(`\`, n) },
	"single quotes":      func(n int) string { return rep("'a ", n/3) },
	"double quotes":      func(n int) string { return rep(`"a `, n/3) },
	"mixed quotes":       func(n int) string { return rep(`"'a `, n/4) },
	"dashes":             func(n int) string { return "a " + rep("-", n) },
	"dots":               func(n int) string { return rep(".", n) },
	"spaces":             func(n int) string { return "a" + rep(" ", n) + "b" },
	"tabs":               func(n int) string { return "-" + rep("\t", n) + "b" },
	"blank lines":        func(n int) string { return rep("\n", n) },
	"fences":             func(n int) string { return rep("```\n", n/4) },
	"fenced blanks":      func(n int) string { return "```\n" + rep("\n", n) },
	"bidi":               func(n int) string { return rep("\u2067", n/3) },
	"long line of links": func(n int) string { return rep("[a](b) `c` ", n/11) },
	"han breaks":         func(n int) string { return rep("中\n", n/4) },
	"pictures":           func(n int) string { return rep("![a](b.png){width=9%} ", n/22) },
	"picture braces":     func(n int) string { return rep("![a](b){", n/8) },
	"figures":            func(n int) string { return rep("![a](b)\n: c\n\n", n/14) },
	"nested pictures":    func(n int) string { return rep("![", n/8) + rep("](b)", n/8) },
	"picture captions":   func(n int) string { return "![a](b)\n" + rep(": c\n", n/4) },
	"han emphasis":       func(n int) string { return rep("中\n*", n/5) },
	"html block":         func(n int) string { return "<pre>\n" + rep("<", n) },
	"callouts":           func(n int) string { return rep("> [!NOTE] a\n\n", n/13) },
	"nested callouts":    func(n int) string { return rep(rep("> ", 90)+"[!NOTE] a\n\n", n/192) },
	"unknown callouts":   func(n int) string { return rep("> [!NOTHING] a\n\n", n/16) },
	"terms":              func(n int) string { return rep("a\n", n/2) + ": b" },
	"meanings":           func(n int) string { return "a\n" + rep(": b\n", n/4) },
	"entries":            func(n int) string { return rep("a\n: b\n\n", n/7) },
	"nested meanings":    func(n int) string { return "a\n" + rep(": ", n/2) + "b" },
	"colons":             func(n int) string { return rep(": a\n", n/4) },
	"short forms":        func(n int) string { return rep("*[a]: b\n", n/8) },
	"short forms used":   func(n int) string { return rep("a ", n/2) + "\n\n*[a]: b" },
	"long expansions":    func(n int) string { return rep("a ", n/4) + "\n\n*[a]: " + rep("b", n/2) },
	"short forms alike": func(n int) string {
		var b strings.Builder
		for i := range 30 {
			b.WriteString("*[" + rep("a ", i) + "b]: c\n")
		}
		return b.String() + "\n" + rep("a ", n/2)
	},
	"short forms open": func(n int) string { return rep("*[", n/2) },
	"paragraph braces": func(n int) string { return rep("a {#b}\n\n", n/8) },
	"lone braces":      func(n int) string { return rep("{#b}\n\n", n/6) },
	"many braces":      func(n int) string { return "a " + rep("{#b} ", n/5) },
	"purposes":         func(n int) string { return rep("::: notes\na\n:::\n", n/16) },
	"references":       func(n int) string { return rep("[](#a)\n\n", n/8) },
	"open comment":     func(n int) string { return "<!--\n\n" + rep("<!-- ", n/5) },
	"footnote names":   func(n int) string { return rep("[^a]", n/4) + "\n\n[^a]: b" },
	"footnotes nested": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(rep("    ", i) + "[^a]: b\n")
		}
		return b.String()
	},
	"footnotes, blank lines": func(n int) string { return "[^a]: b\n" + rep("\n", n) + "    c[^a]" },
	"footnotes called":       func(n int) string { return rep("[^a][^b]\n\n", n/12) + "[^a]: b\n\n[^b]: c" },
	"inline notes":           func(n int) string { return rep("^[", n/2) },
	"inline notes closed":    func(n int) string { return rep("^[", n/3) + rep("]", n/3) },
	"inline notes many":      func(n int) string { return rep("^[a] ", n/5) },
	"inline notes, failing":  func(n int) string { return rep("^[a](b) ", n/8) },
	"inline notes, code":     func(n int) string { return "^[" + rep("`a``", n/4) },
	"page breaks":            func(n int) string { return rep(":::pagebreak\n", n/13) },
}

// Every hostile input ends, without a panic, in a document. What it costs is
// seen with -bench; a test with a clock would fail on busy machines.
func TestHostileInputIsSurvived(t *testing.T) {
	for name, in := range hostile {
		t.Run(name, func(t *testing.T) {
			if d, _ := parse("hostile.en.md", in(1<<14)); d == nil {
				t.Fatal("no document")
			}
		})
	}
}

// The cost must grow in proportion to the size: compare the two sizes.
func BenchmarkHostile(b *testing.B) {
	for _, name := range slices.Sorted(maps.Keys(hostile)) {
		for _, n := range []int{1 << 16, 1 << 20} {
			src := hostile[name](n)
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), n), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					parse("hostile.en.md", src)
				}
			})
		}
	}
}

func TestLimitsAreErrorsWithTheirPlace(t *testing.T) {
	head := "---\ntitle: T\nlang: en\n---\n"
	for name, c := range map[string]struct {
		src, code, at string
	}{
		"10,000 quotes":       {head + rep(">", 10000) + " a", "too-deep", "5:101"},
		"10,000 lists":        {head + rep("- ", 10000) + "a", "too-deep", "5:101"},
		"containers":          {head + fences(150), "too-deep", "105:1"},
		"10,000 emphases":     {head + rep("*a **a ", 5000) + rep("b** b*", 5000), "too-complex", "5:3501"},
		"nested emphases":     {head + rep("*a ", 400) + rep("b* ", 400), "too-deep", "5:298"},
		"10,000 tags":         {head + rep("<sub>", 10000) + "a" + rep("</sub>", 10000), "too-deep", "5:496"},
		"10,000 brackets":     {head + "a\n" + rep("[", 10000), "too-complex", "6:101"},
		"a long run of stars": {head + "é" + rep("*", 10000) + "a" + rep("*", 10000), "too-complex", "5:2"},
		"backticks":           {head + "a" + rep("`", 10000), "too-complex", "5:2"},
		"columns":             {head + hostile["columns"](10000), "table-too-big", "6:1"},
		"cells":               {head + hostile["cells"](10000), "table-too-big", "6:1"},
		"definitions":         {head + hostile["definitions"](50000), "too-complex", "5:1"},
		"steps":               {head + hostile["lists, blank lines"](40000), "too-complex", "22228:1"},
		"expansion":           {head + "[a]: /" + rep("b", 50000) + "\n\n" + rep("[a] ", 10), "too-complex", "7:9"},
		"abbreviations":       {head + many(MaxAbbreviations+1), "too-complex", "505:1"},
		"expansions":          {head + rep("KP ", 5000) + "\n\n*[KP]: " + rep("b", 1000), "too-complex", "7:1"},
		"lines":               {rep("\n", MaxLines+1), "too-big", "500001:0"},
		"bytes":               {rep("a", MaxSource+1), "too-big", "0:0"},
		"front matter":        {"---\ntitle: " + rep("a", MaxFrontMatter) + "\nlang: en\n---\n", "front-matter-too-big", "1:1"},
		"YAML depth":          {"---\nextra: " + rep("[", 10000) + "\n---\n", "yaml-too-deep", "2:40"},
		"YAML lines":          {"---\nextra: |\n" + rep(" a\n", 5000) + "---\n", "yaml-too-big", "2002:0"},
	} {
		t.Run(name, func(t *testing.T) {
			_, problems := parse("limit.md", c.src)
			for _, p := range problems {
				if p.Code == c.code && p.Severity == diag.Error {
					if got := at(p.Pos); got != c.at {
						t.Errorf("%s at %s, want %s", p.Code, got, c.at)
					}
					return
				}
			}
			t.Errorf("no error %s: %v", c.code, problems)
		})
	}
}

// fences opens containers, each shorter than the one around it.
func fences(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(rep(":", 3+n-i) + " {#a}\n")
	}
	return b.String()
}

// many defines abbreviations.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "*[K%d]: b\n", i)
	}
	return b.String()
}
