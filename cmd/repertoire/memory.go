package main

import (
	"os"
	"runtime"
	"runtime/debug"
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
	logbook.Go(func() {
		for range time.Tick(10 * time.Second) {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			if unused := m.HeapIdle - m.HeapReleased; unused > worthGiving && !task.Busy() {
				debug.FreeOSMemory()
			}
		}
	})
}

// worthGiving is how much has to be unused for the work of giving it back.
const worthGiving = 48 << 20
