package judge_test

import (
	"bytes"
	"context"
	"slices"
	"sync"
	"testing"

	"communique/render"
)

// everything renders sources one by one and gives the bytes by output name.
func everything(t *testing.T, r *render.Renderer, sources []render.Source) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, s := range sources {
		request := render.Request{Sources: []render.Source{s}, Formats: r.Formats(), DPI: 60}
		if render.IsRecord(s.Name) {
			request.Products = r.Products()
		} else {
			request.Formats = documents(r)
		}
		res, err := r.Render(context.Background(), request)
		if err != nil {
			t.Errorf("%s: %v", s.Name, err)
			return nil
		}
		for _, a := range res.Artifacts {
			out[a.Name] = a.Data
		}
	}
	return out
}

// documents are the formats that statements have.
func documents(r *render.Renderer) []render.Format {
	return slices.DeleteFunc(r.Formats(), render.Format.OfRecord)
}

func same(t *testing.T, how string, want, got map[string][]byte) {
	t.Helper()
	if len(want) == 0 || len(want) != len(got) {
		t.Errorf("%s: %d outputs, then %d", how, len(want), len(got))
	}
	for name, data := range want {
		if !bytes.Equal(data, got[name]) {
			t.Errorf("%s: %s differs", how, name)
		}
	}
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	sources := append(append(samples(t), hard(t)...), render.Source{Name: plenaryRecord, Data: meetings(t)[0].Data})
	first, err := newRenderer()
	if err != nil {
		t.Fatal(err)
	}
	want := everything(t, first, sources)
	same(t, "again, with warm caches", want, everything(t, first, sources))

	other, err := newRenderer()
	if err != nil {
		t.Fatal(err)
	}
	back := slices.Clone(sources)
	slices.Reverse(back)
	same(t, "another renderer, in reverse order", want, everything(t, other, back))

	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			turned := append(slices.Clone(sources[i*len(sources)/4:]), sources[:i*len(sources)/4]...)
			same(t, "from four goroutines at once", want, everything(t, other, turned))
		})
	}
	wg.Wait()
}
