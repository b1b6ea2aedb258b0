package partnerships

import (
	"slices"
	"strings"
	"testing"

	"repertoire/internal/repertoire"
)

func TestARepertoireIsTickedFromTheCountry(t *testing.T) {
	f, _, w, _ := worked(t)
	f.New("")
	japanese := func(name string) repertoire.Authority {
		found, err := w.Records().SuggestAuthorities(t.Context(), name, "JP", 1)
		if err != nil || len(found) == 0 {
			t.Fatal(found, err)
		}
		a, err := w.Records().AdoptAuthority(t.Context(), found[0])
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	f.addParty(f.draft, japanese("Kawagoe"), repertoire.SideForeign, nil)
	ticked := slices.Clone(f.draft.now.Directories)
	if len(ticked) != 1 || !strings.Contains(f.notice.Sentence(), f.directoryName(ticked[0])) {
		t.Fatalf("ticked %q, said %q", ticked, f.notice.Sentence())
	}
	// The fields make room for what is said, and take it back.
	under := f.scroll.Position().Y
	f.notice.Dismiss()
	if now := f.scroll.Position().Y; now >= under || now < f.head.Size().Height {
		t.Errorf("the fields begin at %.0f under a notice and %.0f without", under, now)
	}
	f.Undo()
	if len(f.draft.now.Directories) != 0 || len(f.draft.now.Parties) != 1 {
		t.Errorf("undone to %+v", f.draft.now)
	}
	f.draft.now.Directories = []string{"autre"}
	f.addParty(f.draft, japanese("Nagano"), repertoire.SideForeign, nil)
	if !slices.Equal(f.draft.now.Directories, []string{"autre"}) {
		t.Errorf("what a person ticked became %q", f.draft.now.Directories)
	}
}
