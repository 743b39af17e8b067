// Command report reads `go test -json` and prints what a person needs: the
// output of failures, one line a package, and a summary that names every test
// skipped for a missing tool.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"
)

// event is one line of test2json.
type event struct {
	Action, Package, Test, Output string
	ImportPath                    string
	Elapsed                       float64
	FailedBuild                   string
}

// run is the state of one test or, with an empty name, one package.
type run struct {
	pkg, test string
	output    []string
	result    string
}

// missing is what judge.Need writes before it skips.
const missing = "missing tool: "

func main() {
	title := flag.String("title", "tests", "what was run")
	flag.Parse()
	start := time.Now()
	runs := map[string]*run{}
	builds := map[string][]string{}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		var e event
		if json.Unmarshal(in.Bytes(), &e) != nil {
			fmt.Println(in.Text())
			continue
		}
		if e.Action == "build-output" {
			builds[e.ImportPath] = append(builds[e.ImportPath], e.Output)
			continue
		}
		if e.Package == "" {
			continue
		}
		key := e.Package + " " + e.Test
		r := runs[key]
		if r == nil {
			r = &run{pkg: e.Package, test: e.Test}
			runs[key] = r
		}
		switch e.Action {
		case "output":
			r.output = append(r.output, e.Output)
		case "pass", "skip", "fail":
			r.result = e.Action
			if e.Action == "fail" && e.FailedBuild != "" {
				fmt.Print(strings.Join(builds[e.FailedBuild], ""))
				delete(builds, e.FailedBuild)
			}
			report(r, e.Elapsed)
			if e.Action == "pass" {
				r.output = nil
			}
		}
	}
	os.Exit(summary(*title, runs, time.Since(start)))
}

// report prints a failure's output, and a line for a package.
func report(r *run, seconds float64) {
	if r.result == "fail" {
		fmt.Print(strings.Join(r.output, ""))
	}
	if r.test == "" {
		fmt.Printf("%-4s %s %.1fs\n", map[string]string{"pass": "ok", "fail": "FAIL", "skip": "-"}[r.result], r.pkg, seconds)
	}
}

// summary prints the counts and returns the exit status.
func summary(title string, runs map[string]*run, took time.Duration) int {
	passed, failed := 0, 0
	var tools, others []string
	for _, key := range slices.Sorted(maps.Keys(runs)) {
		r := runs[key]
		switch {
		case r.result == "pass" && r.test != "":
			passed++
		case r.result == "fail", r.result == "":
			failed++ // without a result the run ended in its midst
			if r.result == "" && r.test != "" {
				fmt.Printf("unfinished: %s %s\n", r.pkg, r.test)
			}
		case r.result == "skip" && r.test != "":
			why := reason(r.output)
			line := fmt.Sprintf("  %s %s: %s", r.pkg, r.test, why)
			if strings.Contains(why, missing) {
				tools = append(tools, line)
			} else {
				others = append(others, line)
			}
		}
	}
	fmt.Printf("\n%s: %d passed, %d failed, %d skipped for a missing tool, %d skipped for another reason, in %s\n",
		title, passed, failed, len(tools), len(others), took.Round(time.Second))
	for _, l := range slices.Concat(tools, others) {
		fmt.Println(l)
	}
	if failed > 0 || passed == 0 {
		return 1
	}
	return 0
}

// reason is what a skipped test said, without the file and line.
func reason(output []string) string {
	for _, o := range output {
		o = strings.TrimSpace(o)
		if o == "" || strings.HasPrefix(o, "===") || strings.HasPrefix(o, "---") {
			continue
		}
		if _, after, ok := strings.Cut(o, ".go:"); ok {
			if _, text, ok := strings.Cut(after, ": "); ok {
				o = text
			}
		}
		return o
	}
	return cmp.Or(strings.TrimSpace(strings.Join(output, "")), "no reason given")
}
