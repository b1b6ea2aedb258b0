package partnerships

import "repertoire/internal/workspace"

// What the form offers only where the door has it, a workspace has.
var (
	_ MediaKeeper     = (*workspace.Workspace)(nil)
	_ FieldKeeper     = (*workspace.Workspace)(nil)
	_ AuthorityKeeper = (*workspace.Workspace)(nil)
	_ DraftKeeper     = (*workspace.Workspace)(nil)
)
