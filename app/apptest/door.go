package apptest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"repertoire/internal/repertoire"
	"repertoire/internal/workspace"
	"repertoire/internal/workspace/books"
	"repertoire/internal/workspace/history"
	"repertoire/internal/workspace/records"
)

// Door is a workspace in memory. It is safe for concurrent use.
type Door struct {
	mu          sync.Mutex
	authorities map[repertoire.ID]repertoire.Authority
	records     map[repertoire.ID]repertoire.Partnership
	order       []repertoire.ID // by title
	titles      map[repertoire.ID]string
	directories []records.DirectorySummary
	changes     []change
	listeners   []func(workspace.Event)
	now         time.Time

	// Fail, when set, is what every call returns.
	Fail error
	// Built are the books asked for.
	Built []books.BuildOptions
	// Warnings are those of the next book.
	Warnings []books.BuildWarning
	// Searches counts the calls of Search.
	Searches int
}

// change is one step that can be taken back.
type change struct {
	item   history.HistoryItem
	record repertoire.ID
	before *repertoire.Partnership
	after  *repertoire.Partnership
}

// New returns a workspace of four répertoires and n partnerships, at least
// three, of which the first is Lille – Saint-Louis.
func New(n int) *Door {
	d := &Door{authorities: map[repertoire.ID]repertoire.Authority{}, records: map[repertoire.ID]repertoire.Partnership{},
		titles: map[repertoire.ID]string{}, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	for _, x := range [][4]string{
		{"madagascar", "Répertoire des partenariats franco-malgaches", "Franco-malgaches", "MG"},
		{"senegal", "Répertoire des partenariats franco-sénégalais", "Franco-sénégalais", "SN"},
		{"japon", "Répertoire des partenariats franco-japonais", "Franco-japonais", "JP"},
		{"liban", "Répertoire des partenariats franco-libanais", "Franco-libanais", "LB"},
	} {
		d.directories = append(d.directories, records.DirectorySummary{Slug: x[0], Title: x[1], Short: x[2], Countries: []string{x[3]}})
	}
	d.fill(n)
	return d
}

// Dir is where the workspace would be.
func (d *Door) Dir() string { return "/dossier" }

// Close is the door's.
func (d *Door) Close() error { return nil }

// Subscribe is the door's.
func (d *Door) Subscribe(f func(workspace.Event)) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.listeners = append(d.listeners, f)
	i := len(d.listeners) - 1
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.listeners[i] = func(workspace.Event) {}
	}
}

// Directories is the door's.
func (d *Door) Directories(context.Context) ([]records.DirectorySummary, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := slices.Clone(d.directories)
	for i := range out {
		for _, p := range d.records {
			if slices.Contains(p.Directories, out[i].Slug) {
				out[i].Partnerships++
			}
		}
	}
	return out, d.Fail
}

// Themes is the door's.
func (d *Door) Themes() []repertoire.Theme {
	return []repertoire.Theme{
		{Code: "1", Label: "Gouvernance locale et appui institutionnel"}, {Code: "1.1", Label: "Décentralisation et administration communale"},
		{Code: "2", Label: "Éducation, social et recherche"}, {Code: "2.3", Label: "Jeunesse et volontariat"}, {Code: "2.5", Label: "Santé"},
		{Code: "3", Label: "Environnement, climat et énergie"}, {Code: "3.1", Label: "Eau et déchets"}, {Code: "3.1.1", Label: "Eau et assainissement"},
		{Code: "4", Label: "Économie durable"}, {Code: "4.2", Label: "Tourisme durable"},
	}
}

// ThemeLabel is the door's.
func (d *Door) ThemeLabel(code string) string {
	for _, t := range d.Themes() {
		if t.Code == code {
			return t.Label
		}
	}
	return code
}

// CountryName is the door's.
func (d *Door) CountryName(iso string) string {
	switch iso {
	case "FR":
		return "France"
	case "MG":
		return "Madagascar"
	case "SN":
		return "Sénégal"
	case "JP":
		return "Japon"
	case "LB":
		return "Liban"
	}
	return iso
}

// Authorities is the door's.
func (d *Door) Authorities(_ context.Context, ids []repertoire.ID) (map[repertoire.ID]repertoire.Authority, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := map[repertoire.ID]repertoire.Authority{}
	for _, id := range ids {
		if a, ok := d.authorities[id]; ok {
			out[id] = a
		}
	}
	return out, d.Fail
}

// SuggestAuthorities is the door's.
func (d *Door) SuggestAuthorities(_ context.Context, text, country string, limit int) ([]records.AuthoritySuggestion, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []records.AuthoritySuggestion
	for _, a := range d.authorities {
		if strings.HasPrefix(repertoire.Fold(a.Name), repertoire.Fold(text)) && (country == "" || a.Country == country) {
			where := a.Departement
			if !a.French() {
				where = d.CountryName(a.Country)
			}
			out = append(out, records.AuthoritySuggestion{Authority: a, Where: where, Known: true})
		}
	}
	slices.SortFunc(out, func(a, b records.AuthoritySuggestion) int {
		return strings.Compare(a.Authority.Name, b.Authority.Name)
	})
	return out[:min(limit, len(out))], d.Fail
}

// AdoptAuthority is the door's.
func (d *Door) AdoptAuthority(_ context.Context, s records.AuthoritySuggestion) (repertoire.Authority, error) {
	return s.Authority, d.Fail
}

// SaveAuthority is the door's.
func (d *Door) SaveAuthority(_ context.Context, a repertoire.Authority) (repertoire.Authority, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if a.ID == "" {
		a.ID = repertoire.NewID()
	}
	d.authorities[a.ID] = a
	return a, d.Fail
}

