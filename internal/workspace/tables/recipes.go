package tables

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"repertoire/internal/exchange"
	"repertoire/internal/pdf"
	"repertoire/internal/repertoire"
	"repertoire/internal/store"
	"repertoire/internal/workspace/base"
)

func (room *Room) recipeFile(name string) string {
	stem := strings.Join(strings.FieldsFunc(repertoire.Fold(name),
		func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9') }), "-")
	if stem == "" {
		stem = string(repertoire.DeriveID("recipe:" + name))
	}
	return filepath.Join(room.base.Dir(), store.RecipesFolder, stem+".json")
}

// Recipes lists the recipes of the workspace, by name.
func (room *Room) Recipes(ctx context.Context) ([]exchange.Recipe, error) {
	entries, err := os.ReadDir(filepath.Join(room.base.Dir(), store.RecipesFolder))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &repertoire.Error{Kind: repertoire.Refused, File: store.RecipesFolder, Err: err,
			Message: "Les recettes d’import ne peuvent pas être lues : vérifiez vos droits sur le dossier de travail."}
	}
	var out []exchange.Recipe
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !strings.HasSuffix(e.Name(), ".json") || ctx.Err() != nil {
			continue
		}
		if r, err := readRecipe(filepath.Join(room.base.Dir(), store.RecipesFolder, e.Name())); err == nil {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b exchange.Recipe) int {
		return strings.Compare(repertoire.Fold(a.Name), repertoire.Fold(b.Name))
	})
	return out, ctx.Err()
}

// Recipe gives a recipe by its name, or reads the one a colleague sent when
// name is a JSON file.
func (room *Room) Recipe(_ context.Context, name string) (exchange.Recipe, error) {
	if strings.HasSuffix(strings.ToLower(name), ".json") {
		return readRecipe(name)
	}
	r, err := readRecipe(room.recipeFile(name))
	if repertoire.KindOf(err) == repertoire.NotFound {
		return r, &repertoire.Error{Kind: repertoire.NotFound, File: name, Err: err,
			Message: fmt.Sprintf(
				"Il n’y a pas de recette « %s » dans ce dossier de travail : rien n’a été importé. Donnez le nom d’une recette gardée, ou un fichier .json.", name)}
	}
	return r, err
}

func readRecipe(file string) (exchange.Recipe, error) {
	var r exchange.Recipe
	data, err := os.ReadFile(file)
	if err != nil {
		return r, &repertoire.Error{Kind: repertoire.NotFound, File: file, Err: err,
			Message: fmt.Sprintf("La recette « %s » ne peut pas être lue : rien n’a été importé.", filepath.Base(file))}
	}
	if err := json.Unmarshal(data, &r); err != nil {
		return r, repertoire.Damage(file, err,
			"La recette « %s » n’est pas un JSON lisible : rien n’a été importé. Demandez-la de nouveau, ou refaites-la.",
			filepath.Base(file))
	}
	if r.Name == "" {
		r.Name = strings.TrimSuffix(filepath.Base(file), ".json")
	}
	return r, nil
}

// SaveRecipe keeps a recipe under its name, in place of the one of that name,
// which RestoreRecipe brings back.
func (room *Room) SaveRecipe(_ context.Context, r exchange.Recipe) error {
	r.Name = strings.Join(strings.Fields(repertoire.Clean(r.Name)), " ")
	if r.Name == "" {
		return &repertoire.Error{Kind: repertoire.Refused, Field: "name",
			Message: "Il manque le nom de la recette : elle n’a pas été gardée."}
	}
	file := room.recipeFile(r.Name)
	if kept, err := readRecipe(file); err == nil && !reflect.DeepEqual(kept, r) {
		if err := saveJSON(beforeOf(file), kept); err != nil {
			return err
		}
	}
	return saveJSON(file, r)
}

// beforeOf is where a recipe lies as it was before the last deed on it.
func beforeOf(file string) string {
	return filepath.Join(filepath.Dir(file), ".avant-"+filepath.Base(file))
}

// RestoreRecipe brings a recipe back as it was before it was last kept or taken
// away; done twice, it undoes itself.
func (room *Room) RestoreRecipe(_ context.Context, name string) (exchange.Recipe, error) {
	file := room.recipeFile(name)
	before, err := readRecipe(beforeOf(file))
	if err != nil {
		return before, &repertoire.Error{Kind: repertoire.NotFound, File: name, Err: err,
			Message: fmt.Sprintf("La recette « %s » n’a ni été effacée ni remplacée ici : il n’y a rien à remettre.", name)}
	}
	kept, missing := readRecipe(file)
	if err := saveJSON(file, before); err != nil {
		return before, err
	}
	if missing == nil {
		return before, saveJSON(beforeOf(file), kept)
	}
	if err := os.Remove(beforeOf(file)); err != nil && !os.IsNotExist(err) {
		return before, repertoire.Fault(err, "La recette « %s » est remise ; la copie d’avant n’a pas pu être ôtée.", name)
	}
	return before, nil
}

// ExportRecipe writes a recipe to a file that a colleague can take.
func (room *Room) ExportRecipe(ctx context.Context, name, file string) (exchange.Recipe, error) {
	r, err := room.Recipe(ctx, name)
	if err != nil {
		return r, err
	}
	return r, saveJSON(file, r)
}

