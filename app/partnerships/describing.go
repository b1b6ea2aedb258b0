package partnerships

import (
	"encoding/json"
	"strings"

	"repertoire/app/i18n"
	"repertoire/internal/repertoire"
)

// worded writes a field for a person, one line an element of a list.
func (f *Form) worded(field string, raw json.RawMessage) []string {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	switch field {
	case "parties":
		return each(raw, f.partyWords)
	case "themes":
		return each(raw, func(code string) string { label, path := f.themeLabel(code); return join(" · ", label, path) })
	case "directories":
		return each(raw, f.directoryName)
	case "projects":
		return each(raw, f.projectWords)
	case "contacts":
		return each(raw, contactWords)
	case "conventions":
		return each(raw, func(c repertoire.Convention) string {
			return join(" · ", c.Title, named(i18n.T("Signée le"), c.Signed.Field()), named(i18n.T("Jusqu’au"), c.Until.Field()),
				only(c.Media != "", i18n.T("texte joint")))
		})
	case "exchanges":
		return each(raw, func(x repertoire.Exchange) string { return join(" · ", x.Date.Field(), x.Title, x.Description) })
	case "quotes":
		return each(raw, func(q repertoire.Quote) string { return join(" · ", q.Text, q.Author, q.Role) })
	case "actors":
		return each(raw, func(a repertoire.Actor) string { return join(" · ", a.Name, a.Role, a.URL) })
	case "links":
		return each(raw, func(l repertoire.Link) string { return join(" · ", l.Label, l.URL) })
	case "pictures":
		return each(raw, func(p repertoire.Picture) string {
			return join(" · ", orElse(p.Caption, i18n.T("image sans légende")), named(i18n.T("Crédit"), p.Credit),
				named(i18n.T("Description"), p.Alt))
		})
	case "attachments":
		return each(raw, func(a repertoire.Attachment) string { return a.Name })
	case "type":
		return one(raw, repertoire.Types.Label)
	case "formality":
		return one(raw, repertoire.Formalities.Label)
	case "status":
		return one(raw, repertoire.Statuses.Label)
	case "start", "end", "verified":
		return one(raw, repertoire.Date.Field)
	}
	return plainWords(raw)
}

func plainWords(raw json.RawMessage) []string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	switch v := v.(type) {
	case string:
		return whole(v)
	case bool:
		if v {
			return []string{i18n.T("oui")}
		}
		return []string{i18n.T("non")}
	case float64:
		return []string{strings.TrimSpace(string(raw))}
	case []any:
		return []string{i18n.N("%s élément", "%s éléments", len(v), repertoire.Thousands(int64(len(v))))}
	}
	return nil
}

func (f *Form) partyWords(q repertoire.Party) string {
	a, known := f.authorities[q.Authority]
	if !known {
		return i18n.T("Collectivité inconnue")
	}
	return join(" · ", a.Usual(), f.placeOf(a), only(q.Lead, i18n.T("chef de file")))
}

func (f *Form) projectWords(p repertoire.Project) string {
	var themes, funders []string
	for _, code := range p.Themes {
		label, _ := f.themeLabel(code)
		themes = append(themes, label)
	}
	for _, x := range p.Funding {
		funders = append(funders, join(" ", x.Funder, x.Amount.French()))
	}
	return join(" · ", orElse(p.Title, i18n.T("projet sans titre")), join("–", p.Start.Field(), p.End.Field()), strings.Join(themes, ", "),
		p.Places,
		named(i18n.T("Opérateur"), p.Operator), named(i18n.T("Bénéficiaires"), p.Beneficiaries), named(i18n.T("Budget"), p.Budget.French()),
		named(i18n.T("Financeurs"), strings.Join(funders, ", ")), p.Description, named(i18n.T("Résultats"), p.Results),
		named(i18n.T("Difficultés"), p.Difficulties))
}

func contactWords(c repertoire.Contact) string {
	return join(" · ", orElse(c.Name, i18n.T("Interlocuteur sans nom")), c.Role, c.Email, c.Phone, contactNote(repertoire.Contact{
		Name: c.Name, PublishName: c.PublishName, PublishEmail: c.PublishEmail, PublishPhone: c.PublishPhone, Objected: c.Objected}),
		named(i18n.T("Base légale"), c.LegalBasis), named(i18n.T("Accord du"), c.AgreedOn.Field()))
}

// each writes the elements of a list.
func each[T any](raw json.RawMessage, words func(T) string) []string {
	var list []T
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var out []string
	for _, x := range list {
		out = append(out, whole(words(x))...)
	}
	return out
}

func one[T any](raw json.RawMessage, words func(T) string) []string {
	var v T
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	return whole(i18n.T(words(v)))
}

func whole(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// named puts its label before a value that is there.
func named(label, value string) string {
	if value == "" {
		return ""
	}
	return label + "\u00a0: " + value
}

func only(is bool, words string) string {
	if is {
		return words
	}
	return ""
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func join(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
