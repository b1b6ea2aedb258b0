// Package directories is the left column: the répertoires of the workspace
// with their counts, and below them the facets of the list in view. Summaries
// come in, the chosen répertoire goes out; it writes nothing.
package directories
