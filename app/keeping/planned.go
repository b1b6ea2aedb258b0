package keeping

import (
	"strconv"

	"repertoire/app/i18n"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/safety"
)

// planned says in sentences what a restoration takes back and what it keeps.
func planned(p safety.RestorePlan) (out []string) {
	say := func(sentence string) { out = append(out, sentence) }
	if p.Present == "damaged" {
		say(i18n.T("La base actuelle est abîmée : ce qui s’y lit encore est repris table par table. Fiches plus récentes sauvées : %s ; illisibles : %s.", strconv.Itoa(p.Saved), strconv.Itoa(p.Lost)))
	}
	if p.Total > 0 {
		out = append(out, i18n.N("%s fiche revient à ce qu’elle était :", "%s fiches reviennent à ce qu’elles étaient :", p.Total,
			repertoire.Thousands(int64(p.Total))))
		for _, x := range p.Back[:min(len(p.Back), sinceShown)] {
			out = append(out, "   "+x.Title+" : "+takenBack(x.What))
		}
		if rest := p.Total - min(len(p.Back), sinceShown); rest > 0 {
			out = append(out, i18n.N("… et %s autre.", "… et %s autres.", rest, strconv.Itoa(rest)))
		}
	}
	if p.Orders+p.Invoices+p.Movements > 0 {
		say(i18n.T("Ce qui a été vendu depuis reste : factures et avoirs %s, commandes %s, paiements %s, mouvements de stock %s.",
			strconv.Itoa(p.Invoices), strconv.Itoa(p.Orders), strconv.Itoa(p.Payments), strconv.Itoa(p.Movements)))
	}
	if p.Messages > 0 {
		say(i18n.T("Messages de campagne partis depuis, qui ne repartiront pas : %s.", strconv.Itoa(p.Messages)))
	}
	if p.Doubtful > 0 {
		say(i18n.T("Messages qui attendaient, dont rien ne dit s’ils sont partis : %s. Ils ne partiront pas sans vous.",
			strconv.Itoa(p.Doubtful)))
	}
	if p.Erasures > 0 {
		say(i18n.T("Effacements faits depuis, qui seront refaits à l’ouverture : %s.", strconv.Itoa(p.Erasures)))
	}
	if p.Missing > 0 {
		say(i18n.T("Images et fichiers joints introuvables : %s.", strconv.Itoa(p.Missing)))
	}
	if p.Unknown {
		say(i18n.T("Rien ne dit quels numéros de facture ont été donnés depuis : le programme vous demandera le dernier avant d’en donner un autre."))
	}
	if !p.Vouched {
		say(i18n.T("Cette sauvegarde n’a pas d’empreinte : rien ne dit qu’elle est telle qu’elle a été faite."))
	}
	say(i18n.T("Les éditions figées et les fichiers livrés restent où ils sont."))
	return out
}

func takenBack(what string) string {
	switch what {
	case "added":
		return i18n.T("ajoutée depuis, s’en va")
	case "deleted":
		return i18n.T("supprimée depuis, revient")
	}
	return i18n.T("revient à son état d’alors")
}
