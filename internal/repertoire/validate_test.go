package repertoire

import (
	"encoding/json"
	"testing"
)

// valid makes a partnership that no rule has anything to say of; each test
// changes the one thing it is about.
func valid(change func(*Partnership)) *Partnership {
	p := &Partnership{
		Directories: []string{"senegal"}, Type: TypeTwinning, Status: StatusActive, Themes: []string{"3.1.1"},
		Parties:  []Party{{Authority: "lille", Side: SideFrench, Lead: true}, {Authority: "saint-louis", Side: SideForeign, Lead: true}},
		Start:    "1978",
		Projects: []Project{{Title: "Puits", Budget: Euros(10), Funding: []Funding{{Funder: "AFD", Amount: Euros(10)}}}},
		Contacts: []Contact{{Name: "A. Sarr", Email: "a.sarr@example.org", Phone: "+33 3 20 00 00 00"}},
		Links:    []Link{{URL: "https://www.example.org/a"}},
	}
	if change != nil {
		change(p)
	}
	return p
}

var known = Known{
	Theme: func(code string) bool { return code == "3.1.1" },
	Authority: func(id ID) *Authority {
		return map[ID]*Authority{"lille": {Name: "Lille", Country: "FR"}, "saint-louis": {Name: "Saint-Louis", Country: "SN"}}[id]
	},
	Directory: func(slug string) bool { return slug == "senegal" },
}

func TestValidateRules(t *testing.T) {
	if f := valid(nil).Validate(known); len(f) != 0 {
		t.Fatalf("a valid partnership has findings: %v", f)
	}
	for name, c := range map[string]struct {
		change   func(*Partnership)
		field    string
		severity Severity
	}{
		"no French party":      {func(p *Partnership) { p.Parties = p.Parties[1:] }, "parties", SeverityRefuse},
		"no foreign party":     {func(p *Partnership) { p.Parties = p.Parties[:1] }, "parties", SeverityRefuse},
		"unknown party":        {func(p *Partnership) { p.Parties[1].Authority = "?" }, "parties.1", SeverityRefuse},
		"party on wrong side":  {func(p *Partnership) { p.Parties[1].Authority = "lille" }, "parties.1", SeverityRefuse},
		"no directory":         {func(p *Partnership) { p.Directories = nil }, "directories", SeverityRefuse},
		"unknown directory":    {func(p *Partnership) { p.Directories = []string{"mali"} }, "directories", SeverityRefuse},
		"unknown type":         {func(p *Partnership) { p.Type = "amour" }, "type", SeverityRefuse},
		"unknown theme":        {func(p *Partnership) { p.Themes = []string{"99"} }, "themes", SeverityRefuse},
		"theme twice":          {func(p *Partnership) { p.Themes = []string{"3.1.1", "3.1.1"} }, "themes", SeverityRefuse},
		"active, no theme":     {func(p *Partnership) { p.Themes = nil }, "themes", SeverityWarn},
		"end before start":     {func(p *Partnership) { p.End = "1977-12" }, "end", SeverityRefuse},
		"impossible date":      {func(p *Partnership) { p.Start = "2023-02-30" }, "start", SeverityRefuse},
		"ended without a date": {func(p *Partnership) { p.Status = StatusEnded }, "end", SeverityWarn},
		"amount, no currency":  {func(p *Partnership) { p.Projects[0].Budget.Currency = "" }, "projects.0.budget", SeverityRefuse},
		"funding over budget":  {func(p *Partnership) { p.Projects[0].Funding[0].Amount = Euros(11) }, "projects.0.budget", SeverityWarn},
		"funder missing": {func(p *Partnership) { p.Projects[0].Funding[0].Funder = " " }, "projects.0.funding.0.funder",
			SeverityRefuse},
		"bad e-mail":     {func(p *Partnership) { p.Contacts[0].Email = "a.sarr@example" }, "contacts.0.email", SeverityRefuse},
		"bad phone":      {func(p *Partnership) { p.Contacts[0].Phone = "appeler Ana" }, "contacts.0.phone", SeverityWarn},
		"bad link":       {func(p *Partnership) { p.Links[0].URL = "www.example.org" }, "links.0.url", SeverityRefuse},
		"no legal basis": {func(p *Partnership) { p.Contacts[0].PublishName = true }, "contacts.0.legal_basis", SeverityWarn},
	} {
		f := valid(c.change).Validate(known)
		found := false
		for _, x := range f {
			found = found || x.Field == c.field && x.Severity == c.severity
		}
		if !found {
			t.Errorf("%s: want a finding (%s) on %s, have %v", name, c.severity, c.field, f)
		}
		if Stops(f) != (c.severity == SeverityRefuse) {
			t.Errorf("%s: Stops is wrong for %v", name, f)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	for s, want := range map[string]bool{"215903501": true, "215903502": false, "21590350": false, "21590350a": false} {
		if ValidSIREN(s) != want {
			t.Errorf("ValidSIREN(%q) is not %v", s, want)
		}
	}
	for s, want := range map[string]bool{"21590350100017": true, "21590350100018": false, "35600000000048": true, "35600000049837": true} {
		if ValidSIRET(s) != want {
			t.Errorf("ValidSIRET(%q) is not %v", s, want)
		}
	}
}

func TestContactPublished(t *testing.T) {
	full := Contact{Name: "N", Email: "e@x.fr", Phone: "01", PublishName: true, Proof: "mail", LegalBasis: "consentement"}
	got, ok := full.Published()
	if !ok || got.Email != "" || got.Phone != "" || got.Proof != "" {
		t.Errorf("only the name may be published, have %+v %v", got, ok)
	}
	full.Objected = true
	if _, ok := full.Published(); ok {
		t.Error("an objection must win")
	}
	if _, ok := (Contact{Name: "N", Email: "e@x.fr", PublishEmail: true}).Published(); ok {
		t.Error("an e-mail must not be published without its name")
	}
}

func TestCompare(t *testing.T) {
	got, err := Compare(json.RawMessage(`{"version":1,"title":"a","status":"actif"}`),
		json.RawMessage(`{"version":2,"title":"b","notes":"n"}`))
	if err != nil || len(got) != 3 || got[0].Name != "notes" || got[1].Name != "status" || got[2].Name != "title" {
		t.Errorf("differences are %v, %v", got, err)
	}
}

func TestChoicesParse(t *testing.T) {
	for in, want := range map[string]Type{"Jumelage": TypeTwinning, "COOPERATION DECENTRALISEE": TypeCooperation,
		"pacte d'amitié": TypeFriendship, "": ""} {
		if got, ok := Types.Parse(in); !ok || got != want {
			t.Errorf("Types.Parse(%q) = %q, %v", in, got, ok)
		}
	}
	if _, ok := Types.Parse("mariage"); ok {
		t.Error("an unknown type must not be accepted")
	}
}
