package order

import (
	"fmt"
	"strconv"
	"strings"

	"repertoire/internal/repertoire"
)

// Cents is an exact amount in hundredths of a euro.
type Cents int64

// French writes "1 234,50 €", cents always shown, as an account does.
func (c Cents) French() string {
	sign := ""
	if c < 0 {
		c, sign = -c, "−"
	}
	return fmt.Sprintf("%s%s,%02d\u00a0€", sign, repertoire.Thousands(int64(c/100)), int64(c%100))
}

// Decimal writes "1234.50", as data exchanges do.
func (c Cents) Decimal() string {
	sign := ""
	if c < 0 {
		c, sign = -c, "-"
	}
	return fmt.Sprintf("%s%d.%02d", sign, int64(c/100), int64(c%100))
}

// Comma writes "1234,50", as a French spreadsheet reads it.
func (c Cents) Comma() string { return strings.Replace(c.Decimal(), ".", ",", 1) }

// ParseCents reads "25", "25,50", "1 250,00 €"; other currencies are refused.
func ParseCents(s string) (Cents, error) {
	m, err := repertoire.ParseMoney(s)
	if err != nil {
		return 0, err
	}
	if strings.TrimSpace(s) == "" {
		return 0, repertoire.Refuse("Il manque un montant : écrivez par exemple 25,50.")
	}
	if m.Currency != "EUR" {
		return 0, repertoire.Refuse("« %s » n’est pas en euros : les commandes sont vendues en euros.", s)
	}
	return Cents(m.Cents), nil
}

// Rate is a share in hundredths of a percent: 550 is 5,5 %.
type Rate int

// French writes "5,5 %".
func (r Rate) French() string {
	s := strconv.Itoa(int(r) / 100)
	if d := fmt.Sprintf("%02d", int(r)%100); d != "00" {
		s += "," + strings.TrimRight(d, "0")
	}
	return s + "\u00a0%"
}

// Decimal writes "5.50".
func (r Rate) Decimal() string { return fmt.Sprintf("%d.%02d", int(r)/100, int(r)%100) }

// ParseRate reads "5,5", "5.5 %", "20": from 0 to 100.
func ParseRate(s string) (Rate, error) {
	t := strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "%", "", ",", ".").Replace(s)
	whole, frac, _ := strings.Cut(t, ".")
	n, err := strconv.Atoi(whole)
	if err != nil || n < 0 || n > 100 || len(frac) > 2 || strings.Trim(frac, "0123456789") != "" {
		return 0, repertoire.Refuse("« %s » n’est pas un taux : écrivez un nombre de 0 à 100, par exemple 5,5.", s)
	}
	d, _ := strconv.Atoi((frac + "00")[:2])
	if r := Rate(n*100 + d); r <= hundred {
		return r, nil
	}
	return 0, repertoire.Refuse("« %s » dépasse 100 %%.", s)
}

// hundred is 100 %.
const hundred Rate = 10000

// of is the share of an amount that is not negative, halves up.
func (r Rate) of(c Cents) Cents { return halfUp(int64(c)*int64(r), int64(hundred)) }

// within takes the amount without tax out of one with it, halves up.
func (r Rate) within(c Cents) Cents { return halfUp(int64(c)*int64(hundred), int64(hundred+r)) }

// halfUp divides; n is not negative and far from the limits of int64 (see the
// bounds of a line).
func halfUp(n, d int64) Cents { return Cents((2*n + d) / (2 * d)) }
