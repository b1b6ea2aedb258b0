package journal

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"repertoire/app/i18n"
	"repertoire/app/theme"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/history"
)

// showDetail describes the change in view.
func (v *View) showDetail() {
	v.undo.Disable()
	if v.open == nil {
		v.detail.Objects = []fyne.CanvasObject{widgets.NewEmpty("clock", i18n.T("Choisissez une modification"),
			i18n.T("Ce qu’elle a changé s’affiche ici, champ par champ."))}
		v.detail.Refresh()
		return
	}
	d := v.open
	if d.Cause != repertoire.CauseErase && !d.Undone {
		v.undo.Enable()
	}
	column := widgets.Column(10, widgets.NewFlushParagraph(i18n.Said(d.Label)),
		widgets.NewMuted(d.At.Local().Format("02/01/2006 15:04")+" · "+d.Author+" · "+causeLabel(d.Cause)))
	for _, t := range d.Touched {
		column.Add(widgets.Rule())
		column.Add(v.touched(t))
	}
	if rest := d.Records - len(d.Touched); rest > 0 {
		column.Add(widgets.NewMuted(i18n.N("… et %s autre fiche.", "… et %s autres fiches.", rest, repertoire.Thousands(int64(rest)))))
	}
	v.detail.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Inset(16, 12, column))}
	v.detail.Refresh()
}

func whatLabel(what string) string {
	switch what {
	case history.Created:
		return i18n.T("créée")
	case history.Removed:
		return i18n.T("mise à la corbeille")
	case history.Erased:
		return i18n.T("effacée : son contenu n’est plus conservé")
	}
	return i18n.T("modifiée")
}

// fieldsShown bounds what one record takes of the pane: a new entry fills all
// its fields at once.
const fieldsShown = 30

func (v *View) touched(t history.TouchedRecord) fyne.CanvasObject {
	head := container.NewBorder(nil, nil, nil, nil, widgets.NewText(t.Title))
	if t.Aggregate == repertoire.AggPartnership && t.What != history.Removed && t.What != history.Erased && v.OnEntry != nil {
		head = container.NewBorder(nil, nil, nil, widgets.NewQuietButton(i18n.T("Ouvrir"), "", func() { v.OnEntry(t.ID) }),
			widgets.NewText(t.Title))
	}
	column := widgets.Column(4, head, widgets.NewMuted(whatLabel(t.What)))
	for _, f := range t.Fields[:min(len(t.Fields), fieldsShown)] {
		column.Add(widgets.NewCaption(i18n.Said(f.Label)))
		if t.What == history.Modified {
			column.Add(widgets.NewParagraph("− "+brief(f.Before), theme.ColorMuted))
			column.Add(widgets.NewParagraph("+ "+brief(f.After), fynetheme.ColorNameForeground))
			continue
		}
		value := f.After
		if t.What == history.Removed {
			value = f.Before
		}
		column.Add(widgets.NewParagraph(brief(value), fynetheme.ColorNameForeground))
	}
	return column
}

// brief keeps a value readable beside others.
func brief(s string) string {
	const most = 400
	if s == "" {
		return "∅"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Undo takes the change in view back; where fields were changed since, it asks.
func (v *View) Undo() {
	if v.open == nil || v.undo.Disabled() {
		return
	}
	id := v.open.ID
	v.take(func() (history.Undone, error) {
		return v.door.History().Undo(context.Background(), id, history.UndoAsk)
	}, id)
}

func (v *View) take(do func() (history.Undone, error), id repertoire.ID) {
	if v.busy {
		return
	}
	v.busy = true
	v.pace.Run(func() {
		u, err := do()
		fyne.Do(func() {
			v.busy = false
			switch {
			case err != nil:
				v.say(widgets.Failure, err.Error())
			case u.Change == "":
				v.askConflicts(id, u)
			default:
				v.say(widgets.Success, i18n.T("%s : c’est fait.", i18n.Said(u.Label)))
				v.Reload()
			}
		})
	})
}

// askConflicts lets a person choose, field by field, what the undo puts back.
func (v *View) askConflicts(id repertoire.ID, u history.Undone) {
	column := widgets.Column(10, widgets.NewFlushParagraph(
		i18n.N("%s champ a été changé depuis. Cochez ce qui doit revenir à l’ancienne valeur ; le reste garde la valeur actuelle.",
			"%s champs ont été changés depuis. Cochez ce qui doit revenir à l’ancienne valeur ; le reste garde la valeur actuelle.",
			len(u.Conflicts), strconv.Itoa(len(u.Conflicts)))))
	picked := map[history.UndoField]bool{}
	for _, c := range u.Conflicts {
		key := history.UndoField{Record: c.Record, Field: c.Field}
		box := widgets.NewCheck(c.Title+" · "+i18n.Said(c.Label), func(on bool) { picked[key] = on })
		column.Add(widgets.Rule())
		column.Add(box)
		if c.Blocked {
			box.Disable()
			column.Add(widgets.NewParagraph(c.Reason, theme.ColorMuted))
			continue
		}
		column.Add(widgets.Shares(12, []float32{1, 1},
			widgets.Column(2, widgets.NewCaption(i18n.T("Valeur actuelle")),
				widgets.NewParagraph(brief(c.Now), fynetheme.ColorNameForeground)),
			widgets.Column(2, widgets.NewCaption(i18n.T("Remettrait")),
				widgets.NewParagraph(brief(c.Would), fynetheme.ColorNameForeground))))
		column.Add(widgets.NewMuted(i18n.T("Changé par : %s", c.By)))
	}
	ask := widgets.NewModal(i18n.Said(u.Label), container.NewVScroll(column), v.window)
	yes := widgets.NewMainButton(i18n.T("Annuler la modification"), "", func() {
		ask.Close()
		var back []history.UndoField
		for key, on := range picked {
			if on {
				back = append(back, key)
			}
		}
		v.take(func() (history.Undone, error) { return v.door.History().UndoTaking(context.Background(), id, back) }, id)
	})
	ask.SetButtons(widgets.NewButton(i18n.T("Ne rien changer"), "", ask.Close), yes)
	ask.Show(720, 440)
}
