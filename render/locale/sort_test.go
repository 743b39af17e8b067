package locale

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestNamesAreInTheOrderOfTheLanguage(t *testing.T) {
	c := catalog(t)
	for tag, want := range map[string]string{
		"en":      "Austria Côte-d’Ivoire Cuba Egypt Zambia",
		"fr":      "Danemark Égypte Érythrée Espagne Zambie",
		"es":      "Chad Níger Nigeria Ñandú Omán",
		"ru":      "Египет Ёлкино Зимбабве Йемен Япония",
		"uk":      "Гана Ґданськ Єгипет Індія Їжаки Японія",
		"ar":      "آيسلندا إثيوبيا أذربيجان الأردن ألمانيا أنغولا ايران بوتسوانا",
		"zh-Hans": "博茨瓦纳 赤道几内亚 法国 俄罗斯 中国",
	} {
		l := c.Get(tag)
		names := strings.Fields(want)
		got := slices.Clone(names)
		slices.Reverse(got)
		slices.SortFunc(got, func(a, b string) int { return bytes.Compare(l.SortKey(a), l.SortKey(b)) })
		if tag == "zh-Hans" { // by pronunciation: bo, chi, e, fa, zhong
			names = strings.Fields("博茨瓦纳 赤道几内亚 俄罗斯 法国 中国")
		}
		if !slices.Equal(got, names) {
			t.Errorf("%s: %q, want %q", tag, got, names)
		}
	}
}

func TestSortKeysCanBeMadeAtTheSameTime(t *testing.T) {
	l := catalog(t).Get("fr")
	want := l.SortKey("Égypte")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 200 {
				if got := l.SortKey("Égypte"); !bytes.Equal(got, want) {
					t.Errorf("key %x, want %x", got, want)
					return
				}
			}
		})
	}
	wait.Wait()
}

func TestAListOfHolesHearsItsLastItem(t *testing.T) {
	l := catalog(t).Get("es")
	for last, want := range map[string]string{"Italia": "A, B e C", "Grecia": "A, B y C"} {
		if got := l.ListBefore([]string{"A", "B", "C"}, last); got != want {
			t.Errorf("before %s: %q, want %q", last, got, want)
		}
	}
}
