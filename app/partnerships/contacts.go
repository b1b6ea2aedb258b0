package partnerships

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/repertoire"
)

// legalBases are the grounds on which a person's data may be published, as the
// GDPR's article 6 names them; others can be typed.
func legalBases() []string {
	return []string{i18n.T("consentement"), i18n.T("intérêt légitime"), i18n.T("mission d’intérêt public")}
}

func (f *Form) contacts() fyne.CanvasObject {
	list := &f.draft.now.Contacts
	return items(f, list, "Ajouter un interlocuteur", func() repertoire.Contact {
		id := repertoire.NewID()
		f.folds[string(id)] = true
		return repertoire.Contact{ID: id, Side: repertoire.SideFrench}
	}, func(i int, c *repertoire.Contact) fyne.CanvasObject { return f.contact(list, i, c) })
}

func (f *Form) contact(list *[]repertoire.Contact, i int, c *repertoire.Contact) fyne.CanvasObject {
	title := c.Name
	if title == "" {
		title = i18n.T("Interlocuteur sans nom")
	}
	fold := widgets.NewDisclosure(title, contactNote(*c), f.folds[string(c.ID)],
		func() fyne.CanvasObject { return widgets.Inset(0, 6, f.contactFields(i, c)) },
		container.NewCenter(raising(f, list, i)), container.NewCenter(removal(f, list, i)))
	fold.OnToggled = func(open bool) { f.folds[string(c.ID)] = open }
	return block(fold)
}

// contactNote says at a glance whether a book may print the person.
func contactNote(c repertoire.Contact) string {
	printed := i18n.T("non publiable")
	if _, ok := c.Published(); ok {
		printed = i18n.T("publiable")
	}
	if c.Objected {
		printed = i18n.T("s’oppose à la publication")
	}
	if c.Role != "" {
		return c.Role + " · " + printed
	}
	return printed
}

func (f *Form) contactFields(i int, c *repertoire.Contact) fyne.CanvasObject {
	name := func(field string) string { return at("contacts", i, field) }
	// The flag stands beside what it lets out.
	with := func(field, label string, value *string, flag string, publish *bool) *widgets.Field {
		return f.label(name(field), label, container.NewBorder(nil, nil, nil, f.tick(flag, publish), f.entry(name(field), value, "")))
	}
	basis := widgets.NewSelectEntry(legalBases())
	basis.SetText(c.LegalBasis)
	basis.OnChanged = func(s string) { f.edit(name("legal_basis"), func() { c.LegalBasis = s }) }
	return widgets.Column(6,
		with("name", "Nom", &c.Name, "publiable", &c.PublishName),
		f.text(name("role"), "Fonction", &c.Role, ""),
		choice(f, name("side"), "Côté", repertoire.Sides, &c.Side),
		f.label(name("elected"), "Mandat", f.tick("Élue ou élu en charge", &c.Elected)),
		with("email", "Courriel", &c.Email, "publiable", &c.PublishEmail),
		with("phone", "Téléphone", &c.Phone, "publiable", &c.PublishPhone),
		f.label(name("legal_basis"), "Base légale", basis),
		f.date(name("agreed_on"), "Accord du", &c.AgreedOn),
		f.text(name("proof"), "Preuve", &c.Proof, i18n.T("Où l’accord est conservé")),
		f.label(name("objected"), "Opposition", f.tick("S’oppose à la publication : rien n’est imprimé", &c.Objected)),
		f.label(name("printed"), "Dans le livre", f.printedContact(c)),
	)
}

// printedContact shows what a book prints of a person, as it stands.
func (f *Form) printedContact(c *repertoire.Contact) fyne.CanvasObject {
	text := widgets.NewText("")
	show := func() { text.SetText(printedWords(*c)) }
	show()
	f.echoes = append(f.echoes, show)
	return text
}

func printedWords(c repertoire.Contact) string {
	p, ok := c.Published()
	if !ok {
		return i18n.T("rien de cette personne n’est imprimé")
	}
	var parts []string
	for _, s := range []string{p.Name, p.Role, p.Phone, p.Email} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
