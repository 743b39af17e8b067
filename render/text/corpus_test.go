package text

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"communique/fonts"
)

// paragraphs are texts as they occur in statements, by language.
var paragraphs = map[string][]string{
	"en": {
		"The Plenary of the Kimberley Process, chaired by Zimbabwe, met in Victoria Falls from 6 to 10 November 2023. “We welcome the progress that participants have made,” the Chair said; 59 participants—representing 85 countries—took part (see www.kimberleyprocess.com/en).",
		"Total production was 119,959,894.55 carats (US$ 16.02 billion), i.e. 133.53 $/ct, a well-known first-half-year figure.",
	},
	"fr": {
		"La plénière du Processus de Kimberley s’est réunie du 6 au 10 novembre 2023 à Victoria Falls. «\u00a0Nous saluons les progrès accomplis\u00a0», a déclaré le président\u202f; qu’en est-il de l’œuvre commune\u202f?",
	},
	"es": {
		"El Pleno del Proceso de Kimberley se reunió del 6 al 10 de noviembre de 2023 en las cataratas Victoria. ¿Qué acordó? «Acogemos con satisfacción los avances», señaló el presidente; ¡el año próximo continuará!",
	},
	"pt": {
		"A Plenária do Processo de Kimberley reuniu-se de 6 a 10 de novembro de 2023 em Victoria Falls. A declaração foi aprovada por unanimidade; as delegações manifestaram-se «a favor» da ação.",
	},
	"ru": {
		"Пленарное заседание Кимберлийского процесса состоялось в Виктория-Фолс с 6 по 10 ноября 2023 г. «Мы приветствуем достигнутый прогресс», — заявил председатель; участники обсудили вопросы финансирования и готовности. Государственных субъектов — 85.",
	},
	"uk": {
		"Пленарне засідання Кімберлійського процесу відбулося з 6 до 10 листопада 2023 року. «Ми вітаємо досягнутий поступ», — зазначив голова; об’єкти та з’їзди, ґрунт, її європейські справи.",
	},
	"ar": {
		"عقد الاجتماع العام لعملية كيمبرلي في شلالات فيكتوريا من 6 إلى 10 نوفمبر 2023. وقال الرئيس: «نرحب بالتقدم المحرز»؛ هل تم الاتفاق؟ شارك في الاجتماع 59 مشاركًا يمثلون 85 دولة (بما فيها الاتحاد الأوروبي EU)، وبلغ الإنتاج 119.9 مليون قيراط.",
		"يُولَدُ جَمِيعُ النَّاسِ أَحْرَارًا مُتَسَاوِينَ فِي الْكَرَامَةِ وَالْحُقُوقِ، لا إله إلا الله.",
	},
	"zh-Hans": {
		"金伯利进程全体会议于2023年11月6日至10日在维多利亚瀑布城举行。主席表示：“我们欢迎各参与方取得的进展”——共有59个参与方（代表85个国家）出席，产量为1.2亿克拉。详见《最后公报》……",
	},
}

// corpus adds, when it is there, the Universal Declaration of Human Rights.
func corpus(t testing.TB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for lang, ps := range paragraphs {
		out[lang] = append(out[lang], ps...)
	}
	shared := sharedFolder()
	if shared == "" {
		t.Log("no folder shared beside the checkout: the built-in paragraphs only")
		return out
	}
	for lang := range paragraphs {
		b, err := os.ReadFile(filepath.Join(shared, "corpus", "udhr", lang+".md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range strings.Split(string(b), "\n\n") {
			if p = strings.TrimSpace(strings.TrimLeft(p, "#-> ")); p != "" {
				out[lang] = append(out[lang], strings.Join(strings.Fields(p), " "))
			}
		}
	}
	return out
}

func isRTL(lang string) bool { return lang == "ar" }

// noto is the library of the fonts folder.
func noto(t testing.TB) *Library {
	t.Helper()
	l, err := Load(fonts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func body(lang string) *Style { return &Style{Family: "noto-sans", Size: 10.5, Lang: lang} }

// logical is the text of a line's glyphs in logical order.
func logical(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		for _, r := range l.Runs {
			for _, w := range r.Words {
				for i := range w.Glyphs {
					g := w.Glyphs[i]
					if r.RightToLeft {
						g = w.Glyphs[len(w.Glyphs)-1-i]
					}
					b.WriteString(g.Glyph.Text)
				}
			}
		}
	}
	return b.String()
}

// drawnText is what of a text must come back from its glyphs.
func drawnText(txt string) string {
	var b strings.Builder
	for _, r := range txt {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case !isControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
