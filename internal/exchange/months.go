package exchange

import (
	"regexp"
	"strings"

	"repertoire/internal/repertoire"
)

// dayAndMonth is a day with its month in words, in whatever language: "12. März
// 1975", "5 de enero de 1990", "3rd of December 1958", "20-oct-1970".
var dayAndMonth = regexp.MustCompile(`(?i)\b(\d{1,2})(?:\.|st|nd|rd|th|º|°)?[ -](?:de |of |del )?(\pL{3,10})\.?[ -](?:de |of |del )?((?:18|19|20)\d\d)\b`)

// monthAlone is a month in words with its year: "Okt. 1960", "marzo de 1998".
var monthAlone = regexp.MustCompile(`(?i)^(\pL{3,10})\.? (?:de |of |del )?((?:18|19|20)\d\d)$`)

// monthsAbroad are the months in the languages of those who send lists, folded,
// by their French name; what is French already is left as it is.
var monthsAbroad = abroadMonths(map[string]string{
	"janvier":   "januar january enero gennaio janeiro januari styczen stycznia jan ene gen",
	"février":   "februar february febrero febbraio fevereiro februari luty lutego feb",
	"mars":      "marz march marzo marco maart marzec marca mar",
	"avril":     "april abril aprile kwiecien kwietnia apr abr",
	"mai":       "may mayo maggio maio mei maj maja mag",
	"juin":      "june juni junio giugno junho czerwiec czerwca jun giu",
	"juillet":   "july juli julio luglio julho lipiec lipca jul lug",
	"août":      "august agosto augustus sierpien sierpnia aug ago",
	"septembre": "september septiembre setiembre settembre setembro wrzesien wrzesnia sep sept set",
	"octobre":   "oktober october octubre ottobre outubro pazdziernik pazdziernika okt oct ott out",
	"novembre":  "november noviembre novembro listopad listopada nov",
	"décembre":  "dezember december diciembre dicembre dezembro grudzien grudnia dez dec dic",
})

func abroadMonths(byFrench map[string]string) map[string]string {
	out := map[string]string{}
	for french, words := range byFrench {
		for _, w := range strings.Fields(words) {
			out[w] = french
		}
	}
	return out
}

// monthInFrench writes the month of a date in French where it is in another
// language.
func monthInFrench(s string) string {
	if g := monthAlone.FindStringSubmatch(s); g != nil {
		if french := monthsAbroad[repertoire.Fold(g[1])]; french != "" {
			return french + " " + g[2]
		}
		return s
	}
	return dayAndMonth.ReplaceAllStringFunc(s, func(date string) string {
		g := dayAndMonth.FindStringSubmatch(date)
		if french := monthsAbroad[repertoire.Fold(g[2])]; french != "" {
			return g[1] + " " + french + " " + g[3]
		}
		return date
	})
}
