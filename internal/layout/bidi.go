package layout

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// bidiLevels gives the embedding level of each character (Unicode UAX #9,
// rules W1–W7, N0–N2, I1–I2). Explicit embedding and isolate characters are
// removed from text before this, so that one paragraph is one isolating run.
// x/text's Paragraph loses the levels a line needs, hence this.
func bidiLevels(text []rune, base int8) []int8 {
	levels := make([]int8, len(text))
	classes := make([]bidi.Class, len(text))
	mixed := base == 1
	for i, r := range text {
		p, _ := bidi.LookupRune(r)
		classes[i] = p.Class()
		if c := classes[i]; c == bidi.R || c == bidi.AL || c == bidi.AN {
			mixed = true
		}
	}
	if !mixed {
		return levels
	}
	resolveWeak(classes, base)
	resolveBrackets(text, classes, base)
	resolveNeutral(classes, base)
	for i, c := range classes {
		levels[i] = base
		switch {
		case base%2 == 0 && c == bidi.R:
			levels[i]++
		case base%2 == 0 && (c == bidi.AN || c == bidi.EN):
			levels[i] += 2
		case base%2 == 1 && (c == bidi.L || c == bidi.AN || c == bidi.EN):
			levels[i]++
		}
	}
	return levels
}

func edgeClass(base int8) bidi.Class {
	if base%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

func resolveWeak(cl []bidi.Class, base int8) {
	sos := edgeClass(base)
	prev := sos
	for i, c := range cl { // W1
		switch c {
		case bidi.NSM:
			cl[i] = prev
		case bidi.BN, bidi.Control, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
			cl[i] = bidi.ON
		}
		prev = cl[i]
	}
	strong := sos
	for i, c := range cl { // W2, W3
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			cl[i] = bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				cl[i] = bidi.AN
			}
		}
	}
	for i := 1; i+1 < len(cl); i++ { // W4
		a, b := cl[i-1], cl[i+1]
		if a == b && (a == bidi.EN && (cl[i] == bidi.ES || cl[i] == bidi.CS) || a == bidi.AN && cl[i] == bidi.CS) {
			cl[i] = a
		}
	}
	for i := 0; i < len(cl); { // W5, W6
		if cl[i] != bidi.ET {
			if cl[i] == bidi.ES || cl[i] == bidi.CS {
				cl[i] = bidi.ON
			}
			i++
			continue
		}
		j := i
		for j < len(cl) && cl[j] == bidi.ET {
			j++
		}
		to := bidi.ON
		if i > 0 && cl[i-1] == bidi.EN || j < len(cl) && cl[j] == bidi.EN {
			to = bidi.EN
		}
		for ; i < j; i++ {
			cl[i] = to
		}
	}
	strong = sos
	for i, c := range cl { // W7
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				cl[i] = bidi.L
			}
		}
	}
}

// resolveBrackets is rule N0: a pair takes the direction of what it holds.
func resolveBrackets(text []rune, cl []bidi.Class, base int8) {
	type open struct {
		at    int
		close rune
	}
	var stack []open
	var pairs [][2]int
	for i, r := range text {
		if cl[i] != bidi.ON {
			continue
		}
		switch r {
		case '(':
			stack = append(stack, open{i, ')'})
		case '[':
			stack = append(stack, open{i, ']'})
		case '{':
			stack = append(stack, open{i, '}'})
		case ')', ']', '}':
			for k := len(stack) - 1; k >= 0; k-- {
				if stack[k].close == r {
					pairs = append(pairs, [2]int{stack[k].at, i})
					stack = stack[:k]
					break
				}
			}
		}
		if len(stack) > 63 { // BD16 gives up there too
			break
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	side := edgeClass(base)
	// Strong type before each position, so that long texts stay linear.
	for _, p := range pairs {
		found := bidi.ON
		// A pair is looked into a little way: names and amounts, not pages.
		for i := p[0] + 1; i < p[1] && i < p[0]+400; i++ {
			s := strongOf(cl[i])
			if s == side {
				found = s
				break
			}
			if s != bidi.ON {
				found = s
			}
		}
		if found != bidi.ON && found != side {
			before := side
			for i := p[0] - 1; i >= 0 && i > p[0]-400; i-- {
				if s := strongOf(cl[i]); s != bidi.ON {
					before = s
					break
				}
			}
			if before != found {
				found = side
			}
		}
		if found != bidi.ON {
			cl[p[0]], cl[p[1]] = found, found
		}
	}
}

func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.AL, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// resolveNeutral is rules N1 and N2.
func resolveNeutral(cl []bidi.Class, base int8) {
	side := edgeClass(base)
	for i := 0; i < len(cl); {
		if strongOf(cl[i]) != bidi.ON {
			i++
			continue
		}
		j := i
		for j < len(cl) && strongOf(cl[j]) == bidi.ON {
			j++
		}
		before, after := side, side
		if i > 0 {
			before = strongOf(cl[i-1])
		}
		if j < len(cl) {
			after = strongOf(cl[j])
		}
		to := side
		if before == after {
			to = before
		}
		for ; i < j; i++ {
			cl[i] = to
		}
	}
}

// visualOrder is rule L2: the order in which pieces of the given levels are
// drawn from left to right.
func visualOrder(levels []int8) []int {
	order := make([]int, len(levels))
	highest, lowestOdd := int8(0), int8(127)
	for i, l := range levels {
		order[i] = i
		highest = max(highest, l)
		if l%2 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd && l > 0; l-- {
		for i := 0; i < len(order); {
			if levels[order[i]] < l {
				i++
				continue
			}
			j := i
			for j < len(order) && levels[order[j]] >= l {
				j++
			}
			slices.Reverse(order[i:j])
			i = j
		}
	}
	return order
}

// baseLevel is 1 when most strong characters run right to left.
func baseLevel(text []rune) int8 {
	ltr, rtl := 0, 0
	for _, r := range text {
		if r < 0x300 { // the common case, without a table
			if r >= 'A' {
				ltr++
			}
			continue
		}
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.L:
			ltr++
		case bidi.R, bidi.AL:
			rtl++
		}
	}
	if rtl > ltr {
		return 1
	}
	return 0
}
