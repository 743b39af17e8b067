package bidi

import "golang.org/x/text/unicode/bidi"

// status is an entry of the directional status stack (rule X1).
type status struct {
	level    int8
	override bidi.Class // L, R, or ON for none
	isolate  bool
}

// explicit gives levels to characters by rules X1 to X8.
func (r *Resolver) explicit(start, end int, base int8) {
	var stack [maxDepth + 2]status
	stack[0] = status{base, bidi.ON, false}
	top := 0
	isolateOverflow, embedOverflow, isolates := 0, 0, 0

	for i := start; i < end; i++ {
		c := r.classes[i]
		r.types[i] = c
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO: // X2 to X5
			r.levels[i] = stack[top].level
			level, ok := next(stack[top].level, c == bidi.RLE || c == bidi.RLO)
			if !ok || isolateOverflow > 0 || embedOverflow > 0 {
				if isolateOverflow == 0 {
					embedOverflow++
				}
				continue
			}
			override := bidi.ON
			switch c {
			case bidi.RLO:
				override = bidi.R
			case bidi.LRO:
				override = bidi.L
			}
			top++
			stack[top] = status{level, override, false}
		case bidi.RLI, bidi.LRI, bidi.FSI: // X5a to X5c
			r.place(i, stack[top])
			rtl := c == bidi.RLI
			if c == bidi.FSI {
				to := end
				if r.match[i] >= 0 {
					to = int(r.match[i])
				}
				rtl = r.firstStrong(i+1, to)
			}
			level, ok := next(stack[top].level, rtl)
			if !ok || isolateOverflow > 0 || embedOverflow > 0 {
				isolateOverflow++
				continue
			}
			isolates++
			top++
			stack[top] = status{level, bidi.ON, true}
		case bidi.PDI: // X6a
			switch {
			case isolateOverflow > 0:
				isolateOverflow--
			case isolates > 0:
				embedOverflow = 0
				for !stack[top].isolate {
					top--
				}
				top--
				isolates--
			}
			r.place(i, stack[top])
		case bidi.PDF: // X7
			switch {
			case isolateOverflow > 0:
			case embedOverflow > 0:
				embedOverflow--
			case !stack[top].isolate && top > 0:
				top--
			}
			r.levels[i] = stack[top].level
		case bidi.BN:
			r.levels[i] = stack[top].level
		default: // X6
			r.place(i, stack[top])
		}
	}
}

func (r *Resolver) place(i int, s status) {
	r.levels[i] = s.level
	if s.override != bidi.ON {
		r.types[i] = s.override
	}
}

// next is the least higher level of a direction, if it is within the limit.
func next(level int8, rtl bool) (int8, bool) {
	if rtl {
		level = (level + 1) | 1
	} else {
		level = (level + 2) &^ 1
	}
	return level, level <= maxDepth
}

// levelRun is a stretch of one level (BD7), without removed characters at its ends.
type levelRun struct {
	start, end int
	level      int8 // before the implicit rules raise it
}

// sequences puts level runs together to isolating run sequences (BD13, X10) and resolves them.
func (r *Resolver) sequences(start, end int, base int8) {
	r.runs = r.runs[:0]
	for i := start; i < end; i++ {
		r.runAt[i] = -1
		if removed(r.classes[i]) {
			continue
		}
		if n := len(r.runs) - 1; n >= 0 && r.runs[n].level == r.levels[i] {
			r.runs[n].end = i + 1
			continue
		}
		r.runAt[i] = int32(len(r.runs))
		r.runs = append(r.runs, levelRun{i, i + 1, r.levels[i]})
	}
	for k, run := range r.runs {
		if r.classes[run.start] == bidi.PDI && r.match[run.start] >= 0 {
			continue // it continues a sequence
		}
		level, before := run.level, base
		if k > 0 {
			before = r.runs[k-1].level
		}
		r.seq.reset()
		last := k
		for {
			for i := r.runs[last].start; i < r.runs[last].end; i++ {
				if !removed(r.classes[i]) {
					r.seq.index = append(r.seq.index, int32(i))
				}
			}
			pdi := r.match[r.runs[last].end-1]
			if !initiator(r.classes[r.runs[last].end-1]) || pdi < 0 || r.runAt[pdi] < 0 {
				break
			}
			last = int(r.runAt[pdi])
		}
		after := base
		if last+1 < len(r.runs) && !initiator(r.classes[r.runs[last].end-1]) {
			after = r.runs[last+1].level
		}
		r.resolve(level, direction(max(level, before)), direction(max(level, after)))
	}
}

func initiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }
