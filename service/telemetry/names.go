package telemetry

import (
	"net/http"
	"sync"
)

// other stands for every name beyond the bounds.
const other = "other"

// names are the values that a label may have: those that are declared, and of
// those that come up by themselves the first few.
type names struct {
	room int

	mu  sync.RWMutex
	all map[string]bool
}

// newNames makes names with room for so many that are not declared.
func newNames(room int) *names { return &names{room: room, all: map[string]bool{}} }

func (n *names) declare(list ...string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, name := range list {
		n.all[name] = true
	}
}

func (n *names) known(name string) string {
	n.mu.RLock()
	known, full := n.all[name], n.room == 0
	n.mu.RUnlock()
	switch {
	case known:
		return name
	case full || !isName(name):
		return other
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.all[name] {
		return name
	}
	if n.room == 0 {
		return other
	}
	n.room--
	n.all[name] = true
	return name
}

// isName tells words that a program calls something from text and addresses.
func isName(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' && c != '.' {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

// knownMethod bounds the methods, which clients can invent.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return other
}
