// Package exchange brings tables in and takes répertoires out, in the window:
// what a file holds is shown and tried before anything is written, one import
// is one change, and what may not be published never leaves.
package exchange
