package html

import (
	"encoding/json"
	"reflect"
	"testing"

	"communique/render/doc"
)

func TestDataSaysWhatThePublicationIs(t *testing.T) {
	got := data(t, statement(), loaded(t).options("en"))
	want := map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle",
		"@id": "https://example.org/a.en.html", "url": "https://example.org/a.en.html",
		"headline": "Headline & more", "description": "What it says, in short.",
		"inLanguage": "en", "datePublished": "2023-11-14", "identifier": "MFA/1",
		"locationCreated": map[string]any{"@type": "Place", "name": "Geneva"},
		"publisher": map[string]any{"@type": "Organization", "name": "Ministry", "url": "https://example.org/",
			"department": map[string]any{"@type": "Organization", "name": "Press office"}},
		"keywords": []any{"diamonds", "plenary"},
		"workTranslation": []any{
			map[string]any{"@type": "NewsArticle", "inLanguage": "ar", "url": "a.ar.html"},
			map[string]any{"@type": "NewsArticle", "inLanguage": "zh-Hans", "url": "a.zh-Hans.html"}},
		"encoding": []any{map[string]any{"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": "a.en.pdf", "inLanguage": "en"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v\nexpected %v", got, want)
	}
}

func TestATranslationNamesItsOriginal(t *testing.T) {
	d := statement()
	d.Meta.Lang = "ar"
	d.Meta.Translation.Of = "a"
	got := data(t, d, loaded(t).options("ar"))
	want := map[string]any{"@type": "NewsArticle", "inLanguage": "en", "url": "a.en.html"}
	if !reflect.DeepEqual(got["translationOfWork"], want) || got["workTranslation"] != nil {
		t.Errorf("got %v", got)
	}
	alone := loaded(t).options("ar")
	alone.Alternates = nil
	if got := data(t, d, alone)["translationOfWork"]; !reflect.DeepEqual(got, map[string]any{"@type": "NewsArticle", "identifier": "a"}) {
		t.Errorf("without its page, the original is %v", got)
	}
}

func data(t *testing.T, d *doc.Document, o Options) map[string]any {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(content(find(tree(t, write(t, d, o)), named("script"))[0])), &got); err != nil {
		t.Fatal(err)
	}
	return got
}
