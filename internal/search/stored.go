package search

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"sync"
)

// Records are stored compressed, with the words that all of them share known
// in advance: they make a third of the index, and its files are mapped whole
// in memory when segments are merged.

// sharedText is what the stored records have in common. It belongs to the
// format: changing it changes formatVersion.
const sharedText = `"acteurs":["],"contacts":["],"liens":["https://www.","odd":[6,"],"joignable":true,"fictif":true}` +
	`La collectivité et son partenaire ont signé une convention de coopération décentralisée dans le cadre de l’appel à projets du ministère de l’Europe et des Affaires étrangères, avec le soutien de l’Agence française de développement. ` +
	`Formation des enseignants, accès à l’eau potable et assainissement, développement économique local, patrimoine, jeunesse, santé, tourisme durable, agriculture ` +
	`{"c":"1.1","l":"Décentralisation et administration communale","sup":[{"c":"1","l":"Gouvernance locale et appui institutionnel"}]}` +
	`{"c":"2.1","l":"Éducation, emploi, formation professionnelle","sup":[{"c":"2","l":"Éducation, social et recherche"}]}` +
	`{"c":"5.1","l":"Sécurité alimentaire et circuits courts","sup":[{"c":"5","l":"Agriculture et sécurité alimentaire"}]}` +
	`{"c":"3.1.1","l":"Eau et assainissement","sup":[{"c":"3.1","l":"Eau et déchets"},{"c":"3","l":"Environnement, climat et énergie"}]}` +
	`"projets":[{"n":"","th":[{"c":"","l":""}],"b":["MEAE","AFD"],"t":[{"f":"description","t":""},{"f":"results","t":"}],"de":2020,"a":2022},` +
	`"textes":[{"f":"objectives","t":""},{"f":"description","t":""},{"f":"context","t":""},{"f":"history","t":""}]` +
	`"type":{"c":"cooperation-decentralisee","l":"Coopération décentralisée"},"type":{"c":"jumelage","l":"Jumelage"},"statut":{"c":"actif","l":"Actif"},"forme":{"c":"convention","l":"Convention signée"},"an":2012,"debut":"2012-05","verif":"2026-","maj":17,"bailleurs":["` +
	`"niv":{"c":"commune","l":"Commune"},"p":"FR","lat":4,"lon":"pays":[{"c":"","n":"","adj":["` +
	`{"id":"","seq":1,"title":" – ","dirs":["],"fr":[{"n":"","insee":"","siren":"2","cp":["],"dep":"","reg":"Auvergne-Rhône-Alpes"et":[{"n":"","v":"","a":["`

// packers lends writers, which are large and slow to make.
type packers struct{ pool sync.Pool }

// pack gives the stored form of r.
func (p *packers) pack(r *Record) ([]byte, error) {
	raw, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, _ := p.pool.Get().(*flate.Writer)
	if w == nil {
		if w, err = flate.NewWriterDict(&out, 5, []byte(sharedText)); err != nil {
			return nil, err
		}
	} else {
		w.Reset(&out) // keeps the dictionary
	}
	_, err = w.Write(raw)
	if closed := w.Close(); err == nil {
		err = closed
	}
	p.pool.Put(w)
	return out.Bytes(), err
}

// unpack reads the stored form.
func unpack(stored []byte, into *Record) error {
	r := flate.NewReaderDict(bytes.NewReader(stored), []byte(sharedText))
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}
