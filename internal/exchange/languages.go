package exchange

import (
	"strings"
	"sync"
)

// neighbours are the headings of lists that come from across the border, in
// German, Spanish, Italian and Portuguese, folded.
var neighbours = map[Field][]string{
	FieldFrench: {"stadt", "gemeinde", "kommune", "ort", "ciudad", "municipio", "localidad", "ayuntamiento", "comune", "citta", "cidade",
		"concelho", "municipio portugues", "franzosische stadt", "franzosische gemeinde", "ciudad francesa", "municipio frances",
		"citta francese", "comune francese", "cidade francesa", "municipio frances"},
	FieldForeign: {"partnerstadt", "partnergemeinde", "partnerkommune", "partnerort", "partnerstadte", "partnerschaft mit",
		"ciudad hermana",
		"ciudad hermanada", "municipio hermanado", "hermanamiento con", "hermanada con", "comune gemellato", "citta gemellata",
		"citta gemella", "gemellaggio con", "gemellata con", "cidade geminada", "cidade irma", "municipio geminado", "geminada com",
		"geminacao com"},
	FieldCountry: {"land", "staat", "pais", "paese", "nazione", "stato estero"},
	FieldForeignRegion: {"bundesland", "landkreis", "provincia", "comunidad autonoma", "regione", "regiao", "distrito", "comarca",
		"estado federado"},
	FieldFirstYear: {"seit", "jahr", "grundungsjahr", "seit jahr", "ano", "anno", "desde", "dal", "anno di gemellaggio", "ano de firma",
		"ano de hermanamiento", "partnerschaft seit"},
	FieldSigned: {"unterzeichnung", "unterzeichnet am", "vertragsdatum", "datum", "fecha", "fecha de firma", "data", "data di firma",
		"data de assinatura", "firma"},
	FieldEnd: {"ende", "beendet", "fecha de fin", "data fine", "data de fim"},
	FieldType: {"art", "art der partnerschaft", "typ", "form der partnerschaft", "tipo", "tipo de relacion", "tipo di gemellaggio",
		"tipo de geminacao", "tipologia"},
	FieldThemes: {"themen", "schwerpunkte", "themenfelder", "bereiche", "ambitos", "temas", "ambiti", "temi", "areas de cooperacao"},
	FieldNotes: {"bemerkung", "bemerkungen", "anmerkung", "anmerkungen", "hinweise", "observaciones", "notas", "osservazioni",
		"observacoes"},
	FieldDescription: {"beschreibung", "aktivitaten", "descripcion", "actividades", "descrizione", "attivita", "descricao",
		"atividades"},
	FieldActors: {"partnerschaftsverein", "verein", "comite de hermanamiento", "comitato di gemellaggio",
		"asociacion"},
	FieldLinks: {"webseite", "internetseite", "pagina web", "sito web", "sitio web", "sitio"},
	contactSlots[3].prefix + partName: {"ansprechpartner", "ansprechpartnerin", "kontakt", "contacto", "persona de contacto",
		"referente estero"},
}

// adjectives say in a heading which country a column is of, in the languages of
// lists that come from there: « Ciudad española », « Comune italiano ».
var adjectives = map[string]string{"deutsche": "DE", "deutscher": "DE", "deutschen": "DE", "deutsch": "DE", "german": "DE",
	"allemande": "DE", "allemand": "DE", "espanola": "ES", "espanol": "ES", "spanish": "ES", "espagnole": "ES", "espagnol": "ES",
	"italiano": "IT", "italiana": "IT", "italian": "IT", "italienne": "IT", "italien": "IT", "portugues": "PT", "portuguesa": "PT",
	"portuguese": "PT", "portugaise": "PT", "british": "GB", "english": "GB", "anglaise": "GB", "britannique": "GB", "american": "US",
	"americaine": "US", "polish": "PL", "polonaise": "PL", "polska": "PL", "belge": "BE", "belgische": "BE", "belgian": "BE",
	"suisse": "CH", "schweizer": "CH", "swiss": "CH", "osterreichische": "AT", "austrian": "AT", "autrichienne": "AT", "marocaine": "MA",
	"marocain": "MA", "tunisienne": "TN", "tunisien": "TN", "senegalaise": "SN", "malienne": "ML", "malgache": "MG", "japonaise": "JP",
	"japanese": "JP", "libanaise": "LB", "armenienne": "AM", "quebecoise": "CA", "canadienne": "CA", "canadian": "CA", "roumaine": "RO",
	"romanian": "RO", "beninoise": "BJ", "burkinabe": "BF", "camerounaise": "CM", "vietnamienne": "VN", "chinoise": "CN", "chinese": "CN",
	"haitienne": "HT", "palestinienne": "PS", "israelienne": "IL", "israeli": "IL", "grecque": "GR", "hongroise": "HU", "tcheque": "CZ",
	"russe": "RU", "ukrainienne": "UA", "bresilienne": "BR", "mexicaine": "MX", "mauritanienne": "MR", "algerienne": "DZ"}

