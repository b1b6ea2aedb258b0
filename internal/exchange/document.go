package exchange

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"repertoire/internal/repertoire"
)

// Document is the JSON export: whole records and the authorities they name.
type Document struct {
	Format       string                   `json:"format"`  // "repertoire"
	Version      int                      `json:"version"` // 1
	Authorities  []repertoire.Authority   `json:"authorities"`
	Partnerships []repertoire.Partnership `json:"partnerships"`
	// Checksum tells a file that nobody altered since the program wrote it:
	// only then do the permissions to publish it carries still hold.
	Checksum string `json:"checksum,omitempty"`
}

// sum computes the checksum of what the document holds.
func (d Document) sum() (string, error) {
	d.Checksum = ""
	raw, err := json.Marshal(d)
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256(append([]byte(documentSeal), raw...))
	return hex.EncodeToString(hash[:]), nil
}

// untouched tells whether the document is as the program wrote it.
func (d Document) untouched() bool {
	sum, err := d.sum()
	return err == nil && d.Checksum != "" && sum == d.Checksum
}

const documentFormat, documentVersion = "repertoire", 1

// documentSeal begins what the checksum is made of.
const documentSeal = "repertoire document 1\n"

func readDocument(name string, data []byte) (Table, error) {
	var doc Document
	if err := json.Unmarshal(data, &doc); err != nil {
		return Table{}, repertoire.Damage(name, err, "Le fichier « %s » n’est pas un JSON lisible : rien n’a été importé.", name)
	}
	if doc.Format != documentFormat {
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » est un JSON, mais pas un export de Répertoire : rien n’a été importé.", name)
	}
	if doc.Version > documentVersion {
		return Table{}, repertoire.Damage(name, nil,
			"Le fichier « %s » vient d’une version plus récente du programme : mettez-le à jour, puis recommencez.", name)
	}
	return Table{Name: name, Encoding: "UTF-8", Document: &doc}, nil
}

// runDocument plans the records of a JSON export as rows are planned: row n is
// the n-th record. What a record leaves empty is not erased.
func (p *planner) runDocument(ctx context.Context) error {
	doc := p.table.Document
	p.trusted = doc.untouched()
	here := p.settleAuthorities(doc.Authorities)
	claimed := map[repertoire.ID]int{}
	for i := range doc.Partnerships {
		if err := p.step(ctx, i, len(doc.Partnerships), "Comparaison avec le dossier"); err != nil {
			return err
		}
		p.settleRecord(i+1, doc.Partnerships[i], here, claimed)
	}
	p.plan.Authorities = p.resolver.needed()
	p.warnNear(ctx)
	if n := p.plan.Consents.SetAside; n > 0 {
		p.plan.Warnings = append(p.plan.Warnings, Rejection{Row: 1, Reason: fmt.Sprintf(
			"Le fichier a été modifié, ou ne vient pas de ce programme : les autorisations de publier de %d personne(s) ont été mises de côté. Donnez une preuve de leur accord pour les rétablir.", n)})
	}
	return ctx.Err()
}

// settleAuthorities says which authority of the base each one of the file is:
// the same ID, else the only one of the base with the same code, or of the
// same name and kind. One that the base does not have comes in as it is: the
// reference changes nothing in a record somebody wrote.
func (p *planner) settleAuthorities(list []repertoire.Authority) map[repertoire.ID]repertoire.ID {
	here := map[repertoire.ID]repertoire.ID{}
	for _, a := range list {
		if p.resolver.Authority(a.ID) != nil {
			here[a.ID] = a.ID
			continue
		}
		if same, ok := p.ofTheBase(a); ok {
			here[a.ID] = same
			continue
		}
		if _, ok := p.resolver.Country(a.Country); !ok || a.ID == "" || repertoire.Stops(a.Validate(repertoire.Known{})) {
			continue // its partnerships are refused: a party is unknown
		}
		a.Version = 0
		p.resolver.keep(a)
		p.resolver.made[a.ID] = true
		here[a.ID] = a.ID
	}
	return here
}

