//go:build !unix

package search

import "time"

var started = time.Now()

// processorMS is the clock where the system's count of processor time is not asked for.
func processorMS() float64 { return float64(time.Since(started).Microseconds()) / 1000 }