// Partnership is the door's.
func (d *Door) Partnership(_ context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.Fail != nil {
		return repertoire.Partnership{}, d.Fail
	}
	p, ok := d.records[id]
	if !ok {
		return p, repertoire.Missing("Aucune fiche n’a l’identifiant « %s ».", id)
	}
	return copyOf(p), nil
}

// copyOf is a record nobody shares.
func copyOf(p repertoire.Partnership) repertoire.Partnership {
	var out repertoire.Partnership
	data, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(data, &out)
	}
	if err != nil {
		panic(err)
	}
	return out
}

// Validate is the door's.
func (d *Door) Validate(_ context.Context, p repertoire.Partnership) ([]repertoire.Finding, error) {
	return p.Validate(repertoire.Known{}), nil
}

// SavePartnership is the door's: a stale version is a conflict.
func (d *Door) SavePartnership(_ context.Context, p repertoire.Partnership) (repertoire.Partnership, error) {
	d.mu.Lock()
	if d.Fail != nil {
		d.mu.Unlock()
		return p, d.Fail
	}
	old, exists := d.records[p.ID]
	if exists && old.Version != p.Version {
		d.mu.Unlock()
		return p, &workspace.Conflict{Aggregate: repertoire.AggPartnership, ID: p.ID, Base: p.Version, Current: old.Version, Author: "Awa Diop"}
	}
	p = copyOf(p)
	label := "Modification de "
	var before *repertoire.Partnership
	if exists {
		before = &old
	} else {
		p.ID, p.Created = repertoire.NewID(), d.now
		label = "Création de "
	}
	p.Version, p.Updated = p.Version+1, d.now
	after := p
	d.put(p)
	d.note(label+d.titles[p.ID], p.ID, before, &after)
	d.mu.Unlock()
	d.publish()
	return copyOf(p), nil
}

// Confirm is the door's.
func (d *Door) Confirm(ctx context.Context, id repertoire.ID) (repertoire.Partnership, error) {
	p, err := d.Partnership(ctx, id)
	if err != nil {
		return p, err
	}
	p.Verified = repertoire.DateOf(d.now)
	return d.SavePartnership(ctx, p)
}

// DeletePartnership is the door's.
func (d *Door) DeletePartnership(_ context.Context, id repertoire.ID) error {
	d.mu.Lock()
	old, ok := d.records[id]
	if !ok || d.Fail != nil {
		d.mu.Unlock()
		return d.Fail
	}
	title := d.titles[id]
	d.drop(id)
	d.note("Mise à la corbeille de "+title, id, &old, nil)
	d.mu.Unlock()
	d.publish()
	return nil
}

func (d *Door) note(label string, id repertoire.ID, before, after *repertoire.Partnership) {
	d.now = d.now.Add(time.Minute)
	d.changes = append(d.changes, change{item: history.HistoryItem{Change: repertoire.ID(fmt.Sprintf("change-%d", len(d.changes))),
		At: d.now, Author: "Camille Martin", Cause: repertoire.CauseEdit, Label: label}, record: id, before: before, after: after})
}

func (d *Door) publish() {
	d.mu.Lock()
	listeners := slices.Clone(d.listeners)
	d.mu.Unlock()
	for _, f := range listeners {
		f(workspace.Event{})
	}
}

// History is the door's.
func (d *Door) History(_ context.Context, id repertoire.ID) ([]history.HistoryItem, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []history.HistoryItem
	for _, c := range slices.Backward(d.changes) {
		if c.record == id {
			out = append(out, c.item)
		}
	}
	return out, d.Fail
}

// LastChange is the door's.
func (d *Door) LastChange(context.Context) (*history.HistoryItem, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range slices.Backward(d.changes) {
		if !c.item.Undone && c.item.Cause != repertoire.CauseUndo {
			return &c.item, nil
		}
	}
	return nil, d.Fail
}

// LastUndone is the door's.
func (d *Door) LastUndone(context.Context) (*history.HistoryItem, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.changes); n > 0 && d.changes[n-1].item.Cause == repertoire.CauseUndo {
		return &d.changes[n-1].item, nil
	}
	return nil, d.Fail
}

// Undo is the door's.
func (d *Door) Undo(_ context.Context, id repertoire.ID, _ history.UndoChoice) (history.Undone, error) {
	d.mu.Lock()
	i := slices.IndexFunc(d.changes, func(c change) bool { return c.item.Change == id })
	if i < 0 || d.Fail != nil {
		d.mu.Unlock()
		return history.Undone{}, d.Fail
	}
	c := d.changes[i]
	d.changes[i].item.Undone = true
	if c.before == nil {
		d.drop(c.record)
	} else {
		back := copyOf(*c.before)
		if now, ok := d.records[c.record]; ok {
			back.Version = now.Version + 1
		}
		d.put(back)
	}
	d.note(c.item.Label, c.record, c.after, c.before)
	d.changes[len(d.changes)-1].item.Cause = repertoire.CauseUndo
	out := history.Undone{Change: d.changes[len(d.changes)-1].item.Change, Label: c.item.Label}
	d.mu.Unlock()
	d.publish()
	return out, nil
}

// Build is the door's: it pretends in three steps and stops when asked to.
func (d *Door) Build(ctx context.Context, o books.BuildOptions, progress workspace.Progress) (books.BuildReport, error) {
	for i, label := range []string{"Lecture des fiches", "Composition des pages", "Écriture du PDF"} {
		if err := ctx.Err(); err != nil {
			return books.BuildReport{}, err
		}
		progress(i+1, 3, label)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Built = append(d.Built, o)
	return books.BuildReport{Pages: 112, Words: 31250, Entries: 48, Warnings: d.Warnings}, d.Fail
}
