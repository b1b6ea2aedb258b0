package repertoire

import "iter"

// Shared is a change as the journal of several desks holds it: numbered without
// gaps in the order in which it came in, chained to the row before by Hash.
type Shared struct {
	// Number counts from 1 in one shared base.
	Number int64
	// Change is what the desk sent: each op's Before and After are the shared
	// bodies around it, whatever else waits at a desk; Version is not used.
	Change Change
	// Desk sent it, Login is the name the server knows its person by.
	Desk  ID
	Login string
	// Hash chains the row: SHA-256 over the hash of the row before and over
	// this one. It outlives an erasure, for it goes over the sum of the ops.
	Hash []byte
	// Each, when set, hands over the ops one by one, in the order of aggregates:
	// the row holds too many of them to be in memory at once, and Change.Ops is
	// empty.
	Each iter.Seq2[Op, error]
	// There tells, of the row that a push gives, that the journal had the change
	// already: Number and Hash are those of the row there, whose ops may be others
	// when another desk gave the change back to a restored server.
	There bool
	// Erased lists records whose bodies were cleared from this row since.
	Erased map[ID]bool
}

// Deletions counts the records that the change puts in the trash.
func (c *Change) Deletions() (n int) {
	for _, op := range c.Ops {
		if op.After == nil {
			n++
		}
	}
	return n
}
