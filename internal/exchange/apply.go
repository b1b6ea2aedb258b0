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
	reasons []string
	remarks []string
}

func (w *writer) refuse(format string, args ...any) {
	w.reasons = append(w.reasons, fmt.Sprintf(format, args...))
}

// value gives the cell of a field when it says something that the record does
// not say already.
func (w *writer) value(f Field) (string, bool) {
	v := clean(w.text(w.row, f))
	if v == "" {
		return "", false
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
	if w.old && slices.Equal(r.PartiesOn(repertoire.SideFrench), c.parties.french) && slices.Equal(r.PartiesOn(repertoire.SideForeign), c.parties.foreign) {
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

func (w *writer) setAll() {
	w.setDirectories()
	w.setText(FieldTitle, "title", &w.record.Title)
	setChoice(w, FieldType, "type", &w.record.Type, parseType, repertoire.Types.Labels())
	setChoice(w, FieldFormality, "formality", &w.record.Formality, parseFormality, repertoire.Formalities.Labels())
	setChoice(w, FieldStatus, "status", &w.record.Status, parseStatus, repertoire.Statuses.Labels())
	w.setYear()
	w.setDate(FieldStart, "start", &w.record.Start)
	w.setDate(FieldEnd, "end", &w.record.End)
	w.setDate(FieldVerified, "verified", &w.record.Verified)
	w.setText(FieldObjectives, "objectives", &w.record.Objectives)
	w.setText(FieldDescription, "description", &w.record.Description)
	w.setText(FieldContext, "context", &w.record.Context)
	w.setText(FieldHistory, "history", &w.record.History)
	w.setText(FieldNotes, "notes", &w.record.Notes)
	w.setThemes()
	w.addProjects()
	w.addActors()
	w.addLinks()
	for _, s := range contactSlots {
		w.setPerson(s.prefix)
	}
	w.setBool(FieldGroup, "country_group", &w.record.CountryGroup)
	w.setBool(FieldFictitious, "fictitious", &w.record.Fictitious)
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
		slug, ok := w.resolver.Directory(oneLine(v))
		if !ok {
			w.refuse("Le répertoire « %s » n’existe pas.", v)
			return
		}
		slugs = append(slugs, slug)
	}
	if len(slugs) > 0 && w.opt.Directory != "" && !slices.Contains(slugs, w.opt.Directory) {
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
	if v, ok := w.value(f); ok {
		if *into != v {
			*into = v
			w.touch(name)
		}
	}
}

// setChoice sets a value of a closed list. A free function since methods have
// no type parameters.
func setChoice[T ~string](w *writer, f Field, name string, into *T, parse func(string) (T, bool), labels []string) {
	v, ok := w.value(f)
	if !ok {
		return
	}
	choice, ok := parse(v)
	if !ok {
		w.refuse("%s « %s » est inconnu : choisissez parmi %s.", theField(f), v, strings.Join(labels, ", "))
		return
	}
	if *into != choice {
		*into = choice
		w.touch(name)
	}
}

func theField(f Field) string {
	switch f {
	case FieldType:
		return "Le type"
	case FieldStatus:
		return "Le statut"
	case FieldFormality:
		return "Le degré de formalisation"
	}
	return "La valeur"
}

func (w *writer) setYear() {
	v, ok := w.value(FieldFirstYear)
	if !ok {
		return
	}
	year, ok := parseYear(w.table.dates.date(v))
	if !ok {
		w.refuse("« %s » n’est pas une année : écrivez par exemple 2012.", v)
		return
	}
	if w.record.FirstYear != year {
		w.record.FirstYear = year
		w.touch("first_year")
	}
}

func (w *writer) setDate(f Field, name string, into *repertoire.Date) {
	v, ok := w.value(f)
	if !ok {
		return
	}
	d, err := repertoire.ParseDate(plainDate(w.table.dates.date(v)))
	if err != nil {
		w.reasons = append(w.reasons, err.Error())
		return
	}
	if *into != d {
		*into = d
		w.touch(name)
	}
}

func (w *writer) setBool(f Field, name string, into *bool) {
	v, ok := w.value(f)
	if !ok {
		return
	}
	b, ok := parseBool(v)
	if !ok {
		w.refuse("« %s » n’est ni oui ni non.", v)
		return
	}
	if *into != b {
		*into = b
		w.touch(name)
	}
}

func (w *writer) setThemes() {
	v, ok := w.value(FieldThemes)
	if !ok {
		return
	}
	codes, unknown := parseThemes(v, w.resolver.Theme)
	for _, u := range unknown {
		w.refuse("La thématique « %s » est inconnue : vérifiez l’orthographe, ou donnez son code (par exemple 3.1.1).", u)
	}
	if len(unknown) == 0 && !slices.Equal(codes, w.record.Themes) {
		w.record.Themes = codes
		w.touch("themes")
	}
}

// addProjects, addActors and addLinks add what is new by its name: a
// spreadsheet holds too little of these to replace them.
func (w *writer) addProjects() {
	v, ok := w.value(FieldProjects)
	if !ok {
		return
	}
	list := slices.Clone(w.record.Projects)
	for _, title := range splitList(v) {
		if !slices.ContainsFunc(list, func(x repertoire.Project) bool { return sameText(x.Title, title) }) {
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
		if !slices.ContainsFunc(list, func(x repertoire.Actor) bool { return sameText(x.Name, name) }) {
			list = append(list, repertoire.Actor{Name: name})
		}
	}
	if len(list) > len(w.record.Actors) {
		w.record.Actors = list
		w.touch("actors")
	}
}

func (w *writer) addLinks() {
	v, ok := w.value(FieldLinks)
	if !ok {
		return
	}
	list := slices.Clone(w.record.Links)
	for _, url := range splitList(v) {
		if strings.HasPrefix(url, "www.") {
			url = "https://" + url
		}
		if !slices.ContainsFunc(list, func(x repertoire.Link) bool { return sameText(x.URL, url) }) {
			list = append(list, repertoire.Link{URL: url})
		}
	}
	if len(list) > len(w.record.Links) {
		w.record.Links = list
		w.touch("links")
	}
}

func sameText(a, b string) bool { return oneLine(clean(a)) == oneLine(clean(b)) }

// setPerson completes or adds the contact of one slot. A new one may not be
// published: an import brings no proof of agreement.
func (w *writer) setPerson(prefix Field) {
	name := oneLine(clean(w.text(w.row, prefix+partName)))
	role := oneLine(clean(w.text(w.row, prefix+partRole)))
	email := oneLine(clean(w.text(w.row, prefix+partEmail)))
	phone := oneLine(clean(w.text(w.row, prefix+partPhone)))
	if name == "" && role == "" && email == "" && phone == "" {
		return
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
		w.remarks = append(w.remarks, "Un courriel, un téléphone ou une fonction est donné sans nom de personne : il n’a pas été repris.")
		return
	case i < 0:
		list = append(list, repertoire.Contact{ID: w.opt.NewID(), Side: s.side, Elected: s.elected, Name: name, Role: role, Email: email, Phone: phone})
	case list[i].Objected:
		if list[i].Email != email && email != "" || list[i].Phone != phone && phone != "" {
			w.remarks = append(w.remarks, "La personne citée s’est opposée à l’usage de ses coordonnées : elles n’ont pas été reprises.")
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
