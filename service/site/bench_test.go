package site

import (
	"testing"
	"time"
)

func BenchmarkIndex(b *testing.B) {
	f := newFace(b)
	c := NewCatalogue(many(1000))
	b.ReportAllocs()
	for b.Loop() {
		f.Index(c, Query{Lang: "ar", Page: 3})
	}
}

func BenchmarkPublication(b *testing.B) {
	f, p := newFace(b), corrected()
	b.ReportAllocs()
	for b.Loop() {
		f.Publication(p, "fr")
	}
}

func BenchmarkFeed(b *testing.B) {
	f := newFace(b)
	var all []Publication
	for _, i := range many(50) {
		p := corrected()
		p.Item = i
		all = append(all, *p)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Feed("en", all, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}
