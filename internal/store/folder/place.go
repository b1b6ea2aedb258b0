package folder

import (
	"os"
	"path/filepath"
	"strings"
)

// Place is what stands behind a folder.
type Place struct {
	// Writable tells whether a file can be made in it.
	Writable bool
	// Synchronised names the program that copies the folder elsewhere while it
	// is in use ("OneDrive"), "" when none is recognised.
	Synchronised string
	// Network tells that the folder is on another machine.
	Network bool
}

// Inspect looks at dir. It writes and removes one empty file.
func Inspect(dir string) Place {
	abs, err := filepath.Abs(dir)
	if err != nil {
		abs = dir
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	}
	return Place{Writable: writable(abs), Synchronised: synchroniser(abs), Network: network(abs)}
}

// Warning is the French sentence to show, "" when the place is a plain one.
func (p Place) Warning() string {
	switch {
	case p.Synchronised != "":
		return "Ce dossier est synchronisé par " + p.Synchronised +
			" : n’y travaillez que sur un ordinateur à la fois, et attendez la fin de la synchronisation avant de l’ouvrir ailleurs. Un dossier local, avec des sauvegardes, est plus sûr."
	case p.Network:
		return "Ce dossier est sur un autre ordinateur du réseau : une coupure peut interrompre un enregistrement. Un dossier local, avec des sauvegardes sur le réseau, est plus sûr."
	}
	return ""
}

func writable(dir string) bool {
	f, err := os.CreateTemp(dir, ".essai-*")
	if err != nil {
		return false
	}
	_ = f.Close()
	return os.Remove(f.Name()) == nil
}

// synchronisers are the folder names that each program gives to what it
// copies, lower case, and the files it leaves at the top of it.
var synchronisers = [...]struct {
	name    string
	folders []string // equal, or followed by " -" and the name of an account
	markers []string
}{
	{"OneDrive", []string{"onedrive", "skydrive"}, nil},
	{"Dropbox", []string{"dropbox"}, []string{".dropbox.cache", ".dropbox"}},
	{"Google Drive", []string{"google drive", "googledrive", "mon drive", "my drive", "gdrive"},
		[]string{".tmp.drivedownload", ".tmp.driveupload"}},
	{"iCloud Drive", []string{"iclouddrive", "icloud drive", "com~apple~clouddocs"}, nil},
	{"Nextcloud", []string{"nextcloud"}, []string{".nextcloudsync.log", ".sync-exclude.lst"}},
	{"ownCloud", []string{"owncloud"}, []string{".owncloudsync.log"}},
	{"kDrive", []string{"kdrive"}, nil},
	{"pCloud", []string{"pcloud drive", "pclouddrive", "pcloud sync"}, nil},
	{"MEGA", []string{"mega", "megasync"}, []string{".megaignore"}},
	{"Seafile", []string{"seafile", "seadrive"}, nil},
	{"Syncthing", nil, []string{".stfolder"}},
	{"Box", []string{"box sync"}, nil},
}

// synchroniser looks at the folder and all those above it.
func synchroniser(dir string) string {
	for {
		base := strings.ToLower(filepath.Base(dir))
		for _, s := range synchronisers {
			for _, f := range s.folders {
				if base == f || strings.HasPrefix(base, f+" -") || strings.HasPrefix(base, f+" (") {
					return s.name
				}
			}
			for _, m := range s.markers {
				if _, err := os.Lstat(filepath.Join(dir, m)); err == nil {
					return s.name
				}
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}
