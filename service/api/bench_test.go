package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/render/theme"
	"communique/templates"
)

// BenchmarkRender sets a render over HTTP beside the same render in process.
func BenchmarkRender(b *testing.B) {
	renderer, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS})
	if err != nil {
		b.Fatal(err)
	}
	themes, err := theme.Load(templates.FS)
	if err != nil {
		b.Fatal(err)
	}
	look, _ := themes.Get("")
	server, err := New(Options{Renderer: renderer, Theme: look, Anonymous: true})
	if err != nil {
		b.Fatal(err)
	}
	source := english + strings.Repeat("\nThe participants adopted the report of the working group, and thanked its members for their work.\n", 40)
	b.Run("process", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := renderer.Render(b.Context(), render.Request{Sources: []render.Source{{Name: "a.en.md", Data: []byte(source)}}}); err != nil {
					b.Error(err)
				}
			}
		})
	})
	b.Run("http", func(b *testing.B) {
		listener := httptest.NewServer(server.Handler())
		defer listener.Close()
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			client := &http.Client{Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for pb.Next() {
				response, err := client.Post(listener.URL+renderPath, "", strings.NewReader(source))
				if err != nil {
					b.Error(err)
					return
				}
				if _, err := io.Copy(io.Discard, response.Body); err != nil || response.StatusCode != http.StatusOK {
					b.Errorf("status %d, %v", response.StatusCode, err)
				}
				response.Body.Close()
			}
		})
	})
}
