package edition

import (
	"testing"
	"time"

	"repertoire/internal/repertoire"
)

var day = time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC)

// lille and its fellows are enough of a base.
func base() ([]repertoire.Partnership, map[repertoire.ID]repertoire.Authority) {
	authorities := map[repertoire.ID]repertoire.Authority{
		"lille":   {ID: "lille", Version: 3, Name: "Lille", Country: "FR", Notes: "secret du bureau"},
		"stlouis": {ID: "stlouis", Name: "Saint-Louis", Country: "SN"},
		"thies":   {ID: "thies", Name: "Thiès", Country: "SN"},
	}
	pair := func(id, a, b repertoire.ID) repertoire.Partnership {
		return repertoire.Partnership{ID: id, Version: 7, Directories: []string{"senegal"}, Themes: []string{"3.1"},
			Objectives: "De l’eau.",
			Parties: []repertoire.Party{{Authority: a, Side: repertoire.SideFrench, Lead: true},
				{Authority: b, Side: repertoire.SideForeign, Lead: true}},
			Created: day, Updated: day, Notes: "note interne",
			Confirmations: map[string]repertoire.Confirmation{"themes": {At: day, By: "Confirmatrice"}},
			Contacts: []repertoire.Contact{
				{ID: "c1", Name: "Awa Publiable", PublishName: true, Email: "cachee@exemple.org", Proof: "lettre du 3"},
				{ID: "c2", Name: "Jean Retenu"}, {ID: "c3", Name: "Paule Opposée", PublishName: true, Objected: true},
			}}
	}
	return []repertoire.Partnership{pair("p2", "lille", "thies"), pair("p1", "lille", "stlouis")}, authorities
}

// frozen is a snapshot of the base as change left it.
func frozen(label string, change func(*[]repertoire.Partnership)) *Snapshot {
	list, authorities := base()
	if change != nil {
		change(&list)
	}
	s := &Snapshot{Label: label, Frozen: "2026-09-01", Data: "2026-08-30", Program: "v1",
		Directory: repertoire.Directory{ID: "d", Slug: "senegal", Title: "Sénégal"}}
	s.Fill(Public(list, authorities), nil, func(code string) (repertoire.Theme, bool) {
		return repertoire.Theme{Code: code, Label: "thème " + code}, true
	})
	return s
}

func put(t *testing.T, folder *Folder, s *Snapshot, at time.Time) Item {
	t.Helper()
	item, _, err := folder.Put(s, nil, at, "Zoé")
	if err != nil {
		t.Fatal(err)
	}
	return item
}