// spokenIn is where a list is from whose headings are in a language.
var spokenIn = []struct {
	iso   string
	words map[string]bool
}{
	{"DE", words("stadt gemeinde kommune partnerstadt partnergemeinde partnerort seit jahr bundesland bemerkungen stadtepartnerschaft")},
	{"ES", words("ciudad municipio ayuntamiento hermanada hermanado hermana hermanamiento pais fecha desde observaciones")},
	{"IT", words("comune citta gemellato gemellata gemellaggio paese nazione anno provincia")},
	{"PT", words("municipio concelho cidade geminada geminado geminacao pais ano observacoes")},
}

// languageOf gives the country whose language most headings are in, "" for a
// list in French or English.
func languageOf(headings []string) string {
	best, most := "", 1
	for _, l := range spokenIn {
		n := 0
		for _, h := range headings {
			for _, w := range strings.Fields(foldHeading(h)) {
				if l.words[w] {
					n++
					break
				}
			}
		}
		if n > most {
			best, most = l.iso, n
		}
	}
	return best
}

// countriesAbroad names the countries that lists from across the border name in
// their own language, folded.
var countriesAbroad = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for iso, names := range map[string]string{
		"FR": "frankreich francia franca", "DE": "deutschland alemania germania alemanha", "IT": "italien italia",
		"ES": "spanien espana spagna espanha",
		"GB": "grossbritannien|vereinigtes konigreich|reino unido|regno unito|gran bretana|gra bretanha|england|inghilterra|inglaterra",
		"PT": "portugal portogallo", "BE": "belgien belgica belgio", "CH": "schweiz suiza svizzera suica", "AT": "osterreich austria",
		"NL": "niederlande|paises bajos|paesi bassi|paises baixos|holland|olanda|holanda", "PL": "polen polonia",
		"CZ": "tschechien chequia cechia",
		"HU": "ungarn hungria ungheria", "RO": "rumanien rumania romania", "GR": "griechenland grecia", "RU": "russland rusia russia",
		"US": "usa|vereinigte staaten|estados unidos|stati uniti", "TR": "turkei turquia turchia",
		"MA": "marokko marruecos marocco marrocos",
		"TN": "tunesien tunez tunisia", "DZ": "algerien argelia algeria", "JP": "japan japon giappone japao", "CN": "china cina",
		"IE": "irland irlanda", "DK": "danemark dinamarca danimarca", "SE": "schweden suecia svezia", "FI": "finnland finlandia",
		"NO": "norwegen noruega norvegia", "HR": "kroatien croacia croazia", "SI": "slowenien eslovenia slovenia",
		"SK": "slowakei eslovaquia slovacchia",
		"UA": "ukraine ucrania ucraina", "IL": "israel israele", "BR": "brasilien brasil brasile", "MX": "mexiko mexico messico",
		"LU": "luxemburg luxemburgo lussemburgo", "SN": "senegal", "ML": "mali", "CU": "kuba cuba", "AR": "argentinien argentina"} {
		sign := " "
		if strings.Contains(names, "|") {
			sign = "|"
		}
		for _, n := range strings.Split(names, sign) {
			m[n] = iso
		}
	}
	return m
})
