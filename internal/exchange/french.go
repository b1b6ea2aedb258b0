package exchange

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"github.com/xrash/smetrics"

	"repertoire/internal/repertoire"
)

// findFrench finds the one French authority a row means, or says in a sentence
// why it cannot be told.
func (r *resolving) findFrench(q frenchCell) answer {
	level, ok := parseLevel(q.level)
	if !ok {
		return answer{reason: fmt.Sprintf("Le niveau « %s » est inconnu : choisissez parmi %s.", q.level, strings.Join(repertoire.Levels.Labels(), ", "))}
	}
	switch {
	case q.insee != "":
		return r.byINSEE(q, level)
	case q.siren != "":
		return r.bySIREN(q, level)
	case q.name != "":
		return r.byName(q, level)
	}
	return answer{reason: "Une collectivité française de la ligne n’a ni nom ni code."}
}

func (r *resolving) byINSEE(q frenchCell, level repertoire.Level) answer {
	code := strings.ToUpper(strings.ReplaceAll(q.insee, " ", ""))
	if len(code) == 4 && number(code) {
		code = "0" + code // spreadsheets eat the leading zero of "06088"
	}
	if level == "" && len(code) <= 3 {
		level = repertoire.LevelDepartement
	}
	found := r.French(FrenchQuery{INSEE: code, Level: level})
	if len(found) == 0 && level != "" && len(code) == 5 {
		found = r.French(FrenchQuery{INSEE: code})
	}
	if commune, ok := communeOfDistrict(code, ""); ok && len(found) == 0 {
		return answer{reason: fmt.Sprintf("Le code INSEE « %s »%s est celui d’un arrondissement : le partenariat est celui de la commune, %s.", q.insee, of(q.name), commune)}
	}
	if len(found) == 0 {
		return answer{reason: fmt.Sprintf("Le code INSEE « %s » est inconnu%s : vérifiez-le dans la liste officielle.", q.insee, of(q.name))}
	}
	a := r.keep(found[0])
	if name := found[0].Name; q.name != "" && !alike(name, q.name) {
		a.remark = fmt.Sprintf("Le code INSEE %s est celui de %s, alors que la ligne dit « %s » : c’est le code qui a été suivi.", code, name, q.name)
	}
	if mine := found[0].SIREN; q.siren != "" && mine != "" && !strings.HasPrefix(strings.ReplaceAll(q.siren, " ", ""), mine) {
		a.remark = strings.TrimSpace(a.remark + fmt.Sprintf(" Le SIREN « %s » n’est pas celui de %s (%s) : c’est le code INSEE %s qui a été suivi.", q.siren, found[0].Name, mine, code))
	}
	return a
}

func (r *resolving) bySIREN(q frenchCell, level repertoire.Level) answer {
	code := strings.ReplaceAll(q.siren, " ", "")
	if len(code) == 14 && repertoire.ValidSIRET(code) {
		code = code[:9]
	}
	if !repertoire.ValidSIREN(code) {
		return answer{reason: fmt.Sprintf("Le SIREN « %s » est faux%s : il a neuf chiffres et une clé de contrôle.", q.siren, of(q.name))}
	}
	if found := r.French(FrenchQuery{SIREN: code, Level: level}); len(found) > 0 {
		return r.keep(found[0])
	}
	// Départements, régions and syndicats have no SIREN in the reference.
	if q.name != "" && level != "" {
		if level == repertoire.LevelSyndicat || level == repertoire.LevelOther {
			return r.freeEntry(q, level, code)
		}
		q.siren = ""
		return r.byName(q, level)
	}
	return answer{reason: fmt.Sprintf("Le SIREN %s%s ne correspond à aucune collectivité connue : donnez le code INSEE, ou le nom et le niveau.", code, of(q.name))}
}

func (r *resolving) byName(q frenchCell, level repertoire.Level) answer {
	name, departement := q.name, q.departement
	found := r.French(FrenchQuery{Name: name, Level: level})
	if len(found) == 0 {
		// "Allonnes, Sarthe", "Saint-Denis (93)"
		if bare, where := splitPlace(name); where != "" {
			if found = r.French(FrenchQuery{Name: bare, Level: level}); len(found) > 0 && departement == "" {
				departement = where
			}
		}
	}
	if len(found) == 0 {
		bare, hint := stripOffice(name)
		if level == "" {
			level = hint
		}
		if bare != name {
			found = r.French(FrenchQuery{Name: bare, Level: level})
		}
	}
	if len(found) == 0 {
		if level == repertoire.LevelSyndicat || level == repertoire.LevelOther {
			return r.freeEntry(q, level, "")
		}
		if commune, ok := communeOfDistrict("", name); ok {
			return answer{reason: fmt.Sprintf("« %s » est un arrondissement : le partenariat est celui de la commune, %s.", name, commune)}
		}
		return answer{reason: fmt.Sprintf("« %s » n’est pas une collectivité française connue : vérifiez l’orthographe, ou donnez le code INSEE ou le SIREN.", name)}
	}
	if departement != "" {
		var there []repertoire.Authority
		for _, a := range found {
			if inDepartement(a, departement) {
				there = append(there, a)
			}
		}
		if len(there) == 0 {
			return answer{reason: fmt.Sprintf("« %s » n’est pas dans le département « %s » : %s.", name, departement, places(found))}
		}
		found = there
	}
	if len(found) > 1 && level == "" {
		// "Paris" is a commune before it is a département.
		found = narrow(found, func(a repertoire.Authority) bool { return a.Level == repertoire.LevelCommune })
	}
	if len(found) > 1 {
		return answer{reason: fmt.Sprintf("« %s » désigne %d collectivités (%s) : ajoutez le département ou le code INSEE.", name, len(found), places(found))}
	}
	return r.keep(found[0])
}

