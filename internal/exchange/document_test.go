package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"repertoire/internal/exchange"
	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

func planDocument(t *testing.T, r exchange.Resolver, data []byte, existing []repertoire.Partnership) exchange.Plan {
	t.Helper()
	table, err := exchange.Read("e.json", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p, err := exchange.NewPlan(t.Context(), table, exchange.Guess(table.Headings), r, existing, exchange.Options{Directory: "japon"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The samples leave as JSON and come back unchanged, into their own base and,
// after a first time, into an empty one.
func TestDocumentComesBack(t *testing.T) {
	known, set := samples(t)
	var file bytes.Buffer
	if _, err := exchange.Write(&file, exchange.JSON, set.Partnerships, known.Names()); err != nil {
		t.Fatal(err)
	}
	p := planDocument(t, known, file.Bytes(), set.Partnerships)
	if p.Unchanged != len(set.Partnerships) || p.Rows != len(set.Partnerships) {
		t.Errorf("unchanged %d of %d, rejected %v", p.Unchanged, len(set.Partnerships), p.Rejected)
	}
	empty := exchange.NewKnown(reference.Open(), exchange.Base{Directories: set.Directories})
	p = planDocument(t, empty, file.Bytes(), nil)
	if len(p.Added) != len(set.Partnerships) || len(p.Authorities) == 0 {
		t.Fatalf("added %d, authorities %d, rejected %v", len(p.Added), len(p.Authorities), p.Rejected)
	}
	var there []repertoire.Partnership
	for _, a := range p.Added {
		there = append(there, a.Partnership)
		for _, c := range a.Partnership.Contacts {
			if _, ok := c.Published(); !ok {
				t.Errorf("%s agreed to be published, and the colleague's own file says so", c.Name)
			}
		}
	}
	filled := exchange.NewKnown(reference.Open(), exchange.Base{Directories: set.Directories, Authorities: p.Authorities})
	again := planDocument(t, filled, file.Bytes(), there)
	if again.Unchanged != len(there) {
		t.Errorf("second time: unchanged %d of %d, updated %d, rejected %v", again.Unchanged, len(there), len(again.Updated),
			again.Rejected)
	}
}

func TestDocumentChangesAndKeeps(t *testing.T) {
	known, set := samples(t)
	i := len(set.Partnerships) - 6 // an invented one, with everything
	var file bytes.Buffer
	if _, err := exchange.Write(&file, exchange.JSON, set.Partnerships[i:i+1], known.Names()); err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(file.String(), `"status": "actif"`, `"status": "en-sommeil"`, 1)
	start := strings.Index(edited, `"history": `)
	end := strings.Index(edited[start:], "\n") + start
	edited = edited[:start] + edited[end+1:] // a field left out erases nothing
	p := planDocument(t, known, []byte(edited), set.Partnerships)
	if len(p.Updated) != 1 || len(p.Rejected) != 0 {
		t.Fatalf("%+v", p.Rejected)
	}
	u := p.Updated[0]
	if u.After.Status != repertoire.StatusDormant || u.After.History == "" || u.Before.Status != repertoire.StatusActive ||
		len(u.After.Contacts) != len(u.Before.Contacts) {
		t.Errorf("status %s, history %d bytes, %d contacts of %d", u.After.Status, len(u.After.History), len(u.After.Contacts),
			len(u.Before.Contacts))
	}
	for j := range u.Before.Contacts {
		if u.After.Contacts[j] != u.Before.Contacts[j] {
			t.Errorf("contact %s changed", u.Before.Contacts[j].Name)
		}
	}
}

// A file that somebody edited proves no agreement: permissions are set aside
// and counted; a proof given by the officer restores them.
func TestPermissionsOfAnAlteredFileAreSetAside(t *testing.T) {
	known, set := samples(t)
	var file bytes.Buffer
	if _, err := exchange.Write(&file, exchange.JSON, set.Partnerships, known.Names()); err != nil {
		t.Fatal(err)
	}
	table, err := exchange.Read("e.json", strings.NewReader(strings.Replace(file.String(), "\"status\": \"actif\"",
		"\"status\": \"en-sommeil\"", 1)))
	if err != nil {
		t.Fatal(err)
	}
	empty := exchange.NewKnown(reference.Open(), exchange.Base{Directories: set.Directories})
	for proof, want := range map[string]exchange.Consents{"": {SetAside: 1}, "courriel du 3 mai": {Restored: 1}} {
		p, err := exchange.NewPlan(t.Context(), table, nil, empty, nil, exchange.Options{Directory: "japon", Proof: proof})
		if err != nil {
			t.Fatal(err)
		}
		if p.Consents.Kept != 0 || (p.Consents.SetAside > 0) != (want.SetAside > 0) || (p.Consents.Restored > 0) != (want.Restored > 0) {
			t.Errorf("%q: %+v", proof, p.Consents)
		}
		for _, a := range p.Added {
			for _, c := range a.Partnership.Contacts {
				if _, ok := c.Published(); ok != (proof != "") || ok && c.Proof != proof {
					t.Fatalf("%q: %+v", proof, c)
				}
			}
		}
	}
}

func TestDocumentRefused(t *testing.T) {
	for _, data := range []string{`{`, `{"format":"autre"}`, `{"format":"repertoire","version":9}`,
		`{"format":"repertoire","version":1,"partnerships":[{"first_year":"x"}]}`} {
		if _, err := exchange.Read("e.json", strings.NewReader(data)); repertoire.KindOf(err) != repertoire.Damaged {
			t.Errorf("%s: %v", data, err)
		}
	}
	known, set := samples(t)
	p := planDocument(t, known,
		[]byte(`{"format":"repertoire","version":1,"partnerships":[{"id":"x","parties":[{"authority":"inconnue","side":"france"}]}, {"id":"y"}]}`), set.Partnerships)
	if len(p.Rejected) != 2 || len(p.Added) != 0 {
		t.Errorf("%+v", p)
	}
}

func FuzzDocument(f *testing.F) {
	f.Add([]byte(
		`{"format":"repertoire","version":1,"authorities":[{"id":"a","name":"A","country":"SN"}],"partnerships":[{"parties":[{"authority":"a","side":"etranger"}]}]}`))
	w := newWorld()
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := exchange.Read("e.json", bytes.NewReader(append([]byte("{"), data...)))
		if err != nil {
			return
		}
		p, err := exchange.NewPlan(t.Context(), table, nil, w, nil, exchange.Options{Directory: "senegal"})
		if err != nil {
			t.Fatal(err)
		}
		if p.Unchanged+len(p.Added)+len(p.Updated)+len(p.Rejected) != p.Rows {
			t.Fatalf("%d rows are not all told of", p.Rows)
		}
	})
}
