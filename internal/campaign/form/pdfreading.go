package form

import (
	"slices"
	"strings"

	"repertoire/internal/campaign"
	"repertoire/internal/pdf/object"
	"repertoire/internal/repertoire"
)

// ReadForm reads a PDF form that came back, whoever filled it in. One that has
// no field left (printed, flattened) comes back as its text.
func ReadForm(name string, data []byte) (Return, error) {
	if len(data) > MaxFile {
		return Return{}, tooBig(name, len(data))
	}
	file, err := object.Open(data)
	if err != nil || file.Dict(file.Trailer.Get("Root")) == nil {
		if file, err = object.Salvage(data); err != nil {
			return Return{}, repertoire.Damage(name, err,
				"Le PDF « %s » est abîmé : il n’a pas pu être lu, il reste où il est. Demandez à la collectivité de l’envoyer de nouveau.",
				name)
		}
	}
	if file.Trailer.Get("Encrypt") != nil {
		return Return{},
			repertoire.Refuse(
				"Le PDF « %s » est protégé par un mot de passe : il n’a pas été lu, il reste où il est. Demandez-le sans protection.", name)
	}
	r := &formReader{file: file, Return: Return{Cells: campaign.Filled{}}, seen: map[*object.Dict]bool{}}
	info := file.Dict(file.Trailer.Get("Info"))
	if s, ok := file.Resolve(info.Get("Keywords")).(object.String); ok {
		r.identified(s.Decode())
	}
	form := file.Dict(file.Dict(file.Trailer.Get("Root")).Get("AcroForm"))
	for _, f := range file.Array(form.Get("Fields")) {
		r.field(f, "", nil, 0)
	}
	if len(r.Cells) > 0 && len(r.Identifiers) > 0 {
		return r.Return, nil
	}
	text := pageTexts(file)
	r.identified(text)
	if len(r.Cells) == 0 {
		r.Text = strings.TrimSpace(text)
		r.Printed = true
		if r.Text == "" {
			return Return{},
				repertoire.Refuse(
					"Le PDF « %s » ne contient ni case à remplir ni texte : c’est sans doute une image numérisée. Il reste où il est ; reportez-le à la main, ou demandez le fichier d’origine.", name)
		}
	}
	return r.Return, nil
}

func tooBig(name string, size int) error {
	return repertoire.Refuse(
		"Le fichier « %s » est trop gros (%s Mo, au plus 20) : il n’a pas été lu, il reste où il est. Demandez à la collectivité de renvoyer le questionnaire seul.", name, repertoire.Thousands(int64(size>>20)))
}

// identified keeps the identifiers of a text, each once.
func (r *Return) identified(text string) {
	if !strings.Contains(text, "RQ1") {
		return
	}
	for _, id := range campaign.FindIdentifier(text) {
		if !slices.ContainsFunc(r.Identifiers, func(x string) bool { return bare(x) == bare(id) }) {
			r.Identifiers = append(r.Identifiers, id)
		}
	}
}

type formReader struct {
	Return
	file *object.File
	seen map[*object.Dict]bool
}

// deepest is how deep fields stand in fields.
const deepest = 12

// field reads a field and those under it; above is what it takes over.
func (r *formReader) field(v any, path string, above *object.Dict, depth int) {
	d := r.file.Dict(v)
	if d == nil || depth > deepest || r.seen[d] {
		return
	}
	r.seen[d] = true
	own := object.NewDict("FT", above.Get("FT"), "V", above.Get("V"))
	for _, key := range []object.Name{"FT", "V"} {
		if x := d.Get(key); x != nil {
			own.Set(key, x)
		}
	}
	if t, ok := r.file.Resolve(d.Get("T")).(object.String); ok {
		if path != "" {
			path += "."
		}
		path += strings.ReplaceAll(t.Decode(), "/", ".")
	}
	kids := r.file.Array(d.Get("Kids"))
	named := slices.ContainsFunc(kids, func(k any) bool { return r.file.Dict(k).Get("T") != nil })
	if named {
		for _, k := range kids {
			r.field(k, path, own, depth+1)
		}
		return
	}
	if path == "" {
		return
	}
	if path == identifierField {
		r.identified(r.words(own.Get("V")))
		return
	}
	if !known(path) {
		return
	}
	if r.file.Name(own.Get("FT")) == "Btn" {
		r.Cells[path] = r.ticked(d, own, kids, path)
		return
	}
	r.Cells[path] = r.words(own.Get("V"))
}

// known tells whether a field is one of ours.
func known(path string) bool {
	return singles()[path] || blockOfCell(path) != ""
}

// blockOfCell gives the block of a cell's key: "projects.0.themes.1",
// "projects.funding.+0.@parent".
func blockOfCell(path string) string {
	steps := strings.Split(path, ".")
	for n := len(steps) - 1; n > 1; n-- {
		if b := blockOf(strings.Join(steps[:n], ".")); b != "" && frames()[b] != nil {
			return b
		}
	}
	return ""
}

// words gives the text of a value: a string, a stream of text, the first of
// several choices.
func (r *formReader) words(v any) string {
	switch x := r.file.Resolve(v).(type) {
	case object.String:
		return x.Decode()
	case object.Name:
		return string(x)
	case *object.Stream:
		if data, err := r.file.Decode(x); err == nil && len(data) <= MaxFile {
			return object.String(data).Decode()
		}
	case object.Array:
		if len(x) > 0 {
			return r.words(x[0])
		}
	}
	return ""
}

// ticked reads a box by its value, else by what its drawing shows.
func (r *formReader) ticked(d, own *object.Dict, kids object.Array, path string) string {
	state, drawn := r.words(own.Get("V")), string(r.file.Name(d.Get("AS")))
	for _, k := range kids {
		if s := r.file.Name(r.file.Dict(k).Get("AS")); s != "" {
			drawn = string(s)
		}
	}
	on := func(s string) bool { return s != "" && s != "Off" }
	switch {
	case own.Get("V") == nil:
		state = drawn
	case drawn != "" && on(state) != on(drawn):
		r.turned = append(r.turned, path)
	}
	switch {
	case on(state):
		return "oui"
	case path == campaign.KeyConfirm || strings.Contains(path, "+"):
		return "" // nobody was asked about this one before
	}
	return "non"
}
