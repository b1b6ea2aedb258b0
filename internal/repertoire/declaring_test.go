package repertoire

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// declared are all declarations of the domain with what they hold.
func declared() map[*Declaration]bool {
	all := map[*Declaration]bool{}
	var take func(d *Declaration)
	take = func(d *Declaration) {
		if all[d] {
			return
		}
		all[d] = true
		for _, f := range d.Fields {
			if f.Of != nil {
				take(f.Of)
			}
		}
	}
	for _, d := range aggregates {
		take(d)
	}
	return all
}

func TestEveryFieldIsDeclared(t *testing.T) {
	for d := range declared() {
		for _, fault := range d.Faults() {
			t.Error(fault)
		}
	}
	type other struct {
		Name  string   `json:"name"`
		Tags  []string `json:"tags"`
		Day   Date     `json:"day"`
		Extra bool     `json:"extra"`
	}
	wrong := Declare[other]("other", "Autre", Field{Name: "name", Label: "Nom", Kind: FieldDate}, Field{Name: "tags", Label: "Mots"},
		Field{Name: "day", Kind: FieldDate})
	if got := wrong.Faults(); len(got) != 4 {
		t.Errorf("faults are %q", got)
	}
}

// filledRecord gives a record of d in which every field is filled, each text
// with its own path.
func filledRecord(d *Declaration) any {
	v := reflect.New(d.typ)
	fillAll(v.Elem(), "")
	return v.Interface()
}

func fillAll(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("t:" + path)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(7.5)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fillAll(v.Index(i), path+"."+string(rune('0'+i)))
		}
	case reflect.Map:
		content := reflect.New(v.Type().Elem()).Elem()
		fillAll(content, path+".k")
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("k").Convert(v.Type().Key()), content)
	case reflect.Struct:
		if t, ok := v.Addr().Interface().(*time.Time); ok {
			*t = time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
			return
		}
		for i := range v.NumField() {
			if name := JSONName(v.Type().Field(i)); name != "" && v.Field(i).CanSet() {
				fillAll(v.Field(i), strings.TrimPrefix(path+"."+name, "."))
			}
		}
	}
}

func TestTextsAndStringsReachEveryText(t *testing.T) {
	for _, d := range aggregates {
		record := filledRecord(d)
		raw, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Count(string(raw), `"t:`)
		var texts int
		d.Texts(record, func(at TextAt) {
			texts++
			if *at.Text != "t:"+at.Path && at.Field.Kind != FieldMoney {
				t.Errorf("%s: %s is handed over as %s", d.Name, *at.Text, at.Path)
			}
			*at.Text = strings.ToUpper(*at.Text)
		})
		money := strings.Count(string(raw), `"currency":`)
		if texts != want-money {
			t.Errorf("%s: %d texts of %d", d.Name, texts, want-money)
		}
		var strs int
		out := d.Strings(raw, func(s StringAt) string {
			if !strings.HasPrefix(s.Value, "t:") {
				return s.Value
			}
			strs++
			if s.Value != "t:"+s.Path || s.Field == nil {
				t.Errorf("%s: %s is handed over as %s", d.Name, s.Value, s.Path)
			}
			if s.Field.Kind == FieldMoney {
				return s.Value
			}
			return strings.ToUpper(s.Value)
		})
		if strs != want {
			t.Errorf("%s: %d strings of %d", d.Name, strs, want)
		}
		changed, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		if string(changed) != string(out) {
			t.Errorf("%s: what was written through the texts is\n%s\nand through the JSON\n%s", d.Name, changed, out)
		}
	}
}

