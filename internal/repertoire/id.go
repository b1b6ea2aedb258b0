package repertoire

import (
	"crypto/sha256"
	"slices"

	"github.com/google/uuid"
)

// ID names an aggregate for ever: a UUIDv7 in its canonical text form, or a
// derived ID (see DeriveID) for records that come from reference data.
type ID string

// NewID returns a fresh UUIDv7: ordered by time, unique without a server.
func NewID() ID { return ID(uuid.Must(uuid.NewV7()).String()) }

// DeriveID returns the ID that a name always has, in the form of a UUIDv8.
// Reference authorities ("fr:commune:59350") and samples use it, so that two
// workspaces agree on who they speak of.
func DeriveID(name string) ID {
	sum := sha256.Sum256([]byte("repertoire:" + name))
	var u uuid.UUID
	copy(u[:], sum[:16])
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return ID(u.String())
}

// Without gives a list of IDs less one, and leaves the list as it is.
func Without(ids []ID, id ID) []ID {
	return slices.DeleteFunc(slices.Clone(ids), func(x ID) bool { return x == id })
}
