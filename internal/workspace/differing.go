package workspace

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// differing writes a field before and after for a person. Of a list (projects,
// contacts…) only what differs is written, item by item: a project whose
// results changed is not told by its title twice.
func (n names) differing(now names, f repertoire.FieldChange) (before, after string) {
	a, isList := itemsOf(f.Before)
	b, alsoList := itemsOf(f.After)
	if !isList || !alsoList {
		return n.value(f.Name, f.Before), now.value(f.Name, f.After)
	}
	if f.Name == "parties" {
		before, after = n.value(f.Name, f.Before), now.value(f.Name, f.After)
		if before != after {
			return before, after
		}
	}
	var x, y []string
	done := map[string]bool{}
	for _, key := range append(keysOf(a), keysOf(b)...) {
		if done[key] {
			continue
		}
		done[key] = true
		was, had := a.byKey[key]
		is, has := b.byKey[key]
		switch {
		case !had:
			y = append(y, now.item(is, slices.Sorted(maps.Keys(is))))
		case !has:
			x = append(x, n.item(was, slices.Sorted(maps.Keys(was))))
		case !reflect.DeepEqual(was, is):
			fields := unequal(was, is)
			x = append(x, n.item(was, fields))
			y = append(y, now.item(is, fields))
		}
	}
	if x == nil && y == nil { // the same items in another order
		return strings.Join(n.called(a), " ; "), strings.Join(now.called(b), " ; ")
	}
	return strings.Join(x, " ; "), strings.Join(y, " ; ")
}

// items are the objects of a JSON list, by identifier or else by what they are
// called, in order.
type items struct {
	keys  []string
	byKey map[string]map[string]any
}

func keysOf(x items) []string { return slices.Clone(x.keys) }

// itemsOf reads a list of objects; an absent one is empty.
func itemsOf(raw json.RawMessage) (items, bool) {
	out := items{byKey: map[string]map[string]any{}}
	if len(raw) == 0 || string(raw) == "null" {
		return out, true
	}
	var list []map[string]any
	if json.Unmarshal(raw, &list) != nil {
		return out, false
	}
	for i, x := range list {
		key := ""
		for _, field := range []string{"id", "authority", "url", "media", "name", "title"} {
			if s, _ := x[field].(string); s != "" {
				key = field + " " + s
				break
			}
		}
		if _, twice := out.byKey[key]; key == "" || twice {
			key += "#" + strconv.Itoa(i)
		}
		out.keys = append(out.keys, key)
		out.byKey[key] = x
	}
	return out, true
}

// unequal lists, sorted, the fields in which two items differ.
func unequal(a, b map[string]any) []string {
	var out []string
	for k := range a {
		if !reflect.DeepEqual(a[k], b[k]) {
			out = append(out, k)
		}
	}
	for k := range b {
		if _, both := a[k]; !both {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// item writes what an item is called, then the fields wanted.
func (n names) item(x map[string]any, fields []string) string {
	title, from := n.title(x)
	var parts []string
	for _, k := range fields {
		if k == "id" || k == from {
			continue
		}
		if v := n.part(k, x[k]); v != "" {
			parts = append(parts, lowerFirst(partLabel(k))+" : "+v)
		}
	}
	return join(" – ", title, strings.Join(parts, ", "))
}

// called lists what the items are called.
func (n names) called(x items) []string {
	var out []string
	for _, k := range x.keys {
		t, _ := n.title(x.byKey[k])
		out = append(out, t)
	}
	return out
}

// title is what an item is called, and the field that says so.
func (n names) title(x map[string]any) (title, from string) {
	for _, field := range []string{"title", "name", "label", "caption", "authority", "url", "media"} {
		if s, _ := x[field].(string); s != "" {
			return n.part(field, s), field
		}
	}
	return "", ""
}

// part writes one field of an item.
func (n names) part(field string, v any) string {
	raw, err := json.Marshal(v)
	if err != nil || v == nil {
		return ""
	}
	switch field {
	case "authority":
		s, _ := v.(string)
		if a := n.authority(repertoire.ID(s)); a != nil {
			return a.Usual()
		}
		return s
	case "signed", "until", "date", "agreed_on":
		return decoded(raw, repertoire.Date.Field)
	case "budget", "amount":
		return decoded(raw, repertoire.Money.French)
	case "side":
		return decoded(raw, repertoire.Sides.Label)
	case "funding":
		return decoded(raw, func(fs []repertoire.Funding) string {
			return list(fs, func(f repertoire.Funding) string { return join(" ", f.Funder, f.Amount.French()) })
		})
	}
	return n.value(field, raw)
}

// partLabel names the fields that only items of lists have.
func partLabel(field string) string {
	switch field {
	case "signed":
		return "Signature"
	case "until":
		return "Échéance"
	case "date", "agreed_on":
		return "Date"
	case "role":
		return "Fonction"
	case "lead":
		return "Chef de file"
	case "side":
		return "Côté"
	case "elected":
		return "Élu"
	case "authority":
		return "Collectivité"
	case "places":
		return "Lieux"
	case "operator":
		return "Opérateur"
	case "beneficiaries":
		return "Bénéficiaires"
	case "results":
		return "Résultats"
	case "difficulties":
		return "Difficultés"
	case "budget":
		return "Budget"
	case "funding":
		return "Financements"
	case "url":
		return "Adresse web"
	case "label":
		return "Libellé"
	case "caption":
		return "Légende"
	case "credit":
		return "Crédit"
	case "alt":
		return "Description de l’image"
	case "media":
		return "Fichier"
	case "publish_name":
		return "Nom publiable"
	case "publish_email":
		return "Courriel publiable"
	case "publish_phone":
		return "Téléphone publiable"
	}
	return repertoire.FieldLabel(field)
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) > 1 && strings.ToUpper(string(r[1])) == string(r[1]) {
		return s // an abbreviation
	}
	return strings.ToLower(string(r[:min(1, len(r))])) + string(r[min(1, len(r)):])
}
