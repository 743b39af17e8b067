package api

import (
	"archive/zip"
	"bytes"
	"strings"

	"communique/render"
)

// pack makes a zip of the artifacts. It carries no time, so that the same
// artifacts give the same bytes. PDFs and pictures are stored: they are compressed inside.
func pack(artifacts []render.Artifact) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, a := range artifacts {
		method := zip.Deflate
		if a.Format == render.PDF || strings.HasPrefix(a.MediaType, "image/") {
			method = zip.Store
		}
		entry, err := w.CreateHeader(&zip.FileHeader{Name: a.Name, Method: method})
		if err != nil {
			return nil, err
		}
		if _, err := entry.Write(a.Data); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// sameName finds a name that two artifacts share; empty if none do.
func sameName(artifacts []render.Artifact) string {
	seen := map[string]bool{}
	for _, a := range artifacts {
		if seen[a.Name] {
			return a.Name
		}
		seen[a.Name] = true
	}
	return ""
}

// archiveName names a zip after the slug that all its artifacts share, as
// statement.zip for statement.en.pdf and statement.fr.pdf.
func archiveName(artifacts []render.Artifact) string {
	slug, _, _ := strings.Cut(artifacts[0].Name, ".")
	for _, a := range artifacts[1:] {
		if other, _, _ := strings.Cut(a.Name, "."); other != slug {
			slug = ""
		}
	}
	if slug == "" {
		return "publications.zip"
	}
	return slug + ".zip"
}
