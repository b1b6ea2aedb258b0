package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"repertoire/internal/exchange"
)

// programs are the commands people get, with what the linker adds on Windows:
// a window must not bring a console, a command must have one.
var programs = []struct{ command, title, tags, ldflags string }{
	{"repertoire", "Répertoire", "accessibility", "-H windowsgui"}, // the tag gives screen readers their words
	{"repertoirectl", "Répertoire, en ligne de commande", "", ""},
}

// windows makes both programs, the portable folder and the two installers.
func (r *release) windows(ctx context.Context) error {
	icon, err := r.path("windows", "repertoire.ico")
	if err != nil {
		return err
	}
	if err := writeIcon("assets/icons/app/repertoire.png", icon); err != nil {
		return err
	}
	folder := filepath.Join(r.work, "windows", "Répertoire")
	for _, p := range programs {
		if err := r.windowsProgram(ctx, p.command, p.title, p.tags, p.ldflags, filepath.Join(folder, p.command+".exe")); err != nil {
			return err
		}
	}
	if err := r.papers(ctx, folder, "\r\n", filepath.Join(folder, "repertoire.exe"),
		filepath.Join(folder, "repertoirectl.exe")); err != nil {
		return err
	}
	if err := r.zip(folder, r.product("repertoire-"+r.Number+"-windows-portable.zip")); err != nil {
		return err
	}
	if err := r.nsis(ctx, folder, icon); err != nil {
		return err
	}
	return r.msi(ctx, folder, icon)
}

// windowsProgram compiles and signs one program. Its icon, version and
// manifest go in through the linker, so that the tree stays as it is; no time
// of linking is written, so that the same tree gives the same bytes.
func (r *release) windowsProgram(ctx context.Context, command, title, tags, ldflags, file string) error {
	resources, err := r.resources(ctx, command, title)
	if err != nil {
		return err
	}
	// The bindings of OpenGL use offsetof without stddef.h (Fyne 2.8.1).
	env := []string{"GOOS=windows", "GOARCH=amd64", "CGO_CFLAGS=-O2 -Doffsetof=__builtin_offsetof -Wno-macro-redefined",
		"CC=clang-14 --target=x86_64-w64-mingw32 -Wno-unused-command-line-argument"}
	// Go's build ID is that of the linker's flags, which name a passing folder:
	// without it two builds are the same bytes.
	linking := ldflags + " -s -w -buildid= -extld=x86_64-w64-mingw32-gcc '-extldflags=-Wl,--no-insert-timestamp " + resources + "'"
	if err := r.build(ctx, command, file, env, tags, linking); err != nil {
		return err
	}
	return r.signed(ctx, file)
}

// resources compiles what Windows shows of a program before it runs.
func (r *release) resources(ctx context.Context, command, title string) (string, error) {
	script, err := r.path("windows", command+".rc")
	if err != nil {
		return "", err
	}
	manifest := filepath.Join(filepath.Dir(script), command+".manifest")
	values := map[string]any{"R": r, "Command": command, "Title": title, "Numbers": r.numbers(","), "Four": r.numbers(".")}
	if err := fill("resources.rc", script, values); err != nil {
		return "", err
	}
	if err := fill("program.manifest", manifest, values); err != nil {
		return "", err
	}
	object := filepath.Join(filepath.Dir(script), command+".res.o")
	return object, r.tool(ctx, "x86_64-w64-mingw32-windres", "--codepage=65001", "-I", filepath.Dir(script), "-i", script, "-o", object)
}

// nsis makes the installer one person runs without an administrator.
func (r *release) nsis(ctx context.Context, folder, icon string) error {
	script, err := r.path("windows", "installer.nsi")
	if err != nil {
		return err
	}
	setup := r.product("repertoire-" + r.Number + "-windows-installation.exe")
	abs, err := filepath.Abs(setup)
	if err != nil {
		return err
	}
	names, err := namesIn(folder)
	if err != nil {
		return err
	}
	if err := fill("installer.nsi", script, map[string]any{"R": r, "Folder": folder, "Files": names, "Icon": icon, "Out": abs,
		"Four": r.numbers("."),
		"KiB":  size(folder) >> 10, "Opens": exchange.Tables}); err != nil {
		return err
	}
	if err := r.tool(ctx, "makensis", "-V2", "-INPUTCHARSET", "UTF8", script); err != nil {
		return err
	}
	return r.signed(ctx, setup)
}

// namesIn lists the files of a folder.
func namesIn(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, nil
}

// msi makes the installer an administrator deploys for everybody. wixl gives
// each package a new code of its own and the day, as Windows Installer asks of
// a new package: it is the one file that differs between two runs.
func (r *release) msi(ctx context.Context, folder, icon string) error {
	script, err := r.path("windows", "installer.wxs")
	if err != nil {
		return err
	}
	names, err := namesIn(folder)
	if err != nil {
		return err
	}
	// The programs have components of their own.
	names = slices.DeleteFunc(names, func(name string) bool { return filepath.Ext(name) == ".exe" })
	if err := fill("installer.wxs", script, map[string]any{"R": r, "Folder": folder, "Files": names, "Icon": icon,
		"Opens": exchange.Tables}); err != nil {
		return err
	}
	setup := r.product("repertoire-" + r.Number + "-windows.msi")
	abs, err := filepath.Abs(setup)
	if err != nil {
		return err
	}
	// wixl takes the files it is told of for those of the folder it runs in.
	if err := r.toolIn(ctx, filepath.Dir(script), nil, "wixl", "-a", "x64", "-o", abs, filepath.Base(script)); err != nil {
		return err
	}
	return r.signed(ctx, setup)
}
