package order

import (
	"slices"
	"strings"
)

// Zone is where a place lies for VAT, seen from mainland France.
type Zone string

// The zones, as stored and typed.
const (
	// Mainland has Corsica and Monaco with it (CGI art. 256-0, 1°).
	Mainland Zone = "france"
	// TaxedOverseas are Guadeloupe, Martinique and La Réunion: export for goods,
	// rates of their own (CGI art. 294, 2 and 296).
	TaxedOverseas Zone = "antilles-reunion"
	// UntaxedOverseas are Guyane and Mayotte, where VAT is not applied (art. 294, 1).
	UntaxedOverseas Zone = "guyane-mayotte"
	// EU is the VAT territory of the other member states.
	EU Zone = "ue"
	// NorthernIreland is of the EU for goods, not for services.
	NorthernIreland Zone = "irlande-du-nord"
	// Abroad is all the rest: third countries, French territories outside the
	// VAT area, and the parts of member states that are outside it.
	Abroad Zone = "hors-ue"
)

// zoneNames are the words of refusals and menus.
var zoneNames = map[Zone]string{Mainland: "France métropolitaine", TaxedOverseas: "Guadeloupe, Martinique ou La Réunion",
	UntaxedOverseas: "Guyane ou Mayotte",
	EU:              "Union européenne", NorthernIreland: "Irlande du Nord", Abroad: "hors de l’Union européenne"}

// Name is what people call the zone.
func (z Zone) Name() string { return zoneNames[z] }

// countryCodes are those of ISO 3166-1, as the code lists of EN 16931 hold them.
const countryCodes = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ" +
	" EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK" +
	" LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG" +
	" SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "

// KnownCountry tells whether a code is one of ISO 3166-1.
func KnownCountry(code string) bool {
	return len(code) == 2 && strings.Contains(countryCodes, " "+code+" ")
}

// frenchLands are the codes under which French post codes of five digits are
// written too.
var frenchLands = []string{"FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "WF", "PF", "NC", "MC"}

// unionParts are post codes of member states that lie outside their VAT
// territory (directive 2006/112, art. 6): Canaries, Ceuta, Melilla, Livigno,
// Campione, Heligoland, Büsingen, Åland, Mount Athos.
var unionParts = map[string][]string{"ES": {"35", "38", "51", "52"}, "IT": {"23041", "22061", "23030", "22060"}, "DE": {"27498", "78266"},
	"FI": {"22"}, "GR": {"63086", "63087"}}

const unionCountries = " AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "

// UnionCountries lists the codes of the other member states.
func UnionCountries() []string { return strings.Fields(unionCountries) }

// Zone says where the address lies for VAT.
func (a Address) Zone() Zone {
	code := strings.ReplaceAll(a.PostCode, " ", "")
	switch country := cmpOr(a.Country, "FR"); {
	case country == "FR":
		return zoneOfFrench(code)
	case country == "MC":
		return Mainland
	case slices.Contains([]string{"GP", "MQ", "RE"}, country):
		return TaxedOverseas
	case country == "GF" || country == "YT":
		return UntaxedOverseas
	case country == "GB" && strings.HasPrefix(strings.ToUpper(code), "BT"):
		return NorthernIreland
	case strings.Contains(unionCountries, " "+country+" "):
		if slices.ContainsFunc(unionParts[country], func(p string) bool { return strings.HasPrefix(code, p) }) {
			return Abroad
		}
		return EU
	}
	return Abroad
}

// zoneOfFrench reads the post code of an address in France.
func zoneOfFrench(code string) Zone {
	if code == "97133" || code == "97150" { // Saint-Barthélemy, Saint-Martin
		return Abroad
	}
	switch {
	case len(code) < 3 || code[:3] == "980": // Monaco
		return Mainland
	case slices.Contains([]string{"971", "972", "974"}, code[:3]):
		return TaxedOverseas
	case code[:3] == "973" || code[:3] == "976":
		return UntaxedOverseas
	case code[:2] == "97" || code[:2] == "98":
		return Abroad
	}
	return Mainland
}
