package diag

import "strings"

// Nearest is the known name that someone who wrote word most likely meant,
// or "" if none is close. Of equally close names the first one wins.
func Nearest(word string, known []string) string {
	word = strings.ToLower(word)
	best, limit := "", max(len([]rune(word))/3, 1)+1
	for _, k := range known {
		if d := distance([]rune(word), []rune(strings.ToLower(k)), limit); d < limit {
			best, limit = k, d
		}
	}
	return best
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to turn a into b (optimal string alignment); any value from limit
// upwards stands for "too far".
func distance(a, b []rune, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	var before, above, row []int // the rows for i-2, i-1 and i letters of a
	for i := range len(a) + 1 {
		before, above, row = above, row, make([]int, len(b)+1)
		row[0] = i
		for j := range b {
			if i == 0 {
				row[j+1] = j + 1
				continue
			}
			cost := 1
			if a[i-1] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 1 && j > 0 && a[i-1] == b[j-1] && a[i-2] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
