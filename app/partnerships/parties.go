package partnerships

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/records"
)

// partiesOf lists the authorities of one side, and finds others to add.
func (f *Form) partiesOf(label string, side repertoire.Side) fyne.CanvasObject {
	column := widgets.Column(4)
	parties := f.draft.now.Parties
	for i, party := range parties {
		if party.Side == side {
			column.Add(f.partyRow(i, party))
		}
	}
	country, hint := "FR", i18n.T("Ajouter : nom de commune, d’EPCI, de département, de région…")
	if side == repertoire.SideForeign {
		country, hint = "", i18n.T("Ajouter : nom de la collectivité partenaire…")
	}
	likely := f.likelyCountries()
	picker := widgets.NewPicker(hint, i18n.T("Aucune collectivité de ce nom. Entrée la crée."), f.pace,
		func(ctx context.Context, text string) ([]widgets.Suggestion, error) {
			return f.suggestAuthorities(ctx, text, country, likely, side)
		})
	picker.OnPicked = func(s widgets.Suggestion) { f.adopt(s.Value, side) }
	picker.OnUnknown = func(text string) { f.createAuthority(text, side) }
	if f.pickers == nil {
		f.pickers = map[repertoire.Side]*widgets.Picker{}
	}
	f.pickers[side] = picker
	column.Add(picker)
	return f.label("parties."+string(side), label, column)
}

func (f *Form) suggestAuthorities(ctx context.Context, text, country string, likely []string, side repertoire.Side) ([]widgets.Suggestion,
	error) {
	var found []records.AuthoritySuggestion
	var err error
	if side == repertoire.SideForeign {
		found, err = f.door.Records().SuggestAbroad(ctx, text, likely, 12)
	} else {
		found, err = f.door.Records().SuggestAuthorities(ctx, text, country, 12)
	}
	if err != nil {
		return nil, err
	}
	var out []widgets.Suggestion
	for _, s := range found {
		a := s.Authority
		if a.French() != (side == repertoire.SideFrench) {
			continue
		}
		label, note := a.Usual(), f.noteOf(s)
		if s.Written != "" {
			label = s.Written // it stays the name
		}
		switch {
		case s.Doubt:
			note += " · " + i18n.T("à confirmer : %s", s.Why)
		case s.Why != "":
			note += " · " + s.Why
		}
		out = append(out, widgets.Suggestion{Label: label, Note: note, Value: s, Doubtful: s.Doubt})
	}
	return out, nil
}

func (f *Form) noteOf(s records.AuthoritySuggestion) string {
	if s.Authority.Level == "" || s.Authority.Level == repertoire.LevelCommune {
		return s.Where
	}
	return i18n.T(repertoire.Levels.Label(s.Authority.Level)) + " · " + s.Where
}

// placeOf tells homonyms apart: 3,675 French communes share their name.
func (f *Form) placeOf(a repertoire.Authority) string {
	parts := []string{a.Departement, a.Region}
	if !a.French() {
		parts = []string{a.Region, f.door.CountryName(a.Country)}
	}
	if a.Level != "" && a.Level != repertoire.LevelCommune {
		parts = append([]string{i18n.T(repertoire.Levels.Label(a.Level))}, parts...)
	}
	var kept []string
	for _, p := range parts {
		if p != "" && p != a.Name && (len(kept) == 0 || kept[len(kept)-1] != p) {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

func (f *Form) partyRow(i int, party repertoire.Party) fyne.CanvasObject {
	a, known := f.authorities[party.Authority]
	name, place := a.Usual(), f.placeOf(a)
	if !known {
		name, place = i18n.T("Collectivité inconnue"), string(party.Authority)
	}
	flag := widgets.NewIconButton("flag", i18n.T("Chef de file"), func() {
		f.restructure(func() { f.draft.now.Parties[i].Lead = !f.draft.now.Parties[i].Lead })
	}).Small()
	flag.SetOn(party.Lead)
	buttons := widgets.Line(2, container.NewCenter(flag))
	if known {
		buttons.Add(container.NewCenter(widgets.NewIconButton("document", i18n.T("Modifier la collectivité"),
			func() { f.editAuthority(a.ID) }).Small()))
	}
	buttons.Add(container.NewCenter(removal(f, &f.draft.now.Parties, i)))
	native := ""
	if a.NativeName != a.Name {
		native = a.NativeName
	}
	return container.NewStack(widgets.NewBlockGround(), widgets.Inset(10, 0,
		widgets.Naming(widgets.NewText(name), widgets.NewMuted(native), widgets.NewMuted(place), buttons)))
}

// adopt puts a proposed authority into the workspace, off the interface
// thread, then into the entry.
func (f *Form) adopt(value any, side repertoire.Side) {
	s, ok := value.(records.AuthoritySuggestion)
	if !ok || f.draft == nil {
		return
	}
	d := f.draft
	f.pace.Run(func() {
		a, err := f.door.Records().AdoptAuthority(context.Background(), s)
		fyne.Do(func() { f.addParty(d, a, side, err) })
	})
}

func (f *Form) addParty(d *draft, a repertoire.Authority, side repertoire.Side, err error) {
	if err != nil {
		f.notice.Say(widgets.Failure, err.Error())
		return
	}
	f.authorities[a.ID] = a
	if f.draft != d {
		return
	}
	for _, party := range d.now.Parties {
		if party.Authority == a.ID {
			f.notice.Say(widgets.Info, i18n.T("%s figure déjà dans ce partenariat.", a.Usual()))
			return
		}
	}
	sitting := f.sitting()
	f.restructure(func() {
		lead := len(d.now.PartiesOn(side)) == 0
		d.now.Parties = append(d.now.Parties, repertoire.Party{Authority: a.ID, Side: side, Lead: lead})
	})
	f.tickByCountry(a)
	if sitting {
		f.focusParty(side)
	}
}

// focusParty puts the cursor where the next authority is missing: the French
// side first, then the partner's; else where one was added last.
func (f *Form) focusParty(last repertoire.Side) {
	for _, side := range []repertoire.Side{repertoire.SideFrench, repertoire.SideForeign} {
		if len(f.draft.now.PartiesOn(side)) == 0 {
			last = side
			break
		}
	}
	f.focusPicker(f.pickers[last])
}

func (f *Form) focusPicker(p *widgets.Picker) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil && p != nil {
		c.Focus(p.Entry())
	}
}
