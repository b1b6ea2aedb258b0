package layout

// fillColumns puts as many boxes as fit into n columns no higher than limit,
// balanced when all fit. It returns how many were taken, at least one.
func fillColumns(boxes []vbox, n int, limit float64) (int, [][]vbox) {
	take := firstFit(boxes, n, limit)
	if take < len(boxes) {
		return take, cut(boxes[:take], n, limit)
	}
	// The smallest height that holds everything without a forbidden break, to
	// half a point.
	low, high := 0.0, limit
	for i := range boxes {
		low = max(low, boxes[i].height)
	}
	low = max(0, min(limit, max(low, stackHeight(boxes)/float64(n)*0.9))-0.5)
	for high-low > 0.5 {
		mid := (low + high) / 2
		if firstFit(boxes, n, mid) == len(boxes) && !torn(boxes, n, mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return len(boxes), cut(boxes, n, high)
}

// firstFit counts the boxes that n columns of a height hold.
func firstFit(boxes []vbox, n int, limit float64) int {
	at := 0
	for c := 0; c < n && at < len(boxes); c++ {
		at = columnEnd(boxes, at, limit)
	}
	return at
}

// torn tells whether columns of a height would break where one must not.
func torn(boxes []vbox, n int, limit float64) bool {
	at := 0
	for c := 0; c < n && at < len(boxes); c++ {
		at = columnEnd(boxes, at, limit)
		if at < len(boxes) && boxes[at].cost >= costNever {
			return true
		}
	}
	return false
}

func cut(boxes []vbox, n int, limit float64) [][]vbox {
	cells := make([][]vbox, 0, n)
	at := 0
	for range n {
		end := at
		if at < len(boxes) {
			end = columnEnd(boxes, at, limit)
		}
		cells = append(cells, boxes[at:end])
		at = end
	}
	return cells
}

// again is the height of the head a column takes when it starts at box i, inside
// a letter of an index.
func again(boxes []vbox, i int) float64 {
	if g := boxes[i].group; g != nil && !boxes[i].opens && i > 0 {
		return g.head.height
	}
	return 0
}

// columnEnd is where a column that starts at box i ends: the last place that
// fits and is not forbidden, at least one box further.
func columnEnd(boxes []vbox, i int, limit float64) int {
	h := boxes[i].height + again(boxes, i)
	last := i + 1
	free := len(boxes) == i+1 || boxes[i+1].cost < costNever
	for j := i + 1; j < len(boxes); j++ {
		h += boxes[j].before + boxes[j].height
		if h > limit+0.01 {
			break
		}
		if j+1 == len(boxes) || boxes[j+1].cost < costNever {
			last, free = j+1, true
		} else if !free {
			last = j + 1 // nothing allowed yet: as far as it fits
		}
	}
	return last
}

// fillOver fills columns over the footnotes they call, which take their room
// from them. Taking fewer boxes can only lower the notes, so this settles.
func fillOver(boxes []vbox, n int, room, sep float64) (int, [][]vbox) {
	take, cells := fillColumns(boxes, n, room)
	for take > 1 {
		h := notesHeight(boxes[:take], sep)
		if h == 0 {
			break
		}
		less, _ := fillColumns(boxes, n, room-h)
		if less >= take {
			_, cells = fillColumns(boxes[:take], n, room-h)
			break
		}
		take, cells = less, cut(boxes[:less], n, room-h)
	}
	return take, cells
}

func notesHeight(boxes []vbox, sep float64) float64 {
	h := 0.0
	for i := range boxes {
		h += boxes[i].notesHeight()
	}
	if h > 0 {
		h += sep
	}
	return h
}
