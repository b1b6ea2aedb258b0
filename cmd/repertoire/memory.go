package main

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"repertoire/app/task"
	"repertoire/internal/logbook"
)

// modest keeps the window's memory near what it uses: it stands open all day
// beside other programs. Garbage is collected at half of Go's allowance, and
// what a long import or a pasted text has left is given back to the system once
// nothing is under way.
func modest() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	frugal()
	g := giver{held: held, give: func() { debug.FreeOSMemory(); trim() }}
	logbook.Go(func() {
		for range time.Tick(lookEvery) {
			if !task.Busy() {
				g.look()
			}
		}
	})
}

// lookEvery is how often a window at rest looks at what it holds, and worthGiving
// how much has to have come since for the work of giving it back.
const (
	lookEvery   = 5 * time.Second
	worthGiving = 24 << 20
)

// giver gives back what was left behind. Nobody collects garbage in a program at
// rest: without it, what a large paste took stays for minutes.
type giver struct {
	held func() uint64 // by Go, garbage and pages kept for later among it
	give func()
	kept uint64 // what was held once all had been given back
}

func (g *giver) look() {
	if g.held() < g.kept+worthGiving {
		return
	}
	g.give()
	g.kept = g.held()
}

// held is what Go has of the system's memory for its heap.
func held() uint64 {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(samples)
	var sum uint64
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			sum += s.Value.Uint64()
		}
	}
	return sum
}
