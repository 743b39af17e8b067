// Command bench passes the output of `go test -bench` through and adds a short
// table at its end: for each benchmark the time, the documents a second that
// one core makes of it, the bytes and the allocations.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// result is one benchmark line.
type result struct {
	pkg, name    string
	ns           float64
	bytes, alloc string
	rate         string
}

func main() {
	var results []result
	pkg, failed := "", false
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		line := in.Text()
		fmt.Println(line)
		if p, ok := strings.CutPrefix(line, "pkg: "); ok {
			pkg = p
		}
		failed = failed || strings.HasPrefix(line, "FAIL") || strings.HasPrefix(line, "--- FAIL")
		if r, ok := parse(pkg, line); ok {
			results = append(results, r)
		}
	}
	fmt.Printf("\n%-62s %12s %10s %10s %8s\n", "benchmark", "ms", "a second", "bytes", "allocs")
	for _, r := range results {
		rate := r.rate
		if rate == "" {
			rate = strconv.FormatFloat(1e9/r.ns, 'f', 0, 64)
		}
		fmt.Printf("%-62s %12.4f %10s %10s %8s\n", strings.TrimPrefix(r.pkg, "communique/")+" "+r.name, r.ns/1e6, rate, r.bytes, r.alloc)
	}
	if failed || len(results) == 0 {
		os.Exit(1)
	}
}

// parse reads "BenchmarkName-2  100  12345 ns/op  67 docs/s  8 B/op  9 allocs/op".
func parse(pkg, line string) (result, bool) {
	f := strings.Fields(line)
	if len(f) < 4 || !strings.HasPrefix(f[0], "Benchmark") {
		return result{}, false
	}
	r := result{pkg: pkg, name: strings.TrimPrefix(f[0], "Benchmark"), bytes: "-", alloc: "-"}
	if i := strings.LastIndexByte(r.name, '-'); i > 0 {
		r.name = r.name[:i]
	}
	for i := 2; i+1 < len(f); i += 2 {
		switch f[i+1] {
		case "ns/op":
			r.ns, _ = strconv.ParseFloat(f[i], 64)
		case "B/op":
			r.bytes = f[i]
		case "allocs/op":
			r.alloc = f[i]
		case "docs/s":
			r.rate = f[i]
		}
	}
	return r, r.ns > 0
}
