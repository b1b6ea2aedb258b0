package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"repertoire/internal/repertoire"
)

// writer puts the cells of a row into a record. It never lets an empty cell
// erase anything, and copies each list before it changes it, since the record
// shares them with the one before.
type writer struct {
	*planner
	row     TableRow
	record  *repertoire.Partnership
	old     bool // the record was there before
	changed bool
	quiet   bool // a trial whose remarks nobody wants
	remarks []Rejection
	touched map[string]bool
}

// say remarks something on the row.
func (w *writer) say(kind Kind, format string, args ...any) {
	if !w.quiet {
		w.remarks = append(w.remarks, Rejection{Row: w.row.Number, Reason: fmt.Sprintf(format, args...), Kind: kind})
	}
}

// strange counts a word that no list has.
func (w *writer) strange(f Field, word string) {
	if !w.quiet {
		w.unknown(f, word, w.row.Number)
	}
}

// value gives the cell of a field when it says something that the record does
// not say already.
func (w *writer) value(f Field) (string, bool) {
	v := clean(w.text(w.row, f))
	if v == "" {
		return "", false
	}
	if meant, ok := w.opt.Words.find(f, oneLine(v)); ok {
		if v = clean(meant); v == "" {
			return "", false
		}
	}
	if w.old {
		now := cell(w.record, f, w.resolver.names())
		if v == clean(now) || v == clean(cut(now)) {
			return "", false
		}
	}
	return v, true
}

// touch marks a field (JSON name) as changed and confirmed by this file.
func (w *writer) touch(name string) {
	if !w.changed && w.old {
		w.record.Confirmations = maps.Clone(w.record.Confirmations)
	}
	w.changed = true
	if w.touched == nil {
		w.touched = map[string]bool{}
	}
	w.touched[name] = true
	if w.record.Confirmations == nil {
		w.record.Confirmations = map[string]repertoire.Confirmation{}
	}
	w.record.Confirmations[name] = repertoire.Confirmation{At: w.opt.At, By: w.opt.Author, Source: "import " + w.table.Name}
}

func (w *writer) setParties(c *candidate) {
	if len(c.parties.french) == 0 && len(c.parties.foreign) == 0 {
		return // an ID alone, or the same parties as before
	}
	r := w.record
	if w.old && slices.Equal(r.PartiesOn(repertoire.SideFrench), c.parties.french) &&
		slices.Equal(r.PartiesOn(repertoire.SideForeign), c.parties.foreign) {
		return
	}
	if w.old && !c.byID {
		return // found by its authorities: the others stay
	}
	r.Parties = nil
	for i, id := range c.parties.french {
		r.Parties = append(r.Parties, repertoire.Party{Authority: id, Side: repertoire.SideFrench, Lead: i == 0})
	}
	for i, id := range c.parties.foreign {
		r.Parties = append(r.Parties, repertoire.Party{Authority: id, Side: repertoire.SideForeign, Lead: i == 0})
	}
	w.touch("parties")
}

// setAll sets all fields; group are the rows of the partnership, more than one
// where the file has a row a project.
func (w *writer) setAll(group []TableRow) {
	w.setDirectories()
	w.setDeclared()
	w.setTimes()
	w.setThemes()
	w.addTitles()
	for _, row := range group {
		w.addProject(row)
	}
	w.addActors()
	w.addFunders()
	w.addLinks()
	for _, s := range contactSlots {
		w.setPerson(s.prefix)
	}
	w.setExternal()
	w.addNotes()
	// A row found by its authorities says where the row comes from, not the
	// record it completes.
	if !w.old || w.record.Source == "" || len(w.at[FieldID]) > 0 {
		w.setText(FieldSource, "source", &w.record.Source)
	}
	if !w.old && w.record.Source == "" {
		w.record.Source = "import de " + w.table.Name
	}
}

// setDirectories puts the record in the répertoires its row names, else in the
// one the import is for; it takes it out of none.
func (w *writer) setDirectories() {
	var slugs []string
	for _, v := range splitList(w.text(w.row, FieldDirectories)) {
		v = oneLine(v)
		if meant, ok := w.opt.Words.find(FieldDirectories, v); ok {
			v = meant
		}
		slug, ok := w.resolver.Directory(v)
		switch {
		case ok:
			slugs = append(slugs, slug)
		case !empty(v):
			w.strange(FieldDirectories, v)
		}
	}
	if len(slugs) > 0 && w.opt.Directory != "" && !slices.Contains(slugs, w.opt.Directory) && !w.quiet {
		w.elsewhere = append(w.elsewhere, w.row.Number)
	}
	if len(slugs) == 0 && w.opt.Directory != "" {
		slugs = []string{w.opt.Directory}
	}
	for _, slug := range slugs {
		if !slices.Contains(w.record.Directories, slug) {
			w.record.Directories = append(slices.Clone(w.record.Directories), slug)
			w.touch("directories")
		}
	}
}

