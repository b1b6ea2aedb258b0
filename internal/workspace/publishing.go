package workspace

import (
	"context"
	"maps"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
)

// publishedFiles makes and keeps the files of an edition that is published.
// Those that are kept already stay: they are what readers have had.
func (w *Workspace) publishedFiles(ctx context.Context, item edition.Item, progress Progress) ([]edition.File, error) {
	var out []edition.File
	for _, v := range []Variant{Print, Digital} {
		if f, ok := item.Register.File(string(v)); ok && w.isKept(item.Sum, f) {
			out = append(out, f)
			continue
		}
		r, err := w.Rebuild(ctx, string(item.ID), BuildOptions{Variant: v, Output: w.shelf().PDF(item.Sum, string(v))}, progress)
		if err != nil {
			return nil, err
		}
		out = append(out, edition.File{Variant: string(v), SHA256: r.SHA256, Pages: r.Pages, Program: Version})
	}
	return out, nil
}

// isKept tells whether the file readers had is beside the snapshot, whole.
func (w *Workspace) isKept(sum edition.Sum, f edition.File) bool {
	bytes, err := readFile(w.shelf().PDF(sum, f.Variant))
	return err == nil && hexSum(bytes) == f.SHA256
}

// Original copies the very file that readers had of a published edition, made
// by the program of its time.
func (w *Workspace) Original(ctx context.Context, id string, variant Variant, output string) (RebuildReport, error) {
	item, err := w.shelf().Find(id)
	if err != nil {
		return RebuildReport{}, err
	}
	if !item.Register.Stage().Out() {
		return RebuildReport{}, repertoire.Refuse("L’édition « %s » n’est pas publiée : ses fichiers ne sont pas encore gardés, rien n’a été écrit. Reconstruisez-la.", item.ID)
	}
	f, ok := item.Register.File(string(variant))
	file := w.shelf().PDF(item.Sum, string(variant))
	if !ok || !w.isKept(item.Sum, f) {
		return RebuildReport{}, &repertoire.Error{Kind: repertoire.Damaged, File: file,
			Message: "Le fichier gardé de l’édition « " + string(item.ID) + " » manque ou est abîmé (" + file + ") : rien n’a été écrit. Remettez-le depuis une copie du dossier de travail, ou reconstruisez l’édition."}
	}
	bytes, err := readFile(file)
	if err != nil {
		return RebuildReport{}, err
	}
	if err := ctx.Err(); err != nil {
		return RebuildReport{}, stopped(err)
	}
	if err := writeWhole(output, bytes); err != nil {
		return RebuildReport{}, err
	}
	return RebuildReport{Edition: editionSummary(item), Original: f.SHA256, Identical: true, BuildReport: BuildReport{
		Pages: f.Pages, Entries: len(item.Snapshot.Partnerships), SHA256: f.SHA256, Warnings: []BuildWarning{}, Timings: map[string]float64{}}}, nil
}

// OverridePages decides how one entry of a répertoire is set, for this edition
// and the next ones; the zero decision leaves it to the book again.
func (w *Workspace) OverridePages(ctx context.Context, slug string, id repertoire.ID, o repertoire.PageOverride) error {
	if o.PictureWidth < 0 || o.PictureWidth > 1 {
		return repertoire.Refuse("La largeur des images est une part de la colonne, entre 0 et 1. Rien n’a été enregistré.")
	}
	d, err := w.needDirectory(ctx, slug)
	if err != nil {
		return err
	}
	p, err := w.store.Partnership(ctx, id)
	if err != nil {
		return err
	}
	all := map[repertoire.ID]repertoire.PageOverride{}
	maps.Copy(all, d.Overrides)
	all[p.ID] = o
	if o == (repertoire.PageOverride{}) {
		delete(all, p.ID)
	}
	d.Overrides = all
	_, err = w.SaveDirectory(ctx, d)
	return err
}
