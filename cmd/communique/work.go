package main

import (
	"context"
	"encoding/json"
	"io"
	"slices"

	"communique/render"
	"communique/render/diag"
)

// work renders groups of files at the same time, and tells and writes what
// came of them in the order of the command line.
type work struct {
	*terminal
	renderer *render.Renderer
	request  render.Request
	color    string
	// problemsTo is where problems go, as JSON lines if json is set.
	problemsTo io.Writer
	json       bool
	// records tells that there are records among all files.
	records bool
	// fits refuses artifacts that there is no room for; nil takes all.
	fits func([]render.Artifact) error
}

// outcome is what came of a group.
type outcome struct {
	sources []render.Source
	result  *render.Result
	err     error
}

// run ends with errInput if a source has errors; the sources without errors
// are written all the same.
func (w *work) run(ctx context.Context, files []string, write func(render.Artifact) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := w.mixed(files); err != nil {
		return err
	}
	w.records = slices.ContainsFunc(files, render.IsRecord)
	groups, err := groupInputs(w.renderer, files)
	if err != nil {
		return err
	}
	var all []diag.Problem
	for done := range w.start(ctx, groups) {
		o := <-done
		if o.err != nil {
			return asUsage(o.err)
		}
		if err := w.print(o); err != nil {
			return err
		}
		all = append(all, o.result.Problems...)
		if w.fits != nil {
			if err := w.fits(o.result.Artifacts); err != nil {
				return err
			}
		}
		for _, a := range o.result.Artifacts {
			if err := write(a); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return finish(w.terminal, all)
}

// mixed refuses languages that a statement among records cannot have, before
// anything is written.
func (w *work) mixed(files []string) error {
	statement := slices.IndexFunc(files, func(f string) bool { return !render.IsRecord(f) })
	if statement < 0 || len(w.request.Langs) < 2 {
		return nil
	}
	return &usageError{files[statement] + " is a statement, which has one language; several are for the record of a meeting.", "Render statements in a call of their own."}
}

// start renders groups, a bounded number at a time; outcomes come in the order
// of the groups. What is not yet started when the context ends never starts.
func (w *work) start(ctx context.Context, groups [][]string) <-chan chan outcome {
	queue := make(chan chan outcome, workers()-1) // and one in the hands of the reader
	go func() {
		defer close(queue)
		for _, files := range groups {
			done := make(chan outcome, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return
			}
			go func() { done <- w.one(ctx, files) }()
		}
	}()
	return queue
}

func (w *work) one(ctx context.Context, files []string) outcome {
	sources, err := readSources(files, w.in)
	if err != nil {
		return outcome{err: err}
	}
	request := w.request
	request.Sources = sources
	if w.records && !slices.ContainsFunc(files, render.IsRecord) {
		request.Products = nil // those are for the records of the call
	}
	result, err := w.renderer.Render(ctx, request)
	return outcome{sources, result, err}
}

// print tells the problems of a group.
func (w *work) print(o outcome) error {
	if w.json {
		encoder := json.NewEncoder(w.problemsTo)
		encoder.SetEscapeHTML(false)
		for _, p := range o.result.Problems {
			if err := encoder.Encode(p); err != nil {
				return err
			}
		}
		return nil
	}
	source := func(file string) []byte {
		for _, s := range o.sources {
			if s.Name == file {
				return s.Data
			}
		}
		return nil
	}
	return printer(w.problemsTo, w.color, source).Print(w.problemsTo, o.result.Problems)
}
