package workspace

import (
	"context"

	"repertoire/internal/repertoire"
)

// PartnershipsWith counts the partnerships that an authority takes part in:
// who changes it changes it for all of them.
func (w *Workspace) PartnershipsWith(ctx context.Context, id repertoire.ID) (int, error) {
	return w.store.PartnershipsWith(ctx, id)
}

// ValidateAuthority applies the rules to an authority being edited.
func (w *Workspace) ValidateAuthority(ctx context.Context, a repertoire.Authority) ([]repertoire.Finding, error) {
	return a.Validate(w.known(ctx, nil)), nil
}
