package layout

import "testing"

// A paragraph that sets well without a hyphen gets none, even where one would
// make its lines a little better: the first pass knows no hyphenation.
func TestTheFirstPassIsTaken(t *testing.T) {
	var items []lineItem
	pos := int32(0)
	add := func(it lineItem) {
		it.pos, it.next = pos, pos+1
		pos++
		items = append(items, it)
	}
	glue := lineItem{kind: itemGlue, width: 5, stretch: 6, shrink: 2}
	// Lines of 100: without a hyphen the first is 96 wide (loose), with one
	// it is 100 exactly.
	add(lineItem{kind: itemBox, width: 45})
	add(glue)
	add(lineItem{kind: itemBox, width: 46})
	add(glue)
	add(lineItem{kind: itemBox, width: 0})
	add(lineItem{kind: itemPenalty, flagged: true, hyphenation: true, width: -1, penalty: 0})
	add(lineItem{kind: itemBox, width: 60})
	add(glue)
	add(lineItem{kind: itemBox, width: 35})
	add(glue)
	add(lineItem{kind: itemBox, width: 50})
	add(lineItem{kind: itemGlue, stretch: 1e4})
	add(lineItem{kind: itemPenalty, penalty: always})
	lines := breakLines(items, lineSpec{first: 100, rest: 100})
	if len(lines) == 0 || items[lines[0].to].hyphenation {
		t.Fatalf("broken at %+v", lines)
	}
	// The hyphen is what the second pass would take: the test is about something.
	lb := &lineBreaker{items: items, spec: lineSpec{first: 100, rest: 100}}
	lb.sum()
	if second := lb.try(passes[1], false); len(second) == 0 || !items[second[0].to].hyphenation {
		t.Fatalf("the second pass breaks at %+v", second)
	}
}
