package api

import (
	"container/list"
	"fmt"
	"sync"

	"golang.org/x/sync/singleflight"

	"communique/service/office"
)

// replyKey names a reply. A publication's depend on what is shown of it alone,
// those of many publications on the generation of everything.
type replyKey struct {
	shown      office.Shown
	generation uint64
	// revision is that in the address, "r2"; empty is the current one.
	revision string
	// name is a file, or a page with its parameters; lang is the language of a page.
	name, lang string
}

// replies keeps what was asked for last, within a budget of bytes. What is
// superseded is not asked for any more, and so leaves by itself.
type replies struct {
	mu      sync.Mutex
	budget  int
	used    int
	order   *list.List // of *keptReply, the last asked for in front
	entries map[replyKey]*list.Element
	flight  singleflight.Group
}

type keptReply struct {
	key   replyKey
	reply *reply
}

func newReplies(budget int) *replies {
	return &replies{budget: budget, order: list.New(), entries: map[replyKey]*list.Element{}}
}

func (r *replies) get(k replyKey) *reply {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.entries[k]
	if !ok {
		return nil
	}
	r.order.MoveToFront(e)
	return e.Value.(*keptReply).reply
}

// make gives the reply that is kept, or makes it: once, however many ask at the same time.
func (r *replies) make(k replyKey, build func() (*reply, error)) (*reply, error) {
	if kept := r.get(k); kept != nil {
		return kept, nil
	}
	made, err, _ := r.flight.Do(fmt.Sprint(k), func() (any, error) {
		made, err := build()
		if err == nil {
			r.add(k, made)
		}
		return made, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*reply), nil
}

// add keeps a reply; one of more than a quarter of the budget would drive out too many others.
func (r *replies) add(k replyKey, made *reply) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept := &keptReply{k, made}
	if _, ok := r.entries[k]; ok || kept.weight() > r.budget/4 {
		return
	}
	r.entries[k] = r.order.PushFront(kept)
	r.used += kept.weight()
	for r.used > r.budget {
		gone := r.order.Remove(r.order.Back()).(*keptReply)
		delete(r.entries, gone.key)
		r.used -= gone.weight()
	}
}

// weight is about what it takes in memory; a name can be as long as a client likes.
func (k *keptReply) weight() int { return k.reply.weight() + len(k.key.name) }
