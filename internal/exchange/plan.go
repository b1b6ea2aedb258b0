package exchange

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sort"
	"strings"
	"time"

	"repertoire/internal/reference"
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
	// Who tells which authority is meant, and WhichCountry which country, from
	// the base and the reference.
	Who(reference.Mention) reference.Answer
	WhichCountry(text string, likely ...string) reference.CountryAnswer
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
	// Words says what words of the file stand for.
	Words Words
	// Who says which authority a name of the file is: see WhoKey.
	Who map[string]repertoire.ID
	// Proof says how the people of a JSON file agreed to be published, when the
	// file itself does not prove it.
	Proof string
	// Decisions says what to do with rows, by their number, where the plan's
	// own choice is not wanted.
	Decisions map[int]Decision
	// Refused are the fields (JSON names) that a row may not change, by its
	// number: a person prefers what the base has.
	Refused map[int][]string
	// CountOnly keeps no record in the plan: what a trial of a big file asks.
	CountOnly bool
	// NewID makes the IDs of new records; nil for repertoire.NewID.
	NewID func() repertoire.ID
	// Take, when set, is handed each partnership to be written in place of the
	// plan, which holds none: a big file's are set aside on the disk. Before is
	// the zero record for a new one.
	Take     func(Update) error
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
	// Additions, Updates and Unchanged count the partnerships.
	Additions, Updates, Unchanged int
	// Added and Updated are ready to be written; Authorities are those that
	// must be written with them. Same are the unchanged ones. All are empty
	// when the plan only counts.
	Added       []Addition
	Updated     []Update
	Authorities []repertoire.Authority
	Same        []Update    // Before and After are alike
	Left        []int       // rows that a person left out
	Grouped     int         // rows put together with an earlier one
	Twins       int         // rows refused because an earlier one speaks of the same partnership
	Rejected    []Rejection // sorted by row
	Warnings    []Rejection // remarks on rows that are taken, and on the file
	More        int         // remarks beyond those listed
	Unknown     []Unknown   // words of no list
	Consents    Consents    // what a JSON file says of people who agreed
	Questions   []Question  // authorities that somebody must settle
	Notes       []Note      // what was taken without a question, by kind
	Columns     Mapping     // heading -> field as understood
	Unmapped    []string    // headings that are not taken
	Reasons     []string    // what was seen that the headings do not say
}

// manyRows is from how many rows on memory is held short.
const manyRows = 50_000

// maxRemarks bounds the remarks of one plan: nobody reads more.
const maxRemarks = 20_000

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
	return NewPlanOver(ctx, t, m, r, Existing{Each: held(existing)}, opt)
}

// Existing are the live partnerships of a base, of every répertoire.
type Existing struct {
	Each Records
	// Read gives one of them; nil when they may all be held.
	Read func(repertoire.ID) (repertoire.Partnership, error)
}

