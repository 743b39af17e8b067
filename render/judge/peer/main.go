// Command peer renders a list of statements in one warm process and prints the
// time of each, so that communique can be measured beside other programs in one run:
//
//	peer LIST OUTDIR LANES
//
// LIST names inputs without the ending .md, one a line. It prints "R ms" when it
// is ready, and "D ms name" for each document.
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"communique/fonts"
	"communique/locales"
	"communique/render"
	"communique/templates"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: peer LIST OUTDIR LANES")
	}
	started := time.Now()
	list, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	lanes, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	r, err := render.New(render.Options{Fonts: fonts.FS, Locales: locales.FS, Templates: templates.FS, Workers: lanes})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, "R %.2f\n", milliseconds(time.Since(started)))
	work := make(chan string)
	var mu sync.Mutex
	var wg sync.WaitGroup
	var failed error
	for range lanes {
		wg.Go(func() {
			for base := range work {
				t := time.Now()
				err := one(r, base, args[1])
				d := time.Since(t)
				mu.Lock()
				fmt.Fprintf(out, "D %.3f %s\n", milliseconds(d), filepath.Base(base))
				if err != nil {
					failed = fmt.Errorf("%s: %w", base, err)
				}
				mu.Unlock()
			}
		})
	}
	for base := range strings.FieldsSeq(string(list)) {
		work <- base
	}
	close(work)
	wg.Wait()
	return failed
}

func milliseconds(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e6 }

// one reads a statement, renders it and writes the PDF, as the other workers do.
func one(r *render.Renderer, base, dir string) error {
	src, err := os.ReadFile(base + ".md")
	if err != nil {
		return err
	}
	res, err := r.Render(context.Background(), render.Request{Sources: []render.Source{{Name: base + ".md", Data: src}}})
	if err != nil {
		return err
	}
	if len(res.Artifacts) == 0 {
		return fmt.Errorf("no output: %v", res.Problems)
	}
	return os.WriteFile(filepath.Join(dir, filepath.Base(base)+".pdf"), res.Artifacts[0].Data, 0o644)
}
