package repertoire

import (
	"regexp"
	"strconv"
	"strings"
)

// Money is an exact amount: hundredths of the currency's main unit, whatever
// the currency (CFA francs and yen too), and an ISO 4217 code.
type Money struct {
	Cents    int64  `json:"cents"`
	Currency string `json:"currency"`
}

// Euros returns n euros.
func Euros(n int64) Money { return Money{Cents: n * 100, Currency: "EUR"} }

// IsZero tells whether nothing was entered.
func (m Money) IsZero() bool { return m.Cents == 0 && m.Currency == "" }

// ParseMoney reads "1 364 239 EUR", "400 000,50 €", "1500" (euros); the
// decimal mark is a comma, or a point followed by one or two digits. "1,2 M€",
// "350 k€" and "3 millions de FCFA" are read too.
func ParseMoney(s string) (Money, error) {
	raw := s
	if g := inMultiples.FindStringSubmatch(s); g != nil {
		return parseMultiples(raw, g)
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\'', '’':
			return -1
		}
		return r
	}, s)
	if s == "" {
		return Money{}, nil
	}
	refuse := func() (Money, error) {
		return Money{}, Refuse("« %s » n’est pas un montant : écrivez par exemple 12 500,50 EUR.", raw)
	}
	i := 0
	if strings.HasPrefix(s, "-") {
		i = 1
	}
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == ',' || s[i] == '.') {
		i++
	}
	digits, unit := s[:i], strings.ToUpper(s[i:])
	switch unit {
	case "", "€", "EURO", "EUROS":
		unit = "EUR"
	case "FCFA", "F.CFA", "CFA":
		unit = "XOF"
	case "¥", "YEN", "YENS":
		unit = "JPY"
	}
	if len(unit) != 3 || strings.Trim(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return refuse()
	}
	whole, frac, _ := strings.Cut(digits, ",")
	if frac == "" {
		if k := strings.LastIndexByte(digits, '.'); k >= 0 && len(digits)-k-1 <= 2 {
			whole, frac = digits[:k], digits[k+1:]
		}
	}
	whole = strings.ReplaceAll(whole, ".", "")
	if whole == "" || whole == "-" || len(frac) > 2 || strings.Trim(frac, "0123456789") != "" || len(whole) > 15 {
		return refuse()
	}
	frac = (frac + "00")[:2]
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return refuse()
	}
	return Money{Cents: n, Currency: unit}, nil
}

// French writes the amount with U+202F between thousands and U+00A0 before
// the unit: "1 364 239 €", "12 500,50 €", "3 000 000 XOF"; "" when empty.
func (m Money) French() string {
	if m.IsZero() {
		return ""
	}
	unit := m.Currency
	if unit == "EUR" {
		unit = "€"
	}
	c := m.Cents
	sign := ""
	if c < 0 {
		c, sign = -c, "−"
	}
	s := sign + Thousands(c/100)
	if r := c % 100; r != 0 {
		s += "," + string([]byte{byte('0' + r/10), byte('0' + r%10)})
	}
	return s + "\u00a0" + unit
}

// Thousands groups the digits of n with narrow no-break spaces (U+202F), as
// French typography asks from 1 000 up.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	if neg {
		return "−" + s
	}
	return s
}

// inMultiples is an amount in thousands, millions or milliards: the multiple
// is a whole word or stands before a whole currency, so that "MGA" and "KMF"
// stay currencies.
var inMultiples = regexp.MustCompile(`(?i)^\s*(\d[\d\s\x{a0}\x{202f}]*)(?:[,.](\d{1,9}))?[\s\x{a0}\x{202f}]*(milliards?|millions?|mds?|m|k)[\s\x{a0}\x{202f}]*(?:d[’']|de )?\s*(€|euros?|yens?|¥|fcfa|[a-z]{3})?\s*$`)

func parseMultiples(raw string, g []string) (Money, error) {
	zeros := 3
	switch strings.ToLower(g[3])[0] {
	case 'm':
		zeros = 6
		if x := strings.ToLower(g[3]); strings.HasPrefix(x, "md") || strings.HasPrefix(x, "millia") {
			zeros = 9
		}
	}
	places := strings.TrimRight(g[2], "0")
	if len(places) > zeros {
		return Money{}, Refuse("« %s » n’est pas un montant : il a plus de chiffres après la virgule que l’unité n’en permet.", raw)
	}
	return ParseMoney(g[1] + places + strings.Repeat("0", zeros-len(places)) + " " + g[4])
}