// NewPlanOver is NewPlan for a base whose records are not in memory together.
func NewPlanOver(ctx context.Context, t Table, m Mapping, r Resolver, existing Existing, opt Options) (Plan, error) {
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
	known, err := newBase(existing)
	if err != nil {
		return Plan{}, err
	}
	p := planner{table: t, at: at, opt: opt, resolver: newResolving(r, opt), base: known, words: map[unknownKey]*Unknown{},
		orders: map[Field]*dayOrder{}, firstRow: map[repertoire.ID]int{}, told: map[string]bool{}, pairs: map[string]*parties{}, doubles: map[int]string{},
		plan: Plan{Rows: t.Count, Columns: m, Rejected: append([]Rejection{}, t.Broken...), Warnings: append([]Rejection(nil), t.Remarks...)}}
	for _, h := range t.Headings {
		if f := m[h]; h != "" && (f == "" || f == FieldIgnored) {
			p.plan.Unmapped = append(p.plan.Unmapped, h)
		}
	}
	if t.Count > manyRows {
		// What a row leaves behind is gone at once: so big a file must not take
		// twice its room while it is compared.
		defer debug.SetGCPercent(debug.SetGCPercent(30))
	}
	run := p.run
	if t.Document != nil {
		p.plan.Rows, run = len(t.Document.Partnerships), p.runDocument
	}
	if err := errors.Join(run(ctx), p.failed); err != nil {
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
	words    map[unknownKey]*Unknown
	orders   map[Field]*dayOrder
	// firstRow is the first row of each authority that an addition names.
	firstRow map[repertoire.ID]int
	// told are the remarks made once for a whole column.
	told map[string]bool
	// pairs are the authorities of rows, and doubles what is said of rows that
	// speak of the same partnership as another, each once.
	pairs   map[string]*parties
	doubles map[int]string
	// trusted tells that a JSON file is the program's own, unaltered.
	trusted bool
	// elsewhere are the rows that name another répertoire than the one the
	// import is for.
	elsewhere []int
	// failed is why a record of the base could not be read, or set aside.
	failed error
}

// whole reads a record of the base.
func (p *planner) whole(i int) repertoire.Partnership {
	record, err := p.base.whole(i)
	if err != nil && p.failed == nil {
		p.failed = err
	}
	return record
}

// candidate is what is remembered of a row between the two readings of the
// file: whom it speaks of, and the existing partnership (-1 when none is known
// yet). Its cells are read again.
type candidate struct {
	number  int
	parties *parties
	target  int
	byID    bool
	reasons []Rejection // why it is refused
	left    bool        // a person does not want it
	// twin is the row that already spoke of the same partnership, 0 none.
	twin int
	// lead is the index of the first row of its group, -1 for itself.
	lead, members int
	kind          repertoire.Type
	title         string // folded
	id            string // an ID from another workspace
	wanted        bool   // a person wants it as a new one
}

func (p *planner) run(ctx context.Context) error {
	list := make([]candidate, 0, p.table.Count)
	err := p.table.Each(ctx, func(row TableRow) error {
		if err := p.step(ctx, len(list), 2*p.table.Count, "Lecture des lignes"); err != nil {
			return err
		}
		list = append(list, p.read(row))
		return nil
	})
	if err != nil {
		return err
	}
	heads := p.heads(list)
	p.match(heads)
	if err := p.settleAll(ctx, list); err != nil {
		return err
	}
	p.plan.Authorities = p.resolver.needed()
	p.warnNear(ctx)
	p.tellUnknown()
	p.plan.Questions, p.plan.Notes = p.resolver.questions(), p.resolver.notes()
	if n := len(p.elsewhere); n > 0 {
		p.remark(p.elsewhere[0], KindOther, fmt.Sprintf(
			"%s dans la colonne « Répertoires » un autre répertoire que « %s », et c’est là que le partenariat est rangé.", rows(n), p.opt.Directory))
	}
	byRow := func(list []Rejection) {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Row < list[j].Row })
	}
	byRow(p.plan.Rejected)
	byRow(p.plan.Warnings)
	return ctx.Err()
}

// remark adds a remark, up to what a person can read.
func (p *planner) remark(row int, kind Kind, sentence string) {
	if len(p.plan.Warnings) >= maxRemarks {
		p.plan.More++
		return
	}
	p.plan.Warnings = append(p.plan.Warnings, Rejection{Row: row, Reason: sentence, Kind: kind})
}

// once adds a remark that would be the same of each row.
func (p *planner) once(key string, row int, kind Kind, sentence string) {
	if !p.told[key] {
		p.told[key] = true
		p.remark(row, kind, sentence)
	}
}

func (p *planner) reject(row int, list ...Rejection) {
	if len(list) == 1 { // its sentence may be shared by thousands of rows
		p.plan.Rejected = append(p.plan.Rejected, Rejection{Row: row, Reason: list[0].Reason, Kind: list[0].Kind})
		return
	}
	var words []string
	kind := KindOther
	for _, r := range list {
		words = append(words, r.Reason)
		if r.Kind != "" {
			kind = r.Kind
		}
	}
	p.plan.Rejected = append(p.plan.Rejected, Rejection{Row: row, Reason: strings.Join(words, " "), Kind: kind})
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
	return errors.Join(ctx.Err(), p.failed)
}

// read finds the authorities of a row and the record its ID names.
func (p *planner) read(row TableRow) candidate {
	decision := p.opt.Decisions[row.Number]
	c := candidate{number: row.Number, target: -1, lead: -1, members: 1, left: decision == DecideLeave, wanted: decision == DecideNew,
		kind: p.kind(row), title: repertoire.Fold(oneLine(p.text(row, FieldTitle)))}
	p.seeDates(row)
	if id := oneLine(p.text(row, FieldID)); id != "" && !c.wanted {
		if i, ok := p.base.byID[repertoire.ID(id)]; ok {
			c.target, c.byID = i, true
		} else if uuidLike(id) {
			c.id = id
		}
	}
	if !c.byID && !c.wanted {
		if i, ok := p.byExternal(row); ok {
			c.target, c.byID = i, true
		}
	}
	if c.byID && p.sameParties(row, c.target) {
		c.parties = &parties{}
		return c
	}
	found, reasons := p.resolver.parties(p, row)
	c.parties = p.shared(found)
	for _, r := range reasons {
		c.reasons = append(c.reasons, Rejection{Reason: r, Kind: KindAuthority})
	}
	if own := oneLine(p.text(row, FieldOwnCountry)); own != "" && !empty(own) {
		if iso, ok := p.resolver.Country(own); ok && iso != "FR" {
			c.reasons = []Rejection{{Reason: fmt.Sprintf("Le partenaire est en %s, pas en France : le répertoire lie des collectivités françaises à d’autres.", p.resolver.CountryName(iso)), Kind: KindCountry}}
		}
	}
	return c
}

