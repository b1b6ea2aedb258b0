//go:build unix

package sharing

import (
	"fmt"
	"testing"
)

// BenchmarkTakingIn is one save of another desk, taken in alone.
func BenchmarkTakingIn(b *testing.B) {
	m := office(b, fmt.Sprint("bench", b.N), 2)
	from, to := m.desks[0], m.desks[1]
	to.exchange()
	for range b.N {
		b.StopTimer()
		p := from.first()
		p.Notes = m.token()
		from.save(p)
		from.exchange()
		b.StartTimer()
		desk := &Desk{Store: to.store, Base: to.base}
		if out, err := desk.Sync(b.Context()); err != nil || out.Received != 1 {
			b.Fatal(out, err)
		}
	}
}
