package api

import (
	"context"
	"net"
	"sync"
)

// gatherer is a connection that can send head and body of an answer in one piece.
// net/http fills its small buffer with the head and the beginning of the body,
// sends that, and then sends the rest: twice the work where answers come from memory.
type gatherer struct {
	net.Conn
	// holding tells that the next piece waits for the one after it.
	holding bool
	held    []byte
}

// Pieces up to mostGathered are copied into one; beyond, a copy costs more than it saves.
const (
	httpBuffer   = 4 << 10 // of net/http: what is larger comes in two pieces or more
	mostGathered = 64 << 10
)

var gathered = sync.Pool{New: func() any { return new([httpBuffer + mostGathered]byte) }}

// Write sends a piece, after the one that was held.
func (g *gatherer) Write(p []byte) (int, error) {
	switch {
	case g.holding && len(p) <= httpBuffer:
		g.holding = false
		g.held = append(g.held[:0], p...)
		return len(p), nil
	case len(g.held) == 0:
		return g.Conn.Write(p)
	case len(p) > mostGathered:
		_, err := g.Conn.Write(g.held)
		g.held = g.held[:0]
		if err != nil {
			return 0, err
		}
		return g.Conn.Write(p)
	}
	buffer := gathered.Get().(*[httpBuffer + mostGathered]byte)
	defer gathered.Put(buffer)
	head := copy(buffer[:], g.held)
	all := head + copy(buffer[head:], p)
	g.held = g.held[:0]
	n, err := g.Conn.Write(buffer[:all])
	return max(0, n-head), err
}

// gathering makes the connections of a listener gatherers.
type gathering struct{ net.Listener }

func (l gathering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &gatherer{Conn: c}, nil
}

type gathererKey struct{}

// withGatherer lets handlers find the connection of their request.
func withGatherer(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, gathererKey{}, c)
}

// gather holds the first piece of an answer that is too large for one, which
// comes next, and surely has another after it.
func gather(ctx context.Context, body int) {
	if g, ok := ctx.Value(gathererKey{}).(*gatherer); ok && body > httpBuffer {
		g.holding = true
	}
}
