// Package keeping shows how the data are kept: backups made, read back and put
// back, the health of the base, the erasure of a person, and what to do when a
// base is damaged. It overwrites nothing: what a restoration replaces is kept.
package keeping
