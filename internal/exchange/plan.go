package exchange

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"repertoire/internal/repertoire"
)

// Resolver tells what the workspace and the reference data know. Texts come as
// typed, trimmed; case and accents are the resolver's work. Answers must not
// change while a plan is made.
type Resolver interface {
	// Authority gives an authority of the base, nil when there is none.
	Authority(repertoire.ID) *repertoire.Authority
	// French lists the French authorities that answer the query, those of
	// the base first, the same ID once. An INSEE code or a SIREN alone
	// decides; else the name does (usual name, native or other names), and
	// Departement and Level are left to the caller.
	French(FrenchQuery) []repertoire.Authority
	// Foreign lists the authorities of a country (ISO code) that bear the
	// name, likely ones first.
	Foreign(country, name string) []repertoire.Authority
	// ForeignIn lists the authorities of a country that are in the base.
	ForeignIn(country string) []repertoire.Authority
	// Country reads a country's name or ISO code.
	Country(text string) (iso string, ok bool)
	// CountryName gives the French name of an ISO code.
	CountryName(iso string) string
	// Theme reads a theme's code or label.
	Theme(text string) (code string, ok bool)
	// ThemeLabel gives the label of a code.
	ThemeLabel(code string) string
	// Directory reads a répertoire's slug, title or short name.
	Directory(text string) (slug string, ok bool)
}

// FrenchQuery asks for French authorities: by INSEE code, else by SIREN, else
// by name.
type FrenchQuery struct {
	INSEE string
	SIREN string
	Name  string
	// Level tells apart the codes and names that levels share ("59" the
	// département, "Paris" the commune); "" for any.
	Level repertoire.Level
}

// Options says where and for whom rows are taken in.
type Options struct {
	Directory string    // slug of the répertoire rows are put in
	Country   string    // ISO code for rows without a country; "" for none
	Countries []string  // ISO codes of the répertoire; rows of others get a remark; nil for any
	Author    string    // for the record's provenance
	At        time.Time // the same moment for the whole import
	// Group takes rows of the same authorities and type for one partnership: a
	// file with a row a project (Atlas).
	Group bool
	// Decisions says what to do with rows, by their number, where the plan's
	// own choice is not wanted.
	Decisions map[int]Decision
	// NewID makes the IDs of new records; nil for repertoire.NewID.
	NewID    func() repertoire.ID
	Progress func(done, total int, label string) // may be nil
}

// Decision is what a person wants done with a row.
type Decision string

// The decisions; "" leaves it to the plan: a known partnership is updated,
// another one is added.
const (
	DecideNew   Decision = "new"   // a new partnership, whatever the base has
	DecideLeave Decision = "leave" // the row is left out
)

// Plan is what an import would do. Nothing is written yet.
type Plan struct {
	Rows int // rows with something in them, headings left out
	// Added and Updated are ready to be written; Authorities are those that
	// must be written with them.
	Added       []Addition
	Updated     []Update
	Authorities []repertoire.Authority
	Unchanged   int
	Same        []Update    // the unchanged ones: Before and After are alike
	Left        []int       // rows that a person left out
	Grouped     int         // rows put together with an earlier one
	Twins       int         // rows refused because an earlier one speaks of the same partnership
	Rejected    []Rejection // sorted by row
	Warnings    []Rejection // remarks on rows that are taken
	Columns     Mapping     // heading -> field as understood
	Unmapped    []string    // headings that are not taken
}

// Addition is a new partnership.
type Addition struct {
	Row         int
	Partnership repertoire.Partnership
}

// Update is a partnership that a row changes; Before has the version the plan
// was made against.
type Update struct {
	Row           int
	Before, After repertoire.Partnership
}

// NewPlan compares the rows of a table with the base. existing are all live
// partnerships of the base, of every répertoire. An error means that the table
// as a whole cannot be taken; rows that cannot are in Plan.Rejected. The
// mapping is not asked for a JSON export.
func NewPlan(ctx context.Context, t Table, m Mapping, r Resolver, existing []repertoire.Partnership, opt Options) (Plan, error) {
	var at map[Field][]int
	if t.Document == nil {
		var err error
		if at, err = m.lookup(t.Headings); err != nil {
			return Plan{}, err
		}
	}
	if opt.NewID == nil {
		opt.NewID = repertoire.NewID
	}
	if opt.Progress == nil {
		opt.Progress = func(int, int, string) {}
	}
	p := planner{table: t, at: at, opt: opt, resolver: newResolving(r, opt), base: newBase(existing),
		plan: Plan{Rows: len(t.Rows) + len(t.Broken), Columns: m, Rejected: append([]Rejection{}, t.Broken...)}}
	for _, h := range t.Headings {
		if f := m[h]; h != "" && (f == "" || f == FieldIgnored) {
			p.plan.Unmapped = append(p.plan.Unmapped, h)
		}
	}
	run := p.run
	if t.Document != nil {
		p.plan.Rows, run = len(t.Document.Partnerships), p.runDocument
	}
	if err := run(ctx); err != nil {
		return Plan{}, err
	}
	return p.plan, nil
}

