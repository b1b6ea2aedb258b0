package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// lastFile notes, beside the base, the number of the last change that was
// promised: a base whose journal is lost or cut, or that an older one has
// replaced, is known by it. It is not forced to the disk: what it says is the
// least that there was.
const lastFile = "dernier"

// noteLast writes the number down; a failure costs a warning later, no data.
func (s *Store) noteLast(seq int64) {
	f, err := os.OpenFile(filepath.Join(s.dir, lastFile), os.O_WRONLY|os.O_CREATE, private)
	if err != nil {
		return
	}
	_, _ = f.WriteAt(fmt.Appendf(nil, "%020d\n", seq), 0) // a fixed width: whole in one write
	_ = f.Close()
}

// lastNoted reads it; 0 when there is none.
func (s *Store) lastNoted() int64 {
	raw, err := os.ReadFile(filepath.Join(s.dir, lastFile))
	if err != nil {
		return 0
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(raw)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// sayWhatIsThere ends an opening: what was found is said once it is known.
func (s *Store) sayWhatIsThere(ctx context.Context) error {
	last, err := s.LastSeq(ctx)
	if err != nil {
		return err
	}
	noted := s.lastNoted()
	who := ""
	if s.left != nil {
		who = "Le dossier n’avait pas été fermé par " + s.left.Person + " (« " + s.left.Machine + " », ouvert le " +
			frenchTime(s.left.Since) + ")"
	}
	switch {
	case noted > last:
		if who == "" {
			who = "La base est plus ancienne que le dernier enregistrement fait dans ce dossier"
		}
		s.warnings = append(s.warnings, who+" : les modifications "+strconv.FormatInt(last+1, 10)+" à "+strconv.FormatInt(noted, 10)+
			" n’y sont plus, car le journal d’écriture (repertoire.db-wal) a été perdu ou coupé, ou la base a été remplacée. Comparez avec la dernière sauvegarde avant de continuer.")
	case who != "" && !s.torn:
		s.warnings = append(s.warnings, who+" : il a été vérifié, tout ce qui était enregistré est là.")
	case who != "":
		s.warnings = append(s.warnings, who+".")
	}
	if noted != last && last > 0 {
		s.noteLast(last)
	}
	return nil
}
