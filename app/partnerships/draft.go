package partnerships

import (
	"bytes"
	"cmp"
	"encoding/json"

	"repertoire/internal/repertoire"
)

// draft is a partnership while it is edited: what was read or saved last, what
// it has become, and the steps between, so that any of them can be taken back.
type draft struct {
	saved   repertoire.Partnership
	now     repertoire.Partnership
	undo    []repertoire.Partnership
	redo    []repertoire.Partnership
	editing string // field of the last edit: further keys in it are one step
	// slot tells a record that was never saved from others like it.
	slot repertoire.ID
}

// key names what is edited: the record, else the slot of one never saved.
func (d *draft) key() repertoire.ID { return cmp.Or(d.now.ID, d.slot) }

// maxSteps bounds the memory of a long session on one entry.
const maxSteps = 200

func newDraft(p repertoire.Partnership) *draft {
	return &draft{saved: p, now: clone(p)}
}

// clone copies a partnership whole: its lists are edited in place.
func clone(p repertoire.Partnership) repertoire.Partnership {
	data, err := json.Marshal(p)
	if err != nil {
		return p
	}
	var out repertoire.Partnership
	if json.Unmarshal(data, &out) != nil {
		return p
	}
	return out
}

// before notes the state before an edit of field. Further edits of the same
// field belong to the same step; "" always begins one.
func (d *draft) before(field string) {
	if field != "" && field == d.editing {
		return
	}
	d.editing = field
	d.undo = append(d.undo, clone(d.now))
	if len(d.undo) > maxSteps {
		d.undo = d.undo[1:]
	}
	d.redo = nil
}

// stepBack takes the last step back, and says whether there was one.
func (d *draft) stepBack() bool { return d.move(&d.undo, &d.redo) }

// stepForward does again what was taken back.
func (d *draft) stepForward() bool { return d.move(&d.redo, &d.undo) }

func (d *draft) move(from, to *[]repertoire.Partnership) bool {
	n := len(*from)
	if n == 0 {
		return false
	}
	*to = append(*to, clone(d.now))
	d.now = (*from)[n-1]
	*from = (*from)[:n-1]
	d.editing = ""
	return true
}

// modified tells whether anything differs from what was saved.
func (d *draft) modified() bool {
	a, errA := json.Marshal(d.saved)
	b, errB := json.Marshal(d.now)
	return errA != nil || errB != nil || !bytes.Equal(a, b)
}

// drafts keeps what was typed and not saved, by record, while a person looks
// at others.
type drafts map[repertoire.ID]*draft

// keep holds d back when it is worth it, and forgets it when it is not.
func (k drafts) keep(d *draft) {
	if d == nil {
		return
	}
	if d.modified() {
		k[d.key()] = d
		return
	}
	delete(k, d.key())
}