// planner holds the state of one plan.
type planner struct {
	table    Table
	at       map[Field][]int
	opt      Options
	resolver *resolving
	base     *base
	plan     Plan
	// elsewhere are the rows that name another répertoire than the one the
	// import is for.
	elsewhere []int
}

// candidate is a row on its way: what it says of the parties, and the existing
// partnership it speaks of (-1 when none is known yet).
type candidate struct {
	row     TableRow
	parties parties
	target  int
	byID    bool
	reasons []string // why it is refused
	left    bool     // a person does not want it
	// twin is the row that already spoke of the same partnership, 0 none.
	twin int
}

func (p *planner) run(ctx context.Context) error {
	list := make([]candidate, len(p.table.Rows))
	for i, row := range p.table.Rows {
		if err := p.step(ctx, i, 2*len(list), "Lecture des lignes"); err != nil {
			return err
		}
		list[i] = p.read(row)
	}
	if p.opt.Group {
		list = p.group(list)
	}
	p.match(list)
	if err := p.settleAll(ctx, list); err != nil {
		return err
	}
	p.plan.Authorities = p.resolver.needed(p.plan)
	p.warnNear(ctx)
	if n := len(p.elsewhere); n > 0 {
		p.plan.Warnings = append(p.plan.Warnings, Rejection{p.elsewhere[0], fmt.Sprintf(
			"%s dans la colonne « Répertoires » un autre répertoire que « %s », et c’est là que le partenariat est rangé.", rows(n), p.opt.Directory)})
	}
	byRow := func(list []Rejection) {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Row < list[j].Row })
	}
	byRow(p.plan.Rejected)
	byRow(p.plan.Warnings)
	return ctx.Err()
}

func rows(n int) string {
	if n == 1 {
		return "Une ligne, celle-ci, nomme"
	}
	return fmt.Sprintf("%d lignes, à partir de celle-ci, nomment", n)
}

func (p *planner) step(ctx context.Context, done, total int, label string) error {
	if done%500 != 0 {
		return nil
	}
	p.opt.Progress(done, total, label)
	return ctx.Err()
}

// read finds the authorities of a row and the record its ID names.
func (p *planner) read(row TableRow) candidate {
	c := candidate{row: row, target: -1, left: p.opt.Decisions[row.Number] == DecideLeave}
	if p.opt.Decisions[row.Number] == DecideNew {
		c.parties, c.reasons = p.resolver.parties(p, row)
		return c
	}
	if id := oneLine(p.text(row, FieldID)); id != "" {
		if i, ok := p.base.byID[repertoire.ID(id)]; ok {
			c.target, c.byID = i, true
		}
	}
	if c.byID && p.sameParties(row, &p.base.records[c.target]) {
		return c
	}
	c.parties, c.reasons = p.resolver.parties(p, row)
	return c
}

// sameParties tells whether the row names the authorities just as an export of
// the record would (or leaves them out): then nothing has to be looked up.
func (p *planner) sameParties(row TableRow, record *repertoire.Partnership) bool {
	names := p.resolver.names()
	for _, f := range []Field{FieldFrench, FieldINSEE, FieldSIREN, FieldLevel, FieldDepartement, FieldCountry, FieldForeign, FieldForeignRegion} {
		if v := oneLine(p.text(row, f)); v != "" && v != oneLine(cell(record, f, names)) {
			return false
		}
	}
	return true
}

// settleAll settles the rows. A row that doubles another gives way to it, but
// takes its place when the other is refused.
func (p *planner) settleAll(ctx context.Context, list []candidate) error {
	failed := map[int]bool{}
	for i := range list {
		if err := p.step(ctx, len(list)+i, 2*len(list), "Comparaison avec le dossier"); err != nil {
			return err
		}
		if c := &list[i]; c.twin == 0 && !p.settle(c) {
			failed[c.row.Number] = true
		}
	}
	heirs := map[int]int{}
	for i := range list {
		c := &list[i]
		if c.twin == 0 {
			continue
		}
		first := c.twin
		if failed[first] {
			c.twin = heirs[first]
		}
		if p.settle(c) && c.twin == 0 {
			heirs[first] = c.row.Number
		}
	}
	return nil
}

