package form

import (
	"strconv"
	"strings"
	"sync"

	"repertoire/internal/campaign"
	"repertoire/internal/repertoire"
)

// manyCells is as many cells as a list of words is read from.
const manyCells = 60

// frames gives, for each block, the keys of its columns by their folded
// headings in every language.
var frames = sync.OnceValue(func() map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, f := range campaign.Asked(repertoire.DeclaredPartnership) {
		if f.Kind != repertoire.FieldGroup {
			continue
		}
		out[f.Name] = headings(f.Of)
		for _, g := range campaign.Asked(f.Of) {
			if g.Kind == repertoire.FieldGroup {
				inner := headings(g.Of)
				each(f.Of.Label, func(word string) { inner[word] = campaign.KeyParent })
				out[f.Name+"."+g.Name] = inner
			}
		}
	}
	return out
})

func headings(d *repertoire.Declaration) map[string]string {
	out := map[string]string{}
	for _, f := range campaign.Asked(d) {
		switch {
		case f.Kind == repertoire.FieldGroup:
		case f.Many:
			for i := range manyCells {
				each(f.Label+" "+strconv.Itoa(i+1), func(word string) { out[word] = f.Name + "." + strconv.Itoa(i) })
			}
		default:
			each(f.Label, func(word string) { out[word] = f.Name })
		}
	}
	return out
}

// each gives a label in every language, folded.
func each(label string, fn func(string)) {
	for _, t := range inLanguage {
		fn(repertoire.Fold(t.label(label)))
	}
}

// singles are the keys of the first sheet.
var singles = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{campaign.KeyConfirm: true, campaign.KeyRespondent: true, campaign.KeyFunction: true, campaign.KeyRemarks: true}
	for _, f := range campaign.Asked(repertoire.DeclaredPartnership) {
		switch {
		case f.Kind == repertoire.FieldGroup:
		case f.Many:
			for i := range manyCells {
				out[f.Name+"."+strconv.Itoa(i)] = true
			}
		default:
			out[f.Name] = true
		}
	}
	return out
})

// labelled gives the keys of the first sheet by their folded labels.
var labelled = sync.OnceValue(func() map[string]string {
	out := headings(repertoire.DeclaredPartnership)
	for _, t := range inLanguage {
		out[repertoire.Fold(t.confirm)] = campaign.KeyConfirm
		out[repertoire.Fold(t.respondent)] = campaign.KeyRespondent
		out[repertoire.Fold(t.function)] = campaign.KeyFunction
		out[repertoire.Fold(t.remarks)] = campaign.KeyRemarks
	}
	return out
})

// byName gives the block whose tab has that name, in any language.
func byName(sheet string) string {
	for _, f := range campaign.Asked(repertoire.DeclaredPartnership) {
		if f.Kind != repertoire.FieldGroup {
			continue
		}
		if tabIs(f.Label, sheet) {
			return f.Name
		}
		for _, g := range campaign.Asked(f.Of) {
			if g.Kind == repertoire.FieldGroup && tabIs(g.Label, sheet) {
				return f.Name + "." + g.Name
			}
		}
	}
	return ""
}

func tabIs(label, sheet string) bool {
	found := false
	each(label, func(word string) { found = found || word == repertoire.Fold(strings.TrimSpace(sheet)) })
	return found
}
