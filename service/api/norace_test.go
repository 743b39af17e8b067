//go:build !race

package api

// underRace tells that the race detector is at work.
const underRace = false