// settle turns one row into an addition, an update, an unchanged record or a
// rejection; it tells whether the row was taken.
func (p *planner) settle(c *candidate) bool {
	if c.left {
		p.plan.Left = append(p.plan.Left, c.row.Number)
		return true
	}
	reject := func(reasons ...string) {
		p.plan.Rejected = append(p.plan.Rejected, Rejection{c.row.Number, strings.Join(reasons, " ")})
	}
	if c.twin != 0 {
		p.plan.Twins++
		reject(fmt.Sprintf("La ligne fait double emploi avec la ligne %d : même partenariat. Gardez-en une, ou distinguez-les par la colonne « Identifiant » ou « Type », ou regroupez les lignes par partenariat.", c.twin))
		return false
	}
	reasons := c.reasons
	var before, after repertoire.Partnership
	if c.target >= 0 {
		before = p.base.records[c.target]
		after = before
	} else {
		after = repertoire.Partnership{ID: p.newID(c.row), Created: p.opt.At}
	}
	w := writer{planner: p, row: c.row, record: &after, old: c.target >= 0}
	if len(c.reasons) == 0 {
		w.setParties(c)
	}
	w.setAll()
	reasons = append(reasons, w.reasons...)
	if len(reasons) == 0 && (w.changed || c.target < 0) {
		reasons = p.refusals(&after)
	}
	if len(reasons) > 0 {
		reject(reasons...)
		return false
	}
	if slices.ContainsFunc(c.row.Cells, func(s string) bool { return strings.ContainsRune(s, '\ufffd') }) {
		w.remarks = append(w.remarks, "Un caractère de la ligne est illisible (�) : le fichier mélange deux encodages. Corrigez la fiche.")
	}
	if c.target < 0 {
		w.remarks = append(w.remarks, p.strangers(&after)...)
	}
	for _, s := range append(c.parties.remarks, w.remarks...) {
		p.plan.Warnings = append(p.plan.Warnings, Rejection{c.row.Number, s})
	}
	switch {
	case c.target < 0:
		after.Updated = p.opt.At
		p.plan.Added = append(p.plan.Added, Addition{c.row.Number, after})
	case w.changed:
		after.Updated = p.opt.At
		p.plan.Updated = append(p.plan.Updated, Update{c.row.Number, before, after})
	default:
		p.plan.Unchanged++
		p.plan.Same = append(p.plan.Same, Update{c.row.Number, before, after})
	}
	return true
}

// strangers remarks that a new partnership is with none of the countries of the
// répertoire it is put in.
func (p *planner) strangers(record *repertoire.Partnership) []string {
	if len(p.opt.Countries) == 0 || !slices.Contains(record.Directories, p.opt.Directory) {
		return nil
	}
	country := ""
	for _, id := range record.PartiesOn(repertoire.SideForeign) {
		a := p.resolver.authority(id)
		if a == nil || slices.Contains(p.opt.Countries, a.Country) {
			return nil
		}
		country = a.Country
	}
	return []string{fmt.Sprintf("Le pays, %s, n’est pas de ceux du répertoire « %s » : vérifiez que la ligne est au bon endroit.", p.resolver.CountryName(country), p.opt.Directory)}
}

// newID keeps the ID of a row that comes from another workspace.
func (p *planner) newID(row TableRow) repertoire.ID {
	if id := oneLine(p.text(row, FieldID)); uuidLike(id) && p.opt.Decisions[row.Number] != DecideNew {
		return repertoire.ID(id)
	}
	return p.opt.NewID()
}

func uuidLike(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9' || c >= 'a' && c <= 'f':
		default:
			return false
		}
	}
	return true
}

// refusals applies the rules of the domain to a record about to be taken.
func (p *planner) refusals(record *repertoire.Partnership) []string {
	var out []string
	for _, f := range record.Validate(repertoire.Known{Authority: p.resolver.authority}) {
		if f.Severity == repertoire.SeverityRefuse {
			out = append(out, f.Message)
		}
	}
	return out
}

// text gives what the row says of a field, several columns put together.
func (p *planner) text(row TableRow, f Field) string {
	columns := p.at[f]
	if len(columns) == 0 {
		return ""
	}
	if len(columns) == 1 {
		return row.Cells[columns[0]]
	}
	glue, _ := listed(f)
	var parts []string
	for _, i := range columns {
		if row.Cells[i] != "" {
			parts = append(parts, row.Cells[i])
		}
	}
	return strings.Join(parts, glue)
}
