package store

import (
	"context"
	"path/filepath"
)

// Audit looks at what lies beside the base: the register of documents, and
// every backup with the files that it speaks of. progress may be nil.
func (s *Store) Audit(ctx context.Context, progress func(done, total int, label string)) ([]Problem, error) {
	var out []Problem
	r, err := readRegister(s.dir)
	switch {
	case err != nil:
		out = append(out, Problem{Message: "Le registre des documents émis (" + registerFile +
			") ne peut pas être lu : vérifiez vos droits."})
	case r.rest > 0:
		out = append(out, Problem{Message: "Le registre des documents émis (" + registerFile +
			") est abîmé ou a été modifié : ouvrez le dossier pour écrire, il sera refait d’après la base."})
	default:
		missing, err := missingLines(ctx, s.readers, r, s.options.now())
		if err != nil {
			return out, explain(err)
		}
		for _, x := range missing {
			out = append(out, Problem{Message: "Le registre des documents émis ne connaît pas " + x.Number +
				" : ouvrez le dossier pour écrire, il sera complété."})
		}
		differing, err := s.differingDocuments(ctx, r)
		if err != nil {
			return out, explain(err)
		}
		out = append(out, differing...)
	}
	backups, err := Backups(s.dir)
	if err != nil {
		return out, err
	}
	for i, b := range backups {
		if progress != nil {
			progress(i, len(backups), "Relecture des sauvegardes")
		}
		if b.SHA256 == "" {
			out = append(out, Problem{Message: "La sauvegarde « " + filepath.Base(b.File) +
				" » n’a pas d’empreinte : rien ne dit qu’elle est telle qu’elle a été faite. Faites-en une autre."})
		}
		if err := VerifyBackup(ctx, b.File); err != nil {
			if ctx.Err() != nil {
				return out, ctx.Err()
			}
			out = append(out, Problem{Message: err.Error()})
			continue
		}
		listed := map[string]bool{}
		_ = readList(b.File+listSuffix, listed) // none where there is no list
		pool, missing := poolOf(b.File), 0
		for sum := range listed {
			if !absent(pool.path(sum)) && !pool.sound(sum) {
				missing++
			}
		}
		if missing > 0 {
			out = append(out, Problem{Message: count(missing, "fichier") + " joints à la sauvegarde « " + filepath.Base(b.File) +
				" » sont abîmés : faites une autre sauvegarde."})
		}
	}
	return out, nil
}

// differingDocuments compares the documents with what the register noted when
// they were issued.
func (s *Store) differingDocuments(ctx context.Context, r *register) ([]Problem, error) {
	noted := map[string]Registered{}
	for _, x := range r.lines {
		noted[string(x.Record)] = x
	}
	now, err := registered(ctx, s.readers, s.options.now())
	var out []Problem
	for _, x := range now {
		if was, ok := noted[string(x.Record)]; ok && was.Sum != "" && (was.Sum != x.Sum || was.Number != x.Number) {
			out = append(out, Problem{Record: x.Record, Message: "Le document " + x.Number + " n’est plus tel qu’il a été émis (" +
				was.Number + ") : comparez-le avec la sauvegarde et avec le fichier envoyé."})
		}
	}
	return out, err
}
