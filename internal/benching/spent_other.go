//go:build !unix

package benching

import "time"

var started = time.Now()

// Spent is the clock where the system's count of processor time is not asked for.
func Spent() time.Duration { return time.Since(started) }