// TakeRecipe keeps the recipe of a colleague's file. One of that name that says
// something else stays: the new one gets a number behind its name.
func (room *Room) TakeRecipe(ctx context.Context, file string) (exchange.Recipe, error) {
	r, err := readRecipe(file)
	if err != nil {
		return r, err
	}
	name := r.Name
	for n := 2; ; n++ {
		kept, err := readRecipe(room.recipeFile(r.Name))
		if err != nil || reflect.DeepEqual(kept, r) {
			break
		}
		r.Name = fmt.Sprintf("%s (%d)", name, n)
	}
	return r, room.SaveRecipe(ctx, r)
}

// DeleteRecipe takes a recipe away; RestoreRecipe brings it back.
func (room *Room) DeleteRecipe(_ context.Context, name string) error {
	file := room.recipeFile(name)
	if err := os.Rename(file, beforeOf(file)); err != nil {
		return &repertoire.Error{Kind: repertoire.NotFound, File: name, Err: err,
			Message: fmt.Sprintf("La recette « %s » n’existe pas, ou ne peut pas être effacée.", name)}
	}
	return nil
}

func saveJSON(file string, v any) error {
	data, err := json.MarshalIndent(v, "", "  ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = pdf.Save(file, append(data, '\n'))
	}
	if err != nil {
		return &repertoire.Error{Kind: repertoire.Refused, File: file, Err: err,
			Message: fmt.Sprintf(
				"« %s » n’a pas pu être écrit : vérifiez vos droits sur le dossier de travail. Ce qui était gardé l’est encore.",
				filepath.Base(file))}
	}
	return nil
}

// RememberWords keeps what words were said to mean, for the next files.
func (room *Room) RememberWords(_ context.Context, words exchange.Words) error {
	if len(words) == 0 {
		return nil
	}
	kept := room.rememberedWords()
	if kept == nil {
		kept = exchange.Words{}
	}
	for f, list := range words {
		if kept[f] == nil {
			kept[f] = map[string]string{}
		}
		for from, to := range list {
			kept[f][from] = to
		}
	}
	return saveJSON(filepath.Join(room.base.Dir(), store.RecipesFolder, store.WordsFile), kept)
}

// rememberedWords reads them; a file that cannot be read says nothing.
func (room *Room) rememberedWords() exchange.Words {
	data, err := os.ReadFile(filepath.Join(room.base.Dir(), store.RecipesFolder, store.WordsFile))
	var kept exchange.Words
	if err != nil || json.Unmarshal(data, &kept) != nil {
		return nil
	}
	return kept
}

// wordsFor gives the words of a recipe, completed by the remembered ones.
func (room *Room) wordsFor(r exchange.Recipe) exchange.Words {
	out := exchange.Words{}
	for _, source := range []exchange.Words{room.rememberedWords(), r.Words} {
		for f, list := range source {
			if out[f] == nil {
				out[f] = map[string]string{}
			}
			for from, to := range list {
				out[f][from] = to
			}
		}
	}
	return out
}

// Proposed is what an import would start from: a recipe to correct and give
// back, with what it does not know.
type Proposed struct {
	exchange.Recipe
	Reasons  []string           `json:"reasons,omitempty"`
	Unknown  []exchange.Unknown `json:"unknown,omitempty"`
	Unmapped []string           `json:"unmapped,omitempty"`
	Remarks  []Rejection        `json:"remarks,omitempty"`
	Rejected []Rejection        `json:"rejected,omitempty"`
}

// Propose reads a file and says what it would make of it; nothing is written.
func (room *Room) Propose(ctx context.Context, file string, opt ImportOptions, progress base.Progress) (p Proposed, err error) {
	defer func() { err = base.Stopped(err) }()
	directory, err := room.base.NeedDirectory(ctx, opt.Directory)
	if err != nil {
		return p, err
	}
	known, err := room.base.Resolver(ctx)
	if err != nil {
		return p, err
	}
	columned, err := readAs(file, opt, known, directory.Countries)
	if err != nil {
		return p, err
	}
	opt.DryRun, opt.Items = true, false
	report, err := room.Import(ctx, file, opt, progress)
	if err != nil && repertoire.KindOf(err) != repertoire.Refused {
		return p, err
	}
	p.Recipe = effective(opt.Recipe, columned)
	p.Name = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	p.Reasons, p.Unknown, p.Unmapped, p.Remarks, p.Rejected = columned.Proposal.Reasons, report.Unknown, report.Unmapped, report.Warnings,
		report.Rejected
	return p, nil
}

// effective is the recipe that would read the file just so again.
func effective(r exchange.Recipe, c exchange.Columned) exchange.Recipe {
	r.Sheet, r.HeadingRow, r.HeadingRows, r.Group = c.Sheet, c.HeadingRow, c.HeadingRows, c.Group
	if c.HeadingRow == 0 && c.Document == nil {
		r.HeadingRow = -1
	}
	if c.Separator != 0 {
		r.Separator = string(c.Separator)
	}
	if c.Doubt != "" {
		r.Encoding = c.Encoding
	}
	r.Columns = map[string]string{}
	for _, h := range c.Table.FileHeadings() {
		if f := c.Mapping[h]; f != "" {
			r.Columns[h] = string(f)
		} else if h != "" {
			r.Columns[h] = string(exchange.FieldIgnored)
		}
	}
	if len(r.Constants)+len(r.Splits)+len(r.Fill) == 0 {
		r.Layout = c.Proposal.Layout
	}
	return r
}
