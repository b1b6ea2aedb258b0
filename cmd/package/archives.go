package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// each walks the files and folders under a folder, in order, with names that
// begin by the folder's own.
func each(folder string, do func(path, name string, info fs.FileInfo) error) error {
	parent := filepath.Dir(folder)
	return filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(parent, path)
		if err != nil {
			return err
		}
		return do(path, filepath.ToSlash(name), info)
	})
}

// zip packs a folder; every file bears the release's time.
func (r *release) zip(folder, to string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	w := zip.NewWriter(f)
	err = each(folder, func(path, name string, info fs.FileInfo) error {
		if info.IsDir() {
			return nil
		}
		h := &zip.FileHeader{Name: name, Method: zip.Deflate, Modified: r.At}
		h.SetMode(mode(info))
		to, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		return pour(to, path)
	})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return f.Close()
}

// tarball packs a folder, owned by root, every file at the release's time.
func (r *release) tarball(folder, to string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(z)
	err = each(folder, func(path, name string, info fs.FileInfo) error {
		h := &tar.Header{Typeflag: tar.TypeReg, Name: name, Mode: int64(mode(info)), ModTime: r.At, Uname: "root", Gname: "root",
			Format: tar.FormatPAX}
		if info.IsDir() {
			h.Typeflag, h.Name = tar.TypeDir, name+"/"
			return w.WriteHeader(h)
		}
		h.Size = info.Size()
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		return pour(w, path)
	})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return f.Close()
}

// mode is what a file may be once unpacked: a program runs, whatever the
// umask of who packs it.
func mode(info fs.FileInfo) fs.FileMode {
	if info.IsDir() || info.Mode()&0o100 != 0 {
		return 0o755
	}
	return 0o644
}

func pour(to io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(to, f)
	return err
}
