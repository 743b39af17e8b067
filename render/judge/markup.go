package judge

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
)

// Conform runs the Nu HTML checker once over HTML files. Errors and warnings
// are findings; what it says for information is not.
func Conform(files []string) ([]Finding, error) {
	if len(files) == 0 {
		return nil, nil
	}
	_, errs, err := HTML.run("", append([]string{"--format", "json", "--exit-zero-always"}, files...)...)
	if err != nil {
		return nil, err
	}
	var r struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine, FirstColumn                int
		}
	}
	if err := json.Unmarshal(errs, &r); err != nil {
		return nil, fmt.Errorf("HTML checker: %w: %.500s", err, errs)
	}
	var found []Finding
	for _, m := range r.Messages {
		if m.Type == "info" && m.SubType != "warning" {
			continue
		}
		if strings.Contains(m.Message, "Content Security Policy") && strings.Contains(m.Extract, `<script type="application/ld+json">`) {
			continue // a data block is not run: no policy applies to it (HTML 4.12.1.1, prepare the script element, before the policy's step)
		}
		if strings.Contains(m.Message, "image “data:") && strings.Contains(m.Message, "“img-src”") {
			continue // the checker does not match the source data: to such an address (CSP 3, 6.7.2.8); TestEveryPictureOfAPageIsShown asks a browser
		}
		if strings.Contains(m.Message, "Unicode Normalization Form C") {
			continue // advice about the author's words, which no writer may change
		}
		name := m.URL
		if u, err := url.Parse(m.URL); err == nil && u.Scheme == "file" {
			name = filepath.FromSlash(u.Path)
		}
		found = append(found, Finding{File: name, Rule: "HTML " + said(m.SubType, m.Type), Message: m.Message,
			Where: fmt.Sprintf("%d:%d %.500s", m.LastLine, m.FirstColumn, strings.Join(strings.Fields(m.Extract), " "))})
	}
	return found, nil
}
