package exchange

import (
	"fmt"
	"strings"

	"repertoire/internal/reference"
	"repertoire/internal/repertoire"
)

// findFrench finds the one French authority a row means. One that is not sure
// is taken as it is written, without a code, and asked about.
func (r *resolving) findFrench(q frenchCell) answer {
	m, siren, reason := frenchMention(&q)
	if reason != "" {
		return answer{reason: reason}
	}
	level := m.Level
	key := WhoKey(m)
	if a, ok := r.decided(key, q.name); ok {
		return a
	}
	found, foreseen := r.meant[m]
	if !foreseen {
		found = r.Who(m)
	}
	if inFrench := fromEnglish(m.Name); inFrench != m.Name && !sureOf(found) {
		m.Name = inFrench
		if translated := r.Who(m); sureOf(translated) {
			found = translated
		}
	}
	if c, ok := found.Certain(); ok {
		a := r.accept(c, m, nil)
		if mine := c.Authority.SIREN; q.siren != "" && mine != "" && !strings.HasPrefix(strings.ReplaceAll(q.siren, " ", ""), mine) {
			a.remark = strings.TrimSpace(a.remark + fmt.Sprintf(" Le SIREN « %s » n’est pas celui de %s (%s).", q.siren, c.Authority.Name,
				mine))
		}
		return a
	}
	if q.name == "" {
		return answer{reason: fmt.Sprintf(
			"Aucune collectivité connue n’a le code « %s » : vérifiez-le dans la liste officielle, ou donnez le nom.", q.insee+q.siren)}
	}
	if level == "" {
		level = found.Level
	}
	return r.ask(key, m, found, r.freeEntry(q, level, siren).id)
}

// frenchMention says whom a cell speaks of, and its SIREN when that is one; or
// why it speaks of nobody.
func frenchMention(q *frenchCell) (m reference.Mention, siren, reason string) {
	level, ok := parseLevel(q.level)
	if !ok {
		return m, "", fmt.Sprintf("Le niveau « %s » est inconnu : choisissez parmi %s.", q.level,
			strings.Join(repertoire.Levels.Labels(), ", "))
	}
	if q.insee == "" && q.siren == "" && q.name == "" {
		return m, "", "Une collectivité française de la ligne n’a ni nom ni code."
	}
	siren = strings.ReplaceAll(q.siren, " ", "")
	if len(siren) == 14 && repertoire.ValidSIRET(siren) {
		siren = siren[:9]
	}
	if siren != "" && !repertoire.ValidSIREN(siren) {
		if q.insee == "" && q.name == "" {
			return m, "", fmt.Sprintf("Le SIREN « %s » est faux : il a neuf chiffres et une clé de contrôle.", q.siren)
		}
		siren = ""
	}
	insee := strings.ToUpper(strings.ReplaceAll(q.insee, " ", ""))
	if level == "" && insee != "" && len(insee) <= 3 {
		level = repertoire.LevelDepartement
	}
	return reference.Mention{Name: oneLine(clean(q.name)), Country: "FR", Level: level, INSEE: insee, SIREN: siren,
		Departement: q.departement}, siren, ""
}

func sureOf(a reference.Answer) bool { _, ok := a.Certain(); return ok }

var englishForms = [][2]string{{"City of ", "Ville de "}, {"Town of ", "Ville de "}, {"Municipality of ", "Commune de "},
	{"Commune of ", "Commune de "}, {"Department of ", "Département de "}, {"Departmental Council of ", "Département de "},
	{"County of ", "Département de "}, {"Region of ", "Région "}, {"Regional Council of ", "Région "}, {"Metropolis of ", "Métropole de "}}

// fromEnglish writes "City of Paris" as the French lists do.
func fromEnglish(name string) string {
	for _, f := range englishForms {
		if len(name) > len(f[0]) && strings.EqualFold(name[:len(f[0])], f[0]) {
			return f[1] + strings.TrimPrefix(strings.TrimPrefix(name[len(f[0]):], "the "), "The ")
		}
	}
	return name
}

// freeEntry makes a French authority that no official list has: a syndicat, an
// association of communes.
func (r *resolving) freeEntry(q frenchCell, level repertoire.Level, siren string) answer {
	key := siren
	if key == "" {
		key = foldHeading(q.name)
	}
	if q.departement != "" {
		key += ":" + foldHeading(q.departement)
	}
	a := repertoire.Authority{ID: repertoire.DeriveID("fr:" + string(level) + ":" + key), Name: oneLine(clean(q.name)), Article: -1,
		Country: "FR",
		Level:   level, SIREN: siren, Departement: q.departement, Source: "import"}
	if have := r.Resolver.Authority(a.ID); have != nil {
		return answer{id: have.ID}
	}
	r.made[a.ID] = true
	return r.keep(a)
}
