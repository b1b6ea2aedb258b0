package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// linux makes the Debian package and the tarball, whose folder is laid as
// under /usr.
func (r *release) linux(ctx context.Context) error {
	folder := filepath.Join(r.work, "linux", "repertoire-"+r.Number)
	var binaries []string
	for _, p := range programs {
		file := filepath.Join(folder, "bin", p.command)
		if err := r.build(ctx, p.command, file, []string{"GOOS=linux", "GOARCH=amd64"}, "", "-s -w"); err != nil {
			return err
		}
		binaries = append(binaries, file)
	}
	if err := r.desktop(filepath.Join(folder, "share")); err != nil {
		return err
	}
	doc := filepath.Join(folder, "share", "doc", "repertoire")
	if err := os.MkdirAll(doc, 0o755); err != nil {
		return err
	}
	if err := r.papers(ctx, doc, "\n", binaries...); err != nil {
		return err
	}
	if err := r.tarball(folder, r.product("repertoire-"+r.Number+"-linux-amd64.tar.gz")); err != nil {
		return err
	}
	return r.deb(ctx, folder, binaries)
}

// desktop writes what a Linux desktop shows of the program: its entry in the
// menu, its icon, the base it opens, its manual pages.
func (r *release) desktop(share string) error {
	values := map[string]any{"R": r, "Day": r.At.Format("2006-01-02")}
	for name, to := range map[string]string{
		"repertoire.desktop":      "applications/" + r.ID + ".desktop",
		"repertoire.mime.xml":     "mime/packages/" + r.ID + ".xml",
		"repertoire.metainfo.xml": "metainfo/" + r.ID + ".metainfo.xml",
	} {
		file := filepath.Join(share, to)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := fill(name, file, values); err != nil {
			return err
		}
	}
	for _, p := range programs {
		for _, folder := range []string{"man/man1", "man/fr/man1"} { // the manual is in French, whatever the desktop's language
			if err := packed(p.command+".1", filepath.Join(share, folder, p.command+".1.gz"), values); err != nil {
				return err
			}
		}
	}
	return r.icons(filepath.Join(share, "icons", "hicolor"))
}

// packed fills a template and compresses it, without a name or a time.
func packed(name, file string, values any) error {
	var body, out bytes.Buffer
	if err := templates.ExecuteTemplate(&body, name, values); err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(body.Bytes()); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, out.Bytes(), 0o644)
}

func (r *release) icons(theme string) error {
	drawn, err := os.ReadFile("assets/icons/app/repertoire.svg")
	if err != nil {
		return err
	}
	source, err := openPNG("assets/icons/app/repertoire.png")
	if err != nil {
		return err
	}
	files := map[string][]byte{"scalable/apps/" + r.ID + ".svg": drawn}
	for size, folder := range map[int]string{48: "48x48", 128: "128x128", 256: "256x256"} {
		if files[folder+"/apps/"+r.ID+".png"], err = scaled(source, size); err != nil {
			return err
		}
	}
	for name, data := range files {
		file := filepath.Join(theme, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// deb makes the Debian package. What it depends on is read in the programs by
// Debian's own tool, and what they load once running is added.
func (r *release) deb(ctx context.Context, folder string, binaries []string) error {
	root := filepath.Join(r.work, "deb")
	if err := os.CopyFS(filepath.Join(root, "usr"), os.DirFS(folder)); err != nil {
		return err
	}
	depends, err := r.depends(ctx, binaries)
	if err != nil {
		return err
	}
	doc := filepath.Join(root, "usr", "share", "doc", "repertoire")
	if err := os.Rename(filepath.Join(doc, "LICENCE.txt"), filepath.Join(doc, "copyright")); err != nil {
		return err
	}
	values := map[string]any{"R": r, "Depends": depends, "Version": debianVersion(r.Version), "Day": r.At.Format(time.RFC1123Z)}
	if err := packed("changelog", filepath.Join(doc, "changelog.gz"), values); err != nil {
		return err
	}
	control := filepath.Join(root, "DEBIAN")
	if err := os.MkdirAll(control, 0o755); err != nil {
		return err
	}
	values["KiB"] = size(filepath.Join(root, "usr")) >> 10
	if err := fill("control", filepath.Join(control, "control"), values); err != nil {
		return err
	}
	if err := plain(root); err != nil {
		return err
	}
	return r.tool(ctx, "dpkg-deb", "--root-owner-group", "--uniform-compression", "-Zxz", "--build", root,
		r.product("repertoire_"+r.Number+"_amd64.deb"))
}

// debianVersion writes a version as Debian's policy allows it (§ 5.6.12).
func debianVersion(v string) string { return strings.ReplaceAll(v, "-", "~") }

// depends asks dpkg-shlibdeps which packages hold the libraries the programs
// are linked with.
func (r *release) depends(ctx context.Context, binaries []string) (string, error) {
	// The tool wants the folder of a source package around it.
	control, err := r.path("shlibs", "debian", "control")
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(control, []byte("Source: repertoire\n\nPackage: repertoire\nArchitecture: amd64\n"), 0o644); err != nil {
		return "", err
	}
	said := filepath.Join(filepath.Dir(control), "substvars")
	args := []string{"-C", filepath.Dir(filepath.Dir(control)), "dpkg-shlibdeps", "-T" + said}
	for _, b := range binaries {
		args = append(args, "-e"+b)
	}
	if err := r.tool(ctx, "env", args...); err != nil {
		return "", err
	}
	data, err := os.ReadFile(said)
	if err != nil {
		return "", err
	}
	_, list, _ := strings.Cut(strings.TrimSpace(string(data)), "shlibs:Depends=")
	return strings.SplitN(list, "\n", 2)[0], nil
}

// plain gives every file of a package the rights it must have.
func plain(root string) error {
	return filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(path, mode(info))
	})
}