func (w *writer) setText(f Field, name string, into *string) {
	if v, ok := w.value(f); ok && *into != v && !empty(v) {
		*into = v
		w.touch(name)
	}
}

func (w *writer) setBool(f Field, name string, into *bool) {
	v, ok := w.value(f)
	if !ok {
		return
	}
	b, ok := parseBool(v)
	switch {
	case !ok && empty(v):
	case !ok:
		w.strange(f, v)
	case *into != b:
		*into = b
		w.touch(name)
	}
}

// setThemes replaces the themes by those of the row. One that is not known is
// said, and the others are taken; of a record that was there nothing is lost
// to it.
func (w *writer) setThemes() {
	v, ok := w.value(FieldThemes)
	if !ok {
		return
	}
	codes, unknown := w.themesOf(FieldThemes, v)
	if len(unknown) > 0 && w.old {
		for _, code := range w.record.Themes {
			if !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	if len(codes) > 0 && !slices.Equal(codes, w.record.Themes) {
		w.record.Themes = codes
		w.touch("themes")
	}
}

func (w *writer) themesOf(f Field, v string) (codes, unknown []string) {
	codes, unknown = parseThemes(v, func(s string) (string, bool) {
		if meant, ok := w.opt.Words.find(f, s); ok && meant != "" {
			s = meant
		}
		return w.resolver.Theme(s)
	})
	for _, u := range unknown {
		if meant, ok := w.opt.Words.find(f, u); !ok || meant != "" {
			w.strange(f, u)
		}
	}
	return codes, unknown
}

// addTitles, addActors and addLinks add what is new by its name: a
// spreadsheet holds too little of these to replace them.
func (w *writer) addTitles() {
	v, ok := w.value(FieldProjects)
	if !ok {
		return
	}
	list := slices.Clone(w.record.Projects)
	for _, title := range splitList(v) {
		if !empty(title) && !slices.ContainsFunc(list, func(x repertoire.Project) bool { return sameName(x.Title, title) }) {
			list = append(list, repertoire.Project{ID: w.opt.NewID(), Title: title})
		}
	}
	if len(list) > len(w.record.Projects) {
		w.record.Projects = list
		w.touch("projects")
	}
}

func (w *writer) addActors() {
	v, ok := w.value(FieldActors)
	if !ok {
		return
	}
	list := slices.Clone(w.record.Actors)
	for _, name := range splitList(v) {
		if !empty(name) && !slices.ContainsFunc(list, func(x repertoire.Actor) bool { return sameName(x.Name, name) }) {
			list = append(list, repertoire.Actor{Name: name})
		}
	}
	if len(list) > len(w.record.Actors) {
		w.record.Actors = list
		w.touch("actors")
	}
}

// funderRole marks an actor that pays for the partnership as a whole.
const funderRole = "Financeur"

// addFunders keeps who pays: with the one project of the record, else with the
// actors.
func (w *writer) addFunders() {
	v, ok := w.value(FieldFunders)
	if !ok {
		return
	}
	have := list(w.record, FieldFunders, w.resolver.names())
	var fresh []string
	for _, name := range splitList(strings.NewReplacer(";", "|", "\n", "|").Replace(v)) {
		if !empty(name) && !slices.ContainsFunc(append(have, fresh...), func(x string) bool { return sameName(x, name) }) {
			fresh = append(fresh, name)
		}
	}
	switch {
	case len(fresh) == 0:
	case len(w.record.Projects) == 1:
		w.record.Projects = slices.Clone(w.record.Projects)
		x := &w.record.Projects[0]
		x.Funding = slices.Clone(x.Funding)
		for _, name := range fresh {
			x.Funding = append(x.Funding, repertoire.Funding{Funder: name})
		}
		w.touch("projects")
	default:
		w.record.Actors = slices.Clone(w.record.Actors)
		for _, name := range fresh {
			i := slices.IndexFunc(w.record.Actors, func(x repertoire.Actor) bool { return sameName(x.Name, name) })
			switch {
			case i < 0:
				w.record.Actors = append(w.record.Actors, repertoire.Actor{Name: name, Role: funderRole})
			case w.record.Actors[i].Role == "":
				w.record.Actors[i].Role = funderRole
			default:
				w.say(KindConflict, "« %s » est déjà parmi les acteurs, comme %s : son financement est à ajouter à un projet.", name,
					w.record.Actors[i].Role)
				continue
			}
			w.touch("actors")
		}
	}
}

func (w *writer) addLinks() {
	v, ok := w.value(FieldLinks)
	if !ok {
		return
	}
	links := slices.Clone(w.record.Links)
	for _, url := range splitList(v) {
		for _, url := range strings.FieldsFunc(url, func(r rune) bool {
			return r == ' ' || r == '\n' || r == ';' || r == ',' &&
				!strings.Contains(url, "?")
		}) {
			if strings.HasPrefix(strings.ToLower(url), "www.") {
				url = "https://" + url
			}
			if !repertoire.ValidURL(url) && repertoire.ValidURL("https://"+url) && !strings.Contains(url, "@") {
				url = "https://" + url
			}
			switch {
			case empty(url):
			case !repertoire.ValidURL(url):
				w.say(KindAddress, "« %s » n’est pas une adresse web : elle n’est pas reprise.", brief(url))
			case !slices.ContainsFunc(links, func(x repertoire.Link) bool { return sameText(x.URL, url) }):
				links = append(links, repertoire.Link{URL: url})
			}
		}
	}
	if len(links) > len(w.record.Links) {
		w.record.Links = links
		w.touch("links")
	}
}

// addNotes completes the desk's notes: what a row says is added once, and
// nothing that was there is lost.
func (w *writer) addNotes() {
	if v, ok := w.value(FieldNotes); ok && !empty(v) {
		w.note(v)
	}
	for _, i := range w.at[FieldKept] {
		if v := w.row.Cells[i]; v != "" && !empty(v) {
			w.note(w.table.Headings[i] + " : " + v)
		}
	}
}

// note adds a paragraph to the desk's notes, unless they have it.
func (w *writer) note(s string) {
	if s == "" || strings.Contains(w.record.Notes, s) {
		return
	}
	if w.record.Notes != "" {
		s = "\n\n" + s
	}
	w.record.Notes += s
	w.touch("notes")
}

func withoutBlanks(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func sameText(a, b string) bool { return oneLine(clean(a)) == oneLine(clean(b)) }

// setPerson completes or adds the contact of one slot. A new one may not be
// published: an import brings no proof of agreement.
func (w *writer) setPerson(prefix Field) {
	var cells [4]string
	for i, part := range []Field{partName, partRole, partEmail, partPhone} {
		cells[i] = w.text(w.row, prefix+part)
	}
	if strings.Join(cells[:], "") == "" {
		return
	}
	found := said(cells[0], cells[1], cells[2], cells[3])
	name, role, email, phone := found.name, found.role, found.email, found.phone
	for _, bad := range found.bad {
		if !empty(bad) {
			w.say(KindAddress, "« %s » n’est ni une adresse électronique ni un numéro de téléphone : il n’est pas repris.", brief(bad))
		}
	}
	if name == "" && role == "" && email == "" && phone == "" {
		return
	}
	if name == "" && role != "" && email+phone != "" {
		name, role = role, "" // a service: « Direction des relations internationales »
	}
	if len(found.more) > 0 && name != "" {
		w.note("Autres coordonnées de " + name + " : " + strings.Join(found.more, ", "))
		w.say(KindAddress, "Plusieurs adresses ou numéros pour %s : la première est reprise, les autres (%s) sont dans les notes.", name,
			strings.Join(found.more, ", "))
	}
	s, _, _ := contactField(prefix + partName)
	list := slices.Clone(w.record.Contacts)
	// The one an export shows comes first: two people may bear one name.
	i := slices.IndexFunc(list, func(c repertoire.Contact) bool {
		_, shown := c.Published()
		return s.holds(c) && shown && (name == "" || sameText(c.Name, name))
	})
	if i < 0 && name != "" {
		i = slices.IndexFunc(list, func(c repertoire.Contact) bool { return s.holds(c) && sameName(c.Name, name) })
	}
	switch {
	case i < 0 && name == "":
		w.note("Contact sans nom : " + strings.Join(withoutBlanks(append([]string{role, email, phone}, found.more...)), ", "))
		w.say(KindAddress, "Un courriel, un téléphone ou une fonction est donné sans nom de personne : il est dans les notes de la fiche.")
		return
	case i < 0:
		list = append(list, repertoire.Contact{ID: w.opt.NewID(), Side: s.side, Elected: s.elected, Name: name, Role: role, Email: email,
			Phone: phone})
	case list[i].Objected:
		if list[i].Email != email && email != "" || list[i].Phone != phone && phone != "" {
			w.say(KindAddress, "La personne citée s’est opposée à l’usage de ses coordonnées : elles n’ont pas été reprises.")
		}
		return
	default:
		list[i].Role, list[i].Email, list[i].Phone = either(role, list[i].Role), either(email, list[i].Email), either(phone, list[i].Phone)
		if list[i] == w.record.Contacts[i] {
			return
		}
	}
	w.record.Contacts = list
	w.touch("contacts")
}

// either keeps the old value when the new one is empty or only spaced
// otherwise.
func either(next, old string) string {
	if next == "" || sameText(next, old) {
		return old
	}
	return next
}
