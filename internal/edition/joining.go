package edition

import (
	"encoding/json"
	"slices"
)

// JoinRegisters makes one register of two that went on apart: every step of
// both, in the order of time, and every file; of one variant the first's.
func JoinRegisters(first, second []byte) ([]byte, error) {
	var a, b Register
	for text, r := range map[*[]byte]*Register{&first: &a, &second: &b} {
		if err := json.Unmarshal(*text, r); err != nil {
			return nil, err
		}
	}
	for _, s := range b.Steps {
		if !slices.ContainsFunc(a.Steps, func(x Step) bool { return x.Stage == s.Stage && x.At.Equal(s.At) && x.By == s.By }) {
			a.Steps = append(a.Steps, s)
		}
	}
	slices.SortStableFunc(a.Steps, func(x, y Step) int { return x.At.Compare(y.At) })
	out := false
	a.Steps = slices.DeleteFunc(a.Steps, func(s Step) bool { // what readers have had is no draft again
		out = out || s.Stage.Out()
		return out && !s.Stage.Out()
	})
	for _, f := range b.Files {
		if _, ok := a.File(f.Variant); !ok {
			a.Files = append(a.Files, f)
		}
	}
	text, err := json.MarshalIndent(a, "", "  ")
	return append(text, '\n'), err
}

// Lasting tells whether the edition of a register is more than a draft: such a
// one is never deleted, and its missing files are a loss.
func Lasting(register []byte) bool {
	var r Register
	if err := json.Unmarshal(register, &r); err != nil {
		return true // who knows
	}
	return r.Stage() != Draft
}