// ofTheBase finds the one authority of the base that is the same under another
// identifier.
func (p *planner) ofTheBase(a repertoire.Authority) (repertoire.ID, bool) {
	var same []repertoire.Authority
	switch {
	case !a.French():
		same = slices.DeleteFunc(p.resolver.Foreign(a.Country, a.Name), func(b repertoire.Authority) bool {
			return b.Name != a.Name || b.Region != a.Region && b.Region != "" && a.Region != ""
		})
	case a.INSEE != "":
		same = p.resolver.French(FrenchQuery{INSEE: a.INSEE, Level: a.Level})
	case a.SIREN != "":
		same = p.resolver.French(FrenchQuery{SIREN: a.SIREN})
	}
	same = slices.DeleteFunc(same, func(b repertoire.Authority) bool {
		return p.resolver.Authority(b.ID) == nil || b.Level != a.Level || b.Fictitious != a.Fictitious
	})
	if len(same) != 1 {
		return "", false
	}
	return same[0].ID, true
}

func (p *planner) settleRecord(row int, in repertoire.Partnership, here map[repertoire.ID]repertoire.ID, claimed map[repertoire.ID]int) {
	reject := func(format string, args ...any) {
		p.plan.Rejected = append(p.plan.Rejected, Rejection{Row: row, Reason: fmt.Sprintf(format, args...)})
	}
	in.Parties = slices.Clone(in.Parties)
	for i, q := range in.Parties {
		if id, ok := here[q.Authority]; ok {
			in.Parties[i].Authority = id
		}
	}
	in.Directories = p.directoriesOf(in.Directories)
	target, found := p.base.byID[in.ID]
	if !found {
		pair := p.base.byPair[pairKey(in.PartiesOn(repertoire.SideFrench), in.PartiesOn(repertoire.SideForeign))]
		if i := slices.IndexFunc(pair, func(r int) bool { return p.base.records[r].Type == in.Type }); i >= 0 {
			target, found = pair[i], true
		}
	}
	if !found && !uuidLike(string(in.ID)) {
		in.ID = p.opt.NewID()
	}
	key := in.ID
	if found {
		key = p.base.records[target].ID
	}
	if first := claimed[key]; first != 0 {
		reject("La fiche fait double emploi avec la fiche %d : même partenariat.", first)
		return
	}
	claimed[key] = row
	if !found {
		in.Version, in.Notes, in.Confirmations = 0, "", nil
		if in.Created.IsZero() || in.Updated.IsZero() {
			in.Created, in.Updated = p.opt.At, p.opt.At
		}
		in.Contacts = p.newcomers(nil, in.Contacts)
		if reasons := p.refusals(&in); len(reasons) > 0 {
			reject("%s", reasons[0])
			return
		}
		p.keep(&candidate{number: row, target: -1}, repertoire.Partnership{}, in, true)
		return
	}
	before := p.whole(target)
	after, changed, err := p.merge(before, in)
	if err != nil {
		reject("La fiche n’a pas pu être comparée à celle du dossier.")
		return
	}
	if !changed {
		p.keep(&candidate{number: row, target: target}, before, after, false)
		return
	}
	if reasons := p.refusals(&after); len(reasons) > 0 {
		reject("%s", reasons[0])
		return
	}
	p.keep(&candidate{number: row, target: target}, before, after, true)
}

// refusals applies the rules of the domain to a whole record.
func (p *planner) refusals(record *repertoire.Partnership) []string {
	var out []string
	for _, f := range record.Validate(repertoire.Known{Authority: p.resolver.authority}) {
		if f.Severity == repertoire.SeverityRefuse {
			out = append(out, f.Message)
		}
	}
	return out
}

// directoriesOf keeps the répertoires that exist here, else the one the import
// is for.
func (p *planner) directoriesOf(slugs []string) []string {
	var out []string
	for _, s := range slugs {
		if slug, ok := p.resolver.Directory(s); ok && !slices.Contains(out, slug) {
			out = append(out, slug)
		}
	}
	if len(out) == 0 && p.opt.Directory != "" {
		out = []string{p.opt.Directory}
	}
	return out
}

