package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"repertoire/internal/repertoire"
)

// Stage is how far an edition has come.
type Stage string

// The stages, in the order of a book's life.
const (
	Draft     Stage = "brouillon"
	Approved  Stage = "bon-a-tirer"
	Published Stage = "publiee"
	SoldOut   Stage = "epuisee"
)

// Stages are the choices with their French names.
var Stages = repertoire.Choices[Stage]{{Value: Draft, Label: "Brouillon"}, {Value: Approved, Label: "Bon à tirer"},
	{Value: Published, Label: "Publiée"}, {Value: SoldOut, Label: "Épuisée"}}

// Register is what happened to one edition since it was frozen. It can be lost
// without losing the edition: a snapshot without register is a draft.
type Register struct {
	Edition repertoire.ID `json:"edition"`
	Steps   []Step        `json:"steps"`
	Files   []File        `json:"files,omitempty"` // one a variant
	// Seal is the SHA-256 of the register without it, in hexadecimal: a stage
	// or a sum changed by another hand is seen. "" in what older programs wrote.
	Seal string `json:"seal,omitempty"`
}

// Step is one dated change of stage.
type Step struct {
	Stage Stage     `json:"stage"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
}

// File is the PDF of an edition in one variant, as it was when the edition was
// frozen, then when it was published: what a rebuild is held against.
type File struct {
	Variant string `json:"variant"`
	SHA256  string `json:"sha256"`
	Pages   int    `json:"pages"`
	Program string `json:"program"`
}

// Stage is the present one.
func (r *Register) Stage() Stage {
	if len(r.Steps) == 0 {
		return Draft
	}
	return r.Steps[len(r.Steps)-1].Stage
}

// Out tells whether readers have had the edition.
func (s Stage) Out() bool { return s == Published || s == SoldOut }

// File finds the first file of a variant.
func (r *Register) File(variant string) (File, bool) {
	for _, f := range r.Files {
		if f.Variant == variant {
			return f, true
		}
	}
	return File{}, false
}

// Move notes a change of stage; moved is false when the edition is there
// already. What readers have had never becomes a draft again, and what is not
// published cannot be out of print.
func (r *Register) Move(to Stage, at time.Time, by string) (moved bool, err error) {
	from := r.Stage()
	switch {
	case from == to:
		return false, nil
	case from.Out() && !to.Out():
		return false,
			repertoire.Refuse(
				"Cette édition est %s : elle ne peut plus redevenir « %s ». Son état n’a pas changé ; pour la corriger, figez une nouvelle édition.", adjective(from), Stages.Label(to))
	case to == SoldOut && !from.Out():
		return false,
			repertoire.Refuse("Seule une édition publiée peut être épuisée : celle-ci est encore « %s ». Son état n’a pas changé.",
				Stages.Label(from))
	}
	r.Steps = append(r.Steps, Step{to, at.UTC().Truncate(time.Second), by})
	return true, nil
}

func adjective(s Stage) string {
	if s == SoldOut {
		return "épuisée"
	}
	return "publiée"
}

// seal gives the register's sum; see Seal.
func (r Register) seal() (string, error) {
	r.Seal = ""
	text, err := json.Marshal(r)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// write gives the register as its file holds it, sealed.
func (r Register) write() ([]byte, error) {
	var err error
	if r.Seal, err = r.seal(); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	return append(bytes.TrimSpace(text), '\n'), err
}

// readRegister decodes a register; one that cannot be read, or that another
// hand changed, is said to be damaged, the edition itself is not.
func readRegister(file string, text []byte) (Register, error) {
	var r Register
	if err := json.Unmarshal(text, &r); err != nil {
		return Register{}, repertoire.Damage(file, err,
			"Le registre d’une édition est illisible (%s) : l’édition est entière, mais son état est oublié. Remettez ce fichier depuis une copie du dossier, ou supprimez-le : l’édition redevient un brouillon.", file)
	}
	for _, s := range r.Steps {
		if !Stages.Has(s.Stage) {
			return Register{}, repertoire.Damage(file, nil,
				"Le registre d’une édition nomme un état inconnu, « %s » (%s) : mettez le programme à jour, ou remettez ce fichier depuis une copie du dossier.", s.Stage, file)
		}
	}
	if seal, err := r.seal(); err != nil || r.Seal != "" && r.Seal != seal {
		return Register{}, repertoire.Damage(file, err,
			"Le registre de l’édition « %s » a été modifié hors du programme (%s) : l’édition est entière, mais son état n’est plus sûr. Remettez ce fichier depuis une copie du dossier, ou supprimez-le : l’édition redevient un brouillon.", r.Edition, file)
	}
	return r, nil
}
