package search

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// found is what a database does: every term of the query, as a whole or as a beginning.
func found(text, query string) bool {
	terms, wanted := Terms(text), Query(query)
	for _, w := range wanted {
		if !slices.ContainsFunc(terms, func(t string) bool { return t == w.Text || w.Prefix && strings.HasPrefix(t, w.Text) }) {
			return false
		}
	}
	return len(wanted) > 0
}

// searches are texts, with queries that find them and queries that do not.
var searches = []struct {
	name, text string
	find, miss []string
}{
	{"English", "The Minister's statement on the COVID-19 vaccine: a “free and open” co‑operation of 193 states, co\u00adordinated, ﬁnally.",
		[]string{"minister", "MINISTER", "Minister's", "state", "stat", "covid-19", "COVID 19", "co-operation", "coordinated", "co-operation of", `"free and open"`, "finally", "193", "the vaccine stat"},
		[]string{"stat vaccine", "ministry", "inister", `"free and op"`, "", " ?! ", "194"}},
	{"French", "L’État et l’Assemblée générale réaffirment : cœur, Noël, garçon, 1 000 euros.",
		[]string{"etat", "ÉTAT", "l'État", "assemblee générale", "reaffirm", "coeur", "cœur", "noel", "GARCON", "1 000"},
		[]string{"etats", "général assemblées"}},
	{"Arabic", "قرّر مجلسُ الأمنِ اعتمادَ القـــرار ٢٧٥٨ بشأن ألمانيا والمرأة، للحكومة ۱۹۴۵ مسؤولية على",
		[]string{"قرر", "مجلس الامن", "مجلس الأمن", "المجلس", "امن", "القرار", "قرار", "2758", "٢٧٥٨", "المانيا", "ألمان", "المراة", "والمرأة", "حكومه", "1945", "مسوولية", "علي", "مجلس الأ"},
		[]string{"رار", "وزير", "2759"}},
	{"Persian", "جمهوری اسلامی می‌خواهد کشور", []string{"جمهوري", "جمهوری", "كشور", "می‌خواهد"}, []string{"خواهد"}},
	{"Russian", "Совет Безопасности принял ещё одну резолюцию; новый Российский район",
		[]string{"СОВЕТ", "безопас", "еще", "ещё", "новый", "район"},
		[]string{"езопасности", "новыи"}},
	{"Greek", "Ὁ λόγος τῆς Ἑλληνικῆς Δημοκρατίας", []string{"λογοσ", "ΛΌΓΟΣ", "ελληνικης", "δημοκρατ"}, []string{"λογω"}},
	{"Hebrew", "הוֹדָעָה לָעִתּוֹנוּת", []string{"הודעה", "לעתונות"}, []string{"עתונות"}},
	{"Chinese", "联合国大会通过第2758号决议，恢复中华人民共和国的合法权利。",
		[]string{"联合国", "大会", "会", "国", "利", "中华人民共和国", "2758", "第2758号", "合法 大会", "决议", "国 大会", "２７５８"},
		[]string{"联大", "安理会", "国联", "758"}},
	{"Japanese", "国際連合の安全保障理事会は、ﾃﾞｰﾀセンターに関する決議を採択した。",
		[]string{"国際連合", "理事会", "データ", "ﾃﾞｰﾀ", "データセンター", "決議を採択", "は", "ー", "た"},
		[]string{"テータ", "センタア", "総会"}},
	{"Korean", "대한민국 외교부는 성명을 발표했다", []string{"외교부", "외교부는", "성명", "한민국", "부", "다"}, []string{"교외", "북"}},
	{"Thai", "แถลงการณ์ของกระทรวงการต่างประเทศ เรื่องน้ำ ๒๕๖๖",
		[]string{"แถลงการณ์", "กระทรวง", "การต่างประเทศ", "ประเทศ", "ก", "น้ำ", "2566", "๒๕๖๖", "แถลงกา"},
		[]string{"นายก", "นำ้ทะเล", "ฮ"}},
	{"Lao and Khmer and Burmese", "ສາທາລະນະລັດ ប្រជាជនកម្ពុជា ပြည်ထောင်စု", []string{"ລະນະລັດ", "ສາ", "កម្ពុជា", "ប្រជាជន", "ပြည်", "ထောင်စု"}, []string{"ກກ", "ខ្មែរ"}},
	{"Hindi", "भारत सरकार ने दिन में वक्तव्य दिया २०२३", []string{"भारत", "सरका", "दिन", "वक्तव्य", "2023"}, []string{"दीन", "दान"}},
	{"newer scripts", "𞤀𞤣𞤤𞤢𞤥 𐓏𐓘", []string{"𞤢𞤣𞤤𞤢𞤥", "𞤀𞤣𞤤", "𐓷𐓘"}, []string{"𞤣𞤤"}},
	{"symbols", "See FCDO/2023/118, S/RES/2758(1971) and A/CONF.62/122/Add.1; not S/2/1.",
		[]string{"FCDO/2023/118", "fcdo", "2023 118", "FCDO 118", "FCDO/2023/1", "fcdo/2023", "2023/118", "S/RES/2758(1971)", "S/RES/2758 (1971)", "RES/2758", "s-res-2758", "S/RES/27", "2758", "A/CONF.62/122", "A/CONF.62/122/Add.1", "S/2/1", "(1971)"},
		[]string{"FCDO/118", "S/1/2", "S/RES/1971", "RES/62"}},
	{"kinds of digits", "१२३ ١٢٣ ۱۲۳ ໑໒໓ ១២៣ ၁၂၃ １２３ 𝟏𝟐𝟑 ௧௨௩ ①", []string{"123", "١٢٣", "௧௨௩", "1"}, []string{"124", "23"}},
	{"keycaps and emoji", "Vote 1️⃣ now 👍🏽", []string{"1", "now", "vote 1"}, []string{"👍🏽", "2"}},
	{"other Latin letters", "Łódź, Ærø, Þór, ıstanbul, İZMİR, Straße, Đà Nẵng", []string{"lodz", "aero", "Ærø", "thor", "Istanbul", "izmir", "STRASSE", "da nang"}, []string{"odz"}},
}

