package base

import (
	"context"
	"os"
	"path/filepath"

	"repertoire/internal/repertoire"
)

// EraseAndForget runs an erasure of the store (ErasePerson, Purge) and returns
// when nothing of what it erased remains in the search index: neither in what
// searches find and show, nor in the index's files.
//
// Every erasure of personal data goes through here, never through apply:
//
//	err := w.eraseAndForget(ctx, func(ctx context.Context) error {
//		report, err = w.store.ErasePerson(ctx, is, request)
//		return err
//	})
//
// A record replaced in the index stays readable in its old files until they
// are merged into others, so the index is made again whole and the old files
// removed. That is decided before the erasure: were the program to stop in
// between, the next opening would make the index again. Nothing else that
// remembers what was typed (saved searches, the history of searches) is
// reached from here.
//
// When the erasure is done and only the index fails, the error is a Fault that
// says so; the index is made again at the next opening.
func (base *Base) EraseAndForget(ctx context.Context, erase func(context.Context) error) error {
	if base.ReadOnly() {
		return repertoire.Refuse("Le dossier est ouvert en lecture seule : rien n’a été effacé.")
	}
	if err := base.Index.Wait(ctx); err != nil && ctx.Err() != nil {
		return err
	}
	lineage, err := base.Store.Lineage(ctx)
	if err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(base.Index.Dir, LineageFile)); err != nil && !os.IsNotExist(err) {
		return repertoire.Fault(err,
			"L’index de recherche ne peut pas être préparé : rien n’a été effacé. Vérifiez vos droits dans le dossier « %s ».",
			base.Index.Dir)
	}
	written, failed := base.exclusively(ctx, erase)
	if failed != nil && !written {
		_ = base.Index.sign(lineage) // nothing was erased: the index is as good as before
		return failed
	}
	// What was erased cannot come back: the rest is done even if they who
	// asked have gone.
	ctx = context.WithoutCancel(ctx)
	// A rebuild that was under way may have read the base as it was; it is
	// waited for, and followed by another.
	_ = base.Index.Wait(ctx)
	if err := base.Texts.Forget(); err != nil && failed == nil {
		failed = repertoire.Fault(err,
			"L’effacement est fait dans la base, mais les textes tirés des pièces jointes sont restés dans « %s » : supprimez ce dossier.",
			base.Texts.dir)
	}
	base.Index.Rebuild(ctx, lineage)
	if err := base.Index.Wait(ctx); err != nil && failed == nil {
		failed = repertoire.Fault(err,
			"L’effacement est fait dans la base, mais l’index de recherche n’a pas pu être refait. Fermez puis rouvrez le dossier de travail : il le sera alors.")
	}
	return failed
}

// exclusively runs do while nothing else is written, and tells whether it wrote.
func (base *Base) exclusively(ctx context.Context, do func(context.Context) error) (written bool, failed error) {
	base.Writing.Lock()
	defer base.Writing.Unlock()
	before, err := base.Store.LastSeq(ctx)
	if err != nil {
		return false, err
	}
	failed = do(ctx)
	after, err := base.Store.LastSeq(context.WithoutCancel(ctx))
	return err != nil || after != before, failed
}