// merge puts each field that the file fills, and fills otherwise, into the
// record. Contacts are completed, never taken away: the export left some out.
func (p *planner) merge(before, in repertoire.Partnership) (repertoire.Partnership, bool, error) {
	shown := publishable(before)
	shown.Contacts, in.Contacts = nil, p.newcomers(before.Contacts, in.Contacts)
	contacts := in.Contacts
	in.Contacts, in.Notes = nil, ""
	for _, slug := range before.Directories {
		if !slices.Contains(in.Directories, slug) {
			in.Directories = append(slices.Clone(before.Directories), in.Directories...)
			break
		}
	}
	in.Directories = unique(in.Directories)
	if len(in.Directories) == len(shown.Directories) {
		in.Directories = shown.Directories // the same ones: their order is the base's
	}
	old, err := json.Marshal(shown)
	if err != nil {
		return before, false, err
	}
	next, err := json.Marshal(in)
	if err != nil {
		return before, false, err
	}
	fields, err := repertoire.Compare(old, next)
	if err != nil {
		return before, false, err
	}
	after := before
	w := writer{planner: p, record: &after, old: true}
	patch := map[string]json.RawMessage{}
	for _, f := range fields {
		if f.After != nil && !bytes.Equal(f.After, []byte("null")) {
			patch[f.Name] = f.After
		}
	}
	if len(patch) > 0 {
		raw, err := json.Marshal(patch)
		if err != nil {
			return before, false, err
		}
		// Unmarshalling into a list reuses its array, which the record
		// before still holds: start those fields afresh.
		if err := json.Unmarshal(raw, fresh(&after, patch)); err != nil {
			return before, false, err
		}
		for name := range patch {
			w.touch(name)
		}
	}
	if !slices.Equal(contacts, before.Contacts) {
		after.Contacts = contacts
		w.touch("contacts")
	}
	if w.changed {
		after.Updated = p.opt.At
	}
	return after, w.changed, nil
}

// fresh empties the lists that a patch replaces.
func fresh(r *repertoire.Partnership, patch map[string]json.RawMessage) *repertoire.Partnership {
	for name := range patch {
		if f := repertoire.DeclaredPartnership.Field(name); f != nil && f.Many {
			f.Clear(r)
		}
	}
	return r
}

// newcomers gives the contacts with what the file brings: known people are
// completed, unless they objected; new ones may be published only when the file
// is the program's own and unaltered, or when the officer gives a proof.
func (p *planner) newcomers(known, in []repertoire.Contact) []repertoire.Contact {
	out := slices.Clone(known)
	for _, c := range in {
		i := slices.IndexFunc(out, func(o repertoire.Contact) bool { return c.ID != "" && o.ID == c.ID })
		if i < 0 {
			i = slices.IndexFunc(out, func(o repertoire.Contact) bool {
				return o.Side == c.Side && o.Elected == c.Elected && sameName(o.Name, c.Name)
			})
		}
		if i >= 0 {
			if !out[i].Objected {
				out[i].Name, out[i].Role = either(c.Name, out[i].Name), either(c.Role, out[i].Role)
				out[i].Email, out[i].Phone = either(c.Email, out[i].Email), either(c.Phone, out[i].Phone)
			}
			continue
		}
		p.consent(&c)
		if !uuidLike(string(c.ID)) {
			c.ID = p.opt.NewID()
		}
		out = append(out, c)
	}
	return out
}

// consent keeps what a contact of a file allows, or sets it aside and counts it.
func (p *planner) consent(c *repertoire.Contact) {
	if !c.PublishName && !c.PublishEmail && !c.PublishPhone {
		return
	}
	switch {
	case p.trusted:
		p.plan.Consents.Kept++
		c.Proof = "" // it stays with the colleague who has it
	case p.opt.Proof != "":
		p.plan.Consents.Restored++
		c.Proof = p.opt.Proof
	default:
		p.plan.Consents.SetAside++
		c.PublishName, c.PublishEmail, c.PublishPhone, c.LegalBasis, c.AgreedOn, c.Proof = false, false, false, "", "", ""
	}
}

// Consents counts the people whose permission to be published a file carried.
type Consents struct {
	Kept     int `json:"kept"`      // the file is the program's own, unaltered
	Restored int `json:"restored"`  // on the proof given
	SetAside int `json:"set_aside"` // nothing proves them
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