func TestSearches(t *testing.T) {
	for _, s := range searches {
		t.Run(s.name, func(t *testing.T) {
			for _, q := range s.find {
				if !found(s.text, q) {
					t.Errorf("%q does not find %q:\n%v\n%q", q, s.text, Query(q), Terms(s.text))
				}
			}
			for _, q := range s.miss {
				if found(s.text, q) {
					t.Errorf("%q finds %q:\n%v\n%q", q, s.text, Query(q), Terms(s.text))
				}
			}
		})
	}
}

// Whoever has the text before him may type any word of it, or begin to.
func TestEveryWordIsFoundByWhatItBeginsWith(t *testing.T) {
	for _, s := range searches {
		for _, w := range strings.Fields(s.text) {
			for i := range w {
				begun := w[:i]
				if r, _ := utf8.DecodeRuneInString(w[i:]); unicode.IsMark(r) || r == halfWidthVoiced || len(Query(begun)) == 0 || strings.ContainsRune(closing, lastRune(begun)) {
					continue
				}
				if !found(s.text, begun) {
					t.Errorf("%s: %q of %q: %v", s.name, begun, w, Query(begun))
				}
			}
		}
	}
}

// halfWidthVoiced is no mark to Unicode, and yet makes テ into デ.
const halfWidthVoiced = 'ﾞ'

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func TestTermsComeOnceAndInOrder(t *testing.T) {
	got := Terms("One two, one. 中国中国")
	if want := []string{"one", "two", "中国", "国中", "国"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestBounds(t *testing.T) {
	if n := len(Query(strings.Repeat("a1 b2 c3 ", 10_000))); n != 4 {
		t.Errorf("%d terms of three words and the one that was cut", n)
	}
	var many strings.Builder
	for i := range 100 {
		many.WriteRune('一' + rune(i))
	}
	if n := len(Query(many.String())); n != mostTerms {
		t.Errorf("%d terms", n)
	}
	if long := strings.Repeat("я", 1000); !found(long, long) {
		t.Error("an endless word is not found")
	}
	var endless strings.Builder
	for i := range 400_000 {
		endless.WriteRune('一' + rune(i%20_000))
		endless.WriteRune('一' + rune(i/20_000))
	}
	size := 0
	for _, term := range Terms(endless.String()) {
		size += len(term)
	}
	if size > most || size < most-100 {
		t.Errorf("%d bytes of terms", size)
	}
}

// safe reports whether databases take a term for one word.
func safe(term string) bool {
	for _, r := range term {
		if !unicode.Is(plain, r) && (r < 0xe000 || r > 0xf8ff) {
			return false
		}
	}
	return term != "" && len(term) < 2046 // the longest lexeme of PostgreSQL
}

func FuzzTerms(f *testing.F) {
	for _, s := range searches {
		f.Add(s.text)
	}
	f.Add("\xff\x00\u0301 \ue000\uf8ff İ ǰ ΐ ﷺ ẞ")
	f.Fuzz(func(t *testing.T, text string) {
		terms := Terms(text)
		for _, term := range terms {
			if !safe(term) {
				t.Errorf("%q is not safe", term)
			}
		}
		for _, q := range Query(text) {
			if !safe(q.Text) {
				t.Errorf("%q is not safe", q.Text)
			}
		}
		if head := Cut(text); head == text && len(terms) > 0 && !found(text, text) {
			t.Errorf("%q does not find itself: %v, %q", text, Query(text), terms)
		}
		if folded := fold(text); fold(folded) != folded {
			t.Errorf("%q folds to %q, and that to %q", text, folded, fold(folded))
		}
	})
}

func BenchmarkTerms(b *testing.B) {
	files, err := filepath.Glob(filepath.Join("..", "..", "render", "testdata", "samples", "*.md"))
	if err != nil || len(files) == 0 {
		b.Fatal("no samples: ", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		text := strings.Repeat(string(data), 1+50_000/len(data)) // a long statement
		b.Run(filepath.Base(f), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Terms(text)
			}
		})
	}
}
