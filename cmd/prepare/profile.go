package main

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/binary"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"repertoire/internal/repertoire"
)

// Where Debian's icc-profiles-free keeps the characterisation data and sRGB.
const profileSources = "/usr/share/color/icc"

// deriveProfiles writes data/icc: FOGRA39 computed by ArgyllCMS from the
// published characterisation data, sRGB taken as it is.
func deriveProfiles(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("profile", flag.ContinueOnError)
	dir := set.String("dir", "data/icc", "dossier des profils")
	from := set.String("from", profileSources, "dossier de FOGRA39L.ti3 et sRGB.icc")
	if err := parse(set, args); err != nil {
		return err
	}
	colprof, err := exec.LookPath("colprof")
	if err != nil {
		return repertoire.Refuse(
			"La commande colprof est introuvable : installez d’abord les paquets Debian argyll et icc-profiles-free. Les profils de data/icc sont gardés.")
	}
	measured, err := os.ReadFile(filepath.Join(*from, "FOGRA39L.ti3"))
	if err != nil {
		return repertoire.Damage(*from, err,
			"Le fichier FOGRA39L.ti3 est introuvable dans %s : installez le paquet Debian icc-profiles-free.", *from)
	}
	srgb, err := os.ReadFile(filepath.Join(*from, "sRGB.icc"))
	if err != nil {
		return repertoire.Damage(*from, err, "Le fichier sRGB.icc est introuvable dans %s : installez le paquet Debian icc-profiles-free.",
			*from)
	}
	coated, err := compute(ctx, colprof, measured)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(*dir, "FOGRA39L_coated.icc"), coated); err != nil {
		return err
	}
	say("FOGRA39L_coated.icc : %d octets ; sRGB.icc : %d octets", len(coated), len(srgb))
	return write(filepath.Join(*dir, "sRGB.icc"), srgb)
}

// compute runs colprof: medium tables, perceptual black preserved up to 300 %
// of ink (the limit of coated sheets in ISO 12647-2 practice), 95 % of black.
func compute(ctx context.Context, colprof string, measured []byte) ([]byte, error) {
	tmp, err := os.MkdirTemp("", "repertoire-icc-")
	if err != nil {
		return nil, repertoire.Fault(err, "Aucun dossier temporaire ne peut être créé.")
	}
	defer os.RemoveAll(tmp)
	if err := os.WriteFile(filepath.Join(tmp, "FOGRA39L_coated.ti3"), measured, 0o600); err != nil {
		return nil, repertoire.Fault(err, "Les mesures FOGRA39 n’ont pas pu être copiées.")
	}
	run := exec.CommandContext(ctx, colprof, "-qm", "-cmt", "-dpp", "-l300", "-L95",
		"-D", "FOGRA39L coated", "-C", "Derived by ArgyllCMS from FOGRA39L.ti3 (zlib licence, Kai-Uwe Behrmann)", "FOGRA39L_coated")
	run.Dir = tmp
	if out, err := run.CombinedOutput(); err != nil {
		return nil, repertoire.Fault(err, "colprof n’a pas pu calculer le profil FOGRA39 : %s", bytes.TrimSpace(out))
	}
	raw, err := os.ReadFile(filepath.Join(tmp, "FOGRA39L_coated.icc"))
	if err != nil || len(raw) < 128 {
		return nil, repertoire.Fault(err, "colprof n’a pas écrit le profil FOGRA39.")
	}
	stamp(raw)
	return raw, nil
}

// stamp replaces the day of the computation by that of the measurements, so
// that the same measurements give the same file (ICC.1:2001-04, clause 6.1).
func stamp(profile []byte) {
	created := time.Date(2006, time.December, 1, 0, 0, 0, 0, time.UTC)
	fields := []int{created.Year(), int(created.Month()), created.Day(), created.Hour(), created.Minute(), created.Second()}
	for i, v := range fields {
		binary.BigEndian.PutUint16(profile[24+2*i:], uint16(v))
	}
	// The identifier is the MD5 of the file with flags, intent and itself at zero.
	if bytes.Equal(profile[84:100], make([]byte, 16)) {
		return
	}
	blank := bytes.Clone(profile)
	for _, at := range [][2]int{{44, 48}, {64, 68}, {84, 100}} {
		clear(blank[at[0]:at[1]])
	}
	sum := md5.Sum(blank)
	copy(profile[84:100], sum[:])
}
