// Package search answers what a person types with partnerships, best first.
//
// Records come in (flat, resolved by the workspace from its entries); hits,
// highlighted passages, facet counts and suggestions go out. Words are kept in
// a Bleve index, facets and sort keys in memory beside it. The package never
// holds the truth: its folder may be deleted, and Rebuild makes it again.
package search