// shared gives one value to all the rows of the same authorities: a file of
// three hundred thousand rows has far fewer pairs.
func (p *planner) shared(found parties) *parties {
	if len(found.remarks) > 0 {
		return &found
	}
	key := found.key()
	if known := p.pairs[key]; known != nil && slices.Equal(known.french, found.french) && slices.Equal(known.foreign, found.foreign) {
		return known
	}
	p.pairs[key] = &found
	return &found
}

// seeDates learns from a row how its columns write dates.
func (p *planner) seeDates(row TableRow) {
	for _, f := range []Field{FieldStart, FieldEnd, FieldSigned, FieldFirstYear, FieldVerified, FieldProjectStart, FieldProjectEnd} {
		for _, i := range p.at[f] {
			if c := row.Cells[i]; len(c) >= 8 && c[0] <= '9' {
				if p.orders[f] == nil {
					p.orders[f] = &dayOrder{}
				}
				p.orders[f].see(c)
			}
		}
	}
}

// sameParties tells whether the row names the authorities just as an export of
// the record would (or leaves them out): then nothing has to be looked up.
func (p *planner) sameParties(row TableRow, target int) bool {
	names, record := p.resolver.names(), p.whole(target)
	for _, f := range []Field{FieldFrench, FieldINSEE, FieldSIREN, FieldLevel, FieldDepartement, FieldCountry, FieldForeign, FieldForeignRegion} {
		if v := oneLine(p.text(row, f)); v != "" && v != oneLine(cell(&record, f, names)) {
			return false
		}
	}
	return true
}

// settleAll reads the rows again and settles them. A row that doubles another
// gives way to it, but takes its place when the other is refused.
func (p *planner) settleAll(ctx context.Context, list []candidate) error {
	s := settler{planner: p, failed: map[int]bool{}, results: map[int]repertoire.Partnership{}, pending: map[int][]TableRow{}}
	for i := range list {
		if t := list[i].twin; t != 0 {
			s.twins++
			s.results[t] = repertoire.Partnership{}
		}
	}
	i := -1
	err := p.table.Each(ctx, func(row TableRow) error {
		i++
		if err := p.step(ctx, len(list)+i, 2*len(list), "Comparaison avec le dossier"); err != nil || i >= len(list) {
			return err
		}
		at := i
		if list[i].lead >= 0 {
			at = list[i].lead
			p.plan.Grouped++
		}
		c := &list[at]
		if c.twin != 0 {
			return nil
		}
		if c.members == 1 {
			s.settle(c, []TableRow{row})
			return nil
		}
		s.pending[at] = append(s.pending[at], row)
		if len(s.pending[at]) == c.members {
			s.settle(c, s.pending[at])
			delete(s.pending, at)
		}
		return nil
	})
	if err != nil || s.twins == 0 {
		return err
	}
	heirs := map[int]int{}
	i = -1
	return p.table.Each(ctx, func(row TableRow) error {
		i++
		if i >= len(list) || list[i].twin == 0 || list[i].lead >= 0 {
			return nil
		}
		c := &list[i]
		first := c.twin
		if s.failed[first] {
			c.twin = heirs[first]
		}
		if s.settle(c, []TableRow{row}) && c.twin == 0 {
			heirs[first] = c.number
		}
		return nil
	})
}

// settler turns rows into additions, updates, unchanged records or rejections.
type settler struct {
	*planner
	failed  map[int]bool
	twins   int
	results map[int]repertoire.Partnership // what rows with a twin gave
	pending map[int][]TableRow             // rows of groups not yet whole
}