func TestStringsLeavesTheRestAlone(t *testing.T) {
	raw := json.RawMessage(`{ "notes" : "a\"b", "title":"Été", "x": [1, null, {"y":"é"}], "contacts":[{"name":"N\\"}] }`)
	var seen []string
	same := DeclaredPartnership.Strings(raw, func(s StringAt) string {
		label := "?"
		if s.Field != nil {
			label = s.Field.Label
		}
		seen = append(seen, s.Path+"="+label+"="+s.Value)
		return s.Value
	})
	if string(same) != string(raw) {
		t.Errorf("changed: %s", same)
	}
	want := `notes=Notes=a"b title=Titre=Été x.2.y=?=é contacts.0.name=Nom=N\`
	if got := strings.Join(seen, " "); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	out := DeclaredPartnership.Strings(raw, func(s StringAt) string { return strings.ReplaceAll(s.Value, "é", "<&") })
	if want := strings.ReplaceAll(string(raw), `é`, `<&`); string(out) != want {
		t.Errorf("%s\nwant %s", out, want)
	}
	for cut := range raw { // a broken body does no harm
		DeclaredPartnership.Strings(raw[:cut], func(s StringAt) string { return s.Value })
	}
}

func TestFieldsReadAndWrite(t *testing.T) {
	for d := range declared() {
		a, empty := filledRecord(d), d.Blank()
		for _, f := range d.Fields {
			if !f.Filled(a) || f.Filled(empty) || f.Same(a, empty) {
				t.Errorf("%s.%s is filled, or not, against what it holds", d.Name, f.Name)
			}
			b := d.Blank()
			f.Copy(b, a)
			if !f.Same(a, b) || !reflect.DeepEqual(f.Value(a), f.Value(b)) {
				t.Errorf("%s.%s is not copied", d.Name, f.Name)
			}
			if f.Clear(b); f.Filled(b) {
				t.Errorf("%s.%s is not cleared", d.Name, f.Name)
			}
			if !f.Has(Kept) && f.Words(a, Names{}) == "" {
				t.Errorf("%s.%s has no words", d.Name, f.Name)
			}
		}
	}
	p := Partnership{Projects: []Project{{Themes: []string{"1"}}}}
	var q Partnership
	DeclaredPartnership.Field("projects").Copy(&q, &p)
	q.Projects[0].Themes[0] = "2"
	if p.Projects[0].Themes[0] != "1" {
		t.Error("a copy shares its lists")
	}
	if f := DeclaredPartnership.At("projects.2.funding.0.amount"); f == nil || f.Label != "Montant" {
		t.Errorf("by its path: %v", f)
	}
	if f := DeclaredPartnership.At("projects.2.nothing"); f == nil || f.Label != "Projets" {
		t.Errorf("by a path too long: %v", f)
	}
}

func TestWordsOfElements(t *testing.T) {
	n := Names{Authority: func(id ID) *Authority {
		return map[ID]*Authority{"a": {Name: "Lille", Country: "FR", Departement: "Nord"}}[id]
	}, Theme: func(string) string { return "Eau" }}
	for _, c := range []struct{ field, raw, want string }{
		{"parties", `[{"authority":"a","side":"france","lead":true},{"authority":"b","side":"etranger"}]`,
			"Lille (Nord), chef de file ; collectivité inconnue"},
		{"projects",
			`[{"id":"x","title":"Puits","themes":["3"],"start":"2020-05","budget":{"cents":100000,"currency":"EUR"},"funding":[{"funder":"AFD","kind":"ficol"}]}]`,
			"Puits – thématiques : Eau, début : 05/2020, 1\u202f000\u00a0€, financements : AFD – AFD – FICOL"},
		{"contacts", `[{"id":"x","side":"france","name":"Rose Puce","role":"Maire","email":"r@p.fr","objected":true}]`,
			"Rose Puce – côté : France, Maire, r@p.fr, opposition à la publication : oui"},
		{"conventions", `[{"title":"Pacte","signed":"2012-05-03","media":"abc"}]`, "Pacte – 03/05/2012, fichier : fichier joint"},
		{"type", `"jumelage"`, "Jumelage"}, {"verified", `"2026-01-02"`, "02/01/2026"}, {"distinct", `["abc"]`, "fiche qui n’est plus là"},
		{"status", `["x"]`, "(illisible)"}, {"notes", `null`, ""},
	} {
		if got := DeclaredPartnership.Field(c.field).WordsOf(json.RawMessage(c.raw), n); got != c.want {
			t.Errorf("%s: %q, want %q", c.field, got, c.want)
		}
	}
}
