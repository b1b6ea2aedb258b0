// Package folder knows the folder a workspace lives in: who holds it, whether
// one can write in it, and whether a synchroniser or a network stands behind.
//
// It never opens the base. A lock it gives is let go when its program ends,
// however it ends.
package folder
