package records

import (
	"context"

	"repertoire/internal/repertoire"
)

// PartnershipsWith counts the partnerships that an authority takes part in:
// who changes it changes it for all of them.
func (room *Room) PartnershipsWith(ctx context.Context, id repertoire.ID) (int, error) {
	return room.base.Store.PartnershipsWith(ctx, id)
}

// ValidateAuthority applies the rules to an authority being edited.
func (room *Room) ValidateAuthority(ctx context.Context, a repertoire.Authority) ([]repertoire.Finding, error) {
	return a.Validate(room.base.Known(ctx, nil)), nil
}
