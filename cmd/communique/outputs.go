package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"communique/render"
)

// output names one artifact: the format of a source.
type output struct {
	source string
	format render.Format
}

// plan says where every artifact goes; standard is standard output. Those of a
// record, whose number only the record tells, go into a folder under their own names.
type plan map[output]string

// inFolder ends the path of a folder in which artifacts have their own names.
const inFolder = string(filepath.Separator)

// fits refuses several artifacts of a record where there is room for one.
func (p plan) fits(artifacts []render.Artifact) error {
	type page struct {
		output
		number int // 0 for what has no pages
	}
	first := map[page]string{}
	for _, a := range artifacts {
		o := page{output{a.Source, a.Format}, a.Page}
		path := p[o.output]
		one, taken := first[o]
		if !taken {
			first[o] = a.Name
		}
		if strings.HasSuffix(path, inFolder) {
			if source := p.source(filepath.Join(path, a.Name)); source != "" {
				return overwritten(source)
			}
			continue
		}
		if !taken {
			continue
		}
		where := "-o " + path + " is a file"
		if path == standard {
			where = "standard output takes one artifact"
		}
		return &usageError{fmt.Sprintf("%s, and %s makes several: %s, %s.", where, a.Source, one, a.Name),
			"Choose one with --lang and --product, or give a folder with -o."}
	}
	return nil
}

// source finds the source that has a path; empty for none.
func (p plan) source(path string) string {
	for o := range p {
		if filepath.Clean(o.source) == path {
			return o.source
		}
	}
	return ""
}

func overwritten(source string) error {
	return &usageError{source + " would be overwritten: it is a source.", "Give another name or a folder with -o."}
}

// planOutputs decides where artifacts go before any is made, and refuses what
// would overwrite an input or another artifact. to is the value of -o.
func planOutputs(files []string, formats []render.Format, to string) (plan, error) {
	single := len(files)*len(formats) == 1
	switch {
	case to == standard && !single:
		return nil, &usageError{"standard output takes one artifact, and there would be several.", "Give one file and one --format, or a folder with -o."}
	case to == "" && files[0] == standard && !single:
		return nil, &usageError{"standard output takes one artifact, and there would be several.", "Give one --format, or a folder with -o."}
	case !single && isFile(to):
		return nil, &usageError{fmt.Sprintf("-o %s is a file, and there would be several artifacts.", to), "Give a folder with -o."}
	}
	p := plan{}
	owner := map[string]string{} // of each path
	for _, file := range files {
		for _, format := range formats {
			path := outputPath(file, format, to, single)
			p[output{file, format}] = path
			if render.IsRecord(file) && path != standard && (to == "" || !single || isFolder(to)) {
				p[output{file, format}] = filepath.Dir(path) + inFolder
				path = strings.TrimSuffix(path, format.Extension()) + ".*" + format.Extension() // the product and the language stand there
			}
			if path == standard {
				continue
			}
			if other, taken := owner[path]; taken {
				return nil, &usageError{fmt.Sprintf("%s and %s would both become %s.", other, file, path), "Render them in two calls with two folders."}
			}
			owner[path] = file
		}
	}
	if file, path := besideRecord(files, p, owner); path != "" {
		return nil, &usageError{fmt.Sprintf("%s and an edition of %s may both become %s.", owner[path], file, path), "Render them in two calls with two folders."}
	}
	for _, file := range files {
		if _, clash := owner[filepath.Clean(file)]; clash {
			return nil, overwritten(file)
		}
	}
	return p, nil
}

// besideRecord finds an output of another source that is named like those of a record:
// "a.report.en.pdf" beside a.yaml.
func besideRecord(files []string, p plan, owner map[string]string) (record, path string) {
	records := map[string]string{} // by folder, name without ending, and extension
	for _, file := range files {
		for to, folder := range p {
			if to.source == file && strings.HasSuffix(folder, inFolder) {
				records[filepath.Join(folder, render.OutputName(file, to.format))] = file
			}
		}
	}
	if len(records) == 0 {
		return "", ""
	}
	for _, path := range slices.Sorted(maps.Keys(owner)) {
		ext := filepath.Ext(path)
		edition := strings.TrimSuffix(path, ext) // without language, then without product
		edition = strings.TrimSuffix(edition, filepath.Ext(edition))
		base := strings.TrimSuffix(edition, filepath.Ext(edition))
		if record := records[base+ext]; record != "" && base != edition && owner[path] != record {
			return record, path
		}
	}
	return "", ""
}

// outputPath is the place of an artifact: beside its source, in the folder
// that to names, or the file that to names if it is the only one.
func outputPath(file string, format render.Format, to string, single bool) string {
	name := render.OutputName(file, format)
	switch {
	case to == standard, to == "" && file == standard:
		return standard
	case to == "":
		return filepath.Join(filepath.Dir(file), name)
	case single && !isFolder(to):
		return filepath.Clean(to)
	}
	return filepath.Join(to, name)
}

// isFolder tells a folder, there or meant, by its name's end.
func isFolder(path string) bool {
	if strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator)) {
		return true
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}

// writeFile writes a file whole or not at all: a new file beside it takes its
// place. Folders are made. What is there and no regular file (a device, a pipe) is written to.
func writeFile(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(path, data, 0)
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	temporary, err := createBeside(folder)
	if err != nil {
		return err
	}
	_, err = temporary.Write(data)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return nil
}

// createBeside makes a new file in a folder, with the permissions of any new file.
func createBeside(folder string) (*os.File, error) {
	for n := 0; ; n++ {
		name := filepath.Join(folder, fmt.Sprintf(".communique-%d-%d", os.Getpid(), n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}
