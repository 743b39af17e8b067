package judge

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed readers/pdfium.py
var pdfiumScript string

//go:embed readers/mupdf.py
var mupdfScript string

//go:embed readers/pdfjs.mjs
var pdfjsScript string

//go:embed readers/PDFBox.java
var pdfboxProgram string

//go:embed readers/Tree.java
var treeProgram string

// Content is pdftotext in the order of the page's content: it does not guess
// at columns, as pdftotext does by itself.
const Content Tool = "pdftotext -raw"

// Tree is PDFBox reading the structure tree, in its order: what a screen reader gets.
const Tree Tool = "structure tree"

// Readers are the programs that read text back out of a PDF.
var Readers = []Tool{Pdftotext, PDFium, PDFJS, MuPDF, PDFBox}

// Read gives the text of PDF files as a reader extracts it: file to pages.
func Read(reader Tool, files []string) (map[string][]string, error) {
	switch reader {
	case PDFium:
		return readMany(reader, files, "-c", pdfiumScript)
	case PDFJS:
		return readFrom(reader, "pdfjs-*.mjs", pdfjsScript, files, filepath.Join(Folder(), "node"))
	case PDFBox:
		return readFrom(reader, "PDFBox-*.java", pdfboxProgram, files)
	case Tree:
		return readFrom(PDFBox, "Tree-*.java", treeProgram, files)
	case Pdftotext:
		return readEach(reader, files)
	case Content:
		return readEach(Pdftotext, files, "-raw")
	case MuPDF:
		return readMany(reader, files, "-c", mupdfScript)
	}
	return nil, fmt.Errorf("%s reads no PDF", reader)
}

// readFrom is readMany with a script in a file of its own, whose name has a pattern.
func readFrom(reader Tool, pattern, script string, files []string, args ...string) (map[string][]string, error) {
	f, err := os.CreateTemp("", pattern)
	if err != nil {
		return nil, err
	}
	defer os.Remove(f.Name())
	if _, err := f.WriteString(script); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	return readMany(reader, files, append([]string{f.Name()}, args...)...)
}

// readMany runs a script that takes names on standard input and prints JSON.
func readMany(reader Tool, files []string, args ...string) (map[string][]string, error) {
	out, errs, err := reader.run(strings.Join(files, "\n"), args...)
	if err != nil {
		return nil, err
	}
	var pages map[string][]string
	if err := json.Unmarshal(out, &pages); err != nil {
		return nil, fmt.Errorf("%s: %w: %s", reader, err, errs)
	}
	return pages, nil
}

// readEach runs pdftotext once a file; a form feed ends each page.
func readEach(reader Tool, files []string, options ...string) (map[string][]string, error) {
	all := map[string][]string{}
	for _, f := range files {
		out, errs, err := reader.run("", append(options, "-enc", "UTF-8", f, "-")...)
		if err != nil {
			return nil, err
		}
		if len(out) == 0 {
			return nil, fmt.Errorf("%s: no text in %s: %s", reader, filepath.Base(f), errs)
		}
		all[f] = strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	}
	return all, nil
}
