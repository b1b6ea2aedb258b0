package reference

// past is what names and codes were before.
type past struct {
	names []extraName
	codes map[string]string // INSEE code of a commune that is no more -> that of its successor
}

// uses are the words of names.tsv.
var uses = map[string]nameUse{"successor": useSuccessor, "former": useFormer, "other": useOther}

// readPast reads the other names of French authorities and the codes of those
// that are no more. A damaged table is as an empty one; Check tells of it.
func readPast() past {
	p := past{codes: map[string]string{}}
	_ = rows("names.tsv.gz", 5, func(c []string) {
		// target, name, use, when, old code
		if c[1] != "" {
			p.names = append(p.names, extraName{target: c[0], name: c[1], use: uses[c[2]], when: c[3]})
		}
		if c[4] != "" {
			p.codes[c[4]] = c[0]
		}
	})
	return p
}

// inherit maps old codes to today's rows.
func (f *france) inherit(codes map[string]string) map[string]int32 {
	heirs := make(map[string]int32, len(codes))
	for code, target := range codes {
		if i, ok := f.byINSEE[target]; ok {
			heirs[code] = i
		}
	}
	return heirs
}

// abroad indexes the places of a country once.
func (t *Tables) abroad(country string) *register {
	if g, ok := t.registers.Load(country); ok {
		return g.(*register)
	}
	g, _ := t.registers.LoadOrStore(country, enrollAbroad(t.Places(country)))
	return g.(*register)
}
