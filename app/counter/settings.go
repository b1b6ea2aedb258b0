package counter

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"repertoire/app/i18n"
	"repertoire/app/widgets"
	"repertoire/internal/order"
	"repertoire/internal/repertoire"
)

// ShowSettings shows how the house sells.
func (v *View) ShowSettings() {
	v.write(func(ctx context.Context) func() {
		s, err := v.door.Orders().Settings(ctx)
		return func() {
			if err != nil {
				v.fail(err)
				return
			}
			v.editSettings(s)
		}
	})
}

// general are the prices of the list that hold for every edition: what the
// dialog writes; prices of one edition stay as they are.
var generalPrices = []struct {
	name   string
	format order.Format
	who    order.Membership
}{
	{"paper-members", order.Paper, order.Members}, {"paper-others", order.Paper, order.NonMembers},
	{"digital-members", order.Digital, order.Members}, {"digital-others", order.Digital, order.NonMembers},
}

func generalPrice(s order.Settings, format order.Format, who order.Membership) string {
	everybody := ""
	for _, p := range s.Prices {
		if p.Edition != "" || p.Directory != "" || p.Format != format {
			continue
		}
		if p.For == who {
			return p.Unit.Comma()
		}
		if p.For == order.Everybody {
			everybody = p.Unit.Comma()
		}
	}
	return everybody
}

func (v *View) editSettings(s order.Settings) {
	f := &form{entries: map[string]*widgets.Entry{}}
	seller := s.Seller
	regime, chosen := regimes(s)
	basis := widgets.NewRadio([]string{i18n.T("prix TTC"), i18n.T("prix hors taxes")}, nil)
	basis.SetSelected(basis.Options[0])
	if s.Basis == order.Without {
		basis.SetSelected(basis.Options[1])
	}
	postage := make([]string, len(s.Postage))
	for i, p := range s.Postage {
		postage[i] = strconv.Itoa(p.Copies) + " = " + p.Cost.Comma()
	}
	price := func(i int) string { return generalPrice(s, generalPrices[i].format, generalPrices[i].who) }
	column := widgets.Column(8,
		section(i18n.T("Vendeur")),
		f.field("name", i18n.T("Nom"), seller.Name), f.field("status", i18n.T("Statut"), seller.Status),
		f.pair("siret", i18n.T("SIRET"), seller.SIRET, "siren", i18n.T("ou SIREN"), seller.SIREN),
		f.field("vat", i18n.T("N° de TVA"), seller.VATNumber),
		f.area("address", i18n.T("Adresse"), seller.Address.Lines),
		f.pair("postcode", i18n.T("Code postal"), seller.Address.PostCode, "city", i18n.T("Ville"), seller.Address.City),
		f.pair("email", i18n.T("Courriel"), seller.Email, "phone", i18n.T("Téléphone"), seller.Phone),
		f.pair("iban", i18n.T("IBAN"), seller.IBAN, "bic", i18n.T("BIC"), seller.BIC),
		section(i18n.T("Taxes et prix")),
		widgets.NewField("regime", i18n.T("Régime"), widgets.Framed(regime)), widgets.NewField("basis", i18n.T("Prix convenus"), basis),
		widgets.NewMuted(i18n.T("Prix d’un exemplaire sur papier")),
		f.pair("paper-members", i18n.T("Adhérents"), price(0), "paper-others", i18n.T("Autres"), price(1)),
		widgets.NewMuted(i18n.T("Prix d’un exemplaire numérique")),
		f.pair("digital-members", i18n.T("Adhérents"), price(2), "digital-others", i18n.T("Autres"), price(3)),
		f.field("postage", i18n.T("Frais de port"), strings.Join(postage, " ; ")),
		widgets.NewField("", "", widgets.NewMuted(i18n.T(
			"Par exemple : 1 = 6,90 ; 3 = 9,50 : jusqu’à 1 exemplaire, jusqu’à 3 ; au-delà, plusieurs colis."))),
		section(i18n.T("Factures et stock")),
		f.pair("due", i18n.T("Échéance en jours"), strconv.Itoa(s.DueDays), "low", i18n.T("Stock bas sous"), strconv.Itoa(s.LowStock)),
		f.pair("invoices", i18n.T("Série des factures"), s.InvoiceSeries, "credits", i18n.T("Série des avoirs"), s.CreditSeries),
		f.field("closed", i18n.T("Période close jusqu’au"), s.ClosedUntil.Field()))
	q := v.ask(i18n.T("Réglages des commandes"), i18n.T("Enregistrer"), "save", 760, column, func(q *question) {
		s := s
		s.Regime = chosen()
		s.Basis = order.With
		if basis.Selected == basis.Options[1] {
			s.Basis = order.Without
		}
		if err := f.settings(&s); err != nil {
			q.refuse(err.Error())
			return
		}
		v.saveSettings(s, q)
	})
	q.modal.Focus(f.entries["name"])
}