// districtName reads "Paris 12e" and "Lyon 3e arrondissement", folded.
var districtName = regexp.MustCompile(`^(paris|lyon|marseille) \d{1,2}(?:er|e|eme)?(?: arrondissement)?$`)

// communeOfDistrict tells whose municipal district an INSEE code or a name is.
func communeOfDistrict(code, name string) (commune string, ok bool) {
	const paris, lyon, marseille = "Paris (75056)", "Lyon (69123)", "Marseille (13055)"
	switch {
	case code >= "75101" && code <= "75120":
		return paris, true
	case code >= "69381" && code <= "69389":
		return lyon, true
	case code >= "13201" && code <= "13216":
		return marseille, true
	}
	if g := districtName.FindStringSubmatch(foldHeading(name)); g != nil && code == "" {
		return map[string]string{"paris": paris, "lyon": lyon, "marseille": marseille}[g[1]], true
	}
	return "", false
}

// freeEntry makes a French authority that no official list has: a syndicat, an
// association of communes.
func (r *resolving) freeEntry(q frenchCell, level repertoire.Level, siren string) answer {
	key := siren
	if key == "" {
		key = foldHeading(q.name)
	}
	a := repertoire.Authority{ID: repertoire.DeriveID("fr:" + string(level) + ":" + key), Name: q.name, Article: -1, Country: "FR",
		Level: level, SIREN: siren, Departement: q.departement, Source: "import"}
	r.made[a.ID] = true
	return r.keep(a)
}

// places lists where homonyms are: "Saint-Denis (Aude), Saint-Denis (La Réunion)".
func places(found []repertoire.Authority) string {
	list := make([]string, len(found))
	for i, a := range found {
		where := a.Departement
		if where == "" {
			where = strings.ToLower(repertoire.Levels.Label(a.Level))
		}
		list[i] = fmt.Sprintf("%s (%s)", a.Name, where)
	}
	sort.Strings(list)
	if len(list) > 6 {
		list = append(list[:6], "…")
	}
	return strings.Join(list, ", ")
}

// inDepartement accepts a département's name or the start of the INSEE code.
func inDepartement(a repertoire.Authority, text string) bool {
	if sameName(a.Departement, text) {
		return true
	}
	code := strings.ToUpper(text)
	if len(code) == 1 && number(code) {
		code = "0" + code
	}
	return len(code) >= 2 && len(code) <= 3 && strings.HasPrefix(a.INSEE, code) && len(a.INSEE) == 5
}

// splitPlace reads "Allonnes, Sarthe" and "Allonnes (Sarthe)".
func splitPlace(s string) (name, where string) {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1 : len(s)-1])
	}
	if i := strings.LastIndexByte(s, ','); i > 0 {
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+1:])
	}
	return s, ""
}

// offices are the words before a name that say what the authority is.
var offices = []struct {
	words string
	level repertoire.Level
}{
	{"ville", repertoire.LevelCommune}, {"commune", repertoire.LevelCommune}, {"mairie", repertoire.LevelCommune}, {"municipalité", repertoire.LevelCommune},
	{"conseil départemental", repertoire.LevelDepartement}, {"département", repertoire.LevelDepartement}, {"conseil général", repertoire.LevelDepartement},
	{"conseil régional", repertoire.LevelRegion}, {"région", repertoire.LevelRegion},
}

// stripOffice takes "Ville de", "Département du", "Région" off a name.
func stripOffice(s string) (string, repertoire.Level) {
	for _, o := range offices {
		n := strings.Count(o.words, " ") + 1
		parts := strings.SplitN(s, " ", n+1)
		if len(parts) <= n || !sameName(strings.Join(parts[:n], " "), o.words) {
			continue
		}
		rest := parts[n]
		for _, link := range []struct{ said, name string }{{"de la ", ""}, {"de l’", ""}, {"de l'", ""}, {"du ", "Le "}, {"des ", "Les "}, {"de ", ""}, {"d’", ""}, {"d'", ""}} {
			tail, ok := strings.CutPrefix(rest, link.said)
			if !ok {
				continue
			}
			if o.level == repertoire.LevelCommune {
				tail = link.name + tail // "Ville du Havre" is Le Havre
			}
			return tail, o.level
		}
		return rest, o.level
	}
	return s, ""
}

// alike tells whether two spellings may be one name.
func alike(a, b string) bool {
	b, _ = stripOffice(b)
	a, b = foldHeading(a), foldHeading(b)
	return a == b || strings.HasPrefix(b, a) || strings.HasPrefix(a, b) || strings.HasSuffix(a, b) || smetrics.JaroWinkler(a, b, 0.7, 4) > 0.85
}

func of(name string) string {
	if name == "" {
		return ""
	}
	return " (« " + name + " »)"
}
