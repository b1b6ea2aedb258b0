package search

import "sync"

// Cutter cuts texts into the words of an index made elsewhere than in Bleve, by
// the same folding and the same stems. It is safe for concurrent use.
type Cutter struct{ f *french }

// NewCutter prepares a cutter; one serves a whole work.
func NewCutter() *Cutter { return &Cutter{newFrench()} }

// Word is one word of a text.
type Word struct {
	Folded string // as it is looked for while typing
	Stem   string // under which its inflections meet
	Empty  bool   // says nothing by itself
}

// Each calls yield for each word of text in order; what was elided before a word
// gives it a second time, joined ("ndjamena").
func (c *Cutter) Each(text string, yield func(Word)) {
	scanWords(text, true, func(w word) {
		yield(c.word(w.Text))
		if w.Joined != "" {
			yield(c.word(w.Joined))
		}
	})
}

func (c *Cutter) word(folded string) Word {
	return Word{folded, c.f.stem(folded), c.f.empty(folded)}
}

// Empty are the words that say nothing by themselves, in no order.
func (c *Cutter) Empty() []string {
	out := make([]string, 0, len(c.f.stop))
	for w := range c.f.stop {
		out = append(out, w)
	}
	return out
}

// Irregular are the forms whose stem no rule gives.
var Irregular = sync.OnceValue(func() map[string]string {
	out := make(map[string]string, len(irregular))
	for form, stem := range irregular {
		out[form] = stem
	}
	return out
})
