package books

import (
	"context"

	"repertoire/internal/edition"
	"repertoire/internal/repertoire"
	"repertoire/internal/workspace/base"
)

// publishedFiles makes and keeps the files of an edition that is published.
// Those that are kept already stay: they are what readers have had.
func (room *Room) publishedFiles(ctx context.Context, item edition.Item, progress base.Progress) ([]edition.File, error) {
	var out []edition.File
	for _, v := range []Variant{Print, Digital} {
		if f, ok := item.Register.File(string(v)); ok && room.isKept(item.Sum, f) {
			out = append(out, f)
			continue
		}
		r, err := room.Rebuild(ctx, string(item.ID), BuildOptions{Variant: v, Output: room.Folder().PDF(item.Sum, string(v))}, progress)
		if err != nil {
			return nil, err
		}
		out = append(out, edition.File{Variant: string(v), SHA256: r.SHA256, Pages: r.Pages, Program: room.version})
	}
	return out, nil
}

// isKept tells whether the file readers had is beside the snapshot, whole.
func (room *Room) isKept(sum edition.Sum, f edition.File) bool {
	bytes, err := base.ReadFile(room.Folder().PDF(sum, f.Variant))
	return err == nil && base.HexSum(bytes) == f.SHA256
}

// Original copies the very file that readers had of a published edition, made
// by the program of its time.
func (room *Room) Original(ctx context.Context, id string, variant Variant, output string) (RebuildReport, error) {
	item, err := room.Folder().Find(id)
	if err != nil {
		return RebuildReport{}, err
	}
	if !item.Register.Stage().Out() {
		return RebuildReport{},
			repertoire.Refuse(
				"L’édition « %s » n’est pas publiée : ses fichiers ne sont pas encore gardés, rien n’a été écrit. Reconstruisez-la.",
				item.ID)
	}
	f, ok := item.Register.File(string(variant))
	file := room.Folder().PDF(item.Sum, string(variant))
	if !ok || !room.isKept(item.Sum, f) {
		return RebuildReport{}, &repertoire.Error{Kind: repertoire.Damaged, File: file,
			Message: "Le fichier gardé de l’édition « " + string(item.ID) + " » manque ou est abîmé (" + file +
				") : rien n’a été écrit. Remettez-le depuis une copie du dossier de travail, ou reconstruisez l’édition."}
	}
	bytes, err := base.ReadFile(file)
	if err != nil {
		return RebuildReport{}, err
	}
	if err := ctx.Err(); err != nil {
		return RebuildReport{}, base.Stopped(err)
	}
	if err := base.WriteWhole(output, bytes); err != nil {
		return RebuildReport{}, err
	}
	return RebuildReport{Edition: editionSummary(item), Original: f.SHA256, Identical: true, BuildReport: BuildReport{
		Pages: f.Pages, Entries: len(item.Snapshot.Partnerships), SHA256: f.SHA256, Warnings: []BuildWarning{},
		Timings: map[string]float64{}}}, nil
}
