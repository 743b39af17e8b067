package main

import (
	"fmt"
	"strconv"
	"strings"
)

// byteSize is a number of bytes as a flag: 1048576, 1024KiB or 1MiB.
type byteSize int64

// units of a byteSize, the largest first.
var units = []struct {
	name string
	size int64
}{{"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}}

// Set reads the flag.
func (b *byteSize) Set(s string) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || n < 0 {
			break
		}
		*b = byteSize(n * u.size)
		return nil
	}
	return fmt.Errorf("expected a size such as 512KiB or 4MiB")
}

// String is the shortest exact form.
func (b *byteSize) String() string {
	for _, u := range units {
		if int64(*b)%u.size == 0 {
			return strconv.FormatInt(int64(*b)/u.size, 10) + u.name
		}
	}
	return ""
}

// Type is what the help calls the value.
func (b *byteSize) Type() string { return "size" }
