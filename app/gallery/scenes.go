package gallery

import (
	"repertoire/app/shell"
	"repertoire/internal/repertoire"
)

// scene is one picture: its name and how the window comes to it.
type scene struct {
	name string
	act  func(s *shell.Shell)
}

// scenes lists the pictures of an open workspace: the list, an entry, the
// questions the window asks, and each of its places.
func scenes(s *shell.Shell, entry repertoire.ID) []scene {
	list := []scene{
		{"liste", nil},
		{"recherche", func(s *shell.Shell) { s.Search("eau") }},
		{"comprise", func(s *shell.Shell) {
			s.Search("villes qui travaillent sur l’éducation, sauf le Liban, à moins de 9 000 km de Lille")
		}},
		{"fiche", func(s *shell.Shell) { s.OpenDirectory(""); s.OpenEntry(entry, "") }},
		{"semblables", func(s *shell.Shell) { s.OpenEntry(entry, ""); s.Perform("similar") }},
		{"palette", perform("palette")},
		{"raccourcis", perform("shortcuts")},
		{"produire", perform("produce")},
		{"repertoire-nouveau", perform("new-directory")},
		{"repertoire", func(s *shell.Shell) { s.OpenDirectory("madagascar"); s.Perform("edit-directory") }},
	}
	for _, place := range s.Places() {
		list = append(list, scene{"vue-" + place, perform("go-" + place)})
	}
	// The questions that commands ask.
	for _, id := range []string{"create", "import", "export", "new-order", "send-members", "take-requests", "order-settings", "bulk",
		"addresses", "distance", "keep-search", "section", "about", "tour"} {
		list = append(list, scene{"question-" + id, func(s *shell.Shell) { s.OpenEntry(entry, ""); s.Perform(id) }})
	}
	return append(list,
		scene{"ecrire-en-grand", func(s *shell.Shell) { s.OpenEntry(entry, "objectives"); s.Perform("large") }},
		scene{"doublons-paire", perform("go-duplicates")})
}

func perform(command string) func(*shell.Shell) {
	return func(s *shell.Shell) { s.Perform(command) }
}
