package text

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// mark is a drawn outline: glyph and position in font units.
type mark struct {
	gid  int
	x, y int
}

// marks are the outlines of a run, from left to right, and its advance.
func marks(f *Font, r Run) (out []mark, pen int) {
	words := slices.Clone(r.Words)
	if r.RightToLeft {
		slices.Reverse(words)
	}
	for _, w := range words {
		for _, g := range w.Glyphs {
			for _, p := range g.Glyph.Parts {
				out = append(out, mark{int(p.GID), pen + int(p.DX), int(p.DY)})
			}
			pen += int(g.Advance)
		}
	}
	return out, pen
}

// reference parses a line of hb-shape: [gid@x,y+advance|...].
func reference(t *testing.T, f *Font, line string) (out []mark, pen int) {
	t.Helper()
	for _, g := range strings.Split(strings.Trim(line, "[]"), "|") {
		if g == "" {
			continue
		}
		head, adv, _ := strings.Cut(g, "+")
		id, offset, _ := strings.Cut(head, "@")
		dx, dy, _ := strings.Cut(offset, ",")
		num := func(s string) int {
			if s == "" {
				return 0
			}
			v, err := strconv.Atoi(s)
			if err != nil {
				t.Fatalf("hb-shape wrote %q", line)
			}
			return v
		}
		adv, _, _ = strings.Cut(adv, ",")
		if gid := num(id); !f.empty(uint16(gid)) {
			out = append(out, mark{gid, pen + num(dx), num(dy)})
		}
		pen += num(adv)
	}
	return out, pen
}

// onlyScript is the one script of a text's letters; false if there are more.
func onlyScript(txt string, own language.Script) (language.Script, bool) {
	found := language.Script(0)
	for _, r := range txt {
		sc := language.LookupScript(r)
		if sc == language.Common || sc == language.Inherited || sc == found {
			continue
		}
		if found != 0 {
			return 0, false
		}
		found = sc
	}
	if found == 0 {
		found = own
	}
	return found, true
}

// TestGlyphsEqualHarfBuzz shapes every run of the corpus, set word by word, once
// more with hb-shape, as a whole.
func TestGlyphsEqualHarfBuzz(t *testing.T) {
	if _, err := exec.LookPath("hb-shape"); err != nil {
		t.Skip("hb-shape is not installed (Debian package libharfbuzz-bin): glyphs are NOT compared with HarfBuzz")
	}
	lib := noto(t)
	folder, err := filepath.Abs(filepath.Join("..", "..", "fonts"))
	if err != nil {
		t.Fatal(err)
	}
	type batch struct {
		font        *slot
		script, dir string
		texts       []string
		runs        []Run
	}
	for lang, texts := range corpus(t) {
		t.Run(lang, func(t *testing.T) {
			s := lib.NewShaper()
			batches := map[string]*batch{}
			var keys []string
			skipped, total := 0, 0
			for _, style := range []Style{{}, {Bold: true}, {Italic: true}} {
				st := style
				st.Family, st.Size, st.Lang = "noto-sans", 10, lang
				for _, txt := range texts {
					own, _ := s.own(lang)
					for _, l := range s.Lines(Paragraph{Spans: []Span{{txt, &st}}, RTL: isRTL(lang), Width: 1e9}) {
						for _, r := range l.Runs {
							total++
							txt := drawnText(txt[r.Start:r.End])
							script, ok := onlyScript(txt, own)
							if !ok {
								skipped++
								continue
							}
							if own != language.Cyrillic && r.Font == s.candidates(styleKey{family: "noto-sans", bold: st.Bold, italic: st.Italic}, scriptPair{script: "Latn"})[0].id {
								script = language.Latin
							}
							b := batch{font: lib.slots[r.Font], script: script.String(), dir: "ltr"}
							if r.RightToLeft {
								b.dir = "rtl"
							}
							k := fmt.Sprint(b.font.id, b.script, b.dir)
							if batches[k] == nil {
								batches[k] = &b
								keys = append(keys, k)
							}
							batches[k].texts = append(batches[k].texts, txt)
							batches[k].runs = append(batches[k].runs, r)
						}
					}
				}
			}
			glyphs := 0
			for _, k := range keys {
				b := batches[k]
				cmd := exec.Command("hb-shape", "--no-glyph-names", "--no-clusters", "--language="+lang, "--script="+b.script, "--direction="+b.dir, filepath.Join(folder, filepath.FromSlash(b.font.file)))
				cmd.Stdin = strings.NewReader(strings.Join(b.texts, "\n") + "\n")
				out, err := cmd.Output()
				if err != nil {
					t.Fatal(err)
				}
				lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
				if len(lines) != len(b.texts) {
					t.Fatalf("hb-shape wrote %d lines for %d texts", len(lines), len(b.texts))
				}
				f := lib.Font(b.font.id)
				for i := range lines {
					got, width := marks(f, b.runs[i])
					want, wantWidth := reference(t, f, lines[i])
					glyphs += len(got)
					if width != wantWidth || !slices.Equal(got, want) {
						t.Errorf("%s %s %q: width %d, want %d\n got %v\nwant %v", b.font.file, b.script, b.texts[i], width, wantWidth, got, want)
					}
				}
			}
			t.Logf("%d runs, %d glyphs equal; %d runs of several scripts left out", total, glyphs, skipped)
			if skipped*20 > total {
				t.Errorf("%d of %d runs left out", skipped, total)
			}
		})
	}
}

// TestLookupFilterOfGoTextStillNeedsRepair fails when digest.go can be deleted,
// or when the library changes so that the repair no longer reaches its filters.
func TestLookupFilterOfGoTextStillNeedsRepair(t *testing.T) {
	lib := noto(t)
	f := lib.open(lib.byFolder["noto-sans"].pick(false, false))
	advance := func(hb *harfbuzz.Font) (sum int32) {
		b := harfbuzz.NewBuffer()
		txt := []rune("субъектов")
		b.AddRunes(txt, 0, len(txt))
		b.Props = harfbuzz.SegmentProperties{Language: "ru", Script: language.Cyrillic, Direction: harfbuzz.LeftToRight}
		b.Shape(hb, nil)
		for _, p := range b.Pos {
			sum += p.XAdvance
		}
		return sum
	}
	fresh := func() *harfbuzz.Font { return harfbuzz.NewFont(font.NewFace(f.hb)) }
	mended := fresh()
	repairDigests(mended)
	const want = 4907 // hb-shape --language=ru NotoSans-Regular.ttf субъектов
	if got := advance(mended); got != want {
		t.Errorf("with the repair: %d units, want %d as HarfBuzz: go-text has changed, see repairDigests", got, want)
	}
	if got := advance(fresh()); got == want {
		t.Errorf("without the repair: %d units, as HarfBuzz: go-text is mended, delete digest.go", got)
	}
}