// regimes is the choice of how the house is taxed.
func regimes(s order.Settings) (choice *widgets.Select, chosen func() order.Regime) {
	var labels []string
	at := 0
	for i, r := range order.Regimes {
		labels = append(labels, i18n.T(r.Label))
		if r.Value == s.Regime {
			at = i
		}
	}
	choice = widgets.NewSelect(labels, nil)
	choice.SetSelectedIndex(at)
	return choice, func() order.Regime { return order.Regimes[choice.SelectedIndex()].Value }
}

func (v *View) saveSettings(s order.Settings, q *question) {
	v.write(func(ctx context.Context) func() {
		_, err := v.door.Orders().SaveSettings(ctx, s)
		return func() {
			if err != nil {
				q.refuse(err.Error())
				return
			}
			q.modal.Close()
			v.say(widgets.Success, i18n.T("Réglages enregistrés."))
			v.Reload()
		}
	})
}

func section(title string) fyne.CanvasObject {
	t := widgets.NewBold(title)
	return widgets.Inset(0, 4, t)
}

// seller reads who sells.
func (f *form) seller(x *order.Seller) {
	bare := func(name string) string { return strings.Join(strings.Fields(f.text(name)), "") }
	x.Name, x.Status, x.SIREN, x.SIRET, x.VATNumber = f.text("name"), f.text("status"), bare("siren"), bare("siret"), f.text("vat")
	x.Address.Lines, x.Address.PostCode, x.Address.City = f.list("address"), f.text("postcode"), f.text("city")
	x.Email, x.Phone, x.IBAN, x.BIC = f.text("email"), f.text("phone"), f.text("iban"), f.text("bic")
}

// settings reads what was typed into s.
func (f *form) settings(s *order.Settings) error {
	f.seller(&s.Seller)
	s.InvoiceSeries, s.CreditSeries = f.text("invoices"), f.text("credits")
	var err error
	for name, to := range map[string]*int{"due": &s.DueDays, "low": &s.LowStock} {
		if *to, err = strconv.Atoi(f.text(name)); err != nil {
			return repertoire.Refuse("« %s » n’est pas un nombre entier. Rien n’a été enregistré.", f.text(name))
		}
	}
	if s.ClosedUntil, err = repertoire.ParseDate(f.text("closed")); err != nil {
		return err
	}
	var kept []order.Price
	for _, p := range s.Prices {
		if p.Edition != "" || p.Directory != "" {
			kept = append(kept, p)
		}
	}
	for _, g := range generalPrices {
		text := f.text(g.name)
		if text == "" {
			continue
		}
		unit, err := order.ParseCents(text)
		if err != nil {
			return err
		}
		kept = append(kept, order.Price{Format: g.format, For: g.who, Unit: unit})
	}
	s.Prices = kept
	s.Postage = []order.PostageStep{}
	for step := range strings.SplitSeq(f.text("postage"), ";") {
		if strings.TrimSpace(step) == "" {
			continue
		}
		copies, cost, ok := strings.Cut(step, "=")
		n, err := strconv.Atoi(strings.TrimSpace(copies))
		c, costErr := order.ParseCents(cost)
		if !ok || err != nil || costErr != nil {
			return repertoire.Refuse("Le palier « %s » ne se lit pas : écrivez 1 = 6,90 ; 3 = 9,50. Rien n’a été enregistré.",
				strings.TrimSpace(step))
		}
		s.Postage = append(s.Postage, order.PostageStep{Copies: n, Cost: c})
	}
	return nil
}
