package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// part is something of others within the programs.
type part struct {
	Name, Version string
	Kind          string // "library", "font" or "platform"
	Sum           string // of a module, as go.sum writes it; of a font, its SHA-256
	Licences      []string
	Texts         []text
}

// text is one file of a licence.
type text struct{ Name, Body string }

// papers writes what goes beside the programs in every package: what they are,
// their licence, those of everything within, and the list of it (CycloneDX).
// newline is that of the system.
func (r *release) papers(ctx context.Context, folder, newline string, binaries ...string) error {
	parts, err := inside(ctx, binaries)
	if err != nil {
		return err
	}
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return err
	}
	var readme bytes.Buffer
	if err := templates.ExecuteTemplate(&readme, "LISEZMOI.txt", r); err != nil {
		return err
	}
	bill, err := r.bill(parts)
	if err != nil {
		return err
	}
	for name, body := range map[string]string{
		"LISEZMOI.txt": readme.String(), "LICENCE.txt": string(own), "LICENCES-INCLUSES.txt": licences(parts), "composants.cdx.json": bill,
	} {
		if newline != "\n" && filepath.Ext(name) == ".txt" {
			body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\n", newline)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// inside lists what the linker put into the programs, the fonts, and Go.
func inside(ctx context.Context, binaries []string) ([]part, error) {
	sums := map[string]part{}
	for _, b := range binaries {
		info, err := buildinfo.ReadFile(b)
		if err != nil {
			return nil, err
		}
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			sums[m.Path] = part{Name: m.Path, Version: m.Version, Kind: "library", Sum: m.Sum}
		}
	}
	parts, err := moduleLicences(ctx, sums)
	if err != nil {
		return nil, err
	}
	fonts, err := fontParts("assets/fonts/cache")
	if err != nil {
		return nil, err
	}
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	platform := part{Name: "Go", Version: strings.TrimPrefix(runtime.Version(), "go"), Kind: "platform"}
	if platform.Texts, err = licenceTexts(strings.TrimSpace(string(root))); err != nil {
		return nil, err
	}
	parts = append(append(parts, fonts...), platform)
	for i := range parts {
		if len(parts[i].Texts) == 0 {
			return nil, fmt.Errorf("no licence found in %s %s: it may not be handed out", parts[i].Name, parts[i].Version)
		}
		parts[i].Licences = identifiers(parts[i].Texts)
	}
	return parts, nil
}

func moduleLicences(ctx context.Context, sums map[string]part) ([]part, error) {
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	slices.Sort(names)
	said, err := exec.CommandContext(ctx, "go", append([]string{"list", "-m", "-json"}, names...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var parts []part
	for d := json.NewDecoder(bytes.NewReader(said)); d.More(); {
		var m struct{ Path, Dir string }
		if err := d.Decode(&m); err != nil {
			return nil, err
		}
		p := sums[m.Path]
		if p.Texts, err = licenceTexts(m.Dir); err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// fontParts takes each family of the cache with the licence that came with it.
func fontParts(cache string) ([]part, error) {
	entries, err := os.ReadDir(cache)
	if err != nil {
		return nil, err
	}
	var parts []part
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".ttf" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(cache, e.Name()))
		if err != nil {
			return nil, err
		}
		family, _, _ := strings.Cut(e.Name(), "-")
		ofl, err := os.ReadFile(filepath.Join(cache, family+"-OFL.txt"))
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{Name: e.Name(), Kind: "font", Sum: fmt.Sprintf("%x", sha256.Sum256(data)),
			Texts: []text{{"OFL.txt", string(ofl)}}})
	}
	return parts, nil
}

// licenceTexts are the files of a folder that say under what terms it comes.
func licenceTexts(folder string) ([]text, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, e := range entries {
		bare := strings.ToUpper(strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())))
		if e.IsDir() || !slices.ContainsFunc([]string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE"},
			func(p string) bool { return strings.HasPrefix(bare, p) }) {
			continue
		}
		if ext := strings.ToLower(filepath.Ext(e.Name())); ext == ".go" || ext == ".html" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return nil, err
		}
		out = append(out, text{e.Name(), string(data)})
	}
	return out, nil
}

// identifiers names licences as SPDX does.
func identifiers(texts []text) []string {
	var out []string
	for _, t := range texts {
		for _, m := range licensecheck.Scan([]byte(t.Body)).Match {
			if !m.IsURL && !slices.Contains(out, m.ID) {
				out = append(out, m.ID)
			}
		}
	}
	slices.Sort(out)
	return out
}

// licences is the text of every licence once, under the parts it covers.
func licences(parts []part) string {
	covers := map[string][]string{}
	var order []string
	for _, p := range parts {
		for _, t := range p.Texts {
			body := strings.TrimSpace(strings.ReplaceAll(t.Body, "\r\n", "\n"))
			if covers[body] == nil {
				order = append(order, body)
			}
			covers[body] = append(covers[body], strings.TrimSpace(p.Name+" "+p.Version))
		}
	}
	var b strings.Builder
	b.WriteString("Répertoire contient les bibliothèques et les polices qui suivent, chacune sous sa licence.\n" +
		"Les données de référence et leurs sources sont dans le guide, « Sources et licences ».\n")
	for _, body := range order {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 78), strings.Join(covers[body], "\n"), body)
	}
	return b.String()
}
