package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"

	"repertoire/internal/reference/derive"
	"repertoire/internal/reference/derive/npm"
	"repertoire/internal/repertoire"
)

// deriveReference writes data/reference from the packages of data/sources.lock.json.
func deriveReference(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("reference", flag.ContinueOnError)
	dir := set.String("dir", "data", "dossier des données")
	kept := set.String("cache", "", "dossier où garder les paquets téléchargés (par défaut : un dossier temporaire, supprimé)")
	update := set.Bool("update-lock", false, "recalcule les sommes de contrôle de sources.lock.json")
	if err := parse(set, args); err != nil {
		return err
	}
	cache, clean, err := workFolder(*kept)
	if err != nil {
		return err
	}
	defer clean()
	client := npm.NewClient(ctx, cache)
	lockFile := filepath.Join(*dir, "sources.lock.json")
	if *update {
		if err := pinSources(ctx, client, lockFile); err != nil {
			return err
		}
	}
	sources, err := derive.OpenSources(lockFile, client)
	if err != nil {
		return err
	}
	files, err := derive.Run(ctx, sources, func(done, total int, label string) {
		if label != "" {
			say("[%d/%d] %s", done+1, total, label)
		}
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := write(filepath.Join(*dir, "reference", f.Name), f.Body); err != nil {
			return err
		}
		say("%s : %d octets", f.Name, len(f.Body))
	}
	return nil
}

// workFolder gives a folder for downloads; clean removes it unless it is named.
func workFolder(kept string) (dir string, clean func(), err error) {
	if kept != "" {
		return kept, func() {}, os.MkdirAll(kept, 0o755)
	}
	dir, err = os.MkdirTemp("", "repertoire-sources-")
	if err != nil {
		return "", nil, repertoire.Fault(err, "Aucun dossier temporaire ne peut être créé.")
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// pinSources renews the checksums of the lock file.
func pinSources(ctx context.Context, client *npm.Client, lockFile string) error {
	list, err := derive.ReadLock(lockFile)
	if err != nil {
		return err
	}
	for i, p := range list {
		if list[i], err = client.Pin(ctx, p); err != nil {
			return err
		}
	}
	return writeJSON(lockFile, map[string]any{
		"note":     "Sources of data/reference, verified by go run ./cmd/prepare reference; renewed by the same with -update-lock.",
		"packages": list,
	})
}
