package sharing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/sharing"
)

// roles word what an account may do.
func role(r sharing.Role) string {
	switch r {
	case sharing.Reader:
		return i18n.T("lit seulement")
	case sharing.Officer:
		return i18n.T("agent : lit et écrit")
	case sharing.Admin:
		return i18n.T("administre la base")
	}
	return i18n.T("aucun droit")
}

// paintOthers shows who shares, and what came from them.
func (v *View) paintOthers() {
	s := v.state
	if len(s.Present) > 0 {
		v.body.Add(widgets.NewBold(i18n.T("Au travail en ce moment")))
		for _, p := range s.Present {
			v.body.Add(v.opening(p.Record, PresenceLine(p)))
		}
	}
	v.body.Add(widgets.NewBold(i18n.T("Arrivé des autres postes depuis hier")))
	if len(s.Arrivals) == 0 {
		v.body.Add(widgets.NewMuted(i18n.T("Rien.")))
	}
	for i, a := range s.Arrivals {
		if i == 12 {
			v.body.Add(widgets.NewMuted(i18n.T("… et %s autres : le journal les a toutes.", count(len(s.Arrivals)-i))))
			break
		}
		v.body.Add(widgets.NewMuted(a.At.Local().Format("02/01 15:04") + " · " + a.Author + " · " + i18n.Said(a.Label)))
	}
	v.body.Add(widgets.NewBold(i18n.T("Postes")))
	for _, p := range s.Peers {
		line := i18n.T("%s · compte %s · vu le %s · Répertoire %s", p.Name, p.Login, p.Seen.Local().Format("02/01/2006 15:04"), p.Program)
		if behind := s.Followed - p.Last; behind > 0 {
			line += " · " + i18n.N("%s modification à reprendre", "%s modifications à reprendre", int(behind),
				repertoire.Thousands(behind))
		}
		v.body.Add(widgets.NewMuted(line))
	}
	v.body.Add(widgets.NewBold(i18n.T("Comptes et droits")))
	for _, p := range s.People {
		line := p.Login + " · " + role(p.Role)
		if p.You {
			line += " · " + i18n.T("vous")
		}
		v.body.Add(widgets.NewMuted(line))
	}
	v.body.Add(widgets.NewMuted(i18n.T("Un compte se crée, se retire et change de mot de passe sur le serveur : le guide, « Administrer », dit comment.")))
}

// PresenceLine says who has an entry open.
func PresenceLine(p sharing.Presence) string {
	if p.Editing {
		return i18n.T("%s modifie cette fiche", p.Author)
	}
	return i18n.T("%s a ouvert cette fiche", p.Author)
}

// opening is a line with a button that opens its entry.
func (v *View) opening(id repertoire.ID, line string) fyne.CanvasObject {
	open := widgets.NewIconButton("eye", i18n.T("Ouvrir cette fiche"), func() {
		if v.OnEntry != nil {
			v.OnEntry(id)
		}
	}).Small()
	return container.NewBorder(nil, nil, container.NewCenter(open), nil, widgets.NewMuted(line))
}

// guard asks about another desk's deletion of many records.
func (v *View) guard(g sharing.Deletion) fyne.CanvasObject {
	column := widgets.Column(4, widgets.NewFlushParagraph(i18n.T("« %s », de %s, le %s, supprimerait %s fiches. Rien n’en a été repris ici, et ce qui est arrivé après attend aussi.",
		i18n.Said(g.Label), g.Author, g.At.Local().Format("02/01/2006 15:04"), count(g.Records))))
	for _, title := range g.Titles {
		column.Add(widgets.NewMuted("• " + title))
	}
	if rest := g.Records - len(g.Titles); rest > 0 {
		column.Add(widgets.NewMuted(i18n.N("… et %s autre.", "… et %s autres.", rest, count(rest))))
	}
	return v.block(column, widgets.NewButton(i18n.T("Reprendre cette suppression"), "check", func() { v.Accept(g.Number) }),
		widgets.NewMainButton(i18n.T("Annuler ce changement"), "undo", func() { v.TakeBack(g.Number) }))
}

// dispute shows what two desks wrote, in three columns, and asks which stands.
func (v *View) dispute(d sharing.Dispute) fyne.CanvasObject {
	title := widgets.NewBold(d.Title)
	head := container.NewBorder(nil, nil, nil, v.opening(d.Entry, ""), title)
	why := d.Why
	if d.By != "" {
		why += " " + i18n.T("L’autre poste : %s, le %s.", d.By, d.At.Local().Format("02/01/2006 15:04"))
	}
	column := widgets.Column(6, head, widgets.NewFlushParagraph(why))
	theirs, mine := i18n.T("Garder la leur"), i18n.T("Mettre la mienne")
	switch {
	case d.Chosen:
		return v.block(column, widgets.NewButton(i18n.T("J’ai lu"), "check", func() { v.Settle(d.Number, false) }))
	case d.Field == "" && d.Kind == sharing.DeletedHere:
		theirs, mine = i18n.T("Garder la fiche"), i18n.T("La supprimer quand même")
	case d.Field == "":
		theirs, mine = i18n.T("La supprimer"), i18n.T("Garder la fiche")
	default:
		weights := []float32{1, 1, 1}
		column.Add(widgets.NewMuted(d.Field))
		column.Add(widgets.Shares(12, weights, widgets.NewCaption(i18n.T("Avant")), widgets.NewCaption(i18n.T("La leur, en vigueur")),
			widgets.NewCaption(i18n.T("La mienne"))))
		column.Add(widgets.Shares(12, weights, widgets.NewFlushParagraph(orNothing(d.Before)),
			widgets.NewFlushParagraph(orNothing(d.Theirs)),
			widgets.NewFlushParagraph(orNothing(d.Mine))))
	}
	return v.block(column, widgets.NewButton(theirs, "", func() { v.Settle(d.Number, false) }),
		widgets.NewButton(mine, "", func() { v.Settle(d.Number, true) }))
}

func orNothing(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
