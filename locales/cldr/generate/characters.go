package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// unicodeSet lists the characters of a CLDR exemplar set, those of its
// sequences ("{ch}") one by one.
func unicodeSet(set string) ([]rune, error) {
	body, ok := strings.CutPrefix(set, "[")
	if body, ok2 := strings.CutSuffix(body, "]"); ok && ok2 {
		return setMembers([]rune(body), set)
	}
	return nil, fmt.Errorf("not a set: %q", set)
}

func setMembers(in []rune, set string) ([]rune, error) {
	var out []rune
	ranged := false
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case r == ' ' || r == '{' || r == '}':
			continue
		case r == '-':
			ranged = true
			continue
		case r == '[' || r == '&':
			return nil, fmt.Errorf("set operations are not understood: %q", set)
		case r == '\\' && in[i+1] == 'u':
			n, err := strconv.ParseUint(string(in[i+2:i+6]), 16, 32)
			if err != nil {
				return nil, err
			}
			r, i = rune(n), i+5
		case r == '\\':
			i++
			r = in[i]
		}
		if ranged {
			for x := out[len(out)-1] + 1; x < r; x++ {
				out = append(out, x)
			}
			ranged = false
		}
		out = append(out, r)
	}
	return out, nil
}

// compact sorts characters and writes three or more in a row as "a-z"; a
// hyphen that is meant comes first.
func compact(all []rune) string {
	slices.Sort(all)
	all = slices.Compact(all)
	var b strings.Builder
	if slices.Contains(all, '-') {
		b.WriteByte('-')
	}
	all = slices.DeleteFunc(all, func(r rune) bool { return r == '-' })
	for i := 0; i < len(all); {
		j := i
		for j+1 < len(all) && all[j+1] == all[j]+1 {
			j++
		}
		b.WriteRune(all[i])
		if j-i > 1 {
			b.WriteByte('-')
		}
		if j > i {
			b.WriteRune(all[j])
		}
		i = j + 1
	}
	return b.String()
}
