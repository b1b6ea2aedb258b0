package review

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// ValueField names a kind of value that many records write freely.
type ValueField string

// The fields whose near-equal values are brought together.
const (
	ValueOperators ValueField = "operators" // associations and operators
	ValueFunders   ValueField = "funders"
	ValueRoles     ValueField = "roles" // of people
)

// ValueFields lists them with their French names.
var ValueFields = repertoire.Choices[ValueField]{{Value: ValueOperators, Label: "Opérateurs et associations"},
	{Value: ValueFunders, Label: "Financeurs"},
	{Value: ValueRoles, Label: "Fonctions des personnes"}}

// ValueCount is a value and how many records write it so.
type ValueCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// ValueCluster is a set of spellings that are perhaps one value; the first is
// the one that most records write.
type ValueCluster struct {
	Field  ValueField   `json:"field"`
	Why    string       `json:"why"`
	Values []ValueCount `json:"values"`
}

// Why values stand together.
const (
	WhyFingerprint = "Mêmes mots, à l’ordre, aux accents et à la ponctuation près"
	WhyNgram       = "Mêmes suites de lettres"
)

// each visits the values of a field in a record, by their places.
func (f ValueField) each(p *repertoire.Partnership, visit func(*string)) {
	switch f {
	case ValueOperators:
		for i := range p.Actors {
			visit(&p.Actors[i].Name)
		}
		for i := range p.Projects {
			visit(&p.Projects[i].Operator)
		}
	case ValueFunders:
		for i := range p.Projects {
			for j := range p.Projects[i].Funding {
				visit(&p.Projects[i].Funding[j].Funder)
			}
		}
	case ValueRoles:
		for i := range p.Contacts {
			visit(&p.Contacts[i].Role)
		}
	}
}

// apartFrom copies the lists that each changes, since records share them.
func (f ValueField) apartFrom(p *repertoire.Partnership) {
	switch f {
	case ValueOperators:
		p.Actors, p.Projects = slices.Clone(p.Actors), slices.Clone(p.Projects)
	case ValueFunders:
		p.Projects = slices.Clone(p.Projects)
		for i := range p.Projects {
			p.Projects[i].Funding = slices.Clone(p.Projects[i].Funding)
		}
	case ValueRoles:
		p.Contacts = slices.Clone(p.Contacts)
	}
}

// ValueClusters finds the values of a field that are perhaps one, the most
// written first: by fingerprint (the words sorted, each once), then by the
// pairs of letters, as OpenRefine does.
func (room *Room) ValueClusters(ctx context.Context, field ValueField) (_ []ValueCluster, err error) {
	defer func() { err = base.Stopped(err) }()
	if !ValueFields.Has(field) {
		return nil, repertoire.Refuse("« %s » n’est pas une valeur que l’on rapproche : choisissez operators, funders ou roles.", field)
	}
	counts := map[string]int{}
	err = room.base.Store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		field.each(&p, func(v *string) {
			if *v != "" {
				counts[*v]++
			}
		})
		return ctx.Err()
	})
	if err != nil {
		return nil, err
	}
	return ClusterValues(field, counts), nil
}

func ClusterValues(field ValueField, counts map[string]int) []ValueCluster {
	var out []ValueCluster
	grouped := map[string]bool{}
	for _, method := range []struct {
		why string
		key func(string) string
	}{{WhyFingerprint, fingerprint}, {WhyNgram, bigrams}} {
		groups := map[string][]ValueCount{}
		for value, n := range counts {
			if key := method.key(value); key != "" && !grouped[value] {
				groups[key] = append(groups[key], ValueCount{value, n})
			}
		}
		for _, values := range groups {
			if len(values) < 2 {
				continue
			}
			sort.Slice(values, func(i, j int) bool {
				return values[i].Count > values[j].Count || values[i].Count == values[j].Count && values[i].Value < values[j].Value
			})
			for _, v := range values {
				grouped[v.Value] = true
			}
			out = append(out, ValueCluster{Field: field, Why: method.why, Values: values})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i].Values, out[j].Values
		return a[0].Count > b[0].Count || a[0].Count == b[0].Count && a[0].Value < b[0].Value
	})
	return out
}

// fingerprint sorts the words of a value, each once, without the little ones.
func fingerprint(value string) string {
	words := slices.DeleteFunc(strings.Fields(reference.Key(value)), func(w string) bool {
		return slices.Contains([]string{"de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "a", "au", "aux", "pour", "the", "of"},
			w)
	})
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}

// bigrams sorts the pairs of letters of a value, each once: two spellings that
// differ by a doubled or a cut letter have the same. Short ones are too alike.
func bigrams(value string) string {
	letters := strings.ReplaceAll(fingerprintPlain(value), " ", "")
	if len(letters) < 8 {
		return ""
	}
	var pairs []string
	for i := 0; i+2 <= len(letters); i++ {
		if letters[i] != letters[i+1] {
			pairs = append(pairs, letters[i:i+2])
		}
	}
	slices.Sort(pairs)
	return strings.Join(slices.Compact(pairs), "")
}

// fingerprintPlain is the value's key, its words in their order.
func fingerprintPlain(value string) string {
	key := reference.Key(value)
	words := strings.Fields(key)
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "s")
	}
	return strings.Join(words, " ")
}

// ValuesMerged says what a merge of values did.
type ValuesMerged struct {
	Partnerships int           `json:"partnerships"`
	Values       int           `json:"values"`
	Change       repertoire.ID `json:"change,omitempty"`
}

// MergeValues writes one value in place of others wherever a field has them,
// as one change. Values that become the same in a record stand once.
func (room *Room) MergeValues(ctx context.Context, field ValueField, others []string, into string) (done ValuesMerged, err error) {
	defer func() { err = base.Stopped(err) }()
	into = strings.TrimSpace(into)
	if !ValueFields.Has(field) || into == "" || len(others) == 0 {
		return done, repertoire.Refuse("Dites quelles valeurs réunir, et sous laquelle. Rien n’a été changé.")
	}
	c := room.base.Change(repertoire.CauseEdit, fmt.Sprintf("%s : %d valeur(s) réunies sous « %s »", ValueFields.Label(field), len(others),
		into))
	err = room.base.Store.EachPartnership(ctx, func(p repertoire.Partnership) error {
		touched := 0
		field.apartFrom(&p)
		field.each(&p, func(v *string) {
			if *v != into && slices.Contains(others, *v) {
				*v = into
				touched++
			}
		})
		if touched == 0 {
			return ctx.Err()
		}
		if field == ValueOperators {
			p.Actors = onceNamed(p.Actors)
		}
		done.Partnerships++
		done.Values += touched
		return base.Put(&c, &p, p.Version)
	})
	if err != nil || done.Partnerships == 0 {
		return done, err
	}
	if _, err := room.base.Apply(ctx, c); err != nil {
		return ValuesMerged{}, err
	}
	done.Change = c.ID
	return done, nil
}

// onceNamed keeps the first of each name, completed by those that follow.
func onceNamed(list []repertoire.Actor) []repertoire.Actor {
	var out []repertoire.Actor
	for _, a := range list {
		i := slices.IndexFunc(out, func(o repertoire.Actor) bool {
			return o.Name == a.Name && (o.Role == a.Role || o.Role == "" || a.Role == "") && (o.URL == a.URL || o.URL == "" || a.URL == "")
		})
		if i < 0 {
			out = append(out, a)
			continue
		}
		if out[i].Role == "" {
			out[i].Role = a.Role
		}
		if out[i].URL == "" {
			out[i].URL = a.URL
		}
	}
	return out
}