// settle tells whether the rows of one partnership were taken.
func (s *settler) settle(c *candidate, group []TableRow) bool {
	p := s.planner
	if c.left {
		p.plan.Left = append(p.plan.Left, c.number)
		return true
	}
	if c.twin != 0 {
		return s.settleTwin(c, group[0])
	}
	if len(c.reasons) > 0 {
		p.reject(c.number, c.reasons...)
		s.failed[c.number] = true
		return false
	}
	var before, after repertoire.Partnership
	if c.target >= 0 {
		before = p.whole(c.target)
		after = before
	} else {
		after = repertoire.Partnership{ID: p.newID(c), Created: p.opt.At}
	}
	w := writer{planner: p, row: group[0], record: &after, old: c.target >= 0}
	if len(group) > 1 {
		w.row = p.join(group, &w)
	}
	w.setParties(c)
	w.setAll(group)
	w.restore(&before)
	if w.changed || c.target < 0 {
		if reasons := w.refusals(&before); len(reasons) > 0 {
			p.reject(c.number, reasons...)
			s.failed[c.number] = true
			return false
		}
	}
	if damagedRow(w.row.Cells) {
		w.say(KindEncoding, "Un caractère de la ligne est illisible (�) : le fichier mélange deux encodages. Corrigez la fiche.")
	}
	if c.target < 0 {
		for _, r := range p.strangers(&after) {
			w.say(KindCountry, "%s", r)
		}
	}
	for _, r := range c.parties.remarks {
		p.remark(c.number, KindAuthority, r)
	}
	for _, r := range w.remarks {
		p.remark(r.Row, r.Kind, r.Reason)
	}
	if _, asked := s.results[c.number]; asked {
		s.results[c.number] = after
	}
	p.keep(c, before, after, w.changed)
	return true
}

// keep files a settled record.
func (p *planner) keep(c *candidate, before, after repertoire.Partnership, changed bool) {
	switch {
	case c.target < 0:
		p.plan.Additions++
		p.resolver.name(&after)
		for _, q := range after.Parties {
			if _, seen := p.firstRow[q.Authority]; !seen {
				p.firstRow[q.Authority] = c.number
			}
		}
		if after.Updated.IsZero() { // a whole record of another base keeps its date
			after.Updated = p.opt.At
		}
		p.file(Update{c.number, before, after}, true)
	case changed:
		p.plan.Updates++
		p.resolver.name(&after)
		after.Updated = p.opt.At
		p.file(Update{c.number, before, after}, false)
	default:
		p.plan.Unchanged++
		if !p.opt.CountOnly && p.opt.Take == nil {
			p.plan.Same = append(p.plan.Same, Update{c.number, before, after})
		}
	}
}

// file hands a record to be written over to whoever takes it.
func (p *planner) file(x Update, added bool) {
	switch {
	case p.opt.CountOnly:
	case p.opt.Take != nil:
		if err := p.opt.Take(x); err != nil && p.failed == nil {
			p.failed = err
		}
	case added:
		p.plan.Added = append(p.plan.Added, Addition{x.Row, x.After})
	default:
		p.plan.Updated = append(p.plan.Updated, x)
	}
}

// settleTwin settles a row that speaks of a partnership another row spoke of:
// one that adds nothing is said and counted as unchanged.
func (s *settler) settleTwin(c *candidate, row TableRow) bool {
	p := s.planner
	if after := s.results[c.twin]; after.ID != "" {
		probe := writer{planner: p, row: row, record: &after, old: true, quiet: true}
		probe.setAll([]TableRow{row})
		if !probe.changed {
			p.plan.Unchanged++
			p.remark(c.number, KindTwin, fmt.Sprintf("La ligne répète la ligne %d : elle n’ajoute rien.", c.twin))
			return true
		}
	}
	p.plan.Twins++
	if p.doubles[c.twin] == "" {
		p.doubles[c.twin] = fmt.Sprintf("La ligne fait double emploi avec la ligne %d : même partenariat, dit autrement. "+
			"Gardez-en une, ou distinguez-les par la colonne « Identifiant » ou « Type », ou regroupez les lignes par partenariat.", c.twin)
	}
	p.reject(c.number, Rejection{Kind: KindTwin, Reason: p.doubles[c.twin]})
	return false
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
func (p *planner) newID(c *candidate) repertoire.ID {
	if c.id != "" && !c.wanted {
		return repertoire.ID(c.id)
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

// text gives what the row says of a field, several columns put together. The
// département of a row without one is that of its postal code.
func (p *planner) text(row TableRow, f Field) string {
	columns := p.at[f]
	if len(columns) == 0 {
		if f == FieldDepartement && len(p.at[FieldPostal]) > 0 && len(p.at[FieldINSEE]) == 0 {
			return departementOf(row.Cells[p.at[FieldPostal][0]])
		}
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

// departementOf gives the département of a French postal code, spaced or not;
// Corsica's has two départements: none is said.
func departementOf(code string) string {
	code = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, code)
	if len(code) == 4 && number(code) {
		code = "0" + code
	}
	switch {
	case len(code) != 5 || !number(code) || strings.HasPrefix(code, "20"):
		return ""
	case strings.HasPrefix(code, "97") || strings.HasPrefix(code, "98"):
		return code[:3]
	}
	return code[:2]
}
